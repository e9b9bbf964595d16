"""The register as a value: which entries stand on which day, in which section, and what is crossed out."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from ecegateway.claim.register import register
from ecegateway.claim.verification_report import verification_report
from ecegateway.evidence.record import State
from ecegateway.facts.fold import fold
from ecegateway.handbook.lookup import handbook
from ecegateway.handbook.policy import policy
from ecegateway.model.attendance import Cause, Method
from ecegateway.model.enrolment import Basis
from ecegateway.model.people import AuthorisedSignatory, Note, Person, RegisterMarking
from ecegateway.model.period import DateRange
from ecegateway.model.record import Record
from ecegateway.model.register import Register, RegisterCell, RegisterRow, RegisterWeek, Section
from ecegateway.model.service import Closure, OperatingDay
from ecegateway.model.verification import VerificationReport, VerificationState
from ecegateway.rules.assess import assess
from ecegateway.rules.registry import question
from tests.support.records import (
    C1,
    MONDAY,
    PERIOD,
    SERVICE,
    absence,
    agreement,
    at,
    changed,
    child,
    clock,
    confirmed,
    evidence,
    gone,
    prepared,
    profile,
    stay,
    versions,
)

TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY = (MONDAY + timedelta(days=n) for n in range(1, 6))
WEEK = DateRange(MONDAY, MONDAY + timedelta(days=7))
LATER = datetime(2026, 6, 1, 20, 0, tzinfo=UTC)
MOTHER = Person(service=SERVICE, key="g1", role="guardian", given_names="Mererangi", family_name="Ngāio")
TEACHER = Person(service=SERVICE, key="t1", role="staff", given_names="Kararaina", family_name="Te Hīnau")


def kept(*records: Record, days: DateRange = WEEK, born: date = date(2023, 8, 1), known_at: datetime = LATER) -> Register:
    everything = [profile(), *child(born=born), agreement(), MOTHER, TEACHER, *records]
    return of_versions(versions(everything), days, known_at)


def of_versions(stored: Iterable[object], days: DateRange = WEEK, known_at: datetime = LATER) -> Register:
    facts = fold(replace(evidence(stored), known_at=known_at), PERIOD.days)  # type: ignore[arg-type]
    asked = question(facts, PERIOD.days, policy(), handbook())
    return register(asked, days, assess(asked).findings, verification_report(asked, days))


def week(*records: Record, **more: object) -> RegisterWeek:
    (found,) = kept(*records, **more).weeks  # type: ignore[arg-type]
    return found


def rows(*records: Record, **more: object) -> dict[Section, RegisterRow]:
    return {section: row for section, (row,) in week(*records, **more).sections}


def cells(*records: Record) -> dict[date, RegisterCell]:
    (row,) = rows(*records).values()
    return {cell.day: cell for cell in row.cells}


# Entries


def test_a_stay_stands_on_its_day_with_times_and_who_signed() -> None:
    (entry,) = cells(stay(MONDAY))[MONDAY].stays
    assert (entry.arrived.minute, entry.departed.minute) == (505, 875)
    assert (entry.arrived.by, entry.arrived.method) == ("Mererangi Ngāio", Method.SIGNED)
    assert (entry.evidence, entry.crossed_out) == (f"kowhai/10842/attendance/s-c1-{MONDAY}@1", None)


def test_a_stay_without_a_mark_has_no_signer() -> None:
    (entry,) = cells(stay(MONDAY).model_copy(update={"sign_out": None}))[MONDAY].stays
    assert (entry.departed.minute, entry.departed.by, entry.departed.method) == (875, None, None)


def test_circumstances_stand_with_the_stay() -> None:
    (entry,) = cells(stay(MONDAY, circumstances="Grandfather left before signing."))[MONDAY].stays
    assert entry.circumstances == "Grandfather left before signing."


def test_an_absence_stands_with_reason_and_who_marked_it() -> None:
    away = absence(MONDAY).model_copy(update={"marked_by": "t1", "marked_at": at(MONDAY, "9:40")})
    (entry,) = cells(away)[MONDAY].absences
    assert (entry.reason, entry.marked_by, entry.marked_at) == ("unwell", "Kararaina Te Hīnau", at(MONDAY, "9:40"))
    assert (entry.starts, entry.ends) == (None, None)


def test_an_absence_of_part_of_a_day_says_when_and_a_cause_serves_as_reason() -> None:
    part = {"starts": clock("12:30"), "ends": clock("14:30"), "reason": None, "cause": Cause.BEYOND_CONTROL}
    (entry,) = cells(absence(MONDAY).model_copy(update=part))[MONDAY].absences
    assert (entry.starts, entry.ends, entry.reason) == (750, 870, "beyond control")


def test_an_expected_child_without_an_entry_is_told() -> None:
    found = cells(stay(MONDAY))
    assert [found[day].no_record for day in (MONDAY, TUESDAY)] == [False, True]


def test_a_school_visit_is_told() -> None:
    visiting = agreement(school_visits=(TUESDAY,), key="a-2", signed_on=date(2025, 12, 2))
    found = cells(stay(MONDAY), visiting)
    assert (found[TUESDAY].visit, found[TUESDAY].no_record, found[MONDAY].visit) == (True, False, False)


def test_notes_stand_on_the_childs_day_or_on_the_services() -> None:
    about_child = Note(service=SERVICE, key="n1", day=MONDAY, child="c1", text="Fever.", written_by="t1")
    about_day = Note(service=SERVICE, key="n2", day=MONDAY, text="Open morning.")
    signed = Note(service=SERVICE, key="n3", day=MONDAY, text="Fire drill.", written_by="t1")
    made = week(stay(MONDAY), about_child, about_day, signed)
    (note,) = made.sections[0][1][0].cells[0].notes
    assert (note.text, note.by) == ("Fever.", "Kararaina Te Hīnau")
    said = [(one.text, one.by) for one in made.days[0].notes]
    assert said == [("Open morning.", None), ("Fire drill.", "Kararaina Te Hīnau")]


# Corrections


def test_a_changed_stay_is_crossed_out_before_the_one_that_stands() -> None:
    old, new = cells(stay(MONDAY, "08:55-14:35"), stay(MONDAY, change=changed()))[MONDAY].stays
    assert (old.arrived.minute, new.arrived.minute, new.crossed_out) == (535, 505, None)
    assert old.crossed_out is not None
    assert (old.crossed_out.what, old.crossed_out.stated) == ("changed", True)
    assert (old.crossed_out.by, old.crossed_out.why) == ("Kararaina Te Hīnau", "wrong day")
    assert old.crossed_out.at == at(THURSDAY, "10:00")
    assert (old.evidence, new.evidence) == tuple(f"kowhai/10842/attendance/s-c1-{MONDAY}@{n}" for n in (1, 2))


def test_every_version_stays_to_be_read() -> None:
    entries = cells(
        stay(MONDAY, "08:55-14:35"),
        stay(MONDAY, "08:45-14:35", change=changed(on=TUESDAY)),
        stay(MONDAY, change=changed(on=WEDNESDAY)),
    )[MONDAY].stays
    assert [(one.arrived.minute, one.crossed_out is None) for one in entries] == [(535, False), (525, False), (505, True)]


def test_a_silent_change_names_nobody() -> None:
    old, _ = cells(stay(MONDAY, "08:55-14:35"), stay(MONDAY))[MONDAY].stays
    assert old.crossed_out is not None
    assert (old.crossed_out.stated, old.crossed_out.by, old.crossed_out.at) == (False, None, None)


def test_a_stay_that_moved_is_crossed_out_on_the_day_it_left() -> None:
    found = cells(stay(MONDAY, key="s"), stay(TUESDAY, key="s", change=changed()))
    assert [one.crossed_out is None for one in found[MONDAY].stays] == [False]
    assert [one.crossed_out is None for one in found[TUESDAY].stays] == [True]


def test_a_change_of_what_the_register_does_not_show_crosses_nothing_out() -> None:
    cell = cells(stay(MONDAY), stay(MONDAY, fee_charged=True, change=changed()))[MONDAY]
    assert [one.crossed_out for one in cell.stays] == [None]
    assert cell.unseen == ()


def test_a_change_made_before_we_saw_the_record_is_told() -> None:
    cell = cells(stay(MONDAY, change=changed()))[MONDAY]
    assert [one.crossed_out for one in cell.stays] == [None]
    assert [(one.by, one.why) for one in cell.unseen] == [("Kararaina Te Hīnau", "wrong day")]


def test_a_change_made_before_we_saw_a_confirmation_is_no_entry_of_its_days() -> None:
    said = confirmed(MONDAY, TUESDAY).model_copy(update={"change": changed()})
    assert [cell.unseen for cell in cells(stay(MONDAY), said).values()] == [()] * 5


def test_a_changed_absence_is_crossed_out_too() -> None:
    old, new = cells(absence(MONDAY), absence(MONDAY).model_copy(update={"reason": "dentist", "change": changed()}))[
        MONDAY
    ].absences
    assert (old.reason, new.reason, new.crossed_out) == ("unwell", "dentist", None)
    assert old.crossed_out is not None


@pytest.mark.parametrize(("state", "what"), [(State.DELETED, "deleted"), (State.MISSING, "missing")])
def test_a_record_that_is_gone_is_crossed_out(state: State, what: str) -> None:
    stored = versions([profile(), *child(), agreement(), MOTHER, stay(MONDAY), stay(TUESDAY)])
    (last,) = (version for version in stored if version.key == f"s-c1-{TUESDAY}")
    (made,) = of_versions([*stored, gone(last, state)]).weeks
    (cell,) = (cell for cell in made.sections[0][1][0].cells if cell.day == TUESDAY)
    (entry,) = cell.stays
    assert entry.crossed_out is not None
    assert (entry.crossed_out.what, entry.crossed_out.stated) == (what, state is State.DELETED)
    assert (entry.arrived.by, cell.no_record) == ("Mererangi Ngāio", True)


# Sections, rows and days


def test_a_child_under_two_stands_in_the_first_section() -> None:
    assert list(rows(stay(MONDAY), born=date(2025, 1, 1))) == [Section.UNDER_TWO]
    assert list(rows(stay(MONDAY))) == [Section.TWO_AND_OVER]


def test_a_child_who_turns_two_stands_in_both_sections_that_week() -> None:
    found = rows(stay(MONDAY), stay(WEDNESDAY), born=date(2024, WEDNESDAY.month, WEDNESDAY.day))
    days = {section: [cell.day for cell in row.cells] for section, row in found.items()}
    assert days == {Section.UNDER_TWO: [MONDAY, TUESDAY], Section.TWO_AND_OVER: [WEDNESDAY, THURSDAY, FRIDAY]}
    assert {row.turns_two for row in found.values()} == {WEDNESDAY}


def test_a_birthday_on_a_monday_leaves_the_week_in_one_section() -> None:
    found = rows(stay(MONDAY), born=date(2024, MONDAY.month, MONDAY.day))
    assert list(found) == [Section.TWO_AND_OVER]


def test_a_child_without_a_record_of_their_own_stands_apart() -> None:
    stored = versions([profile(), agreement(), stay(MONDAY)])
    (made,) = of_versions(stored).weeks
    ((section, (row,)),) = made.sections
    assert (section, row.family_name, row.child) == (Section.UNKNOWN, "", C1)


def test_names_keep_their_macrons_and_the_preferred_name() -> None:
    known = child()[0].model_copy(update={"preferred_name": "Ngā"})
    (row,) = rows(stay(MONDAY), known).values()
    assert (row.family_name, row.given_names, row.preferred_name) == ("Tūmanako", ("Ngāio",), "Ngā")


def test_times_of_enrolment_stand_with_the_days_they_hold_for() -> None:
    found = cells(stay(MONDAY))
    assert {cell.enrolled for cell in found.values()} == {((510, 870),)}
    assert {cell.basis for cell in found.values()} == {Basis.PERMANENT}


def test_on_a_closed_day_nobody_is_expected() -> None:
    shut = Closure(service=SERVICE, key="z", first_day=TUESDAY, last_day=TUESDAY, kind="planned", reason="Teachers' day")
    made = week(stay(MONDAY), shut)
    assert [(day.open, day.why_closed) for day in made.days[:2]] == [(True, None), (False, "planned closure: Teachers' day")]
    (row,) = made.sections[0][1]
    assert row.cells[1].enrolled == ()
    unsaid = Closure(service=SERVICE, key="z", first_day=TUESDAY, last_day=TUESDAY, kind="emergency")
    assert week(stay(MONDAY), unsaid).days[1].why_closed == "emergency closure"


def test_a_holiday_is_named_and_a_day_the_source_calls_closed_is_closed() -> None:
    waitangi = DateRange(date(2026, 2, 2), date(2026, 2, 9))
    made = week(stay(date(2026, 2, 2)), days=waitangi)
    assert made.days[4].why_closed == "Waitangi Day"
    shut = OperatingDay(service=SERVICE, key="o", day=TUESDAY, open=False)
    assert week(stay(MONDAY), shut).days[1].why_closed == "closed"


def test_a_holiday_open_for_others_asks_only_for_children_enrolled_for_it() -> None:
    waitangi = date(2026, 2, 6)
    opened = profile(opens_on_holidays=(waitangi,)).model_copy(update={"key": "p2", "effective_from": date(2025, 2, 1)})
    first = DateRange(date(2026, 2, 2), date(2026, 2, 9))
    (row,) = rows(stay(date(2026, 2, 2)), opened, days=first).values()
    assert [bool(cell.enrolled) for cell in row.cells] == [True] * 4 + [False]
    own = agreement(holidays=(waitangi,), key="a-2", signed_on=date(2025, 12, 2))
    (row,) = rows(stay(date(2026, 2, 2)), opened, own, days=first).values()
    assert all(cell.enrolled for cell in row.cells)


def test_a_weekend_day_stands_only_where_something_is_entered() -> None:
    assert [day.day for day in week(stay(MONDAY)).days] == [MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY]
    made = week(stay(SATURDAY))
    assert (made.days[-1].day, made.days[-1].why_closed) == (SATURDAY, "no session")
    assert made.sections[0][1][0].cells[-1].day == SATURDAY


def test_weeks_begin_on_monday_and_end_with_the_period() -> None:
    days = DateRange(WEDNESDAY, WEDNESDAY + timedelta(days=9))
    first, last = kept(stay(WEDNESDAY), stay(THURSDAY + timedelta(days=7)), days=days).weeks
    assert [day.day for day in first.days] == [WEDNESDAY, THURSDAY, FRIDAY]
    assert last.days[0].day == MONDAY + timedelta(days=7)
    assert last.days[-1].day == THURSDAY + timedelta(days=7)


def test_a_week_without_sessions_or_entries_is_left_out() -> None:
    assert kept(stay(MONDAY), days=DateRange(SATURDAY, MONDAY + timedelta(days=7))).weeks == ()


def test_days_after_the_newest_evidence_are_left_out() -> None:
    made = week(stay(MONDAY), known_at=at(TUESDAY, "20:00").astimezone(UTC))
    assert [day.day for day in made.days] == [MONDAY, TUESDAY]


def test_a_child_with_nothing_in_the_week_has_no_row() -> None:
    made = week(stay(MONDAY), *child("c2"), agreement("c2", since=date(2026, 3, 2)))
    ((_, found),) = made.sections
    assert [row.child for row in found] == [C1]


def test_a_casual_child_stands_with_the_basis() -> None:
    casual = agreement("c2", basis=Basis.CASUAL, weekdays=())
    made = week(stay(MONDAY), *child("c2"), casual, stay(TUESDAY, child_key="c2"))
    ((_, (_, row)),) = made.sections
    assert {cell.basis for cell in row.cells} == {Basis.CASUAL}


# Markings and confirmations


def test_markings_stand_on_their_day_by_time_and_name() -> None:
    marks = [
        RegisterMarking(service=SERVICE, key=key, day=MONDAY, by=by, at=when)
        for key, by, when in (
            ("m1", None, None),
            ("m2", "t1", at(MONDAY, "13:00")),
            ("m3", "t1", at(MONDAY, "9:00")),
        )
    ]
    made = kept(stay(MONDAY), *marks)
    assert made.markings_shown
    found = made.weeks[0].days[0].markings
    assert [(one.by, one.at) for one in found] == [
        ("Kararaina Te Hīnau", at(MONDAY, "9:00")),
        ("Kararaina Te Hīnau", at(MONDAY, "13:00")),
        (None, None),
    ]
    assert not kept(stay(MONDAY)).markings_shown


def test_confirmations_stand_with_the_week_they_bear_on() -> None:
    other = confirmed(MONDAY + timedelta(days=7), MONDAY + timedelta(days=13))
    (row,) = rows(stay(MONDAY), confirmed(MONDAY, FRIDAY), other).values()
    (span,) = row.confirmations
    assert (span.days, span.state) == (WEEK, VerificationState.APPROVED)


def test_the_report_of_confirmations_names_whom_to_ask() -> None:
    listed = AuthorisedSignatory(service=SERVICE, key="l", child="c1", person="g1", first_day=date(2026, 1, 1))
    once = AuthorisedSignatory(
        service=SERVICE, key="k", child="c1", person="t1", first_day=date(2025, 1, 1), last_day=date(2025, 12, 31)
    )
    unknown = AuthorisedSignatory(service=SERVICE, key="j", child="c1", person="g9", first_day=date(2026, 1, 1))
    facts = fold(
        evidence(versions([profile(), *child(), agreement(), MOTHER, TEACHER, listed, once, unknown, stay(MONDAY)])),
        PERIOD.days,
    )
    report = verification_report(question(facts, PERIOD.days, policy(), handbook()), PERIOD.days)
    (found,) = report.children
    assert (found.child, found.signatories) == (C1, ("Mererangi Ngāio",))
    assert (found.spans[0].days.first, found.spans[-1].days.last) == (MONDAY, date(2026, 5, 31))
    assert report.on == date(2026, 6, 2)


def test_a_child_with_nothing_to_confirm_is_left_out_of_the_report() -> None:
    facts = fold(evidence(versions([profile(), *child(), agreement()])), PERIOD.days)
    report = verification_report(question(facts, PERIOD.days, policy(), handbook()), PERIOD.days)
    assert report == VerificationReport(date(2026, 6, 2), ())


def test_what_is_prepared_for_exporters_holds_both() -> None:
    made = prepared(profile(), *child(), agreement(), stay(MONDAY)).exportable
    assert made.register().weeks
    assert made.verifications().children
