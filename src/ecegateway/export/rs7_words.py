"""How a return's parts and checks read to a person."""

from types import MappingProxyType

from ecegateway.export.words import CATEGORIES, STAFF_COLUMNS, month_name, plain_day
from ecegateway.model.return_check import Place, Sure, Weight
from ecegateway.model.rs7 import Column, ReturnKind

KINDS = MappingProxyType(
    {
        ReturnKind.FIRST: "First return of the period",
        ReturnKind.REVISED: "Revised return: it takes the place of an earlier one",
        ReturnKind.ZERO: "Zero return: nothing is claimed",
    }
)
WEIGHTS = MappingProxyType({Weight.ERROR: "Must be put right first", Weight.WARNING: "Look first"})
SURE = MappingProxyType(
    {
        Sure.PUBLISHED: "The Ministry publishes it.",
        Sure.TRANSCRIBED: "From a third party's public transcription of Ministry material; the Ministry has not confirmed it.",
        Sure.OVERHEARD: "From public code that seems to be of the receiving side; low confidence.",
        Sure.OURS: "From the figures themselves, or from what our own files can carry.",
    }
)
"""How sure a check is, in a sentence."""
MINUS = "\N{MINUS SIGN}"
_COLUMNS: dict[str, str] = {column.value: words for column, words in (*CATEGORIES.items(), *STAFF_COLUMNS.items())}


def column_words(column: Column) -> str:
    """A column's name: ``2 and over``."""
    return _COLUMNS[column.value]


def place_words(place: Place) -> str:
    """Where in the return: ``Under 2, 4 March 2026``, ``all-day, July 2026``, or nothing for the whole."""
    column = [] if place.column is None else [_COLUMNS.get(place.column, place.column)]
    day = [] if place.day is None else [plain_day(place.day)]
    month = [] if place.month is None else [month_name(place.month)]
    return ", ".join((*column, *day, *month))


def difference(number: int) -> str:
    """A difference with its sign: ``+3``; none is ``0``."""
    if number == 0:
        return "0"
    return f"{'+' if number > 0 else MINUS}{abs(number):,}"
