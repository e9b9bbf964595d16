"""The forms themselves: one agreement for each child, and on paper what was changed electronically.

Source: ECE Funding Handbook 6-1 (individual enrolment agreements; changes to records).
"""

from collections import defaultdict
from collections.abc import Iterator

from ecegateway.handbook.citation import cite
from ecegateway.model.finding import Severity
from ecegateway.model.ids import ChildKey, EvidenceId, RecordKey, SourceName
from ecegateway.rules.registry import Breach, Question, found, passes, rule


@rule(
    "enrolment.shared-agreement",
    "One agreement for several children",
    message="Agreement {agreement} is kept for {count} children.",
    why="Services must keep a separate enrolment agreement for each child; siblings do not share one.",
    fix="Have an agreement of their own signed for each child.",
    cites=cite("6-1", "individual enrolment agreements"),
    severity=Severity.WARNS,
    holds="Nothing.",
    condition="Agreement versions of one source name the same agreement and different children.",
    examples=(
        found("Two siblings are enrolled under one agreement."),
        passes("Two siblings have an agreement each."),
        passes("Two versions of one child's agreement have the same key."),
    ),
).of_the_service
def shared_agreement(asked: Question) -> Iterator[Breach]:
    """Agreement keys that stand in the enrolments of more than one child."""
    kept: defaultdict[tuple[SourceName, RecordKey], dict[ChildKey, EvidenceId]] = defaultdict(dict)
    for child in asked.facts.children:
        for known in child.enrolments:
            kept[known.source, known.record.agreement].setdefault(child.key, known.id)
    for (source, agreement), children in sorted(kept.items()):
        if len(children) > 1:
            parameters = (("agreement", f"{source}:{agreement}"), ("count", str(len(children))))
            yield Breach((), tuple(children.values()), parameters)


@rule(
    "enrolment.paper-copy",
    "Changes signed electronically: keep a paper copy",
    message="{count} change(s) of agreements in {source} were signed electronically on the days looked at.",
    why="Services must keep a paper copy of any change to an enrolment record that is held electronically.",
    fix="Print each change and keep it with the child's enrolment record.",
    cites=cite("6-1", "changes to records"),
    severity=Severity.INFORMS,
    holds="Nothing.",
    condition="A later version of an agreement was signed electronically on a day asked about. No record shows whether there "
    "is a paper copy.",
    examples=(
        found("A change of an agreement was signed electronically."),
        passes("A first agreement was signed electronically."),
        passes("A change of an agreement was signed on paper."),
        passes("A change was signed electronically before the period."),
    ),
).of_the_service
def paper_copy(asked: Question) -> Iterator[Breach]:
    """One breach for each source, whatever the number of changes."""
    changes: defaultdict[SourceName, list[EvidenceId]] = defaultdict(list)
    for child in asked.facts.children:
        known_before: set[RecordKey] = set()
        for known in child.enrolments:
            signature, agreement = known.record.signature, known.record.agreement
            change = agreement in known_before
            known_before.add(agreement)
            if change and signature is not None and signature.medium == "electronic" and signature.signed_on in asked.days:
                changes[known.source].append(known.id)
    for source, found_changes in sorted(changes.items()):
        yield Breach((), tuple(found_changes), (("source", source), ("count", str(len(found_changes)))))


FORM_RULES = (shared_agreement, paper_copy)
