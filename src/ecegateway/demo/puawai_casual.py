"""A child of Pūāwai who is on paper alone: a casual child, her agreement, register, confirmations, and what was paid."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from ecegateway.demo.agreements import agreements
from ecegateway.demo.confirming import monthly
from ecegateway.demo.identities import Place, children, signatories, student_number
from ecegateway.demo.ledger import Ledger
from ecegateway.demo.outings import Outing
from ecegateway.demo.people import Cast
from ecegateway.demo.planted import Effect
from ecegateway.demo.puawai import stay
from ecegateway.demo.puawai_roll import FULL_HOUSE, ON_PAPER, ROLL
from ecegateway.demo.season import PERIOD
from ecegateway.model.attendance import Attendance
from ecegateway.model.record import Record

VISITED: Final = (date(2026, 2, 20), FULL_HOUSE, date(2026, 3, 20))


def add(ledger: Ledger, place: Place, cast: Cast) -> None:
    """Everything of the child, and what is planted on one of the days she came."""
    ledger.add(*_who_she_is(place, cast))
    for day in VISITED:
        ledger.add_stay(_on_the_sheet(place, cast, day), day)
    text = "Came for a fee on a day with every place booked: an absent child's hours stand, hers in that place are not funded."
    ledger.plant("casual child in an absent child's place", ON_PAPER.key, (FULL_HOUSE,), text, Effect.REFUSED)


def _who_she_is(place: Place, cast: Cast) -> Iterator[Record]:
    child = cast.children[ON_PAPER.key]
    yield from children(place, cast, {ON_PAPER.key: ON_PAPER.born}, {ON_PAPER.key: ON_PAPER.starts})
    yield student_number(place, ON_PAPER, len(ROLL) + 1)
    yield from signatories(place, child, ON_PAPER)
    yield from agreements(place, child, ON_PAPER, "paper", None)
    months = [month for month in PERIOD.months if any(day in month for day in VISITED)]
    yield from monthly(place, child.key, child.guardians[0].key, months, {})


def _on_the_sheet(place: Place, cast: Cast, day: date) -> Attendance:
    """A stay signed for with a pen, on a sheet that says what was paid."""
    child = cast.children[ON_PAPER.key]
    came = Outing(child.key, day, (9 * 60 - 2, 0), (12 * 60 + 29, 0), brought_by=0, fetched_by=0)
    signed = stay(place, child, ON_PAPER.born, came)
    assert signed.sign_in is not None
    assert signed.sign_out is not None
    pen = {"means": None, "device": None}
    return signed.model_copy(
        update={
            "sign_in": signed.sign_in.model_copy(update=pen),
            "sign_out": signed.sign_out.model_copy(update=pen),
            "sheet": "Casual visits",
            "fee_charged": True,
        }
    )
