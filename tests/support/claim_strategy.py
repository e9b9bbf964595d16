"""Any valid claim, for properties of what is made from one."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from ecegateway.contract import Exportable
from ecegateway.model.claim import Category, ChildDay, Claim, Portion, Verdict
from ecegateway.model.enrolment import Basis
from ecegateway.model.finding import Finding, Severity
from ecegateway.model.ids import EvidenceId
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
    requests = [search_request(family_name=family, given_names=given) for family, given in draw(st.lists(request, max_size=2))]
    return exportable(made, requests=requests, names=draw(names))
