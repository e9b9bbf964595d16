"""``ecegateway absences``: which children are often away, what hangs on it, and what to do by when."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from ecegateway.bootstrap import open_gateway
from ecegateway.cli.options import SETTINGS, Json, Month, Period, Service, Settings, chosen_services
from ecegateway.cli.screen import console, print_json, table
from ecegateway.contract import Exportable
from ecegateway.errors import ConfigError
from ecegateway.export.absence_months import SIGNED, AbsenceMonth, ChildRow, absence_months, duties_in_words, latest_month
from ecegateway.export.absence_words import CITES, DUTIES, LEGEND, STANDINGS, reason_words
from ecegateway.export.reconfirmation import form_of
from ecegateway.export.words import clock, month_name, plain_day, short_day
from ecegateway.export.write import write_files
from ecegateway.flows.across import shared_in
from ecegateway.flows.claim import prepare
from ecegateway.model.absence import AbsenceReport, Standing

app = typer.Typer(no_args_is_help=True, help="Children who are often absent, and what to do about it.")
_SIGNATURE_DUE = 1
_MONTH_WIDTH, _HALF_A_MONTH = 130, 16
_STATES = {Standing.CLEAR: "", Standing.WARNING: "yellow", Standing.STOPPED: "bold red"}
_CELLS = {"": "", "counts": "black on yellow", "stopped": "bold white on red"}


@app.command("show")
def show(
    period: Period,
    service: Service = None,
    month: Month = None,
    grid: Annotated[bool, typer.Option("--grid", help="Print each month's calendar too.")] = False,
    config: Settings = SETTINGS,
    json: Json = False,
) -> None:
    """Show, month by month, which children are often absent: patterns, hours, what to do by when, and who may sign.

    Exit code 1 when the last month shown asks to have an agreement reconfirmed or changed.
    """
    if month is not None and month not in period.days:
        raise ConfigError(f"{month:%Y-%m} is not a month of the period {period}")
    with open_gateway(config) as gateway:
        among = shared_in(gateway.evidence)
        found = [
            _of_month(prepare(gateway.evidence, number, period, gateway.policy, among=among).exportable, month)
            for number in chosen_services(gateway, service)
        ]
    if json:
        print_json({one.claim.service: one.absences for one in found})
    else:
        for one in found:
            show_absences(console(), one, grid=grid)
    latest = [latest_month(absence_months(one)) for one in found]
    if any(shown.to_sign for shown in latest if shown is not None):
        raise typer.Exit(_SIGNATURE_DUE)


@app.command("form")
def form(
    child: Annotated[str, typer.Argument(help="A child's key.")],
    period: Period,
    service: Service = None,
    out: Annotated[Path | None, typer.Option("--out", help="Where to write; by default what the settings say.")] = None,
    config: Settings = SETTINGS,
) -> None:
    """Write the form by which a parent reconfirms or changes an agreement, ready to print, whether or not it is due."""
    with open_gateway(config) as gateway:
        services = chosen_services(gateway, service)
        if len(services) != 1:
            raise ConfigError(f"the store holds {len(services)} services; say which with --service")
        made = form_of(prepare(gateway.evidence, services[0], period, gateway.policy).exportable, child)
        folder = (out or gateway.config.out) / services[0]
    write_files(folder, [made])
    console().print(f"{folder / made.name}: to print, and to be signed and dated by a parent or guardian", markup=False)


def _of_month(exportable: Exportable, first: date | None) -> Exportable:
    if first is None:
        return exportable
    months = tuple((days, rows) for days, rows in exportable.absences.months if days.first == first)
    return replace(exportable, absences=AbsenceReport(months))


def show_absences(screen: Console, exportable: Exportable, *, grid: bool = False) -> None:
    """A service's months: the children who are not clear, and the calendar on request."""
    made = exportable.claim
    months = absence_months(exportable)
    screen.print(f"\n[bold]{made.service_name}[/] ({made.service}), {CITES}")
    if not months:
        screen.print("  No attendance of permanently enrolled children is on record yet: nothing to do.")
    for month in months:
        _show_month(screen, month)
        if grid:
            _show_grid(screen, month)
    if months:
        screen.print("\n  By a name: " + ", ".join(words for words in STANDINGS.values() if words), markup=False)
    if grid and months:
        screen.print("  In the calendar: " + ", ".join(f"{sign} {words}" for sign, _, words in LEGEND if sign), markup=False)


def _show_month(screen: Console, month: AbsenceMonth) -> None:
    screen.print(f"\n[bold]{month_name(month.days.first)}[/]: {duties_in_words(month) or 'nothing to do'}")
    rows = [row for row in month.rows if not row.clear]
    if not rows:
        screen.print("  Every child's attendance matches the agreement, as far as the records say.")
        return
    listing = table("  child", ">in a row", "weekday", "days", "hours", ">not funded", ">at risk")
    for row in rows:
        patterns = (", ".join(shown) for _, shown in row.columns)
        hours = (clock(minutes) if minutes else "" for minutes in (row.refused, row.at_risk))
        listing.add_row(_name(row), str(row.in_a_row), *patterns, *hours)
    screen.print(listing)
    for row in rows:
        if row.reconfirmed_on is not None:
            screen.print(f"  {row.name} ({row.child}): reconfirmed on {plain_day(row.reconfirmed_on)}", markup=False)
    for row in month.tasks:
        _show_task(screen, month, row)


def _show_task(screen: Console, month: AbsenceMonth, row: ChildRow) -> None:
    by = f", by {plain_day(row.due)}" if row.due is not None else ""
    screen.print(Text.assemble("\n  ", (f"{row.name} ({row.child})", "bold"), f": {DUTIES[row.duty]}{by}"))
    if row.duty in SIGNED:
        screen.print(f"    to sign: {row.who_may_sign}", markup=False)
    for shown in row.reasons:
        screen.print(f"    why: {reason_words(shown, month.days)}", markup=False)


def _show_grid(screen: Console, month: AbsenceMonth) -> None:
    """The calendar, in halves where the terminal is too narrow for a month."""
    at_once = len(month.days) if screen.width >= _MONTH_WIDTH else _HALF_A_MONTH
    for start in range(0, len(month.days), at_once):
        days = list(month.days)[start : start + at_once]
        listing = table("  child", *(f"{short_day(day)[:2]}\n{day.day}" for day in days))
        listing.padding = (0, 1, 0, 0)
        for column in listing.columns[1:]:
            column.no_wrap = True
        for row in month.rows:
            cells = (Text(cell.sign + cell.flag, style=_CELLS[cell.state]) for cell in row.cells[start : start + at_once])
            listing.add_row(_name(row), *cells)
        screen.print()
        screen.print(listing)


def _name(row: ChildRow) -> Text:
    """The child's name behind the sign of how the child stands."""
    return Text(f"{STANDINGS[row.standing][:1]:1} {row.name}", style=_STATES[row.standing])
