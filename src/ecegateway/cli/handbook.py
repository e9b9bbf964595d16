"""``ecegateway handbook``: the parameters and policy switches claims are made with."""

import typer

from ecegateway.cli.options import Json
from ecegateway.cli.screen import console, print_json, table
from ecegateway.handbook.lookup import handbook
from ecegateway.handbook.policy import switches

app = typer.Typer(no_args_is_help=True, help="The law as data.")


@app.command("parameters")
def list_parameters(json: Json = False) -> None:
    """List limits and ages with unit, dates and citation."""
    found = handbook().parameters()
    if json:
        print_json(found)
        return
    listing = table("parameter", ">value", "unit", "from", "verified until", "section")
    for parameter in found:
        for dated in parameter.values:
            value, since, until = str(dated.value), str(dated.since), str(parameter.ends)
            listing.add_row(parameter.name, value, parameter.unit, since, until, str(dated.citation))
    console().print(listing)


@app.command("switches")
def list_switches(json: Json = False) -> None:
    """List the policy switches: where the Handbook leaves room, how it is read, and why."""
    found = switches()
    if json:
        print_json(list(found.values()))
        return
    listing = table("switch", "readings (default first)", "point", "why")
    for switch in found.values():
        listing.add_row(switch.name, ", ".join(switch.values), switch.point, switch.why)
    console().print(listing)
