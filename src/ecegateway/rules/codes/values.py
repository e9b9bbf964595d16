"""The coded values of a child's record, each with the list it is of."""

from collections.abc import Iterator
from datetime import date

from ecegateway.facts.types import ChildFacts
from ecegateway.model.child import Child
from ecegateway.rules.enrolment.stretches import stretches
from ecegateway.rules.registry import Question

ETHNICITY, LEVEL_FOUR = "ethnicity", "ethnicity-level-4"
LANGUAGE = "language"


def coded(record: Child) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The values on a child's record by the name of their list."""
    yield ETHNICITY, record.ethnicities
    yield "iwi", record.iwi
    yield LANGUAGE, record.home_languages
    yield "gender", () if record.gender is None else (record.gender,)


def enrolled_days(child: ChildFacts, asked: Question) -> tuple[date, ...]:
    """The days asked about on which a signed agreement is in force."""
    return tuple(day for stretch, _ in stretches(child, asked.days) for day in stretch)


def is_level_four(asked: Question, name: str, value: str) -> bool:
    """Whether an ethnicity is given at level 4, which is no slip: another rule offers what to put in its place."""
    lists = asked.policy.codes
    return name == ETHNICITY and value not in lists[ETHNICITY] and value in lists[LEVEL_FOUR]
