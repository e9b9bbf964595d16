"""``ecegateway sources``: what is installed, is it set up, pull it, release what is held."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from ecegateway import clock
from ecegateway.bootstrap import open_gateway
from ecegateway.cli.options import SETTINGS, Json, Settings
from ecegateway.cli.screen import console, print_json, pull_progress, table
from ecegateway.config import load_config
from ecegateway.contract import Fact
from ecegateway.errors import EceGatewayError
from ecegateway.export.words import count
from ecegateway.flows.pull import pull_all
from ecegateway.flows.report import PullReport
from ecegateway.flows.sources import guarded_source, open_transport
from ecegateway.model.streams import STREAMS
from ecegateway.plugins import load_plugins

app = typer.Typer(no_args_is_help=True, help="Where records come from.")

_SOURCE_FAILED = 3
_NAMES = 12


@app.command("list")
def list_sources(json: Json = False) -> None:
    """List installed source plugins: version, origin, what each can and cannot carry; and those set aside."""
    plugins = load_plugins()
    kinds = [
        {
            "plugin": plugin.description.plugin,
            "title": plugin.description.title,
            "version": plugin.description.version,
            "origin": origin,
            "carries": sorted(plugin.description.streams),
            "cannot_carry": sorted(STREAMS.keys() - plugin.description.streams),
            "shows": sorted(plugin.description.facts),
            "cannot_show": sorted(set(Fact) - plugin.description.facts),
        }
        for plugin, origin in plugins.sources()
    ]
    if json:
        print_json({"sources": kinds, "set_aside": plugins.set_aside()})
        return
    screen = console()
    for kind in kinds:
        screen.print(f"[bold]{kind['plugin']}[/]  {kind['title']} {kind['version']}  ({kind['origin']})")
        for label, what in (("carries", "carries"), ("does not carry", "cannot_carry"), ("cannot show", "cannot_show")):
            screen.print(f"  {label}: {', '.join(kind[what]) or 'nothing'}", markup=False)
    for aside in plugins.set_aside():
        screen.print(f"set aside: {aside.name} ({aside.origin}): {aside.reason}", markup=False)


@app.command("check")
def check_sources(config: Settings = SETTINGS) -> None:
    """Check each source's settings, plugin, credentials and folder, without asking the vendor for anything."""
    plugins, settings = load_plugins(), load_config(config)
    screen, wrong = console(), 0
    for source in settings.sources:
        try:
            guarded = guarded_source(plugins, source)
            with closing(open_transport(source, guarded.description, clock.now)) as transport:
                guarded.feeds(source.services)
                transport.unasked()
            screen.print(f"{source.name}: ready ({source.plugin} {guarded.description.version})", markup=False)
        except EceGatewayError as error:
            wrong += 1
            screen.print(f"{source.name}: not ready: {error}", markup=False)
    if not settings.sources:
        screen.print(_no_sources(config), markup=False)
    if wrong:
        raise typer.Exit(_SOURCE_FAILED)


def _no_sources(config: Path) -> str:
    return f"no sources yet: name one in {config}"


@app.command("pull")
def pull_sources(
    names: Annotated[list[str] | None, typer.Argument(help="Sources to pull; by default all.")] = None,
    config: Settings = SETTINGS,
    json: Json = False,
) -> None:
    """Pull now. Interrupted anywhere and run again, the result is the same.

    Exit code 0 also when rows went to quarantine or a snapshot is held: the report names both. 3 when a source failed.
    """
    screen = console()
    with open_gateway(config, create=True) as gateway:
        wanted = [gateway.config.source(name) for name in names] if names else list(gateway.config.sources)
        with pull_progress(screen) as watch:
            reports = pull_all(gateway.evidence, gateway.plugins, wanted, clock.now, watch=watch)
    if json:
        print_json(reports)
    elif reports:
        show_reports(screen, reports)
    else:
        screen.print(_no_sources(config), markup=False)
    if any(report.failure for report in reports):
        raise typer.Exit(_SOURCE_FAILED)


def show_reports(screen: Console, reports: Sequence[PullReport]) -> None:
    """The books of a pull: read = stored + unchanged + quarantined, source by source, and what went wrong."""
    listing = table("source", ">read", ">= stored", ">+ unchanged", ">+ quarantined", ">gone missing", ">pages")
    for report in reports:
        c = report.counts
        numbers = (c.read, c.stored, c.unchanged, c.quarantined, c.missing, c.pages)
        listing.add_row(report.source, *(f"{number:,}" for number in numbers))
    screen.print(listing)
    for report in reports:
        for words in _to_know(report):
            screen.print(f"{report.source}: {words}", markup=False)
        for feed in report.held:
            if feed.held is not None:
                counts = ", ".join(f"{count:,} {what}" for what, count in feed.held.summary.items())
                screen.print(f"{report.source}: {feed.feed} is held, nothing of it was applied ({counts}).", markup=False)
                screen.print(f"  Look at the file. If it is right: {feed.held.command} --by NAME --why REASON", markup=False)
        if report.failure:
            screen.print(f"{report.source} failed; what came before stands: {report.failure}", style="red", markup=False)


def _to_know(report: PullReport) -> Iterator[str]:
    """What the books do not show: files and columns nobody read, and where rows set apart are to be seen."""
    if report.nothing_found:
        yield "NOTHING WAS FOUND in its folder: look at folder in the settings, and at the names of the files"
    if report.left_over:
        yield f"no feed reads these files, check their names: {_listed(report.left_over)}"
    for feed in report.feeds:
        if feed.unread:
            yield f"nobody reads these columns of {feed.feed} (service {feed.service}): {_listed(sorted(feed.unread))}"
    if report.counts.erased:
        yield (
            f"{count(report.counts.erased, 'row')} of the unchanged were erased after their time, and are not stored again: "
            "ask the vendor to remove them too"
        )
    if report.counts.quarantined:
        yield f"{count(report.counts.quarantined, 'row')} set apart in quarantine, see: ecegateway quarantine list"


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMES} more" if len(names) > _NAMES else ""
    return ", ".join(names[:_NAMES]) + more


@app.command("release")
def release_hold(
    hold: Annotated[int, typer.Argument(help="The number the pull gave.")],
    by: Annotated[str, typer.Option("--by", help="Who decides.")],
    why: Annotated[str, typer.Option("--why", help="Why the snapshot is right.")],
    config: Settings = SETTINGS,
) -> None:
    """Let a held snapshot be applied; kept as evidence. The next pull that meets the same content applies it."""
    with open_gateway(config) as gateway:
        gateway.evidence.decide(hold, by, why, clock.now())
    console().print(f"hold {hold} released by {by}; now run: ecegateway sources pull", markup=False)
