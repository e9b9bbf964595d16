"""The pages of the pack: where to start, how to verify, and one for each table."""

from collections.abc import Collection, Sequence
from functools import cache
from importlib import resources

from ecegateway.contract import Exportable
from ecegateway.export.pages import render_page
from ecegateway.inspection.contents import contents
from ecegateway.inspection.gaps import Gap
from ecegateway.inspection.seal import Seal
from ecegateway.inspection.table import Table


def start_page(
    exportable: Exportable, gaps: Sequence[Gap], tables: Sequence[Table], exported: Collection[str], seal: Seal
) -> bytes:
    """The bytes of ``start.html``; ``exported`` are the names of the exporters' files."""
    return render_page(
        "pack-start.html",
        exportable,
        above="",
        gaps=gaps,
        contents=contents(tables, exported),
        exported=exported,
        proved=seal.proved,
        checkpoint=seal.checkpoint,
        log_key=seal.log_key,
        export_key=seal.export_key,
    )


def verify_page(exportable: Exportable, seal: Seal) -> bytes:
    """The bytes of ``verify.html``."""
    return render_page(
        "pack-verify.html",
        exportable,
        above="",
        folder="proofs",
        profile=seal.profile,
        log_key=seal.log_key,
        export_key=seal.export_key,
        lines=check_script().count(b"\n"),
    )


def table_page(exportable: Exportable, table: Table) -> bytes:
    """A table's page. Columns that no row fills are named below it, and take no room."""
    filled = [at for at in range(len(table.columns)) if any(row[at] for row in table.rows)]
    empty = [heading for at, heading in enumerate(table.columns) if at not in filled]
    return render_page("pack-table.html", exportable, above="../", table=table, filled=filled, empty=empty)


@cache
def check_script() -> bytes:
    """The bytes of ``proofs/check.py``: it goes with the pack, and is no part of this program."""
    return resources.files("ecegateway").joinpath("inspection/data/check.txt").read_bytes()
