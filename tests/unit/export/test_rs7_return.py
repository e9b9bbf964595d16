"""A return's files beyond the claim's own: declared, revised, split, zero; and what its page shows."""

import json
import re
from dataclasses import replace
from datetime import date

import pytest
from lxml import etree

from ecegateway.claim.correction import changes
from ecegateway.errors import ExportError, IntakeError
from ecegateway.export.rs7_documents import documents, read_return
from ecegateway.export.rs7_xml import NAMESPACE
from ecegateway.model.period import DateRange
from ecegateway.model.rs7 import ReturnKind, Rs7Return
from tests.support.records import MONDAY, PERIOD
from tests.support.returns import DECLARED, SINCE_APRIL, TO_MARCH, Case, clean, part_of_period, revised, with_hours

DASH, MINUS = "\N{EN DASH}", "\N{MINUS SIGN}"
NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"


def file_of(made: Rs7Return, name: str) -> bytes:
    return next(file.content for file in documents(made) if file.name == name)


def page_text(content: bytes) -> str:
    """The words of a page, in order, without its style."""
    body = etree.fromstring(content, etree.HTMLParser(encoding="utf-8")).find("body")
    assert body is not None
    return re.sub(r"\s+", " ", "".join(map(str, body.itertext())))


def declaration_of(made: Rs7Return) -> list[tuple[str, str | None, bool]]:
    declared = etree.fromstring(file_of(made, "rs7.xml")).find(f"{{{NAMESPACE}}}Declaration")
    assert declared is not None
    return [(etree.QName(one).localname, one.text, one.get(NIL) == "true") for one in declared]


def test_a_declared_return_carries_the_six_elements_of_the_declaration() -> None:
    assert declaration_of(replace(clean(), declaration=DECLARED)) == [
        ("RegisteredTeachersSalariesAttestation", "true", False),
        ("RegisteredTeachersParityAttestation", "true", False),
        ("RegisteredTeachersParityAttestationCode", "STEP1-6", False),
        ("SubmitterName", "Āwhina O'Hārae", False),
        ("ContactNumber", "04 000 0000", False),
        ("Designation", "Centre manager", False),
    ]


def test_what_a_service_is_not_asked_to_attest_is_nil() -> None:
    nothing = declaration_of(replace(clean(), attestation=None, declaration=DECLARED))[:3]
    assert [(text, nil) for _, text, nil in nothing] == [(None, True)] * 3


def test_the_event_happens_when_the_return_is_declared() -> None:
    root = etree.fromstring(file_of(replace(clean(), declaration=DECLARED), "rs7.xml"))
    assert root.findtext(f"{{{NAMESPACE}}}EventDateTime") == "2026-06-03T22:30:00.000Z"
    assert (root.get("status"), root.get("kind"), root.get("revision")) == ("declared", "first", "1")


def test_a_page_prints_the_parts_of_the_form_in_their_order() -> None:
    text = page_text(file_of(replace(clean(), declaration=DECLARED), "rs7.html"))
    parts = [
        "1. The service and the return",
        "Service number10842",
        "2. The period in short",
        "3. Advance days",
        "4. The days",
        *("February 2026", "March 2026", "April 2026", "May 2026"),
        "5. Attestation of certificated teachers' salaries",
        "6. Declaration",
        "Signature",
    ]
    places = [text.rindex(part) if part.endswith("2026") else text.index(part) for part in parts]
    assert places == sorted(places)
    assert "ELI-shaped, from public evidence, not Ministry-approved" in text
    assert "Āwhina O'Hārae" in text


def test_each_month_of_the_page_has_a_row_a_day_and_a_total() -> None:
    page = etree.fromstring(file_of(clean(), "rs7.html"), etree.HTMLParser(encoding="utf-8"))
    tables = page.findall(".//table[@class='daily']")
    assert [len(table.findall("tbody/tr")) for table in tables] == [28, 31, 30, 31]
    totals = [["".join(map(str, cell.itertext())) for cell in table.findall("tfoot/tr/td")] for table in tables]
    assert totals == [[DASH, "6", DASH, DASH, "8", DASH], *[[DASH] * 6] * 3]


def test_a_page_of_a_part_says_who_claims_the_rest() -> None:
    text = page_text(file_of(part_of_period(None, SINCE_APRIL, TO_MARCH), "rs7.html"))
    assert "Claims for1 April 2026 to 31 May 2026" in text
    assert "Claimed elsewhere1 February 2026 to 31 March 2026, by the system used before" in text
    assert text.count("claimed elsewhere") == len(DateRange(PERIOD.first, SINCE_APRIL.first))


def test_a_page_of_a_zero_return_says_so_and_has_no_daily_tables() -> None:
    page = file_of(replace(with_hours(two_and_over=0, certificated=0), kind=ReturnKind.ZERO), "rs7.html")
    assert "Zero return: nothing is claimed" in page_text(page)
    assert b'class="daily"' not in page


def test_a_revised_page_shows_reason_and_differences_day_by_day() -> None:
    made = with_hours(made=revised(reason="A register was found."), two_and_over=4)
    page = next(file.content for file in documents(made, changes=changes(clean(), made)) if file.name == "rs7.html")
    text = page_text(page)
    assert "Revised return: it takes the place of an earlier one (number 2 of this period)" in text
    assert "ReasonA register was found." in text
    assert f"9 February 20266 → 4 {MINUS}2" in text


def test_a_page_tells_each_check_once_with_every_place() -> None:
    made = with_hours(date(2026, 2, 8), with_hours(date(2026, 2, 15), two_and_over=6), two_and_over=6)
    page = next(file.content for file in documents(made, Case(made).checks()) if file.name == "rs7.html")
    text = page_text(page)
    assert text.count("Hours on a day the service did not operate") == 1
    assert "8 February 2026" in text
    assert "15 February 2026" in text
    assert "2 checks stop the signing of it" in text
    assert "What to do: If the service was open" in text
    assert "return.closed-day" in text


def test_a_page_says_nothing_of_checks_that_nobody_made() -> None:
    assert "Checks" not in page_text(file_of(clean(), "rs7.html"))
    checked = next(file.content for file in documents(clean(), ()) if file.name == "rs7.html")
    assert "Checks The gateway's own checks of the return find nothing." in page_text(checked)


def test_a_return_with_a_missing_or_a_doubled_date_is_not_written() -> None:
    counts = clean().counts
    for wrong in (counts[1:], (*counts, counts[-1]), (counts[1], counts[0], *counts[2:])):
        with pytest.raises(ExportError, match="each date of its period once, in order"):
            documents(replace(clean(), counts=wrong))


def test_a_refusal_names_the_field() -> None:
    with pytest.raises(ExportError, match="days/8/plus_ten"):
        documents(with_hours(plus_ten=10_000))
    with pytest.raises(ExportError, match="declaration"):
        documents(replace(clean(), declaration=replace(DECLARED, phone="4")))
    with pytest.raises(ExportError, match="advance months"):
        documents(replace(clean(), advance=clean().advance[1:]))


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (b"{", "not JSON"),
        (b"\xff", "not JSON"),
        (b"[]", "cannot be read"),
        (file_of(clean(), "rs7.json").replace(b'"2026-02-09"', b'"2026-02-10"', 1), "each date"),
        (file_of(clean(), "rs7.json").replace(b'"two_and_over": 6', b'"two_and_over": 60000', 1), "days/8/two_and_over"),
        (json.dumps({**json.loads(file_of(clean(), "rs7.json")), "note": "x"}).encode(), "additionalProperties"),
    ],
)
def test_a_document_that_is_no_return_is_not_read(broken: bytes, says: str) -> None:
    with pytest.raises(IntakeError, match=says):
        read_return(broken)


def test_the_day_with_hours_is_the_ninth_of_february() -> None:
    """What the expectations above rest on."""
    assert (MONDAY, clean().counts[8].day) == (date(2026, 2, 9), MONDAY)
