"""``ecegateway return``: a funding return from its draft to the Ministry's answer; each step is somebody's, and evidence."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from ecegateway import clock
from ecegateway.bootstrap import Gateway, keyring, open_gateway
from ecegateway.cli.options import (
    SETTINGS,
    Json,
    Period,
    Service,
    Settings,
    Today,
    chosen_services,
    day_option,
    one_service,
    settings_option,
    today_or,
)
from ecegateway.cli.returns_page import (
    show_checks,
    show_due,
    show_list,
    show_receipt,
    show_return,
)
from ecegateway.cli.screen import console, print_json
from ecegateway.errors import ConfigError
from ecegateway.export.words import count
from ecegateway.export.write import write_files
from ecegateway.flows import return_correction, return_making, return_reading, return_sending, return_steps
from ecegateway.flows.ways import open_way
from ecegateway.model.period import FundingPeriod
from ecegateway.outbound import Outcome
from ecegateway.shown.returns import Owed, Returns, ReturnShown, Submission, Validation

app = typer.Typer(no_args_is_help=True, help="A funding return: prepare, validate, attest, sign, submit, receive.")

Number = Annotated[int, typer.Argument(help="The return's number, as return list gives it.")]
By = Annotated[str, typer.Option("--by", help="Who does it: a name.")]
_HELD, _NOT_THERE = 1, 3


@app.command("list")
def list_(
    service: Service = None,
    period: Annotated[FundingPeriod | None, Period.__metadata__[0]] = None,
    today: Today = None,
    config: Settings = SETTINGS,
    json: Json = False,
) -> None:
    """List returns with where each stands, and those that are due, from two weeks before their last day."""
    day = today_or(today)
    with open_gateway(config) as gateway:
        services = chosen_services(gateway, service)
        found = [one for number in services for one in return_reading.all_returns(gateway.evidence, number, period)]
        due = return_reading.owed(gateway.evidence, services, day)
    if json:
        print_json(Returns(returns=[ReturnShown.of(one) for one in found], due=[Owed.of(one, day) for one in due]))
        return
    screen = console()
    show_due(screen, due, day, settings_option(config))
    show_list(screen, found)


@app.command("show")
def show(number: Number, today: Today = None, config: Settings = SETTINGS, json: Json = False) -> None:
    """Show a return's whole life: every step, by whom and when, every attempt to hand it over, and what comes next."""
    with open_gateway(config) as gateway:
        one = _one(gateway, number)
    if json:
        print_json(ReturnShown.of(one))
    else:
        show_return(console(), one, today_or(today), settings_option(config))


@app.command("prepare")
def prepare(
    period: Period,
    by: By,
    service: Service = None,
    why: Annotated[str, typer.Option("--why", help="Why it changes an earlier one; needed once that was due.")] = "",
    zero: Annotated[bool, typer.Option("--zero", help="Nothing is claimed for the period.")] = False,
    first: Annotated[
        date | None, day_option("--first-day", "The first day claimed here; by default the period's first.")
    ] = None,
    last: Annotated[date | None, day_option("--last-day", "The last day claimed here; by default the period's last.")] = None,
    rest_by: Annotated[str, typer.Option("--rest-by", help="Who claims the rest: the system used before, or paper.")] = "",
    today: Today = None,
    config: Settings = SETTINGS,
    json: Json = False,
) -> None:
    """Make the return of a period from the evidence as it stands, as a draft. A draft made before has had its day then."""
    wish = return_making.wish_for(period, first, last, rest_by, zero=zero, reason=why)
    with open_gateway(config) as gateway:
        made = return_making.prepare(
            gateway.evidence,
            one_service(gateway, service),
            period,
            gateway.policy,
            wish,
            by=by,
            at=clock.now(),
            today=today_or(today),
        )
        one = _one(gateway, made.number)
    _told(one, config, today, json=json, said="" if made.new else "nothing has changed: this draft stands already")


@app.command("validate")
def validate(
    number: Number,
    by: By,
    without_held: Annotated[
        str, typer.Option("--without-held", help="Why it goes without the hours that are held back, if any are.")
    ] = "",
    today: Today = None,
    config: Settings = SETTINGS,
    json: Json = False,
) -> None:
    """Check a draft: its figures, the absences of each month, hours held back. Exit code 1 if something stands against it."""
    with open_gateway(config) as gateway:
        found = return_steps.validate(
            gateway.evidence,
            number,
            gateway.policy,
            by=by,
            at=clock.now(),
            today=today_or(today),
            without_held=without_held,
        )
        one = _one(gateway, number)
    if json:
        print_json(Validation.of(found, one))
    else:
        show_checks(console(), found)
        show_return(console(), one, today_or(today), settings_option(config), brief=True)
    if found.refused:
        raise typer.Exit(_HELD)


@app.command("attest")
def attest(
    number: Number,
    by: By,
    salaries: Annotated[
        bool, typer.Option("--salaries/--no-salaries", help="Whether certificated teachers are paid at least the minimum.")
    ],
    parity: Annotated[bool | None, typer.Option("--parity/--no-parity", help="Whether pay parity is attested.")] = None,
    parity_code: Annotated[str | None, typer.Option("--parity-code", help="The parity step, by its code.")] = None,
    config: Settings = SETTINGS,
    json: Json = False,
) -> None:
    """Say what is attested of certificated teachers' salaries (Handbook 9-6), where the kind of service is asked."""
    with open_gateway(config) as gateway:
        said = return_steps.Salaries(salaries, parity, parity_code)
        return_steps.attest(gateway.evidence, number, said, by=by, at=clock.now())
        one = _one(gateway, number)
    _told(one, config, None, json=json)


@app.command("sign")
def sign(
    number: Number,
    by: Annotated[str, typer.Option("--by", help="Who declares it: the name as it goes on the return.")],
    phone: Annotated[str, typer.Option("--phone", help="A number the Ministry can ring.")],
    designation: Annotated[str, typer.Option("--designation", help="What they are to the service.")],
    today: Today = None,
    config: Settings = SETTINGS,
    json: Json = False,
) -> None:
    """Declare a return (Handbook 9-10): somebody other than who prepared it. From then on nothing in it changes."""
    with open_gateway(config) as gateway:
        signature = return_steps.Signature(by, phone, designation)
        return_steps.sign(
            gateway.evidence,
            number,
            signature,
            gateway.policy,
            keyring(gateway.config),
            at=clock.now(),
            today=today_or(today),
        )
        one = _one(gateway, number)
    _told(one, config, today, json=json)


@app.command("submit")
def submit(number: Number, by: By, config: Settings = SETTINGS, json: Json = False) -> None:
    """Hand a signed return over, or ask what became of it. It never arrives twice, however often this is typed.

    Exit code 1 if it is rejected, 3 if it did not get there or nobody knows.
    """
    with open_gateway(config) as gateway:
        with open_way(gateway.plugins, gateway.config.ministry, clock.now) as way:
            receipt = return_sending.submit(gateway.evidence, way, number, gateway.policy, by=by, now=clock.now)
        one = _one(gateway, number)
    if json:
        print_json(Submission.of(receipt, one))
    else:
        show_receipt(console(), receipt)
        show_return(console(), one, today_or(None), settings_option(config), brief=True)
    if receipt.outcome is Outcome.REJECTED:
        raise typer.Exit(_HELD)
    if receipt.outcome in (Outcome.NOT_SENT, Outcome.UNKNOWN):
        raise typer.Exit(_NOT_THERE)


@app.command("ask")
def ask(number: Number, config: Settings = SETTINGS, json: Json = False) -> None:
    """Ask what has become of a return that was handed over, or look for the answer in the outbox. Nothing is sent."""
    with open_gateway(config) as gateway:
        with open_way(gateway.plugins, gateway.config.ministry, clock.now) as way:
            receipt = return_sending.ask(gateway.evidence, way, number, now=clock.now)
        one = _one(gateway, number)
    if json:
        print_json(Submission.of(receipt, one))
        return
    screen = console()
    if receipt is None:
        screen.print("the other side never had it")
    else:
        show_receipt(screen, receipt)
    show_return(screen, one, today_or(None), settings_option(config), brief=True)


@app.command("receive")
def receive(
    number: Number,
    by: By,
    accepted: Annotated[bool, typer.Option("--accepted/--rejected", help="Whether the Ministry takes it.")],
    reference: Annotated[str, typer.Option("--reference", help="The Ministry's own number or words for it.")] = "",
    reason: Annotated[list[str] | None, typer.Option("--reason", help="Why it is rejected; may be said again.")] = None,
    file: Annotated[Path | None, typer.Option("--file", help="The answer itself, to be kept.")] = None,
    config: Settings = SETTINGS,
    json: Json = False,
) -> None:
    """Record what the Ministry said of a return, where a person heard it: by mail, by telephone, on a page."""
    answer = return_sending.Answer(accepted, reference, tuple(reason or ()), None if file is None else _bytes(file))
    with open_gateway(config) as gateway:
        return_sending.receive(gateway.evidence, number, answer, by=by, at=clock.now())
        one = _one(gateway, number)
    _told(one, config, None, json=json)


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read ({error.strerror}); name the file with the Ministry's answer") from None


@app.command("withdraw")
def withdraw(
    number: Number,
    by: By,
    why: Annotated[str, typer.Option("--why", help="Why it is not to be handed over.")],
    config: Settings = SETTINGS,
    json: Json = False,
) -> None:
    """Say that a return is not to be handed over. What it was stays on record."""
    with open_gateway(config) as gateway:
        return_steps.withdraw(gateway.evidence, number, by=by, why=why, at=clock.now())
        one = _one(gateway, number)
    _told(one, config, None, json=json)


@app.command("files")
def files(
    number: Number,
    out: Annotated[Path, typer.Option("--out", help="The folder to write them to.")],
    config: Settings = SETTINGS,
) -> None:
    """Write a return's files as they were kept: XML, JSON, a page to print, and the signature once it is signed."""
    with open_gateway(config) as gateway:
        written = return_reading.write_out(gateway.evidence, _one(gateway, number).kept, out)
    for name in written:
        console().print(str(out / name), markup=False)


@app.command("correction")
def correction(
    number: Number,
    out: Annotated[Path, typer.Option("--out", help="The folder to write it to.")],
    config: Settings = SETTINGS,
) -> None:
    """Write what a return would say if it were made now, figure by figure: a page to print, JSON and CSV."""
    with open_gateway(config) as gateway:
        made, written = return_correction.corrected(gateway.evidence, number, gateway.policy)
    write_files(out, written)
    console().print(f"{count(len(made.changes), 'figure')} of return {number} would be different; {out}", markup=False)


def _one(gateway: Gateway, number: int) -> return_reading.StandingReturn:
    with gateway.evidence.inspecting() as connection:
        return return_reading.standing_return(connection, number)


def _told(one: return_reading.StandingReturn, config: Path, today: date | None, *, json: bool, said: str = "") -> None:
    if json:
        print_json(ReturnShown.of(one))
        return
    screen = console()
    if said:
        screen.print(said, markup=False)
    show_return(screen, one, today_or(today), settings_option(config), brief=True)
