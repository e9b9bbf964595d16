"""The forms of a cell: what is taken, what is refused, and with which words."""

import pytest

from ecegateway.builtin import folder_cells as cells
from ecegateway.builtin.folder_cells import Form, FormError

EVERY_FORM = [form for form in vars(cells).values() if isinstance(form, Form)]


@pytest.mark.parametrize(
    ("form", "cell", "words"),
    [
        (cells.INSTANT, "yesterday", "not a date and time"),
        (cells.INSTANT, "2026-09-27T02:30", "some times do not exist"),
        (cells.DATE, "02/03/2026", "write YYYY-MM-DD"),
        (cells.DATE, "20260302", "write YYYY-MM-DD"),
        (cells.DATE, "2026-02-30", "write YYYY-MM-DD"),
        (cells.TIME, "8.30", "write HH:MM"),
        (cells.TIME, "24:00", "no such time of day"),
        (cells.YES_NO, "true", "write yes or no"),
        (cells.WHOLE, "forty", "digits only"),
        (cells.WHOLE, "-1", "digits only"),
        (cells.BOOKINGS, "Mo 08:30", "not a booking"),
        (cells.BOOKINGS, "Monday 08:30-14:30", "not a booking"),
        (cells.BOOKINGS, "Mo 08:30-14:30 every 2 from today", "not a booking"),
        (cells.BOOKINGS, "Mo 08:30-25:00", "no such time of day"),
        (cells.SESSIONS, "Mo 08:30-14:30", "not a session"),
        (cells.WEEK, "Mo 4:00; Mo 2:00", "each once"),
        (cells.WEEK, "4 4 4 4 4 0 0", "not hours by weekday"),
        (cells.DATES, "2026-04-03, 2026-04-06", "write YYYY-MM-DD"),
    ],
)
def test_a_cell_without_its_form_is_refused(form: Form, cell: str, words: str) -> None:
    with pytest.raises(FormError, match=words):
        form.read(cell)


@pytest.mark.parametrize("form", EVERY_FORM, ids=[form.words for form in EVERY_FORM])
def test_every_documented_example_has_its_form(form: Form) -> None:
    value = form.read(form.example)
    assert type(value) is form.json_type
    assert form.read(form.write(value)) == value


@pytest.mark.parametrize(("cell", "value"), [("8:30", "08:30:00"), ("08:30", "08:30:00"), ("8:30:15", "08:30:15")])
def test_times_as_spreadsheets_write_them(cell: str, value: str) -> None:
    assert cells.TIME.read(cell) == value


def test_a_mark_after_the_last_of_a_list_is_no_further_item() -> None:
    assert cells.DATES.read("2026-04-03; ") == ["2026-04-03"]
