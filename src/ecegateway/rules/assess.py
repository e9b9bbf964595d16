"""All rules, in the order in which they are named when several hold the same hours."""

from ecegateway.model.finding import Finding
from ecegateway.rules.attendance.departure import system_sign_out
from ecegateway.rules.attendance.expected import closed_day, not_enrolled
from ecegateway.rules.attendance.not_defaulted import not_defaulted
from ecegateway.rules.attendance.recorded import contradictory, no_record, overlapping_stays, times_contradict, times_given
from ecegateway.rules.attendance.signed import signed as attendance_signed
from ecegateway.rules.attendance.signed import signer_not_shown
from ecegateway.rules.enrolment.agreement import basis, conditional_part, two_agreements
from ecegateway.rules.enrolment.agreement import signed as enrolment_signed
from ecegateway.rules.enrolment.identity import identity
from ecegateway.rules.enrolment.student_number import student_number
from ecegateway.rules.records.alterations import deleted, service_records, silent, superseded, vanished, who_and_when
from ecegateway.rules.records.signatures import authorised, one_each, one_signatory
from ecegateway.rules.records.verifications import by_guardian, disputed
from ecegateway.rules.registry import Question, Rule
from ecegateway.rules.service.operating_hours import operating_hours

RULES: tuple[Rule, ...] = (
    identity,
    student_number,
    enrolment_signed,
    basis,
    conditional_part,
    two_agreements,
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
    by_guardian,
    authorised,
    one_each,
    overlapping_stays,
    not_enrolled,
    closed_day,
    service_records,
    operating_hours,
)
"""The child's own record first, then what was done to the record of the day, then what the record itself lacks."""


def assess(asked: Question) -> tuple[Finding, ...]:
    """Every finding of every rule, by rule, child and first day.

    Equal facts give equal findings, whatever order the evidence arrived in.
    """
    return tuple(finding for rule in RULES for finding in rule.findings(asked))
