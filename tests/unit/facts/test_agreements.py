"""Which signed agreement is in force when (Handbook 6-1)."""

from datetime import date

from ecegateway.model.enrolment import Enrolment
from tests.support.records import agreement, facts_of, profile


def _agreed(*agreements: Enrolment) -> list[tuple[date, list[str]]]:
    (child,) = facts_of(profile(), *agreements).children
    return [(found.since, [known.record.key for known in found.agreements]) for found in child.agreed]


def test_an_agreement_counts_from_the_later_of_its_first_day_and_its_signature() -> None:
    late = agreement(since=date(2026, 2, 2), signed_on=date(2026, 2, 9))
    early = agreement(since=date(2026, 2, 2), signed_on=date(2026, 1, 20))
    assert _agreed(late) == [(date(2026, 2, 9), ["a-c1"])]
    assert _agreed(early) == [(date(2026, 2, 2), ["a-c1"])]


def test_an_agreement_nobody_signed_is_never_in_force() -> None:
    assert _agreed(agreement(signed_on=None)) == []


def test_a_newer_version_replaces_the_older_one_for_good() -> None:
    older = agreement(since=date(2026, 1, 5), key="old")
    newer = agreement(since=date(2026, 2, 2), last_day=date(2026, 3, 31), key="new")
    assert _agreed(older, newer) == [(date(2026, 1, 5), ["old"]), (date(2026, 2, 2), ["new"]), (date(2026, 4, 1), [])]


def test_an_agreement_that_ends_on_the_last_day_there_is_does_not_end() -> None:
    """Some systems write 9999-12-31 for "no end"."""
    assert _agreed(agreement(since=date(2026, 1, 5), last_day=date.max)) == [(date(2026, 1, 5), ["a-c1"])]


def test_a_school_visit_noted_later_on_a_signed_agreement_is_known() -> None:
    """Handbook 7-8, 6-1: a visit is noted on the enrolment record, and asks for no signature."""
    signed = agreement()
    noted = signed.model_copy(update={"school_visits": (date(2026, 3, 4),)})
    (child,) = facts_of(profile(), signed, noted).children
    assert [known.record.school_visits for known in child.enrolments] == [(date(2026, 3, 4),)]
