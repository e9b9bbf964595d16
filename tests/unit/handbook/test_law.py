"""The law as data: dated, cited, and refusing to guess."""

from datetime import date, timedelta

import pytest

from ecegateway.errors import ConfigError, HandbookError, ParameterNotInForceError, UnknownCitationError
from ecegateway.handbook.citation import cite
from ecegateway.handbook.lookup import Parameter, handbook
from ecegateway.handbook.policy import policy, switches


def test_a_parameter_is_looked_up_by_day() -> None:
    assert handbook().on("funded_hour.daily_limit", date(2026, 2, 2)) == 360
    assert handbook().on("twenty_hours.weekly_limit", date(2026, 2, 2)) == 1200


@pytest.mark.parametrize("parameter", handbook().parameters(), ids=lambda parameter: parameter.name)
def test_outside_the_verified_dates_is_an_error_never_a_default(parameter: Parameter) -> None:
    first, last = parameter.values[0].since, parameter.ends
    assert parameter.on(first) == parameter.values[0].value
    assert parameter.on(last) == parameter.values[-1].value
    for day in (first - timedelta(days=1), last + timedelta(days=1)):
        with pytest.raises(ParameterNotInForceError, match="read the Handbook of that day"):
            parameter.on(day)


def test_every_day_of_the_verified_span_has_one_value() -> None:
    """A sweep: no gap, no overlap."""
    for parameter in handbook().parameters():
        day = parameter.values[0].since
        while day <= parameter.ends:
            parameter.on(day)
            day += timedelta(days=1)


def test_an_unknown_parameter_is_an_error() -> None:
    with pytest.raises(HandbookError, match="no parameter"):
        handbook().on("funded_hour.monthly_limit", date(2026, 2, 2))


def test_a_citation_carries_the_title_with_the_corrected_number() -> None:
    """Trap 34: the copy of chapter 6 calls the Three Week Rule 6-4 in places."""
    assert str(cite("6-5")) == "ECE Funding Handbook 6-5 Three Week Rule for Continuous Absence"


@pytest.mark.parametrize(("section", "instrument"), [("6-99", "ece-funding-handbook"), ("6-3", "the-news")])
def test_an_unknown_citation_is_refused(section: str, instrument: str) -> None:
    with pytest.raises(UnknownCitationError):
        cite(section, instrument=instrument)


def test_every_switch_stands_at_its_default_unless_set() -> None:
    assert {s.switch: s.value for s in policy().settings} == {name: switch.default for name, switch in switches().items()}
    assert policy({"rs7.rounding": "bankers"})["rs7.rounding"] == "bankers"


@pytest.mark.parametrize("chosen", [{"rs7.rouding": "bankers"}, {"rs7.rounding": "upwards"}])
def test_an_unknown_switch_or_reading_is_refused(chosen: dict[str, str]) -> None:
    with pytest.raises(ConfigError, match=r"switch|choose"):
        policy(chosen)
