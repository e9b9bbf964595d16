"""Handbook 6-3, criteria 7 to 9: what a day's attendance must show, with the traps seen in real systems."""

from datetime import date, timedelta

import pytest

from ecegateway.contract import Fact
from ecegateway.model.attendance import Attendance, Mark, Method
from ecegateway.model.finding import Finding
from ecegateway.model.people import AuthorisedSignatory, Person
from ecegateway.model.record import Record
from ecegateway.model.service import Closure, OperatingDay
from tests.support.records import (
    MONDAY,
    NO_SWITCHES,
    SERVICE,
    Switches,
    absence,
    agreement,
    at,
    changed,
    child,
    confirmed,
    prepared,
    profile,
    staffed,
    stay,
)

TUESDAY = MONDAY + timedelta(days=1)
NO_SIGNER = frozenset(Fact) - {Fact.SIGNER}


def found(
    *records: Record, rule: str, facts: frozenset[Fact] = frozenset(Fact), switches: Switches = NO_SWITCHES
) -> list[Finding]:
    """The findings of one rule on the Monday and Tuesday."""
    made = prepared(*staffed(), profile(), *child(), agreement(), *records, facts=facts, switches=switches).claim
    return [f for f in made.findings if f.rule == rule and (MONDAY in f.days or TUESDAY in f.days)]


@pytest.mark.parametrize("method", [Method.BULK, Method.BOOKING, Method.DEFAULT])
def test_bulk_present_is_flagged_as_default_to_present(method: Method) -> None:
    """Traps 5 and 6: a row made by the system or for many children at once is no attendance."""
    (finding,) = found(stay(MONDAY, method=method), rule="attendance.not-defaulted")
    assert finding.holds
    assert finding.evidence == ("kowhai/10842/attendance/s-c1-2026-02-09@1",)


@pytest.mark.parametrize("method", [Method.SIGNED, Method.STAFF_ENTRY])
def test_booking_rows_are_not_attendance_but_signed_ones_are(method: Method) -> None:
    assert found(stay(MONDAY, method=method), rule="attendance.not-defaulted") == []


def test_a_confirmation_does_not_turn_a_default_into_an_event() -> None:
    """Criterion 7 is about the record, not about who agreed with it later."""
    records = [stay(MONDAY, method=Method.BULK), confirmed(MONDAY, MONDAY)]
    assert len(found(*records, rule="attendance.not-defaulted")) == 1


@pytest.mark.example("attendance.no-record", "The child was booked for Monday, and there is no row for that day.")
@pytest.mark.example("attendance.no-record", "The child is marked absent on Monday.")
def test_missing_row_is_no_record() -> None:
    """Trap 8 and policy switch attendance.no-record (A42)."""
    assert [f.days for f in found(stay(TUESDAY), rule="attendance.no-record")] == [(MONDAY,)]
    assert found(absence(MONDAY), stay(TUESDAY), rule="attendance.no-record") == []


@pytest.mark.parametrize("which", ["in", "out", "in or out"])
def test_a_mark_without_a_signer_is_found(which: str) -> None:
    """Criterion 8."""
    record = stay(MONDAY)
    nobody = Mark(method=Method.SIGNED)
    if which != "out":
        record = record.model_copy(update={"sign_in": nobody})
    if which != "in":
        record = record.model_copy(update={"sign_out": nobody})
    (finding,) = found(record, rule="attendance.signed")
    assert finding.parameters == (("ends", which),)
    assert finding.switch == "attendance.unsigned-mark"


def test_unsigned_marks_name_the_devices_they_were_made_on_as_their_cause() -> None:
    def unsigned(*devices: str) -> Record:
        came, left = (Mark(method=Method.SIGNED, device=device) for device in devices)
        return stay(MONDAY).model_copy(update={"sign_in": came, "sign_out": left})

    causes = [found(unsigned(*two), rule="attendance.signed")[0].cause for two in (("door", "door"), ("hall", "door"))]
    assert causes == [f"device door, {MONDAY}", f"device door and hall, {MONDAY}"]


def test_a_source_that_names_the_signer_and_not_the_method_shows_the_signer() -> None:
    named = stay(MONDAY, method=Method.NOT_SHOWN)
    assert found(named, rule="attendance.signed") == []
    assert found(named, rule="attendance.signer-not-shown") == []
    assert len(found(stay(MONDAY, method=Method.NOT_SHOWN, by=None), rule="attendance.signed")) == 1


def test_a_stay_without_any_mark_is_unsigned() -> None:
    bare = stay(MONDAY).model_copy(update={"sign_in": None, "sign_out": None})
    assert len(found(bare, rule="attendance.signed")) == 1


def test_a_later_confirmation_answers_for_a_missing_signer() -> None:
    """Criterion 9; policy switch attendance.unsigned-mark."""
    record = stay(MONDAY).model_copy(update={"sign_out": Mark(method=Method.STAFF_ENTRY)})
    assert found(record, confirmed(MONDAY, MONDAY), rule="attendance.signed") == []
    strict = found(record, confirmed(MONDAY, MONDAY), rule="attendance.signed", switches={"attendance.unsigned-mark": "hold"})
    assert len(strict) == 1


def test_a_confirmation_before_the_last_change_answers_for_nothing() -> None:
    record = stay(MONDAY, change=changed(on=MONDAY + timedelta(days=5)))
    record = record.model_copy(update={"sign_out": Mark(method=Method.STAFF_ENTRY)})
    assert len(found(record, confirmed(MONDAY, MONDAY, on=TUESDAY), rule="attendance.signed")) == 1


def test_a_dispute_takes_a_confirmation_away() -> None:
    record = stay(MONDAY).model_copy(update={"sign_out": Mark(method=Method.STAFF_ENTRY)})
    dispute = confirmed(MONDAY, TUESDAY, on=MONDAY + timedelta(days=4)).model_copy(update={"decision": "disputed", "key": "v2"})
    assert len(found(record, confirmed(MONDAY, MONDAY), dispute, rule="attendance.signed")) == 1


@pytest.mark.parametrize(
    ("reading", "others", "severities"),
    [
        ("guardian-verification-shows", (), ["holds"]),
        ("guardian-verification-shows", (confirmed(MONDAY, MONDAY),), []),
        ("hold", (confirmed(MONDAY, MONDAY),), ["holds"]),
        ("warn", (), ["warns"]),
    ],
)
def test_a_source_that_cannot_show_the_signer_is_not_a_pass(
    reading: str,
    others: tuple[Record, ...],
    severities: list[str],
) -> None:
    """Policy switch attendance.signer-not-shown."""
    records = [stay(MONDAY, method=Method.NOT_SHOWN, by=None), *others]
    got = found(
        *records, rule="attendance.signer-not-shown", facts=NO_SIGNER, switches={"attendance.signer-not-shown": reading}
    )
    assert [f.severity.value for f in got] == severities


@pytest.mark.parametrize("day", [MONDAY, date(2026, 4, 7)], ids=["daylight saving", "standard time"])
@pytest.mark.example("attendance.system-sign-out", "The departure stands at 20:00 UTC, the next morning here.")
def test_auto_sign_out_at_20_utc_is_not_a_departure(day: date) -> None:
    """Trap 1: 20:00 UTC is the next morning in New Zealand, at 9 or 8 by daylight saving."""
    morning = at(day + timedelta(days=1), "09:00" if day == MONDAY else "08:00")
    record = stay(day).model_copy(update={"departed": morning})
    made = prepared(*staffed(), profile(), *child(), agreement(), record).claim
    (finding,) = [f for f in made.findings if f.rule == "attendance.system-sign-out"]
    assert finding.days == (day,)
    assert dict(finding.parameters)["time"].endswith("the next day")
    (child_day,) = [one for one in made.child_days if one.day == day]
    assert {p.reason for p in child_day.portions} == {"attendance.system-sign-out"}


NOBODY = Mark(method=Method.STAFF_ENTRY)
"""A mark that names no person."""


def nobody_signed_out(times: str, *children: str) -> list[Record]:
    """Stays of some children on Monday whose sign-outs name nobody."""
    return [stay(MONDAY, times, key).model_copy(update={"sign_out": NOBODY}) for key in children]


@pytest.mark.parametrize(
    ("records", "flagged"),
    [
        pytest.param([stay(MONDAY, "08:30-21:00")], 1, id="9pm"),
        pytest.param([stay(MONDAY, "08:30-23:59")], 1, id="a minute before midnight"),
        pytest.param([stay(MONDAY).model_copy(update={"departed": at(TUESDAY, "00:00")})], 1, id="midnight"),
        pytest.param(nobody_signed_out("08:30-17:30", "c1", "c2", "c3"), 3, id="configured"),
    ],
)
@pytest.mark.example("attendance.system-sign-out", "The departure stands at 21:00, hours after closing.")
@pytest.mark.example("attendance.system-sign-out", "Three children leave at the very instant of closing, and nobody signed.")
def test_auto_close_sign_outs_are_flagged(records: list[Record], flagged: int) -> None:
    """Trap 2: at 9 pm, at midnight, or a run of children at the configured close of 17:30. The time is kept as it was sent."""
    told = found(*records, rule="attendance.system-sign-out")
    assert len(told) == flagged
    sent = {local.strftime("%H:%M") for r in records if isinstance(r, Attendance) and (local := r.departed) is not None}
    assert {dict(one.parameters)["time"].removesuffix(" the next day") for one in told} == sent


@pytest.mark.example("attendance.system-sign-out", "Two children leave at the very instant of closing, and nobody signed.")
def test_two_children_who_leave_at_one_instant_are_no_run() -> None:
    assert found(*nobody_signed_out("08:30-17:30", "c1", "c2"), rule="attendance.system-sign-out") == []


@pytest.mark.example(
    "attendance.system-sign-out", "Four children leave at the instant of closing, each signed out by a parent."
)
def test_children_who_leave_together_at_closing_signed_by_their_parents_are_no_run() -> None:
    records = [stay(MONDAY, "08:30-17:30", key) for key in ("c1", "c2", "c3", "c4")]
    assert found(*records, rule="attendance.system-sign-out") == []


def test_a_departure_somebody_saw_or_a_parent_confirmed_hides_none_of_the_systems() -> None:
    wednesday = TUESDAY + timedelta(days=1)
    stays = [stay(MONDAY), *(stay(day, out_method=Method.SYSTEM) for day in (TUESDAY, wednesday))]
    made = prepared(*staffed(), profile(), *child(), agreement(), *stays, confirmed(TUESDAY, TUESDAY)).claim
    assert [f.days for f in made.findings if f.rule == "attendance.system-sign-out"] == [(wednesday,)]


def test_a_declared_system_sign_out_is_believed_to_be_one() -> None:
    assert len(found(stay(MONDAY, out_method=Method.SYSTEM), rule="attendance.system-sign-out")) == 1


@pytest.mark.example("attendance.contradictory", "A child signed in and out on Monday is marked absent for the day.")
def test_present_and_absent_at_the_same_time_is_a_contradiction() -> None:
    (finding,) = found(stay(MONDAY), absence(MONDAY), rule="attendance.contradictory")
    assert len(finding.evidence) == 2
    morning_only = absence(MONDAY).model_copy(update={"starts": at(MONDAY, "07:30").time(), "ends": at(MONDAY, "08:00").time()})
    assert found(stay(MONDAY), morning_only, rule="attendance.contradictory") == []


@pytest.mark.example("attendance.times-given", "The child was signed in, and neither time is given.")
@pytest.mark.example("attendance.times-given", "There is an arrival and no departure.")
def test_session_without_times_is_a_finding() -> None:
    """Trap 12."""
    timeless = Attendance(service=SERVICE, key="t1", child="c1", day=MONDAY, sign_in=Mark(method=Method.SIGNED, by="g1"))
    (finding,) = found(timeless, rule="attendance.times-given")
    assert finding.parameters == (("what", "when the child came or left"),)
    assert len(found(stay(MONDAY, "08:30-"), rule="attendance.times-given")) == 1


@pytest.mark.example("attendance.overlapping-stays", "The child stands on the sheets of two rooms from 10:30 to 12:30.")
def test_child_on_two_sheets_is_counted_once() -> None:
    """Traps 10 and 12: the union of the time, and both sheets named."""
    twice = [
        stay(MONDAY, "08:30-12:30", key="one", sheet="Kererū"),
        stay(MONDAY, "10:30-14:30", key="two", sheet="Tūī"),
    ]
    (finding,) = found(*twice, rule="attendance.overlapping-stays")
    assert finding.parameters == (("sheets", "Kererū and Tūī"),)
    made = prepared(*staffed(), profile(), *child(), agreement(), *twice).claim
    assert next(one for one in made.child_days if one.day == MONDAY).attended_minutes == 360


@pytest.mark.example("attendance.overlapping-stays", "The second session begins at the minute the first ends.")
def test_overlapping_sessions_are_not_summed() -> None:
    apart = [stay(MONDAY, "08:30-12:30", key="one"), stay(MONDAY, "12:30-14:30", key="two")]
    assert found(*apart, rule="attendance.overlapping-stays") == []


@pytest.mark.example("attendance.not-enrolled", "The stay names a child of whom nothing else is on record.")
def test_children_are_never_matched_by_name_alone() -> None:
    """Trap 17: an unmatched child is reported alone; nobody is matched by name."""
    stranger = stay(MONDAY, child_key="c9")
    (finding,) = [f for f in found(stranger, rule="attendance.not-enrolled") if f.child == "kowhai:c9"]
    assert not finding.holds


@pytest.mark.example("attendance.closed-day", "The child is signed in on a day within a planned closure.")
def test_attendance_on_a_closed_day_is_found() -> None:
    closed = Closure(service=SERVICE, key="k1", first_day=MONDAY, last_day=MONDAY, kind="planned")
    (finding,) = found(closed, stay(MONDAY), rule="attendance.closed-day")
    assert finding.parameters == (("because", "planned closure"),)


@pytest.mark.parametrize(("day", "because"), [(MONDAY, "said to be shut"), (MONDAY - timedelta(days=1), "no session")])
def test_attendance_on_a_day_said_to_be_shut_is_told_from_that_on_a_day_without_sessions(day: date, because: str) -> None:
    said = OperatingDay(service=SERVICE, key="o1", day=MONDAY, open=False)
    made = prepared(*staffed(), profile(), *child(), agreement(), said, stay(day)).claim
    told = [dict(f.parameters) for f in made.findings if f.rule == "attendance.closed-day"]
    assert told == [{"because": because}]


@pytest.mark.example("attendance.closed-day", "The service opens on the public holiday.")
def test_attendance_on_a_public_holiday_is_found_unless_the_service_opens_on_it() -> None:
    waitangi = date(2026, 2, 6)
    told = {}
    for opens in ((), (waitangi,)):
        made = prepared(*staffed(), profile(opens_on_holidays=opens), *child(), agreement(), stay(waitangi)).claim
        told[opens] = [dict(f.parameters) for f in made.findings if f.rule == "attendance.closed-day"]
    assert told == {(): [{"because": "Waitangi Day"}], (waitangi,): []}


@pytest.mark.parametrize(
    "rule", ["attendance.times-given", "attendance.times-contradict", "attendance.not-enrolled", "attendance.closed-day"]
)
@pytest.mark.example("attendance.times-given", "The stay has both its times.")
@pytest.mark.example("attendance.times-contradict", "The stay lies within the session of its day.")
@pytest.mark.example("attendance.not-enrolled", "A signed agreement is in force on the day.")
@pytest.mark.example("attendance.closed-day", "The service is open.")
def test_a_stay_with_both_times_under_an_agreement_on_an_open_day_raises_no_question(rule: str) -> None:
    assert found(stay(MONDAY), rule=rule) == []


def test_a_guardian_outside_the_list_is_found() -> None:
    allowed = AuthorisedSignatory(service=SERVICE, key="y1", child="c1", person="g1", first_day=date(2026, 1, 1))
    assert found(allowed, stay(MONDAY), rule="signature.authorised") == []
    assert len(found(allowed, stay(MONDAY, by="g2"), rule="signature.authorised")) == 1
    teacher = Person(service=SERVICE, key="t1", role="staff")
    assert found(allowed, teacher, stay(MONDAY, by="t1"), rule="signature.authorised") == []


@pytest.mark.parametrize(
    ("times", "says"),
    [
        ("08:30-07:29", "does not end after it begins"),
        ("08:30-08:30", "does not end after it begins"),
        ("02:00-03:00", "lies outside every licensed session of the day"),
    ],
)
@pytest.mark.example("attendance.times-contradict", "The child left an hour before it came.")
@pytest.mark.example("attendance.times-contradict", "The stay lasts from two to three at night.")
def test_times_that_cannot_be_are_found(times: str, says: str) -> None:
    (finding,) = found(stay(MONDAY, times), rule="attendance.times-contradict")
    assert finding.holds
    assert finding.parameters == (("what", says),)


@pytest.mark.example("attendance.times-contradict", "The stay is recorded for Tuesday with the times of Monday.")
def test_a_day_that_contradicts_its_times_is_found() -> None:
    elsewhere = stay(MONDAY).model_copy(update={"day": TUESDAY})
    (finding,) = found(elsewhere, rule="attendance.times-contradict")
    assert finding.days == (TUESDAY,)


def test_a_day_begins_at_midnight_and_ends_before_the_next() -> None:
    assert found(stay(MONDAY, "00:00-08:30"), rule="attendance.times-contradict") == []
    next_midnight = stay(TUESDAY, "00:00-08:30").model_copy(update={"day": MONDAY})
    (finding,) = found(next_midnight, rule="attendance.times-contradict")
    assert finding.parameters == (("what", "says one day and gives the times of another"),)


@pytest.mark.parametrize("end", ["sign_in", "sign_out"])
def test_either_end_may_be_the_defaulted_one(end: str) -> None:
    record = stay(MONDAY).model_copy(update={end: Mark(method=Method.BOOKING, by="g1")})
    assert len(found(record, rule="attendance.not-defaulted")) == 1


def test_an_arrival_the_system_made_is_no_arrival() -> None:
    record = stay(MONDAY).model_copy(update={"sign_in": Mark(method=Method.SYSTEM)})
    assert len(found(record, rule="attendance.not-defaulted")) == 1


UNSIGNED = stay(MONDAY).model_copy(update={"sign_out": Mark(method=Method.STAFF_ENTRY)})


@pytest.mark.example("verification.disputed", "A teacher disputes the Monday.")
def test_staff_cannot_dispute_for_a_parent() -> None:
    teacher = Person(service=SERVICE, key="t1", role="staff")
    dispute = confirmed(MONDAY, MONDAY).model_copy(update={"by": "t1", "decision": "disputed"})
    assert found(stay(MONDAY), teacher, dispute, rule="verification.disputed") == []


def test_staff_cannot_verify() -> None:
    """Criterion 4: and a verification of theirs answers for nothing."""
    teacher = Person(service=SERVICE, key="t1", role="staff")
    by_staff = confirmed(MONDAY, MONDAY).model_copy(update={"by": "t1"})
    assert len(found(UNSIGNED, teacher, by_staff, rule="attendance.signed")) == 1
    assert len(found(UNSIGNED, teacher, by_staff, rule="verification.by-guardian")) == 1


def test_only_a_listed_guardian_verifies_where_there_is_a_list() -> None:
    listed = AuthorisedSignatory(service=SERVICE, key="y1", child="c1", person="g9", first_day=date(2026, 1, 1))
    assert len(found(UNSIGNED, listed, confirmed(MONDAY, MONDAY), rule="attendance.signed")) == 1
    by_listed = confirmed(MONDAY, MONDAY).model_copy(update={"by": "g9"})
    assert found(UNSIGNED, listed, by_listed, rule="attendance.signed") == []


def test_a_confirmation_given_before_the_stay_confirms_nothing() -> None:
    early = confirmed(MONDAY, MONDAY, on=MONDAY - timedelta(days=30))
    assert len(found(UNSIGNED.model_copy(update={"recorded_at": None}), early, rule="attendance.signed")) == 1


@pytest.mark.example("verification.disputed", "A mother disputes the Monday.")
@pytest.mark.example("verification.disputed", "A mother disputes the Monday and confirms it two days later.")
def test_a_dispute_holds_the_day_until_it_is_settled() -> None:
    dispute = confirmed(MONDAY, MONDAY).model_copy(update={"decision": "disputed"})
    (finding,) = found(stay(MONDAY), dispute, rule="verification.disputed")
    assert finding.holds
    later = confirmed(MONDAY, TUESDAY, on=MONDAY + timedelta(days=4)).model_copy(update={"key": "v2"})
    assert found(stay(MONDAY), dispute, later, rule="verification.disputed") == []


def test_one_child_on_three_sheets_is_no_run_of_children() -> None:
    nobody = {"sign_out": Mark(method=Method.STAFF_ENTRY)}
    sheets = [stay(MONDAY, "08:30-17:30", key=f"s{n}").model_copy(update=nobody) for n in range(3)]
    assert found(*sheets, rule="attendance.system-sign-out") == []


@pytest.mark.example(
    "attendance.no-record", "The service is open on Waitangi Day, and the child is enrolled on Fridays, not for that very day."
)
def test_a_child_not_enrolled_for_an_open_public_holiday_has_no_record_missing() -> None:
    waitangi = date(2026, 2, 6)
    service = profile(opens_on_holidays=(waitangi,))
    made = prepared(*staffed(), service, *child(), agreement()).claim
    assert not any(f.rule == "attendance.no-record" and waitangi in f.days for f in made.findings)
