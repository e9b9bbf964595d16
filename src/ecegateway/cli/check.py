"""``ecegateway check``: what the rules found, for whoever has to put it right: what holds money first, then the rest."""

from typing import Annotated, Any

import typer

from ecegateway import clock
from ecegateway.bootstrap import open_gateway
from ecegateway.cli.check_page import show_check
from ecegateway.cli.options import SETTINGS, Json, Period, Service, Settings, Today, chosen_services, settings_option, today_or
from ecegateway.cli.screen import console, print_json
from ecegateway.export.findings_json import cause_document
from ecegateway.flows.across import shared_in
from ecegateway.flows.check import Checked
from ecegateway.flows.check import check as check_service

_HELD = 1


def check(
    period: Period,
    service: Service = None,
    everything: Annotated[bool, typer.Option("--all", help="Every cause in full, and every child.")] = False,
    since: Annotated[int | None, typer.Option("--since", help="Compare with this check, by its number.")] = None,
    today: Today = None,
    config: Settings = SETTINGS,
    json: Json = False,
) -> None:
    """Check the evidence of a period by the Handbook's rules: what holds hours back, who has it, until when, and the fix.

    What differs from the check before is named, and the check is kept if anything does. Exit code 1 when findings hold hours.
    """
    screen, day = console(), today_or(today)
    with open_gateway(config) as gateway:
        programmes, among = gateway.plugins.programmes(), shared_in(gateway.evidence)
        found = [
            check_service(
                gateway.evidence,
                number,
                period,
                gateway.policy,
                programmes=programmes,
                now=clock.now(),
                today=day,
                since=since,
                among=among,
            )
            for number in chosen_services(gateway, service)
        ]
    if json:
        print_json({one.exportable.claim.service: _document(one) for one in found})
    else:
        for one in found:
            show_check(screen, one, day, settings_option(config), everything=everything)
    if any(finding.holds for one in found for finding in one.exportable.claim.findings):
        raise typer.Exit(_HELD)


def _document(one: Checked) -> dict[str, Any]:
    return {
        "due": one.due,
        "run": one.run,
        "since": None if one.since is None else {"run": one.since.id, "at": one.since.at},
        "changes": one.changes,
        "causes": [{**cause_document(one.exportable, found.cause), "assigned": found.assigned} for found in one.open],
        "waived": [{**cause_document(one.exportable, found.cause), "waivers": found.waivers} for found in one.waived],
        "set_aside": one.failures,
    }
