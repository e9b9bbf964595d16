"""Any valid claim, for properties of what is made from one."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from ecegateway.contract import Exportable
from ecegateway.model.absence import (
    AbsenceReport,
    ChildMonth,
    DayMark,
    Duty,
    GridDay,
    Pattern,
    PatternMonth,
    Standing,
)
from ecegateway.model.claim import Category, ChildDay, Claim, Portion, Verdict
from ecegateway.model.enrolment import Basis
from ecegateway.model.finding import Finding, Severity
from ecegateway.model.ids import ChildKey, EvidenceId
from ecegateway.model.period import DateRange, Weekday
from ecegateway.model.spans import union
from tests.support.claims import PERIOD, RULES, SERVICE, child_key, claim, exportable, search_request

_TEXT = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=30)
_EVIDENCE = st.lists(_TEXT.map(EvidenceId), max_size=3).map(tuple)
_DAYS = st.integers(0, len(PERIOD.days) - 1).map(lambda after: PERIOD.first + timedelta(days=after))
_PORTIONS = st.builds(
    Portion,
    minutes=st.integers(0, 1440),
    starts=st.none() | st.integers(0, 1439),
    verdict=st.sampled_from(Verdict),
    category=st.sampled_from(Category),
    reason=st.sampled_from(sorted(RULES)),
    switch=st.none() | _TEXT,
    evidence=_EVIDENCE,
)
_SPANS = st.lists(st.tuples(st.integers(0, 1440), st.integers(0, 1440)), max_size=3).map(union)
_CHILD_DAYS = st.builds(
    ChildDay,
    child=st.integers(0, 3).map(child_key),
    day=_DAYS,
    basis=st.sampled_from(Basis),
    booked=_SPANS,
    attended=_SPANS,
    portions=st.lists(_PORTIONS, max_size=3).map(tuple),
)
_PARAMETERS = st.tuples(*(st.tuples(st.just(name), _TEXT) for name in ("count", "time", "children", "means", "day")))
_FINDINGS = st.builds(
    Finding,
    rule=st.sampled_from(sorted(RULES)),
    severity=st.sampled_from(Severity),
    service=st.just(SERVICE),
    child=st.none() | st.integers(0, 3).map(child_key),
    days=st.lists(_DAYS, max_size=4, unique=True).map(lambda days: tuple(sorted(days))),
    evidence=_EVIDENCE,
    parameters=_PARAMETERS,
    switch=st.none() | _TEXT,
)


@st.composite
def absence_reports(draw: st.DrawFn) -> AbsenceReport:
    """The report of any children, whatever their keys, in each month of the period: as many days and patterns as come."""
    keys = draw(st.lists(_TEXT.filter(str.strip).map(ChildKey), max_size=3, unique=True))
    return AbsenceReport(tuple((days, tuple(draw(_child_month(key, days)) for key in keys)) for days in PERIOD.months))


def _child_month(child: ChildKey, days: DateRange) -> st.SearchStrategy[ChildMonth]:
    some_days = st.lists(st.sampled_from(list(days)), max_size=5, unique=True).map(sorted).map(tuple)
    cells = st.builds(
        GridDay,
        day=st.sampled_from(list(days)),
        mark=st.sampled_from(DayMark),
        booked=st.integers(0, 1440),
        attended=st.none() | st.integers(0, 1440),
        refused=st.integers(0, 1440),
    )
    patterns = st.builds(
        PatternMonth,
        pattern=st.sampled_from(Pattern),
        weekday=st.none() | st.sampled_from(Weekday),
        days=st.just(days) | some_days.filter(len).map(lambda some: DateRange(some[0], days.after)),
        missed=st.integers(0, 31),
        of=st.integers(0, 31),
        caused_by=some_days,
        number=st.integers(0, 12),
        skipped=st.booleans(),
        reconfirmed_on=st.none() | _DAYS,
        refuses=st.booleans(),
        duty=st.sampled_from(Duty),
        due=st.none() | _DAYS,
    )
    return st.builds(
        ChildMonth,
        child=st.just(child),
        grid=st.lists(cells, max_size=5, unique_by=lambda cell: cell.day).map(tuple),
        months=st.lists(patterns, max_size=3).map(tuple),
        in_a_row=st.integers(0, 12),
        refused=st.integers(0, 100_000),
        at_risk=st.integers(0, 100_000),
        standing=st.sampled_from(Standing),
        signatories=st.lists(_TEXT, max_size=2).map(tuple),
        agreement=_TEXT,
    )


@st.composite
def exportables(draw: st.DrawFn) -> Exportable:
    """A claim of any child days and findings, with names of any letters. Its cells are the sums of its parts."""
    made: Claim = claim(
        child_days=draw(st.lists(_CHILD_DAYS, max_size=12, unique_by=lambda line: (line.child, line.day))),
        findings=draw(st.lists(_FINDINGS, max_size=6)),
        known_at=draw(st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))),  # noqa: DTZ001 - the bounds take their zone from the strategy
        service_name=draw(_TEXT),
    )
    names = st.dictionaries(st.integers(0, 3).map(lambda number: str(child_key(number))), _TEXT, max_size=4)
    request = st.builds(lambda family, given: (family, given), _TEXT, st.lists(_TEXT, min_size=1, max_size=4).map(tuple))
    absences = draw(absence_reports())
    requests = [search_request(family_name=family, given_names=given) for family, given in draw(st.lists(request, max_size=2))]
    return exportable(made, requests=requests, names=draw(names), absences=absences)
