"""The National Student Index over HTTP, shaped after what is public of it: field names, statuses of records, messages.

Public evidence (a client of the years 2015 to 2018, a vendor's manual) gives the names of fields of a search and its answer,
the codes of verification, and the messages 784 (too many results), 785 (none) and 934. Addresses, the body of an addition and
the notices of merges are not public: they are settings and shapes of our own here, which the simulated index takes.
"""

from collections.abc import Generator, Mapping, Sequence
from datetime import date
from typing import Annotated, Any

import orjson
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from ecegateway.contract import HttpGet
from ecegateway.errors import IntakeError
from ecegateway.outbound import Candidate, Found, HttpPost, Identity, Merge, Reason, SendAnswer, SendAsk
from ecegateway.reading import PoisonedObject, read_json

UNREADABLE = "unreadable"
_GIVEN = ("Given1Name", "Given2Name", "Given3Name")
_GOOD = frozenset({200, 201})
_VERIFICATIONS = {"U": "unverified", "P": "passport", "B": "birth certificate", "O": "other", "M": "other"}
_STATUSES = {
    "": "active",
    "A": "active",
    "ACTIVE": "active",
    "I": "inactive",
    "INACTIVE": "inactive",
    "M": "merged",
    "MERGED": "merged",
}
_DOCUMENTS = {"passport": "P", "birth certificate": "B"}
_SINGLE_NAME = "~"
_JSON = "application/json"
_Path = Annotated[str, StringConstraints(pattern=r"^/")]


class StudentIndexSettings(BaseModel):
    """Where the index is asked, below the transport's address; every default is our own."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    search_path: _Path = "/student-index/searches"
    add_path: _Path = "/student-index/students"
    merges_path: _Path = "/student-index/merges"
    after_parameter: Annotated[str, Field(min_length=1, max_length=200)] = "after"
    key_header: Annotated[str, Field(min_length=1, max_length=200)] = "Idempotency-Key"


class NsiIndex:
    """Searches, adds and follows merges."""

    def __init__(self, settings: StudentIndexSettings) -> None:
        self._settings = settings

    def search(self, who: Identity) -> Generator[SendAsk, SendAnswer, Found]:
        """Records that may be this child's, in the index's own order; an answer that cannot be read says so."""
        answer = yield HttpPost(self._settings.search_path, orjson.dumps(_fields(who)), _JSON)
        return _found(answer)

    def add(self, who: Identity, document: str, key: str) -> Generator[SendAsk, SendAnswer, Candidate | Found]:
        """A new record under the key, so that asking twice makes one; or why there is none."""
        verified = _DOCUMENTS.get(document.casefold(), "O")
        said = {**_fields(who), "NameBirthDateVerification": verified}
        headers = ((self._settings.key_header, key),)
        answer = yield HttpPost(self._settings.add_path, orjson.dumps(said), _JSON, headers)
        found = _found(answer)
        if answer.status in _GOOD and not found.reasons and len(found.candidates) == 1:
            return found.candidates[0]
        return found if found.reasons else Found(found.candidates, (_unknown(answer),))

    def merges(self, after: str | None) -> Generator[SendAsk, SendAnswer, tuple[tuple[Merge, ...], str]]:
        """Merges after a position, and the position to go on from.

        Raises:
            IntakeError: the answer cannot be read.
        """
        params = () if after is None else ((self._settings.after_parameter, after),)
        answer = yield HttpGet(self._settings.merges_path, params)
        value = _object(answer)
        position = value.get("Next")
        if answer.status not in _GOOD or not isinstance(position, str):
            raise IntakeError(f"the merges came with status {answer.status} and cannot be read")
        merges = _rows(value, "Merges")
        return tuple(Merge(_text(row, "NSN"), _text(row, "MasterNSN")) for row in merges), position


def _fields(who: Identity) -> dict[str, str]:
    given = dict(zip(_GIVEN, who.given_names, strict=False))
    return {"FamilyName": who.family_name, **given, "BirthDate": who.birth_date.isoformat(), "Gender": who.gender}


def _found(answer: SendAnswer) -> Found:
    try:
        value = _object(answer)
        reasons = _messages(value)
        if answer.status not in _GOOD and not reasons:
            return Found((), (_unknown(answer),))
        if not reasons and "Students" not in value:
            raise IntakeError("the answer has neither students nor messages")  # noqa: TRY301 - told like any other fault
        return Found(tuple(map(_candidate, _rows(value, "Students"))), reasons)
    except IntakeError as error:
        return Found((), (Reason(UNREADABLE, str(error)),))


def _unknown(answer: SendAnswer) -> Reason:
    return Reason(str(answer.status), "the index's answer does not say what became of it; ask again")


def _object(answer: SendAnswer) -> Mapping[str, Any]:
    value = read_json(answer.body)
    if not isinstance(value, dict) or isinstance(value, PoisonedObject):
        raise IntakeError("the answer is no JSON object, or one that contradicts itself")
    return value


def _rows(value: Mapping[str, Any], name: str) -> Sequence[Mapping[str, Any]]:
    rows = value.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) and not isinstance(row, PoisonedObject) for row in rows):
        raise IntakeError(f"{name} is no list of objects")
    return rows


def _messages(value: Mapping[str, Any]) -> tuple[Reason, ...]:
    error = value.get("error", {})
    if not isinstance(error, dict):
        raise IntakeError("error is no object")
    rows = _rows(error, "MessageList")
    return tuple(Reason(str(row.get("MessageCode", "")), str(row.get("MessageDescription", ""))) for row in rows)


def _candidate(row: Mapping[str, Any]) -> Candidate:
    given = tuple(name for name in (_text(row, field, "") for field in _GIVEN) if name)
    status = _text(row, "RecordStatus", "").upper()
    who = Identity(_text(row, "FamilyName"), given or (_SINGLE_NAME,), _day(row, "BirthDate"), _text(row, "Gender", "U"))
    master = _text(row, "MasterNSN", "") or None
    return Candidate(
        nsn=_number(row),
        identity=who,
        score=_score(row),
        status="deceased" if row.get("DeathDate") else _STATUSES.get(status, status.lower()),
        verification=_VERIFICATIONS.get(_text(row, "NameBirthDateVerification", "U"), "unverified"),
        master=master,
    )


def _text(row: Mapping[str, Any], field: str, default: str | None = None) -> str:
    value = row.get(field)
    value = default if value is None else value
    if not isinstance(value, str):
        raise IntakeError(f"a record has no text in {field}")
    return value.strip()


def _number(row: Mapping[str, Any]) -> str:
    """A number is text; one that comes as a JSON number is taken at its digits."""
    value = row.get("NSN")
    number = str(value) if isinstance(value, int) and not isinstance(value, bool) else _text(row, "NSN")
    if not (number.isascii() and number.isdigit()):
        raise IntakeError("a record's NSN is not digits")
    return number


def _day(row: Mapping[str, Any], field: str) -> date:
    try:
        return date.fromisoformat(_text(row, field))
    except ValueError:
        raise IntakeError(f"a record's {field} is no day") from None


def _score(row: Mapping[str, Any]) -> int | None:
    value = row.get("MatchScore")
    try:
        return None if value is None else int(str(value))
    except ValueError:
        raise IntakeError("a record's MatchScore is no number") from None
