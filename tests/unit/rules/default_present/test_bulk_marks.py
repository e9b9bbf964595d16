"""Marks made faster than people make them, and the quick ones that people do make."""

from collections.abc import Sequence

import pytest

from ecegateway.model.attendance import Attendance, Method
from ecegateway.model.finding import Finding
from ecegateway.model.record import Record
from ecegateway.rules.attendance.default_present.bulk_marks import bulk_marks
from ecegateway.rules.attendance.default_present.suspicion import SWITCH
from tests.support.registers import DAYS, attended, enrolled, found, later, mark, told

DAY_COUNT = 3


def signed_in(
    gaps: Sequence[float], days: int = DAY_COUNT, *, by: str | None = "t1", device: str | None = None, whole: bool = False
) -> list[Record]:
    """One child for each gap, marked in so many seconds after the first, at 17 seconds past the minute or on it."""
    records: list[Record] = []
    for n, gap in enumerate(gaps):
        key = f"c{n}"
        records += enrolled(key)
        for day in DAYS[:days]:
            stay = attended(key, day, (n + 1, -n - 1))
            at = later(attended("c0", day).arrived, 0 if whole else 17 + gap)
            signer = f"g-{key}" if by == "each guardian" else by
            records.append(stay.model_copy(update={"sign_in": mark(at, signer, Method.SIGNED, device), "sign_out": None}))
    return records


def suspected(records: Sequence[Record]) -> list[Finding]:
    return found(bulk_marks, *records)


@pytest.mark.example(
    "register.bulk-marks",
    "A teacher's name stands at the marks of six children of six families, all made in one second, on three days.",
)
def test_six_families_marked_by_one_person_in_one_second_are_found() -> None:
    findings = suspected(signed_in([0.0, 0.2, 0.4, 0.6, 0.8, 0.9]))
    assert len(findings) == 6
    assert {finding.days for finding in findings} == {DAYS[:3]}
    assert told(findings[0]) == {"hits": "3", "at_most": "2", "others": "4", "seconds": "2"}


@pytest.mark.parametrize(("reading", "holds"), [("warn", False), ("hold", True)])
def test_the_switch_lets_a_suspicion_hold_the_days_it_names(reading: str, *, holds: bool) -> None:
    findings = found(bulk_marks, *signed_in([0.0] * 6), switches={SWITCH: reading})
    assert [finding.holds for finding in findings] == [holds] * 6


@pytest.mark.parametrize(("count", "expected"), [(4, 0), (5, 5)])
def test_five_families_by_one_person_are_found_and_four_are_not(count: int, expected: int) -> None:
    assert len(suspected(signed_in([0.0] * count))) == expected


@pytest.mark.parametrize(("last", "expected"), [(2.0, 5), (2.1, 0)])
def test_the_window_is_two_seconds(last: float, expected: int) -> None:
    assert len(suspected(signed_in([0.0, 0.5, 1.0, 1.5, last]))) == expected


def test_a_mark_before_or_after_the_window_is_not_part_of_it() -> None:
    findings = suspected(signed_in([-5.0, 0.0, 0.1, 0.2, 0.3, 0.4, 7.0]))
    assert [finding.child for finding in findings] == [f"kowhai:c{n}" for n in range(1, 6)]


@pytest.mark.example(
    "register.bulk-marks", "One device marks eight children of eight families within two seconds, on three days."
)
@pytest.mark.parametrize(("count", "expected"), [(7, 0), (8, 8)])
def test_eight_families_on_one_device_are_found_and_seven_are_not(count: int, expected: int) -> None:
    gaps = [n / 4 for n in range(count)]
    assert len(suspected(signed_in(gaps, by="each guardian", device="tablet"))) == expected


@pytest.mark.example(
    "register.bulk-marks", "Nothing says who marked eight children of eight families within two seconds, on three days."
)
@pytest.mark.parametrize(("count", "expected"), [(7, 0), (8, 8)])
def test_eight_families_by_nobody_named_are_found_and_seven_are_not(count: int, expected: int) -> None:
    assert len(suspected(signed_in([n / 4 for n in range(count)], by=None))) == expected


@pytest.mark.example("register.bulk-marks", "A teacher calls the roll and ticks one child a second.")
def test_a_roll_ticked_one_by_one_is_human() -> None:
    assert suspected(signed_in([float(n) for n in range(30)])) == []


@pytest.mark.example("register.bulk-marks", "Six siblings are signed in by their mother in one second.")
def test_siblings_are_signed_together() -> None:
    assert suspected(signed_in([0.0] * 6, by="g-mother")) == []


@pytest.mark.example("register.bulk-marks", "Twelve parents sign at the tablet, eight seconds apart.")
def test_a_queue_at_the_tablet_takes_its_time() -> None:
    assert suspected(signed_in([8.0 * n for n in range(12)], by="each guardian", device="tablet")) == []


@pytest.mark.example("register.bulk-marks", "Six children are marked in one second on two days only.")
def test_two_days_are_an_exception_and_three_a_habit() -> None:
    assert suspected(signed_in([0.0] * 6, days=2)) == []
    assert len(suspected(signed_in([0.0] * 6, days=3))) == 6


@pytest.mark.example("register.bulk-marks", "The source keeps the minute of a mark and not the second.")
def test_marks_on_the_full_minute_tell_nothing() -> None:
    assert suspected(signed_in([0.0] * 6, whole=True)) == []


def test_a_whole_week_entered_in_one_go_is_found_on_its_days() -> None:
    """The marks of all days were made within a second on the Friday."""
    records: list[Record] = []
    made = later(attended("c0", DAYS[4]).departed, 5017)
    for n in range(5):
        records += enrolled(f"c{n}")
        for day in DAYS[:5]:
            end = mark(later(made, n / 10), "t1", Method.STAFF_ENTRY)
            records.append(attended(f"c{n}", day).model_copy(update={"sign_in": end, "sign_out": end}))
    findings = suspected(records)
    assert len(findings) == 5
    assert {finding.days for finding in findings} == {DAYS[:5]}


@pytest.mark.parametrize("method", [Method.BULK, Method.DEFAULT, Method.SYSTEM])
def test_declared_bulk_marks_are_another_rules_business(method: Method) -> None:
    records = [
        record.model_copy(update={"sign_in": record.sign_in.model_copy(update={"method": method})})
        if isinstance(record, Attendance) and record.sign_in is not None
        else record
        for record in signed_in([0.0] * 6)
    ]
    assert suspected(records) == []
