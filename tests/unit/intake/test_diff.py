from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from ecegateway.evidence.record import Current, State
from ecegateway.intake.accept import Statement
from ecegateway.intake.diff import difference, gone_missing


def says(key: str, content: str) -> Statement:
    return Statement(key, State.PRESENT, content, sha256(content.encode()).digest())


def gone(key: str) -> Statement:
    return Statement(key, State.DELETED, "", b"")


def known(content: str, version: int = 1, state: State = State.PRESENT) -> Current:
    return Current(version, state, sha256(content.encode()).digest() if content else b"")


def test_new_changed_and_unchanged_are_told_apart() -> None:
    found = difference([says("a", "1"), says("b", "2"), says("c", "3")], {"b": known("2"), "c": known("x", 4)})
    assert [(v.key, v.version, v.content) for v in found.versions] == [("a", 1, "1"), ("c", 5, "3")]
    assert found.unchanged == 1


def test_a_key_twice_on_a_page_is_taken_in_order() -> None:
    found = difference([says("a", "1"), says("a", "1"), says("a", "2"), gone("a"), says("a", "2")], {})
    assert [(v.version, v.state, v.content) for v in found.versions] == [
        (1, State.PRESENT, "1"),
        (2, State.PRESENT, "2"),
        (3, State.DELETED, ""),
        (4, State.PRESENT, "2"),
    ]
    assert found.unchanged == 1


def test_a_deletion_says_something_new_only_of_what_was_there() -> None:
    current = {"b": known("", 2, State.DELETED), "c": known("", 2, State.MISSING), "d": known("x")}
    found = difference([gone("a"), gone("b"), gone("c"), gone("d")], current)
    assert [(v.key, v.version) for v in found.versions] == [("c", 3), ("d", 2)]


def test_the_missing_are_named_by_key_in_order() -> None:
    versions = gone_missing({"b": known("1", 3), "a": known("2")})
    assert [(v.key, v.version, v.state) for v in versions] == [("a", 2, State.MISSING), ("b", 4, State.MISSING)]


pages = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["", "1", "2"])), max_size=12)


@given(pages)
def test_saying_it_all_again_adds_at_most_what_a_page_contradicts(rows: list[tuple[str, str]]) -> None:
    statements = [says(key, content) if content else gone(key) for key, content in rows]
    whole = difference(statements, {})
    assert len(whole.versions) + whole.unchanged == len(statements)
    last_words = dict(rows)
    newest = {v.key: Current(v.version, v.state, v.digest) for v in whole.versions}
    once_more = [says(key, content) if content else gone(key) for key, content in last_words.items()]
    assert difference(once_more, newest).versions == ()
