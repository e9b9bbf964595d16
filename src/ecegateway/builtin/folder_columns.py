"""The columns of each stream's file, worked out from its model: a new field gets its column by itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NewType, Union, get_args, get_origin

from pydantic import AwareDatetime, BaseModel

from ecegateway.builtin import folder_cells as cells
from ecegateway.builtin.folder_cells import Form
from ecegateway.model.enrolment import Booking
from ecegateway.model.service import OperatingSession
from ecegateway.model.streams import STREAMS

_FORMS: Mapping[Any, Form] = {
    str: cells.TEXT,
    bool: cells.YES_NO,
    int: cells.WHOLE,
    date: cells.DATE,
    time: cells.TIME,
    AwareDatetime: cells.INSTANT,
}
_LIST_FORMS: Mapping[Any, Form] = {
    str: cells.TEXTS,
    int: cells.WEEK,
    date: cells.DATES,
    Booking: cells.BOOKINGS,
    OperatingSession: cells.SESSIONS,
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the field's path, its form, and whether a record cannot be without it.

    ``whole`` is the part the field belongs to when the part may be left out, but not without this field.
    """

    path: tuple[str, ...]
    form: Form
    needed: bool
    whole: str | None = None

    @property
    def name(self) -> str:
        """The header: the path with dots."""
        return ".".join(self.path)

    def of(self, fields: Mapping[str, Any]) -> Any:
        """The field's value in a JSON object, ``None`` where it is not given."""
        value: Any = fields
        for step in self.path:
            value = value.get(step) if isinstance(value, Mapping) else None
        return value


@cache
def columns_of(stream: str) -> tuple[Column, ...]:
    """The columns of a stream's file, in the order of its model."""
    return tuple(_columns(STREAMS[stream], (), needed=True))


def _columns(model: type[BaseModel], path: tuple[str, ...], *, needed: bool) -> Iterator[Column]:
    for name, field in model.model_fields.items():
        kind = _bare(field.annotation)
        here = (*path, name)
        must = field.is_required()
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from _columns(kind, here, needed=needed and must)
        else:
            yield Column(here, _form(kind), needed and must, ".".join(path) if must and not needed else None)


def _bare(annotation: Any) -> Any:
    """An annotation without its constraints, its alternative ``None`` and its nominal name."""
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    if isinstance(annotation, NewType):
        return _bare(annotation.__supertype__)
    if get_origin(annotation) in {Union, UnionType}:
        (kind,) = (kind for kind in get_args(annotation) if kind is not NoneType)
        return _bare(kind)
    return annotation


def _form(kind: Any) -> Form:
    if get_origin(kind) is tuple:
        item = _bare(get_args(kind)[0])
        return cells.choices(get_args(item)) if get_origin(item) is Literal else _LIST_FORMS[item]
    if get_origin(kind) is Literal:
        return cells.choice(get_args(kind))
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return cells.choice(tuple(kind))
    return _FORMS[kind]
