"""The frequent-absence report: page, CSV, workbook, forms. What the sample holds is told in tests/support/absences.py."""

import csv
import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from lxml import etree

from ecegateway.builtin.absences_exporter import AbsencesExporter
from ecegateway.contract import Exportable
from ecegateway.errors import EvidenceMissingError
from ecegateway.export.absence_months import absence_months, duties_in_words, latest_month
from ecegateway.export.absence_words import (
    DUTIES,
    LEGEND,
    MARKS,
    PATTERNS,
    STANDINGS,
    column_words,
    day_sign,
    day_words,
    reason_words,
)
from ecegateway.export.absences_csv import absences_csv
from ecegateway.export.absences_page import absences_page
from ecegateway.export.absences_xlsx import absences_xlsx
from ecegateway.export.index_page import index_page
from ecegateway.export.names import file_safe
from ecegateway.export.reconfirmation import due_forms, form_of
from ecegateway.model.absence import AbsenceReport, DayMark, Duty, GridDay, Pattern, Standing
from ecegateway.model.ids import ChildKey
from ecegateway.model.period import DateRange
from tests.support.absences import FEBRUARY, FRIDAYS, MARCH, grid, row, shown
from tests.support.claims import child_key, claim, exportable

APRIL = DateRange(date(2026, 4, 1), date(2026, 5, 1))
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture
def made() -> Exportable:
    return exportable(claim(children=6))


def with_report(*months: tuple[DateRange, tuple[object, ...]]) -> Exportable:
    return exportable(claim(children=6), absences=AbsenceReport(months))  # type: ignore[arg-type]


def tree(content: bytes) -> etree._Element:
    return etree.fromstring(content, etree.HTMLParser(encoding="utf-8"))


def texts(element: etree._Element, path: str) -> list[str]:
    found = element.xpath(path)
    assert isinstance(found, list)
    return [" ".join("".join(map(str, one.itertext())).split()) for one in found if isinstance(one, etree._Element)]


def calendar(content: bytes, month: str, name: str) -> list[str]:
    """What the cells of a child's row show, day by day."""
    row_of = f"//section[@id='m-{month}']//table[@class='grid']//tr[th[contains(., \"{name}\")]]"
    return texts(tree(content), f"{row_of}/td[contains(@class, 'cell')]/span[@aria-hidden]")


def name(made: Exportable, number: int) -> str:
    return made.child_names[child_key(number)]


def rows(made: Exportable) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(absences_csv(made).decode("utf-8-sig"))))


def sheets(content: bytes) -> dict[str, dict[str, str]]:
    """Every sheet's cells by their address, as text; numbers as the file writes them."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        shared = ["".join(map(str, one.itertext())) for one in etree.fromstring(book.read("xl/sharedStrings.xml"))]
        names = [str(one.get("name")) for one in etree.fromstring(book.read("xl/workbook.xml")).iter(f"{SHEET}sheet")]
        found = {}
        for place, named in enumerate(names, 1):
            cells = {}
            for cell in etree.fromstring(book.read(f"xl/worksheets/sheet{place}.xml")).iter(f"{SHEET}c"):
                value = cell.findtext(f"{SHEET}v")
                if value is not None:
                    cells[str(cell.get("r"))] = shared[int(value)] if cell.get("t") == "s" else value
            found[named] = cells
    return found


def test_a_cell_shows_the_mark_of_its_day_in_letters(made: Exportable) -> None:
    page = absences_page(made)

    clear = calendar(page, "2026-03", name(made, 0))
    assert (len(clear), clear[0], clear[1], clear[2], clear[9]) == (31, "", "✓", "v", "EC")
    assert calendar(page, "2026-03", name(made, 4))[1:4] == ["?", "✓", "e"]
    assert calendar(page, "2026-03", name(made, 1))[5] == "a!"
    assert calendar(page, "2026-03", name(made, 3))[2:6] == ["ah!", "✓", "✓", "a✕"]
    assert calendar(page, "2026-02", name(made, 2))[1] == "3!"
    assert calendar(page, "2026-02", name(made, 0))[5] == "-"


def test_every_cell_says_in_words_what_it_shows_in_letters(made: Exportable) -> None:
    page = tree(absences_page(made))

    cells = texts(page, "//td[contains(@class, 'cell')]/span[@class='unseen']")
    assert len(cells) == 6 * (28 + 31)
    assert all(cells)
    assert "absent; enrolled 6:00; not funded 6:00" in cells
    assert "not enrolled" in cells


def test_no_two_marks_share_their_letters() -> None:
    signs = [sign for sign, _, _ in LEGEND]

    assert len(set(signs)) == len(signs)
    assert MARKS.keys() == set(DayMark)
    assert {kind for _, kind, _ in LEGEND} >= {mark.value for mark in DayMark}
    assert PATTERNS.keys() == set(Pattern)
    assert DUTIES.keys() == set(Duty)
    assert STANDINGS.keys() == set(Standing)


@pytest.mark.parametrize(
    ("mark", "attended", "sign"),
    [
        (DayMark.SHORT, 180, "3"),
        (DayMark.SHORT, 150, "2:30"),
        (DayMark.SHORT, None, "<"),
        (DayMark.PRESENT, None, "✓"),
        (DayMark.ABSENT, 0, "a"),
    ],
)
def test_a_shorter_day_shows_its_hours_where_they_are_known(mark: DayMark, attended: int | None, sign: str) -> None:
    assert day_sign(GridDay(date(2026, 3, 2), mark, 360, attended, 0)) == sign


def test_times_that_are_not_known_are_told() -> None:
    words = day_words(GridDay(date(2026, 3, 2), DayMark.PRESENT, 360, None, 0))

    assert words == "present; enrolled 6:00, times not known"
    assert "not known" not in day_words(GridDay(date(2026, 3, 2), DayMark.UNKNOWN, 360, None, 0))


def test_a_child_at_risk_and_one_whose_funding_stopped_are_told_in_words(made: Exportable) -> None:
    heads = texts(tree(absences_page(made)), "//section[@id='m-2026-03']//tbody/tr/th")

    assert f"{name(made, 1)}! funding at risk" in heads
    assert f"{name(made, 3)}✕ funding stopped" in heads
    assert name(made, 0) in heads
    assert f"{name(made, 2)}! funding at riskless than half as agreed" in heads
    assert f"{name(made, 5)}! funding at riskreconfirmed on 2 April 2026" in heads


def test_each_rule_has_a_column_with_its_months_in_a_row(made: Exportable) -> None:
    path = f"//section[@id='m-2026-03']//tbody/tr[th[contains(., '{name(made, 3)}')]]/td[not(contains(@class, 'cell'))]"

    assert texts(tree(absences_page(made)), path) == ["4", "Tue 1Fri 4", "2", "–", "18:00", "18:00"]  # noqa: RUF001 - the page's sign for nought


def test_the_part_of_a_month_under_one_agreement_is_named() -> None:
    first_half = DateRange(MARCH.first, date(2026, 3, 16))
    part = shown(Pattern.SAME_WEEKDAY, first_half, FRIDAYS[:2], number=2, of=2)

    assert column_words(part, MARCH) == "Fri 2 (1 to 15)"
    assert reason_words(part, MARCH) == (
        "absent on 2 of 2 Fridays, 1 March 2026 to 15 March 2026, month 2 in a row: 6 and 13 March 2026"
    )


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (Pattern.SAME_WEEKDAY, "absent on 3 of 4 Fridays, month 1 in a row: 6, 13 and 20 March 2026"),
        (Pattern.FEWER_DAYS, "came on fewer days than enrolled in 3 of 4 weeks, month 1 in a row: 6, 13 and 20 March 2026"),
        (Pattern.FEWER_HOURS, "came for fewer hours than enrolled on 3 of 4 days, month 1 in a row: 6, 13 and 20 March 2026"),
        (
            Pattern.HALF_THE_MONTH,
            "attendance did not match the agreement on 3 of 4 days, month 1 in a row: 6, 13 and 20 March 2026",
        ),
    ],
)
def test_a_pattern_tells_how_often_how_long_and_on_which_days(pattern: Pattern, words: str) -> None:
    assert reason_words(shown(pattern, MARCH, FRIDAYS), MARCH) == words


def test_a_skipped_month_waits() -> None:
    waiting = shown(Pattern.FEWER_DAYS, FEBRUARY, number=1, skipped=True)

    assert reason_words(waiting, FEBRUARY) == "not judged: closed two weeks or more, month 1 in a row, waiting"
    assert column_words(waiting, FEBRUARY) == "1 waiting"


def test_what_to_do_stands_with_date_signatory_days_and_form_the_most_pressing_first(made: Exportable) -> None:
    cards = texts(tree(absences_page(made)), "//section[@id='m-2026-03']//li[@class='card']")

    change, reconfirm, monitor = cards
    assert change.startswith(name(made, 3))
    assert "agreement must be changed" in change
    assert "31 March 2026" in change
    assert "nobody on record" in change
    assert "absent on 3 of 4 Fridays, month 4 in a row: 6, 13 and 20 March 2026" in change
    assert reconfirm.startswith(name(made, 2))
    assert "30 April 2026" in reconfirm
    assert "Mererangi O'Hārae or Hēmi O'Hārae" in reconfirm
    assert "14 of 22 days" in reconfirm
    assert "42:00 hours next month" in reconfirm
    assert monitor.startswith(name(made, 1))
    assert "to sign" not in monitor


def test_forms_are_linked_where_a_signature_is_due_now_and_nowhere_else(made: Exportable) -> None:
    links = tree(absences_page(made)).xpath("//li[@class='card']//a/@href")

    assert links == ["reconfirmation-c-003.html", "reconfirmation-c-002.html"]
    assert {file.name for file in due_forms(made)} == set(links)


def test_duties_are_counted_in_words(made: Exportable) -> None:
    words = [duties_in_words(month) for month in absence_months(made)]

    assert words == [
        "1 agreement to reconfirm, 1 child to watch",
        "1 agreement to change, 1 agreement to reconfirm, 1 child to watch",
    ]
    assert words[1] in index_page(made).decode()


def test_the_latest_month_is_the_last_that_tells_something() -> None:
    known = row(grid(MARCH, {}))
    nothing = row(grid(APRIL, dict.fromkeys(APRIL, DayMark.UNKNOWN)))
    closed = row(grid(APRIL, dict.fromkeys(APRIL, DayMark.CLOSED)))

    for silent in (nothing, closed):
        months = absence_months(with_report((MARCH, (known,)), (APRIL, (silent,))))
        assert [month.days for month in months] == [MARCH]
        latest = latest_month(months)
        assert latest is not None
        assert latest.days == MARCH


@pytest.mark.parametrize("report", [(), ((MARCH, ()),), ((MARCH, (row(()),)),)])
def test_without_anything_on_record_every_file_says_so(report: tuple[tuple[DateRange, tuple[object, ...]], ...]) -> None:
    made = with_report(*report)

    files = {file.name: file.content for file in AbsencesExporter().render(made)}
    assert set(files) == {"frequent-absence.html", "frequent-absence.csv", "frequent-absence.xlsx"}
    assert b"nothing to report" in files["frequent-absence.html"]
    assert rows(made) == []
    assert "Nothing to do." in sheets(files["frequent-absence.xlsx"])["To do"].values()


def test_the_csv_has_a_row_per_pattern_and_one_for_a_child_without(made: Exportable) -> None:
    found = rows(made)

    march = [one for one in found if one["Month"] == "2026-03"]
    assert [one["Child key"] for one in march].count(child_key(3)) == 3
    (clear,) = (one for one in march if one["Child key"] == child_key(0))
    assert (clear["Pattern"], clear["Hours not funded"], clear["State"]) == ("", "0:00", "")
    stopped = next(one for one in march if one["What to do"] == DUTIES[Duty.CHANGE])
    assert (stopped["Child"], stopped["Weekday"], stopped["Missed"], stopped["Of"]) == (name(made, 3), "Friday", "3", "4")
    assert (stopped["Months in a row"], stopped["Due"]) == ("4", "2026-03-31")
    assert stopped["Days"] == "2026-03-06 2026-03-13 2026-03-20"
    (answered,) = (one for one in march if one["Child key"] == child_key(5))
    assert (answered["Reconfirmed on"], answered["Last day judged"]) == ("2026-04-02", "2026-03-15")
    (waiting,) = (one for one in found if one["Waiting"])
    assert waiting["Child key"] == child_key(5)


def test_the_hours_of_the_csv_add_up_however_many_patterns_a_child_shows(made: Exportable) -> None:
    report = sum(child.refused for _, children in made.absences.months for child in children)

    hours = [one["Hours not funded"].split(":") for one in rows(made) if one["Hours not funded"]]
    assert sum(int(whole) * 60 + int(minutes) for whole, minutes in hours) == report > 0


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\uff1d"])
def test_a_name_is_never_a_formula(made: Exportable, start: str) -> None:
    poison = f'{start}HYPERLINK("http://127.0.0.1/","x")'
    made = replace(made, child_names=dict.fromkeys(made.child_names, poison))

    assert {one["Child"] for one in rows(made)} == {f"'{poison}"}
    content = absences_xlsx(made)
    assert poison in sheets(content)["March 2026"].values()
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        for part in book.namelist():
            assert b"<f>" not in book.read(part)
            assert b"hyperlink" not in book.read(part).replace(b"HYPERLINK", b"")


def test_the_workbook_holds_what_to_do_and_a_calendar_for_each_month(made: Exportable) -> None:
    found = sheets(absences_xlsx(made))

    assert list(found) == ["To do", "February 2026", "March 2026"]
    todo = found["To do"]
    assert [todo[f"{column}4"] for column in "ABCD"] == ["March 2026", name(made, 3), child_key(3), DUTIES[Duty.CHANGE]]
    assert date(1899, 12, 30) + timedelta(days=int(todo["E4"])) == date(2026, 3, 31)
    assert todo["B7"] == name(made, 3)
    march = found["March 2026"]
    line = next(address[1:] for address, value in march.items() if value == name(made, 3))
    assert (march[f"C{line}"], march[f"D{line}"], march[f"E{line}"]) == ("✕ funding stopped", "4", "Tue 1, Fri 4")
    assert float(march[f"H{line}"]) * 24 == pytest.approx(18)
    assert (march["K3"], march[f"K{line}"], march["O3"], march[f"O{line}"]) == ("Mon 2", "✓", "Fri 6", "a✕")
    assert "absent with exemption" in march.values()


def test_the_calendar_of_the_workbook_is_frozen_and_prints_on_one_width(made: Exportable) -> None:
    with zipfile.ZipFile(io.BytesIO(absences_xlsx(made))) as book:
        sheet = etree.fromstring(book.read("xl/worksheets/sheet3.xml"))

    pane, setup = sheet.find(f".//{SHEET}pane"), sheet.find(f"{SHEET}pageSetup")
    assert pane is not None
    assert setup is not None
    assert (pane.get("state"), pane.get("topLeftCell")) == ("frozen", "B4")
    assert (setup.get("orientation"), setup.get("paperSize"), setup.get("fitToHeight")) == ("landscape", "9", "0")


def test_the_workbook_is_dated_by_the_records_so_that_equal_input_gives_equal_bytes(made: Exportable) -> None:
    content = absences_xlsx(made)

    assert content == absences_xlsx(exportable(claim(children=6)))
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        assert b"2026-06-02T21:15:00Z" in book.read("docProps/core.xml")
        assert {info.date_time for info in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    later = exportable(claim(children=6, known_at=datetime(2026, 6, 3, tzinfo=UTC)))
    assert content != absences_xlsx(later)


def test_a_form_offers_to_keep_the_agreement_or_to_change_it(made: Exportable) -> None:
    text = " ".join("".join(map(str, tree(form_of(made, child_key(2)).content).itertext())).split())

    for words in (
        name(made, 2),
        "kowhai/agr-000",
        "30 April 2026",
        "month 2 in a row",
        "remains valid",
        "changed to the days and times below",
        "Name of parent or guardian",
        "Signature",
        "keep with the enrolment record for seven years",
        "ECE Funding Handbook 6-7",
    ):
        assert words in text


def test_a_form_for_an_agreement_that_must_change_offers_nothing_else(made: Exportable) -> None:
    text = form_of(made, child_key(3)).content.decode()

    assert "remains valid" not in text
    assert "must be changed to match attendance" in text


def test_a_form_is_made_for_a_child_without_a_duty_too(made: Exportable) -> None:
    form = form_of(made, child_key(0))

    assert form.name == "reconfirmation-c-000.html"
    assert b"Why you are asked" not in form.content
    assert b"remains valid" in form.content


def test_a_child_is_found_by_the_last_part_of_its_key_when_that_names_one(made: Exportable) -> None:
    def keyed(*keys: str) -> Exportable:
        return with_report((MARCH, tuple(row(grid(MARCH, {}), child=ChildKey(key)) for key in keys)))

    assert form_of(keyed("kowhai:c-1", "kowhai:c-2"), "c-1").name == "reconfirmation-kowhai.c-1.html"
    with pytest.raises(EvidenceMissingError, match="2 children have the key 'c-1'"):
        form_of(keyed("kowhai:c-1", "paper:c-1"), "c-1")
    with pytest.raises(EvidenceMissingError, match="no permanently enrolled child has the key 'c-9'"):
        form_of(made, "c-9")


@pytest.mark.parametrize(
    ("key", "safe"),
    [("kowhai:c-1015", "kowhai.c-1015"), ("C-1", "_43-1"), ("a.b/c", "a_2eb_2fc"), ("ā", "_c4_81"), ("..", "_2e_2e")],
)
def test_a_key_in_a_file_name_is_plain(key: str, safe: str) -> None:
    assert file_safe(key) == safe


def test_long_keys_that_begin_alike_keep_names_of_their_own() -> None:
    one, other = file_safe("ā" * 200 + "1"), file_safe("ā" * 200 + "2")

    assert one != other
    assert len(one) < 200
