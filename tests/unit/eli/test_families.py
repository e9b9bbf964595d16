"""Each family of events: what is said of which records, what is held back and why, and what waits."""

from datetime import date, datetime, timedelta
from typing import Any
from unicodedata import normalize
from zoneinfo import ZoneInfo

import pytest

from ecegateway.eli.roll import Roll
from ecegateway.evidence.record import State
from ecegateway.model.attendance import Attendance, MakeUpDay, Mark, Method
from ecegateway.model.child import StudentNumber
from ecegateway.model.eli import HOURS_FIELDS, Content, Family
from ecegateway.model.enrolment import Basis
from ecegateway.model.record import Record
from ecegateway.model.service import Closure, ServiceType
from tests.support.events import HOME, of, reasons, told, told_of, whole_child
from tests.support.records import C1, MONDAY, SERVICE, absence, agreement, at, bookings, clock, gone, profile, stay, versions

TUESDAY = MONDAY + timedelta(days=1)
CHILD = "kowhai:c1"


def test_a_child_is_told_by_number_and_official_names() -> None:
    (one,) = of(told(*whole_child()), Family.IDENTITY)

    assert one.id == CHILD
    assert one.content == {
        "event": "ChildIdentity",
        "ChildEntityId": CHILD,
        "NationalStudentNumber": "100000001",
        "OfficialFamilyName": "Tūmanako",
        "OfficialGiven1Name": "Ngāio",
        "OfficialGiven2Name": "Ānia",
        "ChildBirthDate": "2022-08-01",
        "GenderCode": "F",
    }


@pytest.mark.parametrize(
    ("family", "given", "said"),
    [
        ("Sopheap", (), ["Sopheap", "~", None, None]),
        (normalize("NFD", "Te Kōrari"), (normalize("NFD", "Āwhina"),), ["Te Kōrari", "Āwhina", None, None]),
        ("Tu\u02bbipulelei", ("\u02bbAna",), ["Tu\u02bbipulelei", "\u02bbAna", None, None]),
        ("O'Hārae-Nguyễn", ("Anne", "Marie", "Rose"), ["O'Hārae-Nguyễn", "Anne", "Marie", "Rose"]),
        ("Ludbrooke", ("A", "B", "C", "D"), ["Ludbrooke", "A", "B", "C"]),
    ],
)
def test_names_keep_their_macrons_and_a_single_name_has_a_tilde(family: str, given: tuple[str, ...], said: list[str]) -> None:
    found = told(*whole_child(family_name=family, given_names=given))
    content = of(found, Family.IDENTITY)[0].content
    names = ("OfficialFamilyName", "OfficialGiven1Name", "OfficialGiven2Name", "OfficialGiven3Name")
    assert [content.get(name) for name in names] == said
    assert any(not one.holds for one in found.held) is (len(given) > 3)


@pytest.mark.parametrize("name", ["Ngāio (Tui)", "R2", "名", "A\x0bB", " ", "An\u2028na", "½"])
def test_a_name_of_other_characters_holds_the_child_back(name: str) -> None:
    found = told(*whole_child(family_name=name), agreement(), stay(MONDAY))
    assert not found.entities
    assert reasons(found, None) == ["OfficialFamilyName is missing or does not have the form an event needs"]


def test_a_child_without_a_number_yields_nothing_and_it_is_said_why() -> None:
    who = whole_child()[0]
    for number in ([], [StudentNumber(service=SERVICE, key="n", child="c1", document_sighted="passport")]):
        found = told(who, *number, agreement(), stay(MONDAY))
        assert not found.entities
        assert reasons(found, None) == ["the child has no National Student Number"]


@pytest.mark.parametrize(
    ("lacks", "family", "field"),
    [
        ({"gender": None}, None, "GenderCode"),
        ({"address": None}, Family.ENROLMENT, "PrimaryResidentialAddress"),
        ({"ethnicities": ()}, Family.DEMOGRAPHICS, "EthnicGroup1Code"),
        ({"home_languages": ()}, Family.DEMOGRAPHICS, "HomeLanguage1Code"),
    ],
)
def test_what_is_missing_holds_its_family_back_and_is_named(lacks: dict[str, Any], family: Family | None, field: str) -> None:
    found = told(*whole_child(**lacks), agreement(), stay(MONDAY))
    assert f"{field} is missing or does not have the form an event needs" in reasons(found, family)
    assert not of(found, family or Family.IDENTITY)


def test_demographics_are_told_in_the_familys_own_order() -> None:
    (one,) = of(told(*whole_child()), Family.DEMOGRAPHICS)
    codes = {name: value for name, value in one.content.items() if name.endswith("Code")}
    assert codes == {"EthnicGroup1Code": "211", "EthnicGroup2Code": "111", "Iwi1Code": "9999", "HomeLanguage1Code": "DEMO-MRI"}


def test_an_enrolment_goes_on_through_changes_of_its_agreement_and_its_end_waits_for_its_day() -> None:
    leaves = date(2026, 6, 12)
    records = [
        *whole_child(),
        agreement(since=date(2026, 1, 5), last_day=leaves),
        agreement(times="09:00-12:00", since=MONDAY, signed_on=MONDAY, key="second", last_day=leaves),
    ]
    (before,) = of(told(*records), Family.ENROLMENT)
    (after,) = of(told(*records, today=leaves), Family.ENROLMENT)

    assert before.content["EnrolmentStartDate"] == "2026-01-05"
    assert before.content["PrimaryResidentialAddress"] == {
        "Address1Line": "4 Kōwhai Lane",
        "AddressCity": "Ōtaki",
        "AddressPostCode": "5512",
    }
    assert "EnrolmentEndDate" not in before.content
    assert (after.id, after.content["EnrolmentEndDate"]) == (before.id, "2026-06-12")


def test_an_enrolment_to_come_waits_and_one_nobody_signed_is_held() -> None:
    assert not of(told(*whole_child(), agreement(since=date(2026, 7, 1))), Family.ENROLMENT)
    found = told(*whole_child(), agreement(signed_on=None), stay(MONDAY))
    assert reasons(found, Family.ENROLMENT) == ["nobody has signed the enrolment agreement"]
    assert reasons(found, Family.ATTENDANCE) == ["the child has no enrolment that can be said on this day"]
    ended = told(*whole_child(), agreement(last_day=date(2025, 12, 31)))
    assert reasons(ended, Family.ENROLMENT) == ["the enrolment ends before it begins"]


def test_two_open_enrolments_are_told_and_pointed_at() -> None:
    other = agreement(key="other").model_copy(update={"agreement": "other"})
    found = told(*whole_child(), agreement(), other)
    assert len(of(found, Family.ENROLMENT)) == 2
    assert [one.holds for one in found.held] == [False]


def test_bookings_are_the_whole_week_from_the_day_it_changes() -> None:
    found = of(
        told(
            *whole_child(),
            agreement(times="08:30-14:30", weekdays=("Mo", "We")),
            agreement(times="09:00-12:00", weekdays=("Tu",), since=MONDAY, signed_on=MONDAY, key="second"),
            agreement(times="10:00-12:00", weekdays=("Th",), since=TUESDAY, signed_on=None, key="unsigned"),
            agreement(times="10:00-12:00", weekdays=("Fr",), since=date(2026, 7, 1), signed_on=MONDAY, key="ahead"),
        ),
        Family.BOOKINGS,
    )
    assert [(one.content["EffectiveDate"], _week(one.content)) for one in found] == [
        ("2026-01-01", ["Mo 08:30:00-14:30:00", "We 08:30:00-14:30:00"]),
        ("2026-02-09", ["Tu 09:00:00-12:00:00"]),
    ]


def test_weeks_that_alternate_are_told_one_by_one() -> None:
    every_other = tuple(
        one.model_copy(update={"every_weeks": 2, "counted_from": date(2026, 1, 5)}) for one in bookings("09:00-15:00", ("Tu",))
    )
    both = agreement(since=date(2026, 1, 5), last_day=date(2026, 2, 1)).model_copy(
        update={"bookings": (*bookings("08:30-14:30", ("Mo",)), *every_other)}
    )
    found = of(told(*whole_child(), both), Family.BOOKINGS)
    assert [(one.content["EffectiveDate"], len(_week(one.content))) for one in found] == [
        ("2026-01-05", 2),
        ("2026-01-12", 1),
        ("2026-01-19", 2),
        ("2026-01-26", 1),
    ]


def test_a_casual_child_needs_no_booking() -> None:
    assert not of(told(*whole_child(), agreement(basis=Basis.CASUAL)), Family.BOOKINGS)


def test_twenty_hours_are_told_by_weekday_once_they_count_and_never_add_up_to_more() -> None:
    records = (*whole_child(), agreement(twenty_hours="400 400 400 0 0", attested_on=date(2026, 1, 9)))
    (one,) = of(told(*records), Family.TWENTY_HOURS)
    assert one.content["AttestationDate"] == "2026-01-09"
    hours = [one.content[name] for name in HOURS_FIELDS]
    assert hours == ["6.6666", "6.6666", "6.6666", "0", "0", "0", "0"]
    assert sum(map(float, hours)) <= 20
    assert not of(told(*records, today=date(2026, 1, 8)), Family.TWENTY_HOURS)


@pytest.mark.parametrize(
    ("times", "reading", "said"),
    [
        ("08:22-14:38", "nearest-15", "08:15-14:45"),
        ("08:23-14:37", "nearest-15", "08:30-14:30"),
        ("08:22-14:38", "exact", "08:22-14:38"),
    ],
)
def test_stays_are_told_to_the_nearest_quarter_of_an_hour(times: str, reading: str, said: str) -> None:
    found = told(*whole_child(), agreement(), stay(MONDAY, times), switches={"attendance.rounding": reading})
    assert _times(found) == [f"present 2026-02-09 {said}"]


@pytest.mark.parametrize(
    ("zone", "instants", "said"),
    [
        ("Pacific/Auckland", ("2026-04-04T12:30Z", "2026-04-04T15:30Z"), ("01:30:00+13:00", "03:30:00+12:00")),
        ("Pacific/Auckland", ("2026-04-04T13:30Z", "2026-04-04T14:30Z"), ("02:30:00+13:00", "02:30:00+12:00")),
        ("Pacific/Auckland", ("2025-09-27T13:30Z", "2025-09-27T14:30Z"), ("01:30:00+12:00", "03:30:00+13:00")),
        ("Pacific/Chatham", ("2026-04-04T13:30Z", "2026-04-04T14:30Z"), ("03:15:00+13:45", "03:15:00+12:45")),
    ],
)
def test_when_the_clock_changes_the_offset_tells_the_hours_apart(
    zone: str, instants: tuple[str, str], said: tuple[str, str]
) -> None:
    arrived, departed = (datetime.fromisoformat(text) for text in instants)
    record = Attendance(service=SERVICE, key="s", child="c1", arrived=arrived, departed=departed)
    service = profile(weekdays=("Sa", "Su")).model_copy(update={"zone": zone})
    found = told(*whole_child(), agreement(since=date(2025, 1, 1), signed_on=date(2025, 1, 1)), record, service=service)
    (one,) = of(found, Family.ATTENDANCE)
    assert (one.content["AttendanceTimeStart"][11:], one.content["AttendanceTimeEnd"][11:]) == said
    length = datetime.fromisoformat(one.content["AttendanceTimeEnd"]) - datetime.fromisoformat(
        one.content["AttendanceTimeStart"]
    )
    assert length == departed - arrived


def test_a_stay_waits_until_its_day_is_over() -> None:
    records = (*whole_child(), agreement(), stay(MONDAY), absence(TUESDAY))
    assert not _times(told(*records, today=MONDAY))
    assert _times(told(*records, today=TUESDAY)) == ["present 2026-02-09 08:30-14:30"]
    assert len(_times(told(*records, today=TUESDAY + timedelta(days=1)))) == 2


@pytest.mark.parametrize(
    ("records", "why"),
    [
        ([stay(MONDAY, "08:30-")], "it has no time of arrival or of departure"),
        ([stay(MONDAY, "14:30-08:30")], "its departure is not after its arrival within a day"),
        ([stay(MONDAY, method=Method.DEFAULT)], "a time was filled in by the system: nobody saw the child come or go then"),
        ([stay(MONDAY, "08:30-08:33")], "the stay is too short to show at the grain in which times are told"),
        ([stay(MONDAY), stay(MONDAY, "09:00-10:00", key="t")], "another record of the child covers the same time"),
        ([stay(date(2025, 12, 1))], "the child has no enrolment that can be said on this day"),
        ([Attendance(service=SERVICE, key="s", child="c1")], "it gives neither a day nor a time"),
        ([absence(MONDAY + timedelta(days=5))], None),
        ([absence(date(2025, 12, 1))], "the child has no enrolment that can be said on this day"),
    ],
)
def test_a_time_nobody_can_vouch_for_is_held_back(records: list[Record], why: str | None) -> None:
    found = told(*whole_child(), agreement(), *records)
    assert not _times(found)
    assert set(reasons(found, Family.ATTENDANCE)) == ({why} if why else set())


def test_an_absence_is_the_booked_times_and_a_missed_session_of_a_day_attended_is_none() -> None:
    two = agreement().model_copy(update={"bookings": (*bookings("08:30-11:30"), *bookings("12:30-14:30"))})
    assert _times(told(*whole_child(), two, absence(MONDAY))) == [
        "absent 2026-02-09 08:30-11:30",
        "absent 2026-02-09 12:30-14:30",
    ]
    assert _times(told(*whole_child(), two, absence(MONDAY), stay(MONDAY, "08:30-11:30"))) == ["present 2026-02-09 08:30-11:30"]
    morning = absence(MONDAY).model_copy(update={"ends": clock("11:30")})
    assert _times(told(*whole_child(), two, morning)) == ["absent 2026-02-09 08:30-11:30"]
    evening = absence(MONDAY).model_copy(update={"starts": clock("16:00")})
    found = told(*whole_child(), two, evening.model_copy(update={"starts": None, "ends": clock("07:00")}))
    assert not _times(found)


def test_a_make_up_day_is_an_absence_and_an_attendance() -> None:
    made_up = MakeUpDay(service=SERVICE, key="m", child="c1", missed_day=MONDAY, made_up_on=TUESDAY)
    records = (agreement(weekdays=("Mo",)), absence(MONDAY), stay(TUESDAY), made_up)
    assert _times(told(*whole_child(), *records)) == ["absent 2026-02-09 08:30-14:30", "present 2026-02-10 08:30-14:30"]


def test_two_records_of_one_absence_are_told_once() -> None:
    twice = absence(MONDAY).model_copy(update={"key": "again"})
    assert len(_times(told(*whole_child(), agreement(), absence(MONDAY), twice))) == 1


def test_a_home_based_stay_says_where_and_is_held_back_if_it_cannot() -> None:
    home = profile(service_type=ServiceType.HOME_BASED)
    found = told(*whole_child(), agreement(), stay(MONDAY, address=HOME), stay(TUESDAY), service=home)
    (one,) = of(found, Family.ATTENDANCE)
    assert one.content["AttendanceAddress"]["AddressCity"] == "Ōtaki"
    assert reasons(found, Family.ATTENDANCE) == ["home-based: it does not say at which address the child was"]


def test_a_closure_is_told_by_a_loaded_code_once_it_is_over() -> None:
    def shut(kind: str, last: date) -> Closure:
        made = {"key": kind, "first_day": MONDAY, "last_day": last, "kind": kind}
        return Closure.model_validate({"service": SERVICE, **made})

    (one,) = of(told(shut("planned", TUESDAY)), Family.CLOSURE)
    assert one.content == {
        "event": "EceServiceClosure",
        "EceServiceClosureEntityId": "closure/kowhai/planned",
        "ClosureStartDate": "2026-02-09",
        "ClosureEndDate": "2026-02-10",
        "ClosureReasonCode": "DEMO-P",
    }
    assert not of(told(shut("planned", date(2026, 6, 5))), Family.CLOSURE)
    assert reasons(told(shut("planned", date(2026, 2, 1))), Family.CLOSURE) == ["the closure ends before it begins"]


def test_a_confirmed_month_is_told_once() -> None:
    found = told_of(versions([profile()]), confirmed=[date(2026, 2, 1), date(2026, 2, 1)])
    (one,) = of(found, Family.CONFIRMATION)
    assert one.id == "2026020120260228"
    assert (one.content["StartDate"], one.content["EndDate"]) == ("2026-02-01", "2026-02-28")


def test_a_deleted_record_is_known_to_be_gone_and_a_missing_one_is_not() -> None:
    stored = versions([profile(), *whole_child(), agreement(), stay(MONDAY)])
    place = Family.ATTENDANCE, "attendance/kowhai/s-c1-2026-02-09", C1
    for state, is_gone in ((State.DELETED, True), (State.MISSING, False)):
        found = told_of([*stored, gone(stored[-1], state)])
        assert not _times(found)
        assert found.is_gone(*place) is is_gone


def test_marks_of_a_screen_are_no_obstacle() -> None:
    when = at(MONDAY, "08:30")
    record = Attendance(
        service=SERVICE,
        key="s",
        child="c1",
        arrived=when,
        departed=when.astimezone(ZoneInfo("UTC")) + timedelta(hours=2),
        sign_in=Mark(method=Method.NOT_SHOWN),
    )
    assert _times(told(*whole_child(), agreement(), record)) == ["present 2026-02-09 08:30-10:30"]


def _week(content: Content) -> list[str]:
    listed = content["ChildBookingScheduleDetailList"]
    return [f"{one['WeekdayCode']} {one['StartTime']}-{one['EndTime']}" for one in listed]


def _times(found: Roll) -> list[str]:
    lines = []
    for one in of(found, Family.ATTENDANCE):
        start, end = one.content["AttendanceTimeStart"], one.content["AttendanceTimeEnd"]
        lines.append(f"{'absent' if one.content['IsAbsent'] else 'present'} {start[:10]} {start[11:16]}-{end[11:16]}")
    return sorted(lines, key=lambda line: line.split()[1:])
