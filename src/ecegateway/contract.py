"""The frozen types that cross the plugin border.

A source does no I/O. It says what to ask for next (:data:`Ask`), and reads what came back (:class:`Answer`) into a
:class:`Page` of drafts. The host asks, keeps the bytes before the source reads them, checks, stores, and only then sends
the page back into the source's generator for the next question. So a source needs no socket, no file handle, no clock
and no secret, and any pull can be replayed from kept bytes.
"""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from ecegateway.model.absence import AbsenceReport
from ecegateway.model.bridge import Bridges
from ecegateway.model.cause import Cause
from ecegateway.model.claim import Claim
from ecegateway.model.conformance import Conformance
from ecegateway.model.finding import Finding, RuleText
from ecegateway.model.ids import RuleId, ServiceNumber
from ecegateway.model.nsn_request import NsnRequest
from ecegateway.model.period import DateRange
from ecegateway.model.register import Register
from ecegateway.model.return_check import ReturnCheck
from ecegateway.model.rs7 import Rs7Return
from ecegateway.model.verification import VerificationReport

if TYPE_CHECKING:
    import typer

    from ecegateway.facts.types import ServiceFacts


class Fact(StrEnum):
    """A fact about its records that a source can, or cannot, show."""

    SIGNER = "who signed"
    METHOD = "how it was signed"
    MARK_TIME = "when the mark was made"
    DEVICE = "on which device"
    EDITOR = "who changed it"
    EDIT_TIME = "when it was changed"
    EDIT_REASON = "why it was changed"
    SIGNATURE_OWNER = "whose electronic signature"
    AGREEMENT_SIGNATURE = "who signed the agreement"
    DELETIONS = "what was deleted"
    SIGNATURE_CREATOR = "who created an electronic signature, and when"
    SIGNATURE_CONTROL = "what keeps an electronic signature its owner's"
    VERIFICATION = "what a parent or guardian verified"
    APPROVAL_STATEMENT = "what a verification says is approved"
    CIRCUMSTANCES = "why staff signed a child in or out"
    REGISTER_MARKING = "when staff marked the register"
    ADDRESS = "where the child lives"
    COMMENCED = "when the child commenced"
    DOCUMENT_SIGHTED = "which identity document was sighted"
    OTHER_SERVICE = "the hours attested at another service"
    NOT_ELSEWHERE = "the attestation of a casual or conditional child"
    OPTIONAL_CHARGES = "the optional charges agreement"
    FAMILY_EDUCATOR = "whether a home-based educator is family"


@dataclass(frozen=True, slots=True)
class OAuth2ClientCredentials:
    """The host obtains and renews a bearer token at ``token_path``; the source never sees the secret."""

    token_path: str
    scope: str = ""


@dataclass(frozen=True, slots=True)
class SourceDescription:
    """What a kind of source is, and what it can carry.

    ``plugin`` is the word a centre writes in its settings. A stream or fact left out is graded "cannot show", never "pass".
    ``columns`` names, by stream and canonical field, the vendor's own column, for messages a vendor understands.
    """

    plugin: str
    title: str
    version: str
    streams: frozenset[str]
    facts: frozenset[Fact]
    authentication: OAuth2ClientCredentials | None = None
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Feed:
    """One resumable stretch of a pull, with a cursor of its own.

    ``snapshot`` says that the feed always gives everything there is: the host then weighs the whole before applying any of
    it, and reports what went missing. ``streams`` are the canonical streams it gives.
    """

    name: str
    service: ServiceNumber
    streams: frozenset[str]
    snapshot: bool = False


@dataclass(frozen=True, slots=True)
class HttpGet:
    """Ask for a path below the source's base address. Parameters carry no secrets."""

    path: str
    params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ReadFile:
    """Ask for the next rows of the newest file (by name) in the drop folder that matches ``pattern``.

    ``offset`` is the byte at which to go on, 0 for the start. With ``header`` the file's first row stands before the rows
    of every answer. An ``optional`` file may be missing: the answer is then empty, and the last. A file asked for ``whole``
    comes in one answer, as far as the settings' limits let it: for rows that can only be read together.
    """

    pattern: str
    offset: int = 0
    header: bool = True
    optional: bool = False
    whole: bool = False


Ask = HttpGet | ReadFile


@dataclass(frozen=True, slots=True)
class Answer:
    """The bytes that came back, and what is known of them.

    ``origin`` names the path or file. For files, ``first_row`` is the number of the first data row (1 is the first row
    below a header), and ``next_offset`` where the next :class:`ReadFile` goes on, ``None`` at the end of the file.
    """

    ask: Ask
    body: bytes
    origin: str
    media_type: str
    first_row: int = 1
    next_offset: int | None = None


class Draft(NamedTuple):
    """A record in canonical words, not yet checked. ``row`` is its place in the answer (row of the file, item of the list)."""

    stream: str
    fields: Mapping[str, Any]
    row: int


class Deletion(NamedTuple):
    """The vendor says a record is gone. Without ``key`` the host holds it as unmatched and removes nothing by guess."""

    stream: str
    key: str | None
    row: int


class Refusal(NamedTuple):
    """A row the source could not read: kept in quarantine with this reason. No personal data in ``reason``.

    ``key`` is the record's, where the row still gives it: a record of a snapshot is then unread, not missing. While a
    snapshot has a refusal without one, none of its records is taken for missing.
    """

    row: int
    column: str | None
    reason: str
    key: str | None = None


Item = Draft | Deletion | Refusal


@dataclass(frozen=True, slots=True)
class Page:
    """One answer, read.

    ``cursor`` is where the next pull of the feed goes on once this page is stored. ``expected`` is the vendor's own count of
    the items on this page, if it gives one: a page that falls short is incomplete and is asked for again. ``unread`` names
    vendor fields nobody read. ``follow`` is for the source itself: whatever its generator needs to ask the next question.
    """

    items: Sequence[Item]
    cursor: str | None
    expected: int | None = None
    unread: frozenset[str] = frozenset()
    follow: str | None = None


class Source(Protocol):
    """One configured source. Holds settings, no state."""

    def feeds(self, services: Sequence[ServiceNumber]) -> Sequence[Feed]:
        """The feeds to pull for these services, in order."""

    def pull(self, feed: Feed, cursor: str | None) -> Generator[Ask, Page, None]:
        """Yield what to ask next; each ``yield`` gives the page that was read and stored. Start from ``cursor`` if given."""

    def read(self, feed: Feed, answer: Answer) -> Page:
        """Read an answer. Pure: equal bytes give an equal page.

        Raises:
            IntakeError: the bytes as a whole cannot be read; the host may ask again.
        """


class SourcePlugin(Protocol):
    """A kind of source, as registered."""

    @property
    def description(self) -> SourceDescription:
        """What it is and can carry."""

    def create(self, settings: Mapping[str, Any]) -> Source:
        """A source with these settings.

        Raises:
            ConfigError: a setting is missing or wrong.
        """


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A finished file: a name inside the service's folder, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Exportable:
    """What exporters are given: a claim and what goes with it, the children's names, and the rules in words.

    What not every exporter asks for is made when it is called: ``causes`` are the claim's findings, each in one of them, the
    most pressing first; ``checks`` says what stands against signing ``rs7``, the return as the claim gives it;
    ``verifications`` says how parents' confirmations stand, ``register`` is the attendance register, and
    ``conformance`` grades every record by the twelve criteria, all of the claim's period. ``rules`` has an entry for every
    rule id that stands in a finding or a portion.
    """

    claim: Claim
    rs7: Rs7Return
    checks: Callable[[], tuple[ReturnCheck, ...]]
    causes: Callable[[], tuple[Cause, ...]]
    bridges: Bridges
    nsn_requests: tuple[NsnRequest, ...]
    absences: AbsenceReport
    verifications: Callable[[], VerificationReport]
    register: Callable[[], Register]
    conformance: Callable[[], Conformance]
    child_names: Mapping[str, str]
    rules: Mapping[RuleId, RuleText]


class Exporter(Protocol):
    """Turns values into files. Equal values give equal bytes."""

    @property
    def name(self) -> str:
        """The word used on the command line."""

    def render(self, exportable: Exportable) -> Sequence[ExportFile]:
        """The files.

        Raises:
            ExportError: a file would not be valid by its schema.
        """


@dataclass(frozen=True, slots=True)
class Programme:
    """A rule pack of another Ministry programme: reads the same facts, adds findings, decides no funding.

    ``rules`` are its rules in words; every finding names one of them, and none holds hours back.
    """

    name: str
    title: str
    assess: "Callable[[ServiceFacts, DateRange], Iterator[Finding]]"
    rules: tuple[RuleText, ...]


class RegisterSource(Protocol):
    """Called by a plugin, once for each kind of source."""

    def __call__(self, source: SourcePlugin) -> None:
        """Register a kind of source."""


class RegisterExporter(Protocol):
    """Called by a plugin, once for each exporter."""

    def __call__(self, exporter: Exporter) -> None:
        """Register an exporter."""


class RegisterProgramme(Protocol):
    """Called by a plugin, once for each programme."""

    def __call__(self, programme: Programme) -> None:
        """Register a programme."""


class RegisterCommand(Protocol):
    """Called by a plugin, once for each command group."""

    def __call__(self, name: str, commands: "typer.Typer") -> None:
        """Register a group of commands under ``name``."""
