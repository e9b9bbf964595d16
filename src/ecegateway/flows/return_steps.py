"""The steps of a return before it is handed over, each kept with whoever took it: checked, attested, signed, withdrawn."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from ecegateway.claim.return_checks import checks
from ecegateway.claim.returns.people import ATTESTING
from ecegateway.errors import ReturnError
from ecegateway.evidence.documents import keep_document
from ecegateway.evidence.record import CheckRun
from ecegateway.evidence.returns import NOTHING, KeptReturn, add_step
from ecegateway.evidence.store import Evidence
from ecegateway.export.rs7_documents import documents
from ecegateway.flows.claim import Prepared
from ecegateway.flows.return_making import claim_now, refuse, refuse_nobody, stale, taken_returns
from ecegateway.flows.return_reading import (
    ATTESTS,
    FILES,
    SIGNATURE,
    XML,
    content,
    standing_return,
    standing_returns,
)
from ecegateway.handbook.policy import Policy
from ecegateway.model.claim import Claim, Verdict
from ecegateway.model.finding import Finding
from ecegateway.model.ids import RuleId
from ecegateway.model.period import DateRange, local_day
from ecegateway.model.return_check import ReturnCheck
from ecegateway.model.rs7 import Attestation, Declaration, Rs7Return
from ecegateway.returns.conditions import ABSENCE, AbsenceMark, two_people, unchecked_months
from ecegateway.returns.life import Refusal, Step, may
from ecegateway.signing.algorithms import Profile
from ecegateway.signing.keyring import Keyring, Purpose
from ecegateway.signing.minisign import sign_file

ATTESTATION = RuleId("return.attestation-missing")
"""The check that asks for the attestation: it is given after a return was found good, and asked for when it is signed."""
_WELLINGTON = "Pacific/Auckland"


@dataclass(frozen=True, slots=True)
class Validated:
    """What a check of a return saw: objections, errors first; hours held back, as minutes; months with absences unchecked.

    ``refused`` says what stands against going on; empty where the return was found good, and is kept as such.
    """

    checks: tuple[ReturnCheck, ...]
    held_minutes: int
    unchecked: tuple[DateRange, ...]
    refused: tuple[Refusal, ...]


def validate(
    store: Evidence, number: int, policy: Policy, *, by: str, at: datetime, today: date, without_held: str = ""
) -> Validated:
    """Check a return; where nothing stands against it, keep that it was found good.

    Hours that are held back do not stop a return, but somebody has to say that it goes without them: ``without_held``, why.

    Raises:
        ReturnError: it is no draft.
        EvidenceMissingError: there is none of this number.
    """
    refuse_nobody(by)
    kept, made, others = _asked(store, number, Step.VALIDATED)
    now = claim_now(store, kept, policy)
    asked = checks(made, now.facts, others, on=today, claim=now.claim)
    found = tuple(one for one in asked if one.rule != ATTESTATION)
    run = store.newest_check(kept.service, str(kept.period))
    unchecked = unchecked_months(
        kept.period,
        None if run is None else local_day(run.at, _WELLINGTON),
        () if run is None else _seen_absences(run),
        _absences(now.claim.findings),
    )
    held = sum(portion.minutes for day in now.claim.child_days for portion in day.portions if portion.verdict is Verdict.HELD)
    refused = tuple(_against(kept, now.claim, found, unchecked, held, without_held))
    if not refused:
        detail = {
            ATTESTS: _attests(now, kept),
            "check": None if run is None else run.id,
            "held_minutes": held,
            "without_held": without_held,
            "warnings": sorted({one.rule for one in found}),
        }
        _keep(store, number, Step.VALIDATED, by, at, detail)
    return Validated(found, held, unchecked, refused)


def _against(  # noqa: PLR0917 - everything a return may fail on
    kept: KeptReturn,
    claim: Claim,
    found: tuple[ReturnCheck, ...],
    unchecked: tuple[DateRange, ...],
    held: int,
    without_held: str,
) -> Iterator[Refusal]:
    if (old := stale(kept, claim)) is not None:
        yield old
    for one in found:
        if one.blocks:
            yield _refusal(one)
    if unchecked:
        months = ", ".join(f"{month.first:%Y-%m}" for month in unchecked)
        yield Refusal(
            f"absences of {months} have not been looked at as they stand",
            f"run `ecegateway check --service {kept.service} --period {kept.period}` and `ecegateway absences`, then validate",
        )
    if held and not without_held.strip():
        yield Refusal(
            f"{held // 60}:{held % 60:02d} hours are held back and would not be claimed",
            "put right what holds them (`ecegateway check`), or say why the return goes without them: --without-held",
        )


def _refusal(check: ReturnCheck) -> Refusal:
    return Refusal(check.what.removesuffix("."), check.fix)


def _seen_absences(run: CheckRun) -> Iterator[AbsenceMark]:
    for one in run.seen:
        if one.rule.startswith(ABSENCE):
            yield from ((one.rule, one.child, day) for day in one.days or (None,))


def _absences(findings: tuple[Finding, ...]) -> Iterator[AbsenceMark]:
    for one in findings:
        if one.rule.startswith(ABSENCE):
            yield from ((one.rule, one.child, day) for day in one.days or (None,))


def _attests(now: Prepared, kept: KeptReturn) -> bool:
    return now.facts.profile(kept.period.days.last).service_type in ATTESTING


@dataclass(frozen=True, slots=True)
class Salaries:
    """What is attested of certificated teachers' salaries: at least the lowest step or not, and parity as its code says."""

    paid: bool
    parity: bool | None = None
    parity_code: str | None = None


def attest(store: Evidence, number: int, salaries: Salaries, *, by: str, at: datetime) -> None:
    """Keep what somebody attests of salaries; the answer may be no.

    Raises:
        ReturnError: it is not its turn, or its kind of service attests nothing.
        ExportError: the code is none of those known.
    """
    refuse_nobody(by)
    _, made, _ = _asked(store, number, Step.ATTESTED)
    documents(replace(made, attestation=_attestation(salaries, by, at)))
    detail = {"salaries": salaries.paid, "parity": salaries.parity, "parity_code": salaries.parity_code}
    _keep(store, number, Step.ATTESTED, by, at, detail)


def _attestation(salaries: Salaries, by: str, at: datetime) -> Attestation:
    return Attestation(salaries.paid, salaries.parity, salaries.parity_code, by, at)


@dataclass(frozen=True, slots=True)
class Signature:
    """Who declares a return: the name, a phone number, and what they are to the service."""

    name: str
    phone: str
    designation: str


def sign(
    store: Evidence, number: int, signature: Signature, policy: Policy, keyring: Keyring, *, at: datetime, today: date
) -> Rs7Return:
    """Put somebody's name to a return: from here on its bytes are fixed, and signed with the key for exports.

    Raises:
        ReturnError: it is not its turn, the evidence has changed since, the same person prepared it, or something in it is
            wrong: for instance, that the Ministry has the very same already.
        ExportError: a word is too long or too short for the return.
        ConfigError: the key cannot be used.
    """
    refuse_nobody(signature.name)
    kept, made, others = _asked(store, number, Step.SIGNED)
    refuse(two_people(number, kept.by, signature.name))
    now = claim_now(store, kept, policy)
    refuse(stale(kept, now.claim))
    attested = kept.step(Step.ATTESTED)
    signed = replace(
        made,
        attestation=None if attested is None else _attested(attested.detail, attested.by, attested.at),
        declaration=Declaration(signature.name, signature.phone, signature.designation, at),
    )
    wrong = [one for one in checks(signed, now.facts, others, on=today, claim=now.claim) if one.blocks]
    if wrong:
        raise ReturnError("\n".join(str(_refusal(one)) for one in wrong))
    files = {file.name: file.content for file in documents(signed)}
    signer = replace(keyring, profile=Profile.ED25519).signer(Purpose.EXPORT)  # minisign knows no other
    comment = f"RS7 return, service {kept.service}, period {kept.period}, revision {kept.revision}"
    detail = {
        FILES: {name: hashlib.sha256(body).hexdigest() for name, body in files.items()},
        SIGNATURE: sign_file(signer, hashlib.blake2b(files[XML]).digest(), comment),
    }
    _keep(store, number, Step.SIGNED, signature.name, at, detail, files)
    return signed


def _attested(detail: Mapping[str, Any], by: str, at: datetime) -> Attestation:
    return _attestation(Salaries(detail["salaries"], detail["parity"], detail["parity_code"]), by, at)


def withdraw(store: Evidence, number: int, *, by: str, why: str, at: datetime) -> None:
    """Keep that a return is not to be handed over.

    Raises:
        ReturnError: it has left, or may have.
    """
    refuse_nobody(by)
    _keep(store, number, Step.WITHDRAWN, by, at, {"why": why})


def _asked(store: Evidence, number: int, step: Step) -> tuple[KeptReturn, Rs7Return, tuple[Rs7Return, ...]]:
    """A return about to take a step, its content, and those of its period that the Ministry took before."""
    with store.inspecting() as connection:
        one = standing_return(connection, number)
        refuse(may(step, one.standing))
        taken = taken_returns(connection, standing_returns(connection, one.kept.service, one.kept.period))
        return one.kept, content(connection, one.kept), tuple(taken.values())


def _keep(  # noqa: PLR0917 - a step is as wide as its row
    store: Evidence,
    number: int,
    step: Step,
    by: str,
    at: datetime,
    detail: Mapping[str, Any] = NOTHING,
    files: Mapping[str, bytes] = NOTHING,
) -> None:
    """Keep a step, if it may still be taken: whoever was quicker has taken it."""
    with store.adding() as adding:
        refuse(may(step, standing_return(adding.connection, number).standing))
        for body in files.values():
            keep_document(adding, body)
        add_step(adding, number, step, by, at, detail, files.get(XML))
