"""What stands in a pack, in the order an officer asks for it: the tables, and the pages of the return."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from ecegateway.inspection.table import Table

LONGEST_PAGE = 1500
"""Rows a table may have to be a page too; a longer one is for a spreadsheet."""

_SECTIONS: tuple[tuple[str, tuple[str, ...], tuple[tuple[str, str], ...]], ...] = (
    (
        "Enrolment records",
        (
            "enrolment",
            "child",
            "student-number",
            "authorised-signatory",
            "reconfirmation",
            "leaving-notice",
            "make-up-day",
        ),
        (("nsn-requests.html", "Children without a National Student Number"),),
    ),
    (
        "Attendance register",
        ("attendance", "absence", "register-marking", "note"),
        (("register.html", "The register, a sheet for each week"), ("frequent-absence.html", "Frequent absence")),
    ),
    ("Changes", ("changes",), ()),
    ("Verifications by parents", ("verification", "signature-means"), ()),
    ("Exemptions", ("exemption",), ()),
    ("Staff records and hours", ("staff-shift", "person"), ()),
    ("The service", ("service", "closure", "operating-day"), ()),
    (
        "The return and its explanation",
        (),
        (
            ("index.html", "Where the return stands"),
            ("rs7.html", "The RS7 return"),
            ("explanation.html", "Every figure explained"),
        ),
    ),
    (
        "Findings",
        ("gaps",),
        (("findings.html", "What the rules found"), ("conformance.html", "The twelve criteria of Handbook 6-3")),
    ),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in the pack: its title, its page (empty where it has none), its rows, and its CSV."""

    title: str
    page: str
    rows: int | None
    csv: str


@dataclass(frozen=True, slots=True)
class Contents:
    """A section of the first page; without entries nothing of the kind is on record."""

    title: str
    entries: tuple[Entry, ...]


def contents(tables: Sequence[Table], exported: Collection[str]) -> tuple[Contents, ...]:
    """The sections; ``exported`` are the names of the files the exporters made."""
    by_name = {table.name: table for table in tables}
    return tuple(
        Contents(title, (*_pages(pages, exported), *(_entry(by_name[name]) for name in names if name in by_name)))
        for title, names, pages in _SECTIONS
    )


def has_page(table: Table) -> bool:
    """Whether a table is a page too."""
    return len(table.rows) <= LONGEST_PAGE


def _entry(table: Table) -> Entry:
    page = f"records/{table.name}.html" if has_page(table) else ""
    return Entry(table.title, page, len(table.rows), f"records/{table.name}.csv")


def _pages(pages: Sequence[tuple[str, str]], exported: Collection[str]) -> Iterator[Entry]:
    for name, title in pages:
        if name in exported:
            yield Entry(title, f"return/{name}", None, "")
