"""The clocks of grown-ups: a guardian, a member of staff, their shifts and their signatures go when nobody needs them any more.

A person is kept as long as any child's record that names them, so that who signed can be told as long as that something was
signed; and for as many years as a child's records from the last day that any other record speaks of them (a shift, a marking of
the register). Of whom no record says anything, from the day a source last named them. The person, the shifts and the means of
signing go together.

Source: no section of the Handbook says how long records of people are kept; decision 15 says how 6-1 and 6-3 are read for them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel

from ecegateway.evidence.record import Version
from ecegateway.handbook.lookup import Handbook
from ecegateway.model.ids import PersonKey, SourceName
from ecegateway.model.people import Person, SignatureMeans, StaffShift
from ecegateway.model.record import Record
from ecegateway.retention.clock import ChildOf, Clock, child_of, kept_until, spoken_of

_THEIRS = (Person.stream, SignatureMeans.stream, StaffShift.stream)

PersonOf = tuple[SourceName, PersonKey]
"""A person by whose keys name them, and the key."""


@dataclass(frozen=True, slots=True)
class PersonClock:
    """One person's clock: ``until`` when kept, inside; ``None`` while an agreement is open of a child whose records name them.

    ``children`` are those whose records name them; ``versions`` what goes: the person, the shifts, the means of signing.
    """

    person: PersonOf
    until: date | None
    children: frozenset[ChildOf]
    versions: tuple[Version, ...]

    def is_due(self, today: date) -> bool:
        """Whether the time is over."""
        return self.until is not None and self.until < today


@dataclass(slots=True)
class _Told:
    """What a service's evidence tells of one person."""

    versions: list[Version] = field(default_factory=list)
    days: list[date] = field(default_factory=list)
    children: set[ChildOf] = field(default_factory=set)


def people_clocks(versions: Iterable[Version], children: Iterable[Clock], law: Handbook) -> tuple[PersonClock, ...]:
    """The clocks of all grown-ups of whom a service's evidence holds a record; ``children`` are the clocks of its children."""
    told = _gathered(versions)
    until = {clock.child: clock.until for clock in children}
    return tuple(_clock(person, one, until, law) for person, one in sorted(told.items()) if one.versions)


def people_needed(versions: Iterable[Version], children: Iterable[Clock], law: Handbook, today: date) -> frozenset[PersonOf]:
    """The grown-ups whom a record names that is to be kept still, be there a record of them or not."""
    told = _gathered(versions)
    until = {clock.child: clock.until for clock in children}
    named = {person: one for person, one in told.items() if one.days or one.children}
    return frozenset(person for person, one in named.items() if not _clock(person, one, until, law).is_due(today))


def _gathered(versions: Iterable[Version]) -> defaultdict[PersonOf, _Told]:
    told: defaultdict[PersonOf, _Told] = defaultdict(_Told)
    owner: dict[tuple[SourceName, str, str], PersonOf] = {}
    for version in versions:
        record = (version.source, version.stream, version.key)
        if version.record is not None:
            _note(told, version, version.record)
            if version.stream in _THEIRS:
                key = version.key if version.stream == Person.stream else getattr(version.record, "person", "")
                owner[record] = (version.key_space, PersonKey(key))
        if (of := owner.get(record)) is not None:
            told[of].versions.append(version)
    return told


def _note(told: defaultdict[PersonOf, _Told], version: Version, record: Record) -> None:
    child = child_of(version)
    for person in people_named(record):
        one = told[version.key_space, person]
        if child is None:
            one.days += spoken_of(record)
        else:
            one.children.add(child)


def _clock(person: PersonOf, one: _Told, until: Mapping[ChildOf, date | None], law: Handbook) -> PersonClock:
    of_children = [until.get(child) for child in one.children]
    days = one.days or ([] if of_children else [version.received_at.date() for version in one.versions])
    own = [kept_until(max(days), law)] if days else []
    kept = None if None in of_children else max(*own, *(day for day in of_children if day is not None), date.min)
    return PersonClock(person, kept, frozenset(one.children), tuple(one.versions))


def people_named(record: Record) -> set[PersonKey]:
    """The people a record names by their keys, anywhere in it."""
    return set(_named(record))


def _named(part: BaseModel) -> Iterator[PersonKey]:
    for name in type(part).model_fields:
        value: Any = getattr(part, name)
        if value is None:
            continue
        if _is_of_a_person(type(part), name):
            yield value
        for inner in value if isinstance(value, tuple) else (value,):
            if isinstance(inner, BaseModel):
                yield from _named(inner)


@cache
def _is_of_a_person(model: type[BaseModel], name: str) -> bool:
    """Whether a field holds the key of a person, by its type."""
    return _mentions(model.model_fields[name].annotation)


def _mentions(annotation: Any) -> bool:
    return annotation is PersonKey or any(map(_mentions, get_args(annotation)))
