"""The ``infohub-shaped`` transport: files are posted, a machine account signs in, receipts come back.

Public evidence says this much of the Ministry's InfoHub: XML is posted with a header that names its destination, a machine
account signs in by OAuth, and a status answers each message (200, 202; 400, 401; 500, 503). Addresses, names of headers and
the shape of receipts are not public: they are settings here, with defaults of our own, which the simulated Ministry takes.
"""

from collections.abc import Generator, Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

import ecegateway
from ecegateway.builtin.nsi_index import NsiIndex, StudentIndexSettings
from ecegateway.builtin.receipts import read_reasons, read_receipt
from ecegateway.contract import HttpGet, OAuth2ClientCredentials
from ecegateway.errors import ConfigError, IntakeError
from ecegateway.outbound import (
    HttpPost,
    Outcome,
    Outgoing,
    Reason,
    Receipt,
    RegisterTransport,
    SendAnswer,
    SendAsk,
    TransportDescription,
)
from ecegateway.reading import read_json

NAME = "infohub-shaped"
TOKEN_PATH = "/oauth/token"  # noqa: S105 - a path
_TAKEN = frozenset({200, 201, 202})
_REFUSED = frozenset({400, 413, 415, 422})
_NOT_THERE = 404
_DUPLICATE = 409
_SIGN_IN = "invalid_auth"
_NEVER_TAKEN = {
    401: "the other side does not take the sign-in, not even with a new token; check the machine account",
    403: "the other side refuses the machine account; check its access",
    404: "there is no such address; check base_url and the paths in [ministry.settings]",
    405: "the address takes no files; check the paths in [ministry.settings]",
    429: "the other side is busy and asks to be left alone; try again later",
}
"""Statuses by which the other side says that it has not looked at what was sent."""

_Path = Annotated[str, StringConstraints(pattern=r"^/")]
_Word = Annotated[str, Field(min_length=1, max_length=200)]


class InfoHubSettings(BaseModel):
    """Where to post and how; every default is our own. ``paths`` are by family, ``path`` is for all others.

    ``student_index`` is how the student index is reached below the same address; left out, it is not.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    path: _Path = "/submissions"
    paths: dict[str, _Path] = Field(default_factory=dict)
    status_path: _Path = "/submissions"
    status_parameter: _Word = "key"
    destination_header: _Word = "Ecegateway-Destination"
    destination: _Word = "ELI"
    key_header: _Word = "Idempotency-Key"
    version_header: _Word = "Ecegateway-Payload-Version"
    student_index: StudentIndexSettings | None = None


class InfoHubTransport:
    """Posts each thing under its key, and asks by the key what became of it."""

    def __init__(self, settings: InfoHubSettings) -> None:
        self._settings = settings

    def deliver(self, outgoing: Outgoing) -> Generator[SendAsk, SendAnswer, Receipt]:
        """Post it, and read the answer; of what is there already, ask."""
        settings = self._settings
        headers = (
            (settings.destination_header, settings.destination),
            (settings.key_header, outgoing.key),
            (settings.version_header, outgoing.version),
        )
        path = settings.paths.get(outgoing.family, settings.path)
        answer = yield HttpPost(path, outgoing.body, outgoing.media_type, headers)
        if answer.status in _TAKEN:
            return _receipt(answer, outgoing)
        if answer.status == _DUPLICATE:
            found = yield from self.inquire(outgoing)
            return found if found is not None else Receipt(Outcome.REJECTED, reasons=_reasons(answer))
        if answer.status in _REFUSED:
            reasons = _reasons(answer)
            signed_in = all(reason.code != _SIGN_IN for reason in reasons)
            return Receipt(Outcome.REJECTED if signed_in else Outcome.NOT_SENT, reasons=reasons)
        if answer.status in _NEVER_TAKEN:
            return Receipt(Outcome.NOT_SENT, reasons=(Reason(str(answer.status), _NEVER_TAKEN[answer.status]),))
        return _unknown(answer)

    def inquire(self, outgoing: Outgoing) -> Generator[SendAsk, SendAnswer, Receipt | None]:
        """The receipt kept under its key. A 404 that says nothing of the key may come from anybody, and is no answer."""
        settings = self._settings
        answer = yield HttpGet(settings.status_path, ((settings.status_parameter, outgoing.key),))
        if answer.status in _TAKEN:
            return _receipt(answer, outgoing)
        if answer.status == _NOT_THERE and any(reason.code == "unknown-key" for reason in _reasons(answer)):
            return None
        return _unknown(answer)


def _receipt(answer: SendAnswer, outgoing: Outgoing) -> Receipt:
    """What an answer says whose status is good; without a receipt that can be read, nobody knows."""
    try:
        return read_receipt(answer.body, outgoing.body)
    except IntakeError as error:
        return Receipt(Outcome.UNKNOWN, reasons=(Reason("receipt", str(error)),))


def _unknown(answer: SendAnswer) -> Receipt:
    says = "the other side answers with a status that does not say whether it has it"
    return Receipt(Outcome.UNKNOWN, reasons=(Reason(str(answer.status), says), *_told(answer)))


def _reasons(answer: SendAnswer) -> tuple[Reason, ...]:
    """Why it was refused, as far as it can be read; never none."""
    return _told(answer) or (Reason(str(answer.status), "the other side refuses it, and gives no reason that can be read"),)


def _told(answer: SendAnswer) -> tuple[Reason, ...]:
    try:
        value = read_json(answer.body)
        return read_reasons(value) if isinstance(value, dict) else ()
    except IntakeError:
        return ()


class InfoHub:
    """The kind of transport, as registered."""

    description = TransportDescription(
        name=NAME,
        title="HTTP, shaped after what is public of the Ministry's InfoHub; not Ministry-approved",
        version=ecegateway.__version__,
        over_http=True,
        authentication=OAuth2ClientCredentials(TOKEN_PATH),
    )

    def create(self, settings: Mapping[str, Any]) -> InfoHubTransport:
        """A transport with these settings.

        Raises:
            ConfigError: a setting is not known, or wrong.
        """
        return InfoHubTransport(_settings(settings))

    def student_index(self, settings: Mapping[str, Any]) -> NsiIndex | None:
        """The student index, where the settings say how it is reached.

        Raises:
            ConfigError: a setting is not known, or wrong.
        """
        found = _settings(settings).student_index
        return None if found is None else NsiIndex(found)


def _settings(settings: Mapping[str, Any]) -> InfoHubSettings:
    try:
        return InfoHubSettings.model_validate(dict(settings))
    except ValidationError as error:
        faults = error.errors(include_url=False, include_context=False, include_input=False)
        told = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in faults)
        raise ConfigError(f"[ministry.settings] of {NAME}: {told}") from None


@ecegateway.hookimpl
def ecegateway_register_transports(register: RegisterTransport) -> None:
    """Register the ``infohub-shaped`` transport."""
    register(InfoHub())
