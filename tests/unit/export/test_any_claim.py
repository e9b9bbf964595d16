"""Properties of what is made from any valid claim."""

import json

import jsonschema
from hypothesis import HealthCheck, given, settings
from lxml import etree

from ecegateway.builtin.absences_exporter import AbsencesExporter
from ecegateway.builtin.explanation_exporter import ExplanationExporter
from ecegateway.builtin.findings_exporter import FindingsExporter
from ecegateway.builtin.index_exporter import IndexExporter
from ecegateway.builtin.nsn_exporter import NsnExporter
from ecegateway.builtin.rs7_exporter import Rs7Exporter
from ecegateway.contract import Exportable
from ecegateway.export.cause_lines import cause_lines
from ecegateway.export.schemas import schema_folder
from ecegateway.export.summary import hours_claimed, minutes_with, reasons
from ecegateway.model.claim import Category, Verdict
from tests.support.claim_strategy import exportables

EXPORTERS = (
    Rs7Exporter(),
    NsnExporter(),
    FindingsExporter(),
    ExplanationExporter(),
    AbsencesExporter(),
    IndexExporter(),
)
JSON_FILES = {"rs7": 2, "nsn-requests": 2, "findings": 2, "explanation": 1}
SCHEMAS = {
    f"{name}.json": jsonschema.Draft202012Validator(json.loads((schema_folder() / f"{name}.v{version}.json").read_bytes()))
    for name, version in JSON_FILES.items()
}
XSD = etree.XMLSchema(etree.parse(str(schema_folder() / "rs7.v2.xsd")))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(exportables())
def test_every_file_is_valid_and_equal_claims_give_equal_bytes(made: Exportable) -> None:
    files = {file.name: file.content for exporter in EXPORTERS for file in exporter.render(made)}

    assert files == {file.name: file.content for exporter in EXPORTERS for file in exporter.render(made)}
    assert XSD.validate(etree.fromstring(files["rs7.xml"]))
    for name, schema in SCHEMAS.items():
        schema.validate(json.loads(files[name]))
    for name, content in files.items():
        if name.endswith(".html"):
            assert etree.fromstring(content, etree.HTMLParser(encoding="utf-8")).find(".//main") is not None, name


@settings(max_examples=40, deadline=None)
@given(exportables())
def test_summaries_are_sums_of_the_claim(made: Exportable) -> None:
    claim = made.claim
    claimed = hours_claimed(claim)

    for bridge in (*made.bridges.days.values(), made.bridges.period):
        assert bridge.expected - sum(one.minutes for one in bridge.deductions) == bridge.claimed
    assert sum(claimed.values()) == sum(cell.hours for cell in claim.cells)
    assert claimed.keys() == set(Category)
    for verdict in (Verdict.HELD, Verdict.REFUSED):
        assert sum(reason.minutes for reason in reasons(made, verdict)) == minutes_with(claim, verdict)
    lines = cause_lines(made, made.causes())
    assert len({line.anchor for line in lines}) == len(lines)
    for line in lines:
        assert line.cause.effect.held >= sum(child.effect.held for child in line.children)
        assert {child.child for child in line.children} == {finding.child for finding in line.cause.findings}
