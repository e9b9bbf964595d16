"""``ecegateway keys``: the keys that sign, and how to change the log's."""

from typing import Annotated

import typer

from ecegateway import clock
from ecegateway.bootstrap import keyring, open_gateway
from ecegateway.cli.options import SETTINGS, Json, Settings
from ecegateway.cli.screen import console, print_json
from ecegateway.config import load_config
from ecegateway.flows.keys import public_keys
from ecegateway.flows.seal import change_key
from ecegateway.signing.algorithms import Profile

app = typer.Typer(help="The keys that sign the evidence.", no_args_is_help=True)

NewProfile = Annotated[Profile | None, typer.Option("--profile", help="The new key's kind; by default as in the settings.")]


@app.command("show")
def show(config: Settings = SETTINGS, json: Json = False) -> None:
    """Show the public keys there are: hand the log's to whoever is to check the evidence."""
    found = public_keys(keyring(load_config(config)))
    if json:
        shown = {
            one.purpose: {"id": one.id, "profile": one.profile, "public_key": one.pem}
            | ({"minisign": one.minisign} if one.minisign else {})
            for one in found
        }
        print_json(shown)
        return
    screen = console()
    for one in found:
        also = f"  minisign {one.minisign}" if one.minisign else ""
        screen.print(f"[bold]{one.purpose}[/]  {one.id}  {one.profile}  {one.place}{also}")
        screen.print(one.pem, markup=False, end="")
    if not found:
        screen.print("There are no keys yet: the first command that stores something makes the log's.")


@app.command("rotate")
def rotate(profile: NewProfile = None, config: Settings = SETTINGS) -> None:
    """Give the log a new key. The log records it, signed by the old key and the new one."""
    with open_gateway(config) as gateway:
        keys = keyring(gateway.config)
        change_key(gateway.evidence, keys, profile or gateway.config.key_profile, clock.now())
    console().print(
        "The log has a new key. Hand its public half, log.pub, to whoever checks the evidence; the old one stays valid."
    )
