"""The conformance card: counted by source, reasons by weight, gaps day by day, graded only when asked."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ecegateway.contract import Fact
from ecegateway.evidence.record import SetApart
from ecegateway.facts.fold import fold
from ecegateway.facts.types import ServiceFacts
from ecegateway.flows import claim
from ecegateway.handbook.lookup import handbook
from ecegateway.handbook.policy import policy
from ecegateway.model.attendance import Mark, Method
from ecegateway.model.conformance import Conformance, CriterionCounts, Grade
from ecegateway.model.ids import SourceName
from ecegateway.model.period import DateRange
from ecegateway.model.record import Record
from ecegateway.rules.criteria.card import conformance
from ecegateway.rules.registry import Question, question
from tests.support.records import (
    EVERY_FACT,
    MONDAY,
    RECEIVED,
    Facts,
    agreement,
    child,
    evidence,
    prepared,
    profile,
    stay,
    versions,
)

PAPER = SourceName("paper")
TUESDAY = MONDAY + timedelta(days=1)
WEEK = DateRange(MONDAY, MONDAY + timedelta(days=7))


def asked_of(*records: Record, facts: Facts = EVERY_FACT, paper: tuple[Record, ...] = (), apart: int = 0) -> Question:
    stored = [*versions([profile(), *child(), *child("c2"), *records]), *versions(paper, source=PAPER)]
    kept = evidence(stored, facts)
    rows = tuple(SetApart(number, PAPER, None, RECEIVED) for number in range(1, apart + 1))
    shown = {**kept.facts, PAPER: frozenset[Fact]()}
    return question(fold(replace(kept, facts=shown, set_apart=rows), WEEK), WEEK, policy(), handbook())


def counts_of(made: Conformance, source: str, number: int) -> CriterionCounts:
    (found,) = (one for one in made.cards if one.source == source)
    assert found.criteria[number - 1].criterion == number
    return found.criteria[number - 1]


def test_every_source_has_a_card_of_twelve_criteria_though_it_gave_nothing() -> None:
    made = conformance(asked_of(stay(MONDAY)))
    assert [(one.source, len(one.criteria)) for one in made.cards] == [("kowhai", 12), (PAPER, 12)]
    assert [text.number for text in made.criteria] == list(range(1, 13))
    empty = counts_of(made, PAPER, 7)
    assert (empty.met, empty.breached, empty.cannot_show, empty.grade) == (0, 0, 0, Grade.CANNOT_SHOW)
    assert empty.lacks == ("how it was signed",)
    assert empty.paper_needed


def test_each_record_counts_for_the_source_it_came_from() -> None:
    on_paper = stay(TUESDAY, method=Method.NOT_SHOWN, by=None)
    made = conformance(asked_of(stay(MONDAY), stay(TUESDAY, method=Method.BULK), paper=(on_paper,)))
    of_system, of_paper = counts_of(made, "kowhai", 7), counts_of(made, PAPER, 7)
    assert (of_system.met, of_system.breached, of_system.cannot_show) == (1, 1, 0)
    assert (of_paper.met, of_paper.breached, of_paper.cannot_show) == (0, 0, 1)
    assert (of_system.grade, of_system.shows, of_system.paper_needed) == (Grade.BREACHED, ("how it was signed",), False)


def test_reasons_put_breaches_first_and_then_what_most_records_share() -> None:
    defaults = [stay(MONDAY + timedelta(days=n), method=Method.DEFAULT) for n in range(2)]
    bulk = [stay(MONDAY + timedelta(days=n), method=Method.BULK) for n in range(2, 5)]
    unknown = [stay(MONDAY + timedelta(days=n), child_key="c2", method=Method.NOT_SHOWN) for n in range(7)]
    found = counts_of(conformance(asked_of(*defaults, *bulk, *unknown)), "kowhai", 7)
    assert [(one.grade, one.records, one.children) for one in found.reasons] == [
        (Grade.BREACHED, 3, 1),
        (Grade.BREACHED, 2, 1),
        (Grade.CANNOT_SHOW, 7, 1),
    ]
    assert "one action" in found.reasons[0].why
    assert len(found.reasons[2].first) == 5
    assert sum(one.records for one in found.reasons) == found.breached + found.cannot_show


def test_reasons_that_as_many_records_share_stand_by_the_alphabet() -> None:
    days = [MONDAY + timedelta(days=n) for n in range(3)]
    methods = (Method.BULK, Method.DEFAULT, Method.BOOKING)
    stays = [stay(day, method=method) for day, method in zip(days, methods, strict=True)]
    reasons = counts_of(conformance(asked_of(*stays)), "kowhai", 7).reasons
    assert [(one.records, one.why.rpartition("made as ")[2]) for one in reasons] == [
        (1, "a copy of the booking"),
        (1, "a default"),
        (1, "one action for several children"),
    ]


def test_days_with_gaps_are_listed_with_their_children() -> None:
    nobody = {"sign_out": Mark(method=Method.SIGNED)}
    unsigned = [stay(MONDAY, child_key=key).model_copy(update=nobody) for key in ("c2", "c1")]
    made = conformance(asked_of(agreement(weekdays=("Mo", "Tu")), *unsigned, stay(TUESDAY, child_key="c2")))
    (monday, tuesday) = made.gaps
    assert monday.day == MONDAY
    assert [(why, children) for why, children in monday.gaps] == [
        ("was signed by nobody at one end, and no parent has confirmed it", ("kowhai:c1", "kowhai:c2"))
    ]
    assert (tuesday.day, tuesday.gaps[0][1]) == (TUESDAY, ("kowhai:c1",))


def test_rows_in_quarantine_are_breaches_of_the_source_that_sent_them() -> None:
    found = counts_of(conformance(asked_of(stay(MONDAY), apart=2)), PAPER, 12)
    assert (found.breached, found.reasons[0].first) == (2, ("quarantine 1", "quarantine 2"))
    assert counts_of(conformance(asked_of(stay(MONDAY), apart=2)), "kowhai", 12).grade is Grade.MET


def test_a_source_that_shows_all_and_gave_no_such_record_has_no_grade() -> None:
    found = counts_of(conformance(asked_of(stay(MONDAY))), "kowhai", 4)
    assert (found.grade, found.paper_needed, found.lacks) == (None, False, ())


def test_equal_facts_give_an_equal_card_in_any_order() -> None:
    records = [stay(MONDAY), stay(TUESDAY, method=Method.BULK), agreement()]
    assert conformance(asked_of(*records)) == conformance(asked_of(*reversed(records)))


def test_a_claim_is_made_without_grading(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[Question] = []
    monkeypatch.setattr(claim, "conformance", calls.append)
    made = prepared(profile(), *child(), agreement(), stay(MONDAY))
    assert calls == []
    made.exportable.conformance()
    made.exportable.conformance()
    assert [one.days for one in calls] == [made.claim.period.days]


def graded(facts: ServiceFacts, days: DateRange) -> Conformance:
    return conformance(question(facts, days, policy(), handbook()))


def test_what_is_worked_out_later_is_equal_if_its_claim_is() -> None:
    """A claim made again of the same evidence is the same, whatever its exporters are still to ask."""
    made, again = (prepared(profile(), *child(), agreement(), stay(MONDAY)).exportable for _ in range(2))
    assert made.conformance == again.conformance
    assert made == again
    assert made.conformance != prepared(profile(), *child(), agreement(), stay(TUESDAY)).exportable.conformance


def test_a_card_is_of_its_days_alone() -> None:
    """A claim looks into the days before and after its period; their records are another card's."""
    before, first = MONDAY - timedelta(days=10), MONDAY - timedelta(days=7)
    facts = asked_of(stay(before), stay(first)).facts
    assert counts_of(graded(facts, DateRange(first, WEEK.after)), "kowhai", 7).met == 1
