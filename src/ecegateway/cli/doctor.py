"""``ecegateway doctor``: what may be wrong, one line each, and what to do."""

import typer

from ecegateway import clock
from ecegateway.cli.options import SETTINGS, Json, Settings
from ecegateway.cli.screen import console, print_json
from ecegateway.doctor.checked import Level
from ecegateway.doctor.examine import examine
from ecegateway.plugins import load_plugins

_WRONG, _IN_DOUBT = 2, 4
_COLOURS = {Level.OK: "green", Level.WARNING: "yellow", Level.WRONG: "bold red"}


def doctor(config: Settings = SETTINGS, json: Json = False) -> None:
    """Look at settings, store, keys, disk, clock, backups and sources, and say what to do. Nothing is changed or asked.

    Exit code 2 when something is wrong, 4 when the evidence itself is in doubt; warnings end with 0.
    """
    found = list(examine(config, load_plugins(), clock.now()))
    if json:
        print_json({"checked": found})
    else:
        screen = console()
        for one in found:
            screen.print(f"[{_COLOURS[one.level]}]{one.level:8}[/]", end="")
            screen.print(f"{one.what}: {one.said}{f'; {one.do}' if one.do else ''}", markup=False)
    if any(one.in_doubt for one in found):
        raise typer.Exit(_IN_DOUBT)
    if any(one.level is Level.WRONG for one in found):
        raise typer.Exit(_WRONG)
