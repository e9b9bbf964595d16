"""``ecegateway backup``, ``restore`` and ``move``: the evidence survives a lost disk, and changes its engine."""

from pathlib import Path
from typing import Annotated

import typer

from ecegateway import clock
from ecegateway.backup.shelf import chosen
from ecegateway.bootstrap import keyring, open_gateway
from ecegateway.cli.options import SETTINGS, Json, Settings
from ecegateway.cli.screen import console, print_json
from ecegateway.config import load_config, look_up_store_key
from ecegateway.export.words import count
from ecegateway.flows.backup import make_backup
from ecegateway.flows.copying import move_store
from ecegateway.flows.restore import restore_backup

To = Annotated[Path | None, typer.Option("--to", help="The folder for backups; by default the settings'.")]
Backup = Annotated[
    Path | None, typer.Argument(help="A backup's folder, or where backups lie: the newest. By default the settings' folder.")
]
StoreUrl = Annotated[str | None, typer.Option("--to", help="Where to, by its address; by default the settings' store.")]
Identity = Annotated[
    Path | None, typer.Option("--identity", "-i", help="The private key of age that opens it; by default keys/backup.age.")
]
AcceptOlder = Annotated[bool, typer.Option("--accept-older", help="Let a backup stand that lacks what was stored later.")]
NewUrl = Annotated[str, typer.Option("--to", help="The new address: an empty PostgreSQL database, or a file not there yet.")]


def backup(to: To = None, config: Settings = SETTINGS, json: Json = False) -> None:
    """Make an encrypted, signed backup while others go on writing, then read it back and verify it."""
    with open_gateway(config) as gateway:
        settings = gateway.config
        made = make_backup(
            gateway.evidence,
            keyring(settings),
            settings.backup_recipients,
            to or settings.backups,
            clock.now(),
        )
    if json:
        print_json({"place": made.place, "manifest": made.manifest})
        return
    screen = console()
    screen.print(f"{made.place}: {count(made.manifest.leaves, 'row')}, {made.manifest.size:,} bytes, read back and verified.")
    screen.print(f"It opens with the key of {', '.join(made.manifest.recipients)}; keep that key where this machine is not.")


def restore(
    backup: Backup = None,
    to: StoreUrl = None,
    identity: Identity = None,
    accept_older: AcceptOlder = False,
    config: Settings = SETTINGS,
    json: Json = False,
) -> None:
    """Check a backup, signature, digest and every row, and put it where no store is.

    Exit code 4 when it is damaged, another's, or older than what was signed last; nothing is put in place then.
    """
    settings = load_config(config)
    url = to or settings.store
    done = restore_backup(
        chosen(backup or settings.backups),
        url,
        keyring(settings),
        identity,
        clock.now(),
        accept_older=accept_older,
        key=look_up_store_key(settings),
    )
    if json:
        print_json({"manifest": done.manifest, "lacks": done.lacks, "set_aside": done.set_aside})
        return
    screen = console()
    screen.print(f"{done.backup}")
    screen.print(f"Restored as of {done.manifest.made_at}: {count(done.verified.rows, 'row')}, each what was stored.")
    if done.set_aside is not None:
        screen.print(f"It lacks {count(done.lacks, 'row')} stored later; what was signed of them is kept: {done.set_aside}")
    for limit in done.verified.limits:
        screen.print(f"  - {limit}", markup=False)


def move(to: NewUrl, config: Settings = SETTINGS, json: Json = False) -> None:
    """Copy the store to another place or engine: the same rows, the same log, verified. The old one stays as it is.

    Nobody can store anything meanwhile.
    """
    with open_gateway(config) as gateway:
        moved = move_store(gateway.evidence, to, keyring(gateway.config), clock.now(), key=look_up_store_key(gateway.config))
    if json:
        print_json({"moved": moved})
        return
    screen = console()
    screen.print(f"{count(moved.rows, 'row')} now lie at {moved.where} too, under the same log, verified.")
    screen.print(f"Write the new address into {config} as `store`, and put the old store away: it will not grow with the new.")
