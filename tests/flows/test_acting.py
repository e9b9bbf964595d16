"""What people say about causes, as it stands on a day; and what differs between two checks."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from ecegateway.errors import ConfigError
from ecegateway.evidence.record import Assignment, Ending, Given, Seen, Waiver
from ecegateway.flows.acting import OpenCause, WaivedCause, scope, standing, words
from ecegateway.flows.check import changes, seen
from ecegateway.model.cause import Cause
from ecegateway.model.finding import Finding, Severity
from ecegateway.model.ids import ChildKey, RuleId
from tests.support.claims import KNOWN_AT, SERVICE, UNSIGNED, child_key, claim, exportable

FEBRUARY = date(2026, 2, 2), date(2026, 2, 27)
MONDAY, TUESDAY = date(2026, 2, 2), date(2026, 2, 3)
TODAY = date(2026, 6, 1)
ENDING = Ending("Mere", "the paper was lost", KNOWN_AT)


def finding(child: int | None, *days: date, rule: RuleId = UNSIGNED) -> Finding:
    key = None if child is None else child_key(child)
    return Finding(rule, Severity.HOLDS, SERVICE, key, days, (), (("count", "1"),))


def waiver(**changes: object) -> Given[Waiver]:
    given = Waiver(UNSIGNED, SERVICE, None, *FEBRUARY, "Hēni", "seen on paper", None, KNOWN_AT)
    return Given(1, replace(given, **changes), None)  # type: ignore[arg-type]


def assigned(person: str, number: int = 1, **changes: object) -> Given[Assignment]:
    given = Assignment(UNSIGNED, SERVICE, None, *FEBRUARY, person, "Hēni", "", KNOWN_AT)
    return Given(number, replace(given, **changes), None)  # type: ignore[arg-type]


def causes(*findings: Finding) -> tuple[Cause, ...]:
    return exportable(claim(children=12, findings=findings)).causes()


def stand(
    found: Sequence[Cause], waivers: Sequence[Given[Waiver]] = (), tasks: Sequence[Given[Assignment]] = ()
) -> tuple[tuple[OpenCause, ...], tuple[WaivedCause, ...]]:
    return standing(found, waivers, tasks, TODAY)


@pytest.mark.parametrize(
    ("given", "waived"),
    [
        pytest.param(waiver(), True, id="all children, all days"),
        pytest.param(waiver(child=child_key(1)), True, id="this child"),
        pytest.param(waiver(child=child_key(2)), False, id="another child"),
        pytest.param(waiver(last_day=MONDAY), False, id="not all of the finding's days"),
        pytest.param(waiver(first_day=TUESDAY), False, id="not from its first day"),
        pytest.param(waiver(rule=RuleId("attendance.no-record")), False, id="another rule"),
        pytest.param(waiver(until=TODAY), True, id="on its last day"),
        pytest.param(waiver(until=date(2026, 5, 31)), False, id="past its last day"),
        pytest.param(replace(waiver(), end=ENDING), False, id="withdrawn"),
    ],
)
def test_a_waiver_counts_for_what_it_names_until_its_last_day_or_its_withdrawal(given: Given[Waiver], *, waived: bool) -> None:
    opened, aside = stand(causes(finding(1, MONDAY, TUESDAY)), [given])

    assert (len(opened), len(aside)) == ((0, 1) if waived else (1, 0))
    assert not waived or aside[0].waivers == (given,)


def test_a_waived_finding_holds_its_hours_still_and_the_rest_of_its_cause_stays_to_be_done() -> None:
    days = tuple(day for day in sorted({line.day for line in claim(children=12).child_days}))
    (whole,) = causes(*(finding(number, *days) for number in range(12)))
    some = next(one.child for one in whole.effect.days)

    (opened,), (aside,) = stand([whole], [waiver(child=some)])

    assert {one.child for one in aside.cause.findings} == {some}
    assert some not in {one.child for one in opened.cause.findings}
    assert opened.cause.effect.held + aside.cause.effect.held == whole.effect.held
    assert aside.cause.effect.held > 0
    assert opened.cause.effect.held > 0


def test_a_cause_is_whoever_it_was_assigned_to_last_named_first() -> None:
    found = causes(finding(1, MONDAY))

    ((opened,), _) = stand(
        found,
        tasks=[
            assigned("Rāwiri"),
            assigned("Mere", 2),
            assigned("Rāwiri", 3),
            replace(assigned("Nobody", 4), end=ENDING),
            assigned("Another", 5, child=child_key(2)),
        ],
    )

    assert opened.assigned == ("Rāwiri", "Mere")


def test_what_people_said_is_told_with_its_number_and_whether_it_counts() -> None:
    said: list[Given[Waiver] | Given[Assignment]] = [
        waiver(until=date(2026, 5, 31)),
        replace(waiver(), id=2, end=ENDING),
        assigned("Rāwiri", 3, note="ask the vendor"),
    ]

    about = f"{UNSIGNED}, every child, 2026-02-02 to 2026-02-27"
    assert list(words(said, TODAY)) == [
        f"waiver 1 (past its last day): {about} until 2026-05-31; Hēni: seen on paper",
        f"waiver 2 (withdrawn by Mere: the paper was lost): {about}; Hēni: seen on paper",
        f"assignment 3: {about}; Rāwiri, says Hēni: ask the vendor",
    ]
    assert list(words(said, TODAY, "attendance.no-record")) == []


def test_a_word_about_nothing_that_was_found_is_refused() -> None:
    made = claim(findings=[finding(1, MONDAY, TUESDAY)])

    about = scope(made, UNSIGNED, None, None, None)
    assert (about.first_day, about.last_day) == (date(2026, 2, 1), date(2026, 5, 31))
    assert scope(made, UNSIGNED, child_key(1), MONDAY, TUESDAY).child == child_key(1)
    for rule, child, last in (("made.up", None, None), (UNSIGNED, "c-999", None), (UNSIGNED, None, MONDAY)):
        with pytest.raises(ConfigError, match="found nothing"):
            scope(made, rule, child, None, last)


def test_what_was_seen_is_one_line_for_a_rule_and_a_child_with_all_its_days() -> None:
    found = seen([finding(2, TUESDAY), finding(1, TUESDAY), finding(1, MONDAY, TUESDAY), finding(None)])

    assert found == (
        Seen(UNSIGNED, None, "holds", ()),
        Seen(UNSIGNED, child_key(1), "holds", (MONDAY, TUESDAY)),
        Seen(UNSIGNED, child_key(2), "holds", (TUESDAY,)),
    )


def test_changes_are_told_day_by_day_and_a_finding_of_another_weight_is_another() -> None:
    def one(child: str | None, *days: date, severity: str = "holds") -> Seen:
        return Seen(UNSIGNED, None if child is None else ChildKey(child), severity, days)

    then = [one("a", MONDAY), one("b", MONDAY, TUESDAY), one("c"), one("d", MONDAY), one(None)]
    now = [one("a", MONDAY, TUESDAY), one("b", MONDAY), one("d", MONDAY, severity="warns"), one(None), one("e")]

    found = changes(then, now)

    assert found.new == (one("a", TUESDAY), one("d", MONDAY, severity="warns"), one("e"))
    assert found.gone == (one("b", TUESDAY), one("c"), one("d", MONDAY))
    assert found.unchanged == 3
    assert changes(now, now).unchanged == len(now)
