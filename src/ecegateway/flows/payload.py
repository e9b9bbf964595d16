"""The very payload behind a finding: a record's versions with what changed, and the vendor's own rows, from the kept bytes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import orjson

from ecegateway.config import Config
from ecegateway.contract import Answer, Draft, Feed, Refusal
from ecegateway.errors import ConfigError, EvidenceMissingError, IntakeError, PluginError
from ecegateway.evidence.record import State, StoredVersion
from ecegateway.evidence.store import Evidence
from ecegateway.flows.rows import excerpt, place
from ecegateway.flows.sources import guarded_source
from ecegateway.model.child import is_student_index
from ecegateway.model.ids import EvidenceId, ServiceNumber, SourceName
from ecegateway.plugins import Plugins


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field whose value differs from the version before; ``None`` where it was or is not stated."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class RowShown:
    """The vendor's own row or item: where it stands in the answer, and its text."""

    place: str
    text: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """One version of the record: its canonical content, what differs from the one before, and the bytes that said so.

    ``digest`` is the SHA-256 of those bytes. ``rows`` are empty where they cannot be told apart; ``no_rows`` then says why.
    """

    version: StoredVersion
    content: Mapping[str, Any]
    changed: tuple[FieldChange, ...]
    origin: str
    digest: str
    rows: tuple[RowShown, ...]
    no_rows: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record lies, and which of its versions is meant."""

    source: SourceName
    service: ServiceNumber
    stream: str
    key: str
    version: int


def place_of(evidence: str) -> Place:
    """The place an evidence id names.

    Raises:
        ConfigError: it is no evidence id.
    """
    try:
        source, service, stream, rest = evidence.split("/", 3)
        key, _, number = rest.rpartition("@")
        return Place(SourceName(source), ServiceNumber(service), stream, key, int(number))
    except ValueError:
        raise ConfigError(
            "an evidence id reads source/service/stream/key@version; findings and explanations name them"
        ) from None


def payload(store: Evidence, plugins: Plugins, config: Config, evidence: EvidenceId) -> tuple[Told, ...]:
    """The versions of a record up to the one an evidence id names, oldest first.

    Raises:
        ConfigError: the id is none.
        EvidenceError: the kept bytes are not the ones received.
        EvidenceMissingError: the store has no such version, or it was erased.
    """
    where = place_of(evidence)
    versions = [v for v in store.versions_of(where.source, where.service, where.stream, where.key) if v.number <= where.version]
    if not versions or versions[-1].number != where.version:
        raise EvidenceMissingError("the store holds no version of this id; copy it from a finding or an explanation")
    if any(version.is_erased for version in versions):
        raise EvidenceMissingError("what this record said was erased after its time; `ecegateway verify` counts such rows")
    return tuple(_told(store, plugins, config, where, versions))


def _told(store: Evidence, plugins: Plugins, config: Config, where: Place, versions: list[StoredVersion]) -> Iterator[Told]:
    before: Mapping[str, Any] = {}
    for version in versions:
        content = orjson.loads(version.content) if version.state is State.PRESENT else {}
        answer = store.kept(version.receipt).answer
        rows, why = _rows(plugins, config, where, version, answer)
        yield Told(
            version=version,
            content=content,
            changed=_changes(before, content) if version.number > 1 and content else (),
            origin=answer.origin,
            digest=sha256(answer.body).hexdigest(),
            rows=rows,
            no_rows=why,
        )
        before = content or before


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[FieldChange, ...]:
    names = sorted({*before, *after})
    return tuple(FieldChange(n, before.get(n), after.get(n)) for n in names if before.get(n) != after.get(n))


def _rows(
    plugins: Plugins, config: Config, where: Place, version: StoredVersion, answer: Answer
) -> tuple[tuple[RowShown, ...], str]:
    """The rows of the answer that speak of the record, read again with the plugin of today; or why there are none."""
    if version.state is State.MISSING:
        return (), "no row: the record is missing from the snapshot that ended with this answer"
    if is_student_index(where.source):
        return (), "no row: these are the student index's answer or a person's word; `ecegateway nsn show` tells the step"
    try:
        source = guarded_source(plugins, config.source(where.source))
        feed = _feed(source.feeds((where.service,)), version.feed)
        items = source.read(feed, answer).items
    except (ConfigError, PluginError, IntakeError) as error:
        return (), f"the row cannot be told apart: {error}"
    rows = sorted(
        {item.row for item in items if not isinstance(item, Refusal) and item.stream == where.stream and _is(item, where)}
    )
    found = tuple(RowShown(place(answer, row), excerpt(answer, row)) for row in rows)
    return found, "" if found else "the row cannot be told apart: the plugin of today reads no such record from these bytes"


def _feed(feeds: tuple[Feed, ...], name: str) -> Feed:
    for feed in feeds:
        if feed.name == name:
            return feed
    raise ConfigError(f"the plugin of today has no feed {name!r}")


def _is(item: Any, where: Place) -> bool:
    return (item.fields.get("key") if isinstance(item, Draft) else item.key) == where.key
