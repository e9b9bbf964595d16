"""6-3, criterion 5: any alteration is evident, with who and when: of signatures, confirmations and sign-ins alike."""

from datetime import date

import pytest

from ecegateway.evidence.record import State
from ecegateway.model.people import SignatureMeans
from ecegateway.model.record import Change
from ecegateway.model.service import Closure
from tests.support.criteria import FRIDAY, MONDAY, WORLD, Case, case, listed, means, play, table, verified
from tests.support.records import SERVICE, absence, agreement, at, changed, shift, stay

SILENT, STATED, SIGNATURE = "alteration.silent", "alteration.who-and-when", "alteration.signature"
SERVICE_RECORDS = "alteration.service-records"
FULL = changed()
NAMELESS, TIMELESS, EMPTY = changed(by=None), changed(on=None), changed(by=None, on=None)
LATER = stay(MONDAY, "08:55-14:35")
REVOKED = at(MONDAY, "09:00")


def closure(last: date, change: Change | None = None) -> Closure:
    return Closure(service=SERVICE, key="k1", first_day=MONDAY, last_day=last, kind="planned", change=change)


def revoked(change: Change | None) -> SignatureMeans:
    return means(revoked=REVOKED, change=change)


CASES = (
    case(
        pytest.mark.example("alteration.who-and-when", "A sign-in is corrected with who and when."),
        "met", stay(MONDAY), stay(MONDAY, "08:55-14:35", change=FULL),
    ),
    case(
        pytest.mark.example("alteration.silent", "An arrival moves half an hour, and the change says who and when."),
        "met", stay(MONDAY), stay(MONDAY, "08:55-14:35", change=changed(why=None)),
    ),
    case(
        pytest.mark.example("alteration.who-and-when", "A sign-in is corrected, and the correction does not say by whom."),
        "breached", stay(MONDAY), stay(MONDAY, "08:55-14:35", change=NAMELESS), finds=STATED,
    ),
    case(
        pytest.mark.example("alteration.who-and-when", "A sign-in is corrected, and the correction does not say when."),
        "breached", stay(MONDAY), stay(MONDAY, "08:55-14:35", change=TIMELESS), finds=STATED,
    ),
    case("A correction says neither who nor when.", "breached", stay(MONDAY), stay(MONDAY, "08:55-14:35", change=EMPTY),
         finds=STATED),
    case(
        pytest.mark.example(
            "alteration.who-and-when", "A correction without a name is followed by one with who and when."
        ),
        "met, met", stay(MONDAY), stay(MONDAY, "08:55-14:35", change=NAMELESS), stay(MONDAY, "08:50-14:35", change=FULL),
    ),
    case("A record comes for the first time, already corrected with who and when.", "met", stay(MONDAY, change=FULL)),
    case("A record comes for the first time, already corrected by nobody.", "breached", stay(MONDAY, change=NAMELESS),
         finds=STATED),
    case(
        pytest.mark.example(
            "alteration.silent", "An arrival moves half an hour between two pulls, and nothing says who moved it."
        ),
        "breached", stay(MONDAY), LATER, finds=SILENT,
    ),
    case(
        pytest.mark.example(
            "alteration.silent", "A confirmation is rewritten between two pulls, and nothing says who did it."
        ),
        "breached", verified(), verified("g2"), finds=SILENT,
    ),
    case("A confirmation becomes a dispute, and the change says who and when.", "met",
         verified(), verified(decision="disputed", change=FULL)),
    case(
        pytest.mark.example("alteration.silent", "A silent change is sent again with who and when."),
        "met, met", stay(MONDAY), LATER, stay(MONDAY, "08:55-14:35", change=FULL),
    ),
    case("An old statement stands over a new change.", "met, breached",
         stay(MONDAY), stay(MONDAY, "08:55-14:35", change=FULL), stay(MONDAY, "07:55-14:35", change=FULL), finds=SILENT),
    case("An absence is taken back in silence.", "breached",
         absence(MONDAY), absence(MONDAY).model_copy(update={"reason": "on holiday"}), finds=SILENT),
    case("An agreement's times are rewritten in silence.", "breached",
         agreement(), agreement(times="08:30-13:30"), finds=SILENT),
    case("A birth date is rewritten in silence.", "breached",
         agreement(), WORLD[1].model_copy(update={"birth_date": date(2024, 6, 1)}), finds=SILENT),
    case("A stay of another year was rewritten in silence.", "",
         stay(date(2025, 3, 3)), stay(date(2025, 3, 3), "08:55-14:35")),
    case("A record is sent again unchanged.", "", stay(MONDAY), stay(MONDAY)),
    case(
        pytest.mark.example(
            "alteration.signature", "A signature passes to another person between two pulls, and nothing says who did it."
        ),
        "breached", means(), means("g2"), finds=SIGNATURE,
    ),
    case(
        pytest.mark.example("alteration.signature", "An authorised signatory's last day is moved in silence."),
        "breached", listed(), listed(last=FRIDAY), finds=SIGNATURE,
    ),
    case("An authorised signatory's last day is moved with who and when.", "met", listed(),
         listed(last=FRIDAY).model_copy(update={"change": FULL})),
    case(
        pytest.mark.example("alteration.signature", "A signature disappears from the latest file."),
        "breached", means(), gone=State.MISSING, finds=SIGNATURE,
    ),
    case("An authorised signatory is deleted.", "breached", listed(), gone=State.DELETED, finds=SIGNATURE),
    case(
        pytest.mark.example("alteration.signature", "A signature is revoked with who and when."),
        "met", means(), revoked(FULL),
    ),
    case("A signature is revoked, and the change does not say by whom.", "breached", means(), revoked(NAMELESS),
         finds=SIGNATURE),
    case(
        pytest.mark.example(
            "alteration.service-records",
            "A teacher's shift grows by two hours between two pulls, and nothing says who did it.",
        ),
        "breached", shift(MONDAY), shift(MONDAY, "06:00-16:00"), finds=SERVICE_RECORDS,
    ),
    case(
        pytest.mark.example("alteration.service-records", "A closure is changed, and the change does not say by whom."),
        "breached", closure(MONDAY), closure(FRIDAY, NAMELESS), finds=SERVICE_RECORDS,
    ),
    case(
        pytest.mark.example("alteration.service-records", "A shift is deleted."),
        "breached", shift(MONDAY), gone=State.DELETED, finds=SERVICE_RECORDS,
    ),
    case(
        pytest.mark.example("alteration.service-records", "A teacher's shift is corrected with who and when."),
        "met", shift(MONDAY), shift(MONDAY, "06:00-16:00").model_copy(update={"change": FULL}),
    ),
    case("A silent change of a shift is answered for by the next one, and another shift's is not.", "met, met, breached",
         shift(MONDAY), shift(MONDAY, "06:00-16:00"), shift(MONDAY, "06:00-15:00").model_copy(update={"change": FULL}),
         shift(FRIDAY), shift(FRIDAY, "06:00-16:00"), finds=SERVICE_RECORDS),
    case(
        pytest.mark.example("records.vanished", "A stay was in the first file and is missing from the second."),
        "breached", stay(MONDAY), gone=State.MISSING, finds="records.vanished",
    ),
    case(pytest.mark.example("records.vanished", "A stay was in both files."), "", stay(MONDAY), stay(MONDAY)),
    case(
        pytest.mark.example("records.vanished", "A stay was missing from one file and is in the next again."),
        "", stay(MONDAY), gone=State.MISSING, back=True,
    ),
    case(
        pytest.mark.example("records.deleted", "The vendor says that a stay was deleted."),
        "breached", stay(MONDAY), gone=State.DELETED, finds="records.deleted",
    ),
    case(
        pytest.mark.example("records.deleted", "The vendor says that an agreement was deleted."),
        "breached", agreement(), gone=State.DELETED, finds="records.deleted",
    ),
    case(
        pytest.mark.example("records.deleted", "A stay was deleted and has been sent again."),
        "", stay(MONDAY), gone=State.DELETED, back=True,
    ),
    case("An agreement that ended before these days is gone.", "",
         agreement(last_day=date(2026, 1, 30)), gone=State.MISSING),
    case("A stay of another year is gone.", "", stay(date(2025, 3, 3)), gone=State.MISSING),
)  # fmt: skip


@pytest.mark.parametrize("one", table(CASES))
def test_every_alteration_is_evident(one: Case) -> None:
    play(one, 5)
