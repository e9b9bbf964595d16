"""Worse gateways, each with one of the mistakes that the faults are there to find: what is tried on it must be found wrong."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType

from ecegateway.contract import ExportFile
from ecegateway.errors import ExportError
from ecegateway.evidence import sqlite
from ecegateway.evidence.record import Current
from ecegateway.evidence.sqlite import Journal
from ecegateway.evidence.store import Evidence
from ecegateway.evidence.writing import Writing
from ecegateway.export.write import Written, write_files
from ecegateway.flows import export
from ecegateway.signing import files
from ecegateway.transport import outbox
from tests.crash.filing import Filing
from tests.crash.kinds import Kind
from tests.crash.scenario import Scenario
from tests.crash.scenarios import Export, Pull, Rotation
from tests.crash.tally import Wrong

_CURSORS = "cursors"


@dataclass(frozen=True, slots=True)
class Control:
    """A mistake: the scenario that makes it, what is tried on it, and what that must find."""

    scenario: Scenario
    tried: Kind
    finds: frozenset[Wrong]


def _journal(mode: str, synchronous: str) -> None:
    """SQLite with a journal that is not safe."""
    vars(sqlite)["journal_for"] = lambda _: Journal(mode, synchronous)


def _cursor_before_its_page() -> None:
    """The cursor is kept outside of the transaction, and there before its page is."""

    def move_cursor(_writing: Writing, _source: str, _service: str, _feed: str, cursor: str, _receipt: int) -> None:
        Path(_CURSORS).write_text(cursor, encoding="utf-8")

    _cursor_in_a_file()
    setattr(Writing, "move_cursor", move_cursor)  # noqa: B010 - the type of a method cannot be changed


def _cursor_after_its_page() -> None:
    """The cursor is kept once its page is, and nothing is compared with what is stored."""
    told: list[str] = []
    transaction = Evidence.transaction
    current = Writing.current

    def move_cursor(_writing: Writing, _source: str, _service: str, _feed: str, cursor: str, _receipt: int) -> None:
        told.append(cursor)

    def unlike(writing: Writing, series_id: int, keys: Sequence[str]) -> dict[str, Current]:
        found = current(writing, series_id, keys)
        return {key: Current(one.version, one.state, b"") for key, one in found.items()}

    @contextmanager
    def then_cursor(evidence: Evidence) -> Iterator[Writing]:
        with transaction(evidence) as writing:
            yield writing
        if told:
            Path(_CURSORS).write_text(told.pop(), encoding="utf-8")

    _cursor_in_a_file()
    for owner, name, worse in (
        (Writing, "move_cursor", move_cursor),
        (Writing, "current", unlike),
        (Evidence, "transaction", then_cursor),
    ):
        setattr(owner, name, worse)


def _cursor_in_a_file() -> None:
    def cursor(_evidence: Evidence, _source: str, _service: str, _feed: str) -> str | None:
        with suppress(FileNotFoundError):
            return Path(_CURSORS).read_text(encoding="utf-8") or None
        return None

    setattr(Evidence, "cursor", cursor)  # noqa: B010 - the type of a method cannot be changed


def _straight_to_its_name(folder: Path, written: Sequence[ExportFile]) -> Written:
    folder.mkdir(parents=True, exist_ok=True)
    for file in written:
        (folder / file.name).write_bytes(file.content)
    return Written(tuple(file.name for file in written), ())


def _all_is_well(folder: Path, written: Sequence[ExportFile]) -> Written:
    with suppress(ExportError):
        return write_files(folder, written)
    return Written(tuple(file.name for file in written), ())


def _export_straight() -> None:
    """Files are written straight to their names."""
    vars(export)["write_files"] = _straight_to_its_name


def _export_unheard() -> None:
    """A disk that refuses is not heard."""
    vars(export)["write_files"] = _all_is_well


def _folder_unsynced() -> None:
    """The name of a new folder of keys is not seen onto the disk."""
    vars(files)["make_folder"] = partial(os.makedirs, exist_ok=True)


def _outbox_unsynced() -> None:
    """The name of a file in the outbox is not seen onto the disk."""
    vars(outbox)["sync_folder"] = lambda _: None


CONTROLS = MappingProxyType(
    {
        control.scenario.name: control
        for control in (
            Control(Pull("DELETE and FULL", partial(_journal, "DELETE", "FULL")), Kind.POWER_CUTS, frozenset({Wrong.LOST})),
            Control(Pull("WAL and NORMAL", partial(_journal, "WAL", "NORMAL")), Kind.POWER_CUTS, frozenset({Wrong.LOST})),
            Control(Pull("DELETE and OFF", partial(_journal, "DELETE", "OFF")), Kind.POWER_CUTS, frozenset({Wrong.TORN})),
            Control(Rotation("folder not synced", _folder_unsynced, first=True), Kind.POWER_CUTS, frozenset({Wrong.TORN})),
            Control(Filing("outbox not synced", _outbox_unsynced), Kind.POWER_CUTS, frozenset({Wrong.LOST})),
            Control(Export("straight, power cut", _export_straight), Kind.POWER_CUTS, frozenset({Wrong.TORN})),
            Control(Export("straight", _export_straight), Kind.KILLS, frozenset({Wrong.TORN})),
            Control(Export("errors unheard", _export_unheard), Kind.ERRORS, frozenset({Wrong.UNDETECTED})),
            Control(Pull("cursor before its page", _cursor_before_its_page), Kind.KILLS, frozenset({Wrong.LOST})),
            Control(Pull("cursor after its page", _cursor_after_its_page), Kind.KILLS, frozenset({Wrong.DOUBLED})),
        )
    }
)
"""By name. Add one for each new promise."""
