"""How values read to a person: hours, days, counts, and the names of columns.

Names of days and months are written out here, because the system's locale must not change a byte.
"""

import unicodedata
from datetime import UTC, date, datetime
from types import MappingProxyType

from ecegateway.model.claim import Category, StaffColumn, Verdict
from ecegateway.model.finding import Severity
from ecegateway.model.period import FundingPeriod, Weekday, local_time
from ecegateway.model.spans import Spans

CATEGORIES = MappingProxyType(
    {
        Category.UNDER_TWO: "Under 2",
        Category.TWO_AND_OVER: "2 and over",
        Category.TWENTY_HOURS: "20 Hours ECE",
        Category.PLUS_TEN: "Plus 10",
    }
)
STAFF_COLUMNS = MappingProxyType(
    {
        StaffColumn.CERTIFICATED: "Certificated teachers",
        StaffColumn.OTHER: "Other teachers",
    }
)
SEVERITIES = MappingProxyType(
    {
        Severity.HOLDS: "Holds hours back",
        Severity.WARNS: "An auditor would ask",
        Severity.INFORMS: "Worth knowing",
    }
)
NO_STAFF_HOURS = (
    "No staff hours: this type of service does not fill these columns, or no staff shift is on record "
    "(ECE Funding Handbook 9-4)."
)
"""Why both staff columns are empty all period long. A claim does not say which of the two it is."""
VERDICTS = MappingProxyType(
    {
        Verdict.CLAIMED: "claimed",
        Verdict.HELD: "held back",
        Verdict.REFUSED: "not funded",
    }
)

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def clock(minutes: int) -> str:
    """Whole minutes as hours and minutes: ``385`` reads ``6:25``. Serves durations and times of day alike."""
    return f"{minutes // 60:,}:{minutes % 60:02d}"


def more_or_less(minutes: int) -> str:
    """Minutes that are added or taken away, with the sign a printer sets: ``+0:12``."""
    sign = "+" if minutes >= 0 else "\N{MINUS SIGN}"
    return f"{sign}{clock(abs(minutes))}"


def times(spans: Spans) -> str:
    """When in the day: ``8:30 to 12:00, 12:30 to 14:30``, or ``not at all``."""
    return ", ".join(f"{clock(start)} to {clock(end)}" for start, end in spans) or "not at all"


def whole(number: int) -> str:
    """A whole number with its thousands set apart."""
    return f"{number:,}"


def dollars(cents: int) -> str:
    """Whole cents as dollars: ``123456`` reads ``$1,234.56``."""
    return f"${cents // 100:,}.{cents % 100:02d}"


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: ``1 day``, ``2 days``; ``many`` where adding an ``s`` will not do."""
    return f"{whole(number)} {one if number == 1 else many or one + 's'}"


def month_name(day: date) -> str:
    """``March 2026``."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def period_name(period: FundingPeriod) -> str:
    """``February to May 2026``, or ``October 2026 to January 2027``."""
    first, last = period.days.first, period.days.last
    start = _MONTHS[first.month - 1] if first.year == last.year else month_name(first)
    return f"{start} to {month_name(last)}"


def long_day(day: date) -> str:
    """``Wednesday 4 March 2026``."""
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {month_name(day)}"


def plain_day(day: date) -> str:
    """``4 March 2026``."""
    return f"{day.day} {month_name(day)}"


def weekday_name(weekday: Weekday) -> str:
    """``Friday``."""
    return _WEEKDAYS[tuple(Weekday).index(weekday)]


def short_day(day: date) -> str:
    """``Wed 4``: a day where the month is known."""
    return f"{_WEEKDAYS[day.weekday()][:3]} {day.day}"


def short_days(days: tuple[date, ...]) -> str:
    """Ascending days by month, each year named once: ``2, 3 and 9 February; 4 March 2026``."""
    months: dict[tuple[int, int], list[date]] = {}
    for day in days:
        months.setdefault((day.year, day.month), []).append(day)
    parts = []
    for (year, month), group in months.items():
        named = f"{_listed([str(day.day) for day in group])} {_MONTHS[month - 1]}"
        is_last = not any(later_year == year and later > month for later_year, later in months)
        parts.append(f"{named} {year}" if is_last else named)
    return "; ".join(parts)


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def instant_text(instant: datetime) -> str:
    """An aware instant in UTC to the millisecond, as XML and JSON write it: ``2026-06-02T21:15:00.000Z``."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def exact_instant(instant: datetime) -> str:
    """An aware instant in UTC, to the millisecond or, where it is finer, to the microsecond: nothing of it is lost."""
    if instant.microsecond % 1000 == 0:
        return instant_text(instant)
    return instant.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def instant_words(instant: datetime) -> str:
    """An aware instant for people, by the clock of Auckland: ``3 June 2026, 9:15, New Zealand time``."""
    at = local_time(instant, "Pacific/Auckland")
    return f"{plain_day(at.date())}, {at.hour}:{at.minute:02d}, New Zealand time"


def in_order_of_names(name: str) -> str:
    """By what to sort names, so that neither macrons nor capitals part them: ``Āwhina`` stands by ``Anahera``."""
    apart = unicodedata.normalize("NFD", name.casefold())
    return "".join(character for character in apart if not unicodedata.combining(character))


def explanation_page(day: date) -> str:
    """The name of the page that explains a day's month."""
    return f"explanation-{day:%Y-%m}.html"


def day_link(day: date) -> str:
    """Where a day of the return is explained."""
    return f"{explanation_page(day)}#d-{day}"
