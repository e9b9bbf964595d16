"""The strip of a child's day, and the signs that stand in it."""

from ecegateway.claim.catalogue import CATALOGUE
from ecegateway.export.signs import CATEGORY_SIGNS, signs
from ecegateway.export.strip import Block, Line, strip
from ecegateway.model.claim import Category, Portion, Verdict
from ecegateway.model.ids import RuleId
from ecegateway.model.quarters import Quarters

CLAIMED = Portion(360, 480, Verdict.CLAIMED, Category.UNDER_TWO, RuleId("funding.enrolled-hours"), None, ())


def test_every_reason_has_a_sign_of_its_own_made_of_its_id() -> None:
    found = signs(CATALOGUE)
    assert found.keys() == CATALOGUE.keys()
    assert len(set(found.values())) == len(found)
    assert found[RuleId("funding.licensed-places")] == "LP"
    assert max(len(sign) for sign in found.values()) <= 4


def test_reasons_with_the_same_letters_are_told_apart_by_a_number_in_any_order() -> None:
    alike = [RuleId("absence.three-weeks"), RuleId("absence.thirteenth-week"), RuleId("funding.daily-limit")]
    assert signs(alike) == signs(reversed(alike)) == dict(zip(alike, ["TW2", "TW1", "DL"], strict=True))


def test_every_category_has_a_sign() -> None:
    assert CATEGORY_SIGNS.keys() == set(Category)
    assert len(set(CATEGORY_SIGNS.values())) == len(Category)


def test_a_fate_is_one_block_whether_the_child_was_there_or_not() -> None:
    found = strip(
        (
            Quarters(465, 1, booked=False, attended=True, portion=None, mixed=False),
            Quarters(480, 20, booked=True, attended=True, portion=CLAIMED, mixed=False),
            Quarters(780, 4, booked=True, attended=False, portion=CLAIMED, mixed=False),
            Quarters(None, 2, booked=False, attended=False, portion=CLAIMED, mixed=False),
        )
    )
    assert found.starts == 465
    assert found.blocks == (
        Block(1, None, mixed=False, added=False),
        Block(24, CLAIMED, mixed=False, added=False),
        Block(2, CLAIMED, mixed=False, added=True),
    )
    assert found.attended == (Line(1, 21),)
    assert found.booked == (Line(2, 24),)


def test_an_empty_day_has_an_empty_strip() -> None:
    assert strip(()).blocks == ()
