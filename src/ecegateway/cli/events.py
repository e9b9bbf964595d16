"""``ecegateway events``: what the Ministry is told of children, enrolments and attendance, and the monthly confirmation."""

from datetime import timedelta
from typing import Annotated

import typer

from ecegateway import clock
from ecegateway.bootstrap import Gateway, open_gateway
from ecegateway.cli import events_page as page
from ecegateway.cli.options import SETTINGS, Json, Month, Service, Settings, Today, chosen_services, one_service, today_or
from ecegateway.cli.screen import console, print_json
from ecegateway.eli.past import Standing
from ecegateway.errors import ConfigError
from ecegateway.flows.confirming import STATEMENT, Word, confirm, months
from ecegateway.flows.events import EventSettings, event_settings, queue, roll_of
from ecegateway.flows.outbox import Wanted, counts, listed, shown
from ecegateway.flows.reconciling import reconcile
from ecegateway.flows.sending import send
from ecegateway.flows.ways import open_way
from ecegateway.model.eli import Family
from ecegateway.model.ids import ChildKey
from ecegateway.shown.events import Balance, EventInFull, HeldBack, MonthShown, Outbox, QueuedShown, SentShown

NOT_SETTLED = 1
_SECONDS_A_MINUTE = 60

app = typer.Typer(
    no_args_is_help=True,
    help="What the Ministry is told, event by event. ELI-shaped, from public evidence, not Ministry-approved.",
)


@app.command("queue")
def queue_events(
    service: Service = None,
    delete_lost: Annotated[
        bool, typer.Option("--delete-lost", help="Delete at the other side what no record here speaks of any longer.")
    ] = False,
    again: Annotated[bool, typer.Option("--again", help="Tell once more what was rejected, as new events.")] = False,
    today: Today = None,
    config: Settings = SETTINGS,
    json: Json = False,
) -> None:
    """Put what is due into the outbox: what changed since it was last taken. Asked again, it queues nothing more."""
    day = today_or(today)
    with open_gateway(config) as gateway:
        how = _how(gateway)
        done = [
            queue(gateway.evidence, number, how, day, clock.now(), delete_lost=delete_lost, again=again)
            for number in chosen_services(gateway, service)
        ]
    if json:
        print_json([QueuedShown.of(one) for one in done])
    else:
        for one in done:
            page.show_queued(console(), one)


@app.command("list")
def list_events(
    service: Service = None,
    family: Annotated[Family | None, typer.Option("--family", help="One family only.")] = None,
    standing: Annotated[Standing | None, typer.Option("--standing", help="Only those that stand so.")] = None,
    child: Annotated[str | None, typer.Option("--child", help="One child's key.")] = None,
    held: Annotated[bool, typer.Option("--held", help="What cannot be said, why, and what to do.")] = False,
    after: Annotated[int, typer.Option("--after", help="Only events of higher numbers: to turn pages.")] = 0,
    most: Annotated[int, typer.Option("--most", help="So many events at most.", min=1, max=10_000)] = 100,
    today: Today = None,
    config: Settings = SETTINGS,
    json: Json = False,
) -> None:
    """List the outbox: how many events of each family stand how, then the events; or, with --held, what cannot be said."""
    wanted = Wanted(family, standing, None if child is None else ChildKey(child), after, most)
    with open_gateway(config) as gateway:
        number = one_service(gateway, service)
        if held:
            found = [one for one in roll_of(gateway.evidence, number, _how(gateway), today_or(today)).held if _is(one, wanted)]
            if json:
                print_json([HeldBack.of(one) for one in found])
            else:
                page.show_held(console(), found)
            return
        totals, events = counts(gateway.evidence, number), listed(gateway.evidence, number, wanted)
    if json:
        print_json(Outbox.of(number, totals, events))
    else:
        page.show_list(console(), number, totals, events, wanted)


@app.command("show")
def show_event(
    number: Annotated[int, typer.Argument(help="An event's number, as events list gives it.")],
    service: Service = None,
    config: Settings = SETTINGS,
    json: Json = False,
) -> None:
    """Show one event: what it says, the very bytes, and every attempt to hand it over. It holds personal data."""
    with open_gateway(config) as gateway:
        found = shown(gateway.evidence, one_service(gateway, service), number)
    if json:
        print_json(EventInFull.whole(found))
    else:
        page.show_event(console(), found)


@app.command("send")
def send_events(
    service: Service = None,
    minutes: Annotated[int | None, typer.Option("--minutes", help="Stop after so many minutes.", min=1)] = None,
    config: Settings = SETTINGS,
    json: Json = False,
) -> None:
    """Hand over what is in the outbox, by the way the settings name. Broken off and run again, it goes on where it stopped."""
    until = None if minutes is None else clock.now() + timedelta(seconds=minutes * _SECONDS_A_MINUTE)
    screen = console()
    with (
        open_gateway(config) as gateway,
        open_way(gateway.plugins, gateway.config.ministry, clock.now) as way,
        page.progress(screen, shown=not json) as watch,
    ):
        services = chosen_services(gateway, service)
        done = [send(gateway.evidence, way, number, clock.now, until=until, watch=watch) for number in services]
    if json:
        print_json([SentShown.of(one) for one in done])
    else:
        for one in done:
            page.show_sent(screen, one)
    if any(one.waiting or one.stopped for one in done):
        raise typer.Exit(NOT_SETTLED)


@app.command("reconcile")
def reconcile_events(service: Service = None, today: Today = None, config: Settings = SETTINGS, json: Json = False) -> None:
    """Compare what is here with what the other side took, family by family; exit code 1 where they differ."""
    day = today_or(today)
    with open_gateway(config) as gateway:
        done = [reconcile(gateway.evidence, number, _how(gateway), day) for number in chosen_services(gateway, service)]
    if json:
        print_json([Balance.of(one) for one in done])
    else:
        for one in done:
            page.show_reconciled(console(), one)
    if not all(one.settled for one in done):
        raise typer.Exit(NOT_SETTLED)


@app.command("confirm")
def confirm_month(
    service: Service = None,
    month: Month = None,
    by: Annotated[str | None, typer.Option("--by", help="Who confirms: name and role.")] = None,
    statement: Annotated[str, typer.Option("--statement", help="What is confirmed.")] = STATEMENT,
    although: Annotated[
        str | None, typer.Option("--although", help="Why it is confirmed though something of the month is open.")
    ] = None,
    today: Today = None,
    config: Settings = SETTINGS,
    json: Json = False,
) -> None:
    """Confirm that a month's records are complete and accurate; without --month, show how each month stands.

    A month is confirmed by the end of the next. What changes afterwards is sent like any change and needs no confirmation.
    """
    day = today_or(today)
    with open_gateway(config) as gateway:
        number, how = one_service(gateway, service), _how(gateway)
        if month is None:
            states = months(gateway.evidence, number, how, day)
        else:
            if by is None or not by.strip():
                raise ConfigError("say who confirms: --by with a name and a role")
            word = Word(by, statement, although)
            states = (confirm(gateway.evidence, number, how, month, word, today=day, at=clock.now()),)
            queue(gateway.evidence, number, how, day, clock.now())
    if json:
        print_json([MonthShown.of(one, day) for one in states])
    else:
        page.show_months(console(), number, states, day)


def _how(gateway: Gateway) -> EventSettings:
    return event_settings(gateway.policy, gateway.config.ministry)


def _is(held: object, wanted: Wanted) -> bool:
    return wanted.family in (None, getattr(held, "family", None)) and wanted.child in (None, getattr(held, "child", None))
