"""Whose signature stands under an agreement: a parent's or guardian's of this child, made with means of their own.

That there is a dated signature, and from which day it counts, is asked in ``agreement.py``.

Source: ECE Funding Handbook 6-1 (a dated signature of at least one parent/guardian; changes to records).
"""

from collections.abc import Iterator

from ecegateway.facts.types import ChildFacts, Known
from ecegateway.handbook.citation import cite
from ecegateway.model.enrolment import Enrolment, GuardianSignature
from ecegateway.model.finding import Severity
from ecegateway.model.people import Person, SignatureMeans
from ecegateway.model.period import local_day
from ecegateway.rules.enrolment.stretches import newest_in_force
from ecegateway.rules.registry import Breach, Question, found, passes, rule

_SIGNATURE = cite("6-1", "a dated signature of at least one parent/guardian")


@rule(
    "enrolment.signed-by-guardian",
    "An agreement signed by somebody who is not the child's guardian",
    message="The agreement signed on {signed} was signed by {whom}.",
    why="Only a parent or guardian of the child can sign the enrolment record; what they have not signed is not agreed.",
    fix="Have a parent or guardian of this child sign and date the agreement; funding follows their signature.",
    cites=_SIGNATURE,
    severity=Severity.HOLDS,
    holds="The child's days under the agreement, where staff signed who are not among the child's authorised signatories; "
    "else nothing.",
    condition="The person who signed an agreement in force is on record as staff or administrator and as no guardian; or is a "
    "guardian, and the child's authorised signatories are on record and never name them.",
    examples=(
        found("A staff member signed the agreement."),
        found("An administrator signed the agreement."),
        found("A staff member who is an authorised signatory of the child signed: only a warning."),
        found("The guardian who signed is not among the child's authorised signatories: only a warning."),
        passes("A guardian on the child's list signed."),
        passes("A guardian signed and no list is on record."),
        passes("The list names the guardian from a day after the signature."),
        passes("The person who signed is not on record: nothing is known against them."),
    ),
).of_each_child
def signed_by_guardian(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Agreements in force that somebody else signed."""
    listed = {known.record.person for known in child.signatories}
    for known, stretch in newest_in_force(child, asked.days):
        signature = known.record.signature
        assert signature is not None
        roles = {person.role for person in _signer(known, signature, asked)}
        on_the_list = signature.by in listed
        if roles and "guardian" not in roles:
            role = "a staff member" if "staff" in roles else "an administrator"
            whom = f"{role}, whom the child's list of authorised signatories names" if on_the_list else role
            severity = Severity.WARNS if on_the_list else Severity.HOLDS
        elif roles and listed and not on_the_list:
            whom, severity = "a guardian who is not among this child's authorised signatories", Severity.WARNS
        else:
            continue
        yield Breach(tuple(stretch), (known.id,), (("signed", str(signature.signed_on)), ("whom", whom)), severity)


def _signer(known: Known[Enrolment], signature: GuardianSignature, asked: Question) -> Iterator[Person]:
    people = asked.facts.people.get(signature.by, ())
    yield from (one.record for one in people if asked.facts.same_keys(one.source, known.source))


@rule(
    "enrolment.signed-own-means",
    "An agreement signed with an electronic signature that was not the signer's",
    message="The electronic signature under the agreement of {signed} {what}.",
    why="An electronic signature stands for one person. Used by another, revoked, or made later, it shows no guardian's word.",
    fix="Have the parent sign and date the agreement anew, on paper or with their own electronic signature.",
    cites=_SIGNATURE,
    severity=Severity.HOLDS,
    holds="The child's days under the agreement, where the signature is another's or was revoked; nothing where it is younger.",
    condition="An agreement in force is signed electronically with means on record that are another person's, were revoked "
    "before the day of signing, or were made after it.",
    examples=(
        found("The electronic signature is another person's."),
        found("The electronic signature was revoked the day before."),
        found("The electronic signature was made the day after: only a warning."),
        passes("The guardian signed with their own electronic signature."),
        passes("The electronic signature was revoked on the day of signing."),
        passes("The agreement was signed on paper."),
        passes("The electronic signature is not on record."),
    ),
).of_each_child
def signed_own_means(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Agreements in force whose electronic signature contradicts the record of it."""
    for known, stretch in newest_in_force(child, asked.days):
        signature = known.record.signature
        if signature is None or signature.medium != "electronic" or signature.means is None:
            continue
        for means in asked.facts.signature_means.get(signature.means, ()):
            if means.source != known.source:
                continue
            wrong = _wrong(means.record, signature, asked)
            if wrong is not None:
                what, severity = wrong
                parameters = (("signed", str(signature.signed_on)), ("what", what))
                yield Breach(tuple(stretch), (known.id, means.id), parameters, severity)


def _wrong(means: SignatureMeans, signature: GuardianSignature, asked: Question) -> tuple[str, Severity] | None:
    zone = asked.facts.profile(asked.days.last).zone
    if means.person != signature.by:
        return "is another person's", Severity.HOLDS
    if means.revoked_at is not None and local_day(means.revoked_at, zone) < signature.signed_on:
        return "had been revoked", Severity.HOLDS
    if means.created_at is not None and local_day(means.created_at, zone) > signature.signed_on:
        return "was made on a later day", Severity.WARNS
    return None


SIGNATURE_RULES = (signed_by_guardian, signed_own_means)
