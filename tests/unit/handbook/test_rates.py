"""Funding rates against the printed tables, figure by figure; nothing is answered that no table says."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from ecegateway.handbook.rate import Band, Label, NoVerifiedRate, Rate, Scale
from ecegateway.handbook.rates import rate, rates
from ecegateway.model.claim import Category
from ecegateway.model.service import Mode, ServiceType

EDUCATION_AND_CARE, HOSPITAL = ServiceType.EDUCATION_AND_CARE, ServiceType.HOSPITAL_BASED
ALL_DAY, SESSIONAL = Mode.ALL_DAY, Mode.SESSIONAL
COLUMNS = (Category.UNDER_TWO, Category.TWO_AND_OVER, Category.TWENTY_HOURS)

BASE = {
    date(2023, 1, 1): "14.16/8.30/13.55 13.56/7.50/12.79 12.28/6.47/11.65 9.91/5.16/10.24 8.48/4.28/9.33",
    date(2023, 12, 1): "15.07/8.75/14.00 14.47/7.95/13.24 13.19/6.92/12.10 10.82/5.61/10.69 9.39/4.73/9.78",
    date(2024, 1, 1): "15.48/8.99/14.39 14.87/8.17/13.61 13.55/7.11/12.44 11.11/5.76/10.99 9.64/4.85/10.05",
    date(2024, 3, 1): "15.48/8.99/15.03 14.87/8.17/14.22 13.55/7.11/12.99 11.11/5.76/11.47 9.64/4.85/10.49",
    date(2025, 1, 1): "15.79/9.17/15.33 15.17/8.33/14.50 13.82/7.25/13.25 11.33/5.88/11.70 9.83/4.95/10.70",
}
"""Table 1: all-day, base, by the day it begins; a band a word, from 100% down: under 2/2 and over/20 Hours."""

EXTENDED_PARITY = {
    ALL_DAY: "15.88/9.32/15.19 15.21/8.42/14.35 13.77/7.26/13.07 11.10/5.79/11.48 9.50/4.81/10.47",
    SESSIONAL: "14.56/7.23/8.75 13.53/6.14/7.89 12.29/5.48/7.17 10.02/4.71/6.34 8.73/4.23/5.86",
}
HOME_BASED = {
    date(2023, 1, 1): "9.41/5.05/10.51 7.48/4.05/9.00",
    date(2024, 1, 1): "9.91/5.32/11.07 7.88/4.26/9.48",
    date(2024, 3, 1): "9.91/5.32/11.58 7.88/4.26/9.92",
    date(2025, 1, 1): "10.11/5.43/11.81 8.04/4.35/10.12",
}
"""Table 3: quality, then standard."""
PLAYCENTRE = {
    date(2024, 1, 1): "10.77 (9.37) | 5.41 (4.70) | 6.72 (5.84) | 9.42 (8.19) | 4.74 (4.12) | 6.04 (5.25)",
    date(2024, 3, 1): "10.77 (9.37) | 5.41 (4.70) | 7.03 (6.11) | 9.42 (8.19) | 4.74 (4.12) | 6.32 (5.50)",
    date(2024, 7, 1): "11.62 (10.10) | 5.84 (5.08) | 7.59 (6.60) | 10.16 (8.83) | 5.11 (4.44) | 6.82 (5.93)",
    date(2025, 1, 1): "11.84 (10.30) | 5.95 (5.17) | 7.73 (6.72) | 10.35 (9.00) | 5.20 (4.52) | 6.95 (6.04)",
    date(2025, 7, 1): "12.60 (10.96) | 6.33 (5.50) | 8.23 (7.16) | 11.02 (9.58) | 5.53 (4.81) | 7.39 (6.43)",
    date(2026, 1, 1): "12.66 (11.01) | 6.36 (5.53) | 8.28 (7.20) | 11.07 (9.63) | 5.55 (4.83) | 7.43 (6.46)",
}
KOHANGA_REO = {
    date(2024, 1, 1): "14.50 (12.61) | 9.43 (8.20) | 13.87 (12.06) | 13.23 (11.50) | 8.81 (7.66) | 13.34 (11.60)",
    date(2024, 3, 1): "14.50 (12.61) | 9.43 (8.20) | 14.51 (12.62) | 13.23 (11.50) | 8.81 (7.66) | 13.95 (12.13)",
    date(2025, 1, 1): "14.79 (12.86) | 9.62 (8.37) | 14.80 (12.87) | 13.49 (11.73) | 8.99 (7.82) | 14.23 (12.37)",
    date(2026, 1, 1): "14.87 (12.93) | 9.67 (8.41) | 14.87 (12.93) | 13.56 (11.79) | 9.04 (7.86) | 14.31 (12.44)",
}
JULY_2021 = {
    ALL_DAY: "13.62/7.98/13.03 13.04/7.21/12.30 11.81/6.23/11.21 9.53/4.96/9.85 8.15/4.12/8.97",
    SESSIONAL: "12.48/6.20/7.51 11.60/5.26/6.77 10.54/4.70/6.15 8.59/4.04/5.43 7.49/3.64/5.03",
}
BASE_2022 = "13.78/8.08/13.19 13.20/7.30/12.45 11.95/6.30/11.34 9.64/5.02/9.97 8.25/4.17/9.08"
KINDERGARTEN_2022 = "15.76/9.23/15.05 15.17/8.45/14.31 13.71/7.27/13.01 11.02/5.77/11.37 9.37/4.76/10.35"


def cents(printed: str) -> int:
    return int(printed.replace(".", ""))


def row(words: str) -> tuple[int, ...]:
    """``14.16/8.30/13.55`` in cents."""
    return tuple(cents(word) for word in words.split("/"))


def found(kind: ServiceType, mode: Mode, scale: Scale, band: Band | None, *, day: date, category: Category) -> Rate:
    one = rate(kind, mode, scale, band, category=category, day=day)
    assert isinstance(one, Rate), one.says
    return one


def amounts(kind: ServiceType, mode: Mode, scale: Scale, band: Band | None, day: date) -> tuple[int, ...]:
    return tuple(found(kind, mode, scale, band, day=day, category=category).including_gst for category in COLUMNS)


def banded(kind: ServiceType, mode: Mode, scale: Scale, day: date) -> list[tuple[int, ...]]:
    return [amounts(kind, mode, scale, band, day) for band in Band]


@pytest.mark.parametrize("since", BASE)
@pytest.mark.parametrize("kind", [EDUCATION_AND_CARE, HOSPITAL])
def test_all_day_base_rates(kind: ServiceType, since: date) -> None:
    """Handbook Appendix 1, table 1."""
    assert banded(kind, ALL_DAY, Scale.BASE, since) == [row(words) for words in BASE[since].split()]


@pytest.mark.parametrize("mode", Mode)
def test_extended_parity_rates(mode: Mode) -> None:
    assert banded(EDUCATION_AND_CARE, mode, Scale.EXTENDED_PARITY, date(2023, 1, 1)) == [
        row(words) for words in EXTENDED_PARITY[mode].split()
    ]


@pytest.mark.parametrize("mode", Mode)
def test_education_and_care_rates_of_july_2021(mode: Mode) -> None:
    printed = [row(words) for words in JULY_2021[mode].split()]
    assert banded(EDUCATION_AND_CARE, mode, Scale.BASE, date(2021, 7, 1)) == printed


def test_rates_of_january_2022() -> None:
    day = date(2022, 1, 1)
    assert banded(EDUCATION_AND_CARE, ALL_DAY, Scale.BASE, day) == [row(words) for words in BASE_2022.split()]
    assert banded(ServiceType.KINDERGARTEN, ALL_DAY, Scale.KINDERGARTEN_ASSOCIATION, day) == [
        row(words) for words in KINDERGARTEN_2022.split()
    ]


@pytest.mark.parametrize("since", HOME_BASED)
@pytest.mark.parametrize("mode", Mode)
def test_home_based_rates(since: date, mode: Mode) -> None:
    """Handbook Appendix 1, table 3: by standard, without bands."""
    quality, standard = HOME_BASED[since].split()
    assert amounts(ServiceType.HOME_BASED, mode, Scale.QUALITY, None, since) == row(quality)
    assert amounts(ServiceType.HOME_BASED, mode, Scale.STANDARD, None, since) == row(standard)


@pytest.mark.parametrize(
    ("kind", "since", "printed"),
    [
        *((ServiceType.PLAYCENTRE, since, printed) for since, printed in PLAYCENTRE.items()),
        *((ServiceType.KOHANGA_REO, since, printed) for since, printed in KOHANGA_REO.items()),
    ],
)
def test_parent_led_rates_in_both_gst_bases(kind: ServiceType, since: date, printed: str) -> None:
    """Handbook Appendix 1, tables 4 and 5."""
    places = [(scale, category) for scale in (Scale.QUALITY, Scale.STANDARD) for category in COLUMNS]
    for (scale, category), words in zip(places, printed.split(" | "), strict=True):
        including, excluding = words.removesuffix(")").split(" (")
        one = found(kind, Mode.SESSIONAL, scale, None, day=since, category=category)
        assert (one.including_gst, one.excluding_gst) == (cents(including), cents(excluding))


def test_no_table_is_left_untested() -> None:
    """Each printed figure has one rate for each kind of service and mode it is for."""
    printed = [one for one in rates() if one.category in COLUMNS]
    bands, columns = len(Band), len(COLUMNS)
    two_scales = 2 * columns * len(Mode)
    assert len(printed) == (
        len(BASE) * bands * columns * 2
        + (len(EXTENDED_PARITY) + len(JULY_2021)) * bands * columns
        + 2 * bands * columns
        + (len(HOME_BASED) + len(PLAYCENTRE) + len(KOHANGA_REO)) * two_scales
    )


def test_amounts_without_gst_are_those_with_it_less_fifteen_per_cent() -> None:
    """Catches a slip of the pen: the two printed amounts agree to a cent."""
    for one in rates():
        if one.excluding_gst is not None:
            assert abs(one.including_gst - one.excluding_gst * 1.15) <= 1


def test_a_rate_holds_until_the_next_known_change_and_else_to_the_end_of_its_year() -> None:
    """Decision 11: a change of any table of a kind of service ends what is verified of its others."""
    for one in rates():
        later = [other.since for other in rates() if other.kind is one.kind and other.since > one.since]
        last = min(later) - timedelta(days=1) if later else date(one.since.year, 12, 31)
        assert one.until == last, one


def test_a_rate_holds_for_whole_months() -> None:
    """A forecast looks up a month's rate by its first day."""
    for one in rates():
        assert one.since.day == 1
        assert (one.until + timedelta(days=1)).day == 1


def test_each_day_has_at_most_one_rate() -> None:
    spans: dict[object, list[tuple[date, date]]] = {}
    for one in rates():
        spans.setdefault((one.kind, one.mode, one.scale, one.band, one.category), []).append((one.since, one.until))
    for found in spans.values():
        for (_, until), (since, _) in pairwise(sorted(found)):
            assert until < since


@pytest.mark.parametrize(
    ("kind", "mode", "scale", "band", "day"),
    [
        (EDUCATION_AND_CARE, ALL_DAY, Scale.BASE, Band.ALL, date(2021, 6, 30)),  # before the oldest table
        (EDUCATION_AND_CARE, ALL_DAY, Scale.BASE, Band.ALL, date(2026, 1, 1)),  # after the newest
        (EDUCATION_AND_CARE, SESSIONAL, Scale.BASE, Band.ALL, date(2025, 3, 4)),  # a mode no table gives
        (EDUCATION_AND_CARE, ALL_DAY, Scale.EXTENDED_PARITY, Band.ALL, date(2023, 12, 1)),  # changed, by the base table
        (EDUCATION_AND_CARE, ALL_DAY, Scale.BASE, None, date(2025, 3, 4)),  # a band is needed
        (ServiceType.KINDERGARTEN, SESSIONAL, Scale.KINDERGARTEN_ASSOCIATION, None, date(2022, 3, 4)),
        (ServiceType.PLAYCENTRE, SESSIONAL, Scale.QUALITY, None, date(2027, 1, 1)),
    ],
)
def test_what_no_table_says_is_a_sentence_and_never_a_figure(
    kind: ServiceType, mode: Mode, scale: Scale, band: Band | None, day: date
) -> None:
    found = rate(kind, mode, scale, band, category=Category.TWO_AND_OVER, day=day)
    assert isinstance(found, NoVerifiedRate)
    assert found.says.startswith(f"no verified rate for {kind}, {mode}")
    assert str(day) in found.says


def test_plus_ten_is_paid_at_the_rate_of_two_and_over_and_says_who_says_so() -> None:
    day = date(2026, 8, 3)
    plus_ten = found(ServiceType.PLAYCENTRE, SESSIONAL, Scale.QUALITY, None, day=day, category=Category.PLUS_TEN)
    subsidy = found(ServiceType.PLAYCENTRE, SESSIONAL, Scale.QUALITY, None, day=day, category=Category.TWO_AND_OVER)
    assert (plus_ten.including_gst, plus_ten.excluding_gst) == (subsidy.including_gst, subsidy.excluding_gst) == (636, 553)
    assert [source.label for source in plus_ten.sources] == [Label.HANDBOOK, Label.OTHERS]
    assert plus_ten.sources[1].citation.instrument == "discover-help"


def test_every_rate_says_where_it_was_read() -> None:
    for one in rates():
        for source in one.sources:
            assert source.link
            assert (source.label is Label.HANDBOOK) == (source.citation.instrument == "ece-funding-handbook")
