"""Whatever order people and machines do things in, a return arrives once, a signed one never changes, numbers have no gap.

Any step at any time, evidence that changes in between, an other side that takes, rejects, loses what it is sent or its own
answers, or is not there: after each step the store and the other side's own record are compared. Claims are made once for
each state of the evidence, everything else is the real thing.
"""

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any
from unittest.mock import patch

import orjson
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from ecegateway.builtin.infohub_transport import InfoHub
from ecegateway.contract import HttpGet
from ecegateway.errors import AnswerLostError, EvidenceMissingError, ReturnError, SourceFatalError
from ecegateway.evidence.store import open_evidence
from ecegateway.flows import return_making
from ecegateway.flows.check import seen
from ecegateway.flows.claim import Prepared
from ecegateway.flows.return_making import Wish
from ecegateway.flows.return_reading import StandingReturn, all_returns, content
from ecegateway.flows.return_sending import Answer
from ecegateway.flows.ways import Way
from ecegateway.model.rs7 import Rs7Return
from ecegateway.outbound import HttpPost, SendAnswer, SendAsk
from ecegateway.returns.conditions import figures_are_the_same, same_person
from ecegateway.returns.life import Handing, ReturnState, Step
from ecegateway.signing.keyring import Keyring
from ecegateway.transport.handing import Done
from ecegateway.transport.limits import Limits
from tests.support.filing import NOW, PREPARER, RECORDS, SIGNER, TUESDAY, Centre
from tests.support.ministry import Waits
from tests.support.records import PERIOD, SERVICE, prepared, shift

MOODS = ("takes", "takes", "rejects", "decides later", "loses the request", "loses the answer", "is silent", "is not there")
NUMBERS, PEOPLE = st.integers(1, 4), st.sampled_from((PREPARER, SIGNER))


@cache
def claim_of(state: int) -> Prepared:
    """The claim once so many shifts were added."""
    return prepared(*RECORDS, *(shift(TUESDAY, "08:00-15:00", f"x{number}") for number in range(state)))


@cache
def new_store() -> Path:
    """A store in which the absences of the period were looked at, to be copied."""
    folder = Path(tempfile.mkdtemp())
    with open_evidence(f"sqlite:///{folder / 'evidence.db'}", create=True) as evidence:
        evidence.record_check(SERVICE, str(PERIOD), "", NOW, NOW, seen(claim_of(0).claim.findings))
    return folder


class Office:
    """The other side, in memory: what arrived under which key, what it has, and how it behaves."""

    whose = "an office"

    def __init__(self) -> None:
        self.mood = "takes"
        self.arrived: Counter[str] = Counter()
        self.has: dict[str, tuple[bytes, str]] = {}

    def carry_out(self, ask: SendAsk, *, seconds: float) -> Done:
        del seconds
        if self.mood == "is not there":
            raise SourceFatalError("nobody is there")
        if isinstance(ask, HttpPost):
            return Done(self._take(dict(ask.headers)["Idempotency-Key"], ask.body))
        if self.mood == "is silent":
            raise AnswerLostError("silence")
        assert isinstance(ask, HttpGet)
        key = ask.params[0][1]
        return Done(self._says(key) if key in self.has else _refuses(404, "unknown-key"))

    def close(self) -> None:
        """Nothing is held open."""

    def _take(self, key: str, body: bytes) -> SendAnswer:
        if self.mood == "loses the request":
            raise AnswerLostError("cut")
        self.arrived[key] += 1
        state = {"rejects": "rejected", "decides later": "received"}.get(self.mood, "accepted")
        self.has.setdefault(key, (body, state))
        if self.mood in ("loses the answer", "is silent"):
            raise AnswerLostError("cut")
        return self._says(key)

    def decide(self) -> None:
        self.has = {key: (body, "accepted" if state == "received" else state) for key, (body, state) in self.has.items()}

    def _says(self, key: str) -> SendAnswer:
        body, state = self.has[key]
        said = {"format": "ecegateway.receipt", "version": 1, "state": state, "sha256": sha256(body).hexdigest()}
        return SendAnswer(200, orjson.dumps({**said, "reference": "R", "reasons": []}))


def _refuses(status: int, code: str) -> SendAnswer:
    return SendAnswer(status, orjson.dumps({"reasons": [{"code": code, "says": "no"}]}))


class Lives(RuleBasedStateMachine):
    """Returns of one service and period."""

    @initialize()
    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        shutil.copytree(new_store(), self.folder, dirs_exist_ok=True)
        self.centre = Centre(open_evidence(f"sqlite:///{self.folder / 'evidence.db'}"), Keyring(self.folder / "keys"))
        self.office = Office()
        self.way = Way(InfoHub.description, InfoHub().create({}), None, self.office, Limits(attempts=2), sleep=Waits())
        self.state = 0
        self.signed: dict[int, dict[str, bytes]] = {}
        self.patched = patch.object(return_making, "prepare_claim", lambda *_, **__: claim_of(self.state))
        self.patched.start()

    def teardown(self) -> None:
        if hasattr(self, "patched"):
            self.patched.stop()
            self.centre.verify()
            self.centre.evidence.close()
            shutil.rmtree(self.folder)

    def do(self, step: Callable[[], Any]) -> None:
        """Do something, or be told why not; a refusal leaves everything as it was."""
        before = self.returns()
        try:
            step()
        except (ReturnError, EvidenceMissingError):
            assert self.returns() == before

    def returns(self) -> tuple[StandingReturn, ...]:
        return all_returns(self.centre.evidence, SERVICE, PERIOD)

    @rule(state=st.integers(0, 2))
    def evidence_changes(self, state: int) -> None:
        self.state = state

    @rule(by=PEOPLE, reason=st.sampled_from(("", "a shift was left out")))
    def prepare(self, by: str, reason: str) -> None:
        self.do(lambda: self.centre.prepare(Wish(reason=reason), by=by))

    @rule(number=NUMBERS)
    def validate(self, number: int) -> None:
        self.do(lambda: self.centre.validate(number))

    @rule(number=NUMBERS)
    def attest(self, number: int) -> None:
        self.do(lambda: self.centre.attest(number))

    @rule(number=NUMBERS, by=PEOPLE)
    def sign(self, number: int, by: str) -> None:
        self.do(lambda: self.centre.sign(number, by))

    @rule(number=NUMBERS, mood=st.sampled_from(MOODS))
    def submit(self, number: int, mood: str) -> None:
        self.office.mood = mood
        self.do(lambda: self.centre.submit(number, self.way))

    @rule(number=NUMBERS)
    def ask(self, number: int) -> None:
        self.do(lambda: self.centre.ask(number, self.way))

    @rule()
    def office_decides(self) -> None:
        self.office.decide()

    @rule(number=NUMBERS)
    def withdraw(self, number: int) -> None:
        self.do(lambda: self.centre.withdraw(number))

    @rule(number=NUMBERS)
    def a_person_hears_that_it_was_taken(self, number: int) -> None:
        """Only of what was really taken: a person who says what is not so is beyond any machine."""
        one = next((one for one in self.returns() if one.number == number), None)
        if one is not None and one.deliveries and self.office.has.get(one.deliveries[-1].key, (b"", ""))[1] == "accepted":
            self.do(lambda: self.centre.receive(number, Answer(taken=True)))

    @rule(mood=st.sampled_from(MOODS))
    def the_newest_goes_all_the_way(self, mood: str) -> None:
        """So that long lives are met often."""
        self.prepare("Hana Parata", "a shift was left out")
        if found := self.returns():
            for step in (self.validate, self.attest):
                step(found[-1].number)
            self.sign(found[-1].number, SIGNER)
            self.submit(found[-1].number, mood)

    @invariant()
    def everything_holds(self) -> None:
        if not hasattr(self, "centre"):
            return
        found = self.returns()
        assert [one.kept.revision for one in found] == list(range(1, len(found) + 1))
        assert sum(one.state is ReturnState.RECEIVED for one in found) <= 1
        assert set(self.office.arrived.values()) <= {1}
        self._signed_ones_stand(found)
        self._records_agree(found)

    def _signed_ones_stand(self, found: tuple[StandingReturn, ...]) -> None:
        for one in found:
            signed = one.kept.step(Step.SIGNED)
            if signed is not None:
                assert not same_person(one.kept.by, signed.by)
                assert self.signed.setdefault(one.number, self.centre.files(one.number)) == self.centre.files(one.number)

    def _records_agree(self, found: tuple[StandingReturn, ...]) -> None:
        """Everything there was signed and ordered here; what we say of it is never more than what is so."""
        keys = {tried.key: one for one in found for tried in one.deliveries}
        assert self.office.has.keys() <= keys.keys()
        for key, one in keys.items():
            body, state = self.office.has.get(key, (b"", "nothing"))
            assert body in (b"", self.signed[one.number]["rs7.xml"])
            if one.was_taken:
                assert state == "accepted"
            if one.standing.handing is Handing.NOT_SENT:
                assert state == "nothing"
        taken = [self._content(one) for one in found if one.was_taken]
        assert not any(figures_are_the_same(*pair) for pair in pairwise(taken))

    def _content(self, one: StandingReturn) -> Rs7Return:
        with self.centre.evidence.inspecting() as connection:
            return content(connection, one.kept)


Lives.TestCase.settings = settings(max_examples=10, stateful_step_count=20, deadline=None)
TestLives = Lives.TestCase
