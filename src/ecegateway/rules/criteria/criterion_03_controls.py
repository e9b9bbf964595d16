"""Criterion 3: controls keep usernames and passwords from being used by anyone but their signatory.

A control is what the source says keeps others out. That it failed shows where a signature was used by somebody else, after
it was revoked, or at two places at once.

Source: ECE Funding Handbook 6-3.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime

from ecegateway.contract import Fact
from ecegateway.facts.types import Known
from ecegateway.model.conformance import GradedRecord
from ecegateway.model.finding import Severity
from ecegateway.model.ids import EvidenceId, RecordKey, SourceName
from ecegateway.model.people import SignatureMeans
from ecegateway.rules.criteria.criterion_01_own_signature import SignatureOf, misuses, one_signatory
from ecegateway.rules.criteria.grading import Criterion, criterion_cite, graded, judged
from ecegateway.rules.registry import Breach, Question, found, passes, rule

_NUMBER = 3
_Moment = tuple[SourceName, RecordKey, datetime]


def two_places(asked: Question) -> Mapping[SignatureOf, tuple[EvidenceId, ...]]:
    """Signatures used on two devices at the same instant, and the stays they signed.

    An instant told in whole minutes tells no two moments of that minute apart, so it proves nothing.
    """
    devices: defaultdict[_Moment, dict[str, list[EvidenceId]]] = defaultdict(dict)
    for child in asked.facts.children:
        for stay in asked.stays(child):
            for mark in stay.marks:
                if mark.means is not None and mark.device is not None and mark.at is not None and _to_the_second(mark.at):
                    moment = (stay.known.source, mark.means, mark.at)
                    devices[moment].setdefault(mark.device, []).append(stay.known.id)
    places: defaultdict[SignatureOf, dict[EvidenceId, None]] = defaultdict(dict)
    for source, means, at in sorted(moment for moment, used in devices.items() if len(used) > 1):
        stays = (stay for found_on in devices[source, means, at].values() for stay in found_on)
        places[source, means].update(dict.fromkeys(stays))
    return {place: tuple(stays) for place, stays in places.items()}


def _to_the_second(at: datetime) -> bool:
    return bool(at.second or at.microsecond)


def uncontrolled(known: Known[SignatureMeans]) -> str | None:
    """Whether nothing is said to keep others from using a signature."""
    return "names nothing that keeps others from using it" if known.record.control is None else None


@rule(
    "signature.two-places",
    "One signature at two places at once",
    message="An electronic signature was used on two devices at the same instant.",
    why="A person is at one place at a time: somebody else holds the password, or the times are made up.",
    fix="Find out who signed, have the password changed, and have a parent verify these days.",
    cites=criterion_cite(3),
    severity=Severity.WARNS,
    holds="No hours.",
    condition="Two marks of one source name the same signature and the same instant, told to the second, and two devices.",
    examples=(
        found("A signature signs at the front tablet and the back tablet in the same second."),
        passes("A signature signs for two children on one tablet in the same second."),
        passes("A signature signs at two tablets one second apart."),
        passes("A signature signs at two tablets in the same minute, in a system that tells whole minutes only."),
    ),
).of_the_service
def signature_two_places(asked: Question) -> Iterator[Breach]:
    """Signatures used on two devices at once."""
    for stays in two_places(asked).values():
        yield Breach((), stays)


@rule(
    "signature.no-control",
    "Signatures with nothing that keeps others out",
    message="The records of {count} electronic signature(s) name nothing that keeps others from using them.",
    why="There must be adequate controls to ensure that a username and password is used by its signatory only.",
    fix="Ask the vendor to switch on a PIN, a lock after failed tries or the like, and to say so in the records.",
    cites=criterion_cite(3),
    severity=Severity.WARNS,
    holds="No hours.",
    condition="The source declares that it can show the controls of signatures, and a signature that is not revoked "
    "names none.",
    examples=(
        found("A signature names no control, though its source can show controls."),
        passes("A signature is kept by a PIN."),
        passes("A revoked signature names no control."),
        passes("A source that cannot show controls names none."),
    ),
).of_the_service
def no_control(asked: Question) -> Iterator[Breach]:
    """Live signatures without a control, one breach for each source that can show controls."""
    bare: defaultdict[SourceName, list[EvidenceId]] = defaultdict(list)
    for means in asked.facts.signature_means.values():
        for known in means:
            if known.record.revoked_at is None and uncontrolled(known) is not None:
                bare[known.source].append(known.id)
    for source in sorted(bare):
        if asked.facts.can_show(source, Fact.SIGNATURE_CONTROL):
            yield Breach((), tuple(bare[source]), (("count", str(len(bare[source]))),))


def grades(asked: Question) -> Iterator[GradedRecord]:
    """Each electronic signature that is in use."""
    elsewhere = two_places(asked)
    abused = {
        owner.id for child in asked.facts.children for stay in asked.stays(child) for owner, _ in misuses(stay, asked.facts)
    }
    for means in asked.facts.signature_means.values():
        for known in means:
            if known.id in abused:
                fault: str | None = "was used by another person, or after it was revoked"
            elif (known.source, known.record.key) in elsewhere:
                fault = "was used on two devices at the same instant"
            elif known.record.revoked_at is not None:
                continue
            else:
                fault = uncontrolled(known) if asked.facts.can_show(known.source, Fact.SIGNATURE_CONTROL) else None
            yield graded(_NUMBER, known, judged(fault, uncontrolled(known), "names what keeps others from using it"))


CRITERION = Criterion(
    number=_NUMBER,
    group="Security",
    title="Nobody else can use a signature",
    asks="Where usernames and passwords are used, adequate controls keep anyone but the linked signatory from using them.",
    on_paper="The vendor's statement of how passwords are kept (PIN, lock, device), and the centre's rule that none is shared.",
    needs=frozenset({Fact.SIGNATURE_OWNER, Fact.SIGNATURE_CONTROL, Fact.DEVICE, Fact.MARK_TIME}),
    grades=grades,
    rules=(signature_two_places, no_control, one_signatory),
)
