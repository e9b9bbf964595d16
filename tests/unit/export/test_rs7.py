import json
from dataclasses import replace
from datetime import date

import pytest
from lxml import etree

from ecegateway.builtin.rs7_exporter import Rs7Exporter
from ecegateway.claim.rs7_return import rs7_return
from ecegateway.errors import ExportError
from ecegateway.export.parts import check_parts
from ecegateway.export.rs7_json import rs7_json
from ecegateway.export.rs7_xml import NAMESPACE, rs7_xml
from ecegateway.model.claim import Category, StaffColumn
from tests.support.claims import PERIOD, claim, exportable

NS = {"r": NAMESPACE}
NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
COUNTS = {
    "SubsidyFundedChildUnderTwoCount": Category.UNDER_TWO,
    "SubsidyFundedChildTwoAndOverCount": Category.TWO_AND_OVER,
    "TwentyHoursFundedChildCount": Category.TWENTY_HOURS,
    "TwentyHoursFundedChildPlusTenCount": Category.PLUS_TEN,
}
STAFF_COUNTS = {"StaffHourQualifiedCount": StaffColumn.CERTIFICATED, "StaffHourNotQualifiedCount": StaffColumn.OTHER}


def test_the_xml_carries_every_cell_and_sends_nought_as_nil() -> None:
    made = claim()
    root = etree.fromstring(rs7_xml(rs7_return(made)))
    hours: dict[tuple[date, object], int] = {(cell.day, cell.category): cell.hours for cell in made.cells}
    hours.update({(line.day, line.column): line.hours for line in made.staff})

    days = root.findall("r:DailyData/r:DayCounts", NS)

    assert [day.findtext("r:CountsDate", namespaces=NS) for day in days] == [str(day) for day in PERIOD.days]
    assert any(hours.values())
    for day, element in zip(PERIOD.days, days, strict=True):
        for name, column in (COUNTS | STAFF_COUNTS).items():
            count = element.find(f"r:{name}", NS)
            assert count is not None
            wanted = hours.get((day, column), 0)
            assert (count.text, count.get(NIL)) == ((str(wanted), None) if wanted else (None, "true"))


def test_the_xml_is_a_draft_known_as_at_a_moment_and_says_that_it_is_not_approved() -> None:
    document = rs7_xml(rs7_return(claim()))
    root = etree.fromstring(document)

    assert root.get("status") == "draft"
    assert root.find("r:Declaration", NS) is None
    assert root.findtext("r:EventDateTime", namespaces=NS) == "2026-06-02T21:15:00.000Z"
    assert root.findtext("r:RS7ReturnEntityId", namespaces=NS) == "10842-2026-02"
    assert b"not Ministry-approved" in document


def test_the_xml_carries_four_advance_months() -> None:
    root = etree.fromstring(rs7_xml(rs7_return(claim())))

    counts = [root.findtext(f"r:AdvanceMonth{number}/r:AllDayDaysCount", namespaces=NS) for number in (1, 2, 3, 4)]
    assert counts == ["21", "21", "21", "21"]


def test_the_json_writes_nought_as_0_and_carries_what_the_claim_was_made_from() -> None:
    document = json.loads(rs7_json(rs7_return(claim())))

    assert document["days"][0]["under_two"] == 0
    assert document["days"][1]["certificated"] == 15
    assert document["status"] == "draft"
    assert document["declaration"] is None
    assert document["known_at"] == "2026-06-02T21:15:00.000Z"
    assert document["switches"][0] == {"switch": "fch.cap-trim-order", "value": "latest-first", "version": 1}
    assert document["advance_months"][0] == {"month": "2026-07", "all_day": 21, "sessional": 0, "parent_led": 0}


def test_a_return_over_the_bound_of_a_count_is_not_written() -> None:
    made = claim(child_days=())
    big = replace(made, cells=(replace(made.cells[0], hours=10_000), *made.cells[1:]))

    with pytest.raises(ExportError, match="not valid"):
        rs7_xml(rs7_return(big))
    with pytest.raises(ExportError, match="days/0/under_two"):
        rs7_json(rs7_return(big))


def test_a_cell_that_is_not_the_sum_of_its_parts_stops_the_return() -> None:
    made = claim()
    place = next(index for index, cell in enumerate(made.cells) if cell.minutes)
    cell = made.cells[place]
    forged = replace(made, cells=(*made.cells[:place], replace(cell, minutes=cell.minutes + 60), *made.cells[place + 1 :]))

    with pytest.raises(ExportError, match=f"{cell.day}, {cell.category.value}: the cell says"):
        Rs7Exporter().render(exportable(forged))


@pytest.mark.parametrize("doubled", [False, True])
def test_a_missing_or_doubled_cell_stops_the_return(*, doubled: bool) -> None:
    made = claim()
    cells = (*made.cells, made.cells[0]) if doubled else made.cells[1:]

    with pytest.raises(ExportError, match="one cell per day and category"):
        check_parts(replace(made, cells=cells))


def test_equal_claims_give_equal_bytes() -> None:
    first, second = Rs7Exporter().render(exportable(claim())), Rs7Exporter().render(exportable(claim()))

    assert first == second
