"""A return's files, a draft's or a declared one's: XML, JSON, and a page to read and print; and the way back from the JSON."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import orjson

from ecegateway.contract import ExportFile
from ecegateway.errors import ExportError, IntakeError
from ecegateway.export.rs7_json import FIELDS, SCHEMA, rs7_json
from ecegateway.export.rs7_page import Beside, rs7_page
from ecegateway.export.rs7_whole import check_whole
from ecegateway.export.rs7_xml import rs7_xml
from ecegateway.export.schemas import check_json
from ecegateway.model.claim import AdvanceMonth, SwitchSetting
from ecegateway.model.correction import Change
from ecegateway.model.ids import ServiceNumber
from ecegateway.model.period import ONE_DAY, DateRange, FundingPeriod
from ecegateway.model.return_check import ReturnCheck
from ecegateway.model.rs7 import Attestation, DayCounts, Declaration, OtherPart, ReturnKind, Rs7Return


def documents(
    made: Rs7Return,
    checks: Sequence[ReturnCheck] | None = None,
    *,
    changes: Sequence[Change] = (),
    beside: Beside | None = None,
) -> tuple[ExportFile, ...]:
    """``rs7.xml``, ``rs7.json`` and ``rs7.html``; equal values give equal bytes.

    The page takes more than the return: the ``checks`` at its end, ``None`` where none were made, so that it says nothing of
    any; the ``changes`` since the return it takes the place of; and what a claim has ``beside`` it.

    Raises:
        ExportError: a figure or a word lies outside the bounds of the schemas, or a date is missing; nothing is written.
    """
    check_whole(made)
    as_json = rs7_json(made)  # its schema refuses what XML cannot carry, by field
    return (
        ExportFile("rs7.xml", rs7_xml(made)),
        ExportFile("rs7.json", as_json),
        ExportFile("rs7.html", rs7_page(made, checks, changes, beside)),
    )


def read_return(document: bytes) -> Rs7Return:
    """The return that a ``rs7.json`` holds: the inverse of :func:`documents`.

    Raises:
        IntakeError: it is no valid one; the message names fields, never values.
    """
    try:
        read = _read(orjson.loads(check_json(document, SCHEMA)))
        check_whole(read)
    except orjson.JSONDecodeError as error:
        raise IntakeError(f"the stored return is not JSON: {error.msg}") from None
    except ExportError as error:
        raise IntakeError(f"the stored return cannot be read: {error}") from None
    return read


def _read(said: Any) -> Rs7Return:
    return Rs7Return(
        service=ServiceNumber(said["service"]),
        service_name=said["service_name"],
        period=FundingPeriod(date.fromisoformat(said["period"]["first_day"])),
        revision=said["revision"],
        kind=ReturnKind(said["kind"]),
        days=_read_days(said["claims_for"]),
        counts=tuple(
            DayCounts(date.fromisoformat(day["date"]), *(day[field] for field in FIELDS.values())) for day in said["days"]
        ),
        advance=tuple(
            AdvanceMonth(date.fromisoformat(f"{month['month']}-01"), month["all_day"], month["sessional"], month["parent_led"])
            for month in said["advance_months"]
        ),
        attestation=_read_attestation(said["attestation"]),
        declaration=_read_declaration(said["declaration"]),
        known_at=datetime.fromisoformat(said["known_at"]),
        handbook_edition=said["handbook_edition"],
        switches=tuple(SwitchSetting(one["switch"], one["value"], one["version"]) for one in said["switches"]),
        input_digest=said["input_digest"],
        elsewhere=tuple(OtherPart(_read_days(part), part["by"]) for part in said["elsewhere"]),
        reason=said["reason"],
    )


def _read_days(said: Any) -> DateRange:
    return DateRange(date.fromisoformat(said["first_day"]), date.fromisoformat(said["last_day"]) + ONE_DAY)


def _read_attestation(said: Any) -> Attestation | None:
    if said is None:
        return None
    return Attestation(said["salaries"], said["parity"], said["parity_code"], said["by"], datetime.fromisoformat(said["at"]))


def _read_declaration(said: Any) -> Declaration | None:
    if said is None:
        return None
    return Declaration(said["name"], said["phone"], said["designation"], datetime.fromisoformat(said["at"]))
