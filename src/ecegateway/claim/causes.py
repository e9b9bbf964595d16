"""A claim's findings by cause, each with its effect on the claim and the day by which it matters, the most pressing first."""

from collections.abc import Iterable
from datetime import date

from ecegateway.claim.effect import effects
from ecegateway.claim.groups import GroupKey, Groups
from ecegateway.facts.calendar import rs7_due
from ecegateway.model.cause import Cause, Effect
from ecegateway.model.claim import Claim
from ecegateway.model.finding import Finding, Severity
from ecegateway.model.period import FundingPeriod
from ecegateway.rules.assess import Assessment
from ecegateway.rules.registry import Question

_NO_EFFECT = Effect()


def causes(asked: Question, assessed: Assessment, made: Claim) -> tuple[Cause, ...]:
    """The causes of a claim's findings: by weight, then the earliest day by which they matter, then the hours that come back.

    ``asked`` and ``assessed`` are those the claim was made of; ``made`` may carry findings of other programmes as well.
    """
    groups = Groups.of(made.findings)
    found = effects(asked, assessed, made, groups)
    made_of = (_cause(key, group, found.get(key, _NO_EFFECT), made.period) for key, group in groups.findings.items())
    return tuple(sorted(made_of, key=_rank))


def _cause(key: GroupKey, findings: tuple[Finding, ...], effect: Effect, period: FundingPeriod) -> Cause:
    return Cause(key.rule, key.severity, key.words, _due(key.severity, findings, period), findings, effect)


def _due(severity: Severity, findings: Iterable[Finding], period: FundingPeriod) -> date | None:
    """The earliest day of the findings' own, and the day the return is due for what holds its hours.

    Source: ECE Funding Handbook 2-4.
    """
    own = [finding.due for finding in findings if finding.due is not None]
    return min([*own, rs7_due(period)] if severity is Severity.HOLDS else own, default=None)


def _rank(cause: Cause) -> tuple[int, bool, date, int, int, str, str]:
    effect = cause.effect
    return (
        list(Severity).index(cause.severity),
        cause.severity is Severity.HOLDS and not effect.held,
        cause.due or date.max,
        -effect.returns,
        -effect.held,
        cause.rule,
        cause.words,
    )
