"""Handbook 6-3: evidence that a parent has regularly examined and confirmed the attendance record."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from ecegateway.contract import Fact
from ecegateway.facts.fold import fold
from ecegateway.flows.claim import from_evidence
from ecegateway.handbook.lookup import handbook
from ecegateway.handbook.policy import policy
from ecegateway.model.attendance import Verification
from ecegateway.model.claim import Claim, Verdict
from ecegateway.model.enrolment import Basis
from ecegateway.model.finding import Finding, Severity
from ecegateway.model.people import AuthorisedSignatory, Person
from ecegateway.model.period import DateRange
from ecegateway.model.record import Record
from ecegateway.model.service import Mode, ServiceProfile, ServiceType
from ecegateway.model.verification import Rhythm, VerificationState, VerifiedSpan
from ecegateway.rules.registry import question
from ecegateway.rules.verification.spans import due_spans, rhythm_of
from ecegateway.rules.verification.states import verified_spans
from tests.support.records import (
    EVERY_FACT,
    MONDAY,
    NO_SWITCHES,
    PERIOD,
    SERVICE,
    Facts,
    Switches,
    absence,
    agreement,
    at,
    changed,
    child,
    confirmed,
    evidence,
    facts_of,
    profile,
    shift,
    stay,
    versions,
)

TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SUNDAY = (MONDAY + timedelta(days=n) for n in (1, 2, 3, 4, 6))
WEEK = DateRange(MONDAY, MONDAY + timedelta(days=7))
WEEKDAYS = tuple(MONDAY + timedelta(days=n) for n in range(5))
FEBRUARY = DateRange(date(2026, 2, 1), date(2026, 3, 1))
STAYS = tuple(stay(day) for day in WEEKDAYS)
LONG_AFTER = date(2026, 6, 2)
SESSIONAL = profile("08:45-12:45", mode=Mode.SESSIONAL)
NO_VERIFICATIONS = EVERY_FACT - {Fact.VERIFICATION}


def spans(
    *records: Record,
    on: date = LONG_AFTER,
    licence: ServiceProfile | None = None,
    facts: Facts = EVERY_FACT,
    switches: Switches = NO_SWITCHES,
    days: DateRange = WEEK,
) -> list[VerifiedSpan]:
    """The child's spans that touch ``days``, by evidence that came on ``on``."""
    stored = versions([licence or profile(), *child(), agreement(), *records], received=received(on))
    known = fold(replace(evidence(stored, facts), known_at=received(on)), PERIOD.days)
    asked = question(known, PERIOD.days, policy(switches), handbook())
    first = known.children[0]
    return list(verified_spans(first, due_spans(known, days, asked.policy), asked))


def received(day: date) -> datetime:
    """Noon of a day at the service."""
    return at(day, "12:00").astimezone(UTC)


def span(*records: Record, on: date = LONG_AFTER, facts: Facts = EVERY_FACT, switches: Switches = NO_SWITCHES) -> VerifiedSpan:
    (found,) = spans(*records, on=on, facts=facts, switches=switches)
    return found


def word(first: date, last: date, **more: object) -> Verification:
    """A guardian's confirmation of some days, on the day after them, unless said otherwise."""
    on = more.pop("on", None)
    assert on is None or isinstance(on, date)
    return confirmed(first, last, on=on).model_copy(update=more)


def found(
    *records: Record,
    rule: str = "verification.overdue",
    on: date = LONG_AFTER,
    licence: ServiceProfile | None = None,
    facts: Facts = EVERY_FACT,
    switches: Switches = NO_SWITCHES,
) -> list[Finding]:
    made = claim_of(*records, on=on, licence=licence, facts=facts, switches=switches)
    return [finding for finding in made.findings if finding.rule == rule]


def claim_of(
    *records: Record, on: date, licence: ServiceProfile | None, facts: Facts, switches: Switches = NO_SWITCHES
) -> Claim:
    staffed = [shift(day) for day in PERIOD.days if day <= on]
    everything = [licence or profile(), *child(), *staffed, *records]
    return from_evidence(evidence(versions(everything, received=received(on)), facts), PERIOD, policy(switches)).claim


def enrolled(last: date = FRIDAY) -> Record:
    """An agreement of the one week, so that no other week has a day to confirm."""
    return agreement(since=MONDAY, last_day=last)


# The states


def test_a_week_every_day_of_which_is_confirmed_is_approved() -> None:
    made = span(*STAYS, word(MONDAY, SUNDAY))
    assert (made.state, made.covered, made.open) == (VerificationState.APPROVED, WEEKDAYS, ())
    assert (made.days, made.rhythm, made.child) == (WEEK, Rhythm.WEEKLY, "kowhai:c1")


def test_who_confirmed_and_when_stands_with_the_span() -> None:
    mother = Person(service=SERVICE, key="g1", role="guardian", given_names="Mererangi", family_name="Ngāio")
    (said,) = span(*STAYS, mother, word(MONDAY, SUNDAY)).words
    assert (said.by, said.name, said.decision, said.medium) == ("g1", "Mererangi Ngāio", "confirmed", "electronic")
    assert (said.at, said.evidence) == (at(SUNDAY + timedelta(days=1), "17:00"), f"kowhai/10842/verification/v-c1-{MONDAY}@1")


def test_a_person_without_a_record_is_named_by_their_key() -> None:
    (said,) = span(*STAYS, word(MONDAY, SUNDAY)).words
    assert said.name == "g1"


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (SUNDAY, VerificationState.NOT_YET_DUE),
        (SUNDAY + timedelta(days=1), VerificationState.AWAITING),
        (SUNDAY + timedelta(days=7), VerificationState.AWAITING),
        (SUNDAY + timedelta(days=8), VerificationState.OVERDUE),
    ],
)
def test_a_week_is_due_when_it_is_over_and_overdue_when_the_next_one_is(on: date, state: VerificationState) -> None:
    made = span(*STAYS, on=on)
    assert (made.state, made.uncovered) == (state, WEEKDAYS)
    assert (made.due, made.overdue) == (SUNDAY + timedelta(days=1), SUNDAY + timedelta(days=8))


@pytest.mark.parametrize(("reading", "overdue"), [("span-end", 1), ("next-span", 8), ("three-weeks", 22)])
def test_how_soon_a_week_is_overdue_is_a_switch(reading: str, overdue: int) -> None:
    switches = {"verification.overdue-after": reading}
    first = SUNDAY + timedelta(days=overdue)
    assert span(*STAYS, on=first, switches=switches).state is VerificationState.OVERDUE
    assert span(*STAYS, on=first - timedelta(days=1), switches=switches).state is not VerificationState.OVERDUE


def test_the_day_of_the_newest_evidence_is_the_local_one() -> None:
    stored = versions([profile(), *child(), agreement(), *STAYS], received=datetime(2026, 2, 15, 11, 30, tzinfo=UTC))
    known = fold(evidence(stored), PERIOD.days)
    asked = question(known, PERIOD.days, policy(), handbook())
    (made,) = verified_spans(known.children[0], due_spans(known, WEEK, asked.policy), asked)
    assert made.state is VerificationState.AWAITING  # Monday, half past midnight, at the service


def test_a_confirmation_of_part_of_a_week_leaves_the_rest_open() -> None:
    made = span(*STAYS, word(MONDAY, TUESDAY))
    assert (made.state, made.covered, made.uncovered) == (VerificationState.OVERDUE, WEEKDAYS[:2], WEEKDAYS[2:])


def test_two_guardians_may_confirm_a_week_between_them() -> None:
    other = word(WEDNESDAY, SUNDAY, by="g2")
    made = span(*STAYS, word(MONDAY, TUESDAY), other)
    assert made.state is VerificationState.APPROVED
    assert [said.by for said in made.words] == ["g1", "g2"]


def test_a_dispute_outweighs_everything_until_it_is_settled() -> None:
    against = word(MONDAY, SUNDAY, key="v-2", decision="disputed", at=at(SUNDAY, "19:00"))
    settled = word(MONDAY, SUNDAY, key="v-3", at=at(SUNDAY + timedelta(days=2), "19:00"))
    made = span(*STAYS, word(MONDAY, SUNDAY, at=at(SUNDAY, "18:00")), against)
    assert (made.state, made.disputed, made.open) == (VerificationState.DISPUTED, WEEKDAYS, WEEKDAYS)
    assert span(*STAYS, against, settled).state is VerificationState.APPROVED


def test_a_dispute_of_one_day_leaves_the_others_confirmed() -> None:
    against = word(WEDNESDAY, WEDNESDAY, key="v-2", decision="disputed", at=at(SUNDAY + timedelta(days=2), "19:00"))
    made = span(*STAYS, word(MONDAY, SUNDAY), against)
    assert (made.state, made.disputed) == (VerificationState.DISPUTED, (WEDNESDAY,))
    assert made.covered == (MONDAY, TUESDAY, THURSDAY, FRIDAY)


def test_edit_after_verification_supersedes_it() -> None:
    """Trap 7: an edit after a parent's verification makes the verification superseded."""
    edited = stay(TUESDAY, "08:55-14:35", change=changed(on=SUNDAY + timedelta(days=3)))
    made = span(*STAYS, edited, word(MONDAY, SUNDAY))
    assert (made.state, made.superseded) == (VerificationState.SUPERSEDED, (TUESDAY,))
    again = word(TUESDAY, TUESDAY, key="v-2", at=at(SUNDAY + timedelta(days=4), "18:00"))
    assert span(*STAYS, edited, word(MONDAY, SUNDAY), again).state is VerificationState.APPROVED


def test_an_edit_before_verification_supersedes_nothing() -> None:
    edited = stay(TUESDAY, "08:55-14:35", change=changed(on=WEDNESDAY))
    assert span(*STAYS, edited, word(MONDAY, SUNDAY)).state is VerificationState.APPROVED


def test_a_signed_sheet_is_told_apart_and_says_where_it_is() -> None:
    made = span(*STAYS, word(MONDAY, SUNDAY, medium="paper", reference="Folder 7, sheet 12"))
    assert (made.state, made.words[0].reference) == (VerificationState.ON_PAPER, "Folder 7, sheet 12")


def test_what_staff_verify_counts_for_nothing() -> None:
    teacher = Person(service=SERVICE, key="t1", role="staff")
    assert span(*STAYS, teacher, word(MONDAY, SUNDAY, by="t1")).state is VerificationState.OVERDUE


def test_only_authorised_signatories_count_where_they_are_listed() -> None:
    listed = AuthorisedSignatory(service=SERVICE, key="l", child="c1", person="g2", first_day=MONDAY)
    assert span(*STAYS, listed, word(MONDAY, SUNDAY)).state is VerificationState.OVERDUE
    assert span(*STAYS, listed, word(MONDAY, SUNDAY, by="g2")).state is VerificationState.APPROVED


def test_a_confirmation_given_before_the_child_left_does_not_cover_that_stay() -> None:
    made = span(*STAYS, word(MONDAY, FRIDAY, at=at(FRIDAY, "12:00")))
    assert made.uncovered == (FRIDAY,)


# Days


def test_absences_are_confirmed_like_stays() -> None:
    away = [absence(day) for day in WEEKDAYS]
    assert span(*away).state is VerificationState.OVERDUE
    assert span(*away, word(MONDAY, SUNDAY)).state is VerificationState.APPROVED


def test_an_absence_entered_after_the_confirmation_is_not_covered() -> None:
    late = absence(FRIDAY).model_copy(update={"recorded_at": at(SUNDAY + timedelta(days=5), "9:00")})
    made = span(*STAYS[:4], late, word(MONDAY, SUNDAY))
    assert (made.covered, made.uncovered) == (WEEKDAYS[:4], (FRIDAY,))


def test_a_day_attended_without_an_agreement_is_to_be_confirmed_too() -> None:
    ended = agreement(last_day=date(2026, 1, 31))
    assert span(stay(MONDAY), ended).uncovered == (MONDAY,)
    assert span(absence(TUESDAY), ended).uncovered == (TUESDAY,)


def test_an_enrolled_day_without_any_record_is_to_be_confirmed_too() -> None:
    assert span(*STAYS[:4]).uncovered == WEEKDAYS


def test_a_day_of_the_week_the_child_is_not_enrolled_for_needs_nothing() -> None:
    mondays = agreement(weekdays=("Mo",), key="a-2", signed_on=date(2025, 12, 2))
    assert span(stay(MONDAY), mondays).uncovered == (MONDAY,)
    casual = agreement(basis=Basis.CASUAL, key="a-2", signed_on=date(2025, 12, 2))
    assert span(stay(MONDAY), casual).uncovered == (MONDAY,)


def test_the_record_begins_with_anybodys_first_day() -> None:
    other = (*child("c2"), stay(MONDAY, child_key="c2"))
    assert span(*other, stay(TUESDAY)).uncovered == WEEKDAYS


def test_before_the_record_begins_nothing_is_to_be_confirmed() -> None:
    assert span(*STAYS[2:]).uncovered == WEEKDAYS[2:]
    assert spans(stay(date(2026, 3, 2)), days=WEEK) == []


def test_a_service_without_any_record_has_nothing_to_confirm() -> None:
    assert spans(days=WEEK) == []


def test_closed_days_and_holidays_need_nothing() -> None:
    waitangi = DateRange(date(2026, 2, 2), date(2026, 2, 9))
    (made,) = spans(stay(date(2026, 2, 2)), days=waitangi)
    assert date(2026, 2, 6) not in made.open
    assert len(made.open) == 4


def test_a_holiday_the_child_is_enrolled_for_is_to_be_confirmed() -> None:
    waitangi = date(2026, 2, 6)
    week = DateRange(date(2026, 2, 2), date(2026, 2, 9))
    open_then = profile(opens_on_holidays=(waitangi,))
    own = agreement(holidays=(waitangi,), key="a-2", signed_on=date(2025, 12, 2))
    (without,) = spans(stay(date(2026, 2, 2)), days=week, licence=open_then)
    (made,) = spans(stay(date(2026, 2, 2)), own, days=week, licence=open_then)
    assert waitangi not in without.open
    assert waitangi in made.open


def test_a_week_with_neither_enrolled_nor_attended_day_needs_nothing() -> None:
    after = DateRange(MONDAY + timedelta(days=7), MONDAY + timedelta(days=14))
    assert found(enrolled(), *STAYS, word(MONDAY, SUNDAY)) == []
    ended = agreement(key="a-c1", since=date(2026, 1, 1), last_day=FRIDAY)
    assert spans(*STAYS, ended, days=after) == []


# Whose span, and how long


@pytest.mark.parametrize(
    ("service_type", "teacher_led", "licence_class", "rhythm"),
    [
        (ServiceType.EDUCATION_AND_CARE, True, "all-day", Rhythm.WEEKLY),
        (ServiceType.EDUCATION_AND_CARE, True, "sessional", Rhythm.MONTHLY),
        (ServiceType.KINDERGARTEN, True, "all-day", Rhythm.WEEKLY),
        (ServiceType.KINDERGARTEN, True, "sessional", Rhythm.MONTHLY),
        (ServiceType.HOME_BASED, True, "all-day", Rhythm.WEEKLY),
        (ServiceType.HOME_BASED, True, "sessional", Rhythm.WEEKLY),
        (ServiceType.PLAYCENTRE, False, "sessional", Rhythm.MONTHLY),
        (ServiceType.KOHANGA_REO, False, "all-day", Rhythm.MONTHLY),
        (ServiceType.EDUCATION_AND_CARE, True, "mixed", Rhythm.WEEKLY),
        (ServiceType.HOSPITAL_BASED, True, "all-day", None),
    ],
)
def test_how_often_goes_by_the_kind_of_service(
    service_type: ServiceType, teacher_led: object, licence_class: str, rhythm: Rhythm | None
) -> None:
    kind = {"service_type": service_type, "teacher_led": teacher_led, "licence_class": licence_class}
    assert rhythm_of(profile().model_copy(update=kind), policy()) is rhythm


def test_a_mixed_licence_is_a_switch() -> None:
    mixed = profile().model_copy(update={"licence_class": "mixed"})
    assert rhythm_of(mixed, policy({"verification.mixed-services": "monthly"})) is Rhythm.MONTHLY


@pytest.mark.parametrize(
    ("licence", "monday", "overdue"),
    [(profile(), date(2027, 3, 1), date(2027, 3, 15)), (SESSIONAL, date(2027, 3, 8), date(2027, 5, 1))],
    ids=["weekly", "monthly"],
)
def test_a_span_is_overdue_when_the_next_one_is_over(licence: ServiceProfile, monday: date, overdue: date) -> None:
    """Of days no other test asks about: spans are remembered from one question to the next."""
    (made,) = due_spans(facts_of(licence, *child()), DateRange(monday, monday + timedelta(days=7)), policy())
    assert made.overdue == overdue


def test_a_month_is_one_span_and_overdue_when_the_next_one_is_over() -> None:
    (made,) = spans(*STAYS, licence=SESSIONAL, days=FEBRUARY)
    assert (made.days, made.rhythm) == (FEBRUARY, Rhythm.MONTHLY)
    assert (made.due, made.overdue) == (date(2026, 3, 1), date(2026, 4, 1))


def test_a_week_across_the_edge_of_the_days_asked_about_is_seen_whole() -> None:
    known = facts_of(profile(), *child(), agreement())
    made = due_spans(known, PERIOD.days, policy())
    assert (made[0].days.first, made[-1].days.last) == (date(2026, 1, 26), date(2026, 5, 31))
    assert [one.days.after for one in made[:-1]] == [one.days.first for one in made[1:]]
    assert len(made) == 18


def test_a_span_is_seen_whole_however_few_of_its_days_are_asked_about() -> None:
    sessional, all_day = (facts_of(licence, *child()) for licence in (SESSIONAL, profile()))
    assert [one.days for one in due_spans(sessional, WEEK, policy())] == [FEBRUARY]
    assert due_spans(all_day, FEBRUARY, policy())[-1].days == DateRange(date(2026, 2, 23), date(2026, 3, 2))
    assert due_spans(all_day, DateRange(WEDNESDAY, THURSDAY), policy())[0].days == WEEK


def test_another_licence_cuts_the_span() -> None:
    later = profile("08:45-12:45", mode=Mode.SESSIONAL).model_copy(update={"key": "p2", "effective_from": WEDNESDAY})
    made = due_spans(facts_of(profile(), later, *child()), FEBRUARY, policy())
    cut = [one.days for one in made if one.days.after > MONDAY and one.days.first < SUNDAY]
    assert cut == [DateRange(MONDAY, WEDNESDAY), DateRange(WEDNESDAY, date(2026, 3, 1))]


def test_a_licence_renewed_in_kind_cuts_nothing() -> None:
    later = profile(places=60).model_copy(update={"key": "p2", "effective_from": WEDNESDAY})
    made = due_spans(facts_of(profile(), later, *child()), WEEK, policy())
    assert [one.days for one in made] == [WEEK]


def test_a_hospital_has_no_spans() -> None:
    assert due_spans(facts_of(profile(service_type=ServiceType.HOSPITAL_BASED), *child()), FEBRUARY, policy()) == ()


# What a source cannot show


def test_without_a_source_that_can_show_verifications_the_state_says_so() -> None:
    made = span(*STAYS, facts=NO_VERIFICATIONS)
    assert made.state is VerificationState.CANNOT_SHOW
    assert span(*STAYS, word(MONDAY, TUESDAY), facts=NO_VERIFICATIONS).state is VerificationState.OVERDUE


# The rules


@pytest.mark.example(
    "verification.overdue",
    "A child attended all week at an all-day centre, two weeks have passed, and no parent has confirmed it.",
)
def test_a_week_nobody_confirmed_is_found_and_holds_nothing() -> None:
    (finding,) = found(enrolled(), *STAYS)
    assert (finding.days, finding.severity, finding.switch) == (WEEKDAYS, Severity.WARNS, "verification.missing")
    assert finding.evidence == tuple(f"kowhai/10842/attendance/s-c1-{day}@1" for day in WEEKDAYS)
    assert dict(finding.parameters) == {
        "often": "once a week",
        "first": "2026-02-09",
        "last": "2026-02-15",
        "before": "2026-02-23",
    }


@pytest.mark.example(
    "verification.overdue",
    "A parent confirmed Monday and Tuesday of a week that is long over; Wednesday to Friday are open.",
)
def test_only_the_open_days_of_a_week_are_found() -> None:
    (finding,) = found(enrolled(), *STAYS, word(MONDAY, TUESDAY))
    assert finding.days == WEEKDAYS[2:]


@pytest.mark.example("verification.overdue", "At a sessional centre nobody has confirmed February by the first of April.")
def test_a_month_nobody_confirmed_is_found_from_the_first_of_the_month_after_next() -> None:
    mornings = agreement(times="08:45-12:45", since=MONDAY, last_day=FRIDAY)
    records = (mornings, *(stay(day, "08:45-12:45") for day in WEEKDAYS))
    (finding,) = found(*records, licence=SESSIONAL, on=date(2026, 4, 1))
    assert (finding.days, dict(finding.parameters)["often"]) == (WEEKDAYS, "once a month")
    assert found(*records, licence=SESSIONAL, on=date(2026, 3, 31)) == []


@pytest.mark.example("verification.overdue", "The week is over and the next one is still running: the parent is awaited.")
def test_a_week_that_is_awaited_is_not_found() -> None:
    assert found(enrolled(), *STAYS, on=SUNDAY + timedelta(days=7)) == []


@pytest.mark.example("verification.overdue", "At a sessional centre a parent confirmed the whole month on a signed sheet.")
def test_a_month_confirmed_on_a_sheet_is_not_found() -> None:
    mornings = agreement(times="08:45-12:45", since=MONDAY, last_day=FRIDAY)
    sheet = word(FEBRUARY.first, FEBRUARY.last, medium="paper", reference="Folder 2, sheet 1")
    assert found(mornings, *(stay(day, "08:45-12:45") for day in WEEKDAYS), sheet, licence=SESSIONAL) == []


@pytest.mark.example(
    "verification.overdue", "A child who was neither enrolled nor there in a week has nothing to be confirmed."
)
def test_weeks_without_enrolment_are_not_found() -> None:
    assert found(enrolled(), *STAYS, word(MONDAY, SUNDAY)) == []


def test_the_switch_holds_the_open_days_and_no_others() -> None:
    switches = {"verification.missing": "hold"}
    records = (enrolled(), *STAYS, word(MONDAY, TUESDAY))
    (finding,) = found(*records, switches=switches)
    assert finding.severity is Severity.HOLDS
    made = claim_of(*records, on=LONG_AFTER, licence=None, facts=EVERY_FACT, switches=switches)
    held = {line.day for line in made.child_days for portion in line.portions if portion.verdict is Verdict.HELD}
    assert held == set(WEEKDAYS[2:])


def test_a_disputed_or_superseded_day_is_a_matter_of_its_own_rule() -> None:
    against = word(MONDAY, SUNDAY, decision="disputed")
    assert found(enrolled(), *STAYS, against) == []
    edited = stay(TUESDAY, "08:55-14:35", change=changed(on=SUNDAY + timedelta(days=3)))
    assert found(enrolled(), *STAYS, edited, word(MONDAY, SUNDAY)) == []


def test_days_outside_the_period_are_not_found() -> None:
    january = tuple(stay(date(2026, 1, day)) for day in (28, 29, 30))
    assert found(agreement(since=date(2026, 1, 28), last_day=date(2026, 1, 30)), *january) == []


@pytest.mark.example(
    "verification.not-carried",
    "The vendor's files hold sign-ins and nothing of what parents confirmed, and there is no other source.",
)
def test_a_source_without_verifications_is_told_once_and_nothing_is_overdue() -> None:
    (finding,) = found(enrolled(), *STAYS, rule="verification.not-carried", facts=NO_VERIFICATIONS)
    assert (finding.severity, finding.days, dict(finding.parameters)) == (Severity.INFORMS, (), {"source": "kowhai"})
    assert found(enrolled(), *STAYS, facts=NO_VERIFICATIONS) == []


@pytest.mark.example(
    "verification.not-carried",
    "The vendor's files hold nothing of what parents confirmed, and the office's folder holds the signed sheets.",
)
def test_a_source_without_verifications_is_not_told_where_another_gives_them() -> None:
    records = (enrolled(), *STAYS, word(MONDAY, TUESDAY, medium="paper", reference="Folder 2"))
    assert found(*records, rule="verification.not-carried", facts=NO_VERIFICATIONS) == []
    (finding,) = found(*records, facts=NO_VERIFICATIONS)
    assert finding.days == WEEKDAYS[2:]


@pytest.mark.example("verification.not-carried", "The vendor's system can show verifications.")
def test_a_source_that_can_show_verifications_is_not_told() -> None:
    assert found(enrolled(), *STAYS, rule="verification.not-carried") == []


@pytest.mark.example(
    "verification.sheet-reference", "A parent signed the week's sheet and the record does not say where the sheet is."
)
def test_a_sheet_without_a_reference_is_found_and_still_counts() -> None:
    sheet = word(MONDAY, SUNDAY, medium="paper")
    (finding,) = found(enrolled(), *STAYS, sheet, rule="verification.sheet-reference")
    assert (finding.severity, finding.days[0], finding.days[-1]) == (Severity.INFORMS, MONDAY, SUNDAY)
    assert found(enrolled(), *STAYS, sheet) == []


@pytest.mark.example("verification.sheet-reference", "A parent signed the week's sheet, filed as folder 7, sheet 12.")
def test_a_sheet_with_a_reference_is_not_found() -> None:
    sheet = word(MONDAY, SUNDAY, medium="paper", reference="Folder 7, sheet 12")
    assert found(enrolled(), *STAYS, sheet, rule="verification.sheet-reference") == []


@pytest.mark.example("verification.sheet-reference", "A parent confirmed the week electronically.")
def test_an_electronic_confirmation_needs_no_reference() -> None:
    assert found(enrolled(), *STAYS, word(MONDAY, SUNDAY), rule="verification.sheet-reference") == []


def test_a_sheet_of_days_not_asked_about_is_not_found() -> None:
    old = word(date(2025, 11, 3), date(2025, 11, 7), medium="paper")
    assert found(enrolled(), *STAYS, word(MONDAY, SUNDAY), old, rule="verification.sheet-reference") == []


def _in_any_order(records: Iterable[Record]) -> Iterable[tuple[Record, ...]]:
    kept = tuple(records)
    return kept, kept[::-1]


def test_the_order_of_arrival_changes_nothing() -> None:
    against = word(MONDAY, SUNDAY, key="v-2", decision="disputed", at=at(SUNDAY, "19:00"))
    one, other = (span(*records) for records in _in_any_order([*STAYS, word(MONDAY, SUNDAY), against]))
    assert one == other


def test_a_word_on_the_first_day_of_a_week_or_on_its_last_alone_counts_for_that_day() -> None:
    monday, friday = WEEK.first, WEEK.first + timedelta(days=4)
    for day in (monday, friday):
        found = span(stay(monday), stay(friday), confirmed(day, day, on=friday + timedelta(days=1)))
        assert found.covered == (day,)
