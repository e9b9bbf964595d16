"""Bytes no source should trust: variations of a good body, each with a name for messages."""

import copy
import json
import re
from collections.abc import Iterator
from typing import Any

CANARY = "Tāne-Mahuta-7734"
"""A text planted where a value was. It must never come back in a reason or an error."""

_NASTY: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    2**70,
    1e308,
    float("nan"),
    float("-inf"),
    "",
    " ",
    "\x00",
    "\ud800",
    CANARY,
    "A" * 5000,
    [],
    [None],
    {},
    {"a": [{}]},
)
_NASTY_CELLS = (b"", b" ", b"\x00", b"\xff\xfe", b'"', b'"",""', CANARY.encode(), b"A" * 5000, b"-1", b"=1+1", b"2026-02-31")
_LOGIN_PAGE = b"<!DOCTYPE html><html><head><title>Sign in</title></head><body><form></form></body></html>"

Path = tuple[str | int, ...]


def hostile_bodies(body: bytes) -> Iterator[tuple[str, bytes]]:
    """Variations of a good body: cut, replaced, and with every kind of value put where another kind is expected."""
    yield from _whole_bodies()
    yield from ((f"cut after {size} of {len(body)} bytes", body[:size]) for size in _cuts(len(body)))
    yield "preceded by a stray byte", b"\xff" + body
    document = _json_or_none(body)
    first_line, _, rest = body.partition(b"\n")
    line = _json_or_none(first_line)
    if document is not None:
        yield from _json_variations(document, b"")
    elif isinstance(line, dict):
        yield from _json_variations(line, b"\n" + rest)
    else:
        yield from _table_variations(body)


def with_repeated_keys(body: bytes) -> bytes | None:
    """A JSON body in which every object inside a list names its first key twice; ``None`` if there is no such object."""
    if not isinstance(_json_or_none(body), dict | list):
        return None
    # An object inside a list begins with "{" right after "[" or "},": its first member is written once more, changed.
    spoilt, count = re.subn(rb'(?<=[\[,])\s*\{\s*("(?:[^"\\]|\\.)*")\s*:', rb'{\1:"another",\1:', body)
    return spoilt if count else None


def _whole_bodies() -> Iterator[tuple[str, bytes]]:
    yield "empty", b""
    yield "a sign-in page", _LOGIN_PAGE
    yield "a byte order mark alone", b"\xef\xbb\xbf"
    yield "zeros", b"\x00" * 64
    yield "random-looking bytes", bytes(range(256))
    yield "deeply nested", b"[" * 100_000
    yield "deeply nested and closed", b"[" * 500 + b"]" * 500
    yield "an integer of 5000 digits", b"9" * 5000
    for text in ("null", "true", "0", "1e999", "NaN", '""', "[]", "[null]", "{}", '{"data":null}', '{"error":"denied"}'):
        yield text, text.encode()


def _cuts(size: int) -> list[int]:
    return sorted({1, size // 3, size // 2, size - 2, size - 1} - {0, size} & set(range(1, size))) if size > 1 else []


def _json_or_none(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return None


def _json_variations(document: Any, rest: bytes) -> Iterator[tuple[str, bytes]]:
    for path in _distinct_paths(document):
        where = ".".join(str(step) for step in path)
        for nasty in _NASTY:
            yield f"{where} = {str(nasty)[:20]!a}", _dump(_put(document, path, nasty)) + rest
        if path and isinstance(path[-1], str):
            yield f"{where} left out", _dump(_drop(document, path)) + rest
    if isinstance(document, dict):
        yield "a field nobody knows", _dump({**document, "unheard-of": 1}) + rest


def _distinct_paths(document: Any) -> list[Path]:
    """One path for each place in the document's shape: items of one list count as one place."""
    found: dict[Path, Path] = {}

    def walk(value: Any, path: Path, shape: Path) -> None:
        if path:
            found.setdefault(shape, path)
        if isinstance(value, dict):
            for key, inner in value.items():
                walk(inner, (*path, key), (*shape, key))
        elif isinstance(value, list):
            for index, inner in enumerate(value):
                walk(inner, (*path, index), (*shape, "[]"))

    walk(document, (), ())
    return list(found.values())


def _put(document: Any, path: Path, value: Any) -> Any:
    changed = copy.deepcopy(document)
    parent = changed
    for step in path[:-1]:
        parent = parent[step]
    parent[path[-1]] = value
    return changed


def _drop(document: Any, path: Path) -> Any:
    changed = copy.deepcopy(document)
    parent = changed
    for step in path[:-1]:
        parent = parent[step]
    del parent[path[-1]]
    return changed


def _dump(document: Any) -> bytes:
    # Lone surrogates go out as the escapes a careless vendor would send.
    return json.dumps(document).encode()


def _table_variations(body: bytes) -> Iterator[tuple[str, bytes]]:
    header, _, rest = body.partition(b"\n")
    first, _, others = rest.partition(b"\n")
    cells = first.rstrip(b"\r").split(b",")
    yield "no header", rest
    yield "header twice", header + b"\n" + body
    yield "a header column twice", header.rstrip(b"\r") + b"," + header.split(b",")[0] + b"\n" + rest
    yield "a cell too many", b"\n".join((header, first.rstrip(b"\r") + b",more", others))
    yield "a cell too few", b"\n".join((header, b",".join(cells[:-1]), others))
    for index in range(len(cells)):
        for nasty in _NASTY_CELLS:
            row = b",".join((*cells[:index], nasty, *cells[index + 1 :]))
            yield f"cell {index + 1} = {nasty[:20]!r}", b"\n".join((header, row, others))
