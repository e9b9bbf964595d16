"""``ecegateway retention``: how long records are kept, what is held, and erasing what has been kept for its time."""

from typing import Annotated

import typer

from ecegateway import clock
from ecegateway.bootstrap import open_gateway
from ecegateway.cli.options import SETTINGS, Json, Settings, Today, today_or
from ecegateway.cli.screen import console, print_json, table
from ecegateway.export.words import count, plain_day
from ecegateway.flows import retention
from ecegateway.handbook.lookup import handbook
from ecegateway.model.ids import ServiceNumber

app = typer.Typer(help="How long records are kept, and erasing what has been kept for its time.", no_args_is_help=True)

By = Annotated[str, typer.Option("--by", help="Who says so: a name.")]
Why = Annotated[str, typer.Option("--why", help="Why, in a sentence.")]
Service = Annotated[str, typer.Option("--service", "-s", help="A service number.")]
Child = Annotated[str | None, typer.Option("--child", help="A child as source:key; by default the whole service.")]


@app.command("list")
def list_(today: Today = None, config: Settings = SETTINGS, json: Json = False) -> None:
    """Show what each service holds, what is due to be erased, and what is held."""
    with open_gateway(config) as gateway:
        found = retention.kept(gateway.evidence, handbook(), today_or(today))
        holds = gateway.evidence.legal_holds()
    if json:
        print_json({"kept": found, "holds": holds})
        return
    numbers = (">children", ">agreement open", ">due to be erased", ">of them held", ">grown-ups", ">due", ">of them held")
    listing = table("service", *numbers, "next due")
    for one in found:
        due = plain_day(one.next_due) if one.next_due is not None else "-"
        counts = (one.children, one.open, one.due, one.held, one.people, one.people_due, one.people_held)
        listing.add_row(one.service, *map(str, counts), due)
    screen = console()
    screen.print(listing)
    for number, hold in holds.items():
        screen.print(f"hold {number}: {hold.service} {hold.child or 'all'}, by {hold.by}: {hold.why}", markup=False)


@app.command("hold")
def hold_(service: Service, by: By, why: Why, child: Child = None, config: Settings = SETTINGS) -> None:
    """Keep a child's records, or a whole service's, however old."""
    with open_gateway(config) as gateway:
        number = retention.hold(gateway.evidence, ServiceNumber(service), child, by=by, why=why, at=clock.now())
    console().print(f"Hold {number} counts until it is released: ecegateway retention release {number}")


@app.command("release")
def release(number: int, by: By, why: Why, config: Settings = SETTINGS) -> None:
    """End a hold."""
    with open_gateway(config) as gateway:
        retention.release(gateway.evidence, number, by=by, why=why, at=clock.now())
    console().print(f"Hold {number} counts no longer.")


@app.command("erase")
def erase(
    by: By,
    why: Why,
    today: Today = None,
    yes: Annotated[bool, typer.Option("--yes", help="Erase without asking.")] = False,
    config: Settings = SETTINGS,
) -> None:
    """Erase the records of every child and grown-up whose time is over and who is not held. It cannot be undone.

    The log keeps a leaf for each, and says who erased it and why; `ecegateway verify` holds as before.
    """
    with open_gateway(config) as gateway:
        day = today_or(today)
        found = retention.kept(gateway.evidence, handbook(), day)
        if not yes:
            children, people = sum(one.due - one.held for one in found), sum(one.people_due - one.people_held for one in found)
            whose = f"{count(children, 'child', 'children')} and {count(people, 'grown-up')}"
            typer.confirm(f"Erase the records of {whose} for good?", abort=True)
        done = retention.erase_due(gateway.evidence, handbook(), day, by=by, why=why, at=clock.now())
    whose = f"{count(done.children, 'child', 'children')} and {count(done.people, 'grown-up')}"
    words = f"{count(done.versions, 'record')} of {whose}, {done.told} messages about them, {done.bodies} received files"
    console().print(f"Erased: {words}. Backups made before hold them still: they go when their own time is over.")
