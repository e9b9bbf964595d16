import json
from dataclasses import replace

import pytest

from ecegateway.builtin.explanation_exporter import ExplanationExporter
from ecegateway.errors import ExportError
from ecegateway.export.explanation_json import explanation_json
from ecegateway.model.claim import Verdict
from tests.support.claims import ABSENT, RULES, claim, exportable


def test_the_parts_in_the_json_sum_to_every_cell() -> None:
    document = json.loads(explanation_json(exportable(claim(children=9))))

    assert any(day["children"] for day in document["days"])
    for day in document["days"]:
        for cell in day["cells"]:
            parts = (
                portion["minutes"]
                for child in day["children"]
                for portion in child["portions"]
                if (portion["verdict"], portion["category"]) == ("claimed", cell["category"])
            )
            assert sum(parts) == cell["minutes"]


def test_every_portion_names_a_rule_that_stands_in_words() -> None:
    document = json.loads(explanation_json(exportable(claim(children=9))))

    reasons = {p["reason"] for day in document["days"] for child in day["children"] for p in child["portions"]}
    assert reasons == document["rules"].keys()
    assert document["rules"][ABSENT]["cites"] == RULES[ABSENT].cites


def test_the_json_carries_no_names() -> None:
    made = exportable(claim(children=9))
    raw = explanation_json(made)

    for name in made.child_names.values():
        assert name.encode() not in raw


def test_there_is_a_page_per_month_and_each_day_stands_on_its_own() -> None:
    made = exportable(claim(children=5))
    pages = {file.name: file.content.decode() for file in ExplanationExporter().render(made)}

    assert [name for name in pages if name.endswith(".html")] == [
        "explanation.html",
        "explanation-2026-02.html",
        "explanation-2026-03.html",
        "explanation-2026-04.html",
        "explanation-2026-05.html",
    ]
    february = pages["explanation-2026-02.html"]
    assert 'id="d-2026-02-04"' in february
    assert 'id="d-2026-02-07"' not in february
    assert "Nothing at stake this month" in pages["explanation-2026-03.html"]
    held = next(
        portion
        for line in made.claim.child_days
        for portion in line.portions
        if portion.verdict is Verdict.HELD and portion.reason == ABSENT
    )
    for text in ("held back", RULES[ABSENT].title, RULES[ABSENT].cites, str(held.switch), held.evidence[0]):
        assert text in february


def test_a_claim_whose_parts_do_not_add_up_is_not_explained() -> None:
    made = claim()

    with pytest.raises(ExportError, match="the cell says"):
        ExplanationExporter().render(exportable(replace(made, child_days=made.child_days[1:])))
