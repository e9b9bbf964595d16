"""What of the enrolment record a source cannot show: named once for the source, held on paper.

Source: ECE Funding Handbook 6-1.
"""

from collections import defaultdict
from collections.abc import Iterator

from ecegateway.contract import Fact
from ecegateway.facts.types import ChildFacts
from ecegateway.handbook.citation import cite
from ecegateway.model.finding import Severity
from ecegateway.model.ids import SourceName
from ecegateway.model.service import ServiceType
from ecegateway.rules.enrolment.items import ON_ATTENDANCE
from ecegateway.rules.enrolment.stretches import stretches
from ecegateway.rules.registry import Breach, Question, found, passes, rule


@rule(
    "enrolment.cannot-show",
    "Enrolment records: what the source cannot show",
    message="{source} cannot show: {what}. Hold it on paper.",
    why="The enrolment record must hold it. What a source cannot show is no pass and no breach; the paper form is the proof.",
    fix="Keep the signed paper forms where they can be found, or enter the missing items through a source that carries them.",
    cites=cite("6-1", "all records must include"),
    severity=Severity.INFORMS,
    holds="Nothing.",
    condition="Records of enrolled children rest on a source whose description leaves out an item the record must hold.",
    examples=(
        found("A source of agreements cannot show when children commenced."),
        found("A source of casual agreements cannot show whether children are enrolled elsewhere."),
        passes("Every source shows every item its records need."),
        passes("A source cannot show an item that none of its agreements needs."),
    ),
).of_the_service
def cannot_show(asked: Question) -> Iterator[Breach]:
    """One breach for each source, however many children rest on it."""
    home_based = asked.facts.profile(asked.days.last).service_type is ServiceType.HOME_BASED
    wanted: defaultdict[SourceName, set[Fact]] = defaultdict(set)
    for child in asked.facts.children:
        for source, facts in _needs(child, asked, home_based=home_based):
            wanted[source].update(facts)
    for source in sorted(wanted):
        lacking = [fact for fact in Fact if fact in wanted[source] and not asked.facts.can_show(source, fact)]
        if lacking:
            yield Breach((), (), (("source", source), ("what", "; ".join(lacking))))


def _needs(child: ChildFacts, asked: Question, *, home_based: bool) -> Iterator[tuple[SourceName, tuple[Fact, ...]]]:
    """What the records of an enrolled child must show, by the source they rest on."""
    in_force = [known for _, agreements in stretches(child, asked.days) for known in agreements]
    for known in in_force:
        yield known.source, (Fact.COMMENCED, Fact.OTHER_SERVICE)
        if known.record.basis in ON_ATTENDANCE:
            yield known.source, (Fact.NOT_ELSEWHERE,)
        if known.record.twenty_hours is not None:
            yield known.source, (Fact.OPTIONAL_CHARGES,)
        if home_based:
            yield known.source, (Fact.FAMILY_EDUCATOR,)
    if in_force and child.identity is not None:
        yield child.identity.source, (Fact.ADDRESS,)
    if in_force and child.number is not None:
        yield child.number.source, (Fact.DOCUMENT_SIGHTED,)
