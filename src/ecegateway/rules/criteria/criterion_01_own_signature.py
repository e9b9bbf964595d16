"""Criterion 1: an authorised signatory has one electronic signature, and nobody else can make or use it.

Source: ECE Funding Handbook 6-3.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime

from ecegateway.contract import Fact
from ecegateway.facts.types import ChildFacts, Known, ServiceFacts, Stay
from ecegateway.model.attendance import Mark, Method
from ecegateway.model.conformance import GradedRecord
from ecegateway.model.finding import Severity
from ecegateway.model.ids import EvidenceId, PersonKey, RecordKey, SourceName
from ecegateway.model.people import SignatureMeans
from ecegateway.rules.criteria.grading import Criterion, criterion_cite, graded, judged
from ecegateway.rules.registry import Breach, Question, found, passes, rule

_NUMBER = 1
Holder = tuple[SourceName, PersonKey]
SignatureOf = tuple[SourceName, RecordKey]


def owners(means: RecordKey | None, source: SourceName, facts: ServiceFacts) -> tuple[Known[SignatureMeans], ...]:
    """Whose a signature is, by the system that recorded its use too."""
    return (
        tuple([owner for owner in facts.signature_means.get(means, ()) if owner.source == source]) if means is not None else ()
    )


def misused(owner: Known[SignatureMeans], by: PersonKey | None, at: datetime | None) -> str | None:
    """What is wrong with a use of a signature: another person used it, or it was revoked by then."""
    if by is not None and owner.record.person != by:
        return "was made with another person's electronic signature"
    revoked = owner.record.revoked_at
    if revoked is not None and at is not None and revoked <= at:
        return "was made with an electronic signature that was revoked before"
    return None


def misuses(stay: Stay, facts: ServiceFacts) -> Iterator[tuple[Known[SignatureMeans], str]]:
    """The signatures a stay's named signers should not have used, and what is wrong with each use."""
    if not facts.signature_means:
        return
    for mark in stay.marks:
        if mark.by is not None:
            for owner in owners(mark.means, stay.known.source, facts):
                fault = misused(owner, mark.by, mark.at)
                if fault is not None:
                    yield owner, fault


def two_live(facts: ServiceFacts) -> Mapping[Holder, tuple[EvidenceId, ...]]:
    """People with more than one signature that is not revoked, by source and person."""
    live: defaultdict[Holder, list[EvidenceId]] = defaultdict(list)
    for means in facts.signature_means.values():
        for known in means:
            if known.record.revoked_at is None:
                live[known.source, known.record.person].append(known.id)
    return {holder: tuple(live[holder]) for holder in sorted(live) if len(live[holder]) > 1}


def shared(asked: Question) -> Mapping[SignatureOf, tuple[EvidenceId, ...]]:
    """Signatures nobody is on record for, with which more than one person signed: the stays, by source and signature."""
    people: defaultdict[SignatureOf, set[PersonKey]] = defaultdict(set)
    stays: defaultdict[SignatureOf, list[EvidenceId]] = defaultdict(list)
    for child in asked.facts.children:
        for stay in asked.stays(child):
            for mark in stay.marks:
                if mark.means is None or mark.by is None or owners(mark.means, stay.known.source, asked.facts):
                    continue
                people[stay.known.source, mark.means].add(mark.by)
                stays[stay.known.source, mark.means].append(stay.known.id)
    return {place: tuple(dict.fromkeys(stays[place])) for place in sorted(people) if len(people[place]) > 1}


def made_by_other(known: Known[SignatureMeans], facts: ServiceFacts) -> str | None:
    """Whether somebody made it who is neither its owner nor an administrator, by the roles on record."""
    creator = known.record.created_by
    if creator is None or creator == known.record.person:
        return None
    roles = {one.record.role for one in facts.people.get(creator, ()) if one.source == known.source}
    if not roles or "administrator" in roles:
        return None
    return "was made by a person who is neither its signatory nor an administrator"


@rule(
    "signature.one-signatory",
    "Signed with somebody else's signature",
    message="A mark was made with an electronic signature that is another person's, or was revoked before.",
    why="A signature that two people use identifies neither of them.",
    fix="Give each person a signature of their own, revoke the shared one, and have a parent verify these days on paper.",
    cites=criterion_cite(1),
    severity=Severity.HOLDS,
    holds="The whole day of the child.",
    condition="A sign-in or sign-out names its signer and a signature that the same source has on record, and the signature is "
    "another person's, or was revoked at or before the moment of the mark.",
    examples=(
        found("The father signs the child in with the mother's signature."),
        found("A signature is used at the very moment it is revoked."),
        passes("The mother signs in and out with her own signature."),
        passes("A signature is used a minute before it is revoked."),
    ),
).of_each_child
def one_signatory(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Stays signed by one person with a signature that is another's, or revoked."""
    for stay in asked.stays(child):
        others = {owner.id: owner.record.key for owner, _ in misuses(stay, asked.facts)}
        if others:
            yield Breach((stay.day,), (stay.known.id, *others), cause=f"signature {' and '.join(sorted(set(others.values())))}")


@rule(
    "signature.shared",
    "One signature used for two people",
    message="An electronic signature that no record names the owner of was used for more than one person.",
    why="An electronic signature is linked to one authorised signatory and to no other person.",
    fix="Ask the vendor whose signature it is; give each person one of their own, and have parents verify these days.",
    cites=criterion_cite(1),
    severity=Severity.WARNS,
    holds="No hours.",
    condition="Marks of one source name the same signature and different signers, and the source has no record of the "
    "signature.",
    examples=(
        found("Mother and father sign with one signature that no record names the owner of."),
        passes("Only the mother signs with a signature that no record names the owner of."),
    ),
).of_the_service
def signature_shared(asked: Question) -> Iterator[Breach]:
    """Signatures without an owner on record that several people used."""
    for stays in shared(asked).values():
        yield Breach((), stays)


@rule(
    "signature.one-each",
    "One person with two electronic signatures",
    message="A person has more than one electronic signature in use at a time.",
    why="An authorised signatory is linked with only one electronic signature.",
    fix="Revoke all but one in the vendor's system.",
    cites=criterion_cite(1),
    severity=Severity.WARNS,
    holds="No hours.",
    condition="A source has two signatures of one person on record, and neither is revoked.",
    examples=(
        found("The mother has two signatures, and neither is revoked."),
        passes("The mother has two signatures, and one of them is revoked."),
        passes("Mother and father have one signature each."),
    ),
).of_the_service
def one_each(asked: Question) -> Iterator[Breach]:
    """People with two signatures that are both live."""
    for signatures in two_live(asked.facts).values():
        yield Breach((), signatures)


@rule(
    "signature.made-by-other",
    "A signature made by somebody who may not",
    message="An electronic signature was made by a person who is neither its signatory nor an administrator.",
    why="Whoever can make a signature can use it: that is its signatory's or an administrator's business alone.",
    fix="Have the signatory or an administrator make a new one, and revoke this one.",
    cites=criterion_cite(1),
    severity=Severity.WARNS,
    holds="No hours.",
    condition="A signature names its creator, the creator is not its owner, and the source knows them in other roles only.",
    examples=(
        found("A teacher made the mother's signature."),
        passes("An administrator made the mother's signature."),
        passes("The mother made her own signature."),
        passes("Somebody of whom no role is on record made the mother's signature."),
    ),
).of_the_service
def signature_made_by_other(asked: Question) -> Iterator[Breach]:
    """Signatures made by staff or guardians for somebody else."""
    for means in asked.facts.signature_means.values():
        for known in means:
            if made_by_other(known, asked.facts) is not None:
                yield Breach((), (known.id,))


def grades(asked: Question) -> Iterator[GradedRecord]:
    """Each electronic signature, and each stay that somebody signed."""
    doubled = {item for signatures in two_live(asked.facts).values() for item in signatures}
    for means in asked.facts.signature_means.values():
        for known in means:
            fault = "is one of two its owner has in use" if known.id in doubled else made_by_other(known, asked.facts)
            told = judged(fault, _maker_unknown(known, asked.facts), "is its owner's only one, made by who may")
            yield graded(_NUMBER, known, told)
    ownerless = {item for stays in shared(asked).values() for item in stays}
    for child in asked.facts.children:
        for stay in asked.stays(child):
            signed = [mark for mark in stay.marks if mark.by is not None and (mark.method is Method.SIGNED or mark.means)]
            if signed:
                fault = next((why for _, why in misuses(stay, asked.facts)), None)
                fault = fault or ("was made with one signature of two people" if stay.known.id in ownerless else None)
                unknown = next(filter(None, (_owner_unknown(mark, stay, asked.facts) for mark in signed)), None)
                yield graded(
                    _NUMBER, stay.known, judged(fault, unknown, "was signed with the signer's own"), (stay.day,), child
                )


def _maker_unknown(known: Known[SignatureMeans], facts: ServiceFacts) -> str | None:
    creator = known.record.created_by
    if creator is None:
        return "does not say who made it"
    if creator == known.record.person or any(one.source == known.source for one in facts.people.get(creator, ())):
        return None
    return "was made by somebody whose role is not on record"


def _owner_unknown(mark: Mark, stay: Stay, facts: ServiceFacts) -> str | None:
    if mark.means is None:
        return "does not say with which signature it was signed"
    found_owners = owners(mark.means, stay.known.source, facts)
    if not found_owners:
        return "was signed with a signature nobody is on record for"
    if mark.at is None and any(owner.record.revoked_at is not None for owner in found_owners):
        return "does not say when it was signed, with a signature that has been revoked"
    return None


CRITERION = Criterion(
    number=_NUMBER,
    group="Security",
    title="One signature each",
    asks="Each authorised signatory has one electronic signature; nobody but they or an administrator can make it.",
    on_paper="A list of who signs with which PIN, card or login, who issued it and when, signed by each holder.",
    needs=frozenset({Fact.SIGNER, Fact.SIGNATURE_OWNER, Fact.SIGNATURE_CREATOR}),
    grades=grades,
    rules=(one_signatory, signature_shared, one_each, signature_made_by_other),
)
