"""Names that are safe as files on any system: what a name from outside must be before it becomes a path."""

import unicodedata
from collections.abc import Callable

LONGEST = 200
"""Bytes of a name in UTF-8; file systems take 255, and a name may get an ending while it is written."""
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³")})
_FORBIDDEN = frozenset('/\\:*?"<>|')
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def _is_reserved(name: str) -> bool:
    return name.casefold().partition(".")[0].rstrip() in _RESERVED


_FAULTS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("is empty", lambda name: not name),
    ("is hidden, or has a dot or blank at an end where systems drop it", lambda name: name[0] in ". " or name[-1] in ". "),
    ("holds a separator or a sign that some systems give a meaning", lambda name: bool(set(name) & _FORBIDDEN)),
    (
        "holds a letter that cannot be seen, or turns the direction of writing",
        lambda name: any(unicodedata.category(letter) in _UNSEEN for letter in name),
    ),
    ("is not in its composed form (NFC)", lambda name: unicodedata.normalize("NFC", name) != name),
    (f"is longer than {LONGEST} bytes", lambda name: len(name.encode()) > LONGEST),
    ("is one that Windows keeps for a device", _is_reserved),
)
"""What a name must not be, in the order it is looked at."""


def name_fault(name: str) -> str | None:
    """Why a text cannot be a plain file's name; ``None`` if it can."""
    return next((words for words, has in _FAULTS if has(name)), None)


def path_fault(path: str) -> str | None:
    """Why a text cannot be a path of plain names below a folder, parted by slashes; ``None`` if it can."""
    return next((fault for name in path.split("/") if (fault := name_fault(name)) is not None), None)
