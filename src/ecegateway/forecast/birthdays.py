"""Children who turn 2, 3 or 6 and whose enrolment does not change with the birthday.

Source: ECE Funding Handbook 9-2 (under 2, and 2 or over), 4-1 and 4-2 (20 Hours ECE from the third birthday and the day of
signing), 3-A-1 (funded until the day before the sixth birthday).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from ecegateway.facts.types import ChildFacts, ServiceFacts
from ecegateway.forecast.types import Birthday
from ecegateway.handbook.citation import Citation, cite
from ecegateway.handbook.lookup import Handbook
from ecegateway.model.period import ONE_DAY, DateRange, birthday
from ecegateway.rules.days import bookings_on, in_force


@dataclass(frozen=True, slots=True)
class _Turning:
    """A child who reaches an age on a day, and the days the forecast looks at."""

    child: ChildFacts
    age: int
    on: date
    facts: ServiceFacts
    days: DateRange


_Look = Callable[[_Turning], Birthday | None]


def birthdays(facts: ServiceFacts, days: DateRange, handbook: Handbook, read_on: date) -> tuple[Birthday, ...]:
    """Birthdays within some days that need a look, by day and child.

    The ages are those of the law on ``read_on``: of later days the law may not have been read yet.
    """
    looks: tuple[tuple[str, _Look], ...] = (
        ("funded_hour.two_and_over", _two),
        ("twenty_hours.from_age", _three),
        ("funded_hour.age_limit", _six),
    )
    found = []
    for name, look in looks:
        age = handbook.on(name, read_on)
        for child in facts.children:
            on = birthday(child.identity.record.birth_date, age) if child.identity is not None else None
            if on is not None and on in days and not _left(child, on):
                found.append(look(_Turning(child, age, on, facts, days)))
    return tuple(sorted((one for one in found if one is not None), key=lambda one: (one.on, one.child)))


def _left(child: ChildFacts, day: date) -> bool:
    """Whether a guardian gave notice that the child will have left by a day, also where the agreement has no last day yet."""
    return any((known.record.last_day or known.record.given_on) < day for known in child.leaving_notices)


def _two(turning: _Turning) -> Birthday | None:
    """The category changes by itself; worth knowing where the agreement goes on as it was."""
    agreements = in_force(turning.child, turning.on)
    if not agreements or agreements != in_force(turning.child, turning.on - ONE_DAY):
        return None
    says = "The agreement goes on as it was. From this day the hours count as 2 and over; the category changes by itself."
    return _found(turning, says, "Nothing to do for funding.", cite("9-2", "children under 2 and aged 2 or over"))


def _three(turning: _Turning) -> Birthday | None:
    """20 Hours ECE is open to the child from this day, and no attestation is in force on it."""
    child, on = turning.child, turning.on
    if not turning.facts.profile(on).offers_twenty_hours or not in_force(child, on) or _attested(child, on):
        return None
    cited = cite("4-2", "attestation")
    later = next((day for day in DateRange(on, turning.days.after) if _attested(child, day)), None)
    if later is not None:
        says = "20 Hours ECE is attested, but not from this day; until then all hours stay 2 and over."
        fix = "Nothing to do: an attestation never counts backwards."
        return _found(turning, says, fix, cited, detail=f"attested from {later}")
    says = "No 20 Hours ECE attestation is in force from this day; without one all hours stay 2 and over."
    fix = "Have a parent complete and sign the attestation by this day; it counts from the day of signing, never backwards."
    return _found(turning, says, fix, cited, by=on)


def _attested(child: ChildFacts, day: date) -> bool:
    attestations = (known.record.twenty_hours for known in in_force(child, day))
    return any(found is not None and found.signed_on <= day and any(found.minutes) for found in attestations)


def _six(turning: _Turning) -> Birthday | None:
    """The child is booked on or after the day from which nothing is funded."""
    booked = next((day for day in DateRange(turning.on, turning.days.after) if _booked(turning.child, day)), None)
    if booked is None:
        return None
    says = "The agreement goes on past the sixth birthday; from that day no hour is funded."
    fix = "Enter the day before as the agreement's last day, or agree with the family what follows."
    cited = cite("3-A-1", "less than 6 years old")
    return _found(turning, says, fix, cited, by=turning.on - ONE_DAY, detail=f"booked on {booked}")


def _booked(child: ChildFacts, day: date) -> bool:
    return any(bookings_on(known.record, day) for known in in_force(child, day))


def _found(turning: _Turning, says: str, fix: str, cited: Citation, *, by: date | None = None, detail: str = "") -> Birthday:
    return Birthday(turning.child.key, turning.age, turning.on, says, fix, by, detail, cited)
