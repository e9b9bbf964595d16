"""``ecegateway rules``: every reason hours can be held or refused, in words."""

from collections.abc import Iterator

import typer

from ecegateway.claim.catalogue import CATALOGUE
from ecegateway.cli.options import Json
from ecegateway.cli.screen import console, print_json, table
from ecegateway.errors import ConfigError
from ecegateway.handbook.lookup import handbook
from ecegateway.handbook.policy import switches
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


@app.command("page")
def rules_page() -> None:
    """Print all rules, switches and parameters as one Markdown page: docs/rules.md."""
    typer.echo("\n".join(_page()))


def _page() -> Iterator[str]:
    yield "# Rules, switches and parameters\n"
    yield "Written by `ecegateway rules page` from the code; a test checks that it is current.\n"
    yield f"Read from: {handbook().edition}. Every reason that can stand in a report is listed here.\n"
    yield "## Rules\n"
    for rule in sorted(CATALOGUE):
        text = CATALOGUE[rule]
        yield f"### {text.title}\n\n`{text.rule}`, version {text.version}. {text.cites}.\n"
        yield f"- **Says:** {text.message}\n- **Why:** {text.why}\n- **Fix:** {text.fix}\n"
    yield "## Policy switches\n\nWhere the Handbook leaves room. The first reading is the default.\n"
    yield "| switch | readings | point | why |\n| --- | --- | --- | --- |"
    for switch in switches().values():
        readings = ", ".join(f"`{value}`" for value in switch.values)
        yield f"| `{switch.name}` | {readings} | {switch.point} | {switch.why} |"
    yield "\n## Parameters\n\n| parameter | value | from | verified until | section |\n| --- | --- | --- | --- | --- |"
    for parameter in handbook().parameters():
        for dated in parameter.values:
            value = f"{dated.value} {parameter.unit}"
            yield f"| `{parameter.name}` | {value} | {dated.since} | {parameter.ends} | {dated.citation} |"
