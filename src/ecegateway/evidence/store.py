"""The evidence store: opens it, and offers its reading half and its transactions."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from sqlalchemy import Connection, Engine, select

from ecegateway.contract import Fact
from ecegateway.errors import EvidenceMissingError
from ecegateway.evidence import acting, apart, checks, history, holding, receipts, schema
from ecegateway.evidence.appending import Appending
from ecegateway.evidence.beginning import begin_log
from ecegateway.evidence.bulk import WRITES, Bulk
from ecegateway.evidence.engines import engine_for, file_of, read_address, shown
from ecegateway.evidence.faults import engine_faults
from ecegateway.evidence.holding import LegalHold
from ecegateway.evidence.migrate import create_schema, found_schema, is_behind, require_schema
from ecegateway.evidence.postgres import refuse_unsafe, server_settings
from ecegateway.evidence.pulling import one_delivery, one_pull
from ecegateway.evidence.record import (
    Assignment,
    CheckRun,
    Ending,
    Given,
    Hold,
    KeptAnswer,
    QuarantineEntry,
    Seen,
    Series,
    ServiceEvidence,
    StoredVersion,
    Waiver,
)
from ecegateway.evidence.sealing import Sealing
from ecegateway.evidence.small_json import json_text
from ecegateway.evidence.writing import Writing
from ecegateway.model.ids import ServiceNumber, SourceName


def open_evidence(url: str, *, create: bool = False, key: str | None = None) -> "Evidence":
    """Open the store at ``sqlite:///path/to/file``, ``sqlite+encrypted:///path`` or ``postgresql://user@host/database``.

    With ``create``, a store that is not there yet is made, and one of an older schema brought up to date.
    ``key`` opens an encrypted one: 64 hexadecimal digits.

    Raises:
        EvidenceError: the address is wrong, there is no store, its schema is unknown, or the engine is not safe.
    """
    address = read_address(url)
    where, file = shown(address), file_of(address)
    with engine_faults(where):
        engine, bulk = engine_for(address, key)
        # SQLite would make an empty file for any path it is shown.
        if not create and file is not None and not file.exists():
            require_schema(None, where)
        evidence = Evidence(engine, bulk, where)
        try:
            evidence.prepare(create=create)
        except BaseException:
            evidence.close()
            raise
    return evidence


class Evidence:
    """An open store. Use it as a context manager, or close it."""

    def __init__(self, engine: Engine, bulk: Bulk, where: str) -> None:
        self._engine = engine
        self._bulk = bulk
        self._where = where
        self._series_ids: dict[Series, int] = {}
        self.wrote = False
        """Whether anything was stored since it was opened."""

    @property
    def where(self) -> str:
        """Its address, without a password."""
        return self._where

    @property
    def engine(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return self._engine.dialect.name

    @property
    def file(self) -> Path | None:
        """Its file; ``None`` on PostgreSQL."""
        return file_of(self._engine.url)

    def prepare(self, *, create: bool) -> None:
        """Check the server and the schema; make or complete the schema if asked to."""
        with self._reading() as connection:
            if connection.dialect.name == "postgresql":
                refuse_unsafe(server_settings(connection))
            found = found_schema(connection)
        if create and is_behind(found):
            with self._locked() as appending:
                create_schema(appending.connection)
                begin_log(appending)
                found = found_schema(appending.connection)
        require_schema(found, self._where)

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """A transaction in which everything read stands still."""
        with engine_faults(self._where), self._engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection = connection.execution_options(  # noqa: PLW2901 - the same connection, told to stand still
                    isolation_level="REPEATABLE READ", postgresql_readonly=True
                )
            with connection.begin():
                yield connection

    @contextmanager
    def _locked(self) -> Iterator[Appending]:
        writing = self._engine.execution_options(**{WRITES: True})
        with engine_faults(self._where), writing.begin() as connection:
            self._bulk.lock(connection)
            appending = Appending(connection, self._bulk)
            yield appending
            appending.finish()
        self.wrote = True

    @contextmanager
    def transaction(self) -> Iterator[Writing]:
        """Write: committed at the end, rolled back on an exception. One writer at a time; others wait."""
        with self._locked() as appending:
            writing = Writing(appending, self._bulk, self._series_ids)
            yield writing
        # Only what was committed may be remembered.
        self._series_ids.update(writing.new_series)

    @contextmanager
    def adding(self) -> Iterator[Appending]:
        """A transaction for whoever appends rows of one kind: committed at the end, rolled back on an exception."""
        with self._locked() as appending:
            yield appending

    @contextmanager
    def one_pull(self, source: SourceName) -> Iterator[None]:
        """Hold the lock of a source's pull.

        Raises:
            SourceFatalError: another pull of the source is running.
        """
        with engine_faults(self._where), one_pull(self._engine, source):
            yield

    @contextmanager
    def one_delivery(self, about: str, service: ServiceNumber) -> Iterator[None]:
        """Hold the lock under which one kind of thing is handed over for a service.

        Raises:
            DeliveryRefusedError: another process is handing over one of them.
        """
        with engine_faults(self._where), one_delivery(self._engine, about, service):
            yield

    @contextmanager
    def sealing(self) -> Iterator[Sealing]:
        """A transaction in which the log is signed."""
        with self._locked() as appending:
            yield Sealing(appending)

    @contextmanager
    def inspecting(self) -> Iterator[Connection]:
        """The store standing still, for whoever reads rows of one kind or checks all of it."""
        with self._reading() as connection:
            yield connection

    @contextmanager
    def held_still(self) -> Iterator[Connection]:
        """The store, with nobody storing anything in it until the end."""
        with self._locked() as appending:
            yield appending.connection

    def receipts_after(self, source: SourceName, service: ServiceNumber, feed: str, receipt: int) -> list[int]:
        """The receipts of a feed that came after one, oldest first."""
        with self._reading() as connection:
            return receipts.receipts_after(connection, source, service, feed, receipt)

    def begin_pull(self, source: SourceName, plugin: str, plugin_version: str, facts: frozenset[Fact], at: datetime) -> int:
        """Note that a pull begins, and what its source declares it can show.

        Returns:
            The pull's id.
        """
        with self._locked() as appending:
            return appending.insert(
                schema.PULL,
                source=source,
                plugin=plugin,
                plugin_version=plugin_version,
                facts=json_text(sorted(facts)),
                started_at=at,
            )

    def end_pull(self, pull: int, outcome: str, detail: str, counts: Mapping[str, int], at: datetime) -> None:
        """Note how a pull ended. ``detail`` carries no personal data."""
        ending = {"pull_id": pull, "outcome": outcome, "detail": detail, "counts": json_text(counts), "ended_at": at}
        with self._locked() as appending:
            appending.insert_all(schema.PULL_END, [ending])

    def cursor(self, source: SourceName, service: ServiceNumber, feed: str) -> str | None:
        """Where the next pull of a feed goes on; ``None`` from the start."""
        columns = schema.FEED_CURSOR.c
        newest = (
            select(columns.cursor)
            .where(columns.source == source, columns.service == service, columns.feed == feed)
            .order_by(columns.id.desc())
            .limit(1)
        )
        with self._reading() as connection:
            return connection.scalar(newest)

    def kept(self, receipt: int) -> KeptAnswer:
        """The answer of one receipt."""
        with self._reading() as connection:
            return receipts.kept_answer(connection, receipt)

    def head(self) -> datetime | None:
        """When the newest receipt came; ``None`` for an empty store."""
        with self._reading() as connection:
            return history.head(connection)

    def services(self) -> tuple[ServiceNumber, ...]:
        """The services the store holds records of, in order."""
        with self._reading() as connection:
            return history.services(connection)

    def evidence_of(
        self, service: ServiceNumber, known_at: datetime | None = None, *, streams: Collection[str] | None = None
    ) -> ServiceEvidence:
        """Everything known of a service at a moment, by default now; with ``streams``, what those streams hold.

        Raises:
            EvidenceMissingError: the store is empty and no moment is given.
        """
        with self._reading() as connection:
            moment = known_at or history.head(connection)
            if moment is None:
                raise EvidenceMissingError("the evidence store is empty; pull from a source first")
            return history.service_evidence(connection, service, moment, streams)

    def open_quarantine(self) -> list[QuarantineEntry]:
        """The quarantined rows of which nothing has become yet, oldest first."""
        with self._reading() as connection:
            return apart.open_quarantine(connection)

    def quarantined(self, quarantine: int) -> tuple[QuarantineEntry, KeptAnswer]:
        """One quarantined row, ended or not, and the answer it stood in."""
        with self._reading() as connection:
            entry = apart.quarantine_entry(connection, quarantine)
            return entry, receipts.kept_answer(connection, entry.receipt)

    def open_holds(self) -> list[Hold]:
        """The newest hold of each feed, where nobody has decided yet, oldest first."""
        with self._reading() as connection:
            return apart.open_holds(connection)

    def decide(self, hold: int, by: str, why: str, at: datetime) -> None:
        """Release a held snapshot: the next pull that meets the same content applies it."""
        with self._locked() as appending:
            apart.decide(appending, hold, by, why, at)

    def is_released(self, source: SourceName, service: ServiceNumber, feed: str, digest: bytes) -> bool:
        """Whether a person has said that this very snapshot may be applied."""
        with self._reading() as connection:
            return apart.is_released(connection, source, service, feed, digest)

    def legal_holds(self) -> dict[int, LegalHold]:
        """The legal holds that count, by number."""
        with self._reading() as connection:
            return holding.holds(connection)

    def hold_legally(self, word: LegalHold) -> int:
        """Keep a legal hold; gives its number."""
        with self._locked() as appending:
            return holding.hold(appending, word)

    def end_legal_hold(self, number: int, ending: Ending) -> None:
        """Note that a legal hold counts no longer.

        Raises:
            EvidenceMissingError: there is none of this number, or it was ended already.
        """
        with self._locked() as appending:
            holding.end_hold(appending, number, ending)

    def waive(self, waiver: Waiver) -> int:
        """Keep a person's word that a rule's findings need no further action; gives its number."""
        with self._locked() as appending:
            return acting.waive(appending, waiver)

    def waivers(self, service: ServiceNumber) -> list[Given[Waiver]]:
        """A service's waivers, oldest first, those withdrawn too."""
        with self._reading() as connection:
            return acting.waivers(connection, service)

    def assign(self, assignment: Assignment) -> int:
        """Keep who is to put a rule's findings right; gives its number."""
        with self._locked() as appending:
            return acting.assign(appending, assignment)

    def assignments(self, service: ServiceNumber) -> list[Given[Assignment]]:
        """A service's assignments, oldest first, those withdrawn too."""
        with self._reading() as connection:
            return acting.assignments(connection, service)

    def withdraw(self, what: Literal["waiver", "assignment"], number: int, ending: Ending) -> None:
        """Note that a waiver or an assignment counts no longer.

        Raises:
            EvidenceMissingError: there is none of this number, or it was withdrawn already.
        """
        with self._locked() as appending:
            acting.withdraw(appending, what, number, ending)

    def record_check(  # noqa: PLR0917 - a run is as wide as its row
        self,
        service: ServiceNumber,
        period: str,
        input_digest: str,
        known_at: datetime,
        at: datetime,
        seen: Sequence[Seen],
    ) -> int:
        """Keep what a check saw; gives the run's number."""
        with self._locked() as appending:
            return checks.record_check(appending, service, period, input_digest, known_at, at, seen)

    def newest_check(self, service: ServiceNumber, period: str) -> CheckRun | None:
        """The newest recorded check of a service and period (by its first month); ``None`` before the first."""
        with self._reading() as connection:
            return checks.newest_check(connection, service, period)

    def check_run(self, number: int) -> CheckRun:
        """One recorded check.

        Raises:
            EvidenceMissingError: there is none of this number.
        """
        with self._reading() as connection:
            return checks.check_run(connection, number)

    def versions_of(self, source: SourceName, service: ServiceNumber, stream: str, key: str) -> list[StoredVersion]:
        """Every version of one record as it lies in the store, oldest first; none if the store never had it."""
        with self._reading() as connection:
            return history.versions_of(connection, source, service, stream, key)
