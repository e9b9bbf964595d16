"""The attendance register as it is printed and extracted. What the sample holds is told in tests/support/register_sample.py."""

import csv
import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from lxml import etree

from ecegateway.builtin.register_exporter import AttendanceRegisterExporter
from ecegateway.contract import Exportable
from ecegateway.export.register_csv import register_csv
from ecegateway.export.register_rows import COLUMNS
from ecegateway.export.register_words import (
    METHODS,
    absence_words,
    clock_time,
    confirmed_words,
    correction_words,
    enrolled_words,
    marking_words,
    official_name,
    signer_words,
    span_label,
    state_words,
    time_words,
    week_words,
)
from ecegateway.export.register_xlsx import register_xlsx
from ecegateway.model.attendance import Method
from ecegateway.model.period import DateRange
from ecegateway.model.register import Correction, Marking, Register, RegisterWeek, Section, Signed
from ecegateway.model.verification import Rhythm, VerificationState
from tests.support.claims import child_key, claim, exportable
from tests.support.register_sample import CHANGED, DAYS, MONDAY, WEEK, absence, cell, row, service_day, span, stay

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
KEY = child_key(0)


@pytest.fixture(scope="module")
def made() -> Exportable:
    return exportable(claim(children=6))


@pytest.fixture(scope="module")
def page(made: Exportable) -> etree._Element:
    return tree(files(made)["register-2026-03.html"])


def files(made: Exportable) -> dict[str, bytes]:
    return {file.name: file.content for file in AttendanceRegisterExporter().render(made)}


def tree(content: bytes) -> etree._Element:
    return etree.fromstring(content, etree.HTMLParser(encoding="utf-8"))


def elements(tree: etree._Element, path: str) -> list[etree._Element]:
    found = tree.xpath(path)
    assert isinstance(found, list)
    return [one for one in found if isinstance(one, etree._Element)]


def texts(tree: etree._Element, path: str) -> list[str]:
    return [" ".join("".join(map(str, one.itertext())).split()) for one in elements(tree, path)]


def cells_of(page: etree._Element, name: str, section: int = 1) -> list[str]:
    """What stands in a child's cells, in a section of the week."""
    return texts(page, f"(//table[thead])[{section}]//tr[th[contains(., '{name}')]]/td")


# The pages


def holding(made: Exportable, register: Register) -> Exportable:
    return replace(made, register=lambda: register)


def test_there_is_a_page_for_each_month_with_entries_and_one_to_start_from(made: Exportable) -> None:
    assert list(files(made)) == [
        "register.html",
        "register-2026-02.html",
        "register-2026-03.html",
        "register.csv",
        "register.xlsx",
    ]


def test_every_week_is_a_sheet_of_its_own_with_its_days(page: etree._Element) -> None:
    assert texts(page, "//section/h2") == ["2 March 2026 to 6 March 2026 Pūāwai Early Learning, service 10842"]
    assert texts(page, "(//table)[1]//thead/tr/th") == [
        "Pūāwai Early Learning, service 10842Childand times of enrolment",
        *(f"{day} March 20267:30 to 17:30" for day in ("Mon 2", "Tue 3", "Wed 4", "Thu 5")),
        "Fri 6 March 2026closed: planned closure: teachers' day",
        "Parent's confirmation",
    ]


def test_sections_keep_apart_children_under_two_and_two_and_over(page: etree._Element) -> None:
    assert texts(page, "//h3") == [
        "Under two 1 child",
        "Two and over 4 children",
        "Age not known: no birth date on record 1 child",
    ]


def test_a_child_who_turns_two_changes_section_on_the_birthday(page: etree._Element) -> None:
    under, over = cells_of(page, "Mīria Te Whānoa", 1), cells_of(page, "Mīria Te Whānoa", 2)
    assert ["other section" in text for text in under[:5]] == [False, False, True, True, True]
    assert ["other section" in text for text in over[:5]] == [True, True, False, False, False]
    assert "turns two on 4 March 2026" in texts(page, "//tbody/tr/th")[0]


def test_times_stand_with_who_signed(page: etree._Element) -> None:
    assert cells_of(page, "Mīria")[0] == "in 8:25 Mererangi O'Hāraeout 14:35 Hēmi O'Hārae"


def test_a_changed_entry_is_crossed_out_and_still_to_be_read(page: etree._Element) -> None:
    (first, second, third, *_) = elements(page, "//tr[th[contains(., 'Ānia Ōkeroa')]]/td")
    assert texts(first, "del") == ["Crossed out: in 8:55 Mererangi O'Hāraeout 14:35 Hēmi O'Hārae"]
    assert texts(first, "span[@class='remark']") == ["changed by Kararaina Te Hīnau, 4 Mar 15:05: typed 3 for 2"]
    assert texts(first, "span[@class='end']")[0] == "in 8:25 Mererangi O'Hārae"
    assert texts(second, "span[@class='remark']") == ["changed between two pulls, nobody says who or when"]
    assert "in 8:30 copied from the booking" in texts(second, ".")[0]
    assert texts(third, "span[@class='remark']") == ["gone from the latest file, nobody says why"]
    assert texts(third, "span[@class='end missing']") == ["? no entry"]


def test_absences_carry_an_a_and_the_reason(page: etree._Element) -> None:
    away = cells_of(page, "Tāne Ngārimu", 2)
    casual, absent = away[:6], away[6:]
    assert absent[0] == "a, unwell"
    assert absent[1].startswith("in 8:25")
    assert "a 12:00 to 14:30, dentist" in absent[1]
    assert "before it reached this register" in absent[1]
    assert "Crossed out: a, no reason given" in absent[2]
    assert "deleted, nobody says who" in absent[2]
    assert "1:05 the day after made by the system" in absent[2]
    assert absent[3] == "v on a school visit"
    assert casual[0].startswith("casual in 9:31 entered, Kararaina Te Hīnau")
    assert "Grandfather left before signing." in casual[0]
    assert "Note: Stayed for lunch. (Kararaina Te Hīnau)" in casual[0]
    assert casual[1] == "\N{EN DASH}"


def test_confirmations_stand_with_who_and_when_and_open_ones_with_a_line_to_sign(page: etree._Element) -> None:
    assert cells_of(page, "Mīria")[-1].endswith("confirmed electronically Mererangi O'Hārae, 6 Mar 18:05")
    assert cells_of(page, "Ānia", 2)[-1].startswith("! overdue: 5 and 6 March 2026")
    assert cells_of(page, "Ānia", 2)[-1].endswith("SignedDate")
    assert "on paper: Folder 3" in cells_of(page, "Tāne", 2)[5]
    assert "disputed by Mererangi O'Hārae" in cells_of(page, "Tāne", 2)[-1]


def test_who_marked_the_register_stands_below(page: etree._Element) -> None:
    assert texts(page, "//table[contains(@class, 'marked')]//tr[1]/td") == [
        *["9:00 Kararaina Te Hīnau13:00 signer not shown"] * 4,
        "closed",
    ]


def test_an_open_day_nobody_marked_is_told_and_without_marks_there_is_a_line(made: Exportable) -> None:
    unmarked = RegisterWeek((service_day(MONDAY, marked=False, notes=["Open morning."]),), ())
    for shown, told in ((True, "not marked"), (False, "Time, nameTime, name")):
        page = tree(files(holding(made, Register(DAYS, (unmarked,), markings_shown=shown)))["register-2026-03.html"])
        assert texts(page, "//table[contains(@class, 'marked')]//td") == [told, "Open morning."]
        assert "No child was enrolled or there." in texts(page, "//section/p")


def test_a_period_without_attendance_has_no_register(made: Exportable) -> None:
    empty = files(holding(made, Register(DAYS, (), markings_shown=False)))
    assert list(empty) == ["register.html", "register.csv", "register.xlsx"]
    assert b"There is no register to show." in empty["register.html"]


def test_the_start_page_says_whether_markings_can_be_shown(made: Exportable) -> None:
    cannot = b"these records cannot show it: keep the marked sheets"
    assert cannot not in files(made)["register.html"]
    assert cannot in files(holding(made, replace(made.register(), markings_shown=False)))["register.html"]


def test_rows_stand_by_last_name_whatever_the_macrons(made: Exportable) -> None:
    names = [("Tāne", "Ōkeroa"), ("Ānia", "Okeroa"), ("Wīremu", "Ngārimu"), ("Āwhina", "Ōkeroa")]
    rows = tuple(row(child_key(n), [cell(MONDAY, stay())], name=name) for n, name in enumerate(names))
    week = RegisterWeek((service_day(MONDAY),), ((Section.TWO_AND_OVER, rows),))
    page = tree(files(holding(made, Register(DAYS, (week,), markings_shown=True)))["register-2026-03.html"])
    named = [text.split("Mon")[0] for text in texts(page, "(//table)[1]//tbody/tr/th")]
    assert named == ["Wīremu Ngārimu", "Ānia Okeroa", "Āwhina Ōkeroa", "Tāne Ōkeroa"]


def test_a_poisonous_name_stays_text(made: Exportable) -> None:
    poison = '"><script>alert(1)</script>{{ 7 * 7 }}'
    week = RegisterWeek(
        (service_day(MONDAY, closed=poison),),
        (
            (
                Section.TWO_AND_OVER,
                (row(KEY, [cell(MONDAY, stay(why=poison), absence(poison), notes=[poison])], name=(poison, poison)),),
            ),
        ),
    )
    made = holding(made, Register(DAYS, (week,), markings_shown=True))
    page = tree(files(made)["register-2026-03.html"])
    assert not elements(page, "//script")
    assert poison in texts(page, "//td")[0]


def test_equal_input_gives_equal_bytes(made: Exportable) -> None:
    assert files(made) == files(exportable(claim(children=6)))


# Words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (WEEK, "Mon to Fri 8:30 to 14:30"),
        (WEEK[:2], "Mon, Tue 8:30 to 14:30"),
        (WEEK[1:4], "Tue to Thu 8:30 to 14:30"),
        ((WEEK[0], WEEK[2], WEEK[4]), "Mon, Wed, Fri 8:30 to 14:30"),
        ((WEEK[0], WEEK[1], WEEK[4]), "Mon, Tue, Fri 8:30 to 14:30"),
        ((), ""),
    ],
)
def test_times_of_enrolment_are_told_days_alike_together(days: tuple[date, ...], words: str) -> None:
    assert enrolled_words(row(KEY, [cell(day, enrolled=day in days) for day in WEEK])) == words


def test_days_with_other_times_stand_apart() -> None:
    other = replace(cell(WEEK[4]), enrolled=((540, 720), (780, 840)))
    words = enrolled_words(row(KEY, [cell(WEEK[0]), other]))
    assert words == "Mon 8:30 to 14:30; Fri 9:00 to 12:00, 13:00 to 14:00"


@pytest.mark.parametrize(
    ("minute", "words"),
    [(505, "8:25"), (0, "0:00"), (1439, "23:59"), (1440, "0:00 the day after"), (-5, "23:55 the day before"), (None, "?")],
)
def test_a_time_says_when_it_fell_on_another_day(minute: int | None, words: str) -> None:
    assert time_words(Signed(minute, None, None)) == words


@pytest.mark.parametrize(
    ("signed", "words"),
    [
        (Signed(505, "Ānia", Method.SIGNED), "Ānia"),
        (Signed(505, "Ānia", Method.STAFF_ENTRY), "entered, Ānia"),
        (Signed(505, "Ānia", Method.BULK), "marked with others, Ānia"),
        (Signed(505, None, Method.DEFAULT), "marked by default"),
        (Signed(505, None, Method.SYSTEM), "made by the system"),
        (Signed(505, None, Method.SIGNED), "signer not shown"),
        (Signed(505, None, Method.NOT_SHOWN), "signer not shown"),
        (Signed(505, None, None), "signer not shown"),
        (Signed(None, None, None), ""),
    ],
)
def test_who_signed_is_told_with_how(signed: Signed, words: str) -> None:
    assert signer_words(signed) == words


def test_every_way_of_marking_has_words() -> None:
    assert set(METHODS) == set(Method)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (CHANGED, "changed by Kararaina Te Hīnau, 4 Mar 15:05: typed 3 for 2"),
        (replace(CHANGED, by=None), "changed, nobody says who, 4 Mar 15:05: typed 3 for 2"),
        (replace(CHANGED, at=None, why=None), "changed by Kararaina Te Hīnau"),
        (Correction("changed", None, None, None, stated=False), "changed between two pulls, nobody says who or when"),
        (Correction("deleted", None, None, None, stated=True), "deleted, nobody says who"),
        (Correction("missing", None, None, None, stated=False), "gone from the latest file, nobody says why"),
    ],
)
def test_a_correction_says_who_when_and_why_as_far_as_known(found: Correction, words: str) -> None:
    assert correction_words(found) == words


def test_an_absence_of_part_of_a_day_says_which() -> None:
    assert absence_words(absence("dentist", part=True)) == "a 12:00 to 14:30, dentist"
    assert absence_words(absence(None)) == "a, no reason given"


def test_instants_are_told_by_the_clock_of_the_service() -> None:
    assert clock_time(datetime(2026, 7, 1, 20, 5, tzinfo=UTC)) == "8:05"
    assert marking_words(Marking(None, None)) == "signer not shown"


def test_names_are_official_ones_and_a_key_stands_where_none_is_known() -> None:
    assert (
        official_name(replace(row(KEY, []), given_names=("Tāne", "Kahurangi"), preferred_name="T")) == "Tāne Kahurangi Ngārimu"
    )
    assert official_name(replace(row(KEY, []), given_names=())) == "Ngārimu"
    assert official_name(replace(row(KEY, []), given_names=(), family_name="")) == KEY


def test_a_confirmation_says_of_which_days_where_they_are_not_the_weeks() -> None:
    week = RegisterWeek(tuple(service_day(day) for day in WEEK), ())
    own = span(VerificationState.APPROVED)
    march = replace(own, rhythm=Rhythm.MONTHLY, days=DateRange(date(2026, 3, 1), date(2026, 4, 1)))
    part = replace(own, rhythm=Rhythm.MONTHLY, days=DateRange(date(2026, 3, 1), date(2026, 3, 16)))
    cut = replace(own, days=DateRange(MONDAY, MONDAY + timedelta(days=2)))
    labels = [span_label(one, week) for one in (own, march, part, cut)]
    assert labels == ["", "March 2026", "1 March 2026 to 15 March 2026", "2 March 2026 to 3 March 2026"]


def test_a_state_names_the_open_days_unless_they_are_not_due() -> None:
    assert state_words(span(VerificationState.OVERDUE, WEEK[0])) == "overdue: 2 March 2026"
    assert state_words(span(VerificationState.NOT_YET_DUE, WEEK[0])) == "not yet due"
    assert confirmed_words(span(VerificationState.ON_PAPER, paper=True).words[0]).endswith("on paper: no reference")


def test_a_week_of_one_day_is_named_by_it() -> None:
    assert week_words(RegisterWeek((service_day(MONDAY),), ())) == "2 March 2026"


# The extracts


def test_the_csv_has_a_row_for_each_entry_those_crossed_out_included(made: Exportable) -> None:
    rows = list(csv.reader(io.StringIO(register_csv(made).decode("utf-8-sig"))))
    assert tuple(rows[0]) == COLUMNS
    assert all(len(one) == len(COLUMNS) for one in rows)
    corrected = [one for one in rows if one[2] == "Ōkeroa"]
    assert [(one[0], one[7], one[8], one[14]) for one in corrected] == [
        ("2026-03-02", "present", "8:55", "changed by Kararaina Te Hīnau, 4 Mar 15:05: typed 3 for 2"),
        ("2026-03-02", "present", "8:25", ""),
        ("2026-03-03", "present", "8:25", "changed between two pulls, nobody says who or when"),
        ("2026-03-03", "present", "8:30", ""),
        ("2026-03-04", "present", "8:25", "gone from the latest file, nobody says why"),
        ("2026-03-04", "no entry", "", ""),
        ("2026-03-05", "present", "8:25", ""),
    ]
    kinds = {one[7] for one in rows[1:]}
    assert kinds == {"present", "a", "no entry", "on a school visit"}


def test_a_day_with_a_note_alone_has_a_row(made: Exportable) -> None:
    noted = cell(MONDAY, enrolled=False, notes=["Grandmother rang."])
    week = RegisterWeek((service_day(MONDAY),), ((Section.TWO_AND_OVER, (row(KEY, [noted]),)),))
    rows = list(
        csv.reader(io.StringIO(register_csv(holding(made, Register(DAYS, (week,), markings_shown=True))).decode("utf-8-sig")))
    )
    assert [one[13] for one in rows[1:]] == ["Grandmother rang."]


def test_no_cell_of_the_csv_is_a_formula(made: Exportable) -> None:
    named = row(KEY, [cell(MONDAY, stay())], name=("=1+1", "+2"))
    week = RegisterWeek((service_day(MONDAY),), ((Section.TWO_AND_OVER, (named,)),))
    text = register_csv(holding(made, Register(DAYS, (week,), markings_shown=True))).decode("utf-8-sig")
    assert "'=1+1" in text
    assert "'+2" in text


def test_the_workbook_holds_entries_confirmations_and_days_as_text(made: Exportable) -> None:
    with zipfile.ZipFile(io.BytesIO(register_xlsx(made))) as book:
        sheets = etree.fromstring(book.read("xl/workbook.xml")).iter(f"{SHEET}sheet")
        assert [sheet.get("name") for sheet in sheets] == ["Entries", "Confirmations", "Days"]
        shared = book.read("xl/sharedStrings.xml").decode()
        parts = [etree.fromstring(book.read(f"xl/worksheets/sheet{n}.xml")) for n in (1, 2, 3)]
    for told in ("Mīria", "Waitangi Day", "overdue: 5 and 6 March 2026", "9:00 Kararaina Te Hīnau", "planned closure"):
        assert told in shared
    entries = len(register_csv(made).decode().splitlines()) - 1
    assert not [formula for part in parts for formula in part.iter(f"{SHEET}f")]
    assert [len(list(part.iter(f"{SHEET}row"))) - 3 for part in parts] == [entries, 2, 7]
