"""Checks the items of a page: whole streams at once when all is well, row by row when not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

import orjson
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


_TWICE = _Refused(None, "the key stands twice in one snapshot; the first row counts")


@dataclass(slots=True)
class Accepted:
    """A page, checked: every item is either a statement or quarantined.

    ``statements`` stand by stream, in the order of the page. ``unreadable`` has, by stream, the keys of quarantined rows
    that still gave one: their records are not missing, only unread. ``nameless`` counts those that gave none.
    """

    statements: dict[str, list[Statement]] = field(default_factory=dict)
    quarantined: list[Quarantined] = field(default_factory=list)
    unreadable: dict[str, set[str]] = field(default_factory=dict)
    nameless: int = 0


Stated = dict[str, set[str]]
"""Keys by stream that earlier pages of the same snapshot have stated."""
NOTHING_STATED: Stated = {}


def accept(
    items: Sequence[Item],
    feed: Feed,
    origin: str,
    columns: Mapping[str, Mapping[str, str]] | None = None,
    stated: Stated = NOTHING_STATED,
) -> Accepted:
    """Check the items of one page.

    Args:
        items: In the order of the page.
        feed: The feed they came by: its service and streams are the only ones allowed.
        origin: The path or file, for the quarantine.
        columns: The vendor's column by stream and canonical field, for the quarantine.
        stated: What earlier pages of the same snapshot stated: a snapshot says one thing of a record, the first.

    Raises:
        PluginContractError: an item is of no known kind, or of a stream the feed does not give.
    """
    accepted = Accepted()
    for stream, of_stream in _by_stream(items, feed).items():
        drafts = [item for item in of_stream if isinstance(item, Draft)]
        checked = _check(drafts, stream, feed, (columns or {}).get(stream, _NO_COLUMNS))
        good = accepted.statements.setdefault(stream, [])
        here: set[str] = set()
        for item in of_stream:
            verdict = _check_deletion(item) if isinstance(item, Deletion) else next(checked)
            if feed.snapshot and isinstance(verdict, Statement):
                again = verdict.key in here or verdict.key in stated.get(stream, ())
                here.add(verdict.key)
                verdict = _TWICE if again else verdict
            if isinstance(verdict, Statement):
                good.append(verdict)
            else:
                accepted.quarantined.append(_quarantined(item, verdict, feed, origin))
                _note_key(item, accepted)
    for refusal in (item for item in items if isinstance(item, Refusal)):
        accepted.quarantined.append(_quarantined(refusal, _Refused(refusal.column, refusal.reason), feed, origin))
        if refusal.key is None:
            accepted.nameless += 1
        else:
            for stream in feed.streams:
                accepted.unreadable.setdefault(stream, set()).add(refusal.key)
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
        records = stretch.validate_json(_json([_fields(draft) for draft in drafts]), strict=True)
    except (ValidationError, orjson.JSONEncodeError):
        return [_try(one, draft, feed, columns) for draft in drafts]
    return [_state(record, feed) for record in records]


def _fields(draft: Draft) -> Mapping[str, Any]:
    if not isinstance(draft.fields, Mapping):
        raise PluginContractError(f"a {draft.stream} draft holds no mapping of fields")
    return draft.fields


def _json(value: Any) -> bytes:
    """As JSON, because it is checked most quickly and strictly so; objects of a special kind, poisoned ones, are refused."""
    return orjson.dumps(value, option=orjson.OPT_PASSTHROUGH_SUBCLASS)


def _try(one: TypeAdapter[Record], draft: Draft, feed: Feed, columns: Mapping[str, str]) -> Statement | _Refused:
    try:
        record = one.validate_json(_json(_fields(draft)), strict=True)
    except ValidationError as error:
        return _Refused(*explain(error, columns))
    except orjson.JSONEncodeError:
        return _no_json(one, draft, columns)
    return _state(record, feed)


def _no_json(one: TypeAdapter[Record], draft: Draft, columns: Mapping[str, str]) -> _Refused:
    """Why a row cannot be written as JSON; the model, asked for the row as it is, knows the column."""
    poison = poison_of(draft.fields)
    if not poison:
        try:
            one.validate_python(draft.fields)
        except ValidationError as error:
            return _Refused(*explain(error, columns))
    return _Refused(None, poison or "the row holds a value that no JSON has")


def _state(record: Record, feed: Feed) -> Statement | _Refused:
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


def _note_key(item: Draft | Deletion, accepted: Accepted) -> None:
    key = item.fields.get("key") if isinstance(item, Draft) else item.key
    if isinstance(key, str):
        accepted.unreadable.setdefault(item.stream, set()).add(key)
    else:
        accepted.nameless += 1
