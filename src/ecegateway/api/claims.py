"""Services, claims, findings, and why a child's day is or is not in the claim."""

from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from ecegateway import __version__
from ecegateway.api.asked import After, ChildPath, DayPath, Limit, Page, PeriodPath, ServicePath, page, period_of
from ecegateway.api.entry import Entry, Preparing, Reading
from ecegateway.api.problems import documented
from ecegateway.claim.explain import explain_child
from ecegateway.export.explanation_json import child_document
from ecegateway.export.findings_json import cause_document
from ecegateway.export.summary import Reason, hours_claimed, reasons, rule_text, staff_hours
from ecegateway.flows.check import check as check_service
from ecegateway.flows.claim import Prepared, prepare
from ecegateway.model.claim import Verdict
from ecegateway.model.period import FundingPeriod

routes = APIRouter(tags=["claims"], responses=documented(400, 401, 403, 404, 422, 500, 503))


class Health(BaseModel):
    """That the interface answers."""

    status: str
    version: str


class Services(BaseModel):
    """The services the token may ask about, of those the store knows."""

    services: list[str]


class Hours(BaseModel):
    """Hours of a column of the return."""

    column: str
    hours: int


class ReasonHours(BaseModel):
    """Minutes that share one reason: the rule, how many children and child-days, and the fix."""

    rule: str
    title: str
    fix: str
    minutes: int
    children: int
    child_days: int


class ClaimSummary(BaseModel):
    """What a period's return claims now, and what is held back or refused, by reason. ``input_digest`` names its evidence."""

    service: str
    service_name: str
    period: str
    known_at: datetime
    handbook_edition: str
    input_digest: str
    child_hours: list[Hours]
    staff_hours: list[Hours]
    held: list[ReasonHours]
    refused: list[ReasonHours]


class Cause(BaseModel):
    """Findings that one fix settles: minutes held, minutes that come back, until when, and each finding under it."""

    rule: str
    title: str
    fix: str
    severity: str
    words: str
    due: date | None
    held: int
    returns: int
    shared: int
    findings: list[dict[str, Any]]


class Causes(Page[Cause]):
    """A page of causes, the most pressing first; turn it only while ``input_digest`` stays as it is."""

    input_digest: str


class CheckKept(BaseModel):
    """A check that was kept: its number, when the return is due, and how many findings are new, gone, or as before.

    Without ``since`` it is the first of its period.
    """

    run: int
    due: date
    since: int | None
    new: int
    gone: int
    unchanged: int


class DayExplained(BaseModel):
    """A child's day: minutes by fate, by the quarter of an hour, and each portion with its rule and evidence."""

    day: date
    explanation: Annotated[dict[str, Any], Field(description="As a child's day in explanation.v1.json.")]


@routes.get("/health", include_in_schema=False)
def health() -> Health:
    """Whether it answers; needs no token."""
    return Health(status="ok", version=__version__)


@routes.get("/services")
def services(entry: Reading) -> Services:
    """The services this token may ask about."""
    return Services(services=[one for one in entry.gateway.evidence.services() if entry.caller.may_see(one)])


@routes.get("/services/{service}/periods/{period}/claim")
def claim(entry: Reading, service: ServicePath, period: PeriodPath) -> ClaimSummary:
    """What the return of a period claims from the evidence as it stands, and what is held back, by reason."""
    made = _prepared(entry, service, period).exportable
    found = made.claim
    return ClaimSummary(
        service=found.service,
        service_name=found.service_name,
        period=str(found.period),
        known_at=found.known_at,
        handbook_edition=found.handbook_edition,
        input_digest=found.input_digest,
        child_hours=[Hours(column=column, hours=hours) for column, hours in hours_claimed(found).items()],
        staff_hours=[Hours(column=column, hours=hours) for column, hours in staff_hours(found).items()],
        held=[_reason(one) for one in reasons(made, Verdict.HELD)],
        refused=[_reason(one) for one in reasons(made, Verdict.REFUSED)],
    )


@routes.get("/services/{service}/periods/{period}/findings")
def findings(entry: Reading, service: ServicePath, period: PeriodPath, limit: Limit = 100, after: After = 0) -> Causes:
    """What the rules found, by cause: what holds hours back first, each with its fix, its days and its evidence."""
    made = _prepared(entry, service, period).exportable
    shown = page(made.causes(), after, limit)
    causes = []
    for one in shown.items:
        words, document = rule_text(made, one.rule), cause_document(made, one)
        causes.append(Cause.model_validate({**document, "title": words.title, "fix": words.fix}))
    return Causes(items=causes, next=shown.next, input_digest=made.claim.input_digest)


@routes.post("/services/{service}/periods/{period}/check")
def check(entry: Preparing, service: ServicePath, period: PeriodPath) -> CheckKept:
    """Check a period and keep what was found; a return is not validated before its absences were looked at."""
    gateway = entry.gateway
    done = check_service(
        gateway.evidence,
        entry.service(service),
        period_of(period),
        gateway.policy,
        programmes=gateway.plugins.programmes(),
        now=entry.now(),
        today=entry.today,
    )
    changes = done.changes
    return CheckKept(
        run=done.run,
        due=done.due,
        since=None if done.since is None else done.since.id,
        new=0 if changes is None else len(changes.new),
        gone=0 if changes is None else len(changes.gone),
        unchanged=0 if changes is None else changes.unchanged,
    )


@routes.get("/services/{service}/children/{child}/days/{day}")
def explained(entry: Reading, service: ServicePath, child: ChildPath, day: DayPath) -> DayExplained:
    """Why each quarter of an hour of a child's day is, or is not, in the claim."""
    made = _prepared(entry, service, str(FundingPeriod.holding(day)))
    return DayExplained(day=day, explanation=child_document(explain_child(made.claim, child, day)))


def _prepared(entry: Entry, service: str, period: str) -> Prepared:
    gateway = entry.gateway
    programmes = gateway.plugins.programmes()
    return prepare(gateway.evidence, entry.service(service), period_of(period), gateway.policy, programmes=programmes)


def _reason(one: Reason) -> ReasonHours:
    return ReasonHours(
        rule=one.rule.rule,
        title=one.rule.title,
        fix=one.rule.fix,
        minutes=one.minutes,
        children=one.children,
        child_days=one.child_days,
    )
