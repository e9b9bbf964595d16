"""``ecegateway census``: the annual ECE Return, from a template of answers to its files."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from ecegateway import clock
from ecegateway.bootstrap import open_gateway
from ecegateway.census.remark import Remark, Weight
from ecegateway.cli.options import SETTINGS, Json, Service, Settings, Today, day_option, one_service, today_or
from ecegateway.cli.screen import console, print_json, table
from ecegateway.config import load_config
from ecegateway.errors import ConfigError
from ecegateway.export.schemas import NOTICE
from ecegateway.flows.census import Answers, census_template, read_answers, write_return
from ecegateway.flows.code_lists import code_lists
from ecegateway.handbook.codes import CodeLists

_TO_PUT_RIGHT = 1

app = typer.Typer(no_args_is_help=True, help="The annual ECE Return: ELI-shaped, from public evidence, not Ministry-approved.")

AnswersFile = Annotated[Path, typer.Argument(help="The file of answers, TOML or JSON.")]
Monday = Annotated[date, day_option("--date", "The Monday of the census week.")]


@app.command("template")
def write_template(
    day: Monday,
    service: Service = None,
    to: Annotated[Path | None, typer.Option("--to", help="Where to write it; by default into this folder.")] = None,
    config: Settings = SETTINGS,
) -> None:
    """Write a file of answers to fill in, with what the records show of the week: who worked, for how long and when."""
    with open_gateway(config) as gateway:
        number = one_service(gateway, service)
        text = census_template(gateway.evidence, number, day, gateway.policy.codes)
    place = to or Path(f"census-{number}-{day}.toml")
    try:
        with place.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise ConfigError(f"{place} is there already, with answers perhaps; choose another place with --to") from None
    except OSError as error:
        raise ConfigError(f"{place}: cannot be written ({error.strerror}); choose another place with --to") from error
    console().print(f"{place}: fill it in, then: ecegateway census check {place}", markup=False)


@app.command("check")
def check_answers(answers: AnswersFile, today: Today = None, config: Settings = SETTINGS, json: Json = False) -> None:
    """Check a file of answers: what is missing or wrong, and what nobody can check. Exit code 1 where there is an error."""
    found = _read(answers, code_lists(load_config(config).code_lists), today)
    if json:
        print_json({"remarks": found.remarks})
    else:
        _show(console(), found)
    if _bars(found, strict=False):
        raise typer.Exit(_TO_PUT_RIGHT)


@app.command("write")
def write_files_of_return(
    answers: AnswersFile,
    strict: Annotated[bool, typer.Option("--strict", help="Write nothing where there is a warning either.")] = False,
    out: Annotated[Path | None, typer.Option("--out", help="Where to write; by default what the settings say.")] = None,
    today: Today = None,
    config: Settings = SETTINGS,
) -> None:
    """Write the return as XML and JSON. Exit code 1, and nothing is written, where something is to be put right first."""
    settings = load_config(config)
    lists = code_lists(settings.code_lists)
    found = _read(answers, lists, today)
    screen = console()
    _show(screen, found)
    if found.checked is None or _bars(found, strict=strict):
        screen.print("nothing was written")
        raise typer.Exit(_TO_PUT_RIGHT)
    folder, written = write_return(found.checked, lists, out or settings.out)
    for name in (*written.changed, *written.unchanged):
        screen.print(f"{folder / name}", markup=False)
    screen.print(NOTICE, markup=False)


def _read(answers: Path, lists: CodeLists, today: date | None) -> Answers:
    return read_answers(answers, lists, made_at=clock.now(), today=today_or(today))


def _bars(found: Answers, *, strict: bool) -> bool:
    weights = {Weight.ERROR, Weight.WARNING} if strict else {Weight.ERROR}
    return found.checked is None or any(remark.weight in weights for remark in found.remarks)


def _show(screen: Console, found: Answers) -> None:
    if not found.remarks:
        screen.print("nothing to remark")
        return
    listing = table("", "where", "what")
    for remark in sorted(found.remarks, key=_rank):
        listing.add_row(remark.weight.value, remark.where, remark.says)
    screen.print(listing)


def _rank(remark: Remark) -> int:
    return list(Weight).index(remark.weight)
