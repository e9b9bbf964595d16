"""Plants what the absence rules meet at Pūāwai and the record marks otherwise than as an absence, or on a day all share."""

from datetime import date
from typing import Final

from ecegateway.demo.identities import Place
from ecegateway.demo.ledger import Ledger
from ecegateway.demo.outings import Outing
from ecegateway.demo.people import Cast
from ecegateway.demo.planted import Effect
from ecegateway.demo.puawai import stay
from ecegateway.demo.puawai_roll import FULL_HOUSE, ROLL

MADE_UP_BY: Final = "c-1014"
MISSED_FRIDAY: Final = date(2026, 5, 22)
MADE_UP_ON: Final = date(2026, 5, 19)
PLACE_FILLED_OF: Final = "c-1042"

_FETCHED_EARLY: Final = "c-1023"
_THIRD_MONTH: Final = date(2026, 5, 1)


def plant(ledger: Ledger, place: Place, cast: Cast) -> None:
    """Plants everything, each on days of its own."""
    text = "Abroad, and a casual child who pays a fee fills his place: subsidy in place of 20 Hours ECE."
    ledger.plant("absent child whose place is filled", PLACE_FILLED_OF, (FULL_HOUSE,), text, Effect.CLEAN)
    _fetched_early(ledger)
    _made_up(ledger, place, cast)


def _fetched_early(ledger: Ledger) -> None:
    span = next(plan for plan in ROLL if plan.key == _FETCHED_EARLY).fetched_early
    assert span is not None
    days = [day for day in ledger.free_days_of(_FETCHED_EARLY) if day in span]
    for months, chosen, effect in (
        ("months one and two.", [day for day in days if day < _THIRD_MONTH], Effect.CLEAN),
        ("month three; nobody has reconfirmed it yet.", [day for day in days if day >= _THIRD_MONTH], Effect.ATTENDED),
    ):
        text = f"Fetched three quarters of an hour before the end of the booking, day after day, {months}"
        ledger.plant("fewer hours a day", _FETCHED_EARLY, chosen, text, effect)


def _made_up(ledger: Ledger, place: Place, cast: Cast) -> None:
    """The child comes on a day of the week that is not booked, and misses one that is."""
    plan = next(plan for plan in ROLL if plan.key == MADE_UP_BY)
    came = Outing(plan.key, MADE_UP_ON, (8 * 60 + 27, 12), (14 * 60 + 31, 40), brought_by=0, fetched_by=1)
    ledger.add_stay(stay(place, cast.children[plan.key], plan.born, came), MADE_UP_ON)
    text = "Came on Tuesday in place of Friday: the absence is claimed, and the day that makes up for it is not."
    ledger.plant("make-up day", MADE_UP_BY, (MISSED_FRIDAY,), text, Effect.CLEAN)
