"""Properties of a return's files: whatever is in bounds is written, and read back the same; whatever is not is refused."""

import json
from datetime import date

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from ecegateway.errors import ExportError
from ecegateway.export.rs7_documents import documents, read_return
from ecegateway.export.rs7_xml import COUNTS, NAMESPACE
from ecegateway.export.schemas import schema_folder
from ecegateway.model.rs7 import COLUMNS, Rs7Return
from tests.support.return_strategy import broken, returns

XSD = etree.XMLSchema(etree.parse(str(schema_folder() / "rs7.v2.xsd")))
JSON = jsonschema.Draft202012Validator(json.loads((schema_folder() / "rs7.v2.json").read_bytes()))
quick = settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@quick
@given(returns())
def test_any_return_in_bounds_gives_valid_files_that_say_the_same(made: Rs7Return) -> None:
    """Trap 28: a return kept for seven years is read back as it was, and gives the files it gave, byte for byte."""
    written = documents(made)
    files = {file.name: file.content for file in written}

    JSON.validate(json.loads(files["rs7.json"]))
    again = read_return(files["rs7.json"])
    assert again == made
    assert documents(again) == written
    root = etree.fromstring(files["rs7.xml"])
    assert XSD.validate(root)
    assert figures_of(root) == {one.day: one.figures for one in made.counts}
    assert advance_of(root) == [(one.all_day, one.sessional, one.parent_led) for one in made.advance]
    assert declared_in(root) == wanted_of(made)
    assert etree.fromstring(files["rs7.html"], etree.HTMLParser(encoding="utf-8")).find(".//main") is not None


@quick
@given(broken())
def test_any_return_out_of_bounds_is_refused(made: Rs7Return) -> None:
    with pytest.raises(ExportError):
        documents(made)


def figures_of(root: etree._Element) -> dict[date, tuple[int, ...]]:
    """The daily table of the XML; what is nil is nought."""
    days = root.findall(f"{{{NAMESPACE}}}DailyData/{{{NAMESPACE}}}DayCounts")
    return {
        date.fromisoformat(text(day, "CountsDate")): tuple(int(text(day, COUNTS[column]) or 0) for column in COLUMNS)
        for day in days
    }


def advance_of(root: etree._Element) -> list[tuple[int, ...]]:
    """The advance months of the XML."""
    months = [root.find(f"{{{NAMESPACE}}}AdvanceMonth{number}") for number in (1, 2, 3, 4)]
    names = ("AllDayDaysCount", "SessionalDaysCount", "ParentLedDaysCount")
    return [tuple(int(text(month, name) or 0) for name in names) for month in months if month is not None]


def declared_in(root: etree._Element) -> list[str] | None:
    """The six elements of the declaration as they stand, or ``None`` where there is none."""
    declared = root.find(f"{{{NAMESPACE}}}Declaration")
    return None if declared is None else [element.text or "" for element in declared]


def wanted_of(made: Rs7Return) -> list[str] | None:
    """What they should say."""
    if made.declaration is None:
        return None
    attested = made.attestation
    said = [] if attested is None else [attested.salaries, attested.parity, attested.parity_code]
    words = ["" if one is None else str(one).lower() if isinstance(one, bool) else one for one in said]
    return [*(words or [""] * 3), made.declaration.name, made.declaration.phone, made.declaration.designation]


def text(element: etree._Element, name: str) -> str:
    return element.findtext(f"{{{NAMESPACE}}}{name}") or ""
