"""Records that are gone: an alteration that does not say who (criterion 5), and a loss before seven years (criterion 10).

Source: ECE Funding Handbook 6-3.
"""

from collections.abc import Iterator
from dataclasses import replace

from ecegateway.facts.types import ChildFacts, Vanished
from ecegateway.model.enrolment import Enrolment
from ecegateway.model.finding import Severity
from ecegateway.rules.criteria.altered import SIGNATURES, supported_by
from ecegateway.rules.criteria.grading import criterion_cite
from ecegateway.rules.registry import Breach, Question, found, passes, rule


@rule(
    "records.vanished",
    "A record that disappeared",
    message="The {stream} record was in an earlier file and is missing from the latest; nobody said it was deleted.",
    why="Year-to-date files drop rows when a consent or a status changes. Missing is not deleted, and deleted is not silent.",
    fix="Ask the vendor why the row is gone. If it was deleted, have the deletion stated; if not, have it sent again.",
    cites=criterion_cite(5),
    severity=Severity.HOLDS,
    holds="The days the record supported.",
    condition="A record of a child stood in an earlier snapshot of its source, is missing from the latest, and was "
    "not said to be "
    "deleted.",
    examples=(
        found("A stay was in the first file and is missing from the second."),
        passes("A stay was in both files."),
        passes("A stay was missing from one file and is in the next again."),
    ),
).of_each_child
def vanished(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Records missing from the latest snapshot, and the days they supported."""
    yield from (breach for gone in child.vanished if not gone.deleted for breach in _gone(gone, asked))


@rule(
    "records.deleted",
    "A record that was deleted",
    message="The {stream} record was deleted; the vendor does not say who deleted it.",
    why="A deletion is an alteration like any other. Without the record another one may be believed in its place.",
    fix="Ask who deleted it and why. If it was an agreement, have its end signed, or have it sent again.",
    cites=criterion_cite(5),
    severity=Severity.WARNS,
    switch="records.deleted",
    holds="The days a deleted agreement supported; those of other records if the switch says so.",
    condition="The source says that a record of a child was deleted.",
    examples=(
        found("The vendor says that a stay was deleted."),
        found("The vendor says that an agreement was deleted."),
        passes("A stay was deleted and has been sent again."),
    ),
).of_each_child
def deleted(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Deleted records, and the days they supported; a deleted agreement holds them, for an older one would stand again."""
    for gone in child.vanished:
        if gone.deleted:
            holds = isinstance(gone.record, Enrolment) or asked.policy["records.deleted"] == "hold"
            yield from (replace(breach, severity=Severity.HOLDS if holds else None) for breach in _gone(gone, asked))


def _gone(gone: Vanished, asked: Question) -> Iterator[Breach]:
    days = supported_by(gone, asked)
    if days is not None and gone.record.stream not in SIGNATURES:
        yield Breach(days, (gone.last_seen,), (("stream", gone.record.stream),))
