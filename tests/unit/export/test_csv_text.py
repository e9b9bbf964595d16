"""A cell of a spreadsheet's copy is no formula, however it is written; what is none stays as it is."""

import csv
import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecegateway.export.csv_text import csv_bytes, inert

FORMULAS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1,1)",
    '=HYPERLINK("http://127.0.0.1/","x")',
    "=cmd|' /C calc'!A0",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "   +1",
    "\xa0=1+1",
    "\u3000=1+1",
    "\u2003@SUM(1)",
    "\u200b=1+1",
    "\u200e-1",
    "\u202e=1+1",
    "\ufeff=1+1",
    "\u2060+1+1",
    "\u00ad=1",
    "\x00=1+1",
    "\x0b=1+1",
    "\x1b=1+1",
    "\uff1d1+1",
    "\uff0b1+1",
    "\uff0d1+1",
    "\uff20SUM(1)",
    "\ufe661+1",
    "\ufe621+1",
    "\ufe631+1",
    "\ufe6bSUM(1)",
    "\u207a1+1",
    "\u207b1+1",
    "\u207c1+1",
    "\u208a1+1",
    "\u208c1+1",
    "\u22121+1",
    "\u0301=1+1",
    "first\n=1+1",
    "first\r\n+1+1",
    "first\r-1+1",
    "first\u2028@SUM(1)",
    "first\x85=1+1",
    "+64 21 555 0123",
    "-",
]


@pytest.mark.parametrize("value", FORMULAS, ids=ascii)
def test_a_formula_gets_an_apostrophe_on_its_own_line(value: str) -> None:
    made = inert(value)
    assert made != value
    assert made.replace("'", "") == value.replace("'", "")
    for line in made.splitlines():
        seen = (
            unicodedata.normalize("NFKC", line)
            .lstrip()
            .lstrip("\u200b\u200e\u202e\ufeff\u2060\u00ad\x00\x0b\x1b\u0301 \t\u22ef")
        )
        assert not seen.startswith(("=", "+", "-", "@", "\u2212"))


@pytest.mark.parametrize(
    "value",
    [
        "",
        "Tāne",
        "O'Brien",
        "Mary-Jane",
        "Ngāio =",
        "a@b.nz",
        "8:25",
        "-1:30",
        "12",
        "-3",
        "1.5",
        "'quoted'",
        '"=1"',
        "5 + 6",
        "½",
        "平仮名",
        "محمد",
        "\U0001d49c",
    ],
)
def test_what_is_no_formula_stays_as_it_is(value: str) -> None:
    assert inert(value) == value


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=2), max_size=5))
def test_whatever_the_cells_say_they_come_back_but_for_apostrophes_and_every_one_is_quoted(rows: list[list[str]]) -> None:
    written = csv_bytes(("One", "Two"), rows)
    text = written.decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert read == [["One", "Two"], *([inert(value) for value in row] for row in rows)]
    assert [[value.replace("'", "") for value in row] for row in read[1:]] == [
        [value.replace("'", "") for value in row] for row in rows
    ]
    assert text.startswith('"One","Two"\r\n')


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_what_was_made_inert_stays_so(value: str) -> None:
    assert inert(inert(value)) == inert(value)
