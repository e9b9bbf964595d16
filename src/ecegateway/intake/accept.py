"""Checks the items of a page: whole streams at once when all is well, row by row when not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from pydantic import TypeAdapter, ValidationError

from ecegateway.contract import Deletion, Draft, Feed, Item, Refusal
from ecegateway.errors import IntakeError, PluginContractError
from ecegateway.evidence.canonical import canonical, refuse_poison
from ecegateway.evidence.record import Quarantined, State
from ecegateway.intake.poison import poison_of
from ecegateway.intake.reasons import explain, plain
from ecegateway.model.ids import RecordKeyField
from ecegateway.model.record import Record
from ecegateway.model.streams import STREAMS

_NO_COLUMNS: Mapping[str, str] = {}
_KEY: TypeAdapter[str] = TypeAdapter(RecordKeyField)
_LARGEST_ROW = 2**53
_STRETCH = 200


class Statement(NamedTuple):
    """What a good row says of one record: its content, or that it is gone (content and digest are then empty)."""

    key: str
    state: State
    content: str
    digest: bytes


class _Refused(NamedTuple):
    column: str | None
    reason: str


@dataclass(slots=True)
class Accepted:
    """A page, checked: every item is either a statement or quarantined.

    ``statements`` stand by stream, in the order of the page. ``unreadable`` has, by stream, the keys of quarantined rows
    that still gave one: their records are not missing, only unread.
    """

    statements: dict[str, list[Statement]] = field(default_factory=dict)
    quarantined: list[Quarantined] = field(default_factory=list)
    unreadable: dict[str, set[str]] = field(default_factory=dict)


def accept(items: Sequence[Item], feed: Feed, origin: str, columns: Mapping[str, Mapping[str, str]] | None = None) -> Accepted:
    """Check the items of one page.

    Args:
        items: In the order of the page.
        feed: The feed they came by: its service and streams are the only ones allowed.
        origin: The path or file, for the quarantine.
        columns: The vendor's column by stream and canonical field, for the quarantine.

    Raises:
        PluginContractError: an item is of no known kind, or of a stream the feed does not give.
    """
    accepted = Accepted()
    for stream, of_stream in _by_stream(items, feed).items():
        drafts = [item for item in of_stream if isinstance(item, Draft)]
        checked = _check(drafts, stream, feed, (columns or {}).get(stream, _NO_COLUMNS))
        good = accepted.statements.setdefault(stream, [])
        for item in of_stream:
            verdict = _check_deletion(item) if isinstance(item, Deletion) else next(checked)
            if isinstance(verdict, Statement):
                good.append(verdict)
            else:
                accepted.quarantined.append(_quarantined(item, verdict, feed, origin))
                _note_key(item, accepted.unreadable.setdefault(stream, set()))
    accepted.quarantined.extend(
        _quarantined(item, _Refused(item.column, item.reason), feed, origin) for item in items if isinstance(item, Refusal)
    )
    return accepted


def _by_stream(items: Sequence[Item], feed: Feed) -> dict[str, list[Draft | Deletion]]:
    streams: dict[str, list[Draft | Deletion]] = {stream: [] for stream in sorted(feed.streams & STREAMS.keys())}
    for item in items:
        kind = type(item)
        if kind is Draft or kind is Deletion:
            try:
                streams[item.stream].append(item)  # type: ignore[union-attr,arg-type]
            except (KeyError, TypeError):
                raise PluginContractError(f"feed {feed.name!r} gave a row of a stream it does not declare") from None
        elif kind is not Refusal:
            raise PluginContractError(f"feed {feed.name!r} gave a {kind.__name__}; expected Draft, Deletion or Refusal")
    return {stream: of_stream for stream, of_stream in streams.items() if of_stream}


@cache
def _adapters(stream: str) -> tuple[TypeAdapter[list[Record]], TypeAdapter[Record]]:
    model = STREAMS[stream]
    return TypeAdapter(list[model]), TypeAdapter(model)  # type: ignore[valid-type]


def _check(drafts: Sequence[Draft], stream: str, feed: Feed, columns: Mapping[str, str]) -> Iterator[Statement | _Refused]:
    """A verdict for each draft, in order; stretch by stretch, so that what one step makes is still near for the next."""
    for start in range(0, len(drafts), _STRETCH):
        yield from _check_stretch(drafts[start : start + _STRETCH], stream, feed, columns)


def _check_stretch(drafts: Sequence[Draft], stream: str, feed: Feed, columns: Mapping[str, str]) -> list[Statement | _Refused]:
    """Pydantic is quickest with a whole list, but then one bad row fails all: only then is each row tried by itself."""
    stretch, one = _adapters(stream)
    try:
        records = stretch.validate_python([_fields(draft) for draft in drafts])
    except ValidationError:
        return [_try(one, draft, feed, columns) for draft in drafts]
    return [_state(record, draft.fields, feed) for record, draft in zip(records, drafts, strict=True)]


def _fields(draft: Draft) -> Mapping[str, Any]:
    if not isinstance(draft.fields, Mapping):
        raise PluginContractError(f"a {draft.stream} draft holds no mapping of fields")
    return draft.fields


def _try(one: TypeAdapter[Record], draft: Draft, feed: Feed, columns: Mapping[str, str]) -> Statement | _Refused:
    try:
        record = one.validate_python(draft.fields)
    except ValidationError as error:
        return _Refused(*explain(error, columns))
    return _state(record, draft.fields, feed)


def _state(record: Record, fields: Mapping[str, Any], feed: Feed) -> Statement | _Refused:
    poison = poison_of(fields)
    if poison:
        return _Refused(None, poison)
    if record.service != feed.service:
        return _Refused("service", "the row belongs to another service than the one asked for")
    try:
        text, digest = canonical(record)
    except IntakeError as error:
        return _Refused(None, str(error))
    return Statement(record.key, State.PRESENT, text, digest)


def _check_deletion(item: Deletion) -> Statement | _Refused:
    if item.key is None:
        return _Refused(None, "a deletion that names no record: nothing is removed by guess; ask the vendor which it was")
    try:
        refuse_poison((_KEY.validate_python(item.key),))
    except (ValidationError, IntakeError):
        return _Refused(None, "a deletion whose key is no key: nothing is removed by guess; ask the vendor which it was")
    return Statement(item.key, State.DELETED, "", b"")


def _quarantined(item: Item, refused: _Refused, feed: Feed, origin: str) -> Quarantined:
    if not isinstance(item.row, int) or not 0 <= item.row < _LARGEST_ROW:
        raise PluginContractError(f"feed {feed.name!r} gave an item without a row number")
    return Quarantined(
        service=feed.service,
        feed=feed.name,
        stream=None if isinstance(item, Refusal) else item.stream,
        origin=plain(origin),
        row=item.row,
        column=None if refused.column is None else plain(refused.column),
        reason=plain(refused.reason),
    )


def _note_key(item: Draft | Deletion, keys: set[str]) -> None:
    key = item.fields.get("key") if isinstance(item, Draft) else item.key
    if isinstance(key, str):
        keys.add(key)
