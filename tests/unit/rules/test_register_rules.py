"""Handbook 6-3, records must include: registers marked by staff, notes and explanations, first and last names."""

from datetime import date, timedelta

import pytest

from ecegateway.model.attendance import Absence, Exemption, MakeUpDay, Method
from ecegateway.model.enrolment import Basis
from ecegateway.model.finding import Finding, Severity
from ecegateway.model.people import Note, Person, RegisterMarking
from ecegateway.model.record import Record
from ecegateway.model.service import Closure, Mode, ServiceProfile, ServiceType
from tests.support.records import (
    MONDAY,
    NO_SWITCHES,
    SERVICE,
    Switches,
    absence,
    agreement,
    at,
    child,
    clock,
    prepared,
    profile,
    staffed,
    stay,
)

TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
MORNINGS = profile("08:45-12:45", mode=Mode.SESSIONAL)
TWO_SESSIONS = profile("08:45-11:45 12:15-15:15", mode=Mode.SESSIONAL)
STAYS = tuple(stay(day) for day in (MONDAY, TUESDAY, WEDNESDAY))


def found(
    *records: Record,
    rule: str,
    licence: ServiceProfile | None = None,
    switches: Switches = NO_SWITCHES,
    enrolled: Record | None = None,
) -> list[Finding]:
    known = [*staffed(), licence or profile(), *child(), enrolled or agreement(), *records]
    return [one for one in prepared(*known, switches=switches).claim.findings if one.rule == rule]


# Marked twice a day


def marking(day: date, at_clock: str = "09:00", *, by: str | None = "t1", on: date | None = None) -> RegisterMarking:
    return RegisterMarking(service=SERVICE, key=f"m-{day}-{at_clock}-{by}", day=day, by=by, at=at(on or day, at_clock))


def twice(*days: date) -> list[Record]:
    return [marking(day, clock) for day in days for clock in ("09:00", "13:00")]


def marked(*records: Record, licence: ServiceProfile | None = None, switches: Switches = NO_SWITCHES) -> list[Finding]:
    return found(*STAYS, *records, rule="register.marked", licence=licence, switches=switches)


@pytest.mark.example("register.marked", "An all-day centre marks its register twice a day, and on Wednesday once.")
def test_a_day_marked_once_is_found() -> None:
    (finding,) = marked(*twice(MONDAY, TUESDAY), marking(WEDNESDAY))
    assert (finding.days, finding.severity, finding.child) == ((WEDNESDAY,), Severity.WARNS, None)
    assert dict(finding.parameters) == {"marked": "once", "needed": "twice"}
    assert finding.evidence == (f"kowhai/10842/register_marking/m-{WEDNESDAY}-09:00-t1@1",)


def test_days_with_equally_many_markings_are_found_together() -> None:
    one, other = marked(marking(MONDAY), marking(TUESDAY))
    assert (one.days, dict(one.parameters)["marked"]) == ((WEDNESDAY,), "not at all")
    assert (other.days, dict(other.parameters)["marked"]) == ((MONDAY, TUESDAY), "once")


@pytest.mark.example("register.marked", "The second marking of Wednesday was made on Thursday.")
def test_a_marking_made_on_another_day_does_not_count() -> None:
    late = marking(WEDNESDAY, "13:00", on=WEDNESDAY + timedelta(days=1))
    (finding,) = marked(*twice(MONDAY, TUESDAY), marking(WEDNESDAY), late)
    assert finding.days == (WEDNESDAY,)


def test_a_marking_without_its_time_counts() -> None:
    untimed = RegisterMarking(service=SERVICE, key="m", day=WEDNESDAY, by="t1")
    assert marked(*twice(MONDAY, TUESDAY), marking(WEDNESDAY), untimed) == []


def test_the_same_marking_sent_twice_counts_once() -> None:
    again = marking(WEDNESDAY).model_copy(update={"key": "again"})
    (finding,) = marked(*twice(MONDAY, TUESDAY), marking(WEDNESDAY), again)
    assert finding.days == (WEDNESDAY,)


def test_a_parents_marking_does_not_count() -> None:
    parent = Person(service=SERVICE, key="g1", role="guardian")
    teacher = Person(service=SERVICE, key="t1", role="staff")
    (finding,) = marked(*twice(MONDAY, TUESDAY), marking(WEDNESDAY), marking(WEDNESDAY, "13:00", by="g1"), parent, teacher)
    assert finding.days == (WEDNESDAY,)
    assert marked(*twice(MONDAY, TUESDAY, WEDNESDAY), parent, teacher) == []


@pytest.mark.example("register.marked", "A kindergarten with a morning and an afternoon session marked its register once.")
def test_two_sessions_want_two_markings() -> None:
    (finding,) = marked(*twice(MONDAY, TUESDAY), marking(WEDNESDAY), licence=TWO_SESSIONS)
    assert finding.days == (WEDNESDAY,)


@pytest.mark.example("register.marked", "The register was marked at nine and at one.")
def test_a_register_marked_twice_is_not_found() -> None:
    assert marked(*twice(MONDAY, TUESDAY, WEDNESDAY)) == []


@pytest.mark.example("register.marked", "A kindergarten with one session a day marks its register once.")
def test_one_session_wants_one_marking() -> None:
    once = [marking(day) for day in (MONDAY, TUESDAY)]
    (finding,) = marked(*once, licence=MORNINGS)
    assert (finding.days, dict(finding.parameters)) == ((WEDNESDAY,), {"marked": "not at all", "needed": "once"})
    assert marked(*once, marking(WEDNESDAY), licence=MORNINGS) == []


def test_whether_an_all_day_service_has_one_session_is_a_switch() -> None:
    once = [marking(day) for day in (MONDAY, TUESDAY, WEDNESDAY)]
    assert marked(*once, switches={"register.one-session": "any"}) == []
    (finding,) = marked(*once)
    assert finding.days == (MONDAY, TUESDAY, WEDNESDAY)


@pytest.mark.example("register.marked", "The service was closed, and nobody marked the register.")
def test_a_closed_day_wants_no_marking() -> None:
    shut = Closure(service=SERVICE, key="z", first_day=WEDNESDAY, last_day=WEDNESDAY, kind="planned")
    assert marked(*twice(MONDAY, TUESDAY), shut) == []


def test_a_day_on_which_nothing_is_entered_wants_no_marking() -> None:
    assert marked(*twice(MONDAY, TUESDAY, WEDNESDAY)) == []  # nothing is entered from Thursday on


def test_days_before_the_first_marking_are_not_found() -> None:
    assert marked(*twice(WEDNESDAY)) == []


def test_a_hospital_is_not_asked() -> None:
    assert marked(marking(MONDAY), licence=profile(service_type=ServiceType.HOSPITAL_BASED)) == []


@pytest.mark.example("register.marked", "No marking of the register has ever been recorded: the records cannot show it.")
def test_without_any_marking_nothing_is_found() -> None:
    assert marked() == []


@pytest.mark.example("register.marking-not-shown", "A vendor's files hold sign-ins and no markings of the register.")
def test_records_without_markings_are_told_once() -> None:
    (finding,) = found(*STAYS, rule="register.marking-not-shown")
    assert (finding.severity, finding.days, finding.child) == (Severity.INFORMS, (), None)


@pytest.mark.example("register.marking-not-shown", "The markings of one day are on record.")
def test_records_with_markings_are_not_told() -> None:
    assert found(*STAYS, marking(MONDAY), rule="register.marking-not-shown") == []


@pytest.mark.example("register.marking-not-shown", "Nothing of the service's attendance is on record yet.")
def test_a_service_without_attendance_is_not_told() -> None:
    assert found(rule="register.marking-not-shown") == []


# Notes and explanations


def explained(*records: Record, enrolled: Record | None = None) -> list[Finding]:
    return found(*records, rule="register.explained", enrolled=enrolled)


def note(text: str = "Fever.", **more: object) -> Note:
    return Note(service=SERVICE, key="n", day=MONDAY, child="c1", text=text, **more)


SHORT, LONG = stay(MONDAY, "08:30-12:30"), stay(MONDAY, "08:30-16:30")


@pytest.mark.example("register.explained", "Enrolled for six hours, a child stayed for four, and nobody wrote down why.")
def test_a_shorter_day_without_a_note_is_found() -> None:
    (finding,) = explained(SHORT)
    assert (finding.days, finding.severity) == ((MONDAY,), Severity.INFORMS)
    assert dict(finding.parameters) == {"clearly": "60", "direction": "less"}
    assert finding.evidence == (f"kowhai/10842/attendance/s-c1-{MONDAY}@1",)


@pytest.mark.example(
    "register.explained", "Enrolled for six hours, a child stayed for five to the minute, and nobody wrote down why."
)
def test_an_hour_to_the_minute_is_found() -> None:
    (finding,) = explained(stay(MONDAY, "08:30-13:30"))
    assert finding.days == (MONDAY,)


@pytest.mark.example("register.explained", "Enrolled for six hours, a child stayed for eight, and nobody wrote down why.")
def test_a_longer_day_without_a_note_is_found() -> None:
    (finding,) = explained(LONG)
    assert dict(finding.parameters)["direction"] == "more"


@pytest.mark.example("register.explained", "A child enrolled on Mondays came on a Tuesday, and nobody wrote down why.")
def test_an_extra_day_without_a_note_is_found() -> None:
    (finding,) = explained(stay(MONDAY), stay(TUESDAY), enrolled=agreement(weekdays=("Mo",)))
    assert finding.days == (TUESDAY,)


def test_shorter_days_stand_together_and_apart_from_longer_ones() -> None:
    less, more = explained(SHORT, stay(TUESDAY, "08:30-12:30"), stay(WEDNESDAY, "08:30-16:30"))
    assert (less.days, more.days) == ((MONDAY, TUESDAY), (WEDNESDAY,))


def test_two_stays_of_a_day_are_added_up() -> None:
    morning, afternoon = stay(MONDAY, "08:30-11:00", key="s-1"), stay(MONDAY, "12:00-14:30", key="s-2")
    (finding,) = explained(morning, afternoon)
    assert (finding.days, len(finding.evidence)) == ((MONDAY,), 2)
    assert explained(morning, stay(MONDAY, "11:30-14:30", key="s-2")) == []


@pytest.mark.example("register.explained", "Enrolled for six hours, a child stayed for five and a quarter.")
def test_three_quarters_of_an_hour_less_want_no_note() -> None:
    assert explained(stay(MONDAY, "08:30-13:45")) == []


def test_three_quarters_of_an_hour_more_want_no_note() -> None:
    assert explained(stay(MONDAY, "08:30-15:15")) == []


@pytest.mark.example("register.explained", "A child went home after four of six hours, and a note says: fever.")
def test_a_note_about_the_childs_day_explains_it() -> None:
    assert explained(SHORT, note()) == []


def test_a_note_about_another_day_or_the_whole_service_explains_nothing() -> None:
    assert len(explained(SHORT, note().model_copy(update={"day": TUESDAY}))) == 1
    assert len(explained(SHORT, note().model_copy(update={"child": None}))) == 1
    assert len(explained(SHORT, note().model_copy(update={"child": "c2"}))) == 1


@pytest.mark.example(
    "register.explained", "A child went home after four of six hours, marked absent for the rest, at the dentist."
)
def test_an_absence_of_the_rest_with_its_reason_explains_it() -> None:
    rest = absence(MONDAY).model_copy(update={"starts": clock("12:30"), "ends": clock("14:30"), "reason": "dentist"})
    assert explained(SHORT, rest) == []
    assert len(explained(SHORT, rest.model_copy(update={"reason": None}))) == 1


def test_an_absence_with_a_cause_explains_it() -> None:
    rest = Absence(
        service=SERVICE, key="x", child="c1", day=MONDAY, starts=clock("12:30"), ends=clock("14:30"), cause="illness"
    )
    assert explained(SHORT, rest) == []


@pytest.mark.example(
    "register.explained", "A child stayed for eight hours instead of six, and the circumstances say: mother's train was late."
)
def test_circumstances_explain_it() -> None:
    assert explained(stay(MONDAY, "08:30-16:30", circumstances="Mother's train was late.")) == []


@pytest.mark.example("register.explained", "A child came on a Tuesday to make up for a Monday, as recorded.")
def test_a_make_up_day_explains_it() -> None:
    made_up = MakeUpDay(service=SERVICE, key="u", child="c1", missed_day=MONDAY, made_up_on=TUESDAY)
    assert explained(absence(MONDAY), stay(TUESDAY), made_up, enrolled=agreement(weekdays=("Mo",))) == []


def test_an_exemption_explains_it() -> None:
    exempt = Exemption(
        service=SERVICE, key="e", child="c1", first_day=MONDAY, last_day=MONDAY, forms=("EC12",), document_reference="EC12-7"
    )
    assert explained(SHORT, exempt) == []


def test_a_school_visit_explains_it() -> None:
    assert explained(SHORT, enrolled=agreement(school_visits=(MONDAY,))) == []


@pytest.mark.example("register.explained", "A casual child stayed for as long as it was needed.")
def test_casual_children_have_no_agreed_hours_to_differ_from() -> None:
    assert explained(SHORT, enrolled=agreement(basis=Basis.CASUAL)) == []


def test_without_an_agreement_there_is_nothing_to_differ_from() -> None:
    assert explained(SHORT, enrolled=agreement(signed_on=None)) == []


@pytest.mark.example("register.explained", "The departure is the system's own: how long the child stayed is not known.")
def test_days_whose_end_nobody_saw_are_left_to_their_own_rule() -> None:
    assert explained(stay(MONDAY, "08:30-17:30", out_method=Method.SYSTEM)) == []
    assert explained(stay(MONDAY, "08:30-")) == []


# Names


@pytest.mark.example("register.named", "A child's record holds a family name and no given name.")
def test_a_child_with_one_name_is_told_once() -> None:
    single = child()[0].model_copy(update={"given_names": ()})
    (finding,) = found(stay(MONDAY), single, rule="register.named")
    assert (finding.severity, finding.child, finding.evidence) == (Severity.INFORMS, "kowhai:c1", ("kowhai/10842/child/c1@2",))


@pytest.mark.example("register.named", "A child's record holds a given name and a family name.")
def test_a_child_with_both_names_is_not_told() -> None:
    assert found(stay(MONDAY), rule="register.named") == []


@pytest.mark.example("register.named", "A child with one name has not been entered in the register on these days.")
def test_a_child_who_is_not_in_the_register_is_not_told() -> None:
    single = child()[0].model_copy(update={"given_names": ()})
    assert found(single, rule="register.named") == []


def test_an_absence_is_an_entry_too() -> None:
    single = child()[0].model_copy(update={"given_names": ()})
    assert len(found(absence(MONDAY), single, rule="register.named")) == 1
