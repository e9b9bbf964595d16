"""``ecegateway check``: everything the rules found, one line for one cause, what to do first on top."""

import typer
from rich.console import Console

from ecegateway.bootstrap import open_gateway
from ecegateway.cli.options import SETTINGS, Json, Period, Service, Settings, chosen_services
from ecegateway.cli.screen import console, print_json
from ecegateway.contract import Exportable
from ecegateway.export.summary import causes, touches, weight
from ecegateway.flows.across import shared_in
from ecegateway.flows.claim import prepare

_HELD = 1
_NAMES = 4


def check(period: Period, service: Service = None, config: Settings = SETTINGS, json: Json = False) -> None:
    """Check the evidence of a period by the Handbook's rules. Exit code 1 when findings hold hours back."""
    screen = console()
    with open_gateway(config) as gateway:
        programmes, among = gateway.plugins.programmes(), shared_in(gateway.evidence)
        found = [
            prepare(gateway.evidence, number, period, gateway.policy, programmes=programmes, among=among)
            for number in chosen_services(gateway, service)
        ]
    if json:
        print_json({one.claim.service: one.claim.findings for one in found})
    else:
        for one in found:
            _show(screen, one.exportable)
            for failure in one.failures:
                screen.print(f"\nset aside: {failure}", style="red", markup=False)
    if any(finding.holds for one in found for finding in one.claim.findings):
        raise typer.Exit(_HELD)


def _show(screen: Console, exportable: Exportable) -> None:
    made = exportable.claim
    screen.print(f"\n[bold]{made.service_name}[/] ({made.service}), {made.period.days.first} to {made.period.days.last}")
    for cause in causes(exportable):
        touched = ", ".join(touches(cause)) or "the service"
        who = ", ".join(one.name for one in cause.causes[:_NAMES])
        more = f" and {len(cause.causes) - _NAMES} more" if len(cause.causes) > _NAMES else ""
        screen.print(f"\n[bold]{cause.rule.title}[/] · {weight(cause)} · {touched}")
        for label, words in (
            ("who", who + more),
            ("fix", cause.rule.fix),
            ("cites", f"{cause.rule.cites} ({cause.rule.rule})"),
        ):
            screen.print(f"  {label}: {words}", markup=False)
