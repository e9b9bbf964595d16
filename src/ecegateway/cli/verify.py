"""``ecegateway verify``: whether the evidence is what was stored and signed, and what cannot be told."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from ecegateway.bootstrap import keyring
from ecegateway.cli.options import SETTINGS, Json, Settings
from ecegateway.cli.screen import console, print_json
from ecegateway.config import load_config, look_up_store_key
from ecegateway.export.words import count
from ecegateway.flows.export import CHECKPOINT
from ecegateway.flows.verify import MOST, Verified, verify_at

BROKEN = 4
_CHECKPOINTS = f"*/{CHECKPOINT}"

Store = Annotated[str | None, typer.Argument(help="A store's address, or a SQLite file; by default the settings' store.")]
Key = Annotated[Path | None, typer.Option("--key", "-k", help="The log's public key (PEM) as it was handed to you.")]
Checkpoints = Annotated[
    list[Path] | None,
    typer.Option("--checkpoint", help="A checkpoint kept elsewhere: from an export, an e-mail, a backup. Repeat for several."),
]


def verify(
    store: Store = None,
    key: Key = None,
    checkpoint: Checkpoints = None,
    config: Settings = SETTINGS,
    json: Json = False,
) -> None:
    """Check every row against the log, the log against what was signed of it, and that against what lies outside.

    Exit code 4 when anything is wrong.
    """
    outside = checkpoint or ()
    if store is None:
        settings = load_config(config)
        near = sorted(settings.out.glob(_CHECKPOINTS))
        opens = look_up_store_key(settings)
        found = verify_at(settings.store, key, outside, near=near, keyring=keyring(settings), store_key=opens)
    else:
        found = verify_at(store if "://" in store else f"sqlite:///{store}", key, outside)
    if json:
        print_json({"holds": found.holds, "verified": found})
    else:
        show(console(), found)
    if not found.holds:
        raise typer.Exit(BROKEN)


def show(screen: Console, found: Verified) -> None:
    """What holds, what does not, and what cannot be told."""
    screen.print(f"[bold]{found.where}[/]", markup=True)
    if found.origin:
        screen.print(f"  log      {found.origin}", markup=False)
        screen.print(f"  keys     {', '.join(found.keys) or 'none yet'}", markup=False)
        at = f", last on {found.signed_at:%Y-%m-%d %H:%M} UTC" if found.signed_at is not None else ""
        screen.print(f"  signed   {found.signed:,} of {found.size:,} rows{at}", markup=False)
        screen.print(f"  outside  {found.outside:,} rows under a checkpoint kept outside the store", markup=False)
    if found.holds:
        screen.print(f"\n[green]Holds.[/] Each of {count(found.rows, 'row')} is what was stored, and none is missing or added.")
    else:
        screen.print(f"\n[bold red]Broken.[/] {count(found.damage_count, 'thing')} wrong:")
        for damage in found.damages:
            screen.print(f"  {damage.harm}: {damage.where}: {damage.said}", markup=False)
        if found.damage_count > MOST:
            screen.print(f"  and {found.damage_count - MOST:,} more")
        screen.print("\nStore nothing more here. Keep a copy of it as it is, and restore a backup from before the change.")
    if found.limits:
        screen.print("\nWhat this does not prove:")
        for limit in found.limits:
            screen.print(f"  - {limit}", markup=False)
