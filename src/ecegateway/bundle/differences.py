"""Compares what a bundle says with what was made of its evidence again: JSON and XML field by field, pages line by line."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from lxml import etree

from ecegateway.model.claim import Category, StaffColumn, Verdict
from ecegateway.model.enrolment import Basis
from ecegateway.model.finding import Severity

_DAYS = ("date", "CountsDate", "day", "month")
_NAMES = (*_DAYS, "child", "person", "parameter", "switch", "rule", "category", "column", "reason", "service", "source")
"""Fields that tell the items of a list apart, the first that an item has."""
_PLAIN = re.compile(r"|[0-9]{1,4}|[0-9]{4}-[0-9]{2}(-[0-9]{2}(T[0-9:.]+(Z|[+-][0-9:]+))?)?|[0-9a-f]{64}|[a-z-]+(\.[a-z-]+)+")
"""Figures, days, instants, digests, ids of rules: what may be shown. Other texts may hold a name, or a number of a person."""
_OURS = frozenset(word.value for words in (Basis, Category, Severity, StaffColumn, Verdict) for word in words)
"""Words of our own that may be shown too."""
_LARGEST_WORKBOOK = 1 << 28
_UNSHOWN = "(a text)"
_NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that is not the one recomputed.

    ``day`` and ``column`` name the cell (the column also the child, or the field); texts that may hold a name are not shown.
    """

    file: str
    day: str
    column: str
    said: str
    recomputed: str


def differences(file: str, said: bytes, made: bytes) -> Iterator[Difference]:
    """What a file says otherwise than the one made again."""
    if said == made:
        return
    reads = _READERS.get(file.rpartition(".")[2])
    found = False
    if reads is not None:
        try:
            told = reads(said)
        except ValueError:
            yield Difference(file, "", "the whole file", "unreadable", "a file that can be read")
            return
        for one in _compared(file, (), told, reads(made)):
            found = True
            yield one
    if not found:
        yield from _by_line(file, said, made)


def _by_line(file: str, said: bytes, made: bytes) -> Iterator[Difference]:
    ours, theirs = made.splitlines(), said.splitlines()
    line = next((at for at, (one, other) in enumerate(zip(theirs, ours, strict=False), 1) if one != other), None)
    where = f"line {line or min(len(ours), len(theirs)) + 1}"
    yield Difference(file, "", where, f"{len(said)} bytes", f"{len(made)} bytes, others")


def _compared(file: str, path: tuple[str, ...], said: Any, made: Any) -> Iterator[Difference]:
    if isinstance(said, dict) and isinstance(made, dict):
        for name in sorted(said.keys() | made.keys()):
            yield from _compared(file, (*path, name), said.get(name, _ABSENT), made.get(name, _ABSENT))
    elif isinstance(said, list) and isinstance(made, list):
        theirs, ours = _labelled(said, made)
        for label in (*theirs, *(label for label in ours if label not in theirs)):
            yield from _compared(file, (*path, label), theirs.get(label, _ABSENT), ours.get(label, _ABSENT))
        if theirs.keys() == ours.keys() and list(theirs) != list(ours):
            yield _difference(file, (*path, "order"), "another order", "this order")
    elif said != made or type(said) is not type(made):
        yield _difference(file, path, _shown(said), _shown(made))


_ABSENT = object()


def _labelled(said: Sequence[Any], made: Sequence[Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The items of two lists by what tells them apart in both; by their places where nothing does."""
    for name in _NAMES:
        labels = [[_label(item, name) for item in items] for items in (said, made)]
        if all(all(found) and len(set(found)) == len(found) for found in labels):
            return dict(zip(labels[0], said, strict=True)), dict(zip(labels[1], made, strict=True))
    return _numbered(said), _numbered(made)


def _numbered(items: Sequence[Any]) -> dict[str, Any]:
    return {str(number): item for number, item in enumerate(items, 1)}


def _label(item: Any, name: str) -> str:
    label = item.get(name) if isinstance(item, Mapping) else None
    if not isinstance(label, str):
        return ""
    return f"{_DAY}{label}" if name in _DAYS else label


_DAY = "\N{MIDDLE DOT}"
"""Stands before a label that is a day."""


def _difference(file: str, path: tuple[str, ...], said: str, made: str) -> Difference:
    day = next((part.partition(_DAY)[2] for part in path if _DAY in part), "")
    column = ", ".join(part for part in path if _DAY not in part and part not in ("days", "DailyData", "DayCounts"))
    return Difference(file, day, column.replace("_", " "), said, made)


def _shown(value: Any) -> str:
    if value is _ABSENT:
        return _NOTHING
    if isinstance(value, dict | list):
        return f"{len(value)} fields"
    if not isinstance(value, str):
        return orjson.dumps(value).decode()
    return value if value in _OURS or _PLAIN.fullmatch(value) else _UNSHOWN


def _xml(content: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_blank_text=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError("no XML") from error
    return {_tag(root): _element(root)}


def _tag(element: etree._Element) -> str:
    return etree.QName(element).localname


def _element(element: etree._Element) -> Any:
    """An element as JSON has it: what stands alone by its name, the same name again as a list."""
    children: dict[str, list[Any]] = {}
    for child in element:
        if isinstance(child.tag, str):
            children.setdefault(_tag(child), []).append(_element(child))
    fields: dict[str, Any] = {str(etree.QName(name).localname): str(value) for name, value in element.attrib.items()}
    if not children and set(fields) <= {"nil"}:
        return "0" if fields else element.text or ""
    return {**fields, **{name: found if len(found) > 1 else found[0] for name, found in children.items()}}


def _workbook(content: bytes) -> Any:
    """A workbook's parts: how they are packed differs from one machine to the next."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > _LARGEST_WORKBOOK:
                raise ValueError("too large a workbook")
            return {name: packed.read(name).decode(errors="replace") for name in packed.namelist()}
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError) as error:
        raise ValueError("no workbook") from error


_READERS = {"json": orjson.loads, "xml": _xml, "xlsx": _workbook}
