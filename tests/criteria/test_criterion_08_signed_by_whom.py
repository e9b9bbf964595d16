"""6-3, criterion 8: the system must record who signed the child in and out, and what day and time this happened."""

from datetime import timedelta

import pytest

from ecegateway.contract import Fact
from ecegateway.model.attendance import Attendance, Method
from tests.support.criteria import (
    FRIDAY,
    MONDAY,
    SUNDAY,
    TUESDAY,
    Case,
    case,
    listed,
    mark,
    play,
    signed,
    table,
)
from tests.support.records import SERVICE, at, confirmed, stay

UNSIGNED, UNSHOWN, TIMES = "attendance.signed", "attendance.signer-not-shown", "attendance.times-given"
AUTHORISED, SYSTEM, DEFAULTED = "signature.authorised", "attendance.system-sign-out", "attendance.not-defaulted"
NOBODY = mark(None, None)
SILENT = (Fact.SIGNER,)
UNSEEN = stay(MONDAY, method=Method.NOT_SHOWN, by=None)
DAY_ONLY = Attendance(service=SERVICE, key="t1", child="c1", day=MONDAY, sign_in=mark())
CASES = (
    case(pytest.mark.example("attendance.signed", "Both ends name who signed."), "met", signed()),
    case(
        pytest.mark.example("attendance.signed", "A departure has a time and names nobody."),
        "breached", signed(left=NOBODY), finds=UNSIGNED,
    ),
    case("An arrival has a time and names nobody.", "breached", signed(NOBODY), finds=UNSIGNED),
    case("Neither end names anybody.", "breached", signed(NOBODY, NOBODY), finds=UNSIGNED),
    case(
        pytest.mark.example("attendance.signed", "A stay has times and no mark at all."),
        "breached", signed(None, None), finds=UNSIGNED,
    ),
    case("A departure has a time and no mark.", "breached", signed(left=None), finds=UNSIGNED),
    case(
        pytest.mark.example("attendance.signed", "A departure names nobody, and a mother has confirmed the day since."),
        "breached", signed(left=NOBODY), confirmed(MONDAY, MONDAY),
    ),
    case("A departure names nobody, and the switch lets no confirmation answer for it.", "breached",
         signed(left=NOBODY), confirmed(MONDAY, MONDAY), switches={"attendance.unsigned-mark": "hold"}, finds=UNSIGNED),
    case("A departure names nobody, and a mother confirmed the day before the child left.", "breached",
         signed(left=NOBODY), confirmed(MONDAY, MONDAY).model_copy(update={"at": at(MONDAY, "14:34")}), finds=UNSIGNED),
    case("A departure names nobody, and a mother confirmed the day at the minute the child left.", "breached",
         signed(left=NOBODY), confirmed(MONDAY, MONDAY).model_copy(update={"at": at(MONDAY, "14:35")})),
    case(
        pytest.mark.example(
            "attendance.signer-not-shown", "A source that cannot show signers sends a stay nobody has confirmed."
        ),
        "cannot show", UNSEEN, without=SILENT, finds=UNSHOWN,
    ),
    case(
        pytest.mark.example(
            "attendance.signer-not-shown", "A source that cannot show signers sends a stay, and a mother has confirmed its day."
        ),
        "cannot show", UNSEEN, confirmed(MONDAY, MONDAY), without=SILENT,
    ),
    case(
        pytest.mark.example("attendance.signer-not-shown", "A source that can show signers names one."),
        "met", signed(day=TUESDAY),
    ),
    case("A source that cannot show signers sends a stay without its departure.", "breached",
         UNSEEN.model_copy(update={"departed": None, "sign_out": None}), without=SILENT, finds=f"{UNSHOWN}, {TIMES}"),
    case("An arrival and no departure.", "breached", signed(left=None, departed=None), finds=TIMES),
    case("A departure and no arrival.", "breached", signed(None, arrived=None), finds=TIMES),
    case("A day without times, signed in.", "breached", DAY_ONLY, finds=TIMES),
    case("The system signs the child out: nobody did.", "breached", signed(left=mark(None, None, method=Method.SYSTEM)),
         finds=SYSTEM),
    case("A default signs the child in: nobody did.", "breached", signed(mark(None, None, method=Method.DEFAULT)),
         finds=DEFAULTED),
    case("A named teacher enters the arrival.", "met", signed(mark("t1", None, method=Method.STAFF_ENTRY))),
    case("Somebody nobody has on record signs under a name.", "met", signed(mark("x9", None), mark("x9", None))),
    case(
        pytest.mark.example("signature.authorised", "An aunt who is not on the child's list signs the child out."),
        "met", listed(), signed(left=mark("g3", None)), finds=AUTHORISED,
    ),
    case(
        pytest.mark.example("signature.authorised", "A father signs the day after his authority ended."),
        "met", listed(last=FRIDAY), listed("g2", last=MONDAY), signed(mark("g2", day=TUESDAY), day=TUESDAY), finds=AUTHORISED,
    ),
    case(
        pytest.mark.example("signature.authorised", "A father signs on the last day of his authority."),
        "met", listed(), listed("g2", last=MONDAY), signed(mark("g2")),
    ),
    case("A father signs on the first day of his authority.", "met", listed(), listed("g2", MONDAY), signed(mark("g2"))),
    case("A father signs the day before his authority begins.", "met", listed(), listed("g2", TUESDAY), signed(mark("g2")),
         finds=AUTHORISED),
    case(
        pytest.mark.example("signature.authorised", "A teacher signs the child in."),
        "met", listed(), signed(mark("t1", None)),
    ),
    case(
        pytest.mark.example("signature.authorised", "An aunt signs the child out, and the child has no list."),
        "met", signed(left=mark("g3", None)),
    ),
    case("A teacher enters what an aunt told her: entries by staff are criterion 9.", "met",
         listed(), signed(mark("g3", None, method=Method.STAFF_ENTRY))),
    case("An unsigned stay of last week is no business of this one.", "",
         signed(NOBODY, NOBODY, day=MONDAY - timedelta(days=7))),
    case("An unsigned stay of the last day asked about.", "breached", signed(NOBODY, NOBODY, day=SUNDAY), finds=UNSIGNED),
)  # fmt: skip


@pytest.mark.parametrize("one", table(CASES))
def test_who_signed_in_and_out_and_when(one: Case) -> None:
    play(one, 8)
