"""Registers of a small all-day service, child by child: by how many minutes each stay was off the booked 8:30 to 14:30."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import chain

from ecegateway.demo.season import weekdays
from ecegateway.handbook.lookup import handbook
from ecegateway.handbook.policy import policy
from ecegateway.model.attendance import Attendance, Mark, Method
from ecegateway.model.enrolment import GuardianSignature
from ecegateway.model.finding import Finding
from ecegateway.model.people import Person
from ecegateway.model.record import Record
from ecegateway.rules.registry import Question, Rule, question
from tests.support.records import (
    EVERY_FACT,
    NO_SWITCHES,
    PERIOD,
    SERVICE,
    Facts,
    Switches,
    agreement,
    at,
    child,
    facts_of,
    profile,
)

STARTS, ENDS = 8 * 60 + 30, 14 * 60 + 30
DAYS = tuple(weekdays(PERIOD.days.first, PERIOD.days.last))
"""The working days of the funding period."""
TEACHER = Person(service=SERVICE, key="t1", role="staff")
Offs = Iterable[tuple[int, int]]
"""By how many minutes each stay began and ended after the booked times."""
EXACT = (0, 0)


def enrolled(key: str, guardian: str | None = None) -> list[Record]:
    """A child booked for every working day, whose guardian alone signs the agreement."""
    signature = GuardianSignature(by=guardian or f"g-{key}", signed_on=date(2025, 12, 1), medium="paper")
    return [*child(key), agreement(key).model_copy(update={"signature": signature})]


def clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def mark(made: datetime | None, by: str | None, method: Method = Method.SIGNED, device: str | None = None) -> Mark:
    return Mark(method=method, by=by, at=made, device=device)


def attended(
    key: str, day: date, off: tuple[int, int] = EXACT, *, by: str | None = "its guardian", method: Method = Method.SIGNED
) -> Attendance:
    """A stay off the booked times by so many minutes, signed at both ends, by default by the child's own guardian."""
    came, left = at(day, clock(STARTS + off[0])), at(day, clock(ENDS + off[1]))
    signer = f"g-{key}" if by == "its guardian" else by
    return Attendance(
        service=SERVICE,
        key=f"s-{key}-{day}",
        child=key,
        arrived=came,
        departed=left,
        sign_in=mark(came, signer, method),
        sign_out=mark(left, signer, method),
    )


def kept(key: str, offs: Offs, days: Iterable[date] = DAYS, *, by: str | None = "its guardian") -> list[Record]:
    """A child and its stays on some days, one for each pair of minutes."""
    return [*enrolled(key), *(attended(key, day, off, by=by) for day, off in zip(days, offs, strict=False))]


def scattered(shift: int = 0, step: int = 1) -> Iterator[tuple[int, int]]:
    """Times of a family that comes and leaves when it can: within half an hour, by the minute, never the booked times.

    With a ``step`` they are rounded to it, and lie up to two hours off.
    """
    widest = 29 if step == 1 else 120 // step - 2
    return (
        (step * (1 + (7 * n + shift) % widest), -step * (1 + (11 * n + 3 * shift) % (widest + 2))) for n in range(len(DAYS))
    )


def others(count: int = 3, step: int = 1) -> list[Record]:
    """Children whose times show how finely the service writes times down."""
    return list(chain.from_iterable(kept(f"o{n}", scattered(100 + n, step)) for n in range(count)))


def asked(*records: Record, facts: Facts = EVERY_FACT, switches: Switches = NO_SWITCHES) -> Question:
    """A question about the funding period of a service open from 7:30 to 17:30, unless the records say otherwise."""
    licence = () if any(record.stream == "service" for record in records) else (profile(),)
    return question(facts_of(*licence, TEACHER, *records, facts=facts), PERIOD.days, policy(switches), handbook())


def found(rule: Rule, *records: Record, facts: Facts = EVERY_FACT, switches: Switches = NO_SWITCHES) -> list[Finding]:
    """What a rule finds in the records."""
    return list(rule.findings(asked(*records, facts=facts, switches=switches)))


def told(finding: Finding) -> dict[str, str]:
    """The numbers of a finding."""
    return dict(finding.parameters)


def later(made: datetime | None, seconds: float) -> datetime | None:
    """So many seconds after."""
    return None if made is None else made + timedelta(seconds=seconds)
