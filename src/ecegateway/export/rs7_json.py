"""The RS7 return as JSON: noughts written as 0, minutes beside the hours they round to."""

from typing import Any

from ecegateway.contract import Exportable
from ecegateway.export.days import by_day
from ecegateway.export.document import head, json_bytes
from ecegateway.export.rs7_xml import return_id
from ecegateway.model.claim import Category, Claim, StaffColumn

_FIELDS = {category: category.value.replace("-", "_") for category in Category}
_STAFF_FIELDS = {StaffColumn.CERTIFICATED: "certificated", StaffColumn.OTHER: "other_teachers"}


def rs7_json(exportable: Exportable) -> bytes:
    """The bytes of ``rs7.json``, valid by ``rs7.v1.json``.

    Raises:
        ExportError: a figure lies outside the bounds of the schema.
    """
    claim = exportable.claim
    document = {
        **head("rs7", claim),
        "return_id": return_id(claim),
        "days": _days(claim),
        "advance_months": [
            {
                "month": f"{month.month:%Y-%m}",
                "all_day": month.all_day,
                "sessional": month.sessional,
                "parent_led": month.parent_led,
            }
            for month in claim.advance
        ],
        "declaration": None,
    }
    return json_bytes(document, "rs7.v1.json")


def _days(claim: Claim) -> list[dict[str, Any]]:
    cells, staff = by_day(claim.cells), by_day(claim.staff)
    nought = {"hours": 0, "minutes": 0}
    days = []
    for day in claim.period.days:
        figures: dict[str, Any] = dict.fromkeys((*_FIELDS.values(), *_STAFF_FIELDS.values()), nought)
        for cell in cells.get(day, ()):
            figures[_FIELDS[cell.category]] = {"hours": cell.hours, "minutes": cell.minutes}
        for line in staff.get(day, ()):
            figures[_STAFF_FIELDS[line.column]] = {"hours": line.hours, "minutes": line.minutes}
        days.append({"date": day.isoformat(), **figures})
    return days
