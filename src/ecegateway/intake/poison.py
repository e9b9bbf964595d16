"""Finds vendor objects that must not be believed among the fields of a draft."""

from collections.abc import Iterable, Mapping
from typing import Any

from ecegateway.reading import PoisonedObject


def poison_of(fields: Mapping[str, Any]) -> str:
    """Why the fields must not be believed, or nothing."""
    if isinstance(fields, PoisonedObject):
        return fields.poison
    return _poison_among(fields.values())


def _poison_among(values: Iterable[Any]) -> str:
    # Every value of every row comes by here, and most are texts: kinds are compared before anything is called.
    for value in values:
        kind = type(value)
        if kind is str or value is None:
            continue
        if kind is list or kind is tuple:
            poison = _poison_among(value)
        elif isinstance(value, dict):
            poison = poison_of(value)
        else:
            continue
        if poison:
            return poison
    return ""
