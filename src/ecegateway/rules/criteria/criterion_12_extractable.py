"""Criterion 12: all records can be extracted into an appropriate format for reporting.

A record that was read and stored has been extracted. A row that could not be read stands apart in quarantine: it has not.

Source: ECE Funding Handbook 6-3.
"""

from collections import Counter
from collections.abc import Iterator

from ecegateway.model.conformance import Grade, GradedRecord
from ecegateway.model.finding import Severity
from ecegateway.rules.criteria.criterion_10_kept import attendance_records
from ecegateway.rules.criteria.grading import Criterion, criterion_cite, graded, judged
from ecegateway.rules.registry import Breach, Question, found, passes, rule

_NUMBER = 12


@rule(
    "records.set-apart",
    "Rows that could not be extracted",
    message="{count} row(s) of the source {source} could not be read and stand apart in quarantine.",
    why="All records must be extractable; what stands apart is in no register and in no claim.",
    fix="Look at them with `ecegateway quarantine list`, have the vendor correct them, and pull again.",
    cites=criterion_cite(12),
    severity=Severity.WARNS,
    holds="No hours: nobody knows of which day they are.",
    condition="Rows of a source stand in quarantine, and nothing has become of them yet.",
    examples=(
        found("Two rows of a source stand in quarantine."),
        passes("Every row of a source was read."),
    ),
).of_the_service
def set_apart(asked: Question) -> Iterator[Breach]:
    """Rows in quarantine, one breach for each source."""
    rows = Counter(row.source for row in asked.facts.set_apart)
    for source in sorted(rows):
        yield Breach((), (), (("count", str(rows[source])), ("source", source)))


def grades(asked: Question) -> Iterator[GradedRecord]:
    """Each stay, absence and verification, and each row in quarantine."""
    for child in asked.facts.children:
        for known, days in attendance_records(child, asked):
            yield graded(_NUMBER, known, judged(None, None, "was read and can be exported"), days, child)
    for row in asked.facts.set_apart:
        what = f"a row of the stream {row.stream}" if row.stream is not None else "a row of an unknown kind"
        yield GradedRecord(
            _NUMBER, row.source, f"quarantine {row.id}", None, (), Grade.BREACHED, f"is {what} nobody could read"
        )


CRITERION = Criterion(
    number=_NUMBER,
    group="Retention and inspection",
    title="Can be extracted",
    asks="All records can be extracted into an appropriate format for reporting purposes.",
    on_paper="A printout from the vendor's own system of what could not be extracted.",
    needs=frozenset(),
    grades=grades,
    rules=(set_apart,),
)
