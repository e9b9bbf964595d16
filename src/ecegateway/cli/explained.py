"""What ``ecegateway explain`` prints for people: a figure with its child lines, a child's day, a day's bridge."""

from collections.abc import Iterable
from datetime import date

from rich.console import Console

from ecegateway.claim.explain import CellParts
from ecegateway.cli.screen import table
from ecegateway.cli.strip import LEGEND, strip
from ecegateway.contract import Exportable
from ecegateway.export.summary import staff_counted
from ecegateway.export.words import CATEGORIES, NO_STAFF_HOURS, STAFF_COLUMNS, VERDICTS, clock, count, more_or_less
from ecegateway.model.bridge import Bridge, Deduction, Part
from ecegateway.model.claim import ChildDay, Portion, StaffDay, Verdict
from ecegateway.model.ids import ChildKey


def show_staff(screen: Console, made: Exportable, found: StaffDay) -> None:
    """A figure of the staff hour count, person by person."""
    screen.print(f"[bold]{found.hours}[/] hours of {STAFF_COLUMNS[found.column].lower()} on {found.day}")
    for line in found.lines:
        screen.print(f"  {line.person}: {clock(line.minutes)}  ({', '.join(line.evidence)})", markup=False)
    if not staff_counted(made.claim):
        screen.print(f"  {NO_STAFF_HOURS}", markup=False)
    screen.print(f"  sum {clock(found.minutes)}, rounded on the day's total", markup=False)


def show_cell(screen: Console, made: Exportable, found: CellParts) -> None:
    """A figure of the return, child by child, and the children of whom nothing is claimed that day."""
    cell = found.cell
    screen.print(f"[bold]{cell.hours}[/] hours of {CATEGORIES[cell.category]} on {cell.day}")
    listing = table("  child", "time", ">minutes", "reason", "section")
    for one in found.lines:
        for p in one.portions:
            if p.verdict is Verdict.CLAIMED and p.category is cell.category:
                text = made.rules[p.reason]
                listing.add_row(f"  {_name(made, one.child)}", _time(p), str(p.minutes), text.title, text.cites)
    screen.print(listing)
    screen.print(f"  sum {cell.minutes} minutes = {clock(cell.minutes)}, rounded on the day's total", markup=False)
    for one in (*found.lines, *found.others)[:1]:
        hint = f"ecegateway explain {one.child} {cell.day} --service {made.claim.service}"
        screen.print(f"  a child's whole day, with its evidence: {hint}", markup=False)
    if found.others:
        screen.print("\nHeld back or refused that day", style="bold")
    for one in found.others:
        _show_heading(screen, made, one)
        _show_portions(screen, made, one)


def show_child(screen: Console, made: Exportable, one: ChildDay) -> None:
    """A child's day: by the quarter of an hour, its totals, and each portion with its evidence."""
    _show_heading(screen, made, one)
    for line in strip(one, made.rules):
        screen.print(f"  {line}", markup=False)
    screen.print(f"  {LEGEND}", markup=False)
    totals = ", ".join(f"{clock(one.minutes_with(verdict))} {said}" for verdict, said in VERDICTS.items())
    screen.print(f"  in all {totals}", markup=False)
    _show_portions(screen, made, one)


def show_bridge(screen: Console, made: Exportable, day: date, bridge: Bridge) -> None:
    """From the hours expected of a day to those claimed, and where the others went."""
    screen.print(f"\n{day} expects {clock(bridge.expected)}, claims {clock(bridge.claimed)}", style="bold", markup=False)
    for one in bridge.deductions:
        screen.print(f"  {more_or_less(-one.minutes)} {_deduction(made, one)}", markup=False)
    claimed = [f"{CATEGORIES[figure.category]} {clock(figure.minutes)}" for figure in bridge.figures if figure.minutes]
    screen.print(f"  = {clock(bridge.claimed)} claimed{': ' if claimed else ''}{', '.join(claimed)}", markup=False)
    if bridge.rounding:
        screen.print(f"  {more_or_less(bridge.rounding)} by rounding each column to whole hours", markup=False)
    screen.print(f"  = {count(bridge.hours, 'hour')} in the return", markup=False)
    if bridge.over_the_day:
        over = sum(part.minutes for part in bridge.over_the_day)
        children = count(len(bridge.over_the_day), "child", "children")
        screen.print(f"  not expected: {clock(over)} above six hours in a day: {children}", markup=False)
    for one in bridge.not_expected:
        screen.print(f"  not expected: {clock(one.minutes)} {_deduction(made, one)}", markup=False)


def _deduction(made: Exportable, one: Deduction) -> str:
    text = made.rules[one.reason]
    return f"{text.title} ({VERDICTS[one.verdict]}; {text.cites}): {_whom(made, one.parts)}"


def _whom(made: Exportable, parts: Iterable[Part]) -> str:
    return ", ".join(f"{_name(made, part.child)} {clock(part.minutes)}" for part in parts)


def _show_heading(screen: Console, made: Exportable, one: ChildDay) -> None:
    booked, attended = clock(one.booked_minutes), clock(one.attended_minutes)
    words = f"{_name(made, one.child)} on {one.day}: {one.basis.value}, booked {booked}, attended {attended}"
    screen.print(words, style="bold", markup=False)


def _show_portions(screen: Console, made: Exportable, one: ChildDay) -> None:
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


def _name(made: Exportable, child: ChildKey) -> str:
    return f"{made.child_names.get(child, 'no name on record')} ({child})"
