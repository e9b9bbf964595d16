"""``ecegateway quarantine``: rows that could not be read, kept with their place and reason."""

from typing import Annotated

import typer

from ecegateway import clock
from ecegateway.bootstrap import open_gateway
from ecegateway.cli.options import SETTINGS, Json, Settings
from ecegateway.cli.screen import console, print_json, table
from ecegateway.flows.quarantine import retry_quarantine

app = typer.Typer(no_args_is_help=True, help="Rows that could not be read.")


@app.command("list")
def list_quarantine(config: Settings = SETTINGS, json: Json = False) -> None:
    """List the rows in quarantine: source, place and reason."""
    with open_gateway(config) as gateway:
        entries = gateway.evidence.open_quarantine()
    if json:
        print_json(entries)
        return
    listing = table(">id", "source", "file or path", ">row", "column", "reason")
    for entry in entries:
        what = entry.what
        listing.add_row(str(entry.id), entry.source, what.origin, str(what.row), what.column or "", what.reason)
    screen = console()
    screen.print(listing if entries else "Nothing is in quarantine.")


@app.command("show")
def show_quarantine(entry: int, config: Settings = SETTINGS) -> None:
    """Show one row and the very bytes it came in. They hold personal data."""
    with open_gateway(config) as gateway:
        found, kept = gateway.evidence.quarantined(entry)
    screen = console()
    what = found.what
    screen.print(f"{found.source}, {what.origin}, row {what.row}, {what.column or 'no column'}: {what.reason}", markup=False)
    screen.print(f"receipt {found.receipt}, {len(kept.answer.body):,} bytes of {kept.answer.media_type}:", markup=False)
    screen.print(kept.answer.body.decode("utf-8", errors="backslashreplace"), markup=False)


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
