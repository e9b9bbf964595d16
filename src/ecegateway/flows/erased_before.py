"""Leaves out what a source says again of records that were erased after their time; decision 15.

A vendor who keeps a record longer than the law asks goes on sending it. It is stored again only if it says something that is to
be kept: it speaks of a day within the years, it is an agreement without an end, or, where it speaks of no day, it is of a child
or a person of whom other records are to be kept, because they came back.
"""

from collections.abc import Sequence
from datetime import date, datetime

from ecegateway.evidence.record import Series, State
from ecegateway.evidence.writing import Writing
from ecegateway.handbook.lookup import handbook
from ecegateway.intake.accept import Statement
from ecegateway.model.child import Child
from ecegateway.model.enrolment import Enrolment
from ecegateway.model.ids import SourceName
from ecegateway.model.people import Person
from ecegateway.model.period import local_day
from ecegateway.model.record import Record
from ecegateway.model.streams import STREAMS
from ecegateway.retention.clock import clocks, spoken_of, years_before
from ecegateway.retention.people import people_needed

_Owner = tuple[str, SourceName, str]
"""Whose a record is: a child's or a person's, by whose keys, and the key."""


def without_erased(writing: Writing, place: Series, statements: Sequence[Statement], now: datetime) -> Sequence[Statement]:
    """The statements of a page that may be stored, in order: all but those that say again what was erased."""
    erased = writing.erased(writing.series(place), [statement.key for statement in statements])
    if not erased:
        return statements
    today = local_day(now, "Pacific/Auckland")
    needed = _Needed(writing, place, today)
    return [one for one in statements if one.key not in erased or needed.is_to_be_kept(one)]


class _Needed:
    """What is to be kept of a service, worked out when first asked for."""

    def __init__(self, writing: Writing, place: Series, today: date) -> None:
        self._writing = writing
        self._place = place
        self._today = today
        self._owners: frozenset[_Owner] | None = None

    def is_to_be_kept(self, statement: Statement) -> bool:
        """Whether a record that was erased is to be stored again."""
        if statement.state is not State.PRESENT:
            return False
        record = STREAMS[self._place.stream].model_validate_json(statement.content)
        days = spoken_of(record)
        if isinstance(record, Enrolment) and record.last_day is None:
            return True
        return max(days) >= years_before(self._today, handbook()) if days else self._owner_of(record) in self._known()

    def _owner_of(self, record: Record) -> _Owner:
        child = record.key if isinstance(record, Child) else getattr(record, "child", None)
        if child is not None:
            return Child.stream, self._place.key_space, child
        return Person.stream, self._place.key_space, getattr(record, "person", record.key)

    def _known(self) -> frozenset[_Owner]:
        if self._owners is None:
            law, versions = handbook(), self._writing.everything_of(self._place.service)
            children = clocks(versions, law)
            living = (clock.child for clock in children if clock.last is not None and not clock.is_due(self._today))
            people = people_needed(versions, children, law, self._today)
            self._owners = frozenset({(Child.stream, *one) for one in living} | {(Person.stream, *one) for one in people})
        return self._owners
