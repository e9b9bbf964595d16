"""What a cause is said to hold is what the claim gains when the rule is really not there."""

from collections import Counter
from datetime import date
from unittest.mock import patch

from hypothesis import given, settings

from ecegateway.claim import groups
from ecegateway.claim.clauses import TIMES_NOT_KNOWN
from ecegateway.flows.claim import from_evidence
from ecegateway.handbook.policy import policy
from ecegateway.model.cause import Cause
from ecegateway.model.claim import Category, Claim, Verdict
from ecegateway.model.ids import RuleId
from ecegateway.model.record import Record
from ecegateway.rules import assess
from ecegateway.rules.absence.reasons import NOT_JUDGED
from tests.property.test_claim_properties import services
from tests.support.records import PERIOD, evidence, versions

_Cells = Counter[tuple[date, Category]]


def _without(records: list[Record], rule: RuleId) -> Claim:
    """The claim of a gateway that does not know the rule."""
    fewer = tuple(one for one in assess.RULES if one.text.rule != rule)
    with patch.object(assess, "RULES", fewer):
        return from_evidence(evidence(versions(records)), PERIOD, policy()).claim


def _gains(was: Claim, now: Claim) -> _Cells:
    gained = Counter({(cell.day, cell.category): cell.minutes for cell in now.cells})
    gained.subtract({(cell.day, cell.category): cell.minutes for cell in was.cells})
    return _Cells({place: minutes for place, minutes in gained.items() if minutes})


def _said(cause: Cause) -> _Cells:
    return _Cells({(c.day, c.column.category): c.column.returns for c in cause.effect.cells if c.column.returns})


def _left_open(cause: Cause, now: Claim) -> bool:
    """Whether the days still lack what the rule would have asked to be put right: without it nobody asks."""
    own = {(finding.child, day) for finding in cause.findings for day in finding.days}
    open_ends = {TIMES_NOT_KNOWN.id, NOT_JUDGED.id}
    return any(p.reason in open_ends for one in now.child_days if (one.child, one.day) in own for p in one.portions)


@settings(max_examples=25, deadline=None)
@given(services())
def test_what_comes_back_is_what_a_claim_without_the_rule_gains_cell_by_cell(records: list[Record]) -> None:
    with patch.object(groups, "OF_ITS_OWN", 10**9):  # one cause for each rule
        made = from_evidence(evidence(versions(records)), PERIOD, policy()).exportable
        causes = made.causes()
    rules = {one.text.rule for one in assess.RULES}
    for cause in causes:
        if cause.rule in rules and cause.effect.held:
            now = _without(records, cause.rule)
            if cause.rule in assess.RECORD_OF_THE_DAY and _left_open(cause, now):
                assert cause.effect.returns >= _gains(made.claim, now).total()
            else:
                assert _said(cause) == _gains(made.claim, now)


@settings(max_examples=30, deadline=None)
@given(services())
def test_every_held_minute_stands_with_a_cause_and_no_cause_holds_more_than_a_day_has(records: list[Record]) -> None:
    made = from_evidence(evidence(versions(records)), PERIOD, policy()).exportable
    held = {(one.child, one.day): one.minutes_with(Verdict.HELD) for one in made.claim.child_days}
    most: Counter[tuple[str, date]] = Counter()
    for cause in made.causes():
        for one in cause.effect.days:
            assert 0 <= one.shared <= one.held <= held[one.child, one.day]
            assert sum(column.held for column in one.columns) <= one.held
            most[one.child, one.day] += one.held
    assert all(most[place] >= minutes for place, minutes in held.items())


@settings(max_examples=30, deadline=None)
@given(services())
def test_what_is_shared_is_shared_with_another_rule(records: list[Record]) -> None:
    made = from_evidence(evidence(versions(records)), PERIOD, policy()).exportable
    for cause in made.causes():
        assert bool(cause.effect.shared) == bool(cause.effect.others)
        assert cause.rule not in cause.effect.others


@settings(max_examples=30, deadline=None)
@given(services())
def test_every_finding_stands_in_one_cause(records: list[Record]) -> None:
    made = from_evidence(evidence(versions(records)), PERIOD, policy()).exportable
    assert Counter(f for cause in made.causes() for f in cause.findings) == Counter(made.claim.findings)
