"""Writes ``docs/folder-format.md`` from the models: ``python -m ecegateway.testing.folder_docs > docs/folder-format.md``."""

import inspect
import sys
from collections.abc import Iterator

from ecegateway.builtin.folder_columns import Column, columns_of
from ecegateway.model.streams import STREAMS
from ecegateway.testing.folder_meanings import meaning_of

_INTRODUCTION = """\
# The folder format

<!-- Written from the models by `python -m ecegateway.testing.folder_docs > docs/folder-format.md`; do not edit by hand. -->

The built-in `folder` source reads a directory of files, one for each kind of record. It is the way to bring data from
anything: a spreadsheet kept beside a paper roll, an export of a system that has no plugin yet, or a script of your own.

## Files

- A file is named for its stream, `attendance.csv` or `attendance.jsonl`, in lower case. All files are optional. If both
  forms of one stream lie in the folder, nothing of that stream is read until one of them is moved out: which counts is
  not ours to guess. An empty file counts as none.
- Each file holds **everything** of its stream, every time. A row taken out is reported as missing, not as deleted, and
  when much goes missing at once the file is held until a person says that it is right.
- One folder is for one service. Where a `service` column is filled in, it must be that service.
- A `key` stands in one row only. Give a record the same key in every later file: then a correction is a new version of
  the record, and the old version is kept.
- A faulty row is set aside with its line (as a spreadsheet numbers it: the header is line 1, blank lines are not counted), its
  column and the reason. Its neighbours are read. A file that cannot be read at all is named, and not tried again.
- Columns the format does not know are reported, and not read. A column that every record needs must be there.

## CSV

UTF-8, commas, a header row of the column names below, in any order. Columns that are not needed may be left out. A blank
cell means *not given*: it never stands for no, for nought or for midnight. Blanks around a cell are ignored. In
attendance and other files the parts of a record have dots: `sign_in.by` is who signed the child in.

| form | example |
| --- | --- |
| date | `2026-03-02` |
| time of day, by the local wall clock | `08:30` |
| date and time, with its offset from UTC | `2026-03-02T08:31+13:00` |
| yes or no | `yes` |
| several | `2026-04-03; 2026-04-06` |
| bookings | `Mo 08:30-14:30; We 08:30-12:30 every 2 from 2026-02-02; Fr 08:30-14:30 conditional` |
| sessions | `Mo 07:30-17:30 all-day; Tu 08:30-12:30 sessional` |
| hours by weekday | `Mo 4:00; Tu 4:00; We 6:00` |

**The offset must be written.** A local time alone is refused: when daylight saving begins an hour of local times does
not exist (in 2026, 02:00 to 03:00 on 27 September), and when it ends an hour happens twice (02:00 to 03:00 on 5 April).
New Zealand is `+13:00` in summer and `+12:00` in winter; the Chatham Islands are `+13:45` and `+12:45`; `Z` is UTC.

**Bookings** name a weekday (`Mo Tu We Th Fr Sa Su`) and two times. `every 2 from 2026-02-02` means every second week,
counted from the week of that day. `conditional` marks the bookings that are conditional, when not the whole agreement is.

**Hours by weekday** are the hours and minutes allocated; a weekday left out has none.

## JSON Lines

UTF-8, one object on each line. Names with dots are objects inside: `"sign_in": {"method": "signed", "by": "guardian-11"}`.
Texts, dates, times and instants are strings in the same forms as in CSV; yes and no are `true` and `false`; several are
arrays. A booking is `{"weekday": "We", "starts": "08:30", "ends": "12:30", "every_weeks": 2, "counted_from":
"2026-02-02", "conditional": false}`, a session `{"weekday": "Mo", "opens": "07:30", "closes": "17:30", "mode":
"all-day"}`, and `twenty_hours.minutes` seven whole numbers, Monday first.

## What such files can show

Whatever their columns say: who signed, how, when, on which device, who altered a record and why. They cannot show
deletions. What a blank cell does not say is graded "cannot show" or held back; it never counts as a pass.

Writing these files from Python: `ecegateway.testing.folder.write_csv` and `write_jsonl`.

## Streams

In each table, *needed* says whether a record can be without it; *with* a part means: needed when any other column of
that part is filled in.
"""


def folder_format() -> str:
    """The whole page, as Markdown."""
    return "\n".join((_INTRODUCTION, *(line for stream in STREAMS for line in _stream(stream))))


def _stream(stream: str) -> Iterator[str]:
    purpose = inspect.cleandoc(STREAMS[stream].__doc__ or "").replace("``", "`")
    yield f"### `{stream}`\n\n{purpose}\n"
    yield "| column | needed | form | meaning |\n| --- | --- | --- | --- |"
    yield from (_row(stream, column) for column in columns_of(stream))
    yield ""


def _row(stream: str, column: Column) -> str:
    needed = "yes" if column.needed and column.name != "service" else ""
    if column.whole:
        needed = f"with `{column.whole}`"
    words = ", ".join(f"`{word}`" for word in column.form.choices)
    form = f"{column.form.words}: {words}" if words else column.form.words
    return f"| `{column.name}` | {needed} | {form} | {meaning_of(stream, column.name)} |"


if __name__ == "__main__":
    sys.stdout.write(folder_format())
