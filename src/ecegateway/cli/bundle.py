"""``ecegateway bundle``: a return and all it was made from, signed; and, for ``verify``, what came of making it again."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from ecegateway import clock
from ecegateway.bootstrap import Gateway, keyring, open_gateway
from ecegateway.cli.options import SETTINGS, Json, KnownAt, Period, Service, Settings, one_service
from ecegateway.cli.screen import console, print_json, table
from ecegateway.errors import ConfigError
from ecegateway.export.words import count
from ecegateway.flows.bundle import Bundle, bundle, bundle_of_return
from ecegateway.flows.packing import WrittenPack, write_pack
from ecegateway.flows.verify_bundle import VerifiedBundle
from ecegateway.model.period import FundingPeriod
from ecegateway.plugins import load_plugins

_SHOWN = 20

Out = Annotated[
    Path | None, typer.Option("--out", help="Where to write; by default the service's folder in the settings' out.")
]


Number = Annotated[
    int | None, typer.Option("--return", help="A return that was signed, by its number as `ecegateway return list` gives it.")
]


def bundle_command(
    service: Service = None,
    period: Annotated[FundingPeriod | None, Period.__metadata__[0]] = None,
    number: Number = None,
    known_at: KnownAt = None,
    out: Out = None,
    config: Settings = SETTINGS,
    json: Json = False,
) -> None:
    """Write a return with its explanation, its rules and all its evidence, proved and signed: enough to make it again anywhere.

    It holds personal data of children. `ecegateway verify BUNDLE` checks it without settings and without a store.
    """
    with open_gateway(config) as gateway:
        if number is None:
            made = _of_period(gateway, service, period, known_at)
        elif service is None and period is None and known_at is None:
            exporters, keys = load_plugins(()).exporters(), keyring(gateway.config)
            made = bundle_of_return(gateway.evidence, number, exporters=exporters, keyring=keys, at=clock.now())
        else:
            raise ConfigError("a return names its service, period and evidence: leave --service, --period and --known-at out")
        written = write_pack(out or gateway.config.out / made.claim.service, made)
    if json:
        print_json(_told(made, written))
    else:
        show(console(), made, written)


def _of_period(gateway: Gateway, service: str | None, period: FundingPeriod | None, known_at: datetime | None) -> Bundle:
    if period is None:
        raise ConfigError("say of which period the bundle is to be (--period 2026-02), or of which signed return (--return 3)")
    return bundle(
        gateway.evidence,
        one_service(gateway, service),
        period,
        policy=gateway.policy,
        exporters=load_plugins(()).exporters(),
        keyring=keyring(gateway.config),
        at=clock.now(),
        known_at=known_at,
    )


def _told(made: Bundle, written: WrittenPack) -> dict[str, object]:
    return {
        "folder": written.folder,
        "archive": written.archive,
        "changed": written.changed,
        "input_digest": made.claim.input_digest,
        "versions": made.versions,
        "rows_proved": made.seal.proved,
        "export_key": made.seal.export_key,
        "log_key": made.seal.log_key,
        "taken_as_given": made.others,
    }


def show(screen: Console, made: Bundle, written: WrittenPack) -> None:
    """Where it lies, what it holds, and whose signature is on it."""
    screen.print(f"{written.folder / 'index.html'}{'' if written.changed else ': nothing new'}", markup=False)
    screen.print(f"{written.archive}", markup=False)
    screen.print(f"  {count(len(made.files), 'file')}; {count(made.versions, 'version')} of records, all of them proved")
    screen.print(f"  signed with {made.seal.export_key} (minisign); input digest {made.claim.input_digest}", markup=False)
    if made.others:
        screen.print(f"  taken as given: what the records of service {', '.join(made.others)} say", markup=False)
    screen.print("  It holds personal data of children: keep it, and hand it on, as the records themselves.")


def show_recomputed(screen: Console, found: VerifiedBundle) -> None:
    """What was made again of a bundle's evidence, and which figures differ."""
    if found.service:
        screen.print(f"  return   service {found.service}, period {found.period}", markup=False)
    for note in found.notes[:_SHOWN]:
        screen.print(f"  note     {note}", markup=False)
    if len(found.notes) > _SHOWN:
        screen.print(f"  and {len(found.notes) - _SHOWN:,} more notes")
    if not found.recomputed:
        screen.print("\n[bold red]Not recomputed.[/] The evidence in it, or what it says of itself, is not sound.")
    elif found.difference_count:
        differ = f"{count(found.difference_count, 'thing')} {'differs' if found.difference_count == 1 else 'differ'}"
        screen.print(f"\n[bold red]Not the return that this evidence gives.[/] {differ}:")
        listing = table("  file", "day", "column", ">said", ">recomputed")
        for one in found.differences[:_SHOWN]:
            listing.add_row(f"  {one.file}", one.day, one.column, one.said, one.recomputed)
        screen.print(listing, markup=False)
        if found.difference_count > _SHOWN:
            screen.print(f"  and {found.difference_count - _SHOWN:,} more")
    else:
        figures, portions = count(found.figures, "figure"), count(found.portions, "portion")
        screen.print(
            f"\n[green]Recomputed.[/] {figures} of the return and {portions} under them: each is what the bundle says."
        )
