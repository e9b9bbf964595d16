"""Causes, what people said of them, and the records behind them, on the screen."""

from collections.abc import Iterable, Sequence
from typing import Any

import orjson
from rich.console import Console
from rich.text import Text

from ecegateway.cli.screen import table
from ecegateway.contract import Exportable
from ecegateway.export.cause_lines import CauseLine, cause_lines, columns, comes_back, touches, weight
from ecegateway.export.words import clock, long_day, plain_day, short_days
from ecegateway.flows.acting import OpenCause, WaivedCause
from ecegateway.flows.payload import Told
from ecegateway.model.period import local_day


def show_causes(
    screen: Console, made: Exportable, opened: Sequence[OpenCause], waived: Sequence[WaivedCause], *, in_full: bool
) -> None:
    """The causes in a table; with ``in_full`` each with its children, days and evidence."""
    lines = cause_lines(made, [*(one.cause for one in opened), *(one.cause for one in waived)])
    notes = [*(", ".join(one.assigned) for one in opened), *("waived" for _ in waived)]
    if in_full:
        for line, note in zip(lines, notes, strict=True):
            _in_full(screen, line, note)
        return
    listing = table("rule", "cause", ">held", ">comes back", "touches", "by", "whose")
    for line, note in zip(lines, notes, strict=True):
        effect, due = line.cause.effect, line.cause.due
        amounts = (clock(effect.held), clock(max(0, effect.returns))) if effect.held else ("", "")
        listing.add_row(line.rule.rule, line.title, *amounts, ", ".join(touches(line)), str(due or ""), note)
    screen.print(listing if lines else "Nothing was found.")


def _in_full(screen: Console, line: CauseLine, note: str) -> None:
    screen.print(Text.assemble("\n", (line.title, "bold"), f": {weight(line)}", f" · {note}" if note else ""))
    effect, due = line.cause.effect, line.cause.due
    told = [
        ("do", line.rule.fix),
        ("why", line.rule.why),
        ("cites", line.rule.cites),
        ("by", long_day(due) if due is not None else ""),
        ("then", comes_back(effect) if effect.held else ""),
        ("also", "; ".join(f"held by “{title}”" for title in line.others)),
    ]
    _told(screen, told)
    for child in line.children:
        held = f": {clock(child.effect.held)} hours" if child.effect.held else ""
        cells = f" ({', '.join(columns(child.effect))})" if child.effect.held and columns(child.effect) else ""
        screen.print(f"   {child.name}{f' ({child.child})' if child.child else ''}{held}{cells}", markup=False)
        for words in (*child.messages, short_days(child.days) if child.days else "", *child.evidence):
            if words:
                screen.print(f"      {words}", markup=False)


def show_words(screen: Console, said: Iterable[str]) -> None:
    """What people said, a line each."""
    for number, words in enumerate(said):
        screen.print(("\n" if number == 0 else "") + words, markup=False)


def show_payload(screen: Console, found: Sequence[Told]) -> None:
    """A record's versions, oldest first: what changed, the canonical record, and the vendor's own row."""
    for told in found:
        version = told.version
        day = plain_day(local_day(version.received_at, "Pacific/Auckland"))
        screen.print(Text.assemble("\n", (str(version.id), "bold"), f": {version.state.value}, received on {day}"))
        for change in told.changed:
            screen.print(f"   {change.field}: {_json(change.before)} became {_json(change.after)}", markup=False)
        if told.content and (told is found[-1] or not told.changed):
            screen.print(_json(told.content, indent=True), markup=False)
        screen.print(f"   record digest {version.digest.hex() or 'none'}", markup=False)
        screen.print(f"   receipt {version.receipt}, {told.origin}, bytes {told.digest}", markup=False)
        for row in told.rows:
            screen.print(f"   {row.place}:", markup=False)
            screen.print(row.text or "(the row cannot be told apart)", markup=False)
        if told.no_rows:
            screen.print(f"   {told.no_rows}", markup=False)


def _told(screen: Console, told: Iterable[tuple[str, str]]) -> None:
    for label, words in told:
        if words:
            screen.print(Text.assemble((f"   {label + ':':7}", "dim"), words))


def _json(value: Any, *, indent: bool = False) -> str:
    return "nothing" if value is None else orjson.dumps(value, option=orjson.OPT_INDENT_2 if indent else 0).decode()
