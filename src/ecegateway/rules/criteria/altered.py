"""What is, and is not, evident about a change or a disappearance of a record.

Source: ECE Funding Handbook 6-3, criterion 5.
"""

from collections.abc import Sequence
from datetime import date

from ecegateway.facts.types import Alteration, Vanished
from ecegateway.facts.versions import days_of
from ecegateway.model.enrolment import Enrolment
from ecegateway.model.ids import EvidenceId, record_of
from ecegateway.model.people import AuthorisedSignatory, SignatureMeans
from ecegateway.model.period import birthday, local_day
from ecegateway.rules.registry import Question

SIGNATURES = frozenset({SignatureMeans.stream, AuthorisedSignatory.stream})
"""Records of who signs, and with what."""


def answered(among: Sequence[Alteration]) -> frozenset[EvidenceId]:
    """The alterations that a later change of the same record answers for, by saying who and when; each by its newer version."""
    settled: set[str] = set()
    found_answered: set[EvidenceId] = set()
    for alteration in reversed(among):
        record, statement = record_of(alteration.after), alteration.statement
        if record in settled:
            found_answered.add(alteration.after)
        if statement is not None and statement.by and statement.at:
            settled.add(record)
    return frozenset(found_answered)


def unstated(alteration: Alteration, settled: frozenset[EvidenceId]) -> bool:
    """Whether a record was rewritten between two pulls and nothing, then or later, says who did it."""
    return alteration.before is not None and alteration.statement is None and alteration.after not in settled


def left_out(alteration: Alteration, settled: frozenset[EvidenceId]) -> str | None:
    """What the statement of a change leaves out, then and later; ``None`` where it is complete or there is none."""
    statement = alteration.statement
    if statement is None or (statement.by and statement.at) or alteration.after in settled:
        return None
    if not (statement.by or statement.at):
        return "who made it or when"
    return "who made it" if statement.at else "when"


def fault_of(alteration: Alteration, settled: frozenset[EvidenceId]) -> str | None:
    """What is not evident about an alteration."""
    if unstated(alteration, settled):
        return "was rewritten between two pulls, and nothing says who did it"
    missing = left_out(alteration, settled)
    return f"was changed without saying {missing}" if missing is not None else None


def disappeared(gone: Vanished) -> str:
    """What is not evident about a record that is gone: neither a deletion nor a disappearance says who."""
    return "was deleted, and nothing says by whom" if gone.deleted else "is missing from the latest file, and nothing says why"


def supported_by(gone: Vanished, asked: Question) -> tuple[date, ...] | None:
    """The days asked about that a record which is gone supported, while it is to be kept for them.

    Empty for a record that supported no single day; ``None`` for one that supported days, but none of these.
    """
    record = gone.record
    if isinstance(record, Enrolment):
        last = record.last_day
        in_effect = (day for day in asked.days if record.effective_from <= day and (last is None or day <= last))
        return tuple(day for day in in_effect if to_be_kept(day, asked)) or None
    supported = days_of(record, asked.facts.profile(asked.days.first).zone)
    days = tuple(day for day in supported if day in asked.days and to_be_kept(day, asked))
    return days if days or not supported else None


def to_be_kept(day: date, asked: Question) -> bool:
    """Whether the record of a day must still be kept when the newest evidence came.

    Source: ECE Funding Handbook 6-3, criterion 10 (seven years).
    """
    today = local_day(asked.facts.known_at, asked.facts.profile(day).zone)
    return today < birthday(day, asked.law.on("attendance.retention", day))
