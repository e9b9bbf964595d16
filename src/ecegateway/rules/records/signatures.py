"""Criterion 1: an electronic signature belongs to one authorised signatory."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from ecegateway.facts.types import ChildFacts, Known, Stay
from ecegateway.handbook.citation import cite
from ecegateway.model.attendance import Mark, Method
from ecegateway.model.finding import Severity
from ecegateway.model.ids import PersonKey
from ecegateway.model.people import AuthorisedSignatory, SignatureMeans
from ecegateway.rules.registry import Breach, Question, rule


def _marks(stay: Stay) -> Iterator[Mark]:
    yield from (mark for mark in (stay.record.sign_in, stay.record.sign_out) if mark is not None)


@rule(
    "signature.one-signatory",
    "Signed with somebody else's signature",
    message="A mark was made with an electronic signature that is another person's, or was revoked before.",
    why="A signature that two people use identifies neither of them.",
    fix="Give each person a signature of their own, revoke the shared one, and have a parent verify these days on paper.",
    cites=cite("6-3", "electronic attendance records, criterion 1"),
    severity=Severity.HOLDS,
).of_each_child
def one_signatory(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Stays signed by one person with means that are another's, or revoked."""
    for stay in asked.stays(child):
        others = [
            owner
            for mark in _marks(stay)
            for owner in _owners(mark, stay, asked)
            if owner.record.person != mark.by or _revoked(owner.record, mark)
        ]
        if others:
            cause = f"signature {' and '.join(sorted({owner.record.key for owner in others}))}"
            yield Breach((stay.day,), (stay.known.id, *dict.fromkeys(owner.id for owner in others)), cause=cause)


def _revoked(means: SignatureMeans, mark: Mark) -> bool:
    return means.revoked_at is not None and mark.at is not None and means.revoked_at <= mark.at


def _owners(mark: Mark, stay: Stay, asked: Question) -> Iterator[Known[SignatureMeans]]:
    """Whose the signature is that a named person made a mark with, by the system that recorded both."""
    if mark.means is not None and mark.by is not None:
        known = asked.facts.signature_means.get(mark.means, ())
        yield from (owner for owner in known if owner.source == stay.known.source)


@rule(
    "signature.one-each",
    "One person with two electronic signatures",
    message="A person has more than one electronic signature in use at a time.",
    why="An authorised signatory is linked with only one electronic signature.",
    fix="Revoke all but one in the vendor's system.",
    cites=cite("6-3", "electronic attendance records, criterion 1"),
    severity=Severity.WARNS,
).of_the_service
def one_each(asked: Question) -> Iterator[Breach]:
    """People with two means that are both live."""
    live = defaultdict(list)
    for found in asked.facts.signature_means.values():
        for known in found:
            if known.record.revoked_at is None:
                live[known.source, known.record.person].append(known.id)
    for holder in sorted(live):
        if len(live[holder]) > 1:
            yield Breach((), tuple(live[holder]))


@rule(
    "signature.authorised",
    "Signed by somebody not authorised for this child",
    message="The person who signed is a guardian who is not among this child's authorised signatories on this day.",
    why="It is recommended that only authorised signatories sign a child in or out.",
    fix="Add the person to the child's authorised signatories, with dates, or find out how they came to sign.",
    cites=cite("6-3", "electronic attendance records, criterion 8"),
    severity=Severity.WARNS,
).of_each_child
def authorised(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Signed stays whose guardian is not on the child's list, where the source gives a list."""
    if not child.signatories:
        return
    for stay in asked.stays(child):
        allowed = {known.record.person for known in child.signatories if _counts(known.record, stay.day)}
        signers = {mark.by for mark in _marks(stay) if mark.method is Method.SIGNED and mark.by is not None}
        if any(not _works_here(signer, stay, asked) for signer in signers - allowed):
            yield Breach((stay.day,), (stay.known.id,))


def _works_here(signer: PersonKey, stay: Stay, asked: Question) -> bool:
    known = asked.facts.people.get(signer, ())
    return any(one.record.role != "guardian" for one in known if one.source == stay.known.source)


def _counts(authority: AuthorisedSignatory, day: date) -> bool:
    return authority.first_day <= day and (authority.last_day is None or day <= authority.last_day)
