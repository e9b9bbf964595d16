"""Records about the service itself: its licence, sessions, closures and operating days."""

from datetime import date, time
from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from ecegateway.model.period import Weekday
from ecegateway.model.record import Part, Record, ShortText, Text
from ecegateway.model.spans import Span, minute_of

Places = Annotated[int, Field(ge=0, le=1000)]


Region = Literal[
    "AUK", "BOP", "CAN", "CIT", "GIS", "HKB", "MBH", "MWT", "NSN", "NTL", "OTA", "STL", "TAS", "TKI", "WGN", "WKO", "WTC",
    "South Canterbury",
]  # fmt: skip
"""Regions by ISO 3166-2:NZ, and South Canterbury, which keeps an anniversary day of its own."""


class ServiceType(StrEnum):
    """Kinds of service, by the names of the Ministry's public directory."""

    EDUCATION_AND_CARE = "education and care"
    CASUAL_EDUCATION_AND_CARE = "casual education and care"
    KINDERGARTEN = "kindergarten"
    PLAYCENTRE = "playcentre"
    HOME_BASED = "home-based network"
    KOHANGA_REO = "te kōhanga reo"
    HOSPITAL_BASED = "hospital-based"


class Mode(StrEnum):
    """How a day's session is licensed to run."""

    ALL_DAY = "all-day"
    SESSIONAL = "sessional"


class OperatingSession(Part):
    """One session the licence lets the service run on a weekday, in local wall-clock times."""

    weekday: Weekday
    opens: time
    closes: time
    mode: Mode

    @property
    def span(self) -> Span:
        """The minutes of the day the session runs."""
        return minute_of(self.opens), minute_of(self.closes)


class ServiceProfile(Record):
    """The service's licence and habits, from a day on."""

    stream: ClassVar[str] = "service"

    name: ShortText
    effective_from: date
    service_type: ServiceType
    licence_class: Literal["all-day", "sessional", "mixed"]
    teacher_led: bool
    places: Places
    under_two_places: Places
    sessions: tuple[OperatingSession, ...]
    zone: Literal["Pacific/Auckland", "Pacific/Chatham"] = "Pacific/Auckland"
    region: Region | None = None
    """The region whose anniversary day the service keeps."""
    offers_twenty_hours: bool = False
    opens_on_holidays: tuple[date, ...] = ()
    """Public holidays on which the service opens all the same (Handbook 3-A-2)."""


class Closure(Record):
    """Days on which the service did not operate though its sessions say it would."""

    stream: ClassVar[str] = "closure"

    first_day: date
    last_day: date
    kind: Literal["planned", "emergency"]
    reason: Text | None = None
    approval_reference: ShortText | None = None
    """The regional office's approval, without which an emergency closure is not funded (Handbook 7-5)."""


class OperatingDay(Record):
    """What a source says of one calendar day: whether the service was open, and from when to when."""

    stream: ClassVar[str] = "operating_day"

    day: date
    opens: time | None = None
    closes: time | None = None
    open: bool | None = None
