import json
from dataclasses import replace

import pytest
from lxml import etree

from ecegateway.builtin.explanation_exporter import ExplanationExporter
from ecegateway.errors import ExportError
from ecegateway.export.explanation_json import explanation_json
from ecegateway.export.words import clock
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


def test_the_bridge_in_the_json_leads_from_expected_to_the_cells() -> None:
    document = json.loads(explanation_json(exportable(claim(children=9))))

    assert any(day["bridge"]["deductions"] for day in document["days"])
    for part in (*document["days"], document):
        bridge = part["bridge"]
        cells = [cell for day in document["days"] for cell in day["cells"] if part in (day, document)]
        assert bridge["expected"] - sum(one["minutes"] for one in bridge["deductions"]) == bridge["claimed"]
        assert bridge["claimed"] == sum(cell["minutes"] for cell in cells)
        assert bridge["claimed"] + bridge["rounding"] == 60 * bridge["hours"] == 60 * sum(cell["hours"] for cell in cells)
        for one in bridge["deductions"]:
            assert one["minutes"] == sum(child["minutes"] for child in one["children"])


def test_the_quarters_in_the_json_point_at_their_portions() -> None:
    document = json.loads(explanation_json(exportable(claim(children=9))))

    children = [child for day in document["days"] for child in day["children"]]
    assert children
    for child in children:
        for number, portion in enumerate(child["portions"]):
            runs = [run for run in child["quarters"] if run["portion"] == number]
            assert sum(run["count"] for run in runs) * 15 == portion["minutes"]
            assert {run["starts"] is None for run in runs} == {portion["starts"] is None}
        fates = (child["claimed_minutes"], child["held_minutes"], child["refused_minutes"])
        assert sum(fates) == sum(portion["minutes"] for portion in child["portions"])


def test_each_day_of_a_page_says_where_its_hours_went_and_draws_each_childs_day() -> None:
    made = exportable(claim(children=9))
    (february,) = [file for file in ExplanationExporter().render(made) if file.name == "explanation-2026-02.html"]
    tree = etree.fromstring(february.content, etree.HTMLParser(encoding="utf-8"))

    for day, bridge in made.bridges.days.items():
        lines = [line for line in made.claim.child_days if line.day == day]
        if not lines:
            continue
        section = tree.find(f".//section[@id='d-{day}']")
        assert section is not None
        text = " ".join("".join(map(str, section.itertext())).split())
        assert f"Expects {clock(bridge.expected)}, claims {clock(bridge.claimed)}." in text
        for one in bridge.deductions:
            assert f"\N{MINUS SIGN}{clock(one.minutes)} {RULES[one.reason].title}" in text
        assert len(section.findall(".//div[@class='strip']")) == len(lines)
        assert {str(strip.get("role")) for strip in section.findall(".//div[@class='strip']/div")} == {"img"}


def test_every_sign_in_a_strip_is_explained_once_on_its_page() -> None:
    made = exportable(claim(children=9))
    (february,) = [file for file in ExplanationExporter().render(made) if file.name == "explanation-2026-02.html"]
    tree = etree.fromstring(february.content, etree.HTMLParser(encoding="utf-8"))

    drawn = {str(block.text).split()[-1] for block in tree.iterfind(".//section//div[@role='img']/i") if block.text}
    legend = [str(sign.text) for sign in tree.iterfind(".//ul[@class='legend']/li/b")]
    assert drawn == set(legend)
    assert len(legend) == len(set(legend))


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
