"""A check of a service's period: its causes as people have dealt with them, and what is new or gone since the check before."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ecegateway.contract import Exportable, Programme
from ecegateway.errors import ConfigError
from ecegateway.evidence.record import CheckRun, Seen
from ecegateway.evidence.store import Evidence
from ecegateway.facts.calendar import rs7_due
from ecegateway.facts.elsewhere import Shared
from ecegateway.flows.acting import OpenCause, WaivedCause, standing
from ecegateway.flows.claim import prepare
from ecegateway.handbook.policy import Policy
from ecegateway.model.finding import Finding
from ecegateway.model.ids import ChildKey, RuleId, ServiceNumber
from ecegateway.model.period import FundingPeriod, local_day

_Place = tuple[RuleId, ChildKey | None, str]


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs from an earlier check; ``unchanged`` counts the findings (a rule and a child) that stand as they did."""

    new: tuple[Seen, ...]
    gone: tuple[Seen, ...]
    unchanged: int


@dataclass(frozen=True, slots=True)
class Checked:
    """One service's check. ``run`` is its number; ``since`` the earlier check it is compared with, if there is one.

    ``failures`` name programmes that failed; ``due`` is the last day the return is due.
    """

    exportable: Exportable
    failures: tuple[str, ...]
    due: date
    open: tuple[OpenCause, ...]
    waived: tuple[WaivedCause, ...]
    run: int
    since: CheckRun | None
    changes: Changes | None


def check(
    store: Evidence,
    service: ServiceNumber,
    period: FundingPeriod,
    policy: Policy,
    *,
    programmes: Iterable[Programme],
    now: datetime,
    today: date,
    since: int | None = None,
    among: Shared | None = None,
) -> Checked:
    """Check a service's period, and keep what was found.

    A check that finds what the one before found is not kept again, unless a month of the period has ended since: a return
    asks whether each month was looked at after it.

    ``among`` is as in :func:`~ecegateway.flows.claim.prepare`.

    Raises:
        ConfigError: the check to compare with is of another service or period.
        EvidenceMissingError: the store knows nothing of the service, or has no check of that number.
        ParameterNotInForceError: the period lies outside the verified dates of the law.
    """
    made = prepare(store, service, period, policy, programmes=programmes, among=among)
    claim, name = made.claim, str(period)
    found = seen(claim.findings)
    before = store.newest_check(service, name)
    earlier = before if since is None else _earlier(store.check_run(since), service, name)
    if before is not None and before.seen == found and _months_over(before.at, period) == _months_over(now, period):
        run = before.id
    else:
        run = store.record_check(service, name, claim.input_digest, claim.known_at, now, found)
    standing_now, waived = standing(made.exportable.causes(), store.waivers(service), store.assignments(service), today)
    return Checked(
        exportable=made.exportable,
        failures=made.failures,
        due=rs7_due(period),
        open=standing_now,
        waived=waived,
        run=run,
        since=earlier,
        changes=None if earlier is None else changes(earlier.seen, found),
    )


def _months_over(at: datetime, period: FundingPeriod) -> int:
    day = local_day(at, "Pacific/Auckland")
    return sum(day >= month.after for month in period.months)


def _earlier(run: CheckRun, service: ServiceNumber, period: str) -> CheckRun:
    if (run.service, run.period) != (service, period):
        raise ConfigError(
            f"check {run.id} is of service {run.service} and period {run.period}; ask with --service {run.service} "
            f"--period {run.period}"
        )
    return run


def seen(findings: Iterable[Finding]) -> tuple[Seen, ...]:
    """Findings by what they are about: a rule, a weight and a child (or the service), each with all its days."""
    days: defaultdict[_Place, set[date]] = defaultdict(set)
    for finding in findings:
        days[finding.rule, finding.child, finding.severity.value].update(finding.days)
    return tuple(_seen(place, days[place]) for place in sorted(days, key=_order))


def changes(then: Sequence[Seen], now: Sequence[Seen]) -> Changes:
    """What is new and what is gone, day by day; a finding without days is one or not."""
    before, after = _by_place(then), _by_place(now)
    return Changes(
        new=tuple(_gained(before, after)),
        gone=tuple(_gained(after, before)),
        unchanged=sum(place in after and (not days or bool(days & after[place])) for place, days in before.items()),
    )


def _gained(before: dict[_Place, frozenset[date]], after: dict[_Place, frozenset[date]]) -> Iterable[Seen]:
    for place in sorted(after, key=_order):
        fresh = after[place] - before.get(place, frozenset())
        if fresh or place not in before:
            yield _seen(place, fresh)


def _by_place(found: Sequence[Seen]) -> dict[_Place, frozenset[date]]:
    return {(one.rule, one.child, one.severity): frozenset(one.days) for one in found}


def _seen(place: _Place, days: Iterable[date]) -> Seen:
    rule, child, severity = place
    return Seen(rule, child, severity, tuple(sorted(days)))


def _order(place: _Place) -> tuple[str, str, str]:
    rule, child, severity = place
    return rule, child or "", severity
