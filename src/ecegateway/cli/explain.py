"""``ecegateway explain``: why an hour is, or is not, in the claim."""

from datetime import date
from typing import Annotated

import typer
from rich.console import Console

from ecegateway.bootstrap import open_gateway
from ecegateway.claim.explain import CellParts, explain_cell, explain_child, explain_staff
from ecegateway.cli.options import SETTINGS, Json, KnownAt, Service, Settings, chosen_services
from ecegateway.cli.screen import console, print_json, table
from ecegateway.contract import Exportable
from ecegateway.errors import ConfigError
from ecegateway.export.words import CATEGORIES, STAFF_COLUMNS, VERDICTS, clock
from ecegateway.flows.claim import prepare
from ecegateway.model.claim import Category, ChildDay, StaffColumn, StaffDay
from ecegateway.model.period import FundingPeriod, first_of_month_after

_COLUMNS = [*Category, *StaffColumn]


def explain(
    what: Annotated[str, typer.Argument(help="A day of the return (2026-03-04), or a child's key.")],
    where: Annotated[str, typer.Argument(help="A column (under-two, two-and-over, twenty-hours, plus-ten), or a day.")],
    service: Service = None,
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
        screen.print(f"[bold]{found.hours}[/] hours of {STAFF_COLUMNS[found.column].lower()} on {found.day}")
        for line in found.lines:
            screen.print(f"  {line.person}: {clock(line.minutes)}  ({', '.join(line.evidence)})", markup=False)
        screen.print(f"  sum {clock(found.minutes)}, rounded on the day's total", markup=False)
    elif isinstance(found, CellParts):
        cell = found.cell
        screen.print(f"[bold]{cell.hours}[/] hours of {CATEGORIES[cell.category]} on {cell.day}")
        listing = table("  child", ">minutes", "reason")
        for one in found.lines:
            reasons = {p.reason for p in one.portions if p.category is cell.category}
            listing.add_row(f"  {_name(made, one)}", str(one.claimed(cell.category)), ", ".join(sorted(reasons)))
        screen.print(listing)
        screen.print(f"  sum {cell.minutes} minutes = {clock(cell.minutes)}, rounded on the day's total", markup=False)
        for one in found.others:
            _show_day(screen, made, one)
    elif isinstance(found, ChildDay):
        _show_day(screen, made, found)


def _show_day(screen: Console, made: Exportable, one: ChildDay) -> None:
    booked, attended = clock(one.booked_minutes), clock(one.attended_minutes)
    words = f"{_name(made, one)} on {one.day}: {one.basis.value}, booked {booked}, attended {attended}"
    screen.print(words, style="bold", markup=False)
    for p in one.portions:
        text = made.rules[p.reason]
        when = f"{clock(p.starts)}-{clock(p.starts + p.minutes)}" if p.starts is not None else "added"
        kind = f" as {CATEGORIES[p.category]}" if p.category is not None else ""
        screen.print(f"  {when}  {clock(p.minutes)} {VERDICTS[p.verdict]}{kind}: {text.title}", markup=False)
        switch = f"; switch {p.switch}" if p.switch else ""
        screen.print(f"      {p.reason}; {text.cites}{switch}", markup=False)
        screen.print(f"      evidence: {', '.join(p.evidence) or 'none'}", markup=False)


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
