"""The student index without a network: what is asked, and what is made of each answer, readable or not."""

from collections.abc import Generator
from datetime import date
from typing import Any

import orjson
import pytest

from ecegateway.builtin.infohub_transport import InfoHub
from ecegateway.builtin.nsi_index import UNREADABLE, NsiIndex
from ecegateway.contract import HttpGet
from ecegateway.errors import ConfigError, IntakeError
from ecegateway.outbound import Candidate, Found, HttpPost, Identity, Merge, Reason, SendAnswer, SendAsk

WHO = Identity("Tūmanako", ("Mārama", "Aroha"), date(2023, 8, 1), "F")
ROW: dict[str, Any] = {
    "NSN": "0999000001",
    "FamilyName": "Tumanako",
    "Given1Name": "Marama",
    "Given2Name": None,
    "BirthDate": "2023-08-01",
    "DeathDate": None,
    "CreatedDate": "20240102030405",
    "RecordStatus": "A",
    "MatchScore": "100",
    "NameBirthDateVerification": "P",
}


def index() -> NsiIndex:
    found = InfoHub().student_index({"student_index": {"search_path": "/nsi/search"}})
    assert found is not None
    return found


def play(generator: Generator[SendAsk, SendAnswer, Any], status: int, value: Any) -> tuple[SendAsk, Any]:
    ask = next(generator)
    body = value if isinstance(value, bytes) else orjson.dumps(value)
    with pytest.raises(StopIteration) as end:
        generator.send(SendAnswer(status, body, "application/json"))
    return ask, end.value.value


def found(value: Any, status: int = 200) -> Found:
    given = play(index().search(WHO), status, value)[1]
    assert isinstance(given, Found)
    return given


def test_a_search_sends_names_birth_date_and_gender_and_reads_records_as_they_are() -> None:
    ask, given = play(index().search(WHO), 200, {"Students": [ROW]})
    assert isinstance(ask, HttpPost)
    assert ask.path == "/nsi/search"
    assert orjson.loads(ask.body) == {
        "FamilyName": "Tūmanako",
        "Given1Name": "Mārama",
        "Given2Name": "Aroha",
        "BirthDate": "2023-08-01",
        "Gender": "F",
    }
    who = Identity("Tumanako", ("Marama",), date(2023, 8, 1), "U")
    assert given == Found((Candidate("0999000001", who, 100, "active", "passport"),))


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"RecordStatus": "I"}, "inactive"),
        ({"RecordStatus": "Merged"}, "merged"),
        ({"DeathDate": "2024-01-01"}, "deceased"),
        ({"RecordStatus": "X"}, "x"),
        ({"RecordStatus": None}, "active"),
    ],
)
def test_statuses_of_records(changes: dict[str, Any], status: str) -> None:
    (one,) = found({"Students": [{**ROW, **changes}]}).candidates
    assert one.status == status


def test_what_is_left_out_is_not_invented() -> None:
    bare = {"NSN": 999000002, "FamilyName": "Tūī", "BirthDate": "2023-08-01"}
    (one,) = found({"Students": [bare]}).candidates
    assert one == Candidate("999000002", Identity("Tūī", ("~",), date(2023, 8, 1), "U"), None, "active", "unverified")


def test_messages_are_told_with_their_codes() -> None:
    said = {"error": {"MessageList": [{"MessageCode": 784, "MessageDescription": "Too many"}]}}
    assert found(said) == Found((), (Reason("784", "Too many"),))
    assert found(said, 400) == Found((), (Reason("784", "Too many"),))


@pytest.mark.parametrize(
    "value",
    [
        b"\xff<",
        [],
        {},
        {"Students": {}},
        {"Students": ["x"]},
        {"Students": [{**ROW, "NSN": "12a"}]},
        {"Students": [{**ROW, "NSN": True}]},
        {"Students": [{**ROW, "BirthDate": "1 August"}]},
        {"Students": [{**ROW, "MatchScore": "high"}]},
        {"Students": [{**ROW, "FamilyName": None}]},
        {"Students": [], "error": []},
        b'{"Students": [], "Students": []}',
    ],
)
def test_an_answer_that_cannot_be_read_says_so_and_shows_nothing(value: Any) -> None:
    given = found(value)
    assert (given.candidates, given.reasons[0].code) == ((), UNREADABLE)
    assert "Tumanako" not in given.reasons[0].says


def test_a_status_without_words_is_no_result() -> None:
    assert found({}, 500).reasons[0].code == "500"


def test_an_addition_carries_its_key_and_document_and_gives_the_record() -> None:
    ask, made = play(index().add(WHO, "Birth certificate", "k-1"), 201, {"Students": [ROW]})
    assert isinstance(ask, HttpPost)
    assert ask.headers == (("Idempotency-Key", "k-1"),)
    assert orjson.loads(ask.body)["NameBirthDateVerification"] == "B"
    assert isinstance(made, Candidate)
    for status, value in ((200, {"Students": []}), (500, {"Students": [ROW]}), (201, {"Students": [ROW, ROW]})):
        _, refused = play(index().add(WHO, "passport", "k-1"), status, value)
        assert isinstance(refused, Found)
        assert refused.reasons


def test_merges_go_on_from_a_position() -> None:
    ask, told = play(index().merges("7"), 200, {"Merges": [{"NSN": "1", "MasterNSN": "2"}], "Next": "8"})
    assert ask == HttpGet("/student-index/merges", (("after", "7"),))
    assert told == ((Merge("1", "2"),), "8")
    generator = index().merges(None)
    assert next(generator) == HttpGet("/student-index/merges")
    with pytest.raises(IntakeError, match="cannot be read"):
        generator.send(SendAnswer(200, b"{}"))


def test_without_settings_no_index_is_reached_and_wrong_ones_are_told() -> None:
    assert InfoHub().student_index({}) is None
    with pytest.raises(ConfigError, match=r"student_index\.search_path"):
        InfoHub().student_index({"student_index": {"search_path": "nsi"}})
