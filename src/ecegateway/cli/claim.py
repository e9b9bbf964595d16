"""``ecegateway claim`` and ``ecegateway export``: the return's figures on the screen, and its files on disk."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from ecegateway.bootstrap import Gateway, checkpoint, open_gateway
from ecegateway.cli.options import SETTINGS, Json, KnownAt, Period, Service, Settings, chosen_services
from ecegateway.cli.screen import console, print_json, table
from ecegateway.cli.what_if import WhatIfs, ask_what_if
from ecegateway.contract import Exportable
from ecegateway.errors import ConfigError
from ecegateway.export.summary import hours_claimed, reasons, staff_counted, staff_hours
from ecegateway.export.words import CATEGORIES, NO_STAFF_HOURS, STAFF_COLUMNS, clock
from ecegateway.flows.across import shared_in
from ecegateway.flows.claim import prepare
from ecegateway.flows.export import Exported
from ecegateway.flows.export import export as export_files
from ecegateway.model.claim import Verdict
from ecegateway.model.period import FundingPeriod

_HELD = 1
_EXPORT_FAILED = 4


def claim(
    period: Period,
    service: Service = None,
    known_at: KnownAt = None,
    what_if: WhatIfs = None,
    config: Settings = SETTINGS,
    json: Json = False,
) -> None:
    """Show what a period's return claims, what is held back, and why. Exit code 1 when hours are held back.

    With --what-if: what other readings of doubtful points would change, and exit code 0.
    """
    screen = console()
    with open_gateway(config) as gateway:
        if what_if:
            ask_what_if(gateway, what_if, period, service, known_at, json=json)
            return
        held = False
        claims = {}
        for exportable in _prepared(gateway, period, service, known_at):
            held = held or bool(reasons(exportable, Verdict.HELD))
            if json:
                claims[exportable.claim.service] = exportable.claim
            else:
                show_claim(screen, exportable)
    if json:
        print_json(claims)
    if held:
        raise typer.Exit(_HELD)


def export(
    period: Period,
    names: Annotated[list[str] | None, typer.Argument(help="Exporters to run, as rs7 or nsn; by default all.")] = None,
    service: Service = None,
    known_at: KnownAt = None,
    out: Annotated[Path | None, typer.Option("--out", help="Where to write; by default what the settings say.")] = None,
    config: Settings = SETTINGS,
) -> None:
    """Write a period's files: the return, NSN requests, findings, and the explanation of every figure."""
    screen = console()
    failed = False
    with open_gateway(config) as gateway:
        known = {exporter.name: exporter for exporter in gateway.plugins.exporters()}
        for name in names or ():
            if name not in known:
                raise ConfigError(f"no exporter is named {name!r} (there are: {', '.join(known)})")
        exporters = [known[name] for name in names or known]
        for exportable in _prepared(gateway, period, service, known_at):
            exported = export_files(exportable, exporters, out or gateway.config.out, checkpoint=partial(checkpoint, gateway))
            show_export(screen, exported)
            failed = failed or bool(exported.failures)
    if failed:
        raise typer.Exit(_EXPORT_FAILED)


def _prepared(gateway: Gateway, period: FundingPeriod, service: str | None, known_at: datetime | None) -> Iterator[Exportable]:
    """One service after the other, so that a nation's claims never lie in memory together."""
    store, programmes = gateway.evidence, gateway.plugins.programmes()
    among = shared_in(store, known_at)
    for number in chosen_services(gateway, service):
        made = prepare(store, number, period, gateway.policy, programmes=programmes, known_at=known_at, among=among)
        yield made.exportable


def show_claim(screen: Console, exportable: Exportable) -> None:
    """A service's figures: hours claimed by column, hours held back by reason."""
    made = exportable.claim
    screen.print(f"\n[bold]{made.service_name}[/] ({made.service}), {made.period.days.first} to {made.period.days.last}, draft")
    figures = [f"{CATEGORIES[category]} {hours:,}" for category, hours in hours_claimed(made).items()]
    screen.print(f"  funded child hours: {' · '.join(figures)}", markup=False)
    staff = [f"{STAFF_COLUMNS[column]} {hours:,}" for column, hours in staff_hours(made).items() if hours]
    if staff:
        screen.print(f"  staff hours: {' · '.join(staff)}", markup=False)
    elif not staff_counted(made):
        screen.print(f"  {NO_STAFF_HOURS}", markup=False)
    held = reasons(exportable, Verdict.HELD)
    if not held:
        return
    total = sum(reason.minutes for reason in held)
    screen.print(f"  [bold]held back: {clock(total)} hours[/], by reason:")
    listing = table("    ", ">hours", ">children", ">child-days", "reason")
    for reason in held:
        listing.add_row("", clock(reason.minutes), str(reason.children), str(reason.child_days), reason.rule.title)
    screen.print(listing)


def show_export(screen: Console, exported: Exported) -> None:
    """Which files are new."""
    changed, unchanged = len(exported.written.changed), len(exported.written.unchanged)
    words = f"{changed} file(s) written" if changed else "nothing new"
    screen.print(f"{exported.folder}: {words}" + (f", {unchanged} as before" if unchanged else ""), markup=False)
    for failure in exported.failures:
        screen.print(f"  not written: {failure}", style="red", markup=False)
