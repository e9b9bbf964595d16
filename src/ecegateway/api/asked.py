"""What requests may say: forms of numbers, periods, texts, and pages of a long list."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Generic, TypeVar

from fastapi import Path, Query
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from ecegateway.model.period import FundingPeriod

_LARGEST = 2**53 - 1
"""Largest number that every reader of JSON reads exactly."""
_T = TypeVar("_T")

ServicePath = Annotated[str, Path(pattern=r"^[0-9]{1,50}$", description="The Ministry's number of the service.")]
PeriodPath = Annotated[
    str, Path(pattern=r"^20[0-9]{2}-(02|06|10)$", description="A funding period by its first month.", examples=["2026-02"])
]
MonthPath = Annotated[str, Path(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$", description="A month.", examples=["2026-03"])]
NumberPath = Annotated[int, Path(ge=1, le=_LARGEST, description="The number the gateway gave it.")]
ChildPath = Annotated[str, Path(min_length=1, max_length=300, description="The child's key.")]
DayPath = Annotated[date, Path(description="A day.")]
Limit = Annotated[int, Query(ge=1, le=500, description="So many items at most.")]
After = Annotated[int, Query(ge=0, le=_LARGEST, description="Where to go on: `next` of the page before.")]
Words = Annotated[str, StringConstraints(min_length=1, max_length=1000, pattern=r"^[^\x00]*\S[^\x00]*$")]
"""Words of a person: not nothing, and no character that a store refuses."""
Maybe = Annotated[str, StringConstraints(max_length=1000, pattern=r"^[^\x00]*$")]
"""Words that may be left out."""


class Form(BaseModel):
    """The body of a request: nothing in it that is not known."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True, frozen=True)


class Page(BaseModel, Generic[_T]):
    """A page of a list: ask again with ``after`` set to ``next`` until there is none."""

    items: list[_T]
    next: Annotated[int | None, Field(description="Give it as `after` to go on; none on the last page.")]


def page(items: Sequence[_T], after: int, limit: int) -> Page[_T]:
    """The part of a list that was asked for, by how many were before it."""
    shown = items[after : after + limit]
    return Page(items=list(shown), next=after + limit if after + limit < len(items) else None)


def period_of(text: str) -> FundingPeriod:
    """The funding period a path names."""
    return FundingPeriod(month_of(text))


def month_of(text: str) -> date:
    """The first day of a month a path names."""
    year, month = text.split("-")
    return date(int(year), int(month), 1)
