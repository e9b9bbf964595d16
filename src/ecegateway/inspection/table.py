"""A table of the pack: what its page, its CSV and its sheet are made of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; every cell is text. ``name`` is that of its files, ``note`` says what a row is."""

    name: str
    title: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
