"""What a rate is: an amount for one funded child hour, with the service it is for, its dates, and where it was read."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ecegateway.handbook.citation import Citation
from ecegateway.model.claim import Category
from ecegateway.model.service import Mode, ServiceType


class Scale(StrEnum):
    """Which of a kind of service's tables a service is paid by: what it attests, or the standard it meets."""

    BASE = "base"
    EXTENDED_PARITY = "extended-parity"
    KINDERGARTEN_ASSOCIATION = "kindergarten-association"
    QUALITY = "quality"
    STANDARD = "standard"


class Band(StrEnum):
    """Certificated teacher hours as a share of all regulated staff hours, as the tables print it."""

    ALL = "100%"
    FROM_80 = "80-99%"
    FROM_50 = "50-79%"
    FROM_25 = "25-49%"
    FROM_0 = "0-24%"

    @property
    def floor(self) -> int:
        """The lowest whole percentage in the band."""
        return int(self.value.rstrip("%").split("-")[0])


class Label(StrEnum):
    """Who published what was read."""

    HANDBOOK = "P"
    """The Handbook's own page."""
    MINISTRY = "M"
    """Another page of the Ministry."""
    OTHERS = "V"
    """A vendor's or provider's page, for want of a better one."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rate was read: who published it, the citation, and what is known of the page's address."""

    label: Label
    citation: Citation
    link: str


@dataclass(frozen=True, slots=True)
class Rate:
    """What one funded child hour is paid at, in whole cents, from ``since`` to ``until``, the last day it is verified for.

    ``band`` is ``None`` where the kind of service is paid without bands; ``excluding_gst`` is ``None`` where the table gives
    only the amount that includes GST.
    """

    kind: ServiceType
    mode: Mode
    scale: Scale
    band: Band | None
    category: Category
    since: date
    until: date
    including_gst: int
    excluding_gst: int | None
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class NoVerifiedRate:
    """That no table read covers what was asked, as a sentence."""

    says: str
