"""``ecegateway verifications``: what parents have confirmed, week by week or month by month, and whom to chase."""

import typer
from rich.console import Console
from rich.text import Text

from ecegateway.bootstrap import open_gateway
from ecegateway.cli.options import SETTINGS, Json, Period, Service, Settings, chosen_services
from ecegateway.cli.screen import console, print_json, table
from ecegateway.contract import Exportable
from ecegateway.export.summary import name_of
from ecegateway.export.verification_words import ASKS, CITES, SIGNS, open_words, span_words
from ecegateway.export.words import count, in_order_of_names, plain_day
from ecegateway.flows.across import shared_in
from ecegateway.flows.claim import prepare
from ecegateway.model.period import DateRange
from ecegateway.model.verification import TO_CHASE, ChildVerifications, VerificationState

_TO_ASK = 1
_SPANS_AT_ONCE = 9
_LOUD = {VerificationState.OVERDUE: "yellow", VerificationState.DISPUTED: "bold red", VerificationState.SUPERSEDED: "yellow"}


def verifications(period: Period, service: Service = None, config: Settings = SETTINGS, json: Json = False) -> None:
    """Show what parents have confirmed of the attendance record, what is still open, and whom to ask.

    Exit code 1 when a parent is to be asked.
    """
    with open_gateway(config) as gateway:
        among = shared_in(gateway.evidence)
        found = [
            prepare(gateway.evidence, number, period, gateway.policy, among=among).exportable
            for number in chosen_services(gateway, service)
        ]
    if json:
        print_json({one.claim.service: one.verifications() for one in found})
    else:
        for one in found:
            show_verifications(console(), one)
    spans = (span for one in found for child in one.verifications().children for span in child.spans)
    if any(span.state in TO_CHASE for span in spans):
        raise typer.Exit(_TO_ASK)


def show_verifications(screen: Console, exportable: Exportable) -> None:
    """A service's table, child by span, and below it what to do."""
    made, report = exportable.claim, exportable.verifications()
    screen.print(f"\n[bold]{made.service_name}[/] ({made.service}), {CITES}, as on {plain_day(report.on)}")
    if not report.children:
        screen.print("  No attendance is on record yet: nothing to confirm.")
        return
    children = sorted(report.children, key=lambda one: (in_order_of_names(name_of(exportable, one.child)), one.child))
    _show_table(screen, exportable, children)
    screen.print("\n  " + ", ".join(f"{sign} {words}" for sign, words in SIGNS.values()), markup=False)
    _show_what_to_chase(screen, exportable, children)


def _show_table(screen: Console, exportable: Exportable, children: list[ChildVerifications]) -> None:
    """The spans in parts, so that the table stays readable on a narrow terminal."""
    spans = sorted({span.days for child in children for span in child.spans})
    for start in range(0, len(spans), _SPANS_AT_ONCE):
        shown = spans[start : start + _SPANS_AT_ONCE]
        listing = table("  child", *(_heading(days) for days in shown))
        for child in children:
            states = {span.days: span.state for span in child.spans}
            signs = (
                Text(SIGNS[state][0], style=_LOUD.get(state, "")) if state else Text("") for state in map(states.get, shown)
            )
            listing.add_row(f"  {name_of(exportable, child.child)}", *signs)
        screen.print()
        screen.print(listing)


def _heading(days: DateRange) -> str:
    return f"{days.first.day}.{days.first.month}.-\n{days.last.day}.{days.last.month}."


def _show_what_to_chase(screen: Console, exportable: Exportable, children: list[ChildVerifications]) -> None:
    asking = [(child, span) for child in children for span in child.spans if span.state in TO_CHASE]
    if not asking:
        screen.print("\n  Nothing to chase: no parent is to be asked.")
        return
    parents = count(len({child.child for child, _ in asking}), "child", "children")
    screen.print(f"\n[bold]To chase this week[/]: {count(len(asking), 'confirmation')} for {parents}")
    last = None
    for child, span in asking:
        if child is not last:
            who = " or ".join(child.signatories) or "nobody on record: enter the parent or guardian first"
            screen.print(Text.assemble("\n  ", (f"{name_of(exportable, child.child)} ({child.child})", "bold"), f": {who}"))
            last = child
        what = f"{SIGNS[span.state][0]} {span_words(span)}: {ASKS[span.state]}: {open_words(span)}"
        screen.print(f"    {what}", markup=False)
