"""Which of several records of a child's number stands."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from ecegateway.facts.types import Known
from ecegateway.model.child import StudentNumber


def in_force(records: Iterable[Known[StudentNumber]], replaced: AbstractSet[str]) -> tuple[Known[StudentNumber], ...]:
    """The records of one child, the one that stands first.

    A record with a number stands before one without: a system that was never told the number does not hide it. A number that
    another ``replaces``, merged into it or taken back, stands behind those that nobody replaced, however often a system
    repeats it. Of numbers the newest word counts; of records without one, a record that notes a document, then the newest.
    """
    return tuple(sorted(records, key=lambda known: _rank(known, replaced), reverse=True))


def _rank(known: Known[StudentNumber], replaced: AbstractSet[str]) -> tuple[object, ...]:
    record = known.record
    numbered = record.nsn is not None
    shows = not numbered and record.document_sighted is not None
    return numbered, record.nsn not in replaced, shows, known.said_at, known.id
