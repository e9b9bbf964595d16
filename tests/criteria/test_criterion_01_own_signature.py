"""6-3, criterion 1: a signatory has only one electronic signature, and only they or an administrator can make it."""

import pytest

from ecegateway.model.attendance import Method
from tests.support.criteria import LONG_AGO, MONDAY, TUESDAY, Case, case, mark, means, play, signed, table
from tests.support.records import at

OF_FATHER = mark("g2", "m1", clock="14:35")
CASES = (
    case(
        pytest.mark.example("signature.one-signatory", "The mother signs in and out with her own signature."),
        "met, met",
        means(),
        signed(),
    ),
    case(
        pytest.mark.example("signature.one-signatory", "The father signs the child in with the mother's signature."),
        "met, breached",
        means(),
        signed(mark("g2")),
        finds="signature.one-signatory",
    ),
    case("The father signs the child out with the mother's signature.", "met, breached", means(), signed(left=OF_FATHER),
         finds="signature.one-signatory"),
    case("A teacher enters an arrival with the mother's signature.", "met, breached", means(),
         signed(mark("t1", method=Method.STAFF_ENTRY)), finds="signature.one-signatory"),
    case(
        pytest.mark.example("signature.one-signatory", "A signature is used at the very moment it is revoked."),
        "met, breached",
        means(revoked=at(MONDAY, "14:35")),
        signed(),
        finds="signature.one-signatory",
    ),
    case(
        pytest.mark.example("signature.one-signatory", "A signature is used a minute before it is revoked."),
        "met, met",
        means(revoked=at(MONDAY, "14:36")),
        signed(),
    ),
    case("A signature is used a week after it was revoked.", "met, breached", means(revoked=at(LONG_AGO, "09:00")), signed(),
         finds="signature.one-signatory"),
    case("A revoked signature signed at a moment nobody recorded.", "met, cannot show", means(revoked=at(MONDAY, "09:00")),
         signed(mark(clock=None), mark(clock=None))),
    case(
        pytest.mark.example("signature.shared", "Mother and father sign with one signature that no record names the owner of."),
        "breached",
        signed(left=OF_FATHER),
        finds="signature.shared",
    ),
    case("Mother and father sign on two days with one signature nobody owns.", "breached, breached",
         signed(), signed(mark("g2"), None, day=TUESDAY), finds="signature.shared"),
    case(
        pytest.mark.example("signature.shared", "Only the mother signs with a signature that no record names the owner of."),
        "cannot show",
        signed(),
    ),
    case("Mother and father sign with two signatures nobody owns.", "cannot show",
         signed(left=mark("g2", "m2", clock="14:35"))),
    case(
        pytest.mark.example("signature.one-each", "The mother has two signatures, and neither is revoked."),
        "breached, breached",
        means(),
        means(key="m2"),
        finds="signature.one-each",
    ),
    case("The mother has three signatures, and one of them is revoked.", "breached, breached, met",
         means(), means(key="m2"), means(key="m3", revoked=at(MONDAY, "09:00")), finds="signature.one-each"),
    case(
        pytest.mark.example("signature.one-each", "The mother has two signatures, and one of them is revoked."),
        "met, met",
        means(),
        means(key="m2", revoked=at(MONDAY, "09:00")),
    ),
    case(
        pytest.mark.example("signature.one-each", "Mother and father have one signature each."),
        "met, met",
        means(),
        means("g2", "m2"),
    ),
    case(
        pytest.mark.example("signature.made-by-other", "A teacher made the mother's signature."),
        "breached",
        means(by="t1"),
        finds="signature.made-by-other",
    ),
    case("The father made the mother's signature.", "breached", means(by="g2"), finds="signature.made-by-other"),
    case(pytest.mark.example("signature.made-by-other", "An administrator made the mother's signature."), "met", means()),
    case(pytest.mark.example("signature.made-by-other", "The mother made her own signature."), "met", means(by="g1")),
    case("A teacher made the teacher's own signature.", "met", means("t1", by="t1")),
    case(
        pytest.mark.example("signature.made-by-other", "Somebody of whom no role is on record made the mother's signature."),
        "cannot show",
        means(by="x9"),
    ),
    case("Nobody is on record as having made the mother's signature.", "cannot show", means(by=None)),
    case("The mother signs, and the record does not say with which signature.", "cannot show",
         signed(mark(with_=None), mark(with_=None))),
    case("The sign-in names a signature and the sign-out none.", "met, cannot show", means(), signed(left=mark(with_=None))),
    case("A teacher enters an arrival without any signature: no electronic signature was used.", "",
         signed(mark("t1", None, method=Method.STAFF_ENTRY), None)),
    case("The system marks the child present: nobody signed.", "",
         signed(mark(None, None, method=Method.DEFAULT), mark(None, None, method=Method.DEFAULT))),
    case("The father signed with the mother's signature in another year.", "met", means(),
         signed(mark("g2"), None, day=LONG_AGO)),
)  # fmt: skip


@pytest.mark.parametrize("one", table(CASES))
def test_one_signature_each(one: Case) -> None:
    play(one, 1)
