import csv
import io
import json
import re
from dataclasses import replace
from datetime import date

import pytest

from ecegateway.contract import Exportable
from ecegateway.errors import ExportError
from ecegateway.export.findings_csv import findings_csv
from ecegateway.export.findings_json import findings_json
from ecegateway.export.findings_page import findings_page
from ecegateway.export.summary import causes, reasons, touches, weight
from ecegateway.model.claim import Verdict
from ecegateway.model.finding import Finding, Severity
from ecegateway.model.ids import RuleId
from tests.support.claims import CLOSURE, RULES, SERVICE, SHARED, UNSIGNED, child_key, claim, exportable


def finding(**changes: object) -> Finding:
    made = Finding(
        rule=UNSIGNED,
        severity=Severity.HOLDS,
        service=SERVICE,
        child=child_key(1),
        days=(date(2026, 2, 2), date(2026, 2, 3)),
        evidence=(),
        parameters=(("count", "2"),),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def rows(made: Exportable) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(findings_csv(made).decode("utf-8-sig"))))


def test_the_json_carries_keys_words_and_no_names() -> None:
    made = exportable(claim(findings=[finding()]))
    raw = findings_json(made)
    document = json.loads(raw)

    (found,) = document["findings"]
    assert found["message"] == "2 stays have no signature of a guardian."
    assert found["parameters"] == {"count": "2"}
    assert document["rules"][UNSIGNED]["fix"] == RULES[UNSIGNED].fix
    for name in made.child_names.values():
        assert name.encode() not in raw


def test_the_csv_has_one_row_per_finding_with_the_name_and_the_fix() -> None:
    made = exportable(claim(findings=[finding(), finding(child=None, rule=CLOSURE, parameters=(("day", "x"),))]))

    first, second = rows(made)

    assert first["Child key"] == child_key(1)
    assert first["Child"] == made.child_names[child_key(1)]
    assert (first["First day"], first["Last day"], first["Days"]) == ("2026-02-02", "2026-02-03", "2")
    assert first["What to do"] == RULES[UNSIGNED].fix
    assert second["Child"] == "Pūāwai Early Learning"


def test_the_csv_opens_with_macrons_in_a_spreadsheet() -> None:
    assert findings_csv(exportable(claim())).startswith(b"\xef\xbb\xbfRule,")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d"])
def test_no_cell_of_the_csv_is_a_formula(start: str) -> None:
    poison = f'{start}HYPERLINK("http://127.0.0.1/","x")'
    made = exportable(claim(findings=[finding(parameters=(("count", poison),), switch=poison)]))
    rule = replace(RULES[UNSIGNED], message="{count}")
    made = replace(made, child_names={child_key(1): poison}, rules={**made.rules, UNSIGNED: rule})

    (row,) = rows(made)

    assert row["Child"] == row["Message"] == row["Policy switch"] == f"'{poison}"


def test_one_cause_is_one_line_with_all_its_children_and_days() -> None:
    made = exportable(
        claim(
            child_days=(),
            findings=[finding(), finding(days=(date(2026, 2, 3), date(2026, 2, 4))), finding(child=child_key(2))],
        )
    )

    (cause,) = causes(made)

    assert (cause.children, cause.child_days, cause.days) == (2, 5, 3)
    line = next(line for line in cause.causes if line.child == child_key(1))
    assert line.days == (date(2026, 2, 2), date(2026, 2, 3), date(2026, 2, 4))
    assert line.messages == ("2 stays have no signature of a guardian.",)


def test_hours_held_under_a_cause_are_those_its_reason_holds() -> None:
    made = exportable(claim(children=12))
    by_reason = {reason.rule.rule: reason.minutes for reason in reasons(made, Verdict.HELD)}

    (cause,) = (cause for cause in causes(made) if cause.rule.rule == UNSIGNED)

    assert cause.minutes_held == by_reason[UNSIGNED] > 0
    assert sum(line.minutes_held for line in cause.causes) == cause.minutes_held


def test_a_cause_counts_the_same_children_and_days_as_its_reason() -> None:
    made = exportable(claim(children=12))
    counts = {reason.rule.rule: (reason.children, reason.child_days) for reason in reasons(made, Verdict.HELD)}
    page = findings_page(made).decode()

    holding = [cause for cause in causes(made) if cause.minutes_held]

    assert holding
    for cause in holding:
        assert (cause.children, cause.child_days) == counts[cause.rule.rule]
        assert ", ".join(touches(cause)) in page
        assert sum(line.child_days for line in cause.causes) == cause.child_days


def test_a_cause_whose_hours_another_one_holds_says_so() -> None:
    made = exportable(claim(child_days=(), findings=[finding(), finding(severity=Severity.WARNS)]))

    alone, warning = causes(made)

    assert weight(alone) == "nothing held by this one alone"
    assert weight(warning) == "an auditor would ask"
    assert "1 more cause holds nothing alone" in findings_page(made).decode()


def test_the_hours_held_of_the_csv_sum_to_the_hours_of_the_reason_however_findings_overlap() -> None:
    made = exportable(claim(children=12))
    wanted = {reason.rule.rule: reason.minutes for reason in reasons(made, Verdict.HELD)}
    doubled = replace(made, claim=replace(made.claim, findings=(*made.claim.findings, *made.claim.findings)))

    for one in (made, doubled):
        found: dict[str, int] = {}
        for row in rows(one):
            hours, _, minutes = (row["Hours held"] or "0:00").partition(":")
            found[row["Rule"]] = found.get(row["Rule"], 0) + int(hours) * 60 + int(minutes)
        assert found[UNSIGNED] == wanted[UNSIGNED] > 0


def test_hours_held_by_a_finding_about_the_service_stand_on_its_line() -> None:
    made = exportable(claim(children=12, findings=[finding(child=None)]))
    by_reason = {reason.rule.rule: reason.minutes for reason in reasons(made, Verdict.HELD)}

    (cause,) = causes(made)

    assert cause.causes[0].minutes_held == by_reason[UNSIGNED]


def test_what_holds_hours_stands_before_what_only_warns() -> None:
    found = causes(exportable(claim(children=12)))

    assert found[-1].rule.rule == SHARED
    held = [cause.minutes_held for cause in found if cause.severity is Severity.HOLDS]
    assert held == sorted(held, reverse=True)


def test_the_page_gives_fix_citation_days_and_evidence() -> None:
    page = findings_page(exportable(claim(findings=[finding(evidence=("kowhai/10842/attendance/a-1@2",))]))).decode()

    for text in (RULES[UNSIGNED].fix, RULES[UNSIGNED].cites, "2 and 3 February 2026", "kowhai/10842/attendance/a-1@2"):
        assert text in page


def test_a_clean_period_is_told_so() -> None:
    assert "found nothing wrong" in findings_page(exportable(claim(findings=[]))).decode()


def test_a_rule_without_words_and_a_message_without_its_parameter_are_named() -> None:
    with pytest.raises(ExportError, match=r"rule 'made\.up' has no text"):
        findings_json(exportable(claim(findings=[finding(rule=RuleId("made.up"))])))
    with pytest.raises(ExportError, match=f"message of rule '{re.escape(UNSIGNED)}'"):
        findings_json(exportable(claim(findings=[finding(parameters=())])))
