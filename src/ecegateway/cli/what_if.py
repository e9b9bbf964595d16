"""``ecegateway claim --what-if``: what another reading of a doubtful point would change, before anyone adopts it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Annotated

import typer
from rich.console import Console

from ecegateway.bootstrap import Gateway
from ecegateway.cli.options import chosen_services
from ecegateway.cli.screen import console, print_json, table
from ecegateway.errors import ConfigError
from ecegateway.export.summary import name_of
from ecegateway.export.words import CATEGORIES, STAFF_COLUMNS, clock, count
from ecegateway.flows.what_if import Compared, compare
from ecegateway.handbook.policy import Policy, policy, switches
from ecegateway.model.claim import Category
from ecegateway.model.period import FundingPeriod
from ecegateway.model.what_if import Column, WhatIf

WhatIfs = Annotated[
    list[str] | None,
    typer.Option(
        "--what-if",
        metavar="SWITCH=VALUE",
        help="Show instead what another reading would change for each child; give it again for several. Nothing is adopted.",
    ),
]


def ask_what_if(
    gateway: Gateway, asked: Iterable[str], period: FundingPeriod, service: str | None, known_at: datetime | None, *, json: bool
) -> None:
    """Compare the claims of the chosen services with what other readings would make of them."""
    readings = _readings(asked)
    other = policy({**gateway.config.policy, **readings}, gateway.policy.codes)
    found = [
        compare(gateway.evidence, number, period, gateway.policy, other, known_at=known_at)
        for number in chosen_services(gateway, service)
    ]
    if json:
        print_json({one.exportable.claim.service: _document(one, readings, gateway.policy) for one in found})
        return
    screen = console()
    for one in found:
        _show(screen, one, readings, gateway.policy)
    screen.print(
        "\nNothing was written or adopted. To read it so from now on, set the switch under \\[policy] in the settings."
    )


def _readings(asked: Iterable[str]) -> dict[str, str]:
    """The readings asked about, by switch.

    Raises:
        ConfigError: one is not written as ``switch=value``, or a switch is given twice.
    """
    found: dict[str, str] = {}
    for words in asked:
        switch, sign, value = words.partition("=")
        if not sign:
            raise ConfigError(f"--what-if {words!r}: write switch=value, for instance rs7.rounding=bankers")
        if switch in found:
            raise ConfigError(f"--what-if names {switch} twice; ask about one reading at a time")
        found[switch] = value
    return found


def _document(compared: Compared, readings: Mapping[str, str], now: Policy) -> dict[str, object]:
    """The comparison for machines, with each reading's switch, point and why."""
    asked = [
        {
            "switch": switch,
            "now": now[switch],
            "what_if": value,
            "version": switches()[switch].version,
            "point": switches()[switch].point,
            "why": switches()[switch].why,
        }
        for switch, value in readings.items()
    ]
    return {"readings": asked, "change": compared.what_if}


def _show(screen: Console, compared: Compared, readings: Mapping[str, str], now: Policy) -> None:
    made, found = compared.exportable.claim, compared.what_if
    screen.print(f"\n[bold]{made.service_name}[/] ({made.service}), {made.period.days.first} to {made.period.days.last}")
    for switch, value in readings.items():
        already = "as the settings read already" if value == now[switch] else f"the settings read {now[switch]}"
        screen.print(f"  what if {switch} were {value} ({already})", style="bold", markup=False)
        screen.print(
            f"    point {switches()[switch].point}; why it stands at its default: {switches()[switch].why}", markup=False
        )
    _show_return(screen, found)
    if not found.children:
        screen.print("  no child's hours would change")
        return
    screen.print(f"  {count(len(found.children), 'child', 'children')} with other hours:")
    listing = table("    child", "key", ">hours before", ">after", ">gained", ">lost")
    for one in found.children:
        amounts = (clock(minutes) for minutes in (one.before, one.after, one.gained, one.lost))
        listing.add_row(f"    {name_of(compared.exportable, one.child)}", one.child, *amounts)
    screen.print(listing)
    screen.print("    Hours that move to another column are lost in the one and gained in the other.")


def _show_return(screen: Console, found: WhatIf) -> None:
    changed = {column: pair for column, pair in found.totals.items() if pair[0] != pair[1]}
    if not found.cells:
        screen.print("  the return would stay as it is")
        return
    screen.print(f"  the return: {count(len(found.cells), 'figure')} would change")
    for column, (before, after) in changed.items():
        screen.print(f"    {_title(column)}: {before:,} hours, would be {after:,} ({after - before:+,})", markup=False)
    if not changed:
        screen.print("    the period's totals would stay as they are")


def _title(column: Column) -> str:
    return CATEGORIES[column] if isinstance(column, Category) else STAFF_COLUMNS[column]
