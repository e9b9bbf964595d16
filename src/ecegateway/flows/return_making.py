"""Makes a return from the evidence as it stands, and sees whether one that was made still says what the evidence says."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import orjson
from sqlalchemy import Connection

from ecegateway.claim.return_checks import checks
from ecegateway.claim.rs7_return import rs7_return, zero_return
from ecegateway.errors import ConfigError, ReturnError
from ecegateway.evidence.returns import KeptReturn, NewReturn, add_return
from ecegateway.evidence.store import Evidence
from ecegateway.export.rs7_documents import documents
from ecegateway.flows.claim import Prepared
from ecegateway.flows.claim import prepare as prepare_claim
from ecegateway.flows.return_reading import JSON, StandingReturn, content, standing_returns
from ecegateway.handbook.policy import Policy
from ecegateway.model.claim import Claim
from ecegateway.model.ids import RuleId, ServiceNumber
from ecegateway.model.period import ONE_DAY, DateRange, FundingPeriod
from ecegateway.model.return_check import ReturnCheck
from ecegateway.model.rs7 import OtherPart, ReturnKind, Rs7Return
from ecegateway.returns.conditions import figures_are_the_same, period_over
from ecegateway.returns.life import Refusal, ReturnState, is_open

LATE = RuleId("return.late-without-reason")
"""The check that asks for the reason of a late change."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What return is wanted: nothing claimed at all (``zero``), only some days of the period, and the reason for a change.

    ``elsewhere`` are the days that others claim, where only some are wanted here.
    """

    zero: bool = False
    days: DateRange | None = None
    elsewhere: tuple[OtherPart, ...] = ()
    reason: str = ""


def wish_for(period: FundingPeriod, first: date | None, last: date | None, rest_by: str, *, zero: bool, reason: str) -> Wish:
    """What return is wanted, where a person names the first or last day it claims for; others claim the rest.

    Raises:
        ConfigError: the days do not lie within the period, or nobody is said to claim the rest.
    """
    if first is None and last is None:
        return Wish(zero=zero, reason=reason)
    days = DateRange(first or period.days.first, (last or period.days.last) + ONE_DAY)
    if not (period.days.first <= days.first <= days.last <= period.days.last):
        raise ConfigError(f"the days must lie within {period.days.first} to {period.days.last}, the first before the last")
    if not rest_by.strip():
        raise ConfigError("say who claims the rest of the period (--rest-by, or rest_by), as 'the system used before'")
    rest = (DateRange(period.days.first, days.first), DateRange(days.after, period.days.after))
    return Wish(zero, days, tuple(OtherPart(part, rest_by) for part in rest if len(part)), reason)


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft by its number; ``new`` unless the very same one stood already."""

    number: int
    made: Rs7Return
    new: bool


def prepare(
    store: Evidence,
    service: ServiceNumber,
    period: FundingPeriod,
    policy: Policy,
    wish: Wish,
    *,
    by: str,
    at: datetime,
    today: date,
) -> Drafted:
    """Make a return of a service's period and keep it as a draft; an older draft has had its day then.

    Asked again while nothing has changed, it gives the same one.

    Raises:
        ReturnError: the period is not over, a return is signed or under way, or this one says what the Ministry has already.
        EvidenceMissingError: the store knows nothing of the service.
    """
    refuse_nobody(by)
    refuse(period_over(period, today))
    now = prepare_claim(store, service, period, policy)
    claim = now.claim
    with store.inspecting() as connection:
        before = standing_returns(connection, service, period)
        refuse(_in_the_way(before))
        taken = taken_returns(connection, before)
        newest = before[-1] if before else None
        draft = content(connection, newest.kept) if newest is not None and is_open(newest.state) else None
    made = _made(claim, before, wish)
    if newest is not None and draft is not None and _is_again(newest.kept, draft, claim, made):
        return Drafted(newest.number, draft, new=False)
    refuse(_says_nothing_new(taken, made))
    refuse(_lacks_reason(checks(made, now.facts, tuple(taken.values()), on=today)))
    bytes_ = next(file.content for file in documents(made) if file.name == JSON)
    new = NewReturn(
        service=service,
        period=period,
        revision=made.revision,
        kind=made.kind,
        days=made.days,
        document=bytes_,
        basis=basis(claim),
        input_digest=claim.input_digest,
        known_at=claim.known_at,
        by=by,
        at=at,
    )
    with store.adding() as adding:
        if standing_returns(adding.connection, service, period) != before:
            raise ReturnError(f"somebody else works on the return of {service} for {period}; look, and prepare it again")
        return Drafted(add_return(adding, new), made, new=True)


def _in_the_way(before: Sequence[StandingReturn]) -> Refusal | None:
    if not before or (newest := before[-1]).state not in (ReturnState.SIGNED, ReturnState.SUBMITTED):
        return None
    fixes = {
        ReturnState.SIGNED: f"hand it over (`ecegateway return submit {newest.number}`) or withdraw it "
        f"(`ecegateway return withdraw {newest.number}`)",
        ReturnState.SUBMITTED: f"find out first what became of it: `ecegateway return show {newest.number}`",
    }
    return Refusal(f"return {newest.number} of this period is {newest.state}", fixes[newest.state])


def _made(claim: Claim, before: Sequence[StandingReturn], wish: Wish) -> Rs7Return:
    revision = before[-1].kept.revision + 1 if before else 1
    if wish.zero:
        return zero_return(claim, revision=revision, reason=wish.reason)
    kind = ReturnKind.REVISED if any(one.was_taken for one in before) else ReturnKind.FIRST
    return rs7_return(claim, revision=revision, kind=kind, days=wish.days, elsewhere=wish.elsewhere, reason=wish.reason)


def taken_returns(connection: Connection, among: Sequence[StandingReturn]) -> dict[int, Rs7Return]:
    """Those of a period's returns that the Ministry took, by their numbers, oldest first."""
    return {one.number: content(connection, one.kept) for one in among if one.was_taken}


def _is_again(kept: KeptReturn, draft: Rs7Return, claim: Claim, made: Rs7Return) -> bool:
    same = replace(
        made, revision=draft.revision, known_at=draft.known_at, input_digest=draft.input_digest, attestation=draft.attestation
    )
    return kept.basis == basis(claim) and same == draft


def _says_nothing_new(taken: Mapping[int, Rs7Return], made: Rs7Return) -> Refusal | None:
    number = max(taken, default=0)
    if made.reason or number not in taken or not figures_are_the_same(made, taken[number]):
        return None
    return Refusal(
        f"it claims what return {number} claims, which the Ministry has",
        "there is nothing to send; if only the attestation is to change, say so: --why",
    )


def _lacks_reason(found: Sequence[ReturnCheck]) -> Refusal | None:
    """A late change says why, and the reason goes into the return: so it is asked for before the return is made."""
    late = next((one for one in found if one.rule == LATE and one.blocks), None)
    return None if late is None else Refusal(late.what.removesuffix("."), "prepare it with the reason: --why")


def basis(claim: Claim) -> str:
    """A digest, in hex, of all that a claim says, whatever it was made from.

    Evidence that came later and bears on nothing the claim says leaves it as it is.
    """
    bare = replace(claim, known_at=claim.known_at.min, input_digest="")
    return hashlib.sha256(orjson.dumps(bare, option=orjson.OPT_SORT_KEYS)).hexdigest()


def claim_now(store: Evidence, kept: KeptReturn, policy: Policy) -> Prepared:
    """The claim of a return's service and period as the evidence stands now."""
    return prepare_claim(store, kept.service, kept.period, policy)


def stale(kept: KeptReturn, now: Claim) -> Refusal | None:
    """A return says what the evidence says, or it is neither signed nor sent."""
    if basis(now) == kept.basis:
        return None
    return Refusal(
        f"return {kept.id} is of evidence that has changed since: what came by {now.known_at:%Y-%m-%d %H:%M} UTC bears on it",
        f"make it anew: `ecegateway return prepare --service {kept.service} --period {kept.period}`",
    )


def refuse(refusal: Refusal | None) -> None:
    """Raise what stands against a step.

    Raises:
        ReturnError: something does.
    """
    if refusal is not None:
        raise ReturnError(str(refusal))


def refuse_nobody(by: str) -> None:
    """See that a step has somebody who takes it.

    Raises:
        ReturnError: the name is empty.
    """
    if not by.strip():
        raise ReturnError("every step is somebody's: say whose, --by")
