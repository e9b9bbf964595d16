import csv
import io
import json
import re
from dataclasses import replace
from datetime import date

import pytest

from ecegateway.contract import Exportable
from ecegateway.errors import ExportError
from ecegateway.export.cause_lines import cause_lines, columns, comes_back, touches, weight
from ecegateway.export.findings_csv import findings_csv
from ecegateway.export.findings_json import findings_json
from ecegateway.export.findings_page import findings_page
from ecegateway.export.summary import reasons
from ecegateway.model.cause import ColumnEffect, DayEffect, Effect
from ecegateway.model.claim import Category, Verdict
from ecegateway.model.finding import Finding, Severity
from ecegateway.model.ids import RuleId
from tests.support.claims import CLOSURE, DEFAULTED, RULES, SERVICE, UNSIGNED, child_key, claim, exportable


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

    (cause,) = document["causes"]
    (found,) = cause["findings"]
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
    assert findings_csv(exportable(claim())).startswith(b'\xef\xbb\xbf"Rule",')


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

    (line,) = cause_lines(made, made.causes())

    assert (line.named, len(line.days), touches(line)) == (2, 3, ("2 children", "5 child days"))
    child = next(child for child in line.children if child.child == child_key(1))
    assert child.days == (date(2026, 2, 2), date(2026, 2, 3), date(2026, 2, 4))
    assert child.messages == ("2 stays have no signature of a guardian.",)


def test_what_findings_have_in_common_stands_in_the_title_and_has_a_place_of_its_own() -> None:
    tablet = [finding(child=child_key(number), cause="device tablet-3") for number in range(3)]
    made = exportable(claim(child_days=(), findings=[*tablet, finding()]))

    lines = cause_lines(made, made.causes())

    assert [line.title for line in lines] == [f"{RULES[UNSIGNED].title} ({words})" for words in ("device tablet-3", "others")]
    page = findings_page(made).decode()
    for line in lines:
        assert f'href="#{line.anchor}"' in page
        assert f'<section id="{line.anchor}">' in page


def test_each_file_says_what_a_cause_holds_what_would_come_back_and_what_another_holds_too() -> None:
    made = exportable(claim(children=12))
    line = next(line for line in cause_lines(made, made.causes()) if line.cause.rule == UNSIGNED)
    effect = line.cause.effect

    assert effect.held == {reason.rule.rule: reason.minutes for reason in reasons(made, Verdict.HELD)}[UNSIGNED] > 0
    assert effect.held == effect.returns + effect.shared
    page, document = findings_page(made).decode(), json.loads(findings_json(made))
    for words in (*columns(effect), comes_back(effect), RULES[DEFAULTED].title, "8 June 2026"):
        assert words in page
    (found,) = (one for one in document["causes"] if one["rule"] == UNSIGNED)
    assert (found["held"], found["returns"], found["shared"]) == (effect.held, effect.returns, effect.shared)
    assert (found["others"], found["due"]) == ([DEFAULTED], "2026-06-08")
    assert sum(cell["held"] for cell in found["cells"]) == effect.held


@pytest.mark.parametrize(
    ("effect", "says", "back"),
    [
        pytest.param((120, 0, 120), "2:00 hours held back", "2:00 come back", id="alone"),
        pytest.param(
            (120, 60, 60), "2:00 hours held back, 1:00 of them by another cause too", "1:00 come back", id="with another"
        ),
        pytest.param(
            (120, 120, 0),
            "2:00 hours held back, all of them by another cause too",
            "nothing comes back before the other is settled as well",
            id="all of it with another",
        ),
        pytest.param(
            (120, 0, 90), "2:00 hours held back", "1:30 come back; a limit or an absence rule takes 0:30", id="above a limit"
        ),
        pytest.param((120, 0, 0), "2:00 hours held back", "nothing comes back", id="refused all the same"),
    ],
)
def test_what_hangs_on_a_cause_in_words(effect: tuple[int, int, int], says: str, back: str) -> None:
    held, shared, returns = effect
    day = DayEffect(child_key(1), date(2026, 2, 2), held, returns, shared, (ColumnEffect(Category.UNDER_TWO, held, returns),))
    made = exportable(claim(child_days=(), findings=[finding()]))
    (line,) = cause_lines(made, made.causes())
    line = replace(line, cause=replace(line.cause, effect=Effect((day,))))

    assert (weight(line), comes_back(line.cause.effect)) == (says, back)
    assert columns(line.cause.effect) == ("Under 2 2:00 on 1 day",)


def test_a_cause_that_touches_no_hour_at_stake_says_so() -> None:
    made = exportable(claim(child_days=(), findings=[finding(), finding(severity=Severity.WARNS)]))
    alone, warning = cause_lines(made, made.causes())

    assert weight(alone) == "no hours at stake on these days"
    assert weight(warning) == "an auditor would ask"


def test_the_hours_of_the_csv_sum_to_the_hours_of_the_cause_however_findings_overlap() -> None:
    made = claim(children=12)
    wanted = next(cause for cause in exportable(made).causes() if cause.rule == UNSIGNED).effect
    doubled = replace(made, findings=(*made.findings, *made.findings))

    for one in (made, doubled):
        found = [row for row in rows(exportable(one)) if row["Rule"] == UNSIGNED]
        sums = [
            sum(minutes(row[column]) for row in found) for column in ("Hours held", "Would come back", "Held by another too")
        ]
        assert sums == [wanted.held, wanted.returns, wanted.shared]


def minutes(text: str) -> int:
    hours, _, rest = (text or "0:00").partition(":")
    return int(hours) * 60 + int(rest)


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
