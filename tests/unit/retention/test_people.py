"""Clocks of grown-ups: while a record of a child names them, and seven years from the last day anything else speaks of them."""

from datetime import UTC, date, datetime

import pytest

from ecegateway.evidence.record import Version
from ecegateway.handbook.lookup import handbook
from ecegateway.model.people import AuthorisedSignatory, Note, Person, RegisterMarking, SignatureMeans
from ecegateway.model.record import Record
from ecegateway.retention.clock import clocks, kept_until
from ecegateway.retention.people import PersonClock, people_clocks, people_named, people_needed
from tests.support.records import SERVICE, absence, agreement, changed, child, evidence, profile, shift, stay, versions

LAST = date(2018, 6, 29)
UNTIL = date(2025, 6, 29)


def guardian(key: str = "g1") -> Record:
    return Person(service=SERVICE, key=key, role="guardian", family_name="Tūmanako")


def teacher(key: str = "t1") -> Record:
    return Person(service=SERVICE, key=key, role="staff", given_names="Hōri")


def means(person: str = "g1") -> Record:
    return SignatureMeans(service=SERVICE, key=f"m-{person}", person=person, created_by="a1")


def left(child_key: str = "c1", day: date = LAST) -> Record:
    return agreement(child_key, since=date(2017, 2, 6), signed_on=date(2017, 2, 1), last_day=day)


def told_at(*records: Record, at: datetime = datetime(2020, 5, 4, tzinfo=UTC)) -> tuple[Version, ...]:
    return evidence(versions([profile(), *records], received=at)).versions


def clock(*records: Record, person: str = "g1") -> PersonClock:
    told = told_at(*records)
    (found,) = (one for one in people_clocks(told, clocks(told, handbook()), handbook()) if one.person[1] == person)
    return found


def test_a_guardian_is_kept_as_long_as_the_child_whose_records_name_them() -> None:
    one = clock(guardian(), *child(), left(), stay(LAST))
    assert one.until == UNTIL
    assert (one.is_due(UNTIL), one.is_due(date(2025, 6, 30))) == (False, True)
    assert {":".join(of) for of in one.children} == {"kowhai:c1"}


def test_of_several_children_the_last_counts_and_an_open_agreement_keeps_them() -> None:
    two = [*child(), left(), stay(LAST), *child("c2"), left("c2", date(2020, 6, 29)), stay(LAST, child_key="c2")]
    assert clock(guardian(), *two).until == date(2027, 6, 29)
    assert clock(guardian(), *two, agreement("c2", since=date(2018, 1, 1), signed_on=LAST)).until is None


def test_who_signed_in_a_child_who_still_comes_is_kept_however_long_ago_it_was() -> None:
    """Staff too: the child's record would name somebody nobody knows."""
    since = date(2017, 2, 6)
    records = [teacher(), *child(), agreement(since=since, signed_on=since), stay(LAST, by="t1"), shift(LAST)]
    assert clock(*records, person="t1").until is None


def test_staff_are_kept_for_seven_years_from_the_last_day_any_record_speaks_of_them() -> None:
    assert clock(teacher(), shift(date(2017, 3, 1)), shift(LAST), person="t1").until == UNTIL
    later = RegisterMarking(service=SERVICE, key="r1", day=date(2018, 7, 3), by="t1")
    assert clock(teacher(), shift(LAST), later, person="t1").until == date(2025, 7, 3)
    noted = Note(service=SERVICE, key="n1", day=date(2018, 7, 9), text="Kōrero", written_by="t1")
    assert clock(teacher(), shift(LAST), noted, person="t1").until == date(2025, 7, 9)


def test_shifts_and_means_of_signing_go_with_their_person_in_all_versions() -> None:
    one = clock(teacher(), means("t1"), shift(LAST), shift(LAST, "09:00-10:00"), shift(LAST, person="t2"), person="t1")
    assert [version.stream for version in one.versions] == ["person", "signature_means", "staff_shift", "staff_shift"]
    assert {version.key for version in one.versions} == {"t1", "m-t1", f"w-t1-{LAST}"}


def test_shifts_of_somebody_of_whom_there_is_no_record_have_a_clock_too() -> None:
    assert clock(shift(LAST), person="t1").until == UNTIL


def test_of_whom_nothing_is_said_is_kept_from_the_day_a_source_last_named_them() -> None:
    assert clock(guardian()).until == date(2027, 5, 4)


@pytest.mark.parametrize(
    ("record", "people"),
    [
        (guardian(), set()),
        (means(), {"g1", "a1"}),
        (AuthorisedSignatory(service=SERVICE, key="s", child="c1", person="g2", first_day=LAST), {"g2"}),
        (stay(LAST, by="g3"), {"g3"}),
        (agreement(change=changed(by="t9")), {"g1", "t9"}),
        (absence(LAST), set()),
    ],
)
def test_whom_a_record_names_is_found_anywhere_in_it(record: Record, people: set[str]) -> None:
    assert people_named(record) == people


def test_who_is_needed_is_known_without_a_record_of_them() -> None:
    told = told_at(*child(), left(day=date(2020, 6, 29)), stay(LAST), shift(date(2017, 1, 9), person="t1"), teacher("t2"))
    children = clocks(told, handbook())
    needed = people_needed(told, children, handbook(), date(2026, 3, 2))
    assert {key for _, key in needed} == {"g1"}, "not who worked long ago, nor of whom nothing is said"


@pytest.mark.parametrize("day", [date(2001, 3, 4), date(2026, 11, 30), date(2031, 1, 1)])
def test_a_day_for_which_nobody_has_verified_the_years_counts_by_the_nearest(day: date) -> None:
    """A shift of yesterday must not stop the list of what is due."""
    assert kept_until(day, handbook()) == day.replace(year=day.year + 7)
