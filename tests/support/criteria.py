"""Tables of cases to hold beside the Handbook's page: one sentence, what happened, how it is graded, which rules find it.

The world of every case: Pūāwai, the child c1, mother g1, father g2, aunt g3, teacher t1 and administrator a1, all of one
source. Nothing else is on record unless the case says so. The week asked about begins on :data:`MONDAY`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any, Literal

import pytest

from ecegateway.contract import Fact
from ecegateway.evidence.record import SetApart, State
from ecegateway.facts.fold import fold
from ecegateway.handbook.lookup import handbook
from ecegateway.handbook.policy import policy
from ecegateway.model.attendance import Attendance, Mark, Method, Verification
from ecegateway.model.ids import EvidenceId
from ecegateway.model.people import AuthorisedSignatory, Person, SignatureMeans
from ecegateway.model.period import DateRange
from ecegateway.model.record import Record
from ecegateway.rules.criteria.catalogue import CRITERIA
from ecegateway.rules.registry import question
from tests.support import records
from tests.support.records import (
    EVERY_FACT,
    NO_SWITCHES,
    RECEIVED,
    SERVICE,
    SOURCE,
    Switches,
    at,
    child,
    evidence,
    gone,
    profile,
    stay,
    versions,
)
from tests.support.whole import check_graded

MONDAY = records.MONDAY
TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = (MONDAY + timedelta(days=n) for n in range(1, 7))
THE_WEEK = DateRange(MONDAY, MONDAY + timedelta(days=7))
LONG_AGO = MONDAY - timedelta(days=300)
APPROVAL = "I confirm that the attendance details for Ngāio Tūmanako are correct."
MADE, ON_SATURDAY = at(LONG_AGO, "09:00"), at(SATURDAY, "17:00")
BACK_AFTER = timedelta(days=14)


def _person(key: str, role: str, given: str, family: str) -> Person:
    return Person.model_validate({"service": SERVICE, "key": key, "role": role, "given_names": given, "family_name": family})


WORLD: tuple[Record, ...] = (
    profile(),
    *child(),
    _person("g1", "guardian", "Mereana", "Tūmanako"),
    _person("g2", "guardian", "Rāwiri", "Tūmanako"),
    _person("g3", "guardian", "Āwhina", "Tūmanako"),
    _person("t1", "staff", "Hōri", "Kererū"),
    _person("a1", "administrator", "Pania", "Kōwhai"),
)


@dataclass(frozen=True)
class Case:
    """One case: how its records are graded, which rules find something, and the example it plays, if any."""

    says: str
    grades: tuple[str, ...]
    finds: tuple[str, ...]
    records: tuple[Record, ...]
    facts: frozenset[Fact]
    days: DateRange
    switches: Switches
    gone: State | None
    back: bool
    apart: tuple[SetApart, ...]
    received: datetime
    plays: pytest.MarkDecorator | None


def case(
    says: "str | pytest.MarkDecorator",
    grades: str,
    *records: Record,
    finds: str = "",
    without: Iterable[Fact] = (),
    days: DateRange = THE_WEEK,
    switches: Mapping[str, str] = NO_SWITCHES,
    gone: State | None = None,
    back: bool = False,
    apart: Iterable[SetApart] = (),
    received: datetime = RECEIVED,
) -> Case:
    """A case: a sentence, or the mark of the example it plays. ``without`` are facts the source does not declare.

    With ``gone`` the last record is deleted or missing in the end; with ``back`` it has been sent again since.
    """
    plays = None if isinstance(says, str) else says
    sentence = says if isinstance(says, str) else str(says.args[1])
    return Case(
        sentence, _listed(grades), _listed(finds), records, EVERY_FACT - frozenset(without), days, MappingProxyType(switches),
        gone, back, tuple(apart), received, plays,
    )  # fmt: skip


def _listed(words: str) -> tuple[str, ...]:
    return tuple(sorted(word for word in words.split(", ") if word))


def table(cases: Iterable[Case]) -> list[Any]:
    """The cases as parameters of a test, each by its sentence and marked with the example it plays."""
    return [pytest.param(one, id=one.says, marks=() if one.plays is None else one.plays) for one in cases]


def play(one: Case, number: int) -> None:
    """Grades a case's records by a criterion and asks the criterion's rules; both must say what the case says."""
    stored = versions([*WORLD, *one.records], received=one.received)
    if one.gone is not None:
        last = stored[-1]
        stored.append(gone(last, one.gone))
        if one.back:
            name = EvidenceId(f"{last.id.rpartition('@')[0]}@{last.version + 2}")
            stored.append(replace(last, id=name, version=last.version + 2, received_at=last.received_at + BACK_AFTER))
    kept = replace(evidence(stored, one.facts), set_apart=one.apart)
    asked = question(fold(kept, one.days), one.days, policy(one.switches), handbook())
    criterion = CRITERIA[number - 1]
    assert criterion.number == number
    graded = tuple(criterion.grades(asked))
    found = {str(rule.text.rule) for rule in criterion.rules if any(True for _ in rule.findings(asked))}
    said = [f"{record.record} {record.grade.value}: {record.why}" for record in graded]
    assert tuple(sorted(record.grade.value for record in graded)) == one.grades, said
    assert tuple(sorted(found)) == one.finds
    assert {record.criterion for record in graded} <= {number}
    for record in graded:
        check_graded(record)
    if one.plays is not None:
        rule, words = one.plays.args
        (example,) = [e for r in criterion.rules if r.text.rule == rule for e in r.text.examples if e.text == words]
        assert (rule in found) is example.found


def means(
    person: str = "g1",
    key: str = "m1",
    *,
    by: str | None = "a1",
    made: datetime | None = MADE,
    revoked: datetime | None = None,
    control: str | None = "PIN",
    **more: Any,
) -> SignatureMeans:
    """An electronic signature: the mother's, made by the administrator, kept by a PIN, unless said otherwise."""
    return SignatureMeans(
        service=SERVICE, key=key, person=person, created_by=by, created_at=made, revoked_at=revoked, control=control, **more
    )


def mark(
    by: str | None = "g1",
    with_: str | None = "m1",
    clock: str | None = "08:25",
    *,
    day: date = MONDAY,
    seconds: float = 0,
    method: Method = Method.SIGNED,
    device: str | None = None,
) -> Mark:
    """A sign-in or sign-out: the mother's with her signature, unless said otherwise."""
    instant = at(day, clock) + timedelta(seconds=seconds) if clock is not None else None
    return Mark(method=method, by=by, at=instant, means=with_, device=device)


CAME, LEFT = mark(), mark(clock="14:35")


def signed(
    came: Mark | None = CAME,
    left: Mark | None = LEFT,
    *,
    day: date = MONDAY,
    child_key: str = "c1",
    **more: Any,
) -> Attendance:
    """A stay from 8:25 to 14:35 with these marks."""
    return stay(day, child_key=child_key).model_copy(update={"sign_in": came, "sign_out": left, **more})


def verified(
    by: str = "g1",
    on: datetime = ON_SATURDAY,
    *,
    days: tuple[date, date] = (MONDAY, FRIDAY),
    with_: str | None = "m1",
    statement: str | None = APPROVAL,
    decision: Literal["confirmed", "disputed"] = "confirmed",
    medium: Literal["electronic", "paper"] = "electronic",
    key: str = "v1",
    **more: Any,
) -> Verification:
    """A verification of the week by the mother on Saturday, with a statement and her own signature, unless said otherwise."""
    first, last = days
    return Verification(
        service=SERVICE, key=key, child="c1", first_day=first, last_day=last, by=by, at=on, decision=decision,
        statement=statement, medium=medium, means=with_, **more,
    )  # fmt: skip


def listed(person: str = "g1", first: date = LONG_AGO, last: date | None = None, key: str | None = None) -> AuthorisedSignatory:
    """That a person may sign for the child, from a day to a day."""
    return AuthorisedSignatory(
        service=SERVICE, key=key or f"y-{person}", child="c1", person=person, first_day=first, last_day=last
    )


def row(number: int, stream: str | None = None) -> SetApart:
    """A row in quarantine."""
    return SetApart(number, SOURCE, stream, RECEIVED)
