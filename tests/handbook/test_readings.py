"""Every reading of every doubtful point of the absence rules, on the least record on which it differs from the default.

Source: the policy switches; the points are A1 to A30 and A37, and those of our own.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from ecegateway.handbook.policy import switches
from ecegateway.model.absence import Pattern
from ecegateway.model.attendance import Cause, Exemption, LeavingNotice, MakeUpDay, Reconfirmation
from ecegateway.model.enrolment import Basis
from ecegateway.model.ids import ChildKey
from ecegateway.model.period import Weekday
from ecegateway.model.record import Record
from ecegateway.model.service import Closure, Mode, OperatingSession
from tests.handbook.claimed import claim_of, fates
from tests.handbook.grids import SEVEN, check, grid
from tests.handbook.lines import asked, line, of_child, shown, written
from tests.support.records import C1, C2, SERVICE, Switches, absence, agreement, bookings, child, clock, profile, stay

Told = Callable[[Switches], str]
"""What a record comes to under some readings, in one line."""


@dataclass(frozen=True)
class Case:
    """A switch, a record, and what the record comes to under each reading it is told for, the default among them."""

    switch: str
    told: Told
    outcomes: Mapping[str, str]


SESSIONAL = profile(weekdays=SEVEN, mode=Mode.SESSIONAL)
"""Fewer hours a day do not count here, so that an absence shows the other situations alone."""


def days(month: str, weekdays: str, text: str, *, service: Record = SESSIONAL, **given: Any) -> Told:
    """The line as the rules see it."""
    drawn, others = line(month, weekdays, text), given.pop("switches", {})
    return lambda read: written(drawn, asked(drawn, service=service, switches={**others, **read}, **given))


def patterns(month: str, weekdays: str, text: str, *, service: Record = SESSIONAL, **given: Any) -> Told:
    """The situations that show, in short: ``same-weekday We 3/4: 1; ...``."""
    drawn = line(month, weekdays, text)
    return lambda read: "; ".join(one[8:] for one in shown(asked(drawn, service=service, switches=read, **given)))


def hours(day: date, records: Iterable[Record], child: ChildKey = C1) -> Told:
    """The fate of a day's minutes: ``two-and-over 360``."""
    kept = list(records)
    return lambda read: ", ".join(
        f"{fate} {minutes}" for fate, minutes in sorted(fates(claim_of(kept, switches=read), day, child).items())
    )


def both(one: Told, other: Told) -> Told:
    return lambda read: f"{one(read)} | {other(read)}"


def closed(first: date, count: int = 1, kind: str = "planned") -> Closure:
    last = first + timedelta(days=count - 1)
    return Closure.model_validate(
        {"service": SERVICE, "key": f"z-{first}", "first_day": first, "last_day": last, "kind": kind, "approval_reference": "7"}
    )


def signed(on: date) -> Reconfirmation:
    return Reconfirmation(service=SERVICE, key=f"r-{on}", child="c1", agreement="a-c1", by="g1", signed_on=on, medium="paper")


def ill(day: date) -> Record:
    """An absence whose cause is documented."""
    return absence(day).model_copy(update={"cause": Cause.ILLNESS, "document_reference": "medical certificate"})


def made_up(*days: tuple[int, int]) -> list[Record]:
    """Days of March 2026 that were missed, and stays on other days in their place."""
    moved = [(date(2026, 3, missed), date(2026, 3, instead)) for missed, instead in days]
    made = [
        MakeUpDay(service=SERVICE, key=f"m-{missed}", child="c1", missed_day=missed, made_up_on=instead)
        for missed, instead in moved
    ]
    return [*made, *(stay(instead, "08:30-14:30") for _, instead in moved)]


def changed(since: date, weekdays: Iterable[str], times: str = "08:30-12:30") -> list[Record]:
    """An agreement, changed to shorter days."""
    return [
        agreement(weekdays=weekdays, since=date(2020, 1, 6), signed_on=date(2020, 1, 2)),
        agreement(weekdays=weekdays, times=times, since=since, signed_on=since, key="a-later"),
    ]


def minutes_short(text: str) -> list[Record]:
    """Stays on the Wednesdays of April 2026 that end so many minutes early."""
    first = date(2026, 4, 1)
    return [stay(first + timedelta(weeks=n), f"08:30-14:{30 - int(short):02}") for n, short in enumerate(text.split())]


MIXED = profile(weekdays=()).model_copy(
    update={
        "licence_class": "mixed",
        "sessions": tuple(
            OperatingSession(weekday=Weekday(day), opens=clock("08:30"), closes=clock("14:30"), mode=mode)
            for day, mode in (("Mo", Mode.SESSIONAL), ("We", Mode.ALL_DAY))
        ),
    }
)
VISITED = agreement(weekdays=["We"], since=date(2020, 1, 6), signed_on=date(2020, 1, 2)).model_copy(
    update={"school_visits": (date(2026, 2, 18),)}
)
EXEMPTION = Exemption(
    service=SERVICE,
    key="e",
    child="c1",
    first_day=date(2026, 2, 1),
    last_day=date(2026, 2, 28),
    forms=("EC12",),
    document_reference="EC12 in the file",
)
AT_THE_DOOR = profile(places=1)
WEDNESDAY = date(2026, 2, 11)


def replaced(twenty_hours: str | None = None) -> list[Record]:
    """One place; the permanent child is absent, and a casual child came."""
    casual = agreement("c2", basis=Basis.CASUAL)
    enrolled = agreement(twenty_hours=twenty_hours)
    seen = [stay(date(2026, 2, 10)), absence(WEDNESDAY), stay(WEDNESDAY, "08:30-14:30", "c2")]
    return [AT_THE_DOOR, *child(born=date(2022, 1, 1)), *child("c2"), enrolled, casual, *seen]


def one_of_two_sessions() -> list[Record]:
    booked = bookings("08:45-11:45", ["We"]) + bookings("12:45-15:45", ["We"])
    sessions = profile("08:45-11:45 12:45-15:45", mode=Mode.SESSIONAL)
    return [sessions, *child(), agreement().model_copy(update={"bookings": booked}), stay(WEDNESDAY, "08:45-11:45")]


def half_the_month(read: Switches) -> str:
    """Months in which fewer than half of the days match, as duties say it, and what is refused for it."""
    drawn = line("2026-02", "We", "333✓ 333✓ 333✓✓")
    found = asked(drawn, service=SESSIONAL, switches=read)
    count = sum(month.pattern is Pattern.HALF_THE_MONTH for month in of_child(found).months)
    advised = sum(finding.rule == "absence.half-the-month" for finding in found.findings)
    return f"{written(drawn, found)}, {count} months, {advised} advised"


def three_short_months() -> list[Record]:
    """Three hours of six on each Wednesday of February to April 2026, never reconfirmed."""
    wednesdays = [date(2026, 2, 4) + timedelta(weeks=n) for n in range(13)]
    return [*child(), agreement(weekdays=["We"]), *(stay(day, "08:30-11:30") for day in wednesdays)]


CASES = (
    # The Three Week Rule. Tuesdays of July 2025 are 1, 8, 15, 22, 29; those of August 5, 12, 19, 26.
    Case(
        "three-week.window",
        days("2025-07", "Mo We", "a/#a/aa/aa/aa", more=[closed(date(2025, 7, 7))]),
        {"anchored-weeks": "a/#a/aa/aA/AA", "calendar-weeks": "a/#a/aa/AA/AA", "sessions": "a/#a/aa/aa/AA"},
    ),
    Case(
        "three-week.long-closure",
        days("2025-07", "Tu", "a##aa aa✓✓", more=[closed(date(2025, 7, 4), 17)]),
        {"whole-weeks-removed": "a##aa AA✓✓", "literal-clock": "a##aa aA✓✓", "skip-closed-days": "a##aa aA✓✓"},
    ),
    Case(
        "closure.long-threshold",
        days("2025-07", "Tu", "a##aa", more=[closed(date(2025, 7, 2), 14)]),
        {"14-calendar-days": "a##aa", "10-operating-days": "a##aa", "two-mon-sun-weeks": "a##AA"},
    ),
    Case(
        "closure.long-threshold",
        days("2025-07", "Tu", "a#aaa", more=[closed(date(2025, 7, 2), 10)]),
        {"14-calendar-days": "a#aAA", "10-operating-days": "a#aaA", "two-mon-sun-weeks": "a#aAA"},
    ),
    Case(
        "three-week.short-closure",
        days("2025-07", "Tu", "a#aaa", more=[closed(date(2025, 7, 8))]),
        {"clock-runs": "a#aAA", "clock-stops": "a#aaA"},
    ),
    Case(
        "three-week.closure-resets",
        days("2025-07", "Tu", "a##aa aa✓✓", more=[closed(date(2025, 7, 2), 14)]),
        {"never": "a##aa AA✓✓", "reset": "a##aa aA✓✓"},
    ),
    Case(
        "three-week.spell-ends-on",
        days("2025-07", "Tu", "aaaaa", more=[stay(date(2025, 7, 18))]),
        {"any-attendance": "aaaaa", "enrolled-day-attendance": "aaaAA", "full-day-attendance": "aaaAA"},
    ),
    Case(
        "three-week.spell-ends-on",
        days("2025-07", "Tu", "aa3aa"),
        {"any-attendance": "aa3aa", "enrolled-day-attendance": "aa3aa", "full-day-attendance": "aa3AA"},
    ),
    Case(
        "start.never-attended",
        days(
            "2026-02",
            "Mo",
            ".aaa",
            away=ill,
            enrolled=[agreement(weekdays=["Mo"], since=date(2026, 2, 9), signed_on=date(2026, 2, 2))],
        ),
        {"one-week": ".aAA", "three-weeks": ".aaa"},
    ),
    Case(
        "leaving.notice-day",
        days("2026-02", "We", "✓aaa", more=[LeavingNotice(service=SERVICE, key="n", child="c1", given_on=WEDNESDAY)]),
        {"refuse-on-and-after": "✓AAA", "refuse-after": "✓aAA"},
    ),
    Case(
        "absence.part-day",
        hours(WEDNESDAY, one_of_two_sessions()),
        {"present-if-any-session": "two-and-over 360"},
    ),
    # The Frequent Absence Rule. Wednesdays of February and of March 2026 are 4, 11, 18, 25; those of April 1, 8, 15, 22, 29.
    Case(
        "frequent.threshold",
        patterns("2026-02", "We", "aa✓✓"),
        {"more-than-half": "", "half-or-more": "same-weekday We 2/4: 1"},
    ),
    Case(
        "frequent.week",
        patterns("2026-08", "Mo Tu We Th Fr", "a✓✓✓✓/✓a✓✓✓/✓✓✓✓✓/✓✓✓✓✓/a"),
        {"clipped-monday-weeks": "fewer-days 3/5: 1", "ignore-part-weeks": ""},
    ),
    Case(
        "frequent.part-week-counts",
        patterns("2026-08", "Mo Tu We Th Fr", "a✓✓✓✓/✓a✓✓✓/✓✓a✓✓/✓✓✓✓✓/✓"),
        {"if-any-enrolled-open-day": "fewer-days 3/5: 1"},
    ),
    Case(
        "frequent.no-opportunity-days",
        patterns("2026-02", "We", "aa#✓", more=[closed(date(2026, 2, 18))]),
        {
            "exclude": "same-weekday We 2/3: 1",
            "count-as-present": "",
            "count-as-absent": "same-weekday We 3/4: 1",
        },
    ),
    Case(
        "frequent.rule1-unit",
        patterns("2026-03", "We Th", "✓a/✓a/✓a/✓✓"),
        {"per-weekday": "same-weekday Th 3/4: 1", "pooled": "fewer-days 3/4: 1"},
    ),
    Case(
        "frequent.rule1-rule2",
        patterns("2026-03", "We Th", "✓a/✓a/✓a/✓✓"),
        {"rule1-then-residual": "same-weekday Th 3/4: 1", "union": "same-weekday Th 3/4: 1; fewer-days 3/4: 1"},
    ),
    Case(
        "frequent.rule3-absent-days",
        patterns("2026-02", "We", "aa3✓", service=profile(weekdays=SEVEN)),
        {"absent-counts-as-zero-hours": "fewer-hours 3/4: 1", "attended-short-days-only": ""},
    ),
    Case(
        "frequent.rule3-cap",
        patterns("2026-02", "We", "7777", times="08:00-17:00", service=profile(weekdays=SEVEN)),
        {"min-enrolled-6": "", "all-enrolled-hours": "fewer-hours 4/4: 1", "never-above-6": ""},
    ),
    Case(
        "frequent.rule3-cap",
        patterns("2026-02", "We", "5555", times="08:00-17:00", service=profile(weekdays=SEVEN)),
        {"min-enrolled-6": "fewer-hours 4/4: 1", "all-enrolled-hours": "fewer-hours 4/4: 1", "never-above-6": ""},
    ),
    Case(
        "frequent.rule3-grace-minutes",
        days("2026-04", "We", "?????", more=minutes_short("1 5 10 15 16"), switches={"attendance.rounding": "exact"}),
        {"0": "55555", "5": "✓✓555", "10": "✓✓✓55", "15": "✓✓✓✓5"},
    ),
    Case(
        "attendance.rounding",
        days("2026-04", "We", "?????", more=minutes_short("1 5 7 8 15")),
        {"nearest-15": "✓✓✓55", "exact": "55555"},
    ),
    Case(
        "frequent.rule3-mixed-services",
        patterns("2026-03", "Mo We", "33/33/33/33/3", service=MIXED, times="08:30-14:30"),
        {"by-mode-of-the-day": "fewer-hours 4/4: 1", "never": "", "always": "fewer-hours 9/9: 1"},
    ),
    Case(
        "frequent.refusal-extent",
        hours(date(2026, 4, 22), three_short_months()),
        {
            "absent-hours-only": "refused absence.frequent-not-reconfirmed 180, two-and-over 180",
            "whole-days": "refused absence.frequent-not-reconfirmed 360",
        },
    ),
    Case(
        "frequent.month3-needs-pattern",
        days("2026-02", "We", "aaa✓ aaa✓ a✓✓✓✓"),
        {"yes": "aaa✓ aaa✓ a✓✓✓✓", "no": "aaa✓ aaa✓ A✓✓✓✓"},
    ),
    Case(
        "frequent.reconfirm-window",
        days("2026-02", "We", "aaa✓ aaa✓ aaa✓✓", more=[signed(date(2026, 5, 1))]),
        {"month2-end-to-rs7": "aaa✓ aaa✓ aaa✓✓", "anywhere-in-month-2-or-3": "aaa✓ aaa✓ AAA✓✓"},
    ),
    Case(
        "frequent.after-reconfirmation",
        days("2026-02", "We", "aaa✓ aaa✓ aaa✓✓", more=[signed(date(2026, 3, 31))]),
        {"handbook": "aaa✓ aaa✓ aaa✓✓", "vendor-second-reconfirmation": "aaa✓ aaa✓ AAA✓✓"},
    ),
    Case(
        "frequent.after-reconfirmation",
        days("2026-02", "We", "aaa✓ aaa✓"),
        {"handbook": "aaa✓ aaa✓", "vendor-second-reconfirmation": "aaa✓ AAA✓"},
    ),
    Case(
        "frequent.run-identity",
        days("2026-02", "We Th", "a✓/a✓/a✓/✓✓ ✓a/✓a/✓a/✓✓ a✓/a✓/a✓/✓✓/✓✓"),
        {
            "per-rule-and-weekday": "a✓/a✓/a✓/✓✓ ✓a/✓a/✓a/✓✓ a✓/a✓/a✓/✓✓/✓✓",
            "per-rule": "a✓/a✓/a✓/✓✓ ✓a/✓a/✓a/✓✓ A✓/A✓/A✓/✓✓/✓✓",
            "any-rule": "a✓/a✓/a✓/✓✓ ✓a/✓a/✓a/✓✓ A✓/A✓/A✓/✓✓/✓✓",
        },
    ),
    Case(
        "frequent.run-identity",
        days("2026-02", "We Th", "a✓/a✓/a✓/✓✓ a✓/✓a/a✓/✓✓ a✓/a✓/a✓/✓✓/✓✓"),
        {
            "per-rule-and-weekday": "a✓/a✓/a✓/✓✓ a✓/✓a/a✓/✓✓ a✓/a✓/a✓/✓✓/✓✓",
            "per-rule": "a✓/a✓/a✓/✓✓ a✓/✓a/a✓/✓✓ a✓/a✓/a✓/✓✓/✓✓",
            "any-rule": "a✓/a✓/a✓/✓✓ a✓/✓a/a✓/✓✓ A✓/A✓/A✓/✓✓/✓✓",
        },
    ),
    Case(
        "absence.emergency-closure-day",
        patterns("2026-04", "We", "aa✓✓x", more=[closed(date(2026, 4, 29), kind="emergency")]),
        {"excluded": "", "counts-as-absent": "same-weekday We 3/5: 1"},
    ),
    Case(
        "absence.transitional-visit",
        days("2026-02", "We", "aaa✓", enrolled=[VISITED]),
        {"coded-visit-is-present-equivalent": "aav✓", "absent": "aaa✓"},
    ),
    Case(
        "makeup.cures",
        patterns("2026-03", "We", "aaa✓", more=made_up((4, 5), (11, 12), (18, 19))),
        {"rule-2-only": "same-weekday We 3/4: 1", "rules-1-and-2": "", "none": "same-weekday We 3/4: 1"},
    ),
    Case(
        "makeup.cures",
        patterns(
            "2026-03",
            "We Th",
            "a✓/✓a/a✓/✓✓",
            more=made_up((4, 7), (12, 14), (18, 21)),
        ),
        {"rule-2-only": "", "rules-1-and-2": "", "none": "fewer-days 3/4: 1"},
    ),
    Case(
        "frequent.long-closure",
        patterns("2025-06", "Tu", "aaa✓ a##a✓", more=[closed(date(2025, 7, 2), 14)]),
        {
            "skip-touched-months": "same-weekday Tu 3/4: 1; same-weekday Tu passed over: 1",
            "strict-no-extension": "same-weekday Tu 3/4: 1; same-weekday Tu 2/3: 2",
        },
    ),
    Case(
        "frequent.touched-month-without-run",
        patterns("2025-07", "Tu", "a##a✓", more=[closed(date(2025, 7, 2), 14)]),
        {"counts-as-month-one": "same-weekday Tu 2/3: 1", "information-only": ""},
    ),
    Case(
        "frequent.mid-month-change",
        days(
            "2026-02",
            "Tu",
            "aaa✓ aa✓a✓ aaa✓ aaa✓",
            enrolled=changed(date(2026, 5, 18), ["Tu"]),
            more=[signed(date(2026, 3, 31))],
        ),
        {
            "split-month": "aaa✓ aa✓a✓ aaa✓ AAa✓",
            "judge-from-effective-date": "aaa✓ aa✓a✓ aaa✓ aaa✓",
            "judge-whole-month-on-new": "aaa✓ aa✓a✓ aaa✓ aaa✓",
            "judge-whole-month-on-old": "aaa✓ aa✓a✓ aaa✓ AAA✓",
        },
    ),
    Case(
        "absence.rules-combine",
        both(days("2026-02", "We", "aaa✓ aaa✓ aaa✓✓"), days("2025-07", "Tu", "aaaa✓")),
        {"both-must-allow": "aaa✓ aaa✓ AAA✓✓ | aaaA✓"},
    ),
    Case(
        "exemption.effect",
        patterns("2026-02", "We", "aaa✓", more=[EXEMPTION]),
        {"exclude-days-and-12-weeks": "", "twelve-weeks-only": "same-weekday We 3/4: 1"},
    ),
    Case(
        "frequent.general-half-test",
        half_the_month,
        {
            "advisory": "333✓ 333✓ 333✓✓, 3 months, 3 advised",
            "off": "333✓ 333✓ 333✓✓, 0 months, 0 advised",
            "refuse": "333✓ 333✓ 3!3!3!✓✓, 3 months, 0 advised",
        },
    ),
    # Places, and what is not known
    Case(
        "absence.replacement",
        both(hours(WEDNESDAY, replaced()), hours(WEDNESDAY, replaced(), C2)),
        {
            "keep-absence-drop-casual": "two-and-over 360 | refused absence.place-filled 360",
            "keep-casual-drop-absence": "refused absence.place-given 360 | two-and-over 360",
        },
    ),
    Case(
        "twenty-hours.replacement-fee",
        hours(WEDNESDAY, replaced("360 360 360")),
        {"assume-charged": "two-and-over 360", "assume-not-charged": "twenty-hours 360"},
    ),
    Case(
        "absence.look-back",
        hours(WEDNESDAY, [*child(), agreement(), absence(WEDNESDAY)]),
        {"warn": "two-and-over 360", "hold": "held absence.older-than-record 360"},
    ),
    Case(
        "attendance.no-record",
        hours(WEDNESDAY, [*child(), agreement(), stay(date(2026, 2, 10))]),
        {"block": "held attendance.no-record 360"},
    ),
)


@pytest.mark.parametrize(
    ("case", "reading"),
    [pytest.param(case, reading, id=f"{case.switch}={reading}") for case in CASES for reading in case.outcomes],
)
def test_a_reading_comes_to(case: Case, reading: str) -> None:
    assert case.told({case.switch: reading}) == case.outcomes[reading]


OF_ABSENCES = re.compile(r"A([1-9]|[12]\d|30|37|42)$")


def test_every_reading_of_the_absence_rules_is_told_here_and_differs_from_the_default() -> None:
    """A new switch, or a new reading of one, needs a record that shows what it does."""
    ours = {name: switch for name, switch in switches().items() if OF_ABSENCES.match(switch.point)}
    assert ours.keys() == {case.switch for case in CASES}
    for name, switch in ours.items():
        cases = [case.outcomes for case in CASES if case.switch == name]
        assert all(switch.default in outcomes for outcomes in cases)
        assert {reading for outcomes in cases for reading in outcomes} == set(switch.values)
        for reading in switch.values[1:]:
            assert any(outcomes.get(reading, outcomes[switch.default]) != outcomes[switch.default] for outcomes in cases), (
                reading
            )


# The printed examples of 6-6 under the readings their wording would allow


@pytest.mark.parametrize("reading", ["literal-clock", "skip-closed-days"])
def test_6_6_example_1_word_for_word_would_fund_four_sessions_where_three_are_printed(reading: str) -> None:
    told = check(
        grid(
            "2025-07-07",
            """
            .  ✓  .  .  .  .  .
            .  a  .  .  #  #  #
            #  #  #  #  #  #  #
            #  #  #  #  #  #  #
            .  a  .  .  .  .  .
            .  a  .  .  .  .  .
            .  a  .  .  .  .  .  | printed as week 4, unfunded
            .  A  .  .  .  .  .
            """,
        ),
        weekdays=["Tu"],
        switches={"three-week.long-closure": reading},
    )
    assert sum(ruling.verdict == "claimed" for ruling in told.rulings.values()) == 4


@pytest.mark.parametrize("reading", ["literal-clock", "skip-closed-days"])
def test_6_6_example_2_word_for_word_would_fund_ten_sessions_where_nine_are_printed(reading: str) -> None:
    told = check(
        grid(
            "2025-07-07",
            """
            ✓  .  a  .  a  .  .
            a  .  a  .  a  .  .
            a  .  a  .  a  #  #
            #  #  #  #  #  #  #
            #  #  #  #  #  #  #
            a  .  a  .  A  .  .  | Wednesday is printed as week 4, unfunded
            A  .  A  .  A  .  .
            """,
        ),
        weekdays=["Mo", "We", "Fr"],
        switches={"three-week.long-closure": reading},
    )
    assert sum(ruling.verdict == "claimed" for ruling in told.rulings.values()) == 10


@pytest.mark.parametrize("reading", switches()["frequent.mid-month-change"].values)
def test_a_child_who_starts_or_leaves_in_the_middle_of_a_month_has_one_agreement_to_be_judged_by(reading: str) -> None:
    """Enrolled from Wednesday 11 February to Wednesday 11 March 2026: no day of either month is judged by no agreement."""
    enrolled = agreement(weekdays=["We"], since=date(2026, 2, 11), signed_on=date(2026, 2, 2), last_day=date(2026, 3, 11))
    drawn = line("2026-02", "We", ".✓aa ✓a..")
    found = asked(drawn, service=SESSIONAL, enrolled=[enrolled], switches={"frequent.mid-month-change": reading})
    assert written(drawn, found) == str(drawn)
    assert shown(found) == ["2026-02 same-weekday We 2/3: 1"]
