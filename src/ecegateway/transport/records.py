"""Finds where the records of a dropped file end, so that a file can be cut into slices without cutting a record."""

from collections.abc import Iterator
from typing import IO, Literal

from ecegateway.errors import SourceFatalError

_QUOTE = ord('"')
_DELIMITERS = frozenset(b",;\t")

Quoting = Literal["csv", "lines"]


def records(file: IO[bytes], quoting: Quoting, longest: int) -> Iterator[bytes]:
    """The records from where the file stands, each with its line end; a quoted CSV cell may hold line ends.

    Raises:
        SourceFatalError: a record is longer than ``longest`` bytes: a quote was opened and never closed, or it is no such file.
    """
    record = b""
    quoted = False
    while line := file.readline(longest + 1):
        record += line
        if len(record) > longest:
            raise SourceFatalError(f"a row is longer than {longest} bytes; look for a quote that is opened and never closed")
        if quoting == "csv" and (quoted or _QUOTE in line):
            quoted = _ends_quoted(line, quoted=quoted)
        if not quoted:
            yield record
            record = b""
    if record:
        yield record


def _ends_quoted(line: bytes, *, quoted: bool) -> bool:
    """Whether a CSV line ends inside a quoted cell. A quote opens a cell only at its start; doubled, it stands for itself."""
    at_start = not quoted
    closing = False
    for byte in line:
        if quoted:
            if byte == _QUOTE:
                quoted, closing = False, True
        elif byte == _QUOTE and (at_start or closing):
            quoted, closing, at_start = True, False, False
        else:
            at_start, closing = byte in _DELIMITERS, False
    return quoted


def is_blank(record: bytes) -> bool:
    """Whether a record is an empty line, which no reader counts as a row."""
    return not record.rstrip(b"\r\n")
