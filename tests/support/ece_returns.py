"""ECE Returns: an invented one, and any that a hypothesis draws."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

from hypothesis import strategies as st

from ecegateway.model.ece_return import (
    AgeBand,
    ContactHours,
    EceReturn,
    EducationalRole,
    HomeBasedRole,
    LanguageUse,
    LeavingDestination,
    OtherRole,
    StaffMember,
    WaitTimes,
)
from ecegateway.model.ids import ServiceNumber
from ecegateway.model.period import Weekday

MONDAY = date(2026, 6, 15)
MADE_AT = datetime(2026, 6, 30, 3, 0, tzinfo=UTC)
FIVE = (Weekday.MONDAY, Weekday.TUESDAY, Weekday.WEDNESDAY, Weekday.THURSDAY, Weekday.FRIDAY)
TEACHER = EducationalRole(
    code="ECET",
    qualification="E17",
    registered=True,
    starts=date(2024, 2, 1),
    ethnicities=("211", "111"),
    paid=True,
    permanent=True,
    full_time=True,
    contact_hours=tuple(ContactHours(day, time(8), time(14)) for day in FIVE),
)
MEMBER = StaffMember(
    gender="F",
    hours_worked=34,
    age_band=AgeBand.FROM_31,
    min_age_taught=24,
    max_age_taught=60,
    was_teacher=True,
    from_other_service=False,
    iwi=("0104",),
    educational=TEACHER,
)
RETURN = EceReturn(
    service=ServiceNumber("10842"),
    date=MONDAY,
    made_at=MADE_AT,
    made_by="ecegateway",
    wait_times=WaitTimes("W1", "W1", "W2", "W1", "W0"),
    languages=(LanguageUse("TST1", 70), LanguageUse("TST2", 30)),
    staff=(MEMBER,),
)
"""A return in order but for its codes of languages and waiting times, which nobody can check: no list of them is public."""


def with_role(**changes: object) -> EceReturn:
    """The return with its teacher's role otherwise."""
    return with_member(educational=replace(TEACHER, **changes))  # type: ignore[arg-type]  # any field of the role


def with_member(**changes: object) -> EceReturn:
    """The return with its one member of staff otherwise."""
    return replace(RETURN, staff=(replace(MEMBER, **changes),))  # type: ignore[arg-type]  # any field of the member


_codes = st.text('AZ09_-~!<&>"ĀƱ', min_size=1, max_size=10)
_days = st.dates(date(1990, 1, 1), date(2099, 12, 31))
_clock = st.builds(time, st.integers(0, 23), st.integers(0, 59), st.integers(0, 59))
_months = st.none() | st.integers(0, 72)
_ethnicities = st.lists(_codes, min_size=1, max_size=3).map(tuple)
_hours = st.lists(st.builds(ContactHours, st.sampled_from(Weekday), _clock, _clock), max_size=3).map(tuple)
_educational = st.builds(
    EducationalRole,
    _codes,
    _codes,
    st.booleans(),
    _days,
    _ethnicities,
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.none() | _days,
    st.none() | _codes,
    _hours,
)
_home_based = st.builds(
    HomeBasedRole,
    _codes,
    _codes,
    st.booleans(),
    _days,
    _ethnicities,
    st.booleans(),
    st.booleans(),
    st.none() | _days,
    st.none() | _codes,
)
_other = st.none() | st.builds(OtherRole, _codes, st.booleans(), st.booleans(), st.booleans())
_members = st.builds(
    StaffMember,
    _codes,
    st.integers(0, 100),
    st.sampled_from(AgeBand),
    _months,
    _months,
    st.none() | st.booleans(),
    st.none() | st.booleans(),
    st.none() | st.sampled_from(LeavingDestination),
    st.lists(_codes, max_size=3).map(tuple),
    st.none() | _educational,
    st.none() | _home_based,
    _other,
    _other,
    _other,
)
ANY_RETURN = st.builds(
    EceReturn,
    st.text("0123456789", min_size=1, max_size=50).map(ServiceNumber),
    _days,
    st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31), timezones=st.just(UTC)).map(  # noqa: DTZ001 - hypothesis adds the zone
        lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    ),
    st.sampled_from(["ecegateway", "a b", "<&>", "~" * 100]),
    st.builds(WaitTimes, _codes, _codes, _codes, _codes, _codes),
    st.lists(st.builds(LanguageUse, _codes, st.integers(0, 100)), min_size=1, max_size=5).map(tuple),
    st.lists(_members, max_size=2).map(tuple),
)
