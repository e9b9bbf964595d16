"""``ecegateway criteria``: what each source's records can prove by the twelve criteria of Handbook 6-3."""

import typer
from rich.console import Console

from ecegateway.bootstrap import open_gateway
from ecegateway.cli.options import SETTINGS, Json, Period, Service, Settings, chosen_services
from ecegateway.cli.screen import console, print_json, table
from ecegateway.contract import Exportable
from ecegateway.export.conformance_json import graded_values
from ecegateway.export.conformance_words import GRADES, grade_words, in_short
from ecegateway.export.words import count, long_day
from ecegateway.flows.claim import prepare
from ecegateway.model.conformance import Conformance, ConformanceCard, Grade

_BREACHED = 1
_DAYS_NAMED = 3


def criteria(period: Period, service: Service = None, config: Settings = SETTINGS, json: Json = False) -> None:
    """Grade every record of a period by the twelve electronic-record criteria, source by source.

    Exit code 1 when a record breaches one.
    """
    breached = False
    documents = {}
    with open_gateway(config) as gateway:
        for number in chosen_services(gateway, service):
            exportable = prepare(gateway.evidence, number, period, gateway.policy).exportable
            graded = exportable.conformance()
            breached = breached or any(counts.breached for card in graded.cards for counts in card.criteria)
            if json:
                documents[number] = graded_values(graded)
            else:
                show_conformance(console(), exportable, graded)
    if json:
        print_json(documents)
    if breached:
        raise typer.Exit(_BREACHED)


def show_conformance(screen: Console, exportable: Exportable, graded: Conformance) -> None:
    """A service's cards, and how many days have gaps."""
    made = exportable.claim
    screen.print(f"\n[bold]{made.service_name}[/] ({made.service}), {made.period.days.first} to {made.period.days.last}")
    for card in graded.cards:
        _show_card(screen, card, graded)
    if graded.gaps:
        first = ", ".join(long_day(day.day) for day in graded.gaps[:_DAYS_NAMED])
        more = f" and {len(graded.gaps) - _DAYS_NAMED} more" if len(graded.gaps) > _DAYS_NAMED else ""
        screen.print(f"\n  Days with gaps (criterion 9): {first}{more}; conformance.html names the children", markup=False)


def _show_card(screen: Console, card: ConformanceCard, graded: Conformance) -> None:
    screen.print(f"\n[bold]{card.source}[/]: {in_short(card)}")
    texts = {text.number: text for text in graded.criteria}
    listing = table("  ", "criterion", "grade", ">met", ">breached", ">cannot show")
    for counts in card.criteria:
        figures = (f"{number:,}" if number else "" for number in (counts.met, counts.breached, counts.cannot_show))
        listing.add_row(f"  {counts.criterion}", texts[counts.criterion].title, grade_words(counts), *figures)
    screen.print(listing)
    for counts in card.criteria:
        for reason in counts.reasons:
            mark = "red" if reason.grade is Grade.BREACHED else None
            words = f"{GRADES[reason.grade]}: {reason.why} ({count(reason.records, 'record')})"
            screen.print(f"  {counts.criterion} {words}", style=mark, markup=False)
    for counts in card.criteria:
        if counts.paper_needed:
            screen.print(f"  {counts.criterion} on paper: {texts[counts.criterion].on_paper}", markup=False)
