"""The small readers the mappings share: they take what is text as it stands, and refuse what could be misread."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from ecegateway_source_reference.columns import COLUMNS

Item = Mapping[str, Any]
T = TypeVar("T")


class UnreadableError(Exception):
    """An item cannot be read: which column, and what was expected there. Never carries the value itself."""

    def __init__(self, column: str, expected: str | Iterable[str]) -> None:
        self.column = column
        self.reason = f"must be {expected}" if isinstance(expected, str) else f"must be one of {', '.join(expected)}"
        super().__init__(f"{column} {self.reason}")


def plain(item: Item, stream: str, *names: str) -> dict[str, Any]:
    """The key, times and change every record has, and the named canonical fields whose columns hold plain text."""
    columns = COLUMNS[stream]
    fields = texts(item, {name: columns[name] for name in ("key", "recorded_at", *names)})
    fields["change"] = change(item)
    return fields


def texts(item: Item, columns: Mapping[str, str], *, within: str = "") -> dict[str, Any]:
    """Canonical fields by name, from columns that hold text or nothing."""
    fields = {}
    for name, column in columns.items():
        value = item.get(column)
        if not isinstance(value, str | None):
            raise UnreadableError(_path(within, column), "text or null")
        fields[name] = value
    return fields


def known_word(item: Item, column: str, words: Mapping[str, T], *, within: str = "", optional: bool = False) -> T | None:
    """Our word for Kōwhai's; ``None`` only where the column is optional."""
    word = item.get(column)
    if word is None and optional:
        return None
    if not isinstance(word, str) or word not in words:
        raise UnreadableError(_path(within, column), words)
    return words[word]


def rows(item: Item, column: str) -> list[Item]:
    """The objects a column lists."""
    values = item.get(column)
    if values is None:
        return []
    if not isinstance(values, list) or not all(type(value) is dict for value in values):
        raise UnreadableError(column, "a list of objects, none of which names a key twice")
    return values


def texts_in(item: Item, column: str) -> list[str]:
    """The texts a column lists."""
    values = item.get(column)
    if values is None:
        return []
    if not isinstance(values, list) or not all(type(value) is str for value in values):
        raise UnreadableError(column, "a list of texts")
    return values


def change(item: Item) -> dict[str, Any] | None:
    """Who altered the item, when and why. ``edited`` without these is still an alteration, of which nothing is known."""
    by, at, why = item.get("lastEditedBy"), item.get("lastEditedAt"), item.get("lastEditedReason")
    edited = item.get("edited")
    if by is None and at is None and why is None and not edited:
        return None
    if not isinstance(edited, bool | None):
        raise UnreadableError("edited", "true, false or null")
    for column, value in (("lastEditedBy", by), ("lastEditedAt", at), ("lastEditedReason", why)):
        if not isinstance(value, str | None):
            raise UnreadableError(column, "text or null")
    return {"by": by, "at": at, "why": why}


def _path(within: str, column: str) -> str:
    return f"{within}.{column}" if within else column
