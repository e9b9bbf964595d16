"""The kindergarten's two sources in two stretches: the drop of 29 March and the folder then, and both at the end of May."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from ecegateway.demo import kotuku, kotuku_defects
from ecegateway.demo.drops import Files, Folder, Records, drop, filed_before, folder, paper_files
from ecegateway.demo.identities import Place
from ecegateway.demo.kotuku_roll import ROLL
from ecegateway.demo.people import Cast
from ecegateway.demo.planted import Planted
from ecegateway.demo.season import instant

FIRST_DROP: Final = date(2026, 3, 29)
SECOND_DROP: Final = date(2026, 5, 31)
_FOLDER_SEEN = instant(FIRST_DROP, 21 * 60)


@dataclass(frozen=True, slots=True)
class KotukuLife:
    """Records of EnrolNow as they stood twice, and the files that show them; and the folder of the office.

    ``paper_corrected`` are the folder's files once a parent's sheet has come back late.
    """

    drop_records: tuple[Records, Records]
    drops: tuple[Files, Files]
    paper: Folder
    paper_corrected: Files


def live(place: Place, cast: Cast) -> tuple[KotukuLife, tuple[Planted, ...]]:
    """Everything the two sources ever show of Te Kōtuku, and what was planted in them."""
    enrolnow = kotuku.invent_drop(place, cast)
    changes = kotuku_defects.plant_drop(enrolnow, place)
    unheard_of = {plan.key for plan in ROLL if plan.starts > FIRST_DROP}
    first = tuple(r for r in enrolnow.records() if not (r.stream == "child" and r.key in unheard_of))
    later = tuple(
        record
        for record in _with(enrolnow.records(), changes.versions)
        if not (record.stream == "attendance" and record.key in changes.vanished)
    )
    office = kotuku.invent_paper(place, cast)
    versions = kotuku_defects.plant_paper(office, place, cast)
    kept = _with(office.records(), versions)
    life = KotukuLife(
        drop_records=(first, later),
        drops=(drop(first, FIRST_DROP), drop(later, SECOND_DROP)),
        paper=folder(filed_before(office.records(), _FOLDER_SEEN), kept),
        paper_corrected=paper_files((*kept, kotuku.late_sheet(place, cast))),
    )
    return life, (*enrolnow.planted, *office.planted)


def _with(records: Records, versions: Records) -> Records:
    newer = {(record.stream, record.key): record for record in versions}
    return tuple(newer.get((record.stream, record.key), record) for record in records)
