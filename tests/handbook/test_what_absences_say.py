"""What a ruling and a finding about absences say: reason, reading, records, and each figure in words."""

from datetime import date

import pytest

from ecegateway.model.absence import Pattern
from ecegateway.model.attendance import Exemption, LeavingNotice
from ecegateway.model.claim import Verdict
from ecegateway.model.finding import Finding
from ecegateway.model.people import Person
from ecegateway.model.record import Record
from ecegateway.model.service import ServiceType
from tests.handbook.claimed import claim_of, fates
from tests.handbook.grids import SEVEN, absences_of, assessed, check, counted, grid, kept, months, months_of, reconfirmed
from tests.handbook.lines import asked, line, of_child
from tests.support.records import SERVICE, absence, agreement, child, profile, stay

FRIDAYS = {
    "2021-08": """
    .  .  .  .  .  .  .
    .  .  .  ✓  a  .  .
    .  .  .  ✓  a  .  .
    .  .  .  ✓  ✓  .  .
    .  .  .  ✓  a  .  .
    .  .  .  .  .  .  .
    """,
    "2021-09": """
    .  .  .  ✓  a  .  .
    .  .  .  ✓  a  .  .
    .  .  .  ✓  ✓  .  .
    .  .  .  ✓  a  .  .
    .  .  .  ✓  .  .  .
    """,
}


def of_fridays(rule: str) -> Finding:
    drawn = months(FRIDAYS)
    (found,) = [one for one in assessed(kept(drawn, weekdays=["Th", "Fr"]), drawn.days).findings if one.rule == rule]
    return found


@pytest.mark.parametrize(
    ("rule", "month", "number", "days", "by"),
    [
        ("absence.monitor", "2021-08", "1", (6, 13, 27), ""),
        ("absence.reconfirm", "2021-09", "2", (3, 10, 24), "; by 2021-10-31"),
    ],
)
@pytest.mark.example("absence.monitor", "Three of the four Fridays of August are missed, for the first month.")
@pytest.mark.example(
    "absence.reconfirm", "Three of four Fridays are missed in August and again in September, and nobody has signed."
)
def test_a_month_of_a_pattern_is_told_in_figures_with_its_days_and_their_records(
    rule: str, month: str, number: str, days: tuple[int, ...], by: str
) -> None:
    found = of_fridays(rule)
    assert found.days == tuple(date.fromisoformat(f"{month}-{day:02}") for day in days)
    assert found.evidence == tuple(f"kowhai/10842/absence/x-c1-{day}@1" for day in found.days)
    assert str(found.due or "") == by.removeprefix("; by ")
    assert found.parameters == (
        ("month", month),
        ("number", number),
        ("situation", "absent on the same enrolled day of the week"),
        ("missed", "3"),
        ("of", "4"),
        ("by", by),
    )


@pytest.mark.example("absence.three-weeks", "A child enrolled on Mondays is first absent on 7 July: that day.")
@pytest.mark.example("absence.three-weeks", "The Monday of the fourth week.")
@pytest.mark.example(
    "absence.long-closure", "Two weeks of closure lie between: the Monday three weeks after the first absence."
)
def test_an_absence_is_claimed_for_the_three_weeks_and_beyond_them_for_the_closure_that_suspends_them() -> None:
    """6-6: two weeks without operation; from the twenty-second day on the closure alone is the reason."""
    text = """
    a  .  .  .  .  .  .
    #  #  #  #  #  #  #
    #  #  #  #  #  #  #
    a  .  .  .  .  .  .
    a  .  .  .  .  .  .
    A  .  .  .  .  .  .
    """
    drawn = grid("2025-07-07", text)
    told = absences_of(kept(drawn, weekdays=["Mo"]), drawn.days)
    assert [f"{day:%d %b} {one.verdict} {one.reason}" for day, one in told.rulings.items()] == [
        "07 Jul claimed absence.three-weeks",
        "28 Jul claimed absence.long-closure",
        "04 Aug claimed absence.long-closure",
        "11 Aug refused absence.fourth-week",
    ]


@pytest.mark.example("absence.hospital-based", "A child at an education and care service is absent: the absence is judged.")
def test_a_ruling_rests_on_the_agreement_and_the_mark_and_names_its_reading() -> None:
    drawn = months(FRIDAYS)
    told = absences_of(kept(drawn, weekdays=["Th", "Fr"]), drawn.days)
    ruling = told.rulings[date(2021, 8, 6)]
    assert (ruling.verdict, ruling.reason, ruling.switch) == (Verdict.CLAIMED, "absence.three-weeks", "three-week.window")
    assert ruling.evidence == ("kowhai/10842/enrolment/a-c1@1", "kowhai/10842/absence/x-c1-2021-08-06@1")


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (LeavingNotice(service=SERVICE, key="n", child="c1", given_on=date(2021, 8, 5)), "absence.after-notice"),
        (
            Exemption(
                service=SERVICE,
                key="e",
                child="c1",
                first_day=date(2021, 8, 2),
                last_day=date(2021, 8, 31),
                forms=("EC12",),
                document_reference="folder 7",
            ),
            "absence.exempt",
        ),
    ],
    ids=["a notice", "an exemption"],
)
def test_a_ruling_rests_also_on_the_record_that_decides_it(record: Record, reason: str) -> None:
    drawn = months(FRIDAYS)
    ruling = absences_of(kept(drawn, weekdays=["Th", "Fr"], more=[record]), drawn.days).rulings[date(2021, 8, 6)]
    assert (ruling.reason, ruling.evidence[-1]) == (reason, f"kowhai/10842/{record.stream}/{record.key}@1")


@pytest.mark.example("absence.hospital-based", "A child enrolled at a hospital-based service is absent.")
def test_an_absence_at_a_hospital_based_service_is_put_before_a_person_with_its_own_reason() -> None:
    drawn = line("2026-02", "We", "✓h✓✓")
    told = of_child(asked(drawn, service=profile(service_type=ServiceType.HOSPITAL_BASED, weekdays=SEVEN)))
    assert {(one.verdict, one.reason) for one in told.rulings.values()} == {(Verdict.HELD, "absence.hospital-based")}


def test_two_days_that_make_up_for_two_missed_in_a_week_leave_it_no_shorter_than_enrolled() -> None:
    """6-9: one of them alone leaves it shorter."""
    missed = {
        "2021-08": """
        .  .  .  .  .  .  .
        a  a  ✓  ✓  {first}  {second}  .
        ✓  ✓  a  a  {first}  {second}  .
        a  ✓  ✓  a  {first}  {second}  .
        ✓  ✓  ✓  ✓  .  .  .
        ✓  ✓  .  .  .  .  .
        """
    }
    for first, second, weeks in (("+", "+", []), ("+", ".", ["Aug 3/5: month 1"]), (".", ".", ["Aug 3/5: month 1"])):
        drawn = months({month: text.format(first=first, second=second) for month, text in missed.items()})
        told = absences_of(kept(drawn, weekdays=["Mo", "Tu", "We", "Th"]), drawn.days)
        assert counted(told, Pattern.FEWER_DAYS) == weeks


def test_where_an_emergency_counts_as_an_absence_it_goes_on_with_those_before_it() -> None:
    """Policy switch absence.emergency-closure-day (A25): absent since 14 July, three weeks before 4 August."""
    drawn = grid("2025-07-07", "✓ . . . . . .\n" + "a . . . . . .\n" * 2 + "c . . . . . .\nA . . . . . .")
    check(drawn, weekdays=["Mo"], switches={"absence.emergency-closure-day": "counts-as-absent"})


@pytest.mark.parametrize(("signed", "answers"), [("2021-10-31", True), ("2021-11-01", False)])
def test_a_signature_answers_to_the_end_of_the_third_month_before_that_month_is_known(signed: str, *, answers: bool) -> None:
    """Policy switch frequent.reconfirm-window (A22): September is the second month."""
    drawn = months(FRIDAYS)
    records = kept(drawn, weekdays=["Th", "Fr"], more=[reconfirmed(signed)])
    told = absences_of(records, drawn.days, {"frequent.reconfirm-window": "anywhere-in-month-2-or-3"})
    second = months_of(told, Pattern.SAME_WEEKDAY)[1]
    assert second.reconfirmed_on == (date.fromisoformat(signed) if answers else None)


def test_a_week_whose_sunday_alone_lies_in_the_next_month_is_no_whole_week() -> None:
    """Policy switch frequent.week (A11): February 2026 begins on a Sunday and ends on a Saturday."""
    printed = {
        "2026-02": """
        .  .  .  .  .  .  .
        a  ✓  ✓  ✓  p  .  .
        ✓  a  ✓  ✓  ✓  .  .
        ✓  ✓  ✓  ✓  ✓  .  .
        ✓  ✓  ✓  ✓  ✓  .  .
        """
    }
    drawn = months(printed)
    counts = {
        reading: counted(absences_of(kept(drawn), drawn.days, {"frequent.week": reading}), Pattern.FEWER_DAYS)
        for reading in ("clipped-monday-weeks", "ignore-part-weeks")
    }
    assert counts == {"clipped-monday-weeks": [], "ignore-part-weeks": ["Feb 2/3: month 1"]}


OCTOBER = """
    .  .  .  .  ✓  .  .
    .  .  .  ✓  a  .  .
    .  .  .  ✓  a  .  .
    .  .  .  ✓  a  .  .
    .  .  .  ✓  a  .  .
"""


@pytest.mark.parametrize(
    ("signed", "when"),
    [
        ("2021-09-29", "before the end of the second month"),
        ("2021-09-30", None),
        ("2021-10-08", None),
        ("2021-10-09", "in the third month, after absences it answers for"),
        ("2021-10-31", "in the third month, after absences it answers for"),
        ("2021-11-01", "after the end of the third month"),
    ],
)
@pytest.mark.example("absence.reconfirmed-off-time", "Signed on 29 September; September is the second month.")
@pytest.mark.example("absence.reconfirmed-off-time", "Signed on 9 October, the day after the first absence it answers for.")
@pytest.mark.example("absence.reconfirmed-off-time", "Signed on 30 September, the last day of the second month.")
@pytest.mark.example("absence.reconfirmed-by-staff", "Somebody on record as a guardian signed.")
def test_a_reconfirmation_off_time_is_told_with_its_day_and_how_it_is_off(signed: str, when: str | None) -> None:
    """A22: signed by somebody on record as a guardian; Friday 8 October is the first absence it answers for."""
    drawn = months({**FRIDAYS, "2021-10": OCTOBER})
    guardian = Person(service=SERVICE, key="g1", role="guardian")
    findings = assessed(kept(drawn, weekdays=["Th", "Fr"], more=[reconfirmed(signed), guardian]), drawn.days).findings
    told = [dict(one.parameters) for one in findings if one.rule == "absence.reconfirmed-off-time"]
    assert told == ([{"signed": signed, "when": when}] if when else [])
    assert not any(one.rule == "absence.reconfirmed-by-staff" for one in findings)


def test_a_signature_off_time_that_carries_no_month_is_not_told() -> None:
    """A23: some vendors ask for another signature in the third month. Without it the month is refused as it stands."""
    drawn = months({**FRIDAYS, "2021-10": OCTOBER})
    records = kept(drawn, weekdays=["Th", "Fr"], more=[reconfirmed("2021-09-29")])
    for reading, told in (("handbook", True), ("vendor-second-reconfirmation", False)):
        findings = assessed(records, drawn.days, {"frequent.after-reconfirmation": reading}).findings
        assert any(one.rule == "absence.reconfirmed-off-time" for one in findings) is told


def test_a_signature_is_held_against_the_second_month_of_its_own_count() -> None:
    """Fridays are missed since August, Thursdays since September: October is a third month and a second one."""
    september = """
    .  .  .  a  a  .  .
    .  .  .  a  a  .  .
    .  .  .  ✓  ✓  .  .
    .  .  .  a  a  .  .
    .  .  .  ✓  .  .  .
    """
    october = """
    .  .  .  .  ✓  .  .
    .  .  .  a  a  .  .
    .  .  .  a  a  .  .
    .  .  .  a  a  .  .
    .  .  .  ✓  ✓  .  .
    """
    drawn = months({"2021-08": FRIDAYS["2021-08"], "2021-09": september, "2021-10": october})
    records = kept(drawn, weekdays=["Th", "Fr"], more=[reconfirmed("2021-09-30")])
    numbers = {(month.weekday, month.number) for month in months_of(absences_of(records, drawn.days), Pattern.SAME_WEEKDAY)}
    assert {("Fr", 3), ("Th", 2)} <= numbers
    assert not any(one.rule == "absence.reconfirmed-off-time" for one in assessed(records, drawn.days).findings)


@pytest.mark.parametrize("closed", [False, True])
def test_an_absence_both_ways_of_a_day_in_doubt_fund_is_told_as_if_the_child_had_come(*, closed: bool) -> None:
    """Had the child not come on 14 July, the closure after it would be the reason, or the emergency would be its absence."""
    text = "? . . . . . .\n" + ("# # # # # # #\n" * 2 + "a . . . . . ." if closed else "c . . . . . .")
    drawn = grid("2025-07-07", f"✓ . . . . . .\n{text}")
    told = check(drawn, weekdays=["Mo"])
    day = drawn.cells[-7][0]
    assert (told.rulings[day].verdict, told.rulings[day].reason) == (Verdict.CLAIMED, "absence.three-weeks")


@pytest.mark.example("absence.hangs-on-unknown", "A day in doubt that changes nothing: the absences are settled either way.")
def test_an_absence_both_ways_of_a_day_in_doubt_settle_alike_hangs_on_nothing() -> None:
    """Had the child come on the 11th or not, the 18th lies within three weeks, and two of four are no pattern."""
    drawn = line("2026-02", "We", "✓?a✓")
    told = of_child(asked(drawn))
    assert {day.isoformat(): str(one.reason) for day, one in told.rulings.items()} == {"2026-02-18": "absence.three-weeks"}


@pytest.mark.parametrize(
    ("reading", "fate"),
    [("judge-whole-month-on-old", "held absence.not-judged"), ("split-month", "two-and-over")],
)
@pytest.mark.example(
    "absence.not-judged", "November is judged by its old agreement, and a Monday that only the new one books is absent."
)
@pytest.mark.example("absence.not-judged", "By the default reading each day is judged by the agreement in force on it.")
def test_an_absence_on_a_day_that_the_judging_agreement_does_not_book_is_not_judged(reading: str, fate: str) -> None:
    """Policy switch frequent.mid-month-change (A27): from 16 February 2026 Mondays are booked instead of Fridays."""
    before = agreement(weekdays=["Th", "Fr"])
    changed = agreement(weekdays=["Mo", "Th"], since=date(2026, 2, 16), signed_on=date(2026, 2, 12), key="a-2")
    records = [*child(), before, changed, stay(date(2026, 2, 12)), absence(date(2026, 2, 23))]
    made = claim_of(records, switches={"frequent.mid-month-change": reading})
    assert fates(made, date(2026, 2, 23)) == {fate: 360}
