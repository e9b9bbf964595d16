"""``ecegateway handbook``: the law as data, on one screen or part by part."""

import typer
from rich.console import Console

from ecegateway.claim.catalogue import CATALOGUE
from ecegateway.claim.coverage import Section, coverage
from ecegateway.cli.options import Json
from ecegateway.cli.screen import console, print_json, table
from ecegateway.export.words import count
from ecegateway.handbook.citation import FUNDING_HANDBOOK, instruments
from ecegateway.handbook.lookup import handbook
from ecegateway.handbook.policy import switches
from ecegateway.handbook.rates import rates

_NOTHING_CITES = "no rule, clause, parameter, rate or code list cites these yet (a calculation may follow them all the same)"

app = typer.Typer(help="The law as data: what was read, what is carried out, parameters and policy switches.")


@app.callback(invoke_without_command=True)
def overview(context: typer.Context, json: Json = False) -> None:
    """Show the edition read, what carries out each section, parameters and policy switches; or one part alone."""
    if context.invoked_subcommand is not None:
        return
    if json:
        print_json(
            {
                "edition": handbook().edition,
                "instruments": list(instruments().values()),
                "rules": len(CATALOGUE),
                "rates": len(rates()),
                "sections": coverage(),
                "parameters": handbook().parameters(),
                "switches": list(switches().values()),
            }
        )
        return
    screen = console()
    screen.print(f"[bold]{handbook().edition}[/]")
    amounts = (
        f"{len(CATALOGUE)} rules and clauses",
        count(len(handbook().parameters()), "parameter"),
        count(len(rates()), "rate"),
        count(len(switches()), "policy switch", "policy switches"),
    )
    screen.print(f"  {', '.join(amounts)}; a rule in words: ecegateway rules show RULE", markup=False)
    for heading, show in (
        ("What was read", _show_instruments),
        ("Sections, and what carries them out", _show_coverage),
        ("Parameters", _show_parameters),
        ("Policy switches", _show_switches),
    ):
        screen.print(f"\n[bold]{heading}[/]")
        show(screen)


@app.command("coverage")
def list_coverage(json: Json = False) -> None:
    """List which sections rules, clauses, parameters, rates and code lists cite, and which nothing cites yet."""
    if json:
        print_json(coverage())
        return
    _show_coverage(console())


@app.command("parameters")
def list_parameters(json: Json = False) -> None:
    """List limits and ages with unit, dates and citation."""
    if json:
        print_json(handbook().parameters())
        return
    _show_parameters(console())


@app.command("switches")
def list_switches(json: Json = False) -> None:
    """List the policy switches: where the Handbook leaves room, how it is read, and why."""
    if json:
        print_json(list(switches().values()))
        return
    _show_switches(console())


def _show_instruments(screen: Console) -> None:
    listing = table("instrument", "publisher", "edition", "link")
    for one in instruments().values():
        listing.add_row(one.title, one.publisher, one.edition, one.link)
    screen.print(listing)


def _show_coverage(screen: Console) -> None:
    listing = table("section", "title", "rules and clauses", "parameters", "rates", "code lists")
    found = coverage()
    for one in found:
        if one.cited:
            listing.add_row(
                _number(one), one.title, *(", ".join(names) for names in (one.rules, one.parameters, one.rates, one.code_lists))
            )
    screen.print(listing)
    left = [f"{_number(one)} {one.title}" for one in found if not one.cited]
    if left:
        screen.print(f"{_NOTHING_CITES}: {'; '.join(left)}", markup=False)


def _number(one: Section) -> str:
    return one.section if one.instrument == FUNDING_HANDBOOK else instruments()[one.instrument].title


def _show_parameters(screen: Console) -> None:
    listing = table("parameter", ">value", "unit", "from", "verified until", "section")
    for parameter in handbook().parameters():
        for dated in parameter.values:
            value, since, until = str(dated.value), str(dated.since), str(parameter.ends)
            listing.add_row(parameter.name, value, parameter.unit, since, until, str(dated.citation))
    screen.print(listing)


def _show_switches(screen: Console) -> None:
    listing = table("switch", "readings (default first)", "point", "why")
    for switch in switches().values():
        listing.add_row(switch.name, ", ".join(switch.values), switch.point, switch.why)
    screen.print(listing)
