"""The ``folder`` transport: files are laid into an outbox, for a person or a script to take on. It is the default.

Beside each file ``NAME`` lies ``NAME.delivery.json``, which says what it is. Whoever takes it on lays the answer beside it as
``NAME.receipt.json`` (see :mod:`ecegateway.builtin.receipts`).
"""

from collections.abc import Generator, Mapping
from hashlib import sha256
from typing import Any

import orjson

import ecegateway
from ecegateway.builtin.receipts import read_receipt
from ecegateway.errors import ConfigError, IntakeError
from ecegateway.outbound import (
    LookForFile,
    Outcome,
    Outgoing,
    Reason,
    Receipt,
    RegisterTransport,
    SendAnswer,
    SendAsk,
    TransportDescription,
    WriteFile,
)

_FOUND = 200


class FolderTransport:
    """Lays files into the outbox and looks for answers beside them."""

    def deliver(self, outgoing: Outgoing) -> Generator[SendAsk, SendAnswer, Receipt]:
        """Lay the file; its description first, so that a file that can be seen is a file that is described."""
        for name, body in ((f"{outgoing.name}.delivery.json", _description(outgoing)), (outgoing.name, outgoing.body)):
            laid = yield WriteFile(name, body)
            if laid.status != _FOUND:
                says = "a file of this name with other content lies in the outbox; take it away, or make a correction"
                return Receipt(Outcome.NOT_SENT, reasons=(Reason("name", says, name),))
        return Receipt(Outcome.LAID_OUT)

    def inquire(self, outgoing: Outgoing) -> Generator[SendAsk, SendAnswer, Receipt | None]:
        """The answer beside the file, if there is one; laid out, if there is only the file.

        The file may be gone: whoever took it on may have moved it. An answer counts without it.
        """
        name = f"{outgoing.name}.receipt.json"
        answer = yield LookForFile(name)
        if answer.status == _FOUND:
            try:
                return read_receipt(answer.body, outgoing.body)
            except IntakeError as error:
                return Receipt(Outcome.LAID_OUT, reasons=(Reason("receipt", str(error), name),))
        lies = yield LookForFile(outgoing.name)
        if lies.status == _FOUND and lies.body == outgoing.body:
            return Receipt(Outcome.LAID_OUT)
        return None


def _description(outgoing: Outgoing) -> bytes:
    """What a file is; the same bytes each time."""
    said = {
        "format": "ecegateway.delivery",
        "version": 1,
        "notice": "ELI-shaped, from public evidence, not Ministry-approved",
        "about": outgoing.about.value,
        "key": outgoing.key,
        "service": outgoing.service,
        "family": outgoing.family,
        "payload_version": outgoing.version,
        "file": outgoing.name,
        "media_type": outgoing.media_type,
        "size": len(outgoing.body),
        "sha256": sha256(outgoing.body).hexdigest(),
    }
    return orjson.dumps(said, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


class FolderOutbox:
    """The kind of transport, as registered."""

    description = TransportDescription(
        name="folder", title="Outbox folder for a person to take on", version=ecegateway.__version__, over_http=False
    )

    def create(self, settings: Mapping[str, Any]) -> FolderTransport:
        """A transport; it has no settings of its own.

        Raises:
            ConfigError: a setting was given.
        """
        if settings:
            raise ConfigError(f"the folder transport has no setting {min(settings)!r}; take it out of [ministry.settings]")
        return FolderTransport()

    def student_index(self, settings: Mapping[str, Any]) -> None:
        """No student index lies in a folder."""


@ecegateway.hookimpl
def ecegateway_register_transports(register: RegisterTransport) -> None:
    """Register the ``folder`` transport."""
    register(FolderOutbox())
