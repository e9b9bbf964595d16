"""What differs is named by day and column, whatever the shape of the document, and no name of a person is told."""

from collections.abc import Callable
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecegateway.bundle.differences import Difference, differences

DAYS = [{"date": f"2026-02-{day:02}", "under_two": day, "plus_ten": {"hours": 1, "minutes": 60}} for day in range(1, 6)]


def told(said: Any, made: Any, file: str = "rs7.json") -> list[Difference]:
    return list(differences(file, orjson.dumps(said), orjson.dumps(made)))


@given(st.integers(0, 4), st.sampled_from(["under_two", "hours", "minutes"]), st.integers(-9, 99))
def test_one_figure_changed_is_one_difference_with_its_day_and_its_column(at: int, column: str, figure: int) -> None:
    said: Any = orjson.loads(orjson.dumps({"days": DAYS}))
    cell = said["days"][at] if column == "under_two" else said["days"][at]["plus_ten"]
    before, cell[column] = cell[column], figure
    words = "under two" if column == "under_two" else f"plus ten, {column}"
    expected = [] if before == figure else [Difference("rs7.json", f"2026-02-0{at + 1}", words, str(figure), str(before))]
    assert told(said, {"days": DAYS}) == expected


_LEAVES = st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from(["", "a", "Ngāio", "2026-02-03"])
_DOCUMENTS = st.recursive(
    _LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["date", "child", "x"]), inner, max_size=3),
)


@given(_DOCUMENTS, _DOCUMENTS)
def test_documents_differ_if_and_only_if_a_difference_is_told(said: Any, made: Any) -> None:
    assert bool(told(said, made)) == (orjson.dumps(said) != orjson.dumps(made))


def test_a_day_left_out_or_put_in_or_moved_is_told() -> None:
    (out,) = told({"days": DAYS[1:]}, {"days": DAYS})
    assert (out.day, out.said, out.recomputed) == ("2026-02-01", "nothing", "3 fields")
    (put_in,) = told({"days": DAYS}, {"days": DAYS[1:]})
    assert (put_in.day, put_in.said, put_in.recomputed) == ("2026-02-01", "3 fields", "nothing")
    (moved,) = told({"days": DAYS[::-1]}, {"days": DAYS})
    assert moved.column == "order"


@pytest.mark.parametrize("text", ["Ngāio Tūmanako", "Ngāio", "NGAIO", "ngaio", "1 Main Street", "045550101", "100000001"])
def test_what_may_be_a_name_is_not_told(text: str) -> None:
    (one,) = told({"by": text}, {"by": "somebody else"})
    assert (one.said, one.recomputed) == ("(a text)", "(a text)")


def test_figures_days_and_words_of_ours_are_told() -> None:
    for value in (7, None, True, "7", "held", "2026-02-09", "2026-06-02T09:00:00.000Z", "attendance.no-record", "a" * 64):
        (one,) = told({"x": value}, {"x": 99})
        assert one.said == (value if isinstance(value, str) else orjson.dumps(value).decode())


XML = "<r xmlns='urn:x' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'>{}</r>"
DAY = "<DayCounts><CountsDate>2026-02-0{}</CountsDate><Count>{}</Count></DayCounts>"


def test_xml_is_compared_by_its_elements() -> None:
    made = XML.format(DAY.format(2, 6) + DAY.format(3, 6)).encode()
    (one,) = differences("rs7.xml", XML.format(DAY.format(2, 6) + DAY.format(3, 7)).encode(), made)
    assert one == Difference("rs7.xml", "2026-02-03", "r, Count", "7", "6")
    nil = XML.format(DAY.format(2, 6) + DAY.format(3, 6).replace("<Count>6</Count>", "<Count xsi:nil='true'/>")).encode()
    assert [(found.said, found.recomputed) for found in differences("rs7.xml", nil, made)] == [("0", "6")]


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("a.json", b"{"),
        ("a.xml", b"<a>"),
        ("a.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;<c>"),
        ("a.xlsx", b"PK"),
    ],
)
def test_what_cannot_be_read_is_told_and_not_opened(file: str, said: bytes) -> None:
    (one,) = differences(file, said, b"{}")
    assert (one.column, one.said) == ("the whole file", "unreadable")


CHANGES: tuple[tuple[str, Callable[[bytes], bytes], str], ...] = (
    ("another line", lambda content: content.replace(b"two", b"2"), "line 2"),
    ("a line more", lambda content: content + b"four\n", "line 4"),
    ("a line less", lambda content: content.replace(b"three\n", b""), "line 3"),
    ("an end of line less", lambda content: content.rstrip(), "line 4"),
)


@pytest.mark.parametrize(
    ("change", "where"), [(change, where) for _, change, where in CHANGES], ids=[name for name, *_ in CHANGES]
)
def test_a_page_is_compared_line_by_line(change: Callable[[bytes], bytes], where: str) -> None:
    made = b"one\ntwo\nthree\n"
    (one,) = differences("a.html", change(made), made)
    assert one.column == where
    assert "two" not in one.said + one.recomputed


def test_json_written_another_way_is_told_by_its_line() -> None:
    (one,) = differences("a.json", b'{"a": 1}', b'{"a":1}')
    assert (one.column, one.said, one.recomputed) == ("line 1", "8 bytes", "7 bytes, others")
