"""A name from outside is a plain file's name on any system, or it is no name."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecegateway.export.file_names import LONGEST, name_fault, path_fault
from ecegateway.export.names import file_safe

DEVICES = ["con", "CON", "prn", "aux", "nul", "NUL.txt", "com1", "COM9.tar.gz", "lpt1", "LPT0", "com\u00b9", "aux ", "con .txt"]
UNSEEN = [
    f"a{letter}b"
    for letter in "\0\x01\n\r\t\x7f\x85\xad\u200b\u200e\u200f\u202a\u202b\u202d\u202e\u2066\u2069\ufeff\u2028\ue000\U000e0001"
]
LEADING_OUT = [
    "..",
    ".",
    "../a",
    "a/../b",
    "/a",
    "a//b",
    "a\\b",
    "\\\\server\\share",
    "C:",
    "C:a",
    "c:\\a",
    "a/",
    "~/.ssh/../a:b",
]
ODD = ["", ".hidden", "a.", "a ", " a", "a*", "a?", 'a"', "a<b", "a>b", "a|b", "e\u0301", "x" * (LONGEST + 1), "ā" * LONGEST]


@pytest.mark.parametrize("name", [*DEVICES, *UNSEEN, *LEADING_OUT, *ODD], ids=ascii)
def test_a_hostile_name_is_refused(name: str) -> None:
    assert name_fault(name) is not None


@pytest.mark.parametrize(
    "name", ["rs7.xml", "Pūāwai.html", "平仮名.csv", "console.txt", "com10", "a-b_c.d", "ملف.txt", "~x", "x" * LONGEST]
)
def test_a_plain_name_of_any_script_passes(name: str) -> None:
    assert name_fault(name) is None


@pytest.mark.parametrize("path", ["a/b.txt", "return/rs7.xml", "a"])
def test_a_path_of_plain_names_passes(path: str) -> None:
    assert path_fault(path) is None


@pytest.mark.parametrize("path", ["", "/a", "a/", "a//b", "a/../b", "../a", "a/con/b", "a\\b/c"])
def test_any_other_path_is_refused(path: str) -> None:
    assert path_fault(path) is not None


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=150))
def test_a_key_of_any_letters_becomes_a_plain_name(key: str) -> None:
    name = f"reconfirmation-{file_safe(key)}.html"
    assert name_fault(name) is None
    assert set(name) <= {*string.ascii_lowercase, *string.digits, *"-._~"}
