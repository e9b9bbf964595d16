"""A claim that looks like one: children, bookings, held and refused hours, findings, staff. Its cells are sums of its parts."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime

from ecegateway.claim.bridge import bridges
from ecegateway.claim.groups import GroupKey, Groups
from ecegateway.claim.rs7_return import rs7_return
from ecegateway.contract import Exportable
from ecegateway.handbook.lookup import handbook
from ecegateway.model.absence import AbsenceReport
from ecegateway.model.cause import Cause, ColumnEffect, DayEffect, Effect
from ecegateway.model.claim import (
    AdvanceMonth,
    Category,
    Cell,
    ChildDay,
    Claim,
    Portion,
    StaffColumn,
    StaffDay,
    StaffLine,
    SwitchSetting,
    Verdict,
)
from ecegateway.model.enrolment import Basis
from ecegateway.model.finding import Finding, RuleText, Severity
from ecegateway.model.ids import ChildKey, RuleId, ServiceNumber, evidence_id
from ecegateway.model.nsn_request import NsnRequest
from ecegateway.model.period import FundingPeriod
from ecegateway.model.register import Register
from ecegateway.model.return_check import ReturnCheck
from ecegateway.model.verification import VerificationReport
from tests.support import register_sample
from tests.support.absences import absence_report
from tests.support.cards import conformance

SERVICE = ServiceNumber("10842")
PERIOD = FundingPeriod(date(2026, 2, 1))
KNOWN_AT = datetime(2026, 6, 2, 21, 15, tzinfo=UTC)

ENROLLED = RuleId("hours.permanent-enrolled")
SIX_HOURS = RuleId("hours.six-a-day")
UNSIGNED = RuleId("attendance.signed-by-guardian")
DEFAULTED = RuleId("attendance.not-defaulted")
ABSENT = RuleId("absence.not-carried-out-yet")
NO_NSN = RuleId("enrolment.nsn-needed")
SHARED = RuleId("attendance.one-signature-one-person")
CLOSURE = RuleId("service.closure-approved")

RULES = {
    text.rule: text
    for text in (
        RuleText(
            ENROLLED,
            "Permanent children: enrolled hours",
            1,
            "Claimed on the enrolled hours.",
            "A permanent child is funded for the hours of the signed agreement.",
            "Nothing to do.",
            "ECE Funding Handbook 3-A-1 Funding eligibility",
        ),
        RuleText(
            SIX_HOURS,
            "More than six hours in a day",
            1,
            "Hours beyond six a day.",
            "A child-place is funded for at most six hours a day.",
            "Nothing to do: these hours are not funded.",
            "ECE Funding Handbook 3-A-2 Funding conditions",
        ),
        RuleText(
            UNSIGNED,
            "Nobody signed the child in or out",
            2,
            "{count} stays have no signature of a guardian.",
            "Attendance counts only when an authorised person signed for it.",
            "Have a guardian sign for the days below, on paper if need be, and record the signature.",
            "ECE Funding Handbook 6-3 Attendance records, criterion 7",
        ),
        RuleText(
            DEFAULTED,
            "Signed out by the system, not by a person",
            1,
            "The same sign-out time, {time}, stands for {children} children.",
            "A time that a system filled in shows nobody's presence.",
            "Ask the family when the child left, correct the time, and say who corrected it and why.",
            "ECE Funding Handbook 6-3 Attendance records, criterion 8",
        ),
        RuleText(
            ABSENT,
            "Absence rules not carried out yet",
            1,
            "Absent on an enrolled day.",
            "Whether an absence is funded depends on the absence rules.",
            "Wait: these hours are kept for the absence rules.",
            "ECE Funding Handbook 6-4 Absence rules",
        ),
        RuleText(
            NO_NSN,
            "No National Student Number",
            1,
            "The child has no National Student Number.",
            "An enrolment cannot be sent without the child's number.",
            "Request the number; the request is ready under NSN requests.",
            "ECE Funding Handbook 6-1 Enrolment records",
        ),
        RuleText(
            SHARED,
            "One electronic signature used for two people",
            1,
            "Signature {means} stands for two people.",
            "A signature belongs to one authorised signatory.",
            "Give each person a signature of their own.",
            "ECE Funding Handbook 6-3 Attendance records, criterion 1",
        ),
        RuleText(
            CLOSURE,
            "An emergency closure without approval",
            1,
            "Closed on {day} without an approval number.",
            "An emergency closure is funded only with the regional office's approval.",
            "Enter the approval number from the regional office's letter.",
            "ECE Funding Handbook 7-5 Emergency closure",
        ),
    )
}

GIVEN = ("Tāne", "Mererangi", "Ngāio", "Āwhina", "Rāwiri", "Kōwhai", "Hēmi", "Mīria", "Pōtiki", "Wīremu", "Anahera", "Tūī")
FAMILY = ("Parata-Ngārimu", "O'Hārae", "Te Whānoa", "Kererūmoana", "Tōtarapoka")


def child_key(number: int) -> ChildKey:
    return ChildKey(f"c-{number:03d}")


def claim(
    *,
    children: int = 3,
    days: Iterable[date] | None = None,
    findings: Sequence[Finding] | None = None,
    child_days: Sequence[ChildDay] | None = None,
    known_at: datetime = KNOWN_AT,
    service_name: str = "Pūāwai Early Learning",
) -> Claim:
    """A claim of service 10842 for February to May 2026. ``days`` are the days operated, weekdays of two weeks by default."""
    operated = tuple(days if days is not None else (day for day in PERIOD.days if day < date(2026, 2, 21)))
    operated = tuple(day for day in operated if day.weekday() < 5)
    lines = child_days if child_days is not None else _child_days(children, operated)
    return Claim(
        service=SERVICE,
        service_name=service_name,
        period=PERIOD,
        known_at=known_at,
        handbook_edition="ECE Funding Handbook, edition read on 1 June 2026",
        switches=(
            SwitchSetting("fch.cap-trim-order", "latest-first", 1),
            SwitchSetting("absence.part-day", "present-if-any-session", 1),
        ),
        input_digest="b1946ac92492d2347c6235b4d2611184b1946ac92492d2347c6235b4d2611184",
        cells=cells_of(lines),
        staff=tuple(_staff(operated)),
        child_days=tuple(lines),
        advance=tuple(AdvanceMonth(month.first, 21, 0, 0) for month in PERIOD.advance_months),
        findings=tuple(findings if findings is not None else _findings(lines)),
    )


def cells_of(child_days: Iterable[ChildDay]) -> tuple[Cell, ...]:
    """Cells that are the sums of the lines: one for each day and category, rounded half up."""
    sums: dict[tuple[date, Category], int] = {}
    for line in child_days:
        for category in Category:
            place = (line.day, category)
            sums[place] = sums.get(place, 0) + line.claimed(category)
    return tuple(
        Cell(day, category, sums.get((day, category), 0), (sums.get((day, category), 0) + 30) // 60)
        for day in PERIOD.days
        for category in Category
    )


def exportable(
    made: Claim,
    *,
    requests: Sequence[NsnRequest] | None = None,
    names: Mapping[str, str] | None = None,
    absences: AbsenceReport | None = None,
    verifications: VerificationReport | None = None,
    register: Register | None = None,
    checks: tuple[ReturnCheck, ...] = (),
) -> Exportable:
    """The claim with names, requests, absences, a register and rule texts."""
    keys = sorted({line.child for line in made.child_days})
    invented: dict[str, str] = {
        key: f"{GIVEN[number % len(GIVEN)]} {FAMILY[number % len(FAMILY)]}" for number, key in enumerate(keys)
    }
    first = [child_key(number) for number in range(6)]
    return Exportable(
        claim=made,
        rs7=rs7_return(made),
        checks=lambda: checks,
        causes=lambda: causes_of(made),
        bridges=bridges(made, handbook()),
        nsn_requests=tuple(requests if requests is not None else (search_request(), unverified_request())),
        absences=absence_report(first) if absences is None else absences,
        verifications=lambda: register_sample.verifications(first) if verifications is None else verifications,
        register=lambda: register_sample.sample(first) if register is None else register,
        conformance=conformance,
        child_names=invented if names is None else names,
        rules=RULES,
    )


RETURN_DUE = date(2026, 6, 8)


def causes_of(made: Claim) -> tuple[Cause, ...]:
    """The findings by cause, in the order found; of what a rule holds, a quarter is held by another too."""
    return tuple(_cause(made, key, group) for key, group in Groups.of(made.findings).findings.items())


def _cause(made: Claim, key: GroupKey, group: tuple[Finding, ...]) -> Cause:
    own = {(finding.child, day) for finding in group if finding.holds for day in finding.days}
    days = []
    for line in sorted(made.child_days, key=lambda line: (line.child, line.day)):
        held = [p for p in line.portions if p.verdict is Verdict.HELD and p.reason == key.rule and p.minutes]
        if held and (line.child, line.day) in own:
            minutes = sum(p.minutes for p in held)
            columns = tuple(
                ColumnEffect(category, gained, gained - gained // 4)
                for category in Category
                if (gained := sum(p.minutes for p in held if p.category is category))
            )
            returns, shared = sum(c.returns for c in columns), sum(c.held - c.returns for c in columns)
            days.append(DayEffect(line.child, line.day, minutes, returns, shared, columns))
    effect = Effect(tuple(days), (DEFAULTED,) if any(one.shared for one in days) else ())
    return Cause(key.rule, key.severity, key.words, RETURN_DUE if key.severity is Severity.HOLDS else None, group, effect)


def search_request(*, family_name: str = "O'Hārae", given_names: tuple[str, ...] = ("Mererangi", "Ānia")) -> NsnRequest:
    return NsnRequest(
        service=SERVICE,
        child=child_key(1),
        path="search",
        family_name=family_name,
        given_names=given_names,
        birth_date=date(2022, 9, 14),
        gender="F",
        document_sighted="birth certificate",
        document_sighted_on=date(2026, 2, 3),
        hours_held_minutes=1800,
        problems=(),
        evidence=(evidence_id("kowhai", SERVICE, "child", child_key(1), 2),),
    )


def unverified_request() -> NsnRequest:
    return NsnRequest(
        service=SERVICE,
        child=child_key(2),
        path="unverified",
        family_name="Te Whānoa",
        given_names=("~",),
        birth_date=date(2024, 2, 29),
        gender=None,
        document_sighted=None,
        document_sighted_on=None,
        hours_held_minutes=0,
        problems=("The gender is not recorded.",),
        evidence=(),
    )


def _child_days(children: int, days: tuple[date, ...]) -> list[ChildDay]:
    return [
        _child_day(number, day, place) for place, day in enumerate(days) for number in range(children) if (number + place) % 5
    ]


def _child_day(number: int, day: date, place: int) -> ChildDay:
    key = child_key(number)
    category = (Category.UNDER_TWO, Category.TWO_AND_OVER, Category.TWENTY_HOURS)[number % 3]
    records = (
        evidence_id("kowhai", SERVICE, "enrolment", f"agr-{number:03d}", 1),
        evidence_id("kowhai", SERVICE, "attendance", f"{key}-{day:%m%d}", 1 + place % 2),
    )
    start = 8 * 60 + 15 * (number % 3)
    portions: tuple[Portion, ...]
    absent, unsigned, defaulted = (number + place) % 9 == 4, (number * place) % 13 == 7, (number + place) % 17 == 6
    if absent:
        portions = (Portion(360, start, Verdict.HELD, category, ABSENT, "absence.part-day", records[:1]),)
    elif unsigned:
        portions = (Portion(360, start, Verdict.HELD, category, UNSIGNED, None, records),)
    elif defaulted:
        portions = (Portion(360, start, Verdict.HELD, category, DEFAULTED, None, records),)
    elif category is Category.TWENTY_HOURS:
        portions = (
            Portion(240, start, Verdict.CLAIMED, Category.TWENTY_HOURS, ENROLLED, None, records),
            Portion(120, start + 240, Verdict.CLAIMED, Category.PLUS_TEN, ENROLLED, None, records),
        )
    else:
        portions = (
            Portion(345, start, Verdict.CLAIMED, category, ENROLLED, None, records),
            Portion(15, None, Verdict.CLAIMED, category, ENROLLED, None, records),
            Portion(45, start + 360, Verdict.REFUSED, None, SIX_HOURS, "fch.cap-trim-order", records),
        )
    attended = () if absent else ((start, start + 345 + number % 4 * 15),)
    return ChildDay(key, day, Basis.PERMANENT, ((start, start + 360),), attended, portions)


def _staff(days: tuple[date, ...]) -> Iterable[StaffDay]:
    for day in days:
        for column, people in ((StaffColumn.CERTIFICATED, ("s-01", "s-02")), (StaffColumn.OTHER, ("s-03",))):
            lines = tuple(
                StaffLine(person, 449, (evidence_id("kotuku-paper", SERVICE, "staff_shift", f"{person}-{day}", 1),))
                for person in people
            )
            yield StaffDay(day, column, lines, (sum(line.minutes for line in lines) + 30) // 60)


def _findings(lines: Sequence[ChildDay]) -> list[Finding]:
    touched: dict[tuple[RuleId, ChildKey], list[ChildDay]] = {}
    for line in lines:
        for portion in line.portions:
            if portion.reason in {UNSIGNED, DEFAULTED}:
                touched.setdefault((portion.reason, line.child), []).append(line)
    found = [
        Finding(
            rule=rule,
            severity=Severity.HOLDS,
            service=SERVICE,
            child=child,
            days=tuple(line.day for line in group),
            evidence=tuple(item for line in group for item in line.portions[0].evidence),
            parameters=(("children", "5"), ("count", str(len(group))), ("time", "21:00")),
        )
        for (rule, child), group in touched.items()
    ]
    found.append(
        Finding(
            CLOSURE,
            Severity.HOLDS,
            SERVICE,
            None,
            (date(2026, 2, 12),),
            (),
            (("day", "12 February 2026"),),
            "closure.emergency",
        )
    )
    found.append(
        Finding(
            SHARED,
            Severity.WARNS,
            SERVICE,
            child_key(0),
            (),
            (evidence_id("kowhai", SERVICE, "signature_means", "m-7", 1),),
            (("means", "m-7"),),
        )
    )
    return found
