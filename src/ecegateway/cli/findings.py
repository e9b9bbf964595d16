"""``ecegateway findings``: every cause in full, whose it is, which need no action and why, and the very record behind one."""

from datetime import date
from typing import Annotated

import typer

from ecegateway import clock
from ecegateway.bootstrap import Gateway, open_gateway
from ecegateway.cli.findings_page import show_causes, show_payload, show_words
from ecegateway.cli.options import SETTINGS, Json, Period, Service, Settings, Today, day_option, one_service, today_or
from ecegateway.cli.screen import console, print_json
from ecegateway.contract import Exportable
from ecegateway.errors import ConfigError
from ecegateway.export.findings_json import cause_document
from ecegateway.flows import acting
from ecegateway.flows.claim import prepare
from ecegateway.flows.payload import payload
from ecegateway.model.ids import EvidenceId
from ecegateway.model.period import FundingPeriod

app = typer.Typer(no_args_is_help=True, help="What was found: whose it is, what is waived, and the records behind it.")

Rule = Annotated[str, typer.Argument(help="A rule, as findings list names it.")]
Child = Annotated[str | None, typer.Option("--child", help="One child's key; by default every child.")]
First = Annotated[date | None, day_option("--first-day", "The first day it is about; by default the period's first.")]
Last = Annotated[date | None, day_option("--last-day", "The last day it is about; by default the period's last.")]
By = Annotated[str, typer.Option("--by", help="Who says so.")]
Why = Annotated[str, typer.Option("--why", help="Why.")]


@app.command("list")
def list_findings(
    period: Period,
    rule: Annotated[str | None, typer.Argument(help="One rule only, with every child, day and evidence id.")] = None,
    service: Service = None,
    today: Today = None,
    config: Settings = SETTINGS,
    json: Json = False,
) -> None:
    """List what was found by cause: hours, cells, until when, whose it is; and what is waived, with the numbers to withdraw."""
    day = today_or(today)
    with open_gateway(config) as gateway:
        made = _made(gateway, service, period)
        waivers = gateway.evidence.waivers(made.claim.service)
        assignments = gateway.evidence.assignments(made.claim.service)
    causes = [cause for cause in made.causes() if rule in (None, cause.rule)]
    if rule is not None and not causes:
        raise ConfigError(f"rule {rule!r} found nothing in this period; `ecegateway findings list` shows what was found")
    opened, waived = acting.standing(causes, waivers, assignments, day)
    if json:
        print_json(
            {
                "causes": [{**cause_document(made, one.cause), "assigned": one.assigned} for one in opened],
                "waived": [{**cause_document(made, one.cause), "waivers": one.waivers} for one in waived],
                "waivers": waivers,
                "assignments": assignments,
            }
        )
        return
    screen = console()
    show_causes(screen, made, opened, waived, in_full=rule is not None)
    show_words(screen, acting.words((*waivers, *assignments), day, rule))


@app.command("assign")
def assign(
    rule: Rule,
    period: Period,
    person: Annotated[str, typer.Option("--to", help="Who is to put it right, in words.")],
    by: By,
    note: Annotated[str, typer.Option("--note", help="Anything that helps.")] = "",
    child: Child = None,
    first: First = None,
    last: Last = None,
    service: Service = None,
    config: Settings = SETTINGS,
) -> None:
    """Say who is to put a rule's findings right; kept as evidence. A later assignment stands beside it and is named first."""
    with open_gateway(config) as gateway:
        about = acting.scope(_made(gateway, service, period).claim, rule, child, first, last)
        number = acting.assign(gateway.evidence, about, person=person, by=by, note=note, at=clock.now())
    console().print(f"assignment {number}: {rule} of service {about.service} is for {person} to put right", markup=False)


@app.command("waive")
def waive(
    rule: Rule,
    period: Period,
    by: By,
    why: Why,
    until: Annotated[date | None, day_option("--until", "The last day the waiver counts; by default for good.")] = None,
    child: Child = None,
    first: First = None,
    last: Last = None,
    service: Service = None,
    config: Settings = SETTINGS,
) -> None:
    """Say that a rule's findings need no further action, and why; kept as evidence.

    A waiver is a word about action: hours a waived finding holds stay held. Only the rule's own policy switch, where it has
    one, claims them.
    """
    with open_gateway(config) as gateway:
        about = acting.scope(_made(gateway, service, period).claim, rule, child, first, last)
        number = acting.waive(gateway.evidence, about, by=by, why=why, until=until, at=clock.now())
    console().print(
        f"waiver {number}: {rule} of service {about.service} is told apart from now on; hours it holds stay held", markup=False
    )


@app.command("withdraw")
def withdraw(
    what: Annotated[str, typer.Argument(help="waiver or assignment.")],
    number: Annotated[int, typer.Argument(help="Its number, as findings list gives it.")],
    by: By,
    why: Why,
    config: Settings = SETTINGS,
) -> None:
    """Say that a waiver or an assignment counts no longer; what it was stays on record."""
    if what not in ("waiver", "assignment"):
        raise ConfigError(f"{what!r} cannot be withdrawn; write waiver or assignment, and its number")
    with open_gateway(config) as gateway:
        acting.withdraw(
            gateway.evidence, "waiver" if what == "waiver" else "assignment", number, by=by, why=why, at=clock.now()
        )
    console().print(f"{what} {number} counts no longer; it stays on record", markup=False)


@app.command("payload")
def show_evidence(
    evidence: Annotated[str, typer.Argument(help="An evidence id: source/service/stream/key@version.")],
    config: Settings = SETTINGS,
    json: Json = False,
) -> None:
    """Show the very record: its versions with what changed, and the vendor's own row of each. It holds personal data."""
    with open_gateway(config) as gateway:
        found = payload(gateway.evidence, gateway.plugins, gateway.config, EvidenceId(evidence))
    if json:
        print_json(found)
    else:
        show_payload(console(), found)


def _made(gateway: Gateway, service: str | None, period: FundingPeriod) -> Exportable:
    number, programmes = one_service(gateway, service), gateway.plugins.programmes()
    return prepare(gateway.evidence, number, period, gateway.policy, programmes=programmes).exportable
