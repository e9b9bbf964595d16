"""Pulls from a drop folder, while files change."""

from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

from ecegateway.config import SourceConfig
from ecegateway.contract import Answer, Ask, Draft, Feed, Page, ReadFile
from ecegateway.evidence.store import Evidence
from ecegateway.flows.pull import BEGINNINGS
from ecegateway.flows.report import Progress
from ecegateway.reading import read_csv
from tests.flows.pulling import Sleeps, pull_tiny, stored, sums
from tests.support.tiny import SERVICE, TinyPlugin, TinySource


@dataclass(frozen=True)
class Dropped(TinySource):
    """Notes from a CSV file, as a snapshot."""

    snapshot: bool = True

    def pull(self, feed: Feed, cursor: str | None) -> Generator[Ask, Page, None]:
        del feed, cursor
        offset: str | None = "0"
        while offset is not None:
            page = yield ReadFile("notes-*.csv", int(offset))
            offset = page.follow

    def read(self, feed: Feed, answer: Answer) -> Page:
        _, rows = read_csv(answer.body)
        items = [
            Draft("note", {"service": feed.service, **(row or {})}, number) for number, row in enumerate(rows, answer.first_row)
        ]
        return Page(items, None, follow=None if answer.next_offset is None else str(answer.next_offset))


def write(folder: Path, count: int, text: str = "Karakia") -> None:
    lines = [f'n{n},2026-02-03,"{text}\n{n}"\n' for n in range(count)]
    (folder / "notes-1.csv").write_text("key,day,text\n" + "".join(lines))


def config_of(folder: Path) -> SourceConfig:
    values = {"name": "drop", "plugin": "tiny", "services": [SERVICE], "folder": folder, "limits": {"slice_rows": 4}}
    return SourceConfig.model_validate(values)


PLUGIN = TinyPlugin(source=Dropped())


def test_a_file_is_stored_slice_by_slice_and_bad_rows_keep_their_row_number(evidence: Evidence, tmp_path: Path) -> None:
    write(tmp_path, 9)
    with (tmp_path / "notes-1.csv").open("a") as file:
        file.write("n9,yesterday,Waiata\n")
    assert sums(pull_tiny(evidence, config_of(tmp_path), plugin=PLUGIN)) == (10, 9, 0, 1)
    (entry,) = evidence.open_quarantine()
    assert (entry.what.origin, entry.what.row, entry.what.column) == ("notes-1.csv", 10, "day")


def test_a_file_that_changes_under_us_is_begun_anew_and_nothing_of_the_old_is_applied(
    evidence: Evidence, tmp_path: Path
) -> None:
    write(tmp_path, 9)
    sleeps = Sleeps()

    def change(progress: Progress) -> None:
        if progress.pages == 1 and not sleeps.seconds:
            write(tmp_path, 7, "Waiata")

    report = pull_tiny(evidence, config_of(tmp_path), plugin=PLUGIN, watch=change, sleeps=sleeps)
    assert report.failure is None
    assert sums(report) == (7, 7, 0, 0)
    assert len(sleeps.seconds) == 1
    assert {version for _, version, *_ in stored(evidence)} == {1}


def test_a_file_that_cannot_be_read_is_not_asked_for_again(evidence: Evidence, tmp_path: Path) -> None:
    (tmp_path / "notes-1.csv").write_bytes(b"key,day,text\nn1,2026-02-03,M\xe4ori\n")
    sleeps = Sleeps()
    report = pull_tiny(evidence, config_of(tmp_path), plugin=PLUGIN, sleeps=sleeps)
    assert "notes-1.csv cannot be read: the file is not UTF-8" in str(report.failure)
    assert "tried" not in str(report.failure)
    assert sleeps.seconds == []


def test_a_file_nobody_asked_for_is_named_and_an_empty_folder_is_told(evidence: Evidence, tmp_path: Path) -> None:
    drop = tmp_path / "drop"
    drop.mkdir()
    (drop / "Notes.csv").write_text("key,day,text\n")
    write(drop, 0)
    report = pull_tiny(evidence, config_of(drop), plugin=PLUGIN)
    assert (report.left_over, report.nothing_found) == (("Notes.csv",), True)
    write(drop, 1)
    assert not pull_tiny(evidence, config_of(drop), plugin=PLUGIN).nothing_found


def test_a_file_that_never_rests_is_told(evidence: Evidence, tmp_path: Path) -> None:
    write(tmp_path, 9)
    sleeps = Sleeps()

    def change(progress: Progress) -> None:
        write(tmp_path, 9 + progress.pages + len(sleeps.seconds))

    report = pull_tiny(evidence, config_of(tmp_path), plugin=PLUGIN, watch=change, sleeps=sleeps)
    assert "changed while it was read" in str(report.failure)
    assert len(sleeps.seconds) == BEGINNINGS - 1
    assert stored(evidence) == []
