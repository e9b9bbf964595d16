"""``ecegateway codes``: the code lists, where each is from, and whether the files of one's own can be read."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from ecegateway.cli.options import SETTINGS, Json, Settings, Today, today_or
from ecegateway.cli.screen import console, print_json, table
from ecegateway.config import load_config
from ecegateway.errors import ConfigError
from ecegateway.export.words import count
from ecegateway.flows.code_lists import code_lists
from ecegateway.handbook.code_lists import shipped
from ecegateway.handbook.codes import CodeList, CodeLists

app = typer.Typer(no_args_is_help=True, help="Code lists: what is known of each, from where, and those of your own.")


@app.command("list")
def list_lists(config: Settings = SETTINGS, json: Json = False) -> None:
    """List every code list with its source and status; unknown ones say where to get them."""
    lists = _lists(config)
    if json:
        print_json([_document(one) for one in lists.lists])
        return
    listing = table("list", "what it is", ">codes", "status", "evidence", "source")
    for one in lists.lists:
        source = f"your {one.loaded_from}: {one.source}" if one.loaded_from else one.source
        known = str(len(one.codes)) if one.complete or not one.known else f"{len(one.codes)} of more"
        listing.add_row(one.name, one.title, known, one.status.value, one.evidence, source)
    screen = console()
    screen.print(listing)
    unknown = [one.name for one in lists.lists if not one.known]
    if unknown:
        screen.print(f"\nNot public, and not made up: {', '.join(unknown)}. Where to get one: ecegateway codes show LIST")


@app.command("show")
def show_list(
    name: Annotated[str, typer.Argument(help="A list, as codes list names it.")],
    today: Today = None,
    every: Annotated[bool, typer.Option("--all", help="The codes of every day, with their dates.")] = False,
    config: Settings = SETTINGS,
    json: Json = False,
) -> None:
    """Show one list: its source and digest, and the codes in force on a day."""
    lists = _lists(config)
    if name not in lists.names:
        raise ConfigError(f"there is no code list {name!r}; `ecegateway codes list` shows them all")
    day = today_or(today)
    found = lists[name] if every else lists[name].at(day)
    if json:
        print_json(_document(found))
        return
    _show(found, None if every else day)


@app.command("check")
def check_lists(config: Settings = SETTINGS) -> None:
    """Read the lists of the settings' folder and say what is there. Exit code 2 when one cannot be read."""
    settings = load_config(config)
    lists = code_lists(settings.code_lists)
    screen = console()
    if not lists.loaded:
        screen.print(f"{settings.code_lists}: no list there; the shipped ones are used", markup=False)
    for one in lists.loaded:
        instead = " in the place of the shipped one" if shipped()[one.name].known else ""
        screen.print(f"{one.loaded_from}: {count(len(one.codes), 'code')}{instead}, sha256 {one.digest}", markup=False)


def _lists(config: Path) -> CodeLists:
    """The lists the settings know; those that are shipped where there are no settings yet."""
    return code_lists(load_config(config).code_lists) if config != SETTINGS or config.exists() else shipped()


def _show(found: CodeList, day: date | None) -> None:
    screen = console()
    screen.print(f"[bold]{found.title}[/]")
    read = f"{found.source}, read on {found.read_on}"
    facts = {
        "status": f"{found.status.value}, evidence {found.evidence}",
        "source": f"{read}: {found.link}" if found.link else read,
        "file": found.loaded_from or "shipped with this version",
        "sha256": found.digest,
        "note": found.note,
        "to be had from": found.where,
    }
    for name, value in facts.items():
        if value:
            screen.print(f"{name}: {value}", markup=False)
    if not found.known:
        screen.print("\nNo codes are known here." if day is None else f"\nNo codes are known here for {day}.")
        return
    screen.print("\nEvery code, with its days:" if day is None else f"\nIn force on {day}:")
    listing = table("code", "meaning", "from", "to")
    for one in found.codes:
        listing.add_row(one.code, one.label, str(one.valid_from or ""), str(one.valid_to or ""))
    screen.print(listing)


def _document(one: CodeList) -> dict[str, object]:
    return {
        "name": one.name,
        "title": one.title,
        "status": one.status,
        "evidence": one.evidence,
        "source": one.source,
        "link": one.link,
        "read_on": one.read_on,
        "complete": one.complete,
        "note": one.note,
        "where": one.where,
        "file": one.loaded_from or None,
        "sha256": one.digest,
        "headings": one.headings,
        "codes": one.codes,
    }
