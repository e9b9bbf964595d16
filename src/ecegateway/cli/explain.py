"""``ecegateway explain``: why an hour is, or is not, in the claim."""

from datetime import date
from typing import Annotated

import typer
from rich.console import Console

from ecegateway.bootstrap import open_gateway
from ecegateway.claim.explain import CellParts, explain_cell, explain_child, explain_staff
from ecegateway.cli.options import SETTINGS, Json, KnownAt, Settings, chosen_services
from ecegateway.cli.screen import console, print_json, table
from ecegateway.contract import Exportable
from ecegateway.errors import ConfigError
from ecegateway.export.summary import staff_counted
from ecegateway.export.words import CATEGORIES, NO_STAFF_HOURS, STAFF_COLUMNS, VERDICTS, clock
from ecegateway.flows.claim import prepare
from ecegateway.model.claim import Category, ChildDay, Portion, StaffColumn, StaffDay, Verdict
from ecegateway.model.period import FundingPeriod, first_of_month_after

_COLUMNS = [*Category, *StaffColumn]
OneService = Annotated[
    str | None, typer.Option("--service", "-s", help="A service number; needed when the store has several services.")
]


def explain(
    what: Annotated[str, typer.Argument(help="A day of the return (2026-03-04), or a child's key.")],
    where: Annotated[str, typer.Argument(help=f"A column ({', '.join(_COLUMNS)}), or a day.")],
    service: OneService = None,
    known_at: KnownAt = None,
    config: Settings = SETTINGS,
    json: Json = False,
) -> None:
    """Explain a figure of the return (DAY COLUMN), or what became of a child's day (CHILD DAY)."""
    day, column, child = _asked(what, where)
    with open_gateway(config) as gateway:
        services = chosen_services(gateway, service)
        if len(services) != 1:
            raise ConfigError(f"the store holds {len(services)} services; say which with --service")
        made = prepare(gateway.evidence, services[0], _period_of(day), gateway.policy, known_at=known_at).exportable
    if column in list(StaffColumn):
        found: object = explain_staff(made.claim, day, StaffColumn(column))
    elif column is not None:
        found = explain_cell(made.claim, day, Category(column))
    else:
        found = explain_child(made.claim, child, day)
    if json:
        print_json(found)
    else:
        _show(console(), made, found)


def _show(screen: Console, made: Exportable, found: object) -> None:
    if isinstance(found, StaffDay):
        _show_staff(screen, made, found)
    elif isinstance(found, CellParts):
        _show_cell(screen, made, found)
    elif isinstance(found, ChildDay):
        _show_day(screen, made, found)


def _show_staff(screen: Console, made: Exportable, found: StaffDay) -> None:
    screen.print(f"[bold]{found.hours}[/] hours of {STAFF_COLUMNS[found.column].lower()} on {found.day}")
    for line in found.lines:
        screen.print(f"  {line.person}: {clock(line.minutes)}  ({', '.join(line.evidence)})", markup=False)
    if not staff_counted(made.claim):
        screen.print(f"  {NO_STAFF_HOURS}", markup=False)
    screen.print(f"  sum {clock(found.minutes)}, rounded on the day's total", markup=False)


def _show_cell(screen: Console, made: Exportable, found: CellParts) -> None:
    cell = found.cell
    screen.print(f"[bold]{cell.hours}[/] hours of {CATEGORIES[cell.category]} on {cell.day}")
    listing = table("  child", "time", ">minutes", "reason", "section")
    for one in found.lines:
        for p in one.portions:
            if p.verdict is Verdict.CLAIMED and p.category is cell.category:
                text = made.rules[p.reason]
                listing.add_row(f"  {_name(made, one)}", _time(p), str(p.minutes), text.title, text.cites)
    screen.print(listing)
    screen.print(f"  sum {cell.minutes} minutes = {clock(cell.minutes)}, rounded on the day's total", markup=False)
    for one in (*found.lines, *found.others)[:1]:
        hint = f"ecegateway explain {one.child} {cell.day} --service {made.claim.service}"
        screen.print(f"  a child's whole day, with its evidence: {hint}", markup=False)
    if found.others:
        screen.print("\nHeld back or refused that day", style="bold")
    for one in found.others:
        _show_day(screen, made, one)


def _show_day(screen: Console, made: Exportable, one: ChildDay) -> None:
    booked, attended = clock(one.booked_minutes), clock(one.attended_minutes)
    words = f"{_name(made, one)} on {one.day}: {one.basis.value}, booked {booked}, attended {attended}"
    screen.print(words, style="bold", markup=False)
    for p in one.portions:
        text = made.rules[p.reason]
        kind = f" as {CATEGORIES[p.category]}" if p.category is not None else ""
        screen.print(f"  {_time(p)}  {clock(p.minutes)} {VERDICTS[p.verdict]}{kind}: {text.title}", markup=False)
        switch = f"; switch {p.switch}" if p.switch else ""
        screen.print(f"      {p.reason}; {text.cites}{switch}", markup=False)
        screen.print(f"      evidence: {', '.join(p.evidence) or 'none'}", markup=False)


def _time(portion: Portion) -> str:
    if portion.starts is None:
        return "added"
    return f"{clock(portion.starts)}-{clock(portion.starts + portion.minutes)}"


def _name(made: Exportable, one: ChildDay) -> str:
    return f"{made.child_names.get(one.child, 'no name on record')} ({one.child})"


def _asked(what: str, where: str) -> tuple[date, str | None, str]:
    """The day, the column (if a figure is meant), and the child's key (if a child is)."""
    try:
        day = date.fromisoformat(what)
    except ValueError:
        try:
            return date.fromisoformat(where), None, what
        except ValueError:
            raise ConfigError(f"neither {what!r} nor {where!r} is a day; write days as 2026-03-04") from None
    if where not in _COLUMNS:
        raise ConfigError(f"no column is named {where!r}; the columns are {', '.join(_COLUMNS)}")
    return day, where, ""


def _period_of(day: date) -> FundingPeriod:
    return FundingPeriod(first_of_month_after(day, -((day.month - 2) % 4)))
