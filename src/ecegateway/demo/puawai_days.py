"""Plants what touches every child of Pūāwai on one day: no shifts recorded, a storm, and a day with every place booked."""

from ecegateway.demo.ledger import Ledger
from ecegateway.demo.planted import Effect
from ecegateway.demo.puawai import EMERGENCY, NO_STAFF_RECORDED
from ecegateway.demo.puawai_roll import FULL_HOUSE


def plant(ledger: Ledger) -> None:
    """Plants the days; nothing that touches a single child is planted on them by chance."""
    text = "Children came, and no shift of any teacher was recorded."
    ledger.plant("attendance without staff hours", None, (NO_STAFF_RECORDED,), text, Effect.HELD)
    text = "Closed for a storm, with the regional office's approval on record; every child is marked absent."
    ledger.plant("approved emergency closure", None, (EMERGENCY,), text, Effect.CLEAN)
    text = "As many children are booked as there are places."
    ledger.plant("every place booked", None, (FULL_HOUSE,), text, Effect.CLEAN)
