"""The looks of a workbook's cells, each made once however often it is asked for."""

from types import MappingProxyType

from xlsxwriter import Workbook
from xlsxwriter.format import Format

_LINE, _SHADE, _YELLOW, _RED = "#C9D2CE", "#E3E8E5", "#FFE9A8", "#9C1C12"
_BOXED = {"align": "center", "border": 1, "border_color": _LINE}
STYLES: MappingProxyType[str, dict[str, object]] = MappingProxyType(
    {
        "title": {"bold": True, "font_size": 14},
        "note": {"font_color": "#4C5A55"},
        "head": {"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 2},
        "day": {"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 2, "align": "center"},
        "day-off": {"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 2, "align": "center", "bg_color": _SHADE},
        "text": {"text_wrap": True, "valign": "top"},
        "clear": {"text_wrap": True},
        "warning": {"text_wrap": True, "bg_color": _YELLOW},
        "funding-stopped": {"text_wrap": True, "bg_color": _RED, "font_color": "#FFFFFF", "bold": True},
        "number": {"align": "center"},
        "hours": {"num_format": "[h]:mm"},
        "date": {"num_format": "d mmm yyyy", "align": "left", "valign": "top"},
        "short": {**_BOXED, "bg_color": "#E6EEF8"},
        "absent": {**_BOXED, "bold": True},
        "absent-on-holiday": {**_BOXED, "bold": True},
        "no-record": {**_BOXED, "bold": True, "pattern": 14, "fg_color": "#8FA39B"},
        "closed": {**_BOXED, "bg_color": _SHADE},
        "emergency-closure": {**_BOXED, "bg_color": _SHADE},
        "off": {**_BOXED, "bg_color": _SHADE},
        "counts": {**_BOXED, "bold": True, "bg_color": _YELLOW},
        "stopped": {**_BOXED, "bold": True, "bg_color": _RED, "font_color": "#FFFFFF", "border": 2, "border_color": "#000000"},
    }
)
"""Looks by name. A day's cell is named by what it shows; one that is not listed is plain."""


class Styles:
    """The formats of one workbook."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[str, Format] = {}

    def __getitem__(self, name: str) -> Format:
        """The format of that name; a plain box where none is listed."""
        if name not in self._made:
            self._made[name] = self._book.add_format(STYLES.get(name, _BOXED))
        return self._made[name]
