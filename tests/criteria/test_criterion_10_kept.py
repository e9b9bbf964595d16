"""6-3, criterion 10: electronic attendance records must be retained for 7 years without any loss of integrity."""

from datetime import date, timedelta

import pytest

from ecegateway.evidence.record import State
from ecegateway.model.period import DateRange
from tests.support.criteria import MONDAY, TUESDAY, Case, case, means, play, signed, table, verified
from tests.support.records import absence, agreement, at, changed, stay

VANISHED, DELETED, SILENT = "records.vanished", "records.deleted", "alteration.silent"
LATER = stay(MONDAY, "08:55-14:35")
EIGHT_YEARS = timedelta(days=8 * 366)
IN_2020 = date(2020, 2, 10)
OLD_WEEK = DateRange(IN_2020, IN_2020 + timedelta(days=7))
OLD = stay(IN_2020)
LAST_WEEK = MONDAY - timedelta(days=7)
WEEK_BEFORE = (LAST_WEEK, LAST_WEEK + timedelta(days=4))
A_WEEK = timedelta(days=7)
"""How long after it came a record is found to be gone."""
CASES = (
    case("A stay is kept.", "met", signed()),
    case("An absence is kept.", "met", absence(MONDAY)),
    case("A verification is kept.", "met", verified()),
    case("A stay, an absence and a verification are kept.", "met, met, met", signed(), absence(TUESDAY), verified()),
    case("A stay is rewritten in silence.", "breached", signed(), LATER, finds=SILENT),
    case("An absence is rewritten in silence.", "breached", absence(MONDAY),
         absence(MONDAY).model_copy(update={"reason": "on holiday"}), finds=SILENT),
    case("A verification is rewritten in silence.", "breached", verified(), verified("g2"), finds=SILENT),
    case("A stay is corrected with who and when: both versions are kept.", "met",
         signed(), stay(MONDAY, "08:55-14:35", change=changed())),
    case("A silent change is answered for by the next one.", "met",
         signed(), LATER, stay(MONDAY, "08:55-14:35", change=changed())),
    case("A second silent change is not answered for by the statement before it.", "breached",
         signed(), stay(MONDAY, "08:55-14:35", change=changed()), stay(MONDAY, "07:55-14:35", change=changed()), finds=SILENT),
    case("Of two stays one is rewritten in silence.", "breached, met", signed(), LATER, stay(TUESDAY), finds=SILENT),
    case("A record is sent again unchanged.", "met", stay(MONDAY), stay(MONDAY)),
    case("A stay is missing from the latest file.", "breached", signed(), gone=State.MISSING, finds=VANISHED),
    case("An absence is missing from the latest file.", "breached", absence(MONDAY), gone=State.MISSING, finds=VANISHED),
    case("A verification is missing from the latest file.", "breached", verified(), gone=State.MISSING, finds=VANISHED),
    case("A stay is deleted.", "breached", signed(), gone=State.DELETED, finds=DELETED),
    case("A verification is deleted.", "breached", verified(), gone=State.DELETED, finds=DELETED),
    case("A stay was missing and is there again.", "met", stay(MONDAY), gone=State.MISSING, back=True),
    case("A stay was deleted and has been sent again.", "met", stay(MONDAY), gone=State.DELETED, back=True),
    case("Of two stays one is missing.", "breached, met", stay(TUESDAY), signed(), gone=State.MISSING, finds=VANISHED),
    case("A stay of the week before is missing.", "", stay(LAST_WEEK), gone=State.MISSING),
    case("A stay of the week before was rewritten in silence.", "", stay(LAST_WEEK), stay(LAST_WEEK, "08:55-14:35")),
    case("A verification of the week before is missing.", "", verified(days=WEEK_BEFORE), gone=State.MISSING),
    case("An agreement is missing: it is no attendance record, and criterion 5 all the same.", "", agreement(),
         gone=State.MISSING, finds=VANISHED),
    case("A signature is missing: it is no attendance record.", "", means(), gone=State.MISSING),
    case("A stay is gone the day before it is seven years old.", "breached", OLD, days=OLD_WEEK, gone=State.DELETED,
         received=at(date(2027, 2, 9), "12:00") - A_WEEK, finds=DELETED),
    case("A stay is gone on the day it is seven years old.", "", OLD, days=OLD_WEEK, gone=State.DELETED,
         received=at(date(2027, 2, 10), "12:00") - A_WEEK),
    case("A stay is still kept after eight years.", "met", OLD, days=OLD_WEEK, received=at(IN_2020, "12:00") + EIGHT_YEARS),
)  # fmt: skip


@pytest.mark.parametrize("one", table(CASES))
def test_kept_for_seven_years_unharmed(one: Case) -> None:
    play(one, 10)
