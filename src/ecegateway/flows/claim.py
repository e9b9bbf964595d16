"""From the store to a claim and all that goes with it: the one place where evidence, rules and the funded hour meet."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from ecegateway.claim.absence_report import absence_report
from ecegateway.claim.assemble import claim, days_to_judge
from ecegateway.claim.bridge import bridges
from ecegateway.claim.catalogue import CATALOGUE
from ecegateway.claim.causes import causes
from ecegateway.claim.nsn import NO_WAYS, Ways, nsn_requests
from ecegateway.claim.register import register
from ecegateway.claim.return_checks import checks
from ecegateway.claim.rs7_return import rs7_return
from ecegateway.claim.verification_report import verification_report
from ecegateway.contract import Exportable, Programme
from ecegateway.errors import EvidenceMissingError
from ecegateway.evidence.record import ServiceEvidence
from ecegateway.evidence.store import Evidence
from ecegateway.facts.elsewhere import NOWHERE, Elsewhere, Presence, Shared
from ecegateway.facts.fold import fold
from ecegateway.facts.types import ServiceFacts
from ecegateway.flows.across import presences, shared_in
from ecegateway.flows.later import Later
from ecegateway.flows.nsn_store import ways_of
from ecegateway.flows.programmes import ask_programmes
from ecegateway.handbook.lookup import handbook
from ecegateway.handbook.policy import Policy
from ecegateway.model.claim import Claim
from ecegateway.model.ids import ServiceNumber
from ecegateway.model.period import FundingPeriod
from ecegateway.rules.across.presence import gathered
from ecegateway.rules.assess import assess
from ecegateway.rules.criteria.card import conformance
from ecegateway.rules.registry import question


@dataclass(frozen=True, slots=True)
class Prepared:
    """A service's claim with the facts under it, what exporters are given, and which programmes failed and why."""

    facts: ServiceFacts
    exportable: Exportable
    failures: tuple[str, ...]

    @property
    def claim(self) -> Claim:
        """The claim itself."""
        return self.exportable.claim


def prepare(
    store: Evidence,
    service: ServiceNumber,
    period: FundingPeriod,
    policy: Policy,
    *,
    programmes: Iterable[Programme] = (),
    known_at: datetime | None = None,
    among: Shared | None = None,
) -> Prepared:
    """The claim of a service for a period, from the evidence known at a moment (by default: all of it).

    ``among`` says who is at more than one service, as :func:`~ecegateway.flows.across.shared_in` finds; whoever asks for many
    services has it found once.

    Raises:
        EvidenceMissingError: the store knows nothing of the service.
        ParameterNotInForceError: the period lies outside the verified dates of the law.
    """
    evidence = evidence_of(store, service, known_at)
    among = shared_in(store, known_at) if among is None else among
    others = presences(store, service, days_to_judge(period), policy=policy, among=among, known_at=known_at)
    ways = ways_of(store, service, known_at)
    return from_evidence(evidence, period, policy, programmes=programmes, others=others, ways=ways)


def evidence_of(store: Evidence, service: ServiceNumber, known_at: datetime | None = None) -> ServiceEvidence:
    """The evidence of a service, as known at a moment (by default: all of it).

    Raises:
        EvidenceMissingError: the store knows nothing of the service.
    """
    found = store.evidence_of(service, known_at)
    if not found.versions and service not in (services := store.services()):
        known = ", ".join(services) or "none yet"
        raise EvidenceMissingError(f"the store holds nothing of service {service} (it knows: {known}); pull first")
    return found


def from_evidence(
    evidence: ServiceEvidence,
    period: FundingPeriod,
    policy: Policy,
    *,
    programmes: Iterable[Programme] = (),
    others: tuple[Presence, ...] = (),
    ways: Ways = NO_WAYS,
) -> Prepared:
    """The pure part of :func:`prepare`: equal evidence, law and policy give an equal claim.

    ``others`` is what other services say of people and children who are here too; ``ways`` how far children's numbers have
    come, which the requests show and no hour depends on. The claim is known as at the moment its
    newest evidence came, so that asking again, when nothing came, changes nothing.
    """
    if not evidence.versions:
        raise EvidenceMissingError(f"nothing was known of service {evidence.service} by {evidence.known_at}; pull first")
    came = (
        *(version.received_at for version in evidence.versions),
        *(row.received_at for row in evidence.set_apart),
        *(other.known_at for other in others),
    )
    evidence = replace(evidence, known_at=max(came))
    law = handbook()
    days = days_to_judge(period)
    facts = fold(evidence, days)
    elsewhere = gathered(others, facts)
    asked = question(facts, days, policy, law, elsewhere)
    assessed = assess(asked)
    made = claim(asked, period, assessed, input_digest(evidence, elsewhere))
    added = ask_programmes(programmes, facts, period.days)
    shown = replace(made, findings=(*made.findings, *added.findings))
    rules = {**CATALOGUE, **{text.rule: text for text in added.rules}}
    confirmed = Later(shown, lambda: verification_report(asked, period.days))
    returned = rs7_return(shown)
    exportable = Exportable(
        claim=shown,
        rs7=returned,
        checks=Later(shown, lambda: checks(returned, facts, claim=shown)),
        causes=Later(shown, lambda: causes(asked, assessed, shown)),
        bridges=bridges(made, law),
        nsn_requests=nsn_requests(facts, made, ways),
        absences=absence_report(facts, assessed.absences, made),
        verifications=confirmed,
        register=Later(shown, lambda: register(asked, period.days, made.findings, confirmed())),
        conformance=Later(shown, lambda: conformance(asked.over(period.days))),
        child_names=_names(facts),
        rules=rules,
    )
    return Prepared(facts, exportable, added.failures)


def input_digest(evidence: ServiceEvidence, elsewhere: Elsewhere = NOWHERE) -> str:
    """One digest, in hex, over all that a claim was made from.

    That is every version, in any order of arrival, what the sources can show, and what other services say.
    """
    digest = hashlib.sha256()
    versions = sorted(f"{version.id} {version.digest.hex()}\n" for version in evidence.versions)
    shown = sorted(f"{source} shows {', '.join(sorted(facts))}\n" for source, facts in evidence.facts.items())
    there = sorted(f"{one.evidence} {one.span[0]}-{one.span[1]}\n" for one in elsewhere.spans())
    for line in (*versions, *shown, *there):
        digest.update(line.encode())
    return digest.hexdigest()


def _names(facts: ServiceFacts) -> Mapping[str, str]:
    names: dict[str, str] = {}
    for child in facts.children:
        if child.identity is not None:
            record = child.identity.record
            first = record.preferred_name or " ".join(record.given_names)
            names[child.key] = f"{first} {record.family_name}".strip()
    return names
