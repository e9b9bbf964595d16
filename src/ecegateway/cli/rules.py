"""``ecegateway rules``: every reason hours can be held or refused, in words."""

import dataclasses
from pathlib import Path
from typing import Annotated

import typer

from ecegateway.claim.catalogue import CATALOGUE, by_theme
from ecegateway.cli.options import Json
from ecegateway.cli.rule_pages import write_pages
from ecegateway.cli.rule_sheets import Sheet, sheet
from ecegateway.cli.screen import console, print_json, table
from ecegateway.errors import ConfigError
from ecegateway.model.finding import RuleText, Severity
from ecegateway.model.ids import RuleId

app = typer.Typer(no_args_is_help=True, help="The rules, in words.")

Word = Annotated[str | None, typer.Option("--word", "-w", help="Only rules that say this somewhere.")]
OfSeverity = Annotated[Severity | None, typer.Option("--severity", help="Only rules of this severity.")]


@app.command("list")
def list_rules(word: Word = None, severity: OfSeverity = None, json: Json = False) -> None:
    """List the rules by what they are about, with title, severity and citation."""
    found = {rule: text for rule, text in CATALOGUE.items() if _says(text, word) and severity in (None, text.severity)}
    if not found:
        raise ConfigError("no rule is like that; `ecegateway rules list` shows them all")
    if json:
        print_json([found[rule] for rule in sorted(found)])
        return
    screen = console()
    for theme, rules in by_theme(found).items():
        screen.print(f"\n[bold]{theme}[/]")
        listing = table("rule", "what it is about", "severity", "section")
        for rule in rules:
            listing.add_row(rule, found[rule].title, sheet(rule).severity, found[rule].cites)
        screen.print(listing)


def _says(text: RuleText, word: str | None) -> bool:
    """Whether a rule has a word in its id, its title or anything it says, in capitals or not."""
    if word is None:
        return True
    said = (text.rule, text.title, text.message, text.why, text.fix, text.cites, text.holds, text.condition)
    return any(word.casefold() in words.casefold() for words in (*said, *(one.text for one in text.examples)))


@app.command("show")
def show_rule(rule: str, json: Json = False) -> None:
    """Show one rule: what it says, when exactly, why it exists, how to put right what it finds, and examples."""
    if rule not in CATALOGUE:
        raise ConfigError(f"there is no rule {rule!r}; `ecegateway rules list` shows them all")
    found = sheet(RuleId(rule))
    if json:
        text = {field.name: getattr(found.text, field.name) for field in dataclasses.fields(found.text)}
        print_json({**text, "edition": found.edition, "switch": found.switch})
        return
    _show(found)


def _show(found: Sheet) -> None:
    screen = console()
    screen.print(f"[bold]{found.text.title}[/]")
    for name, value in found.facts():
        screen.print(f"{name.capitalize()}: {value}", markup=False)
    for heading, words in found.sections():
        screen.print(f"\n[bold]{heading}[/]")
        screen.print(words, markup=False)
    if found.switch is not None:
        screen.print("\n[bold]Policy switch[/]")
        default, *others = found.switch.values
        readings = ", ".join((f"{default} (the default)", *others))
        screen.print(f"{found.switch.name}: {readings}. {found.switch.why}", markup=False)
    for heading, of in (("Examples: found", True), ("Examples: not found", False)):
        examples = found.examples(found=of)
        if examples:
            screen.print(f"\n[bold]{heading}[/]")
        for words in examples:
            screen.print(f"- {words}", markup=False)


@app.command("page")
def rules_page(folder: Annotated[Path, typer.Argument(help="The folder of documents.")]) -> None:
    """Write all rules, switches and parameters as Markdown: an index, rules.md, and a page for each rule in rules/."""
    write_pages(folder)
