"""Options that several commands share."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from ecegateway import clock
from ecegateway.bootstrap import Gateway
from ecegateway.config import FILE_NAME
from ecegateway.errors import ConfigError, EvidenceMissingError
from ecegateway.model.ids import ServiceNumber
from ecegateway.model.period import FundingPeriod, local_day

Settings = Annotated[Path, typer.Option("--config", "-c", help="The settings file.", envvar="ECEGATEWAY_CONFIG")]
SETTINGS = Path(FILE_NAME)


def settings_option(config: Path) -> str:
    """How to name the settings in a command a person may type next; nothing where they are found without."""
    return "" if config == SETTINGS else f" -c {config}"


Json = Annotated[bool, typer.Option("--json", help="One JSON document instead of words.")]


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter("give an instant with its offset, for instance 2026-06-05T17:00:00+12:00") from None
    if instant.tzinfo is None:
        raise typer.BadParameter("say which offset: 2026-06-05T17:00:00+12:00")
    return instant


KnownAt = Annotated[
    datetime | None,
    typer.Option("--known-at", help="As the evidence was known at an instant.", parser=_instant, metavar="INSTANT"),
]
Service = Annotated[str | None, typer.Option("--service", "-s", help="A service number; by default all in the store.")]


def _period(text: str) -> FundingPeriod:
    try:
        year, month = text.split("-")
        return FundingPeriod(date(int(year), int(month), 1))
    except ValueError:
        raise typer.BadParameter("give the period's first month, for instance 2026-02 (February, June or October)") from None


Period = Annotated[
    FundingPeriod,
    typer.Option("--period", "-p", help="The funding period, by its first month: 2026-02.", parser=_period, metavar="YYYY-MM"),
]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter("give a day as 2026-06-01") from None


Today = Annotated[
    date | None,
    typer.Option("--today", help="Take this day for today; by default New Zealand's.", parser=_day, metavar="YYYY-MM-DD"),
]


def day_option(name: str, what: str) -> Any:
    """An option that takes a day."""
    return typer.Option(name, help=what, parser=_day, metavar="YYYY-MM-DD")


def today_or(day: date | None) -> date:
    """The day a person gave, or today by New Zealand's calendar."""
    return day or local_day(clock.now(), "Pacific/Auckland")


def _month(text: str) -> date:
    try:
        year, month = text.split("-")
        return date(int(year), int(month), 1)
    except ValueError:
        raise typer.BadParameter("give a month of the period, for instance 2026-03") from None


Month = Annotated[
    date | None,
    typer.Option("--month", "-m", help="One month only: 2026-03.", parser=_month, metavar="YYYY-MM"),
]


def one_service(gateway: Gateway, service: str | None) -> ServiceNumber:
    """The service a command that takes one is about.

    Raises:
        ConfigError: the store holds several, and none was chosen.
        EvidenceMissingError: the store holds none at all.
    """
    services = chosen_services(gateway, service)
    if len(services) != 1:
        raise ConfigError(f"the store holds {len(services)} services; say which with --service")
    return services[0]


def chosen_services(gateway: Gateway, service: str | None) -> tuple[ServiceNumber, ...]:
    """The services a command is about.

    Raises:
        EvidenceMissingError: the store holds none at all.
    """
    known = gateway.evidence.services()
    if not known:
        where = gateway.evidence.where
        raise EvidenceMissingError(f"the store at {where} holds nothing yet; pull first: ecegateway sources pull")
    return known if service is None else (ServiceNumber(service),)
