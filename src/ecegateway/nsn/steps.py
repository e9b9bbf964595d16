"""Steps on the way to a number, and the JSON they are kept as: what was asked, answered, decided, why, on which document."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from ecegateway.model.ids import ChildKey, ServiceNumber
from ecegateway.model.nsn_request import Likeness, NsnCandidate, NsnDecision
from ecegateway.outbound import Identity, Reason


class Kind(StrEnum):
    """What a step was."""

    SEARCHED = "searched"
    CHOSEN = "chosen"
    CREATING = "creating"
    """Written before a byte leaves: a record of the index is about to be made."""
    CREATED = "created"
    NOT_CREATED = "not created"
    ASKED = "asked for an unverified number"
    RECORDED = "recorded"
    """A number a person found, or was given, outside the gateway."""
    DOCUMENT = "document"
    VERIFIED = "verified"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class NsnStep:
    """One step. Only what the step is about is filled in.

    ``asked`` is the identity as on the document, ``candidates`` and ``said`` the index's answer, ``receipt`` the bytes of it.
    ``replaces`` is a number that ``nsn`` took the place of. ``asked_on`` is the day the family was asked for a document.
    """

    service: ServiceNumber
    child: ChildKey
    kind: Kind
    by: str
    at: datetime
    why: str = ""
    asked: Identity | None = None
    candidates: tuple[NsnCandidate, ...] = ()
    said: tuple[Reason, ...] = ()
    nsn: str | None = None
    replaces: str | None = None
    verification: str | None = None
    document: str | None = None
    sighted_on: date | None = None
    asked_on: date | None = None
    receipt: int | None = None

    @property
    def decision(self) -> NsnDecision:
        """The step as it is shown."""
        return NsnDecision(self.kind.value, self.by, self.why, self.at, self.nsn, self.replaces, self.document, self.sighted_on)


_OF_THE_ROW = frozenset({"service", "child", "kind", "by", "at"})


def content_of(step: NsnStep) -> dict[str, Any]:
    """What a step says, as plain values for JSON; what it does not say is left out."""
    content = {field.name: getattr(step, field.name) for field in fields(step) if field.name not in _OF_THE_ROW}
    return {name: _plain(value) for name, value in content.items() if value not in (None, "", ())}


def read_step(service: ServiceNumber, child: ChildKey, kind: str, by: str, at: datetime, content: Mapping[str, Any]) -> NsnStep:  # noqa: PLR0917 - as wide as its row
    """The step a row says."""
    said = {name: _READ[name](value) if name in _READ else value for name, value in content.items()}
    return replace(NsnStep(service, child, Kind(kind), by, at), **said)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, NsnCandidate | Identity | Reason):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return value.isoformat() if isinstance(value, date) else value


def _identity(value: Mapping[str, Any]) -> Identity:
    birth_date = date.fromisoformat(value["birth_date"])
    return Identity(value["family_name"], tuple(value["given_names"]), birth_date, value["gender"])


def _candidate(value: Mapping[str, Any]) -> NsnCandidate:
    lists = {name: tuple(value[name]) for name in ("given_names", "reasons")}
    birth_date = date.fromisoformat(value["birth_date"])
    return NsnCandidate(**{**value, **lists, "birth_date": birth_date, "likeness": Likeness(value["likeness"])})


_READ: Mapping[str, Callable[[Any], Any]] = {
    "asked": _identity,
    "candidates": lambda found: tuple(map(_candidate, found)),
    "said": lambda found: tuple(Reason(**one) for one in found),
    "sighted_on": date.fromisoformat,
    "asked_on": date.fromisoformat,
}
