"""The annual ECE Return from the store and the service's answers to its files."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
from pydantic import TypeAdapter, ValidationError

from ecegateway.census.checks import Checked
from ecegateway.census.checks import check as check_return
from ecegateway.census.remark import Remark, Weight
from ecegateway.census.shown import shown
from ecegateway.census.template import template
from ecegateway.contract import ExportFile
from ecegateway.errors import ConfigError
from ecegateway.evidence.store import Evidence
from ecegateway.export.ece_return_json import ece_return_json
from ecegateway.export.ece_return_xml import ece_return_xml
from ecegateway.export.write import Written, write_files
from ecegateway.facts.fold import fold
from ecegateway.flows.claim import evidence_of
from ecegateway.handbook.census import CensusWeek, census_weeks
from ecegateway.handbook.codes import CodeLists
from ecegateway.model.ece_return import EceReturn
from ecegateway.model.ids import ServiceNumber
from ecegateway.model.period import DateRange

MADE_BY = "ecegateway"
_RETURN: TypeAdapter[EceReturn] = TypeAdapter(EceReturn)
_WEEK: TypeAdapter[CensusWeek] = TypeAdapter(CensusWeek)


@dataclass(frozen=True, slots=True)
class Answers:
    """What a file of answers holds: the return, ``None`` where it is not yet one, and what there is to say of it."""

    checked: Checked | None
    remarks: tuple[Remark, ...]


def census_template(store: Evidence, service: ServiceNumber, day: date, lists: CodeLists) -> str:
    """The answers of a service's return to be filled in, with what its records show of the week.

    Raises:
        ConfigError: the day is no Monday.
        EvidenceMissingError: the store knows nothing of the service.
    """
    if day.weekday() != 0:
        raise ConfigError(f"{day} is no Monday; give the Monday of the census week")
    facts = fold(evidence_of(store, service), DateRange(day, day + timedelta(days=7)))
    return template(shown(facts, day), lists, census_weeks().get(day.year))


def read_answers(path: Path, lists: CodeLists, *, made_at: datetime, today: date) -> Answers:
    """Read and check a file of answers, TOML or JSON.

    Raises:
        ConfigError: it cannot be read at all.
    """
    values = _filled(_parsed(path))
    people = [str(member.pop("person", "")) for member in _staff(path, values)]
    names = [person or str(number + 1) for number, person in enumerate(people)]
    given = values.pop("census_week", None)
    try:
        week = None if given is None else _WEEK.validate_python(given)
    except ValidationError as error:
        return Answers(None, tuple(_remark(fault, names, "census_week") for fault in error.errors(include_input=False)))
    try:
        made = _RETURN.validate_python({**values, "made_at": _to_the_millisecond(made_at), "made_by": MADE_BY})
    except ValidationError as error:
        return Answers(None, tuple(_remark(fault, names) for fault in error.errors(include_input=False)))
    checked = check_return(made, lists, census_weeks().get(made.date.year, week), today, names.__getitem__)
    return Answers(checked, checked.remarks)


def write_return(checked: Checked, lists: CodeLists, out: Path) -> tuple[Path, Written]:
    """Write a return's files into its service's folder, each whole or not at all; that of another year is another file.

    Raises:
        ExportError: it does not fit the schema, and nothing was written; or the disk refused.
    """
    made = checked.made
    used = [_list_row(lists, name) for name in checked.lists]
    name = f"ece-return-{made.date.year}"
    files = [
        ExportFile(f"{name}.xml", ece_return_xml(made)),
        ExportFile(f"{name}.json", ece_return_json(made, used)),
    ]
    folder = out / made.service
    return folder, write_files(folder, files)


def _list_row(lists: CodeLists, name: str) -> dict[str, Any]:
    codes = lists[name]
    return {
        "name": name,
        "status": codes.status.value,
        "evidence": codes.evidence,
        "source": codes.source,
        "file": codes.loaded_from or None,
        "sha256": codes.digest,
    }


def _parsed(path: Path) -> dict[str, Any]:
    try:
        body = path.read_bytes()
    except OSError as error:
        fix = "write one with: ecegateway census template"
        raise ConfigError(f"{path}: cannot be read ({type(error).__name__}); {fix}") from error
    try:
        found = orjson.loads(body) if path.suffix == ".json" else tomllib.loads(body.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, orjson.JSONDecodeError) as error:
        kind = "JSON" if path.suffix == ".json" else "TOML"
        raise ConfigError(f"{path}: is not {kind} in UTF-8: {error}") from None
    if not isinstance(found, dict):
        raise ConfigError(f"{path}: holds no answers; they are a table with service, date, wait_times, languages and staff")
    return found


def _filled(value: Any) -> Any:
    """The same answers without those that are still empty."""
    if isinstance(value, Mapping):
        return {key: _filled(one) for key, one in value.items() if one != ""}
    return [_filled(one) for one in value] if isinstance(value, list) else value


def _staff(path: Path, values: dict[str, Any]) -> list[dict[str, Any]]:
    staff = values.get("staff", [])
    if not isinstance(staff, list) or not all(isinstance(member, dict) for member in staff):
        raise ConfigError(f"{path}: staff must be tables, each beginning with [[staff]]")
    return staff


def _remark(fault: Mapping[str, Any], names: Sequence[str], *below: str) -> Remark:
    place = [*below, *(str(step) for step in fault["loc"])]
    if place[:1] == ["staff"] and len(place) > 1:
        place = [f"staff {names[int(place[1])]}", *place[2:]]
    said = str(fault["msg"]).removeprefix("Value error, ").replace("Input should be", "must be")
    return Remark("answers", Weight.ERROR, ".".join(place), _FIXES.get(fault["type"], said))


_FIXES = {
    "missing": "is not answered",
    "unexpected_keyword_argument": "is not known; check its spelling",
    "string_pattern_mismatch": "must be a code of one to ten signs without blanks",
}


def _to_the_millisecond(moment: datetime) -> datetime:
    """As files keep it."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
