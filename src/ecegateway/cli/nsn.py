"""``ecegateway nsn``: the way to each child's National Student Number: search, choose, create, record, documents, merges."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import typer

from ecegateway import clock
from ecegateway.bootstrap import Gateway, open_gateway
from ecegateway.cli.nsn_page import show_kept, show_lines, show_way
from ecegateway.cli.options import SETTINGS, Json, Service, Settings, Today, day_option, one_service, today_or
from ecegateway.cli.screen import console, print_json
from ecegateway.errors import ConfigError
from ecegateway.flows import nsn
from ecegateway.flows.nsn_desk import Desk
from ecegateway.flows.nsn_index import Index, create, follow_merges, search
from ecegateway.flows.ways import open_way
from ecegateway.nsn.standing import Sighted
from ecegateway.shown.numbers import ChildInFull, Children, Followed, StepKept

app = typer.Typer(no_args_is_help=True, help="National Student Numbers: who has none, and the way to one, step by step.")

Child = Annotated[str, typer.Argument(help="The child's key, as nsn list gives it.")]
By = Annotated[str, typer.Option("--by", help="Who does it.")]
Why = Annotated[str, typer.Option("--why", help="Why, in words; it stays on record.")]
AskedOn = Annotated[
    date | None, day_option("--family-asked-on", "The day the family was asked for a document; by default today.")
]
NOBODY = "nobody: it only looks"


@app.command("list")
def list_children(
    everybody: Annotated[bool, typer.Option("--all", help="Every child, those with a number too.")] = False,
    service: Service = None,
    today: Today = None,
    config: Settings = SETTINGS,
    json: Json = False,
) -> None:
    """List the children without a number or with an unverified one: how far each is, what to do next, what is overdue."""
    with _desk(config, service, NOBODY, today) as desk:
        lines = nsn.listed(desk, everybody=everybody)
    if json:
        print_json(Children.of(desk.service, lines))
    else:
        show_lines(console(), lines)


@app.command("show")
def show(child: Child, service: Service = None, today: Today = None, config: Settings = SETTINGS, json: Json = False) -> None:
    """Show one child's way in full: every step, by whom and why, and what the index gave. It holds personal data."""
    with _desk(config, service, NOBODY, today) as desk:
        line, steps = nsn.shown(desk, child)
    if json:
        print_json(ChildInFull.of(line, steps))
    else:
        show_way(console(), line)


@app.command("search")
def search_index(
    child: Child, by: By, service: Service = None, today: Today = None, config: Settings = SETTINGS, json: Json = False
) -> None:
    """Search the student index for a child whose document was sighted; candidates come ranked, with how like each is."""
    with _at_index(config, service, by, today) as (desk, index):
        kept = search(desk, index, child)
        line, _ = nsn.shown(desk, child)
    _show(kept, line, json=json)


@app.command("choose")
def choose(
    child: Child,
    number: Annotated[str, typer.Option("--nsn", help="The number of the record that is the child's.")],
    by: By,
    why: Annotated[str, typer.Option("--why", help="Why it is the child; needed for a near match.")] = "",
    service: Service = None,
    today: Today = None,
    config: Settings = SETTINGS,
    json: Json = False,
) -> None:
    """Take a record of the last search for the child's. One that was merged gives its master's number."""
    _decide(config, service, by, today, child, lambda desk: nsn.choose(desk, child, number, why), json=json)


@app.command("create")
def create_record(
    child: Child,
    by: By,
    why: Why = "",
    service: Service = None,
    today: Today = None,
    config: Settings = SETTINGS,
    json: Json = False,
) -> None:
    """Have a new record made. The index is searched once more right before; nobody is created beside a near match."""
    with _at_index(config, service, by, today) as (desk, index):
        kept = create(desk, index, child, why)
        line, _ = nsn.shown(desk, child)
    _show(kept, line, json=json)


@app.command("unverified")
def ask_unverified(
    child: Child,
    by: By,
    why: Why,
    asked_on: AskedOn = None,
    service: Service = None,
    today: Today = None,
    config: Settings = SETTINGS,
    json: Json = False,
) -> None:
    """Note that the Ministry was asked for an unverified number, and the family for a document within two weeks."""
    _decide(config, service, by, today, child, lambda desk: nsn.ask_unverified(desk, child, why, asked_on), json=json)


@app.command("record")
def record(
    child: Child,
    number: Annotated[str, typer.Option("--nsn", help="The number.")],
    by: By,
    why: Why,
    how: Annotated[
        str,
        typer.Option("--how", help="found on the Ministry's page, created there, or given unverified."),
    ] = "found",
    asked_on: AskedOn = None,
    service: Service = None,
    today: Today = None,
    config: Settings = SETTINGS,
    json: Json = False,
) -> None:
    """Keep a number that was found, created or given outside the gateway. It may correct one that was recorded in error."""
    known = _how(how)
    _decide(
        config,
        service,
        by,
        today,
        child,
        lambda desk: nsn.record(desk, child, number, known, why=why, family_asked_on=asked_on),
        json=json,
    )


@app.command("document")
def note_document(
    child: Child,
    by: By,
    document: Annotated[str | None, typer.Option("--document", help='Which: "birth certificate", passport, …')] = None,
    sighted_on: Annotated[date | None, day_option("--sighted-on", "The day it was sighted; by default today.")] = None,
    verified: Annotated[
        bool, typer.Option("--verified", help="The Ministry has verified the number by the document on record.")
    ] = False,
    why: Why = "",
    service: Service = None,
    today: Today = None,
    config: Settings = SETTINGS,
    json: Json = False,
) -> None:
    """Note that an identity document was sighted, or that the Ministry has verified the number by it."""
    if (document is None) == (not verified):
        raise ConfigError(
            "say either --document with what was sighted, or --verified once the Ministry has verified the number"
        )

    def note(desk: Desk) -> nsn.Kept:
        if document is None:
            return nsn.note_verified(desk, child, why)
        return nsn.note_document(desk, child, Sighted(document, sighted_on or desk.today), why)

    _decide(config, service, by, today, child, note, json=json)


@app.command("merges")
def merges(
    by: By = "ecegateway", service: Service = None, today: Today = None, config: Settings = SETTINGS, json: Json = False
) -> None:
    """Follow the index's merges: a child whose number is no more gets its master's, and everything made from now on has it."""
    with _at_index(config, service, by, today) as (desk, index):
        followed = follow_merges(desk, index)
    if json:
        print_json(Followed.of(desk.service, followed))
        return
    screen = console()
    for step in followed:
        screen.print(f"{step.child}: its number was merged; the master's stands from now on", markup=False)
    if not followed:
        screen.print("no child's number was merged since the last time", markup=False)


def _how(word: str) -> Literal["found", "created", "unverified"]:
    match word:
        case "found" | "created" | "unverified":
            return word
        case _:
            raise ConfigError(f"--how is found, created or unverified, not {word!r}")


def _decide(
    config: Path,
    service: str | None,
    by: str,
    today: date | None,
    child: str,
    decide: Callable[[Desk], nsn.Kept],
    *,
    json: bool,
) -> None:
    with _desk(config, service, by, today) as desk:
        kept = decide(desk)
        line, _ = nsn.shown(desk, child)
    _show(kept, line, json=json)


def _show(kept: nsn.Kept, line: nsn.Line, *, json: bool) -> None:
    if json:
        print_json(StepKept.of(kept, line))
    else:
        show_kept(console(), kept, line)


@contextmanager
def _desk(config: Path, service: str | None, by: str, today: date | None) -> Iterator[Desk]:
    with open_gateway(config) as gateway:
        yield _opened(gateway, service, by, today)


@contextmanager
def _at_index(config: Path, service: str | None, by: str, today: date | None) -> Iterator[tuple[Desk, Index]]:
    with open_gateway(config) as gateway, open_way(gateway.plugins, gateway.config.ministry, clock.now) as way:
        if way.index is None:
            raise ConfigError(
                f"the transport {way.description.name!r} does not lead to the student index; do it on the Ministry's page "
                "with what `ecegateway export nsn` writes, and keep what came of it: ecegateway nsn record"
            )
        yield _opened(gateway, service, by, today), Index(way.index, way.handing)


def _opened(gateway: Gateway, service: str | None, by: str, today: date | None) -> Desk:
    number = one_service(gateway, service)
    return Desk(gateway.evidence, number, gateway.policy, by, clock.now(), today_or(today))
