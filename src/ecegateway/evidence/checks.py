"""Check runs: what each check of a service and period found, by keys and days, so that the next one can say what is new."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import orjson
from sqlalchemy import Connection, Row, select

from ecegateway.errors import EvidenceMissingError
from ecegateway.evidence import schema
from ecegateway.evidence.appending import Appending
from ecegateway.evidence.record import CheckRun, Seen
from ecegateway.evidence.small_json import json_text
from ecegateway.model.ids import ChildKey, RuleId, ServiceNumber


def record_check(  # noqa: PLR0917 - a run is as wide as its row
    appending: Appending,
    service: ServiceNumber,
    period: str,
    input_digest: str,
    known_at: datetime,
    at: datetime,
    seen: Sequence[Seen],
) -> int:
    """Keep what a check saw; gives the run's number."""
    run = appending.insert(
        schema.CHECK_RUN,
        service=service,
        period=period,
        input_digest=input_digest,
        known_at=known_at,
        at=at,
    )
    appending.insert_all(
        schema.CHECK_FINDING,
        [
            {
                "check_run_id": run,
                "rule": one.rule,
                "child": one.child,
                "severity": one.severity,
                "days": json_text([day.isoformat() for day in one.days]),
            }
            for one in seen
        ],
    )
    return run


def newest_check(connection: Connection, service: ServiceNumber, period: str) -> CheckRun | None:
    """The newest run of a service and period; ``None`` before the first."""
    columns = schema.CHECK_RUN.c
    found = (
        select(schema.CHECK_RUN)
        .where(columns.service == service, columns.period == period)
        .order_by(columns.id.desc())
        .limit(1)
    )
    row = connection.execute(found).one_or_none()
    return None if row is None else _run(connection, row)


def check_run(connection: Connection, number: int) -> CheckRun:
    """One run by its number.

    Raises:
        EvidenceMissingError: there is none of this number.
    """
    row = connection.execute(select(schema.CHECK_RUN).where(schema.CHECK_RUN.c.id == number)).one_or_none()
    if row is None:
        raise EvidenceMissingError(f"no check has the number {number}; `ecegateway check` names the newest")
    return _run(connection, row)


def _run(connection: Connection, row: Row[Any]) -> CheckRun:
    columns = schema.CHECK_FINDING.c
    found = connection.execute(select(schema.CHECK_FINDING).where(columns.check_run_id == row.id).order_by(columns.id))
    return CheckRun(
        id=row.id,
        service=ServiceNumber(row.service),
        period=row.period,
        input_digest=row.input_digest,
        known_at=row.known_at,
        at=row.at,
        seen=tuple(_seen(one) for one in found),
    )


def _seen(row: Row[Any]) -> Seen:
    days = tuple(date.fromisoformat(day) for day in orjson.loads(row.days))
    return Seen(RuleId(row.rule), None if row.child is None else ChildKey(row.child), row.severity, days)
