from collections.abc import Mapping
from typing import Any

import pytest

from ecegateway.contract import Deletion, Draft, Feed, Item, Refusal
from ecegateway.errors import PluginContractError
from ecegateway.evidence.record import State
from ecegateway.intake.accept import Accepted, accept
from ecegateway.model.ids import ServiceNumber
from ecegateway.reading import read_json

SERVICE = ServiceNumber("10842")
FEED = Feed("records", SERVICE, frozenset({"note", "attendance", "enrolment"}))
COLUMNS = {"note": {"text": "Remark"}, "attendance": {"sign_in.by": "SignedInBy", "sign_in": "SignIn"}}


def note(key: str | None = "n1", **more: Any) -> dict[str, Any]:
    return {"service": SERVICE, "key": key, "day": "2026-02-03", "text": "Karakia"} | more


def stay(**more: Any) -> dict[str, Any]:
    return {"service": SERVICE, "key": "a1", "child": "c1", "arrived": "2026-02-03T08:30:00+13:00"} | more


def take(*items: Item) -> Accepted:
    return accept(items, FEED, "/records", COLUMNS)


def only_fault(stream: str, fields: Mapping[str, Any]) -> tuple[str | None, str]:
    accepted = take(Draft("note", note("good"), 1), Draft(stream, fields, 2))
    assert [s.key for s in accepted.statements["note"]] == ["good"]
    (fault,) = accepted.quarantined
    assert (fault.row, fault.stream, fault.feed, fault.origin, fault.service) == (2, stream, "records", "/records", SERVICE)
    return fault.column, fault.reason


def test_good_rows_become_statements_in_order_with_equal_digests_for_equal_content() -> None:
    accepted = take(Draft("note", note("b"), 1), Draft("attendance", stay(), 2), Draft("note", note("a"), 3))
    assert [s.key for s in accepted.statements["note"]] == ["b", "a"]
    assert [s.key for s in accepted.statements["attendance"]] == ["a1"]
    again = take(Draft("note", dict(reversed(note("b").items())), 9))
    assert again.statements["note"][0] == accepted.statements["note"][0]
    assert accepted.quarantined == []


@pytest.mark.parametrize(
    ("stream", "fields", "column", "words"),
    [
        ("note", note(text=""), "Remark", "must have at least 1 character"),
        ("note", {"key": "n1", "service": SERVICE}, "day", "(and 1 more fault in this row)"),
        ("note", note(day="2 March"), "day", "must be a date, for instance"),
        ("note", note(text=7), "Remark", "must be text"),
        ("note", {"key": "n1"}, "service", "needs this field, and it is not given (and 2 more faults in this row)"),
        ("note", note(key=" "), "key", "look for blanks"),
        ("note", note(key=None), "key", "must be text"),
        ("note", note(nickname="Ngāio"), None, "a field the record does not know"),
        ("note", note(service="20517"), "service", "another service"),
        ("note", note(text="a\0b"), None, "U+0000"),
        ("note", note(text="\ud800"), "Remark", "unicode"),
        ("attendance", stay(arrived="2026-02-03T08:30:00"), "arrived", "timezone"),
        ("attendance", stay(sign_in={"method": "signed", "by": ""}), "SignedInBy", "at least 1"),
        ("attendance", stay(sign_in={"method": "waved"}), "SignIn", "must be"),
        ("enrolment", {"service": SERVICE, "key": "e", "child": "c", "agreement": "g", "effective_from": "2026-02-02",
                       "other_service_minutes": 2**60}, None, "2^53"),
    ],
)  # fmt: skip
def test_a_bad_row_is_set_apart_by_itself(stream: str, fields: dict[str, Any], column: str | None, words: str) -> None:
    found, reason = only_fault(stream, fields)
    assert found == column
    assert words in reason
    assert "Ngāio" not in reason


@pytest.mark.parametrize(
    "text",
    ['{"day": "2026-02-03", "day": "2026-02-04"}', '{"size": 1e999}', '{"size": NaN}'],
)
def test_an_object_that_cannot_be_believed_is_refused_however_deep_it_lies(text: str) -> None:
    poisoned = read_json(text.encode())
    for fields in (poisoned, stay(sign_in=poisoned), stay(sheet=[[poisoned]])):
        _, reason = only_fault("attendance", fields)
        assert reason
    inside = {"method": "signed"}
    poisoned.clear()
    poisoned.update(inside)
    assert only_fault("attendance", stay(sign_in=poisoned))[1] == poisoned.poison


def test_refusals_and_unmatched_deletions_are_set_apart() -> None:
    accepted = take(
        Refusal(1, "Remark\n", "the row\nis short"),
        Deletion("note", None, 2),
        Deletion("note", "", 3),
        Deletion("note", "a\0b", 4),
        Deletion("note", "n7", 5),
    )
    assert sorted((q.row, q.stream, q.column) for q in accepted.quarantined) == [
        (1, None, "Remark "),
        (2, "note", None),
        (3, "note", None),
        (4, "note", None),
    ]
    assert "the row is short" in {q.reason for q in accepted.quarantined}
    (gone,) = accepted.statements["note"]
    assert (gone.key, gone.state, gone.content, gone.digest) == ("n7", State.DELETED, "", b"")


def test_the_key_of_a_row_that_cannot_be_read_is_noted() -> None:
    assert take(Draft("note", note("n9", text=""), 1)).unreadable == {"note": {"n9"}}


@pytest.mark.parametrize(
    "item",
    [
        Draft("child", note(), 1),
        Draft("nonsense", note(), 1),
        Draft(["note"], note(), 1),  # type: ignore[arg-type]
        Draft("note", None, 1),  # type: ignore[arg-type]
        Refusal("one", None, "x"),  # type: ignore[arg-type]
        Refusal(2**60, None, "x"),
        note(),
        None,
    ],
)
def test_what_breaks_the_contract_is_no_row(item: Any) -> None:
    with pytest.raises(PluginContractError):
        take(item)
