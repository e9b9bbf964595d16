"""``ecegateway rules``: every reason hours can be held or refused, in words."""

import typer

from ecegateway.claim.catalogue import CATALOGUE
from ecegateway.cli.options import Json
from ecegateway.cli.screen import console, print_json, table
from ecegateway.errors import ConfigError
from ecegateway.model.ids import RuleId

app = typer.Typer(no_args_is_help=True, help="The rules, in words.")


@app.command("list")
def list_rules(json: Json = False) -> None:
    """List every rule with its title and citation."""
    found = [CATALOGUE[rule] for rule in sorted(CATALOGUE)]
    if json:
        print_json(found)
        return
    listing = table("rule", "title", "section")
    for text in found:
        listing.add_row(text.rule, text.title, text.cites)
    console().print(listing)


@app.command("show")
def show_rule(rule: str, json: Json = False) -> None:
    """Show one rule: what it says, why it exists, and how to put right what it finds."""
    text = CATALOGUE.get(RuleId(rule))
    if text is None:
        raise ConfigError(f"there is no rule {rule!r}; `ecegateway rules list` shows them all")
    if json:
        print_json(text)
        return
    screen = console()
    screen.print(f"[bold]{text.title}[/]  ({text.rule}, version {text.version})")
    for heading, words in (("Says", text.message), ("Why", text.why), ("Fix", text.fix), ("Cites", text.cites)):
        screen.print(f"{heading}: {words}", markup=False)
