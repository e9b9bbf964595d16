"""A forecast as a value. Nothing here is claimed, and no claim reads it.

Hours to come are whole minutes, amounts of money whole cents.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from ecegateway.handbook.citation import Citation
from ecegateway.handbook.rate import Band, NoVerifiedRate, Rate, Scale
from ecegateway.model.claim import AdvanceMonth, Category, SwitchSetting
from ecegateway.model.ids import ChildKey, ServiceNumber
from ecegateway.model.period import FundingPeriod
from ecegateway.model.service import Mode

NO_CLAIM = (
    "This is a forecast, not a claim. Nothing in it is claimed or sent; what is paid, the Ministry works out from the return "
    "itself."
)


@dataclass(frozen=True, slots=True)
class Birthday:
    """A child whose birthday changes what is funded, and whose enrolment does not change with it.

    ``by`` is the last day to do what ``fix`` says, ``None`` where nothing can or need be done; ``detail`` is what is special to
    this child, with its day, or empty.
    """

    child: ChildKey
    turns: int
    on: date
    says: str
    fix: str
    by: date | None
    detail: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A day of the licence that is not expected to be funded, and why."""

    day: date
    why: str


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the advance: the days expected to be funded, and those left out."""

    days: AdvanceMonth
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class Certificated:
    """The staff hour count of the period in whole hours, and the band it falls into.

    ``hundredths`` is the share of certificated hours in hundredths of a per cent, as the policy reads it.
    """

    certificated: int
    other: int
    hundredths: int
    band: Band


@dataclass(frozen=True, slots=True)
class Average:
    """Whole hours claimed by category on the period's days of one mode, and the days they are divided by."""

    mode: Mode
    days: int
    hours: Mapping[Category, int]

    def minutes(self, category: Category, days: int = 1) -> int:
        """The minutes to expect of a category on so many days, parts of a minute left out."""
        return self.hours[category] * 60 * days // self.days


@dataclass(frozen=True, slots=True)
class Expected:
    """The hours to expect of one category in one month on days of one mode, and what they would come to.

    ``cents`` includes GST; it is ``None`` where there is no verified rate for the whole month.
    """

    month: date
    mode: Mode
    category: Category
    days: int
    minutes: int
    rate: Rate | NoVerifiedRate
    cents: int | None


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a service may expect after a period. ``says`` is what a forecast is not, in words.

    ``opens`` and ``due`` are the first and last day on which the period's return is in time. ``scale`` is the one the service
    says it is funded on, ``None`` where nobody said. ``certificated`` is ``None`` where no staff hours are counted.
    ``switches`` are the readings the forecast was made with.
    """

    says: str
    service: ServiceNumber
    service_name: str
    period: FundingPeriod
    known_at: datetime
    opens: date
    due: date
    birthdays: tuple[Birthday, ...]
    months: tuple[Month, ...]
    scale: Scale | None
    certificated: Certificated | None
    averages: tuple[Average, ...]
    expected: tuple[Expected, ...]
    switches: tuple[SwitchSetting, ...]
