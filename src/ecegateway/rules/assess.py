"""All rules, in the order in which they are named when several hold the same hours."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from ecegateway.model.absence import ChildAbsences
from ecegateway.model.finding import Finding
from ecegateway.model.ids import RuleId
from ecegateway.rules.absence.another_reading import READING_RULES
from ecegateway.rules.absence.doubts import DOUBT_RULES
from ecegateway.rules.absence.duties import DUTY_RULES
from ecegateway.rules.absence.judge import judge_absences
from ecegateway.rules.across import ACROSS_RULES
from ecegateway.rules.attendance.default_present.catalogue import DEFAULT_PRESENT_RULES
from ecegateway.rules.attendance.departure import system_sign_out
from ecegateway.rules.attendance.expected import closed_day, not_enrolled
from ecegateway.rules.attendance.recorded import contradictory, no_record, overlapping_stays, times_contradict, times_given
from ecegateway.rules.codes import CODE_RULES
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
    *CODE_RULES,
)
"""The child's own record first, then what was done to the record of the day, then what the record itself lacks."""

RECORD_OF_THE_DAY: frozenset[RuleId] = frozenset(
    one.text.rule for one in RULES if one.doubts_presence or one in (system_sign_out, times_given, no_record)
)
"""Rules that find the record of a day wanting: put right, it says who was there and when."""
_OF_ABSENCES = tuple(one for one in RULES if one.absence_check is not None)


@dataclass(frozen=True, slots=True)
class Assessment:
    """Every finding of every rule, by rule, child and first day; and what the absence rules say, by child.

    ``doubting`` are the findings that doubt a presence, over all the days looked back on.
    """

    findings: tuple[Finding, ...]
    absences: tuple[ChildAbsences, ...]
    doubting: tuple[Finding, ...] = ()


def assess(asked: Question) -> Assessment:
    """The whole assessment of a service.

    The rules that doubt a presence come first, over all the days looked back on: what they doubt is neither present nor absent
    to the absence rules. Equal facts give equal findings, whatever order the evidence arrived in.

    Raises:
        ParameterNotInForceError: a day lies outside the verified dates of the law.
    """
    wide = asked.over(asked.look_back)
    doubting = {rule: tuple(rule.findings(wide)) for rule in RULES if rule.doubts_presence}
    every = tuple(chain.from_iterable(doubting.values()))
    absences = judge_absences(asked, _doubted(every))
    findings: list[Finding] = []
    for rule in RULES:
        findings += _within(doubting[rule], asked) if rule in doubting else rule.findings(asked, absences)
    return Assessment(tuple(findings), absences, every)


def put_right(asked: Question, assessed: Assessment, settled: Callable[[Finding], bool]) -> Assessment:
    """The assessment as it would be if the findings that ``settled`` picks were put right.

    They are gone, and where they doubted that a child was there, the child's absences are judged again.
    """
    kept = tuple(finding for finding in assessed.findings if not settled(finding))
    doubting = tuple(finding for finding in assessed.doubting if not settled(finding))
    children = {finding.child for finding in assessed.doubting if settled(finding)}
    if not children:
        return replace(assessed, findings=kept)
    few = replace(asked, facts=replace(asked.facts, children=tuple(c for c in asked.facts.children if c.key in children)))
    anew = {found.child: found for found in judge_absences(few, _doubted(doubting))}
    told = chain.from_iterable(one.findings(few, tuple(anew.values())) for one in _OF_ABSENCES)
    old = {one.text.rule for one in _OF_ABSENCES}
    return Assessment(
        findings=(
            *(finding for finding in kept if finding.rule not in old or finding.child not in children),
            *(finding for finding in told if not settled(finding)),
        ),
        absences=tuple(anew.get(found.child, found) for found in assessed.absences),
        doubting=doubting,
    )


def _doubted(doubting: Iterable[Finding]) -> dict[str, frozenset[date]]:
    days: defaultdict[str, set[date]] = defaultdict(set)
    for finding in doubting:
        if finding.child is not None:
            days[finding.child].update(finding.days)
    return {child: frozenset(found) for child, found in days.items()}


def _within(findings: tuple[Finding, ...], asked: Question) -> tuple[Finding, ...]:
    """Findings cut to the days asked about."""
    cut = ((finding, tuple(day for day in finding.days if day in asked.days)) for finding in findings)
    return tuple(replace(finding, days=days) for finding, days in cut if days)
