"""6-3, criterion 2: if usernames and passwords are used, the system must record who created them and when they were created."""

import pytest

from ecegateway.contract import Fact
from ecegateway.evidence.record import State
from tests.support.criteria import MONDAY, Case, case, means, play, signed, table
from tests.support.records import at

SILENT = (Fact.SIGNATURE_CREATOR,)
RULE = "signature.creator-not-recorded"
CASES = (
    case(pytest.mark.example("signature.creator-not-recorded", "A signature names its creator and when."), "met", means()),
    case(
        pytest.mark.example("signature.creator-not-recorded", "A signature names no creator."),
        "breached",
        means(by=None),
        finds=RULE,
    ),
    case(
        pytest.mark.example("signature.creator-not-recorded", "A signature does not say when it was created."),
        "breached",
        means(made=None),
        finds=RULE,
    ),
    case("A signature says neither who created it nor when.", "breached", means(by=None, made=None), finds=RULE),
    case(
        pytest.mark.example("signature.creator-not-recorded", "A source that cannot show creators names none."),
        "cannot show",
        means(by=None, made=None),
        without=SILENT,
    ),
    case("A source that cannot show creators names one all the same.", "met", means(), without=SILENT),
    case("A source that cannot show creators names one, and not when.", "cannot show", means(made=None), without=SILENT),
    case("A source that cannot show creators says when, and not who.", "cannot show", means(by=None), without=SILENT),
    case("Of two signatures one names no creator.", "met, breached", means(), means("g2", "m2", by=None), finds=RULE),
    case("Of two signatures neither names a creator.", "breached, breached", means(by=None), means("g2", "m2", by=None),
         finds=RULE),
    case("Of two signatures one says nothing, at a source that cannot show it.", "met, cannot show",
         means(), means("g2", "m2", by=None, made=None), without=SILENT),
    case("A signature that has been revoked names no creator.", "breached",
         means(by=None, revoked=at(MONDAY, "09:00")), finds=RULE),
    case("A signature that has been revoked names its creator and when.", "met", means(revoked=at(MONDAY, "09:00"))),
    case("A teacher's signature does not say when it was created.", "breached", means("t1", made=None), finds=RULE),
    case("The administrator created the administrator's own.", "met", means("a1", by="a1")),
    case("The creator is a person nobody has on record: who it was is recorded all the same.", "met", means(by="x9")),
    case("The creator is a teacher: whether she may is criterion 1.", "met", means(by="t1")),
    case("Nothing keeps others from using the signature: that is criterion 3.", "met", means(control=None)),
    case("A later record of the signature adds its creator.", "met", means(by=None), means()),
    case("A later record of the signature has lost its creator.", "breached", means(), means(by=None), finds=RULE),
    case("A later record of the signature has lost its moment.", "breached", means(), means(made=None), finds=RULE),
    case("No signature is on record.", ""),
    case("Marks name a signature that is not on record.", "", signed()),
    case("A signature without a creator has been deleted.", "", means(by=None), gone=State.DELETED),
)  # fmt: skip


@pytest.mark.parametrize("one", table(CASES))
def test_who_created_each_signature_and_when(one: Case) -> None:
    play(one, 2)
