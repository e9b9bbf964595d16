"""The folder source keeps the contract of every source, reads slice by slice, and does not guess between two files."""

from pathlib import Path

import pytest

from ecegateway.builtin.folder import Folder
from ecegateway.contract import Draft, Fact
from ecegateway.errors import ConfigError, IntakeError
from ecegateway.model.ids import ServiceNumber
from ecegateway.model.streams import STREAMS
from ecegateway.testing import Recording, SourceContract, replay

SERVICE = ServiceNumber("20517")
RECORDED = Path(__file__).parent / "recorded"


class TestFolderKeepsTheContract(SourceContract):
    plugin = Folder()
    services = (SERVICE,)
    recorded = RECORDED


def _pull(folder: Path, stream: str, slice_rows: int = 3) -> list[str]:
    source = Folder().create({})
    feed = next(feed for feed in source.feeds([SERVICE]) if feed.name == stream)
    exchanges = replay(source, feed, Recording(folder, slice_rows).of(feed))
    return [item.fields["key"] for exchange in exchanges for item in exchange.page.items if isinstance(item, Draft)]


def test_every_stream_is_a_snapshot_feed_of_its_own() -> None:
    feeds = Folder().create({}).feeds([SERVICE, ServiceNumber("10842")])
    assert [(feed.name, feed.streams) for feed in feeds] == [(name, frozenset({name})) for name in STREAMS] * 2
    assert all(feed.snapshot for feed in feeds)


@pytest.mark.parametrize("suffix", [".csv", ".jsonl"])
def test_a_file_is_read_slice_by_slice_with_its_row_numbers(tmp_path: Path, suffix: str) -> None:
    keys = [f"2026-02-{day:02}" for day in range(1, 9)]
    rows = {
        ".csv": ["key,day", *(f"{key},{key}" for key in keys)],
        ".jsonl": [f'{{"key":"{key}","day":"{key}"}}' for key in keys],
    }
    (tmp_path / f"operating_day{suffix}").write_text("\n".join(rows[suffix]))
    assert _pull(tmp_path, "operating_day", slice_rows=3) == keys


def test_a_stream_without_a_file_gives_nothing(tmp_path: Path) -> None:
    assert _pull(tmp_path, "attendance") == []


def test_both_forms_of_one_stream_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "operating_day.csv").write_text("key,day\n2026-02-01,2026-02-01\n")
    (tmp_path / "operating_day.jsonl").write_text('{"key":"2026-02-01","day":"2026-02-01"}\n')
    with pytest.raises(IntakeError, match=r"holds both operating_day\.csv and operating_day\.jsonl; keep the one"):
        _pull(tmp_path, "operating_day")


def test_an_empty_csv_file_beside_json_lines_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "operating_day.csv").write_bytes(b"")
    (tmp_path / "operating_day.jsonl").write_text('{"key":"2026-02-01","day":"2026-02-01"}\n')
    assert _pull(tmp_path, "operating_day") == ["2026-02-01"]


def test_a_row_taken_out_is_not_a_deletion() -> None:
    assert Fact.DELETIONS not in Folder.description.facts


def test_a_setting_nobody_reads_is_refused() -> None:
    with pytest.raises(ConfigError, match="no setting 'zone'"):
        Folder().create({"zone": "Pacific/Auckland"})
