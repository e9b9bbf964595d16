"""What is at stake on one child's day: the minutes some agreement would have funded, before any rule takes some away.

Source: ECE Funding Handbook 3-A-2 (enrolled hours for permanent, attended hours for casual and conditional children),
6-1 (conditional parts, signatures).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ecegateway.claim.clauses import ATTENDED_HOURS, ENROLLED_HOURS, NOT_ATTENDED
from ecegateway.claim.portions import portion
from ecegateway.facts.types import ChildFacts, Known
from ecegateway.model.claim import Portion, Verdict
from ecegateway.model.enrolment import Basis, Enrolment
from ecegateway.model.ids import EvidenceId
from ecegateway.model.spans import Spans, union, within, without
from ecegateway.rules.attendance.believed import believed_spans
from ecegateway.rules.days import booked_spans, certain_bookings, in_force
from ecegateway.rules.enrolment.agreement import waiting_for_signature
from ecegateway.rules.registry import Question

_ON_ATTENDANCE = frozenset({Basis.CASUAL, Basis.CONDITIONAL})


@dataclass(frozen=True, slots=True)
class Stake:
    """One child's day before anything is judged. Portions ascend; ``expected`` are the permanent bookings."""

    child: ChildFacts
    day: date
    basis: Basis
    expected: Spans
    booked: Spans
    attended: Spans
    portions: tuple[Portion, ...]

    @property
    def came(self) -> bool:
        """Whether some record says the child came."""
        return self.day in self.child.stays

    @property
    def arrival(self) -> int:
        """The first minute of the child's day, by stay or booking."""
        return min((span[0] for span in (*self.attended, *self.booked)), default=0)


def stake(child: ChildFacts, day: date, asked: Question) -> Stake | None:
    """What is at stake for a child on a day; ``None`` when no agreement bears on it."""
    agreements = in_force(child, day) or waiting_for_signature(child, day)
    if not agreements:
        return None
    stays = child.stays.get(day, ())
    attended = believed_spans(stays, asked)
    seen = tuple(stay.known.id for stay in stays)
    parts = [(known, *_parts(known.record, day)) for known in agreements]
    expected = union(span for _, certain, _ in parts for span in certain)
    portions: list[Portion] = []
    taken: Spans = ()
    for known, certain, uncertain in parts:
        portions += [portion(span, ENROLLED_HOURS, (known.id, *seen)) for span in without(certain, taken)]
        taken = union((*taken, *certain))
        if known.record.basis in _ON_ATTENDANCE:
            open_to = within(attended, uncertain) if known.record.conditional_part == "bookings" else attended
            portions += _on_attendance(
                known, without(open_to, expected), without(uncertain, expected), seen, times_known=bool(attended)
            )
    if not portions:
        return None
    return Stake(
        child=child,
        day=day,
        basis=_basis(parts),
        expected=expected,
        booked=union((*expected, *(span for _, _, uncertain in parts for span in uncertain))),
        attended=attended,
        portions=tuple(sorted(portions, key=lambda p: (p.starts or 0, p.reason))),
    )


def _basis(parts: Sequence[tuple[Known[Enrolment], Spans, Spans]]) -> Basis:
    """How the child is enrolled on the day: by what books it for certain, else by what depends on attendance."""
    booking = [known for known, certain, _ in parts if certain]
    booking += [known for known, _, _ in parts if known.record.basis in _ON_ATTENDANCE]
    return booking[0].record.basis or Basis.PERMANENT


def _parts(record: Enrolment, day: date) -> tuple[Spans, Spans]:
    """The day's bookings that are certain (funded as enrolled) and those that depend on attendance."""
    certain = union(booking.span for booking in certain_bookings(record, day))
    booked = booked_spans((record,), day)
    return certain, without(booked, certain)


def _on_attendance(
    known: Known[Enrolment], attended: Spans, booked: Spans, seen: tuple[EvidenceId, ...], *, times_known: bool
) -> list[Portion]:
    """Attended time; else the booking: refused when other times are known, at stake when none is."""
    if attended or not times_known:
        return [portion(span, ATTENDED_HOURS, (known.id, *seen)) for span in attended or booked]
    return [portion(span, NOT_ATTENDED, (known.id, *seen), Verdict.REFUSED) for span in booked]
