"""``ecegateway tokens``: who may call the interface, in whose name, for what, and until when."""

from datetime import date
from typing import Annotated

import typer

from ecegateway import clock
from ecegateway.bootstrap import open_gateway
from ecegateway.cli.options import SETTINGS, Json, Settings, day_option
from ecegateway.cli.screen import console, print_json, table
from ecegateway.flows.tokens import Scope, Wanted, all_tokens, issue, revoke
from ecegateway.model.ids import ServiceNumber

app = typer.Typer(no_args_is_help=True, help="Tokens for the JSON interface (`ecegateway serve`): each is a person's.")

By = Annotated[str, typer.Option("--by", help="Who gives it out.")]


@app.command("add")
def add(
    name: Annotated[str, typer.Option("--name", help="What the token is for, as 'office computer'.")],
    person: Annotated[str, typer.Option("--person", help="Whose word it is when a program calls with it.")],
    scope: Annotated[list[Scope], typer.Option("--scope", help="What it lets do; may be said again.")],
    by: By,
    service: Annotated[
        list[str] | None, typer.Option("--service", "-s", help="For these services only; by default all in the store.")
    ] = None,
    until: Annotated[date | None, day_option("--until", "The last day it counts; by default until it is ended.")] = None,
    config: Settings = SETTINGS,
    json: Json = False,
) -> None:
    """Make a token. It is shown once, now, and kept nowhere: hand it to the program that is to call."""
    wanted = Wanted(name, person, scope, tuple(map(ServiceNumber, service or ())), until)
    with open_gateway(config) as gateway:
        number, token = issue(gateway.evidence, wanted, by=by, at=clock.now())
    if json:
        print_json({"number": number, "token": token})
        return
    screen = console()
    screen.print(f"token {number}, {person}'s, for {', '.join(sorted(scope))}. It is shown this once:", markup=False)
    screen.print(token, markup=False)


@app.command("list")
def list_(config: Settings = SETTINGS, json: Json = False) -> None:
    """List all tokens that were given out, with whose they are; never the tokens themselves."""
    with open_gateway(config) as gateway:
        found = all_tokens(gateway.evidence)
    if json:
        print_json(found)
        return
    listing = table(">number", "name", "person", "scopes", "services", "until", "ended")
    for one in found:
        until, ended = one.until or "", "" if one.end is None else f"by {one.end.by}: {one.end.why}"
        services = ", ".join(one.services) or "all"
        listing.add_row(str(one.id), one.name, one.person, ", ".join(one.scopes), services, str(until), ended)
    console().print(listing)


@app.command("end")
def end(
    number: Annotated[int, typer.Argument(help="The token's number, as tokens list gives it.")],
    by: Annotated[str, typer.Option("--by", help="Who says so.")],
    why: Annotated[str, typer.Option("--why", help="Why.")],
    config: Settings = SETTINGS,
) -> None:
    """Say that a token counts no longer, from now on."""
    with open_gateway(config) as gateway:
        revoke(gateway.evidence, number, by=by, why=why, at=clock.now())
    console().print(f"token {number} counts no longer")
