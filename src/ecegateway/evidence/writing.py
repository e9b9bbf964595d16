"""One transaction of the store: what a pull keeps, looks up and appends. All of it is stored, or nothing."""

import zlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from sqlalchemy import ColumnElement, ScalarSelect, select

from ecegateway.contract import Answer, Feed
from ecegateway.errors import EvidenceError
from ecegateway.evidence import history, receipts, schema
from ecegateway.evidence.appending import Appending
from ecegateway.evidence.asks import ask_text
from ecegateway.evidence.bulk import Bulk
from ecegateway.evidence.canonical import refuse_poison
from ecegateway.evidence.record import STATES, Current, KeptAnswer, NewVersion, Quarantined, Series, State, Version
from ecegateway.evidence.small_json import json_text
from ecegateway.model.ids import ServiceNumber, SourceName

_COMPRESSION = 1
"""Level 1 takes a page of 1,000 records in 0.7 ms and to a tenth or less of its size; higher levels gain little."""
_ERASED = b""
"""Stands for the digest of a version that was erased."""
_EVER = datetime.max.replace(tzinfo=UTC)
_TICK = timedelta(microseconds=1)


class Writing:
    """The writing half of the store, alive inside :meth:`~ecegateway.evidence.store.Evidence.transaction`."""

    def __init__(self, appending: Appending, bulk: Bulk, known_series: Mapping[Series, int]) -> None:
        self.appending = appending
        """For rows of another kind that are stored with the records, or not at all."""
        self._connection = appending.connection
        self._bulk = bulk
        self._known_series = known_series
        self.new_series: dict[Series, int] = {}

    def keep(self, pull: int, feed: Feed, answer: Answer, at: datetime) -> int:
        """Keep an answer's bytes, and say when and how they came.

        Returns:
            The receipt's id.
        """
        return self.appending.insert(
            schema.RECEIPT,
            pull_id=pull,
            service=feed.service,
            feed=feed.name,
            ask=ask_text(answer.ask),
            origin=answer.origin,
            media_type=answer.media_type,
            first_row=answer.first_row,
            next_offset=answer.next_offset,
            body_digest=self._body(answer.body),
            received_at=self._moment(at),
        )

    def kept(self, receipt: int) -> KeptAnswer:
        """The answer of a receipt, read inside this transaction."""
        return receipts.kept_answer(self._connection, receipt)

    def _body(self, body: bytes) -> bytes:
        digest = sha256(body).digest()
        if self._connection.scalar(select(schema.BODY.c.size).where(schema.BODY.c.digest == digest)) is None:
            compressed = zlib.compress(body, _COMPRESSION)
            self.appending.insert_all(schema.BODY, [{"digest": digest, "content": compressed, "size": len(body)}])
        return digest

    def _moment(self, at: datetime) -> datetime:
        """Never before what the store already knew: a clock set back must not slip records into a past already reported."""
        newest = self._connection.scalar(select(schema.RECEIPT.c.received_at).order_by(schema.RECEIPT.c.id.desc()).limit(1))
        return at if newest is None or at >= newest else newest + _TICK

    def series(self, series: Series) -> int:
        """The id of a series, new if need be.

        Raises:
            EvidenceError: the source has stored this stream with another source's keys before.
        """
        known = self._known_series.get(series) or self.new_series.get(series)
        if known is None:
            known = self.new_series[series] = self._find_series(series) or self.appending.insert(
                schema.SERIES,
                source=series.source,
                service=series.service,
                stream=series.stream,
                key_space=series.key_space,
            )
        return known

    def _find_series(self, series: Series) -> int | None:
        columns = schema.SERIES.c
        found = self._connection.execute(
            select(columns.id, columns.key_space).where(
                columns.source == series.source, columns.service == series.service, columns.stream == series.stream
            )
        ).one_or_none()
        if found is None:
            return None
        if found.key_space != series.key_space:
            raise EvidenceError(
                f"source {series.source!r} stored its {series.stream} records by the keys of {found.key_space!r}, not "
                f"{series.key_space!r}; give the source a new name in the settings if its keys have changed"
            )
        return int(found.id)

    def current(self, series_id: int, keys: Sequence[str]) -> dict[str, Current]:
        """The newest version of each key that has one; one query for the page."""
        refuse_poison(keys)
        asked = self._bulk.key_list(keys)
        columns = schema.RECORD_VERSION.c
        found = self._connection.execute(
            select(columns.key, columns.version, columns.state, columns.digest)
            .select_from(asked)
            .join(schema.RECORD_VERSION, columns.seq == _newest(series_id, asked.c.value))
        )
        return {key: Current(version, STATES[state], digest) for key, version, state, digest in found}

    def keys(self, series_id: int) -> frozenset[str]:
        """The keys whose newest version is present, and was not erased after its time."""
        columns = schema.RECORD_VERSION.c
        newest = (columns.series_id == series_id, columns.seq == _newest(series_id, columns.key))
        present = select(columns.key).where(*newest, columns.state == State.PRESENT, columns.digest != _ERASED)
        return frozenset(self._connection.scalars(present))

    def erased(self, series_id: int, keys: Sequence[str]) -> frozenset[str]:
        """Those of the keys of which some version was erased after its time."""
        if self._connection.scalar(select(schema.ERASURE.c.id).limit(1)) is None:
            return frozenset()
        asked, columns = self._bulk.key_list(keys), schema.RECORD_VERSION.c
        of_keys = (columns.series_id == series_id, columns.key == asked.c.value)
        found = select(columns.key).where(*of_keys, columns.state == State.PRESENT, columns.digest == _ERASED)
        return frozenset(self._connection.scalars(found))

    def everything_of(self, service: ServiceNumber) -> tuple[Version, ...]:
        """Every version of every record of a service, those of this transaction too, but what was erased."""
        return history.service_evidence(self._connection, service, _EVER).versions

    def append(self, series_id: int, receipt: int, versions: Sequence[NewVersion]) -> None:
        """Store new versions, in this order."""
        if not versions:
            return
        refuse_poison(version.key for version in versions)
        first = self.appending.next_seq(len(versions))
        rows = [
            (seq, series_id, new.key, new.version, new.state.value, new.content, new.digest, receipt)
            for seq, new in enumerate(versions, first)
        ]
        self.appending.versions(rows)

    def move_cursor(self, source: SourceName, service: ServiceNumber, feed: str, cursor: str, receipt: int) -> None:
        """The feed goes on from ``cursor`` once this transaction is stored."""
        self.appending.insert(
            schema.FEED_CURSOR,
            source=source,
            service=service,
            feed=feed,
            cursor=cursor,
            receipt_id=receipt,
        )

    def quarantine(self, receipt: int, rows: Sequence[Quarantined]) -> None:
        """Set bad rows apart, each with its place and reason."""
        self.appending.insert_all(
            schema.QUARANTINE,
            [
                {
                    "receipt_id": receipt,
                    "service": row.service,
                    "feed": row.feed,
                    "stream": row.stream,
                    "origin": row.origin,
                    "row": row.row,
                    "column": row.column,
                    "reason": row.reason,
                }
                for row in rows
            ],
        )

    def end_quarantine(self, quarantine: int, outcome: str, at: datetime) -> None:
        """Say what became of a quarantined row: for instance ``stored`` or ``unchanged`` after a retry."""
        ending = {"quarantine_id": quarantine, "outcome": outcome, "at": at}
        self.appending.insert_all(schema.QUARANTINE_END, [ending])

    def hold(  # noqa: PLR0917 - a hold is as wide as its row
        self,
        pull: int,
        source: SourceName,
        service: ServiceNumber,
        feed: str,
        digest: bytes,
        summary: Mapping[str, int],
        at: datetime,
    ) -> int:
        """Hold a snapshot back until a person releases it.

        Returns:
            The hold's id.
        """
        return self.appending.insert(
            schema.HOLD,
            pull_id=pull,
            source=source,
            service=service,
            feed=feed,
            digest=digest,
            summary=json_text(summary),
            at=at,
        )


def _newest(series_id: int, key: ColumnElement[str]) -> ScalarSelect[int]:
    """The ``seq`` of a key's newest version; one step down the unique index, on either engine."""
    version = schema.RECORD_VERSION.alias("newest").c
    return (
        select(version.seq)
        .where(version.series_id == series_id, version.key == key)
        .order_by(version.version.desc())
        .limit(1)
        .scalar_subquery()
    )
