"""The two built-in transports without a network: what they ask, and what they make of each answer."""

from collections.abc import Generator, Mapping
from hashlib import sha256
from typing import Any

import orjson
import pytest

from ecegateway.builtin.folder_transport import FolderOutbox
from ecegateway.builtin.infohub_transport import InfoHub
from ecegateway.builtin.receipts import read_receipt
from ecegateway.contract import HttpGet
from ecegateway.errors import ConfigError, IntakeError
from ecegateway.outbound import HttpPost, LookForFile, Outcome, Reason, Receipt, SendAnswer, SendAsk, WriteFile
from tests.support.ministry import letter, outgoing

OUT = outgoing("return 10842-2026-02/1", name="rs7.xml", version="2")
UNKNOWN_KEY = {"reasons": [{"code": "unknown-key", "says": "nothing came under this key"}]}
Said = Mapping[str, Any]


def receipt(**changes: Any) -> bytes:
    said = {
        "format": "ecegateway.receipt",
        "version": 1,
        "state": "accepted",
        "sha256": sha256(letter()).hexdigest(),
        "reference": "R-1",
        "reasons": [],
    }
    return orjson.dumps({key: value for key, value in (said | changes).items() if value is not ...})


def play(generator: Generator[SendAsk, SendAnswer, Any], *answers: SendAnswer) -> tuple[list[SendAsk], Any]:
    asked, waiting = [next(generator)], list(answers)
    try:
        while waiting:
            asked.append(generator.send(waiting.pop(0)))
    except StopIteration as end:
        return asked, end.value
    raise AssertionError(f"it asks on: {asked[-1]}")


def post(*answers: SendAnswer, **settings: Any) -> tuple[list[SendAsk], Any]:
    return play(InfoHub().create(settings).deliver(OUT), *answers)


def inquire(*answers: SendAnswer) -> Any:
    return play(InfoHub().create({}).inquire(OUT), *answers)[1]


def test_a_post_names_destination_key_and_version_where_the_settings_say() -> None:
    (ask,), made = post(SendAnswer(200, receipt()))
    assert ask == HttpPost(
        "/submissions",
        letter(),
        "application/xml",
        (("Ecegateway-Destination", "ELI"), ("Idempotency-Key", OUT.key), ("Ecegateway-Payload-Version", "2")),
    )
    assert made == Receipt(Outcome.ACCEPTED, "R-1")
    settings = {
        "paths": {"RS7Return": "/returns"},
        "destination_header": "To",
        "destination": "RS7",
        "key_header": "Id",
        "version_header": "V",
    }
    (ask,), _ = post(SendAnswer(200, receipt()), **settings)
    assert isinstance(ask, HttpPost)
    assert (ask.path, ask.headers) == ("/returns", (("To", "RS7"), ("Id", OUT.key), ("V", "2")))


def test_the_question_names_the_key() -> None:
    asked, made = play(
        InfoHub().create({"status_path": "/s", "status_parameter": "id"}).inquire(OUT), SendAnswer(200, receipt())
    )
    assert (asked, made) == ([HttpGet("/s", (("id", OUT.key),))], Receipt(Outcome.ACCEPTED, "R-1"))


@pytest.mark.parametrize(
    ("status", "said", "outcome", "code"),
    [
        (202, receipt(state="received"), Outcome.RECEIVED, None),
        (200, receipt(state="rejected", reasons=[{"code": "x", "says": "y"}]), Outcome.REJECTED, "x"),
        (200, b"", Outcome.UNKNOWN, "receipt"),
        (202, b"<html>", Outcome.UNKNOWN, "receipt"),
        (200, receipt(sha256="0" * 64), Outcome.UNKNOWN, "receipt"),
        (400, b'{"reasons": [{"code": "schema", "says": "line 3", "where": "ServiceId"}]}', Outcome.REJECTED, "schema"),
        (400, b"no", Outcome.REJECTED, "400"),
        (422, b"[]", Outcome.REJECTED, "422"),
        (400, b'{"reasons": [{"code": "invalid_auth", "says": "who?"}]}', Outcome.NOT_SENT, "invalid_auth"),
        (401, b"", Outcome.NOT_SENT, "401"),
        (403, b"", Outcome.NOT_SENT, "403"),
        (404, b"", Outcome.NOT_SENT, "404"),
        (429, b"", Outcome.NOT_SENT, "429"),
        (500, b"", Outcome.UNKNOWN, "500"),
        (503, b'{"reasons": [{"code": "m", "says": "maintenance"}]}', Outcome.UNKNOWN, "503"),
        (204, b"", Outcome.UNKNOWN, "204"),
    ],
)
def test_each_status_is_read_as_honestly_as_can_be(status: int, said: bytes, outcome: Outcome, code: str | None) -> None:
    _, made = post(SendAnswer(status, said))
    assert made.outcome is outcome
    assert (made.reasons[0].code if made.reasons else None) == code


def test_of_a_duplicate_it_is_asked_what_became_of_it() -> None:
    said = orjson.dumps({"reasons": [{"code": "duplicate", "says": "under another key"}]})
    asked, made = post(SendAnswer(409, said), SendAnswer(200, receipt()))
    assert isinstance(asked[1], HttpGet)
    assert made == Receipt(Outcome.ACCEPTED, "R-1")
    _, made = post(SendAnswer(409, said), SendAnswer(404, orjson.dumps(UNKNOWN_KEY)))
    assert made == Receipt(Outcome.REJECTED, None, (Reason("duplicate", "under another key"),))


@pytest.mark.parametrize("body", [b"", b"<html>not here</html>", b'{"reasons": [{"code": "address", "says": "?"}]}'])
def test_only_a_404_about_the_key_says_that_it_never_came(body: bytes) -> None:
    assert inquire(SendAnswer(404, orjson.dumps(UNKNOWN_KEY))) is None
    assert inquire(SendAnswer(404, body)).outcome is Outcome.UNKNOWN


@pytest.mark.parametrize("settings", [{"pth": "/x"}, {"path": "x"}, {"paths": {"RS7Return": "//"}, "key_header": ""}])
def test_a_wrong_setting_is_named(settings: dict[str, Any]) -> None:
    with pytest.raises(ConfigError, match=r"^\[ministry.settings\] of infohub-shaped: (pth|path|key_header): "):
        InfoHub().create(settings)


def test_the_folder_has_no_settings() -> None:
    with pytest.raises(ConfigError, match="no setting 'path'"):
        FolderOutbox().create({"path": "x"})


FOLDER = FolderOutbox().create({})


def test_a_file_is_described_before_it_lies_there() -> None:
    (described, laid), made = play(FOLDER.deliver(OUT), SendAnswer(200), SendAnswer(200))
    assert laid == WriteFile("rs7.xml", letter())
    assert made == Receipt(Outcome.LAID_OUT)
    assert isinstance(described, WriteFile)
    assert described.name == "rs7.xml.delivery.json"
    said = orjson.loads(described.body)
    assert (said["key"], said["sha256"]) == (OUT.key, sha256(letter()).hexdigest())
    assert "not Ministry-approved" in said["notice"]


@pytest.mark.parametrize("answers", [[409], [200, 409]])
def test_a_name_that_is_taken_is_told(answers: list[int]) -> None:
    _, made = play(FOLDER.deliver(OUT), *map(SendAnswer, answers))
    assert made.outcome is Outcome.NOT_SENT
    assert "take it away" in made.reasons[0].says


def test_the_answer_of_a_person_is_read_beside_the_file() -> None:
    rejected = receipt(state="rejected", reasons=[{"code": "R17", "says": "not this service", "where": "page 1"}])
    (ask,), made = play(FOLDER.inquire(OUT), SendAnswer(200, rejected))
    assert ask == LookForFile("rs7.xml.receipt.json")
    assert made == Receipt(Outcome.REJECTED, "R-1", (Reason("R17", "not this service", "page 1"),))


@pytest.mark.parametrize(
    ("answers", "made"),
    [
        ([SendAnswer(404), SendAnswer(404)], None),
        ([SendAnswer(404), SendAnswer(200, b"another")], None),
        ([SendAnswer(404), SendAnswer(200, letter())], Receipt(Outcome.LAID_OUT)),
    ],
)
def test_without_an_answer_the_file_itself_counts(answers: list[SendAnswer], made: Receipt | None) -> None:
    assert play(FOLDER.inquire(OUT), *answers)[1] == made


def test_an_answer_nobody_can_read_is_told_and_the_file_still_lies_there() -> None:
    _, made = play(FOLDER.inquire(OUT), SendAnswer(200, receipt(sha256="0" * 64)))
    assert made.outcome is Outcome.LAID_OUT
    assert made.reasons == (
        Reason(
            "receipt", "the receipt is of other bytes: its sha256 is not that of what was handed over", "rs7.xml.receipt.json"
        ),
    )


@pytest.mark.parametrize(
    "body",
    [
        b"[]",
        b"not json",
        b'{"format": "ecegateway.receipt", "format": "ecegateway.receipt"}',
        receipt(format="other"),
        receipt(version=2),
        receipt(state="maybe"),
        receipt(state=...),
        receipt(reference=7),
        receipt(reasons="late"),
        receipt(reasons=["late"]),
        receipt(reasons=[{"code": 7, "says": "late"}]),
        receipt(reasons=[{"code": "late"}]),
    ],
)
def test_what_is_no_receipt_is_not_believed(body: bytes) -> None:
    with pytest.raises(IntakeError):
        read_receipt(body, letter())
