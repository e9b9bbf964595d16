"""CSV with a fault in one row keeps its neighbours; a fault that may have swallowed neighbours ends the file."""

import pytest

from ecegateway.errors import IntakeError
from ecegateway.reading import read_csv


@pytest.mark.parametrize(
    "faulty",
    ['"n2" x,ngā', 'n2,"ngā" x', "n2", "n2,ngā,more", '"n2,ngā" x'],
    ids=["blank after the mark", "text after the mark", "too few", "too many", "a mark in the wrong place"],
)
def test_a_faulty_row_stands_alone(faulty: str) -> None:
    _, rows = read_csv(f"key,text\nn1,ā\n{faulty}\n\nn3,ē\n".encode())
    assert rows == [{"key": "n1", "text": "ā"}, None, {"key": "n3", "text": "ē"}]


def test_a_cell_may_span_lines() -> None:
    _, rows = read_csv(b'key,text\nn1,"two\nlines"\nn2,"said ""yes"""\n')
    assert rows == [{"key": "n1", "text": "two\nlines"}, {"key": "n2", "text": 'said "yes"'}]


@pytest.mark.parametrize(
    "body",
    [
        'n1,"never closed\nn2,ē\nn3,ī\n',
        'n1,"opened\nn2,ē\nn3,"closed" ī\n',
        'n1,"opened\nn2,ē\nn3,ī",more\n',
        'n1,"a"b"\nn2,ē\n',
    ],
    ids=["never closed", "closed by another row's", "closed into another width", "one mark too many"],
)
def test_a_stray_quotation_mark_that_runs_on_ends_the_file(body: str) -> None:
    with pytest.raises(IntakeError, match="look for a"):
        read_csv(f"key,text\n{body}".encode())


def test_a_file_without_header_is_told() -> None:
    with pytest.raises(IntakeError, match="no header row"):
        read_csv(b"")
