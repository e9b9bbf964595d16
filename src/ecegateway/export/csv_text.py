"""Rows as CSV for a spreadsheet: macrons come out right, and no cell is a formula.

These are copies for people. A cell that a spreadsheet might take for a formula gets an apostrophe before it; files for machines
are JSON and XML, where nothing is ever altered.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence

_STARTS = frozenset("=+-@\N{MINUS SIGN}")
"""What begins a formula, once written in its plain form."""
_UNSEEN = frozenset({"Cc", "Cf", "Mn", "Zl", "Zp", "Zs"})
_LEADING = ("\t", "\r", "\n")
"""Before these a spreadsheet may drop what it was told."""
_NUMBER = re.compile(r"-?[0-9]+(:[0-5][0-9]|\.[0-9]+)?")
_LINES = re.compile(r"([\n\r\v\f\x1c-\x1e\x85\u2028\u2029])")


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The bytes of a CSV file: every cell quoted, UTF-8 with the mark by which spreadsheets know it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow(header)
    writer.writerows([inert(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def inert(value: str) -> str:
    """A value that no spreadsheet takes for a formula, on any of its lines; a plain number stays one."""
    if _NUMBER.fullmatch(value):
        return value
    marked = "".join(f"'{line}" if _begins_formula(line) else line for line in _LINES.split(value))
    return f"'{marked}" if value.startswith(_LEADING) and not marked.startswith("'") else marked


def _begins_formula(line: str) -> bool:
    """Whether what a person would see first, in whatever width or size it is written, begins a formula."""
    for letter in line:
        for plain in unicodedata.normalize("NFKC", letter):
            if unicodedata.category(plain) not in _UNSEEN:
                return plain in _STARTS
    return False
