"""The simulated Ministry's desk: what it took and what it said to it, in order. What it took under a key stays the same."""

import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from ecegateway.errors import ExportError
from ecegateway.outbound import Reason
from ecegateway.testing.ministry_checks import RETURN, CheckSchema, Letter, TakenVersion, faults_of, read_letter
from ecegateway.testing.ministry_words import receipt, refuses, says
from ecegateway.testing.vendor_faults import Reply

ACCEPTED, RECEIVED, REJECTED = "accepted", "received", "rejected"
_STATUS = {ACCEPTED: 200, RECEIVED: 202, REJECTED: 400}


@dataclass(frozen=True, slots=True)
class Taken:
    """A submission and what became of it."""

    key: str
    family: str
    service: str
    entity: str
    period: str
    content: bytes
    body: bytes
    reference: str
    state: str
    reasons: tuple[Reason, ...] = ()

    @property
    def sha256(self) -> str:
        """Of the bytes as they came."""
        return sha256(self.body).hexdigest()


class Office:
    """Takes submissions, and answers after them.

    Args:
        now: The office's clock.
        services: The services it knows; ``None`` for any.
        versions: Which versions of a family's payload it takes from when to when; any, of a family not named.
        schema: How a family's bytes are checked.
    """

    def __init__(
        self,
        now: Callable[[], datetime],
        services: Collection[str] | None,
        versions: Collection[TakenVersion],
        schema: CheckSchema,
    ) -> None:
        self._now = now
        self._services = services
        self._versions = versions
        self._schema = schema
        self._lock = threading.Lock()
        self._all: list[Taken] = []
        self._references = 0
        self.looks_for_duplicates = True
        self.knows_keys = True
        self.decides_at_once = True
        self.next_rejections: list[tuple[Reason, ...]] = []

    def submissions(self) -> tuple[Taken, ...]:
        """Everything looked at, in order, the rejected too; a rejected one that came again stands where it came last."""
        with self._lock:
            return tuple(self._all)

    def submit(self, key: str, body: bytes) -> Reply:
        """Look at a submission and take it, or say why not. The same again gets the same answer."""
        with self._lock:
            held = self._newest(key) if self.knows_keys else None
            if held is not None and held.body != body:
                return refuses(409, Reason("key", "this key was used for other bytes"))
            if held is None or held.state == REJECTED:
                if held is not None:
                    self._all.remove(held)
                held = self._look_at(key, body)
                self._all.append(held)
        return _answer(held)

    def status(self, key: str) -> Reply:
        """What became of a key."""
        with self._lock:
            held = self._newest(key)
        if held is None:
            return refuses(404, Reason("unknown-key", "nothing came under this key"))
        return says(200, receipt(held.state, held.sha256, held.reference, held.reasons))

    def decide(self, key: str, reasons: Sequence[Reason] = ()) -> None:
        """Take what was received so far only, or reject it.

        Raises:
            KeyError: nothing waits under this key.
        """
        with self._lock:
            held = self._newest(key)
            if held is None or held.state != RECEIVED:
                raise KeyError(key)
            decided = replace(held, state=REJECTED if reasons else ACCEPTED, reasons=tuple(reasons))
            self._all[self._all.index(held)] = decided

    def _newest(self, key: str) -> Taken | None:
        return next((taken for taken in reversed(self._all) if taken.key == key), None)

    def _look_at(self, key: str, body: bytes) -> Taken:
        self._references += 1
        try:
            letter = read_letter(body)
        except ExportError as error:
            return Taken(key, "", "", "", "", b"", body, self._reference(), REJECTED, (Reason("schema", str(error)),))
        reasons = self.next_rejections.pop(0) if self.next_rejections else self._reasons(letter, body)
        state = REJECTED if reasons else ACCEPTED if self.decides_at_once else RECEIVED
        said = (letter.family, letter.service, letter.entity, letter.period, letter.content)
        return Taken(key, *said, body, self._reference(), state, reasons)

    def _reasons(self, letter: Letter, body: bytes) -> tuple[Reason, ...]:
        found = list(
            faults_of(
                letter,
                body,
                services=self._services,
                versions=self._versions,
                schema=self._schema,
                now=self._now(),
            )
        )
        if self.looks_for_duplicates:
            found += self._duplicates(letter)
        return tuple(found)

    def _duplicates(self, letter: Letter) -> list[Reason]:
        same = [
            taken
            for taken in self._all
            if taken.state != REJECTED and (taken.family, taken.service) == (letter.family, letter.service)
        ]
        if letter.family == RETURN and letter.first and any(taken.period == letter.period for taken in same):
            return [Reason("duplicate", "a first return of this service and period is here already", "PeriodStartDate")]
        of_entity = [taken for taken in same if taken.entity == letter.entity]
        if of_entity and of_entity[-1].content == letter.content:
            return [Reason("identical", "it says what the last one said")]
        return []

    def _reference(self) -> str:
        return f"R-{self._references:06}"


def _answer(taken: Taken) -> Reply:
    if taken.state == REJECTED:
        return refuses(_STATUS[REJECTED], *taken.reasons)
    return says(_STATUS[taken.state], receipt(taken.state, taken.sha256, taken.reference))
