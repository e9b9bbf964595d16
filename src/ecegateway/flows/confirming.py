"""The monthly confirmation: which months there are, by when each is due, who confirmed it, and what changed since.

Source: the Ministry's principles of use and questions and answers on ELI data: completeness and accuracy are confirmed at least
monthly, month N by the end of month N+1; data may change after it, and need no confirmation again.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ecegateway.eli.delta import digest_of
from ecegateway.eli.roll import Roll
from ecegateway.errors import ConfigError
from ecegateway.evidence.events import Confirmation, confirm_month, confirmations
from ecegateway.evidence.store import Evidence
from ecegateway.flows.events import EventSettings, roll_of
from ecegateway.flows.reconciling import accepted, is_told
from ecegateway.model.eli import Entity, Family
from ecegateway.model.ids import ServiceNumber
from ecegateway.model.period import ONE_DAY, DateRange, first_of_month_after

STATEMENT = "The records of this month are complete and accurate."
_OF_A_MONTH = frozenset({Family.ATTENDANCE, Family.BOOKINGS, Family.ENROLMENT, Family.TWENTY_HOURS, Family.CLOSURE})
_SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Word:
    """What a person says of a month, and why they say it though something of the month is open."""

    by: str
    statement: str = STATEMENT
    although: str | None = None


@dataclass(frozen=True, slots=True)
class MonthState:
    """A month to be confirmed: ``due`` is the last day to do it.

    ``entities`` are what is told of the month, ``untold`` those of them that the other side does not have as they are here,
    ``held`` what cannot be said. ``changed`` says that the month's records are others than those confirmed.
    """

    days: DateRange
    due: date
    entities: int
    untold: int
    held: int
    confirmed: Confirmation | None
    changed: bool

    def word(self, today: date) -> str:
        """How the month stands on a day, in a word or two."""
        if self.confirmed is not None:
            return "confirmed, changed since" if self.changed else "confirmed"
        if today in self.days:
            return "not over"
        if today > self.due:
            return "overdue"
        return "due soon" if self.due - today < _SOON else "to confirm"


def months(evidence: Evidence, service: ServiceNumber, how: EventSettings, today: date) -> tuple[MonthState, ...]:
    """The months of a service from the first attendance on to the present one, oldest first.

    Raises:
        EvidenceMissingError: the store knows nothing of the service.
    """
    return _states(evidence, service, roll_of(evidence, service, how, today), today)


def _states(evidence: Evidence, service: ServiceNumber, now: Roll, today: date) -> tuple[MonthState, ...]:
    there, _ = accepted(evidence, service)
    with evidence.inspecting() as connection:
        newest = {word.month: word for word in confirmations(connection, service)}
    of = _by_month(now)
    held = Counter(one.day.replace(day=1) for one in now.held if one.holds and one.day is not None)
    begun = [first for first, entities in of.items() if any(one.family is Family.ATTENDANCE for one in entities)]
    first = min((*begun, *held, *newest), default=today.replace(day=1))
    found: list[MonthState] = []
    while first <= today:
        after = first_of_month_after(first, 1)
        entities, word = of.get(first, []), newest.get(first)
        found.append(
            MonthState(
                days=DateRange(first, after),
                due=first_of_month_after(first, 2) - ONE_DAY,
                entities=len(entities),
                untold=sum(1 for one in entities if not is_told(one, there)),
                held=held[first],
                confirmed=word,
                changed=word is not None and word.input_digest != _digest(entities),
            )
        )
        first = after
    return tuple(found)


def confirm(
    evidence: Evidence,
    service: ServiceNumber,
    how: EventSettings,
    month: date,
    word: Word,
    *,
    today: date,
    at: datetime,
) -> MonthState:
    """Keep a person's word on a month, and of which records it was given; gives how the month stands with it.

    The event is put into the outbox by the next :func:`~ecegateway.flows.events.queue`.

    Raises:
        ConfigError: the month is not over, is confirmed and unchanged, or something of it has not been taken or cannot be said
            and ``word.although`` does not say why it is confirmed all the same.
        EvidenceMissingError: the store knows nothing of the service.
    """
    now = roll_of(evidence, service, how, today)
    state = _month(_states(evidence, service, now, today), month)
    name = f"{month:%Y-%m}"
    if state is None:
        raise ConfigError(f"nothing of service {service} is on record in {name}; `ecegateway events confirm` lists its months")
    if today in state.days:
        raise ConfigError(f"{name} is not over; it can be confirmed from {state.days.after} on")
    if state.confirmed is not None and not state.changed:
        raise ConfigError(f"{name} is confirmed already, by {state.confirmed.by} at {state.confirmed.at:%Y-%m-%d %H:%M} UTC")
    if (state.untold or state.held) and word.although is None:
        raise ConfigError(
            f"of {name}, {state.untold} of {state.entities} things told are not taken as they are here, and {state.held} are "
            "held back; queue and send first, look at `ecegateway events list --held`, or say why it is confirmed all the "
            "same with --although"
        )
    still_open = state.untold + state.held
    said = f"{word.statement} Confirmed although {still_open} were open: {word.although}" if word.although else word.statement
    known_at = evidence.head()
    assert known_at is not None  # a month has records
    with evidence.adding() as adding:
        digest = _digest(_by_month(now).get(month, []))
        confirm_month(adding, Confirmation(service, month, word.by, said, digest, known_at, at))
    confirmed = _month(_states(evidence, service, now, today), month)
    assert confirmed is not None  # it was there before
    return confirmed


def _month(states: Iterable[MonthState], first: date) -> MonthState | None:
    return next((one for one in states if one.days.first == first), None)


def _by_month(now: Roll) -> Mapping[date, list[Entity]]:
    found: dict[date, list[Entity]] = {}
    for one in now.entities.values():
        if one.family in _OF_A_MONTH:
            found.setdefault(one.day.replace(day=1), []).append(one)
    return found


def _digest(entities: list[Entity]) -> str:
    """One digest, in hex, over all that is told of a month."""
    lines = sorted(f"{one.family} {one.id} {digest_of(one).hex()}\n" for one in entities)
    return hashlib.sha256("".join(lines).encode()).hexdigest()
