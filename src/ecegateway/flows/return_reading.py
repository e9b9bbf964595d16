"""Returns as they stand: what was kept of them, what became of handing them over, and their content read back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from ecegateway.claim.correction import changes
from ecegateway.contract import ExportFile
from ecegateway.evidence.deliveries import Delivery, deliveries_of
from ecegateway.evidence.documents import document
from ecegateway.evidence.returns import KeptReturn, return_of, returns_of
from ecegateway.evidence.store import Evidence
from ecegateway.export.rs7_documents import documents, read_return
from ecegateway.export.write import write_files
from ecegateway.facts.calendar import return_window
from ecegateway.model.correction import Change
from ecegateway.model.deadlines import ReturnWindow
from ecegateway.model.ids import ServiceNumber
from ecegateway.model.period import ONE_DAY, FundingPeriod
from ecegateway.model.rs7 import Rs7Return
from ecegateway.outbound import About
from ecegateway.returns.life import Handing, ReturnState, Standing, Step, handing
from ecegateway.returns.way_on import WayOn, start, way_on

JSON, XML, PAGE = "rs7.json", "rs7.xml", "rs7.html"
"""A return's files by name: the one it is read back from, the one that is handed over, the one people read."""
FILES, ATTESTS = "files", "attests"
"""Names in the details of steps: the digests of what was signed, by file; whether the kind of service attests salaries."""
SIGNATURE = "signature"
"""Name in the detail of a signed return: the minisign signature over the file that is handed over."""


@dataclass(frozen=True, slots=True)
class StandingReturn:
    """A return as it stands, with every attempt to hand it over."""

    kept: KeptReturn
    deliveries: tuple[Delivery, ...]
    standing: Standing

    @property
    def state(self) -> ReturnState:
        """Its state."""
        return self.standing.state

    @property
    def was_taken(self) -> bool:
        """Whether the Ministry took it, whatever came after it."""
        return Step.RECEIVED in self.standing.steps or self.standing.handing is Handing.ACCEPTED

    @property
    def window(self) -> ReturnWindow:
        """When its period's return is due."""
        return return_window(self.kept.period)

    @property
    def number(self) -> int:
        """Its number in the store."""
        return self.kept.id

    @property
    def following(self) -> WayOn | None:
        """What comes next with it, or, where the Ministry does not take it, with the one that follows."""
        if self.state is ReturnState.REJECTED:
            return start(self.kept.service, self.kept.period)
        return way_on(self.standing, self.kept.by)


def all_returns(store: Evidence, service: ServiceNumber, period: FundingPeriod | None = None) -> tuple[StandingReturn, ...]:
    """A service's returns, of one period or all, by period and revision."""
    with store.inspecting() as connection:
        return standing_returns(connection, service, period)


def standing_returns(
    connection: Connection, service: ServiceNumber, period: FundingPeriod | None = None
) -> tuple[StandingReturn, ...]:
    """As :func:`all_returns`, in a transaction that reads."""
    kept = returns_of(connection, service, period)
    tried = {one.id: tuple(deliveries_of(connection, About.RETURN, one.id)) for one in kept}
    alone = {one.id: _alone(one, tried[one.id]) for one in kept}
    return tuple(StandingReturn(one, tried[one.id], _among(alone[one.id], _after(one, kept, alone))) for one in kept)


def standing_return(connection: Connection, number: int) -> StandingReturn:
    """One return by its number.

    Raises:
        EvidenceMissingError: there is none of this number.
    """
    kept = return_of(connection, number)
    return next(one for one in standing_returns(connection, kept.service, kept.period) if one.number == number)


def _alone(kept: KeptReturn, tried: Sequence[Delivery]) -> Standing:
    validated = kept.step(Step.VALIDATED)
    return Standing(
        number=kept.id,
        steps=frozenset(Step(step.step) for step in kept.steps),
        handing=handing([None if one.end is None else one.end.receipt.outcome for one in tried]),
        attests=validated is not None and bool(validated.detail[ATTESTS]),
    )


def _after(kept: KeptReturn, others: Iterable[KeptReturn], alone: dict[int, Standing]) -> tuple[Standing, ...]:
    return tuple(alone[one.id] for one in others if one.period == kept.period and one.revision > kept.revision)


def _among(one: Standing, later: Sequence[Standing]) -> Standing:
    """Who made a new draft has done with the old one; what was handed over stands until a later return is taken."""
    handed = Step.SUBMITTED in one.steps
    overtaken = any(other.state is ReturnState.RECEIVED for other in later) if handed else bool(later)
    return Standing(one.number, one.steps, one.handing, one.attests, overtaken)


def content(connection: Connection, kept: KeptReturn) -> Rs7Return:
    """A return's content: as it was signed, or as a draft.

    Raises:
        EvidenceError: the store does not hold it as it was kept.
    """
    signed = kept.step(Step.SIGNED)
    digest = kept.document if signed is None else bytes.fromhex(signed.detail[FILES][JSON])
    return read_return(document(connection, digest))


def kept_files(store: Evidence, kept: KeptReturn) -> tuple[ExportFile, ...]:
    """A return's files as they were kept: those that were signed with their signature, or those of the draft.

    Raises:
        EvidenceError: the store does not hold them as they were kept.
    """
    signed = kept.step(Step.SIGNED)
    with store.inspecting() as connection:
        if signed is None:
            return documents(made := content(connection, kept), changes=_since_taken(connection, kept, made))
        files = {name: document(connection, bytes.fromhex(digest)) for name, digest in sorted(signed.detail[FILES].items())}
    files[f"{XML}.minisig"] = signed.detail[SIGNATURE].encode()
    return tuple(ExportFile(name, body) for name, body in files.items())


def _since_taken(connection: Connection, kept: KeptReturn, made: Rs7Return) -> tuple[Change, ...]:
    """What a draft changes of the newest return of its period that the Ministry took before, if there is one."""
    standing = standing_returns(connection, kept.service, kept.period)
    taken = [one.kept for one in standing if one.was_taken and one.kept.revision < kept.revision]
    return changes(content(connection, taken[-1]), made) if taken else ()


def write_out(store: Evidence, kept: KeptReturn, out: Path) -> tuple[str, ...]:
    """Write a return's files into a folder; gives their names.

    Raises:
        ExportError: they cannot be written.
    """
    files = kept_files(store, kept)
    write_files(out, files)
    return tuple(file.name for file in files)


@dataclass(frozen=True, slots=True)
class Due:
    """A return that is owed: for which period, in which window, and the newest one made of it, if any."""

    service: ServiceNumber
    period: FundingPeriod
    window: ReturnWindow
    newest: StandingReturn | None

    @property
    def following(self) -> WayOn:
        """What comes next: with the newest return, or, where nothing is left to do with it, with one that is to be made."""
        following = None if self.newest is None else way_on(self.newest.standing, self.newest.kept.by)
        return following or start(self.service, self.period)


def owed(store: Evidence, services: Iterable[ServiceNumber], today: date) -> tuple[Due, ...]:
    """The returns to speak of on a day: from two weeks before the last day until the Ministry has taken one."""
    running = FundingPeriod.holding(today)
    periods = (FundingPeriod.holding(running.first - ONE_DAY), running)
    shown = [(period, return_window(period)) for period in periods if return_window(period).shown(today)]
    return tuple(
        Due(service, period, window, found[-1] if (found := all_returns(store, service, period)) else None)
        for service in services
        for period, window in shown
        if not any(one.state is ReturnState.RECEIVED for one in all_returns(store, service, period))
    )
