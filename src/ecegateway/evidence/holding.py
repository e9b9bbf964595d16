"""Legal holds: what is not to be erased, however old. Rows are added, never changed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from ecegateway.errors import EvidenceMissingError
from ecegateway.evidence import schema
from ecegateway.evidence.appending import Appending
from ecegateway.evidence.record import Ending
from ecegateway.model.ids import ServiceNumber


@dataclass(frozen=True, slots=True)
class LegalHold:
    """A person's word that nothing of a child, named as ``source:key``, is to be erased; without one, of a whole service."""

    service: ServiceNumber
    child: str | None
    by: str
    why: str
    at: datetime


def hold(appending: Appending, word: LegalHold) -> int:
    """Keep a hold; gives its number."""
    row = {"service": word.service, "child": word.child, "by": word.by, "why": word.why, "at": word.at}
    return appending.insert(schema.LEGAL_HOLD, **row)


def end_hold(appending: Appending, number: int, ending: Ending) -> None:
    """Note that a hold counts no longer.

    Raises:
        EvidenceMissingError: there is none of this number, or it was ended already.
    """
    if number not in holds(appending.connection):
        raise EvidenceMissingError(f"no hold of the number {number} counts; `ecegateway retention list` gives the numbers")
    row = {"legal_hold_id": number, "by": ending.by, "why": ending.why, "at": ending.at}
    appending.insert_all(schema.LEGAL_HOLD_END, [row])


def holds(connection: Connection) -> dict[int, LegalHold]:
    """The holds that count, by number, oldest first."""
    ended = select(schema.LEGAL_HOLD_END.c.legal_hold_id)
    columns = schema.LEGAL_HOLD.c
    rows = connection.execute(select(schema.LEGAL_HOLD).where(columns.id.not_in(ended)).order_by(columns.id))
    return {row.id: LegalHold(ServiceNumber(row.service), row.child, row.by, row.why, row.at) for row in rows}
