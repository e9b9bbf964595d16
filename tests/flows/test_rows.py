"""A quarantined row is told by the line a spreadsheet shows, and shown without its neighbours."""

import pytest

from ecegateway.contract import Answer, HttpGet, ReadFile
from ecegateway.flows.rows import excerpt, place

CSV = '\ufeffkey,text\r\nn1,Waiata\r\n\r\nn2,"two\r\nlines"\r\nn3,Tāne\r\n'.encode()


def dropped(body: bytes, *, header: bool = True, first_row: int = 1, media_type: str = "text/csv") -> Answer:
    return Answer(ReadFile("note.*", header=header), body, "note", media_type, first_row)


def asked(body: bytes) -> Answer:
    return Answer(HttpGet("/notes"), body, "/notes", "application/json")


@pytest.mark.parametrize(
    ("answer", "where"),
    [
        (dropped(CSV), "line 4"),
        (dropped(CSV, header=False), "line 3"),
        (dropped(CSV, media_type="application/x-ndjson"), "line 3"),
        (asked(b"[]"), "item 3"),
    ],
    ids=["CSV with a header", "CSV without", "JSON Lines", "HTTP"],
)
def test_the_place_counts_the_header_as_a_spreadsheet_does(answer: Answer, where: str) -> None:
    assert place(answer, 3) == where


@pytest.mark.parametrize(
    ("answer", "row", "shown"),
    [
        (dropped(CSV), 2, 'key,text\nn2,"two\r\nlines"'),
        (dropped(CSV), 3, "key,text\nn3,Tāne"),
        (dropped(CSV, first_row=41), 41, "key,text\nn1,Waiata"),
        (dropped(b'{"key":1}\n\n{"key":2}\n', header=False, media_type="application/x-ndjson"), 2, '{"key":2}'),
        (asked(b'[{"id":1},{"id":2}]'), 2, '{\n  "id": 2\n}'),
        (asked(b'{"more":[],"items":[{"id":1},{"id":2}]}'), 1, '{\n  "id": 1\n}'),
    ],
)
def test_the_row_is_shown_alone_below_its_header(answer: Answer, row: int, shown: str) -> None:
    assert excerpt(answer, row) == shown


@pytest.mark.parametrize(
    ("answer", "row"),
    [(dropped(CSV), 4), (dropped(CSV, first_row=9), 8), (asked(b"7"), 1), (asked(b"no JSON"), 1), (asked(b"[1]"), 2)],
)
def test_a_row_that_cannot_be_told_apart_is_not_guessed(answer: Answer, row: int) -> None:
    assert excerpt(answer, row) is None
