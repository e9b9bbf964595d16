"""Returns that were prepared and the steps they went, as they lie in the store. Rows are added, never changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, Row, select

from ecegateway.errors import EvidenceMissingError
from ecegateway.evidence import schema
from ecegateway.evidence.appending import Appending
from ecegateway.evidence.documents import keep_document
from ecegateway.evidence.small_json import json_text
from ecegateway.model.ids import ServiceNumber
from ecegateway.model.period import ONE_DAY, DateRange, FundingPeriod
from ecegateway.model.rs7 import ReturnKind

NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class NewReturn:
    """A return about to be kept.

    ``document`` are its bytes as a draft, undeclared. ``basis`` is a digest of all that the claim said which it was made from;
    ``input_digest`` and ``known_at`` name the evidence.
    """

    service: ServiceNumber
    period: FundingPeriod
    revision: int
    kind: ReturnKind
    days: DateRange
    document: bytes
    basis: str
    input_digest: str
    known_at: datetime
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class KeptStep:
    """A step that was taken, by whom and when; ``document`` is the digest of what was made or came with it."""

    step: str
    by: str
    detail: Mapping[str, Any]
    document: bytes | None
    at: datetime


@dataclass(frozen=True, slots=True)
class KeptReturn:
    """A return in the store, with its steps, oldest first; ``document`` is the digest of its bytes as a draft."""

    id: int
    service: ServiceNumber
    period: FundingPeriod
    revision: int
    kind: ReturnKind
    days: DateRange
    document: bytes
    basis: str
    input_digest: str
    known_at: datetime
    by: str
    at: datetime
    steps: tuple[KeptStep, ...]

    def step(self, name: str) -> KeptStep | None:
        """The step of a name, if it was taken."""
        return next((step for step in self.steps if step.step == name), None)


def add_return(appending: Appending, made: NewReturn) -> int:
    """Keep a return; gives its number."""
    return appending.insert(
        schema.RS7_RETURN,
        service=made.service,
        period=str(made.period),
        revision=made.revision,
        kind=made.kind.value,
        first_day=made.days.first,
        last_day=made.days.last,
        document_digest=keep_document(appending, made.document),
        basis=made.basis,
        input_digest=made.input_digest,
        known_at=made.known_at,
        by=made.by,
        at=made.at,
    )


def add_step(  # noqa: PLR0917 - a step is as wide as its row
    appending: Appending,
    number: int,
    step: str,
    by: str,
    at: datetime,
    detail: Mapping[str, Any] = NOTHING,
    document: bytes | None = None,
) -> None:
    """Keep a step of a return, with the bytes that go with it. A step that was taken is refused by the store itself."""
    appending.insert(
        schema.RETURN_STEP,
        rs7_return_id=number,
        step=step,
        by=by,
        detail=json_text(detail),
        document_digest=None if document is None else keep_document(appending, document),
        at=at,
    )


def return_of(connection: Connection, number: int) -> KeptReturn:
    """One return by its number.

    Raises:
        EvidenceMissingError: there is none of this number.
    """
    found = _returns(connection, schema.RS7_RETURN.c.id == number)
    if not found:
        raise EvidenceMissingError(f"no return has the number {number}; `ecegateway return list` gives the numbers")
    return found[0]


def returns_of(connection: Connection, service: ServiceNumber, period: FundingPeriod | None = None) -> list[KeptReturn]:
    """A service's returns, of one period or all, by period and revision."""
    columns = schema.RS7_RETURN.c
    of_period = () if period is None else (columns.period == str(period),)
    return _returns(connection, columns.service == service, *of_period)


def _returns(connection: Connection, *conditions: ColumnElement[bool]) -> list[KeptReturn]:
    columns = schema.RS7_RETURN.c
    rows = connection.execute(
        select(schema.RS7_RETURN).where(*conditions).order_by(columns.service, columns.period, columns.revision)
    ).all()
    steps: dict[int, list[KeptStep]] = {row.id: [] for row in rows}
    taken = select(schema.RETURN_STEP).join(schema.RS7_RETURN).where(*conditions).order_by(schema.RETURN_STEP.c.id)
    for row in connection.execute(taken):
        steps[row.rs7_return_id].append(
            KeptStep(row.step, row.by, MappingProxyType(orjson.loads(row.detail)), row.document_digest, row.at)
        )
    return [_kept(row, tuple(steps[row.id])) for row in rows]


def _kept(row: Row[Any], steps: tuple[KeptStep, ...]) -> KeptReturn:
    year, month = row.period.split("-")
    return KeptReturn(
        id=row.id,
        service=ServiceNumber(row.service),
        period=FundingPeriod(date(int(year), int(month), 1)),
        revision=row.revision,
        kind=ReturnKind(row.kind),
        days=DateRange(row.first_day, row.last_day + ONE_DAY),
        document=row.document_digest,
        basis=row.basis,
        input_digest=row.input_digest,
        known_at=row.known_at,
        by=row.by,
        at=row.at,
        steps=steps,
    )
