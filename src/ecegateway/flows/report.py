"""What a pull did, as values for the command line, the console and the tests."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field

from ecegateway.errors import IntakeError
from ecegateway.intake.reasons import plain
from ecegateway.model.ids import ServiceNumber, SourceName


@dataclass(frozen=True, slots=True)
class Counts:
    """Items of pages that counted. ``missing`` are records a snapshot no longer has; they were not read, so not in the sum.

    ``erased`` are those of the unchanged that say again what was erased after its time: they are not stored again.

    ``read = stored + unchanged + quarantined``, always.
    """

    pages: int = 0
    read: int = 0
    stored: int = 0
    unchanged: int = 0
    quarantined: int = 0
    missing: int = 0
    erased: int = 0

    def __post_init__(self) -> None:
        if self.read != self.stored + self.unchanged + self.quarantined:
            raise IntakeError(
                f"the books do not balance: {self.read} read, but {self.stored} stored, {self.unchanged} unchanged and "
                f"{self.quarantined} quarantined; this is a fault of the gateway, please report it"
            )

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.pages + other.pages,
            self.read + other.read,
            self.stored + other.stored,
            self.unchanged + other.unchanged,
            self.quarantined + other.quarantined,
            self.missing + other.missing,
            self.erased + other.erased,
        )

    def as_mapping(self) -> Mapping[str, int]:
        """The counts by name."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class HeldSnapshot:
    """A snapshot that waits for a person: the hold's id, and how it differs from what is stored."""

    hold: int
    summary: Mapping[str, int]

    @property
    def command(self) -> str:
        """What releases it."""
        return f"ecegateway sources release {self.hold}"


@dataclass(frozen=True, slots=True)
class FeedReport:
    """One feed of a pull. ``unread`` names vendor fields nobody read."""

    feed: str
    service: ServiceNumber
    counts: Counts
    unread: frozenset[str] = frozenset()
    held: HeldSnapshot | None = None


@dataclass(frozen=True, slots=True)
class PullReport:
    """One source's pull. ``failure`` says why it did not finish; what the feeds report is stored all the same.

    ``left_over`` names files of a drop folder that no feed asked for; ``nothing_found`` says that a whole pull found no row
    in the folder at all.
    """

    source: SourceName
    plugin: str
    plugin_version: str
    feeds: tuple[FeedReport, ...]
    failure: str | None = None
    left_over: tuple[str, ...] = ()
    nothing_found: bool = False

    @property
    def counts(self) -> Counts:
        """The sum over the feeds."""
        return sum((feed.counts for feed in self.feeds), Counts())

    @property
    def held(self) -> tuple[FeedReport, ...]:
        """The feeds whose snapshot was held back."""
        return tuple(feed for feed in self.feeds if feed.held)


@dataclass(frozen=True, slots=True)
class Progress:
    """A step of a pull: a page of a feed was stored (or, of a snapshot, received)."""

    source: SourceName
    service: ServiceNumber
    feed: str
    pages: int
    read: int


Watcher = Callable[[Progress], None]


def unwatched(_progress: Progress) -> None:
    """Watches nothing."""


@dataclass(slots=True)
class Tally:
    """Adds up a feed while it is pulled; alive even when the feed fails half way."""

    feed: str
    service: ServiceNumber
    counts: Counts = field(default_factory=Counts)
    unread: frozenset[str] = frozenset()
    held: HeldSnapshot | None = None

    def report(self) -> FeedReport:
        """What was done so far."""
        return FeedReport(self.feed, self.service, self.counts, frozenset(map(plain, self.unread)), self.held)
