"""``ecegateway quarantine``: rows that could not be read, kept with their place and reason."""

from typing import Annotated

import typer

from ecegateway import clock
from ecegateway.bootstrap import open_gateway
from ecegateway.cli.options import SETTINGS, Json, Settings
from ecegateway.cli.screen import console, print_json, table
from ecegateway.flows.quarantine import retry_quarantine
from ecegateway.flows.rows import excerpt, place, places_of

app = typer.Typer(no_args_is_help=True, help="Rows that could not be read.")


@app.command("list")
def list_quarantine(config: Settings = SETTINGS, json: Json = False) -> None:
    """List the rows in quarantine: source, place and reason.

    Lines of a file are numbered as a spreadsheet does, the header being line 1; blank lines are not counted. With --json the
    row is the number of the data row: the first below the header is 1.
    """
    with open_gateway(config) as gateway:
        entries = gateway.evidence.open_quarantine()
        places = {} if json else places_of(gateway.evidence, entries)
    if json:
        print_json(entries)
        return
    listing = table(">id", "source", "file or path", "place", "column", "reason")
    for entry in entries:
        what = entry.what
        listing.add_row(str(entry.id), entry.source, what.origin, places[entry.id], what.column or "", what.reason)
    screen = console()
    screen.print(listing if entries else "Nothing is in quarantine.")


@app.command("show")
def show_quarantine(
    entry: int,
    config: Settings = SETTINGS,
    everything: Annotated[bool, typer.Option("--all", help="Print the whole answer it came in.")] = False,
) -> None:
    """Show one row as it came, below its file's header. It holds personal data; so, and more, does the answer (--all)."""
    with open_gateway(config) as gateway:
        found, kept = gateway.evidence.quarantined(entry)
    screen = console()
    what, answer = found.what, kept.answer
    where = f"{found.source}, {what.origin}, {place(answer, what.row)}, {what.column or 'no column'}"
    screen.print(f"{where}: {what.reason}", markup=False)
    row = None if everything else excerpt(answer, what.row)
    if row is not None:
        screen.print(row, markup=False)
        screen.print(f"(of {len(answer.body):,} bytes; all of them: ecegateway quarantine show {entry} --all)", markup=False)
        return
    screen.print(f"receipt {found.receipt}, {len(answer.body):,} bytes of {answer.media_type}:", markup=False)
    screen.print(answer.body.decode("utf-8", errors="backslashreplace"), markup=False)


@app.command("retry")
def retry(
    source: Annotated[list[str] | None, typer.Argument(help="Sources to retry; by default all.")] = None,
    config: Settings = SETTINGS,
) -> None:
    """Read the rows again from their kept bytes with today's plugins, and store what is now good."""
    with open_gateway(config) as gateway:
        wanted = [gateway.config.source(name) for name in source] if source else list(gateway.config.sources)
        reports = [retry_quarantine(gateway.evidence, gateway.plugins, one, clock.now) for one in wanted]
    screen = console()
    for report in reports:
        outcomes = ", ".join(f"{count} {outcome}" for outcome, count in report.outcomes.items()) or "nothing in quarantine"
        screen.print(f"{report.source}: {outcomes}", markup=False)
