"""A National Student Index that stands in for the Ministry's, at the simulated Ministry: invented records, ranked searches.

It takes the shapes of :mod:`ecegateway.builtin.nsi_index`. How the real one ranks and what it refuses is not public.
"""

import threading
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import orjson

from ecegateway.builtin.nsi_index import StudentIndexSettings
from ecegateway.outbound import Reason
from ecegateway.testing.ministry import MinistrySimulator
from ecegateway.testing.vendor_faults import Reply
from ecegateway.testing.vendor_server import Request

INDEX = "student index"
"""The name of the place, for faults."""
DEFINITE = 100
_WAYS = StudentIndexSettings()
_FIRST_NUMBER = 998_000_001
_GIVEN = ("Given1Name", "Given2Name", "Given3Name")
_WORTH_SHOWING = 50
_NO_RESULT = Reason("785", "No results found")
_TOO_MANY = Reason("784", "Too many results; refine the search")


@dataclass(frozen=True, slots=True)
class Student:
    """An invented record of the index."""

    nsn: str
    family_name: str
    given_names: tuple[str, ...]
    birth_date: date
    gender: str = "U"
    verification: str = "U"
    status: str = "A"
    master: str | None = None
    died: date | None = None


class MinistryIndex:
    """Answers at a simulated Ministry, once it stands :meth:`at` one.

    Args:
        students: The records it has at first.
        most: How many results it shows; more are too many.
        page: How many merges it tells at once.
    """

    def __init__(self, students: Iterable[Student] = (), *, most: int = 20, page: int = 2) -> None:
        self._students = {student.nsn: student for student in students}
        self._most, self._page = most, page
        self._merges: list[tuple[str, str]] = []
        self._added: dict[str, tuple[bytes, str]] = {}
        self._refusals: list[Reason] = []
        self._losing = 0
        self._lock = threading.Lock()

    def at(self, simulator: MinistrySimulator) -> "MinistryIndex":
        """The same index, reached below the simulator's address; its faults strike at :data:`INDEX`."""
        simulator.add_place(INDEX, "/student-index", self.respond)
        return self

    @property
    def students(self) -> tuple[Student, ...]:
        """All records, in the order they were made."""
        with self._lock:
            return tuple(self._students.values())

    def merge(self, nsn: str, master: str) -> None:
        """Merge a record into another, and give notice of it.

        Raises:
            KeyError: there is no such record.
        """
        with self._lock:
            self._students[nsn] = replace(self._students[nsn], status="M", master=self._students[master].nsn)
            self._merges.append((nsn, master))

    def refuse(self, reason: Reason) -> None:
        """Refuse the next addition."""
        self._refusals.append(reason)

    def lose_addition(self) -> None:
        """Make the next record, and cut the connection before a word."""
        self._losing += 1

    def respond(self, request: Request) -> Reply:
        """The answer to one request."""
        with self._lock:
            if request.path == _WAYS.search_path and request.method == "POST":
                return self._search(orjson.loads(request.form))
            if request.path == _WAYS.add_path and request.method == "POST":
                return self._add(request.headers.get(_WAYS.key_header.lower(), ""), request.form)
            if request.path == _WAYS.merges_path and request.method == "GET":
                return self._merges_after(int(request.params.get(_WAYS.after_parameter, "0")))
        return _refused(404, Reason("404", "no such address"))

    def _search(self, asked: dict[str, Any]) -> Reply:
        scored = sorted(((_score(asked, student), student) for student in self._students.values()), key=lambda one: -one[0])
        found = [(score, student) for score, student in scored if score >= _WORTH_SHOWING]
        if not found:
            return _refused(200, _NO_RESULT)
        if len(found) > self._most:
            return _refused(200, _TOO_MANY)
        return Reply(200, orjson.dumps({"Students": [_shown(student, score) for score, student in found]}))

    def _add(self, key: str, body: bytes) -> Reply:
        if not key:
            return _refused(400, Reason("key", "the header with the key is missing"))
        if self._refusals:
            return _refused(200, self._refusals.pop(0))
        if key in self._added and self._added[key][0] != body:
            return _refused(409, Reason("key", "the key stands for another record"))
        if key not in self._added:
            asked = orjson.loads(body)
            nsn = str(_FIRST_NUMBER + len(self._added))
            given = tuple(asked[field] for field in _GIVEN if field in asked)
            born = date.fromisoformat(asked["BirthDate"])
            verified = asked["NameBirthDateVerification"]
            self._students[nsn] = Student(nsn, asked["FamilyName"], given, born, asked["Gender"], verified)
            self._added[key] = (body, nsn)
        if self._losing:
            self._losing -= 1
            return Reply(200, b"", drop=True)
        student = self._students[self._added[key][1]]
        return Reply(201, orjson.dumps({"Students": [_shown(student, DEFINITE)]}))

    def _merges_after(self, position: int) -> Reply:
        told = self._merges[position : position + self._page]
        rows = [{"NSN": nsn, "MasterNSN": master} for nsn, master in told]
        return Reply(200, orjson.dumps({"Merges": rows, "Next": str(position + len(told))}))


def _score(asked: dict[str, Any], student: Student) -> int:
    """How like a record is to what was asked, of a hundred: birth date 50, family name 25, first given name 25."""
    given = [_plain(asked.get(field, "")) for field in _GIVEN]
    theirs = [*map(_plain, student.given_names), "", "", ""]
    same = (
        asked["BirthDate"] == student.birth_date.isoformat(),
        _plain(asked["FamilyName"]) == _plain(student.family_name),
        given[0] == theirs[0],
    )
    score = 50 * same[0] + 25 * same[1] + 25 * same[2]
    return score if score < DEFINITE or given == theirs[:3] else DEFINITE - 1


def _plain(name: str) -> str:
    apart = unicodedata.normalize("NFD", name.casefold())
    return "".join(character for character in apart if not unicodedata.combining(character))


def _shown(student: Student, score: int) -> dict[str, Any]:
    return {
        "NSN": student.nsn,
        "FamilyName": student.family_name,
        **dict(zip(_GIVEN, student.given_names, strict=False)),
        "BirthDate": student.birth_date.isoformat(),
        "DeathDate": None if student.died is None else student.died.isoformat(),
        "Gender": student.gender,
        "RecordStatus": student.status,
        "MatchScore": str(score),
        "NameBirthDateVerification": student.verification,
        "MasterNSN": student.master,
    }


def _refused(status: int, reason: Reason) -> Reply:
    message = {"MessageCode": reason.code, "MessageDescription": reason.says}
    return Reply(status, orjson.dumps({"Students": [], "error": {"MessageList": [message]}}))
