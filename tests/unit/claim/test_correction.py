"""A past period put right: what was, what is, and whose minutes changed by which rules."""

from dataclasses import replace
from datetime import timedelta

from ecegateway.claim.catalogue import CATALOGUE
from ecegateway.claim.correction import correction
from ecegateway.claim.rs7_return import rs7_return
from ecegateway.export.correction_documents import correction_documents
from ecegateway.model.claim import AdvanceMonth, Category, Claim, StaffColumn
from ecegateway.model.correction import AdvanceChange, Correction
from ecegateway.model.record import Record
from tests.support.records import MONDAY, agreement, child, prepared, profile, shift, stay
from tests.support.returns import clean, with_hours

TUESDAY = MONDAY + timedelta(days=1)


def claim(*there: Record) -> Claim:
    """Two children, booked on Monday and Tuesday."""
    booked = [agreement(key, weekdays=("Mo", "Tu"), since=MONDAY, last_day=TUESDAY) for key in ("c1", "c2")]
    return prepared(profile(), shift(MONDAY), shift(TUESDAY), *child(), *child("c2"), *booked, *there).claim


def corrected() -> Correction:
    """On Monday nobody had signed for one child; later somebody did, and a teacher's shift turned out longer."""
    others = (stay(TUESDAY), stay(MONDAY, child_key="c2"), stay(TUESDAY, child_key="c2"))
    then = claim(stay(MONDAY, by=None), *others)
    now = claim(stay(MONDAY), *others, shift(MONDAY, "08:00-17:00"))
    return correction(rs7_return(then), rs7_return(now, revision=2), (then, now))


def test_each_figure_that_differs_stands_with_was_is_and_difference() -> None:
    assert [(one.day, one.column, one.was, one.now, one.difference) for one in corrected().changes] == [
        (MONDAY, Category.TWO_AND_OVER, 6, 12, 6),
        (MONDAY, StaffColumn.CERTIFICATED, 8, 9, 1),
    ]


def test_a_change_names_whose_minutes_it_is_and_the_rules_of_either_side() -> None:
    children, staff = (change.parts for change in corrected().changes)
    ((key, was, now, reasons),) = [(part.key, part.was, part.now, part.reasons) for part in children]
    assert (key, was, now) == ("kowhai:c1", 0, 360)
    assert "funding.enrolled-hours" in reasons
    assert set(reasons) <= CATALOGUE.keys()
    assert len(reasons) == 2
    assert [(part.was, part.now) for part in staff] == [(480, 540)]


def test_without_the_claims_there_are_figures_and_no_reasons() -> None:
    made = correction(clean(), with_hours(two_and_over=7))
    ((change),) = made.changes
    assert (change.was, change.now, change.parts) == (6, 7, ())
    assert {column: (was, now) for column, was, now in made.differences}[Category.TWO_AND_OVER] == (6, 7)


def test_advance_days_that_differ_are_told() -> None:
    first = clean().advance[0]
    now = replace(clean(), advance=(AdvanceMonth(first.month, first.all_day - 2, 0, 0), *clean().advance[1:]))
    made = correction(clean(), now)
    assert made.advance == (AdvanceChange(first.month, "all-day", first.all_day, first.all_day - 2),)
    assert made.advance[0].difference == -2
    assert made.changes == ()


def test_equal_returns_give_an_empty_correction() -> None:
    made = correction(clean(), clean())
    assert (made.changes, made.advance) == ((), ())


def test_its_files_are_a_page_json_and_csv_and_say_whose_sheet_it_is() -> None:
    made = corrected()
    files = {file.name: file.content for file in correction_documents(made, CATALOGUE)}

    assert tuple(files) == ("rs7-correction.html", "rs7-correction.json", "rs7-correction.csv")
    for name in ("rs7-correction.html", "rs7-correction.json"):
        assert b"sheet, not a form of the Ministry" in files[name]
    rows = files["rs7-correction.csv"].decode("utf-8-sig").splitlines()
    assert rows[0] == '"date","column","was","now","difference","reasons"'
    assert rows[1].startswith('"2026-02-09","two-and-over","6","12","6","')
    assert rows[2] == '"2026-02-09","certificated","8","9","1",""'
    assert "1 child: " in files["rs7-correction.html"].decode()
    assert files == {file.name: file.content for file in correction_documents(corrected(), CATALOGUE)}
