"""``ecegateway demo``: four invented sources, a whole funding period, and the files that come of it."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from ecegateway import clock
from ecegateway.bootstrap import Gateway, checkpoint, open_gateway
from ecegateway.cli.claim import show_claim, show_export
from ecegateway.cli.demo_filing import ask_for_number, correct_return, file_return, filed, show_filed, tell_events
from ecegateway.cli.screen import console, pull_progress
from ecegateway.cli.sources import show_reports
from ecegateway.demo.stage import play_corrected, play_first, play_later, write_settings
from ecegateway.demo.world import World, build_world
from ecegateway.errors import ConfigError
from ecegateway.flows.claim import prepare
from ecegateway.flows.export import Exported, export
from ecegateway.flows.pull import pull_all
from ecegateway.flows.report import PullReport
from ecegateway.flows.ways import open_way
from ecegateway.model.ids import ServiceNumber
from ecegateway.model.period import FundingPeriod
from ecegateway.plugins import load_plugins
from ecegateway.testing.ministry import MinistrySimulator
from ecegateway.testing.ministry_index import MinistryIndex
from ecegateway.testing.vendor import VendorSimulator

PERIOD = FundingPeriod(date(2026, 2, 1))
_NEEDED = ("kowhai", "enrolnow", "folder")
_SOURCE_FAILED = 3


def demo(out: Annotated[Path, typer.Option("--out", help="Where to leave the files.")] = Path("out")) -> None:
    """Run the main job on an invented world: pull four sources, validate, and write the returns."""
    screen = console()
    plugins = load_plugins()
    missing = set(_NEEDED) - {plugin.description.plugin for plugin, _ in plugins.sources()}
    if missing:
        raise ConfigError(f"the demo needs the source plugins {', '.join(sorted(missing))}; `make demo` installs them")
    workspace = out / "demo"
    workspace.mkdir(parents=True, exist_ok=True)
    world = build_world()
    with VendorSimulator(page_limit=200) as vendor, MinistrySimulator(clock.now) as ministry:
        MinistryIndex().at(ministry)
        settings = write_settings(workspace, vendor, ministry)
        with open_gateway(settings, plugins=plugins, create=True) as gateway:
            _say_what_this_is(screen)
            again = bool(gateway.evidence.services())
            play_first(world, vendor, workspace)
            if not again:
                screen.print("\n[bold]First pull[/], as at the end of March")
                _stop_on_failure(_pull(screen, gateway))
            play_later(world, vendor, workspace)
            if filed(gateway, PERIOD):
                play_corrected(world, workspace)
            screen.print("\n[bold]Pull again[/], nothing should be new" if again else "\n[bold]Second pull[/], in June")
            _stop_on_failure(_pull(screen, gateway))
            _file(screen, gateway, world, workspace)
            exported = [_make(screen, gateway, out, service) for service in gateway.evidence.services()]
    _say_what_next(screen, out, settings, exported)


def _say_what_this_is(screen: Console) -> None:
    screen.print("Two invented services, February to May 2026, from four sources:")
    screen.print("  kowhai         Pūāwai Early Learning, all-day: a vendor's HTTP interface")
    screen.print(
        "  puawai-paper   Pūāwai's folder: certificates, exemptions, notices, reconfirmations, a casual child's register"
    )
    screen.print("  enrolnow-drop  Te Kōtuku Kindergarten, sessional: weekly files that cannot show who signed")
    screen.print("  kotuku-paper   Te Kōtuku's folder: signed agreements, parents' confirmations, student numbers")


def _pull(screen: Console, gateway: Gateway) -> tuple[PullReport, ...]:
    with pull_progress(screen) as watch:
        reports = pull_all(gateway.evidence, gateway.plugins, gateway.config.sources, clock.now, watch=watch)
    show_reports(screen, reports)
    return reports


def _file(screen: Console, gateway: Gateway, world: World, workspace: Path) -> None:
    """From draft to received, and a correction that takes its place; each once, whatever run broke off."""
    screen.print("\n[bold]From draft to received[/]: Te Kōtuku's return goes to a simulated Ministry on this machine")
    with open_way(gateway.plugins, gateway.config.ministry, clock.now) as way:
        if not filed(gateway, PERIOD):
            file_return(screen, gateway, way, PERIOD)
        if len(filed(gateway, PERIOD)) == 1:
            screen.print("  two days later a parent brings back the sheet of May, and the child without a number is looked up:")
            play_corrected(world, workspace)
            _stop_on_failure(pull_all(gateway.evidence, gateway.plugins, gateway.config.sources, clock.now))
            ask_for_number(screen, gateway, way)
            correct_return(screen, gateway, way, PERIOD)
            tell_events(screen, gateway, way)
    show_filed(screen, gateway, PERIOD)


def _stop_on_failure(reports: Sequence[PullReport]) -> None:
    if any(report.failure for report in reports):
        raise typer.Exit(_SOURCE_FAILED)


def _make(screen: Console, gateway: Gateway, out: Path, service: ServiceNumber) -> Exported:
    found = prepare(gateway.evidence, service, PERIOD, gateway.policy, programmes=gateway.plugins.programmes())
    show_claim(screen, found.exportable)
    exported = export(found.exportable, gateway.plugins.exporters(), out, checkpoint=partial(checkpoint, gateway))
    show_export(screen, exported)
    return exported


def _say_what_next(screen: Console, out: Path, settings: Path, exported: Sequence[Exported]) -> None:
    if not any(one.written.changed for one in exported):
        screen.print("\nNothing was new: every record, figure and file is as it was.")
    screen.print("\n[bold]Look next[/]")
    command = f".venv/bin/ecegateway {{}} -c {settings}"
    key = exported[0].folder.name
    for what, where in (
        ("what is claimed, what waits, what to do first", " and ".join(str(one.folder / "index.html") for one in exported)),
        ("what to put right, and how", command.format(f"check --period 2026-02 --service {key}")),
        ("who is often absent, and what to do by when", command.format(f"absences show --period 2026-02 --service {key}")),
        ("why that figure", command.format(f"explain 2026-03-04 twenty-hours --service {key}")),
        ("rows that could not be read", command.format("quarantine list")),
        ("the life of a return, step by step", command.format("return show 1")),
    ):
        screen.print(f"  {what}:\n    {where}", markup=False)
    screen.print(f"  The evidence is in {out / 'demo' / 'evidence.db'}. Run the demo again: nothing will be new.", markup=False)
