"""``ecegateway forecast``: what is to be expected after a period, in words that keep it apart from what is claimed."""

from typing import Annotated

import typer
from rich.console import Console

from ecegateway.bootstrap import open_gateway
from ecegateway.cli.options import SETTINGS, Json, KnownAt, Period, Service, Settings, chosen_services
from ecegateway.cli.screen import console, print_json, table
from ecegateway.export.summary import name_of
from ecegateway.export.words import CATEGORIES, clock, dollars, long_day, month_name, plain_day, short_day
from ecegateway.flows.forecast import Foretold, foretell
from ecegateway.forecast.types import Birthday, Expected, Forecast
from ecegateway.handbook.citation import cite
from ecegateway.handbook.policy import Policy
from ecegateway.handbook.rate import Rate, Scale

Scales = Annotated[
    Scale | None, typer.Option("--scale", help="The scale the service is funded on; without it no rate can be looked up.")
]


def forecast(
    period: Period,
    service: Service = None,
    scale: Scales = None,
    known_at: KnownAt = None,
    config: Settings = SETTINGS,
    json: Json = False,
) -> None:
    """Look ahead from a period: birthdays to act on, days and hours to expect, when the return is due. It is no claim."""
    with open_gateway(config) as gateway:
        found = [
            foretell(gateway.evidence, number, period, gateway.policy, scale=scale, known_at=known_at)
            for number in chosen_services(gateway, service)
        ]
        reading = gateway.policy
    if json:
        print_json({one.forecast.service: one.forecast for one in found})
        return
    screen = console()
    for one in found:
        _show(screen, one, reading)


def _show(screen: Console, foretold: Foretold, reading: Policy) -> None:
    found = foretold.forecast
    screen.print(f"\n[bold]{found.service_name}[/] ({found.service}), {found.period.days.first} to {found.period.days.last}")
    screen.print(f"  {found.says}", markup=False)
    due = f"may be sent from {plain_day(found.opens)} and is due on {long_day(found.due)}"
    screen.print(f"  The return {due} ({cite('2-4')}).", markup=False)
    _show_birthdays(screen, foretold)
    _show_days(screen, found)
    _show_hours(screen, found, reading)


def _show_birthdays(screen: Console, foretold: Foretold) -> None:
    found = foretold.forecast
    last = month_name(found.months[-1].days.month)
    screen.print(f"\n  [bold]Birthdays with which the agreement does not change[/], until the end of {last}")
    groups: dict[tuple[bool, int, str], list[Birthday]] = {}
    for one in found.birthdays:
        groups.setdefault((one.by is None, one.turns, one.says), []).append(one)
    if not groups:
        screen.print("    none")
    for (_, turns, says), group in sorted(groups.items()):
        screen.print(f"    turning {turns}: {says}\n      {group[0].fix} ({group[0].citation})", markup=False)
        listing = table("      birthday", "to do by", "child", "key", "")
        for one in group:
            name = name_of(foretold.exportable, one.child)
            listing.add_row(f"      {one.on}", str(one.by) if one.by is not None else "", name, one.child, one.detail)
        screen.print(listing)


def _show_days(screen: Console, found: Forecast) -> None:
    screen.print(f"\n  [bold]Days to be funded in advance[/] ({cite('9-5')})")
    listing = table("    month", ">all-day", ">sessional", ">parent-led", "left out")
    for month in found.months:
        left = ", ".join(f"{short_day(one.day)} {one.why}" for one in month.left_out)
        days = (str(amount) for amount in (month.days.all_day, month.days.sessional, month.days.parent_led))
        listing.add_row(f"    {month_name(month.days.month)}", *days, left)
    screen.print(listing)


def _show_hours(screen: Console, found: Forecast, reading: Policy) -> None:
    screen.print(f"\n  [bold]Hours to expect[/] ({cite('2-4')})")
    for average in found.averages:
        by = f"{average.days} days ({reading['estimate.average-divisor']}, switch estimate.average-divisor)"
        screen.print(f"    {average.mode}: hours claimed by now, without those held back, divided by {by}", markup=False)
    if found.certificated is not None:
        one = found.certificated
        share = f"{one.hundredths // 100}.{one.hundredths % 100:02d} per cent ({reading['rate.band-rounding']})"
        hours = f"{one.certificated:,} of {one.certificated + one.other:,} staff hours"
        screen.print(f"    certificated teachers: {hours}, {share}, band {one.band} (switch rate.band-rounding)", markup=False)
    if not found.expected:
        screen.print("    no hour was claimed in the period; there is nothing to expect from")
        return
    listing = table("    month", "mode", "category", ">days", ">hours a day", ">hours", ">rate", ">dollars incl GST")
    averages = {average.mode: average for average in found.averages}
    for line in found.expected:
        a_day = clock(averages[line.mode].minutes(line.category))
        money = _money(line)
        month = f"    {month_name(line.month)}"
        listing.add_row(month, line.mode, CATEGORIES[line.category], str(line.days), a_day, clock(line.minutes), *money)
    screen.print(listing)
    without = [line.rate.says for line in found.expected if not isinstance(line.rate, Rate)]
    if without:
        more = f" (and {len(without) - 1} more like it; --json has them all)" if len(without) > 1 else ""
        screen.print(f"    {without[0]}{more}", markup=False)
    if found.scale is None:
        screen.print(f"    give the scale with --scale: {', '.join(Scale)}", markup=False)


def _money(line: Expected) -> tuple[str, str]:
    if isinstance(line.rate, Rate) and line.cents is not None:
        return dollars(line.rate.including_gst), dollars(line.cents)
    return "no verified rate", ""
