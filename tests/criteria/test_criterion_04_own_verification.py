"""6-3, criterion 4: only an authorised parent or guardian can verify electronically, and only with their own signature."""

from datetime import UTC, timedelta

import pytest

from tests.support.criteria import (
    FRIDAY,
    LONG_AGO,
    MONDAY,
    SATURDAY,
    SUNDAY,
    Case,
    case,
    listed,
    means,
    play,
    table,
    verified,
)
from tests.support.records import at

MAY = "verification.by-guardian"
OWN = "verification.own-signature"
HIS = means("g2", "m2")
EARLY_SATURDAY = at(SATURDAY, "00:30").astimezone(UTC)
"""Half past midnight on Saturday in New Zealand, told as UTC, where it is still Friday."""
CASES = (
    case(
        pytest.mark.example("verification.by-guardian", "A mother on the child's list verifies the week."),
        "met", means(), listed(), verified(),
    ),
    case(
        pytest.mark.example("verification.by-guardian", "A teacher verifies the week."),
        "breached", means(), listed(), verified("t1", with_=None), finds=MAY,
    ),
    case(
        pytest.mark.example("verification.by-guardian", "An administrator verifies the week."),
        "breached", means(), listed(), verified("a1", with_=None), finds=MAY,
    ),
    case("A teacher verifies, and the child has no list.", "breached", verified("t1", with_=None), finds=MAY),
    case("A teacher who stands on the child's list verifies as a parent would.", "breached",
         listed("t1"), verified("t1", with_=None), finds=MAY),
    case("A teacher disputes the week.", "breached", listed(), verified("t1", with_=None, decision="disputed"), finds=MAY),
    case(
        pytest.mark.example("verification.by-guardian", "An aunt who is not on the child's list verifies the week."),
        "breached", listed(), verified("g3", with_=None), finds=MAY,
    ),
    case(
        pytest.mark.example("verification.by-guardian", "A father verifies the day after his authority ended."),
        "breached", HIS, listed("g2", last=FRIDAY), verified("g2", with_="m2"), finds=MAY,
    ),
    case(
        pytest.mark.example("verification.by-guardian", "A father verifies on the last day of his authority."),
        "met", HIS, listed("g2", last=SATURDAY), verified("g2", with_="m2"),
    ),
    case("A father verifies in the last minute of his authority.", "met", HIS, listed("g2", last=SATURDAY),
         verified("g2", at(SATURDAY, "23:59"), with_="m2")),
    case("A father verifies in the first minute after his authority.", "breached", HIS, listed("g2", last=SATURDAY),
         verified("g2", at(SUNDAY, "00:00"), with_="m2"), finds=MAY),
    case("A father verifies the day before his authority begins.", "breached", HIS, listed("g2", SUNDAY),
         verified("g2", with_="m2"), finds=MAY),
    case("A father verifies on the first day of his authority.", "met", HIS, listed("g2", SATURDAY),
         verified("g2", with_="m2")),
    case("Half an hour into his authority by the clock of New Zealand a father verifies, and the record tells the time in UTC.",
         "met", HIS, listed("g2", SATURDAY), verified("g2", EARLY_SATURDAY, with_="m2")),
    case("A father verifies between two authorities of his.", "breached", HIS, listed("g2", LONG_AGO, FRIDAY),
         listed("g2", SUNDAY, key="again"), verified("g2", with_="m2"), finds=MAY),
    case("A father verifies under the second of two authorities.", "met", HIS, listed("g2", LONG_AGO, MONDAY),
         listed("g2", SATURDAY, key="again"), verified("g2", with_="m2")),
    case(
        pytest.mark.example("verification.by-guardian", "A guardian verifies, and the child has no list."),
        "cannot show", means(), verified(),
    ),
    case("Somebody on the child's list of whom no role is on record verifies.", "met",
         means("x9"), listed("x9"), verified("x9")),
    case(
        pytest.mark.example("verification.own-signature", "The father verifies with the mother's signature."),
        "breached", means(), listed("g2"), verified("g2"), finds=OWN,
    ),
    case(
        pytest.mark.example(
            "verification.own-signature", "A mother verifies with a signature that was revoked the day before."
        ),
        "breached", means(revoked=at(FRIDAY, "17:00")), listed(), verified(), finds=OWN,
    ),
    case("A mother verifies at the very moment her signature is revoked.", "breached",
         means(revoked=at(SATURDAY, "17:00")), listed(), verified(), finds=OWN),
    case("A mother verifies a minute before her signature is revoked.", "met",
         means(revoked=at(SATURDAY, "17:01")), listed(), verified()),
    case(
        pytest.mark.example("verification.own-signature", "A mother verifies with her own signature."),
        "met, met", means(), listed(), verified(), verified(key="v2", days=(MONDAY, MONDAY)),
    ),
    case(
        pytest.mark.example("verification.own-signature", "A verification names a signature that is not on record."),
        "cannot show", listed(), verified(),
    ),
    case("A verification names no signature.", "cannot show", listed(), verified(with_=None)),
    case("A teacher verifies with the mother's signature.", "breached", means(), listed(), verified("t1"),
         finds=f"{MAY}, {OWN}"),
    case("A mother signs on paper: that is no electronic verification.", "", listed(), verified(with_=None, medium="paper")),
    case("A teacher signs the parents' sheet: not electronic, and still not a parent.", "",
         listed(), verified("t1", with_=None, medium="paper"), finds=MAY),
    case("A mother on the list disputes the week.", "met", means(), listed(), verified(decision="disputed")),
    case("A teacher verified another week.", "", listed(),
         verified("t1", with_=None, days=(MONDAY - timedelta(days=7), MONDAY - timedelta(days=1)))),
)  # fmt: skip


@pytest.mark.parametrize("one", table(CASES))
def test_only_an_authorised_parent_or_guardian_verifies(one: Case) -> None:
    play(one, 4)
