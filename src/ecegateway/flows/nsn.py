"""What people decide about a child's student number: choose, record, ask for an unverified one, note a document.

Each is refused with its reasons, or kept as a step with who and why, and as a record where it gives a number or a document.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from ecegateway.facts.types import ChildFacts
from ecegateway.flows.nsn_desk import Desk, Roll, alone, digits, refuse
from ecegateway.flows.nsn_store import index_record, keep_step
from ecegateway.model.child import StudentNumber
from ecegateway.model.ids import ChildKey
from ecegateway.model.nsn_request import NsnWay, Stage
from ecegateway.nsn import may
from ecegateway.nsn.documents import verifies
from ecegateway.nsn.standing import Sighted, asked_on, document_due, is_unverified, number, sighted
from ecegateway.nsn.steps import Kind, NsnStep
from ecegateway.nsn.way import way
from ecegateway.rules.days import in_force

How = Literal["found", "created", "unverified"]


@dataclass(frozen=True, slots=True)
class Kept:
    """A step that was kept, and what is worth a look all the same."""

    step: NsnStep
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A child on the list: how far its number is. ``overdue`` counts the days since its document was due."""

    child: ChildKey
    name: str
    enrolled: bool
    number: bool
    way: NsnWay
    document: Sighted | None
    overdue: int


def listed(desk: Desk, *, everybody: bool = False) -> tuple[Line, ...]:
    """The children somebody must act for, by key: without a number, or with one that is not verified; or every child."""
    roll = Roll(desk)
    lines = (_line(roll, child) for child in roll.facts.children)
    return tuple(line for line in lines if everybody or _open(line))


def shown(desk: Desk, child: str) -> tuple[Line, tuple[NsnStep, ...]]:
    """One child's line and all its steps."""
    roll = Roll(desk)
    asked = roll.of(child)
    return _line(roll, asked.child), asked.steps


@alone
def choose(desk: Desk, child: str, nsn: str, why: str) -> Kept:
    """Take a record of the last search for the child's; a merged one gives its master's number.

    Raises:
        ConfigError: it may not be chosen; the message says why.
    """
    asked = Roll(desk).of(child)
    reasons, chosen = may.against_choice(asked, digits(nsn), why)
    refuse(asked.child.key, "choosing this record", reasons)
    assert chosen is not None
    taken = may.number_of(chosen)
    step = replace(
        _step(desk, asked.child, Kind.CHOSEN, why),
        candidates=(chosen,),
        nsn=taken,
        replaces=chosen.nsn if taken != chosen.nsn else None,
        verification=chosen.verification,
        **_document(asked.child),
    )
    return Kept(_keep_number(desk, step), may.number_doubts(taken))


@alone
def record(desk: Desk, child: str, nsn: str, how: How, *, why: str, family_asked_on: date | None = None) -> Kept:
    """Keep a number a person found, had created, or was given unverified, outside the gateway; it may correct an earlier one.

    Raises:
        ConfigError: it may not be the child's; the message says why.
    """
    asked = Roll(desk).of(child)
    number_text = digits(nsn)
    _require(asked.child.key, why=why)
    refuse(asked.child.key, "recording this number", may.against_record(asked, number_text, how))
    step = replace(
        _step(desk, asked.child, Kind.RECORDED, f"{how}: {why}"),
        nsn=number_text,
        replaces=number(asked.child),
        verification="unverified" if how == "unverified" else _verified_by(asked.child),
        asked_on=_asked_family_on(asked, family_asked_on) if how == "unverified" else None,
        **_document(asked.child),
    )
    return Kept(_keep_number(desk, step), may.number_doubts(number_text))


@alone
def ask_unverified(desk: Desk, child: str, why: str, family_asked_on: date | None = None) -> Kept:
    """Note that the Ministry was asked for an unverified number, and the family, on that day, for a document.

    Raises:
        ConfigError: it is not the way; the message says why.
    """
    asked = Roll(desk).of(child)
    _require(asked.child.key, why=why)
    refuse(asked.child.key, "asking for an unverified number", may.against_unverified(asked))
    step = replace(_step(desk, asked.child, Kind.ASKED, why), asked_on=_asked_family_on(asked, family_asked_on))
    known = carried(asked.child)
    return Kept(keep_step(desk.store, step, record=_record(desk, asked.child, {**known, "document_asked_on": step.asked_on})))


@alone
def note_document(desk: Desk, child: str, document: Sighted, why: str = "") -> Kept:
    """Note that an identity document was sighted, and when.

    Raises:
        ConfigError: it cannot be noted; the message says why.
    """
    asked = Roll(desk).of(child)
    refuse(asked.child.key, "noting this document", may.against_document(asked, document))
    step = replace(_step(desk, asked.child, Kind.DOCUMENT, why), document=document.document, sighted_on=document.on)
    said = {"document_sighted": document.document, "document_sighted_on": document.on}
    doubts = () if verifies(document.document) is not None else ("no number is created with this document",)
    return Kept(keep_step(desk.store, step, record=_record(desk, asked.child, {**carried(asked.child), **said})), doubts)


@alone
def note_verified(desk: Desk, child: str, why: str = "") -> Kept:
    """Note that the Ministry has verified the child's number by the document that was sighted.

    Raises:
        ConfigError: there is no unverified number, or no document.
    """
    asked = Roll(desk).of(child)
    by = _verified_by(asked.child)
    none = () if by is not None else ("no document is on record as sighted",)
    refuse(asked.child.key, "noting it as verified", (*may.against_verified(asked), *none))
    step = replace(_step(desk, asked.child, Kind.VERIFIED, why), verification=by)
    record = _record(desk, asked.child, {**carried(asked.child), "verification": by})
    return Kept(keep_step(desk.store, step, record=record))


def _step(desk: Desk, child: ChildFacts, kind: Kind, why: str) -> NsnStep:
    _require(child.key, by=desk.by)
    return NsnStep(desk.service, child.key, kind, desk.by, desk.now, why)


def _require(child: ChildKey, **words: str) -> None:
    refuse(child, "this", tuple(f"say {name}: --{name} is empty" for name, word in words.items() if not word.strip()))


def _keep_number(desk: Desk, step: NsnStep) -> NsnStep:
    said = {
        "nsn": step.nsn,
        "replaces": step.replaces,
        "verification": step.verification,
        "document_sighted": step.document,
        "document_sighted_on": step.sighted_on,
        "document_asked_on": step.asked_on,
    }
    return keep_step(desk.store, step, record=index_record(desk.service, step.child, **said))


def _record(desk: Desk, child: ChildFacts, said: dict[str, Any]) -> StudentNumber:
    return index_record(desk.service, child.key, **said)


def carried(child: ChildFacts) -> dict[str, Any]:
    """What is on record of the child's number and document, by whichever record says it: a new word leaves out nothing."""
    known = {} if child.number is None else child.number.record.model_dump(include=_SAID)
    document = sighted(child)
    if document is not None:
        known |= {"document_sighted": document.document, "document_sighted_on": document.on}
    return known | {"document_asked_on": asked_on(child)}


_SAID = {"nsn", "verification"}


def _document(child: ChildFacts) -> dict[str, Any]:
    document = sighted(child)
    return {} if document is None else {"document": document.document, "sighted_on": document.on}


def _verified_by(child: ChildFacts) -> str | None:
    document = sighted(child)
    return None if document is None else verifies(document.document) or "other"


def _asked_family_on(asked: may.Asked, given: date | None) -> date:
    """The day the family was first asked: as given, else as it is on record, else today; the two weeks never begin anew."""
    if given is not None:
        refuse(asked.child.key, "this", ("the day the family was asked lies ahead",) if given > asked.today else ())
        return given
    return asked_on(asked.child) or asked.today


def _line(roll: Roll, child: ChildFacts) -> Line:
    found = way(roll.asked(child).steps)
    due = document_due(child)
    record = child.identity.record if child.identity is not None else None
    return Line(
        child=child.key,
        name="" if record is None else " ".join((*record.given_names, record.family_name)),
        enrolled=bool(in_force(child, roll.desk.today)),
        number=number(child) is not None,
        way=replace(found, stage=_stage(child, found), document_due=due),
        document=sighted(child),
        overdue=0 if due is None else max(0, (roll.desk.today - due).days),
    )


def _stage(child: ChildFacts, found: NsnWay) -> Stage:
    """The stage of the steps, unless the facts have gone on without them: a number that came by a vendor's own way."""
    if number(child) is None:
        return found.stage
    if not is_unverified(child):
        return Stage.NUMBERED
    return Stage.DOCUMENT_DUE if sighted(child) is None else Stage.DOCUMENT_SIGHTED


def _open(line: Line) -> bool:
    return line.way.stage is not Stage.NUMBERED and (line.enrolled or bool(line.way.decisions))


def next_step(line: Line) -> str:
    """What to do next for a child, in words."""
    if line.way.stage is Stage.NOTHING:
        return "search" if line.document is not None else "sight a document and note it, or ask for an unverified number"
    return _NEXT[line.way.stage]


_NEXT = {
    Stage.EXACT: "choose the exact match",
    Stage.NEAR: "compare with the document: choose the record that is the child's, else ask the Ministry",
    Stage.NONE: "create, with the document in hand",
    Stage.TOO_MANY: "ask the Ministry; the child may be among them",
    Stage.UNCLEAR: "search again",
    Stage.ASKED: "record the number the Ministry gives, as unverified",
    Stage.DOCUMENT_DUE: "ask the family again; note the document once it is sighted",
    Stage.DOCUMENT_SIGHTED: "send the Ministry a copy; note when the number is verified",
    Stage.NUMBERED: "nothing",
}
