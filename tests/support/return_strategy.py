"""Any return a schema takes, for properties of its files and of the way back from them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from hypothesis import strategies as st

from ecegateway.model.claim import AdvanceMonth, SwitchSetting
from ecegateway.model.ids import ServiceNumber
from ecegateway.model.period import DateRange, FundingPeriod
from ecegateway.model.rs7 import (
    COLUMNS,
    PARITY_CODES,
    Attestation,
    DayCounts,
    Declaration,
    OtherPart,
    ReturnKind,
    Rs7Return,
)

_CHARACTERS = st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff")
LINES = st.text(_CHARACTERS, min_size=1, max_size=40)
_NAMES = st.text(_CHARACTERS, min_size=2, max_size=100)
_ZONES = st.sampled_from((UTC, timezone(timedelta(hours=12)), timezone(timedelta(hours=13, minutes=45))))
INSTANTS = st.datetimes(datetime(2020, 1, 1), datetime(2039, 12, 31), timezones=_ZONES)  # noqa: DTZ001 - bounds are naive
_PERIODS = st.dates(date(2015, 1, 1), date(2040, 12, 31)).map(FundingPeriod.holding)
_HOURS = st.sampled_from((0, 0, 1, 6, 240, 9999)) | st.integers(0, 9999)
_DAYS = st.integers(0, 99)
ATTESTATIONS = st.builds(
    Attestation,
    salaries=st.booleans(),
    parity=st.none() | st.booleans(),
    parity_code=st.none() | st.sampled_from(PARITY_CODES),
    by=LINES,
    at=INSTANTS,
)
DECLARATIONS = st.builds(
    Declaration, name=_NAMES, phone=st.text(_CHARACTERS, min_size=2, max_size=50), designation=_NAMES, at=INSTANTS
)


@st.composite
def returns(draw: st.DrawFn) -> Rs7Return:
    """A return within the bounds, for any part of any period; figures differ on a few days."""
    period = draw(_PERIODS)
    days = list(period.days)
    some = draw(st.dictionaries(st.sampled_from(days), st.tuples(*(_HOURS for _ in COLUMNS)), max_size=6))
    nought = (0,) * len(COLUMNS)
    return Rs7Return(
        service=ServiceNumber(draw(st.text("0123456789", min_size=1, max_size=50))),
        service_name=draw(LINES),
        period=period,
        revision=draw(st.integers(1, 10**6)),
        kind=draw(st.sampled_from(ReturnKind)),
        days=draw(_parts(period)),
        counts=tuple(DayCounts(day, *some.get(day, nought)) for day in days),
        advance=tuple(AdvanceMonth(month.first, draw(_DAYS), draw(_DAYS), draw(_DAYS)) for month in period.advance_months),
        attestation=draw(st.none() | ATTESTATIONS),
        declaration=draw(st.none() | DECLARATIONS),
        known_at=draw(INSTANTS),
        handbook_edition=draw(LINES),
        switches=tuple(draw(st.lists(st.builds(SwitchSetting, LINES, LINES, st.integers(1, 99)), max_size=3))),
        input_digest=draw(LINES),
        elsewhere=tuple(draw(st.lists(st.builds(OtherPart, _parts(period), LINES), max_size=2))),
        reason=draw(st.just("") | LINES),
    )


@st.composite
def _parts(draw: st.DrawFn, period: FundingPeriod) -> DateRange:
    length = len(period.days)
    first = draw(st.integers(0, length - 1))
    after = draw(st.integers(first + 1, length))
    return DateRange(period.first + timedelta(days=first), period.first + timedelta(days=after))


@st.composite
def broken(draw: st.DrawFn) -> Rs7Return:
    """A return with one thing out of bounds."""
    made = draw(returns())
    counts, advance, months = made.counts, made.advance, made.period.days
    at = draw(st.integers(0, len(counts) - 1))
    hours = draw(st.integers(max_value=-1) | st.integers(min_value=10_000))
    too_many = draw(st.integers(max_value=-1) | st.integers(min_value=100))
    column = draw(st.sampled_from(("under_two", "two_and_over", "twenty_hours", "plus_ten", "certificated", "other_teachers")))
    attested, declared = draw(ATTESTATIONS), draw(DECLARATIONS)
    out_of_range: dict[str, Any] = {column: hours}
    figures = (replace(counts[at], **out_of_range),)
    return draw(
        st.sampled_from(
            (
                replace(made, counts=(*counts[:at], *figures, *counts[at + 1 :])),
                replace(made, counts=(*counts[:at], *counts[at + 1 :])),
                replace(made, counts=(*counts, counts[at])),
                replace(made, counts=tuple(reversed(counts))),
                replace(made, advance=(replace(advance[0], sessional=too_many), *advance[1:])),
                replace(made, advance=advance[1:]),
                replace(made, advance=(advance[1], advance[0], *advance[2:])),
                replace(made, attestation=replace(attested, parity_code="STEP2")),
                replace(made, declaration=replace(declared, name="x")),
                replace(made, declaration=replace(declared, phone="0" * 51)),
                replace(made, declaration=replace(declared, designation="\x00\x01")),
                replace(made, declaration=replace(declared, name="\ud800\ud800")),
                replace(made, days=DateRange(months.after, months.after + timedelta(days=1))),
                replace(made, days=DateRange(months.first, months.first)),
                replace(made, elsewhere=(OtherPart(DateRange(date(2000, 1, 1), months.first), "paper"),)),
                replace(made, revision=0),
                replace(made, service=ServiceNumber("ten")),
                replace(made, service_name=""),
            )
        )
    )
