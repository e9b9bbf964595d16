"""The life of Pūāwai in its vendor's system, told in two stretches: up to the first pull, and after it."""

from datetime import datetime

from ecegateway.demo import absences, puawai, puawai_absences, puawai_corrections, puawai_days, puawai_presence, puawai_signing
from ecegateway.demo.confirming import weekly
from ecegateway.demo.identities import Place
from ecegateway.demo.ledger import Ledger
from ecegateway.demo.people import Cast
from ecegateway.demo.planted import Planted
from ecegateway.demo.puawai_roll import ROLL
from ecegateway.demo.season import FIRST_PULL
from ecegateway.demo.vendor_life import Learned, Told, VendorLife
from ecegateway.model.attendance import Absence
from ecegateway.model.record import Record


def live(place: Place, cast: Cast) -> tuple[VendorLife, tuple[Planted, ...]]:
    """Everything the vendor ever shows of Pūāwai, and what was planted in it."""
    ledger = puawai.invent(place, cast)
    puawai_days.plant(ledger)
    absences.plant(ledger, ROLL)
    puawai_absences.plant(ledger, place, cast)
    puawai_presence.plant(ledger, place)
    puawai_signing.plant(ledger, place, cast)
    _confirm(ledger, place, cast)
    corrections = puawai_corrections.plant(ledger, place, cast)
    told = sorted((Told(_recorded_at(record), record) for record in ledger.records()), key=_at)
    first = tuple(one for one in told if one.at < FIRST_PULL)
    later = sorted((*told[len(first) :], *corrections.versions), key=_at)
    life = VendorLife(first=Learned(first), later=Learned(tuple(later), tuple(corrections.gone), tuple(corrections.raw)))
    return life, tuple(ledger.planted)


def _confirm(ledger: Ledger, place: Place, cast: Cast) -> None:
    for plan in ROLL:
        refused = frozenset(day for child, day in ledger.unconfirmed if child == plan.key)
        by = cast.children[plan.key].guardians[0].key
        away = {absence.day for absence in ledger.of(Absence) if absence.child == plan.key}
        ledger.add(*weekly(place, plan.key, by, away.union(ledger.days_of(plan.key)), refused))


def _at(told: Told) -> datetime:
    return told.at


def _recorded_at(record: Record) -> datetime:
    assert record.recorded_at is not None
    return record.recorded_at
