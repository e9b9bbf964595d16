"""All rules, in the order in which they are named when several hold the same hours."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from ecegateway.model.absence import ChildAbsences
from ecegateway.model.finding import Finding
from ecegateway.rules.absence.another_reading import READING_RULES
from ecegateway.rules.absence.doubts import DOUBT_RULES
from ecegateway.rules.absence.duties import DUTY_RULES
from ecegateway.rules.absence.judge import judge_absences
from ecegateway.rules.across import ACROSS_RULES
from ecegateway.rules.attendance.default_present.catalogue import DEFAULT_PRESENT_RULES
from ecegateway.rules.attendance.departure import system_sign_out
from ecegateway.rules.attendance.expected import closed_day, not_enrolled
from ecegateway.rules.attendance.recorded import contradictory, no_record, overlapping_stays, times_contradict, times_given
from ecegateway.rules.criteria.catalogue import CRITERIA_WARNINGS
from ecegateway.rules.criteria.criterion_01_own_signature import one_signatory
from ecegateway.rules.criteria.criterion_05_alterations import silent, who_and_when
from ecegateway.rules.criteria.criterion_07_no_default import not_defaulted
from ecegateway.rules.criteria.criterion_08_signed_by_whom import signed as attendance_signed
from ecegateway.rules.criteria.criterion_08_signed_by_whom import signer_not_shown
from ecegateway.rules.criteria.disappearances import deleted, vanished
from ecegateway.rules.enrolment import ENROLMENT_RULES
from ecegateway.rules.records.verifications import disputed, superseded
from ecegateway.rules.register import REGISTER_RULES
from ecegateway.rules.registry import Question, Rule
from ecegateway.rules.service.operating_hours import operating_hours
from ecegateway.rules.service.places import PLACES_RULES
from ecegateway.rules.service.staffing import STAFFING_RULES
from ecegateway.rules.verification.regular import VERIFICATION_RULES

RULES: tuple[Rule, ...] = (
    *ENROLMENT_RULES,
    *ACROSS_RULES,
    not_defaulted,
    contradictory,
    vanished,
    deleted,
    disputed,
    silent,
    who_and_when,
    one_signatory,
    system_sign_out,
    times_given,
    times_contradict,
    attendance_signed,
    signer_not_shown,
    no_record,
    superseded,
    overlapping_stays,
    not_enrolled,
    closed_day,
    operating_hours,
    *STAFFING_RULES,
    *PLACES_RULES,
    *CRITERIA_WARNINGS,
    *DEFAULT_PRESENT_RULES,
    *DUTY_RULES,
    *DOUBT_RULES,
    *READING_RULES,
    *VERIFICATION_RULES,
    *REGISTER_RULES,
)
"""The child's own record first, then what was done to the record of the day, then what the record itself lacks."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """Every finding of every rule, by rule, child and first day; and what the absence rules say, by child."""

    findings: tuple[Finding, ...]
    absences: tuple[ChildAbsences, ...]


def assess(asked: Question) -> Assessment:
    """The whole assessment of a service.

    The rules that doubt a presence come first, over all the days looked back on: what they doubt is neither present nor absent
    to the absence rules. Equal facts give equal findings, whatever order the evidence arrived in.

    Raises:
        ParameterNotInForceError: a day lies outside the verified dates of the law.
    """
    wide = replace(asked, days=asked.look_back)
    doubting = {rule: tuple(rule.findings(wide)) for rule in RULES if rule.doubts_presence}
    absences = judge_absences(asked, _doubted(doubting.values()))
    findings: list[Finding] = []
    for rule in RULES:
        findings += _within(doubting[rule], asked) if rule in doubting else rule.findings(asked, absences)
    return Assessment(tuple(findings), absences)


def _doubted(doubting: Iterable[tuple[Finding, ...]]) -> dict[str, frozenset[date]]:
    days: defaultdict[str, set[date]] = defaultdict(set)
    for findings in doubting:
        for finding in findings:
            if finding.child is not None:
                days[finding.child].update(finding.days)
    return {child: frozenset(found) for child, found in days.items()}


def _within(findings: tuple[Finding, ...], asked: Question) -> tuple[Finding, ...]:
    """Findings cut to the days asked about."""
    cut = ((finding, tuple(day for day in finding.days if day in asked.days)) for finding in findings)
    return tuple(replace(finding, days=days) for finding, days in cut if days)
