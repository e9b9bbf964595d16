"""The coded values of a child's record, each with the list it is of."""

from collections.abc import Iterator
from datetime import date

from ecegateway.facts.types import ChildFacts
from ecegateway.handbook.ethnicity import LEVEL_THREE
from ecegateway.model.child import Child
from ecegateway.rules.enrolment.stretches import stretches
from ecegateway.rules.registry import Question


def coded(record: Child) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The values on a child's record by the name of their list."""
    yield LEVEL_THREE, record.ethnicities
    yield "iwi", record.iwi
    yield "language", record.home_languages
    yield "gender", () if record.gender is None else (record.gender,)


def enrolled_days(child: ChildFacts, asked: Question) -> tuple[date, ...]:
    """The days asked about on which a signed agreement is in force."""
    return tuple(day for stretch, _ in stretches(child, asked.days) for day in stretch)
