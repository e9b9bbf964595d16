"""``ecegateway verify``: whether a store, a pack, a bundle or a proof is what was signed, and what cannot be told."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from ecegateway.bootstrap import keyring
from ecegateway.cli.bundle import show_recomputed
from ecegateway.cli.options import SETTINGS, Json, Settings
from ecegateway.cli.screen import console, print_json
from ecegateway.config import load_config, look_up_store_key
from ecegateway.export.words import count
from ecegateway.flows.export import CHECKPOINT
from ecegateway.flows.verify import MOST, Outside, Verified, verify_at
from ecegateway.flows.verify_bundle import VerifiedBundle, is_bundle, verify_bundle
from ecegateway.flows.verify_pack import Kept, VerifiedFiles, verify_pack, verify_proof_file
from ecegateway.plugins import load_plugins
from ecegateway.signing.files import read_public
from ecegateway.signing.keyring import Purpose, name_of_key
from ecegateway.signing.keys import Verifier

BROKEN = 4
_CHECKPOINTS = f"*/{CHECKPOINT}"

Subject = Annotated[
    str | None,
    typer.Argument(
        metavar="[STORE|PACK|BUNDLE|PROOF]",
        help="A store's address or SQLite file, an inspection pack or a bundle (folder or .zip), or a .json file of proofs; by "
        "default the settings' store.",
    ),
]
ExportKey = Annotated[
    Path | None, typer.Option("--export-key", help="The key that signs packs (PEM, export.pub) as it was handed to you.")
]
Key = Annotated[Path | None, typer.Option("--key", "-k", help="The log's public key (PEM) as it was handed to you.")]
Checkpoints = Annotated[
    list[Path] | None,
    typer.Option("--checkpoint", help="A checkpoint kept elsewhere: from an export, an e-mail, a backup. Repeat for several."),
]
With = Annotated[
    list[Path] | None,
    typer.Option(
        "--with", help="A file from `ecegateway prove --checkpoint`, that leads from a pack's checkpoint to the one you kept."
    ),
]


def verify(
    subject: Subject = None,
    key: Key = None,
    export_key: ExportKey = None,
    checkpoint: Checkpoints = None,
    leading: With = None,
    config: Settings = SETTINGS,
    json: Json = False,
) -> None:
    """Check a store: every row against the log, that against what was signed of it, and that against what lies outside.

    Or check an inspection pack or a file of proofs, on any machine; or a bundle, whose return is then made again from the
    evidence in it, and compared. Exit code 4 when anything is wrong.
    """
    kept = Kept([Outside(str(place), read_public(place)) for place in checkpoint or ()], leading or ())
    if subject is not None and (files := _files_at(subject, key, export_key, kept)) is not None:
        _tell_files(files, json=json)
        return
    outside = checkpoint or ()
    if subject is None:
        settings = load_config(config)
        near = sorted(settings.out.glob(_CHECKPOINTS))
        opens = look_up_store_key(settings)
        found = verify_at(settings.store, key, outside, near=near, keyring=keyring(settings), store_key=opens)
    else:
        found = verify_at(subject if "://" in subject else f"sqlite:///{subject}", key, outside)
    if json:
        print_json({"holds": found.holds, "verified": found})
    else:
        show(console(), found)
    if not found.holds:
        raise typer.Exit(BROKEN)


def _files_at(subject: str, key: Path | None, export_key: Path | None, kept: Kept) -> VerifiedFiles | None:
    """What came of checking a pack, a bundle or a file of proofs; ``None`` if it is none of them."""
    place = Path(subject)
    if "://" in subject or not place.exists():
        return None
    log_key = None if key is None else Verifier.from_pem(name_of_key(Purpose.LOG), read_public(key))
    if place.suffix == ".json":
        return verify_proof_file(place, log_key, kept)
    if place.is_dir() or place.suffix == ".zip":
        signer = None if export_key is None else Verifier.from_pem(name_of_key(Purpose.EXPORT), read_public(export_key))
        if is_bundle(place):
            return verify_bundle(place, log_key, signer, load_plugins(()).exporters(), kept)
        return verify_pack(place, log_key, signer, kept)
    return None


def _tell_files(found: VerifiedFiles, *, json: bool) -> None:
    if json:
        print_json({"holds": found.holds, "verified": found})
    else:
        show_files(console(), found)
    if not found.holds:
        raise typer.Exit(BROKEN)


def show_files(screen: Console, found: VerifiedFiles) -> None:
    """What holds of a pack or a file of proofs, what does not, and what cannot be told."""
    screen.print(found.where, markup=False, style="bold")
    if found.checkpoint is not None:
        screen.print(f"  log      {found.checkpoint.origin}", markup=False)
        screen.print(f"  keys     {', '.join(found.log_keys)}", markup=False)
        screen.print(f"  signed   {found.checkpoint.size:,} rows on {found.checkpoint.at:%Y-%m-%d %H:%M} UTC", markup=False)
    if found.export_key:
        screen.print(f"  pack     {count(found.files, 'file')}, signed with {found.export_key} (minisign)", markup=False)
    if found.compared:
        screen.print(f"  outside  of one log with {count(found.compared, 'checkpoint')} kept elsewhere", markup=False)
    if isinstance(found, VerifiedBundle):
        show_recomputed(screen, found)
    if found.holds:
        screen.print(f"\n[green]Holds.[/] {count(found.rows, 'row')} proved; nothing was changed, added or taken out.")
    if found.damages:
        show_damages(screen, found)
        screen.print("\nDo not rely on it: ask for it again, and compare the key ids with the ones you were given.")
    if found.not_compared:
        screen.print("\n[bold red]Not compared.[/] Nothing tells whether it is of one log with what was kept:")
        for said in found.not_compared:
            screen.print(f"  {said}", markup=False)
    show_limits(screen, found.limits)


def show_damages(screen: Console, found: Verified | VerifiedFiles) -> None:
    """What is wrong, as far as it is listed."""
    screen.print(f"\n[bold red]Broken.[/] {count(found.damage_count, 'thing')} wrong:")
    for damage in found.damages[:MOST]:
        screen.print(f"  {damage.harm}: {damage.where}: {damage.said}", markup=False)
    if found.damage_count > MOST:
        screen.print(f"  and {found.damage_count - MOST:,} more")


def show_limits(screen: Console, limits: Sequence[str]) -> None:
    """What cannot be told."""
    if limits:
        screen.print("\nWhat this does not prove:")
        for limit in limits:
            screen.print(f"  - {limit}", markup=False)


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
        show_damages(screen, found)
        screen.print("\nStore nothing more here. Keep a copy of it as it is, and restore a backup from before the change.")
    show_limits(screen, found.limits)
