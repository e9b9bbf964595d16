"""What the sheets of our workbooks share: text stays text, a sheet prints on A4, and no text is lost for its length."""

from types import MappingProxyType

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

OPTIONS = MappingProxyType(
    {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
)
"""No cell is a formula or a link, whatever it says."""
TOP = 2
"""The row of the headings: a title and a note stand above."""
_A4 = 9
_LONGEST = 32_767
_CUT = " … (cut: longer than a cell can be)"


def lay_out(sheet: Worksheet) -> None:
    """Have a sheet print on A4 landscape, one page wide and as many long as it needs."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(TOP)
    sheet.set_footer("&C&P / &N")


def write_text(sheet: Worksheet, line: int, place: int, value: str, style: Format) -> None:
    """A text as text; one longer than a cell can be is cut, and says so."""
    sheet.write_string(line, place, value if len(value) <= _LONGEST else value[: _LONGEST - len(_CUT)] + _CUT, style)
