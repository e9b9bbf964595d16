"""6-3, criterion 3: adequate controls keep usernames and passwords from being used by anyone but the linked signatory."""

import pytest

from ecegateway.contract import Fact
from ecegateway.model.attendance import Attendance
from tests.support.criteria import LONG_AGO, MONDAY, TUESDAY, Case, case, mark, means, play, signed, table
from tests.support.records import at, child

SILENT = (Fact.SIGNATURE_CONTROL,)
SISTER = child("c2")
LEFT = mark(clock="14:35")


def came(device: str | None, seconds: float, child_key: str = "c1", with_: str = "m1", by: str = "g1") -> Attendance:
    return signed(mark(by, with_, seconds=seconds, device=device), LEFT, child_key=child_key)


CASES = (
    case(pytest.mark.example("signature.no-control", "A signature is kept by a PIN."), "met", means()),
    case(
        pytest.mark.example("signature.no-control", "A signature names no control, though its source can show controls."),
        "breached",
        means(control=None),
        finds="signature.no-control",
    ),
    case(
        pytest.mark.example("signature.no-control", "A source that cannot show controls names none."),
        "cannot show",
        means(control=None),
        without=SILENT,
    ),
    case("A source that cannot show controls names one all the same.", "met", means(), without=SILENT),
    case(
        pytest.mark.example("signature.no-control", "A revoked signature names no control."),
        "",
        means(control=None, revoked=at(LONG_AGO, "10:00")),
    ),
    case("A revoked signature nobody used since need be kept from nobody.", "", means(revoked=at(LONG_AGO, "10:00"))),
    case("Of two signatures one names no control.", "met, breached", means(), means("g2", "m2", control=None),
         finds="signature.no-control"),
    case("Of two signatures neither names a control.", "breached, breached",
         means(control=None), means("g2", "m2", control=None), finds="signature.no-control"),
    case(
        pytest.mark.example(
            "signature.two-places", "A signature signs at the front tablet and the back tablet in the same second."
        ),
        "breached",
        means(), *SISTER, came("front", 13), came("back", 13, "c2"),
        finds="signature.two-places",
    ),
    case(
        pytest.mark.example("signature.two-places", "A signature signs for two children on one tablet in the same second."),
        "met",
        means(), *SISTER, came("front", 13), came("front", 13, "c2"),
    ),
    case(
        pytest.mark.example("signature.two-places", "A signature signs at two tablets one second apart."),
        "met",
        means(), *SISTER, came("front", 13), came("back", 14, "c2"),
    ),
    case(
        pytest.mark.example(
            "signature.two-places",
            "A signature signs at two tablets in the same minute, in a system that tells whole minutes only.",
        ),
        "met",
        means(), *SISTER, came("front", 0), came("back", 0, "c2"),
    ),
    case("A signature signs at two tablets in the same thousandth of a second.", "breached",
         means(), *SISTER, came("front", 0.25), came("back", 0.25, "c2"), finds="signature.two-places"),
    case("One of two marks in the same second does not name its tablet.", "met",
         means(), *SISTER, came("front", 13), came(None, 13, "c2")),
    case("Two signatures sign at two tablets in the same second.", "met, met",
         means(), means("g2", "m2"), *SISTER, came("front", 13), came("back", 13, "c2", "m2", "g2")),
    case("A child is signed in at one tablet and out at another in the same second.", "breached",
         means(), signed(mark(seconds=13, device="front"), mark(seconds=13, device="back")), finds="signature.two-places"),
    case("A signature signs at three tablets in the same second.", "breached", means(), *SISTER, *child("c3"),
         came("front", 13), came("back", 13, "c2"), came("office", 13, "c3"), finds="signature.two-places"),
    case("A signature that is not on record signs at two tablets in the same second.", "",
         *SISTER, came("front", 13), came("back", 13, "c2"), finds="signature.two-places"),
    case("Nobody keeps the moment of the marks at two tablets.", "met",
         means(), signed(mark(clock=None, device="front"), mark(clock=None, device="back"))),
    case("The father used the mother's signature: its PIN kept nobody out.", "breached", means(), signed(mark("g2")),
         finds="signature.one-signatory"),
    case("The father used the mother's signature, which names no control.", "breached", means(control=None), signed(mark("g2")),
         finds="signature.no-control, signature.one-signatory"),
    case("A signature was used after it was revoked.", "breached", means(revoked=at(LONG_AGO, "10:00")), signed(),
         finds="signature.one-signatory"),
    case("A signature was used for the last time a minute before it was revoked.", "",
         means(revoked=at(MONDAY, "14:36")), signed()),
    case("The father used the mother's signature in another year.", "met", means(), signed(mark("g2"), None, day=LONG_AGO)),
    case("Each parent used their own on different days.", "met, met", means(), means("g2", "m2"), signed(),
         signed(mark("g2", "m2"), None, day=TUESDAY)),
    case("The father used the mother's signature, and his own is in order.", "breached, met",
         means(), means("g2", "m2"), signed(mark("g2")), finds="signature.one-signatory"),
)  # fmt: skip


@pytest.mark.parametrize("one", table(CASES))
def test_nobody_else_can_use_a_signature(one: Case) -> None:
    play(one, 3)
