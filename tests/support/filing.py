"""A small centre whose return goes its way: what it has on record, who works there, and each step in short."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from ecegateway.evidence.store import Evidence
from ecegateway.flows import return_making, return_reading, return_sending, return_steps
from ecegateway.flows.check import Checked, check
from ecegateway.flows.return_making import Drafted, Wish
from ecegateway.flows.return_reading import StandingReturn
from ecegateway.flows.return_sending import Answer
from ecegateway.flows.return_steps import Salaries, Signature, Validated
from ecegateway.flows.seal import seal
from ecegateway.flows.verify import verify_store
from ecegateway.flows.ways import Way
from ecegateway.handbook.policy import policy
from ecegateway.model.record import Record
from ecegateway.model.rs7 import Rs7Return
from ecegateway.outbound import Receipt
from ecegateway.returns.life import ReturnState
from ecegateway.signing.keyring import Keyring, Purpose
from tests.storage.filling import put
from tests.support.records import (
    EVERY_FACT,
    MONDAY,
    PERIOD,
    RECEIVED,
    SERVICE,
    agreement,
    child,
    confirmed,
    profile,
    staffed,
    stay,
)

PREPARER, SIGNER, OFFICE = "Aroha Parata", "Rāwiri Tūmanako", "Mere Ngata"
NOW = datetime(2026, 6, 3, 0, 0, tzinfo=UTC)
TODAY = date(2026, 6, 3)
TUESDAY = MONDAY + timedelta(days=1)
WEEK = tuple(MONDAY + timedelta(days=n) for n in range(5))
RECORDS: tuple[Record, ...] = (
    *staffed(WEEK),
    profile(),
    *child(),
    agreement(since=MONDAY, last_day=WEEK[-1]),
    *(stay(day) for day in WEEK),
    confirmed(MONDAY, WEEK[-1]),
)
"""One child who comes for one week, and a teacher."""
LATER = RECEIVED + timedelta(hours=1)
SHORTER = stay(TUESDAY, "08:25-11:35")
"""A stay made shorter in silence: its hours are held back."""
POLICY = policy({})
WHOLE, PAID = Wish(), Salaries(paid=True)


@dataclass
class Centre:
    """A store with the records of a centre, its keys, and a clock that moves on a second with every step."""

    evidence: Evidence
    keyring: Keyring
    ticks: int = field(default=0)

    def now(self) -> datetime:
        self.ticks += 1
        return NOW + timedelta(seconds=self.ticks)

    def comes(self, *records: Record, number: int = 1, at: datetime = RECEIVED) -> None:
        put(self.evidence, *records, number=number, at=at, facts=EVERY_FACT)

    def look(self, at: datetime | None = None) -> Checked:
        """What `ecegateway check` does."""
        at = at or self.now()
        return check(self.evidence, SERVICE, PERIOD, POLICY, programmes=(), now=at, today=TODAY)

    def prepare(self, wish: Wish = WHOLE, *, by: str = PREPARER, today: date = TODAY) -> Drafted:
        return return_making.prepare(self.evidence, SERVICE, PERIOD, POLICY, wish, by=by, at=self.now(), today=today)

    def validate(self, number: int, without_held: str = "") -> Validated:
        return return_steps.validate(
            self.evidence, number, POLICY, by=PREPARER, at=self.now(), today=TODAY, without_held=without_held
        )

    def attest(self, number: int, salaries: Salaries = PAID) -> None:
        return_steps.attest(self.evidence, number, salaries, by=OFFICE, at=self.now())

    def sign(self, number: int, by: str = SIGNER) -> Rs7Return:
        signature = Signature(by, "04 555 0101", "centre manager")
        return return_steps.sign(self.evidence, number, signature, POLICY, self.keyring, at=self.now(), today=TODAY)

    def signed(self, wish: Wish = WHOLE, *, today: date = TODAY) -> int:
        """A return that somebody has put their name to; gives its number."""
        number = self.prepare(wish, today=today).number
        self.look()
        assert self.validate(number).refused == ()
        self.attest(number)
        self.sign(number)
        return number

    def submit(self, number: int, way: Way) -> Receipt:
        return return_sending.submit(self.evidence, way, number, POLICY, by=OFFICE, now=self.now)

    def ask(self, number: int, way: Way) -> Receipt | None:
        return return_sending.ask(self.evidence, way, number, now=self.now)

    def receive(self, number: int, answer: Answer) -> None:
        return_sending.receive(self.evidence, number, answer, by=OFFICE, at=self.now())

    def withdraw(self, number: int) -> None:
        return_steps.withdraw(self.evidence, number, by=SIGNER, why="a booking was wrong", at=self.now())

    def stands(self, number: int) -> StandingReturn:
        with self.evidence.inspecting() as connection:
            return return_reading.standing_return(connection, number)

    def states(self) -> list[ReturnState]:
        """Where each return of the period stands, in order of revisions."""
        return [one.state for one in return_reading.all_returns(self.evidence, SERVICE, PERIOD)]

    def files(self, number: int) -> dict[str, bytes]:
        return {one.name: one.content for one in return_reading.kept_files(self.evidence, self.stands(number).kept)}

    def verify(self) -> None:
        """Sign the log and see that all of it holds."""
        seal(self.evidence, self.keyring, self.now())
        assert verify_store(self.evidence, self.keyring.verifier(Purpose.LOG), ()).holds


def centre_in(
    evidence: Evidence, folder: Path, records: tuple[Record, ...] = RECORDS, *, number: int = 1, at: datetime = RECEIVED
) -> Centre:
    """The centre, its records received, each as its version of that number."""
    found = Centre(evidence, Keyring(folder / "keys"))
    found.comes(*records, number=number, at=at)
    return found
