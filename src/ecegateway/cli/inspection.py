"""``ecegateway inspection-pack``: everything an officer of the Ministry may ask for, in one folder and one zip."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from ecegateway import clock
from ecegateway.bootstrap import keyring, open_gateway
from ecegateway.cli.options import SETTINGS, KnownAt, Period, Service, Settings, one_service
from ecegateway.cli.screen import console
from ecegateway.export.words import count
from ecegateway.flows.claim import prepare
from ecegateway.flows.inspection import Pack, inspection_pack
from ecegateway.flows.packing import WrittenPack, write_pack

_PART_FAILED = 4

Out = Annotated[
    Path | None, typer.Option("--out", help="Where to write; by default the service's folder in the settings' out.")
]


def inspection_pack_command(
    period: Period,
    service: Service = None,
    known_at: KnownAt = None,
    out: Out = None,
    config: Settings = SETTINGS,
) -> None:
    """Write all an officer needs of a service and period: records, register, changes, the return, its gaps, and the proofs."""
    with open_gateway(config) as gateway:
        number = one_service(gateway, service)
        programmes = gateway.plugins.programmes()
        prepared = prepare(gateway.evidence, number, period, gateway.policy, programmes=programmes, known_at=known_at)
        keys = keyring(gateway.config)
        pack = inspection_pack(gateway.evidence, prepared, gateway.plugins.exporters(), keys, clock.now())
        written = write_pack(out or gateway.config.out / number, pack)
    show(console(), pack, written)
    if pack.failures:
        raise typer.Exit(_PART_FAILED)


def show(screen: Console, pack: Pack, written: WrittenPack) -> None:
    """Where it lies, what it lacks, and whose signature is on it."""
    screen.print(f"{written.folder / 'start.html'}{'' if written.changed else ': nothing new'}", markup=False)
    screen.print(f"{written.archive}", markup=False)
    lacking = ", ".join(f"{number} {kind}" for kind, number in pack.lacking.items())
    screen.print(f"  {count(len(pack.files), 'file')}; gaps: {lacking}", markup=False)
    screen.print(f"  {count(pack.seal.proved, 'row')} proved; signed with {pack.seal.export_key} (minisign)", markup=False)
    for failure in pack.failures:
        screen.print(f"  not made: {failure}", style="red", markup=False)
