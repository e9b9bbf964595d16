"""The conformance kit catches what it says it catches: a good source passes, and each spoilt one fails at its check."""

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ecegateway.contract import (
    Answer,
    Ask,
    Deletion,
    Draft,
    Fact,
    Feed,
    HttpGet,
    Page,
    ReadFile,
    Refusal,
    Source,
    SourceDescription,
)
from ecegateway.errors import IntakeError
from ecegateway.model.ids import ServiceNumber
from ecegateway.reading import PoisonedObject, read_csv, read_json
from ecegateway.testing import SourceContract, pages, replay

SERVICE = "10842"
FIRST = (
    b'{"notes":[{"id":"n-1","day":"2026-02-09","text":"Wet day","by":"p-1"},{"id":"n-2","day":"2026-02-10","text":"Tui"}],'
    b'"next":"2"}'
)
SECOND = b'{"notes":[{"id":"n-3","day":"2026-02-11","text":"Kea"}],"next":null}'
DESCRIPTION = SourceDescription(
    "weka", "Weka", "1", frozenset({"note"}), frozenset({Fact.EDITOR}), columns={"note": {"key": "id"}}
)


class WekaSource:
    """Pages of notes; good in every way."""

    def feeds(self, services: Sequence[ServiceNumber]) -> Sequence[Feed]:
        return [Feed("notes", service, frozenset({"note"})) for service in services]

    def pull(self, feed: Feed, cursor: str | None) -> Generator[Ask, Page, None]:
        number = cursor or "1"
        while True:
            page = yield HttpGet(f"/{feed.service}/notes", (("page", number),))
            if page.follow is None:
                return
            number = page.follow

    def read(self, feed: Feed, answer: Answer) -> Page:
        body = read_json(answer.body)
        if type(body) is not dict or not isinstance(body.get("notes"), list) or not isinstance(body.get("next", 0), str | None):
            raise IntakeError("no page of notes")
        items = [self.draft(note, feed, row) for row, note in enumerate(body["notes"], start=1)]
        return Page(items, body["next"] or "1", follow=body["next"])

    def draft(self, note: Any, feed: Feed, row: int) -> Draft | Deletion | Refusal:
        if type(note) is not dict or isinstance(note, PoisonedObject):
            return Refusal(row, None, "no note")
        change = {"by": note["by"]} if note.get("by") else None
        fields = {"service": feed.service, "key": note.get("id"), "day": note.get("day"), "text": note.get("text")}
        return Draft("note", fields | {"change": change}, row)


class Weka:
    """A kind of source around any source."""

    def __init__(self, source: type[Source] = WekaSource, description: SourceDescription = DESCRIPTION) -> None:
        self._source = source
        self.description = description

    def create(self, settings: Mapping[str, Any]) -> Source:
        del settings
        return self._source()


def kit_of(plugin: Weka, folder: Path) -> SourceContract:
    notes = folder / SERVICE / "notes"
    notes.mkdir(parents=True)
    (notes / "001.json").write_bytes(FIRST)
    (notes / "002.json").write_bytes(SECOND)
    kit = SourceContract()
    kit.__dict__.update(plugin=plugin, services=(SERVICE,), recorded=folder)
    return kit


@pytest.mark.parametrize("check", [name for name in dir(SourceContract) if name.startswith("test_")])
def test_a_good_source_passes(tmp_path: Path, check: str) -> None:
    getattr(kit_of(Weka(), tmp_path), check)()


class NeverEnds(WekaSource):
    def pull(self, feed: Feed, cursor: str | None) -> Generator[Ask, Page, None]:
        del cursor
        while True:
            yield HttpGet(f"/{feed.service}/notes")


class AsksNonsense(WekaSource):
    def pull(self, feed: Feed, cursor: str | None) -> Generator[Ask, Page, None]:
        del feed, cursor
        yield "GET /notes"  # type: ignore[misc]


class StartsAnew(WekaSource):
    def pull(self, feed: Feed, cursor: str | None) -> Generator[Ask, Page, None]:
        del cursor
        return (yield from super().pull(feed, None))


class Remembers(WekaSource):
    seen = 0

    def read(self, feed: Feed, answer: Answer) -> Page:
        type(self).seen += 1
        return replace(super().read(feed, answer), unread=frozenset({str(self.seen)}))


class ReadsAnything(WekaSource):
    def read(self, feed: Feed, answer: Answer) -> Page:
        body = read_json(answer.body)
        items = [self.draft(note, feed, row) for row, note in enumerate(body["notes"], start=1)]
        return Page(items, body["next"], follow=body["next"])


class BelievesBoth(WekaSource):
    def draft(self, note: Any, feed: Feed, row: int) -> Draft | Deletion | Refusal:
        return super().draft(dict(note) if isinstance(note, dict) else note, feed, row)


class TellsTales(WekaSource):
    def draft(self, note: Any, feed: Feed, row: int) -> Draft | Deletion | Refusal:
        if isinstance(note, dict) and not str(note.get("day")).startswith("2026"):
            return Refusal(row, "day", f"{note.get('day')} is no day")
        return super().draft(note, feed, row)


class OtherStream(WekaSource):
    def draft(self, note: Any, feed: Feed, row: int) -> Draft | Deletion | Refusal:
        del note, feed
        return Deletion("child", "c-1", row)


class CountsFromZero(WekaSource):
    def draft(self, note: Any, feed: Feed, row: int) -> Draft | Deletion | Refusal:
        return super().draft(note, feed, row - 1)


class OtherService(WekaSource):
    def draft(self, note: Any, feed: Feed, row: int) -> Draft | Deletion | Refusal:
        return super().draft(note, replace(feed, service=ServiceNumber("20517")), row)


class NoDay(WekaSource):
    def draft(self, note: Any, feed: Feed, row: int) -> Draft | Deletion | Refusal:
        return super().draft(note | {"day": "soon"} if isinstance(note, dict) else note, feed, row)


class SameName(WekaSource):
    def feeds(self, services: Sequence[ServiceNumber]) -> Sequence[Feed]:
        return [*super().feeds(services), *super().feeds(services)]


def described(**changed: Any) -> Weka:
    return Weka(description=replace(DESCRIPTION, **changed))


class Fickle(Weka):
    def create(self, settings: Mapping[str, Any]) -> Source:
        settings.clear()  # type: ignore[attr-defined]
        return WekaSource()


SPOILT: list[tuple[str, str, Callable[[], Weka]]] = [
    ("description_names_known", "unknown streams", lambda: described(streams=frozenset({"nap"}))),
    ("description_names_known", "fields the record does not have", lambda: described(columns={"note": {"mood": "m"}})),
    ("description_names_known", "title is empty", lambda: described(title="")),
    ("settings_are_left", "changed the settings", Fickle),
    ("feeds_are_well_formed", "share a name", lambda: Weka(SameName)),
    ("feeds_are_well_formed", "does not name", lambda: described(streams=frozenset({"child"}))),
    ("every_feed_ends", "more than the 2 pages recorded", lambda: Weka(NeverEnds)),
    ("every_feed_ends", "no question", lambda: Weka(AsksNonsense)),
    ("a_pull_resumes", "another page", lambda: Weka(StartsAnew)),
    ("reading_is_pure", "two different pages", lambda: Weka(Remembers)),
    ("items_belong", "stream 'child'", lambda: Weka(OtherStream)),
    ("items_belong", "before the first", lambda: Weka(CountsFromZero)),
    ("drafts_are_valid", "another service", lambda: Weka(OtherService)),
    ("drafts_are_valid", "day: ", lambda: Weka(NoDay)),
    ("recorded_pages_show", "child", lambda: described(streams=frozenset({"note", "child"}))),
    ("exactly_the_declared", "though not declared: who changed it", lambda: described(facts=frozenset())),
    ("exactly_the_declared", "on which device", lambda: described(facts=frozenset({Fact.EDITOR, Fact.DEVICE}))),
    ("hostile_bytes", "not IntakeError", lambda: Weka(ReadsAnything)),
    ("hostile_bytes", "repeats a value", lambda: Weka(TellsTales)),
    ("objects_with_repeated_keys", "was believed", lambda: Weka(BelievesBoth)),
]


@pytest.mark.parametrize(("check", "words", "spoil"), SPOILT, ids=[f"{check}: {words}" for check, words, _ in SPOILT])
def test_a_spoilt_source_fails_at_its_check(tmp_path: Path, check: str, words: str, spoil: Callable[[], Weka]) -> None:
    kit = kit_of(spoil(), tmp_path)
    kit.__dict__["settings"] = {"any": "thing"}
    name = next(name for name in dir(SourceContract) if name.startswith(f"test_{check}"))
    with pytest.raises(AssertionError, match=words):
        getattr(kit, name)()


def test_replay_drives_a_feed_from_pages_in_order() -> None:
    source = WekaSource()
    (feed,) = source.feeds([ServiceNumber(SERVICE)])
    exchanges = replay(source, feed, pages(FIRST, SECOND))
    assert [len(exchange.page.items) for exchange in exchanges] == [2, 1]
    assert exchanges[1].ask == HttpGet("/10842/notes", (("page", "2"),))
    assert len(replay(source, feed, pages(SECOND), cursor="2")) == 1


class DropSource(WekaSource):
    """Notes from a dropped file, slice by slice."""

    def pull(self, feed: Feed, cursor: str | None) -> Generator[Ask, Page, None]:
        del feed, cursor
        offset: str | None = "0"
        while offset is not None:
            page = yield ReadFile("notes-*.csv", int(offset))
            offset = page.follow

    def read(self, feed: Feed, answer: Answer) -> Page:
        _, rows = read_csv(answer.body)
        items = [
            self.draft(row, feed, number) if row is not None else Refusal(number, None, "too few or too many cells")
            for number, row in enumerate(rows, start=answer.first_row)
        ]
        return Page(items, None, follow=None if answer.next_offset is None else str(answer.next_offset))

    def feeds(self, services: Sequence[ServiceNumber]) -> Sequence[Feed]:
        return [replace(feed, snapshot=True) for feed in super().feeds(services)]


def test_dropped_files_are_handed_out_in_slices_as_the_host_does(tmp_path: Path) -> None:
    kit = kit_of(Weka(DropSource), tmp_path)
    rows = [f"n-{number},2026-02-09,Tūī,{'p-1' if number == 1 else ''}" for number in range(1, 8)]
    (tmp_path / "notes-2026-02.csv").write_text("\n".join(["id,day,text,by", *rows]), encoding="utf-8")
    for check in [name for name in dir(SourceContract) if name.startswith("test_")]:
        getattr(kit, check)()
    (_, first), (_, second), (_, third) = kit._exchanges()
    assert [len(exchange.page.items) for exchange in (first, second, third)] == [3, 3, 1]
    assert third.answer.first_row == 7
