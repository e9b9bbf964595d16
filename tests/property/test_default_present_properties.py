"""Suspicions of undeclared defaults do not hang on the order of arrival, nor does an honest child bring one on another."""

from itertools import cycle

from bench.centre_facts import facts_from, facts_of, records_of
from bench.centres import Centre, honest
from bench.falsify import falsehood, falsify
from hypothesis import given, settings
from hypothesis import strategies as st

from ecegateway.demo.season import PERIOD, dice
from ecegateway.facts.types import ServiceFacts
from ecegateway.handbook.lookup import handbook
from ecegateway.handbook.policy import policy
from ecegateway.model.finding import Finding
from ecegateway.model.record import Record
from ecegateway.rules.attendance.default_present.catalogue import DEFAULT_PRESENT_RULES
from ecegateway.rules.registry import Question, question
from tests.support.registers import DAYS, asked, kept, others, scattered

NEAR = st.integers(-4, 4)
OFFS = st.lists(st.tuples(NEAR, NEAR) | st.just((0, 0)), min_size=1, max_size=6)


def findings(about: Question) -> list[Finding]:
    return [finding for rule in DEFAULT_PRESENT_RULES for finding in rule.findings(about)]


def over_the_period(facts: ServiceFacts) -> list[Finding]:
    return findings(question(facts, PERIOD.days, policy(), handbook()))


def made_false(seed: int) -> Centre:
    centre = honest(seed)
    falsify(centre, falsehood(seed))
    return centre


@settings(max_examples=5, deadline=None)
@given(seed=st.integers(2_000_001, 2_001_000), shuffle=st.integers(0, 1000))
def test_the_order_in_which_records_arrive_does_not_matter(seed: int, shuffle: int) -> None:
    centre = made_false(seed)
    records = list(records_of(centre))
    dice(shuffle, "order").shuffle(records)
    assert over_the_period(facts_from(centre, records)) == over_the_period(facts_of(centre))


@settings(max_examples=12, deadline=None)
@given(
    offs=st.tuples(OFFS, OFFS),
    days=st.integers(10, len(DAYS)),
    key=st.sampled_from(["a0", "c15", "z9"]),
    shift=st.integers(0, 28),
    step=st.sampled_from([1, 5, 15]),
)
def test_an_honest_child_brings_no_suspicion_on_another(
    offs: tuple[list[tuple[int, int]], list[tuple[int, int]]], days: int, key: str, shift: int, step: int
) -> None:
    """Where the service's times already show how finely it writes them down: before that, nobody's times say much."""
    records: list[Record] = [
        *kept("c1", cycle(offs[0]), DAYS[:days]),
        *kept("c2", cycle(offs[1]), DAYS[:days]),
        *others(step=step),
    ]
    before = {(finding.rule, finding.child) for finding in findings(asked(*records)) if finding.child is not None}
    with_another = findings(asked(*records, *kept(key, scattered(shift))))
    after = {(finding.rule, finding.child) for finding in with_another if finding.child is not None}
    assert after <= before
