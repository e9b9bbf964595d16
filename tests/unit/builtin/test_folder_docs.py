"""The page on the folder format is written from the models and is current."""

import re
from pathlib import Path

from ecegateway.builtin.folder_columns import columns_of
from ecegateway.model.streams import STREAMS
from ecegateway.testing.folder_docs import folder_format
from ecegateway.testing.folder_meanings import MEANINGS

PAGE = Path(__file__).parents[3] / "docs" / "folder-format.md"


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == folder_format(), (
        "run: python -m ecegateway.testing.folder_docs > docs/folder-format.md"
    )


def test_the_page_names_every_stream_and_every_column() -> None:
    page = folder_format()
    assert re.findall(r"^### `(\w+)`$", page, flags=re.MULTILINE) == list(STREAMS)
    for stream in STREAMS:
        section = page.partition(f"### `{stream}`")[2].partition("\n### ")[0]
        listed = re.findall(r"^\| `([\w.]+)` \|", section, flags=re.MULTILINE)
        assert listed == [column.name for column in columns_of(stream)]


def test_no_meaning_is_left_over() -> None:
    used = {name for s in STREAMS for c in columns_of(s) for name in (c.name, f"{s}.{c.name}")}
    assert MEANINGS.keys() <= used
