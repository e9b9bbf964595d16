"""``ecegateway explain``: why an hour is, or is not, in the claim."""

from datetime import date
from typing import Annotated

import typer

from ecegateway.bootstrap import open_gateway
from ecegateway.claim.explain import explain_cell, explain_child, explain_staff
from ecegateway.cli.explained import show_bridge, show_cell, show_child, show_staff
from ecegateway.cli.options import SETTINGS, Json, KnownAt, Settings, chosen_services
from ecegateway.cli.screen import console, print_json
from ecegateway.contract import Exportable
from ecegateway.errors import ConfigError
from ecegateway.export.bridge_json import bridge_document
from ecegateway.export.explanation_json import child_document
from ecegateway.flows.claim import prepare
from ecegateway.model.claim import Category, StaffColumn
from ecegateway.model.period import FundingPeriod

_COLUMNS = [*Category, *StaffColumn]
OneService = Annotated[
    str | None, typer.Option("--service", "-s", help="A service number; needed when the store has several services.")
]


def explain(
    what: Annotated[str, typer.Argument(help="A day of the return (2026-03-04), or a child's key.")],
    where: Annotated[
        str | None, typer.Argument(help=f"A column ({', '.join(_COLUMNS)}), or a day; nothing for the day as a whole.")
    ] = None,
    service: OneService = None,
    known_at: KnownAt = None,
    config: Settings = SETTINGS,
    json: Json = False,
) -> None:
    """Explain a day (DAY), a figure of the return (DAY COLUMN), or what became of a child's day (CHILD DAY)."""
    day, column, child = _asked(what, where)
    with open_gateway(config) as gateway:
        services = chosen_services(gateway, service)
        if len(services) != 1:
            raise ConfigError(f"the store holds {len(services)} services; say which with --service")
        made = prepare(gateway.evidence, services[0], FundingPeriod.holding(day), gateway.policy, known_at=known_at).exportable
    if child is not None:
        _explain_child(made, child, day, json=json)
    elif column in list(StaffColumn):
        _explain_staff(made, day, StaffColumn(column), json=json)
    elif column is not None:
        _explain_cell(made, day, Category(column), json=json)
    else:
        _explain_day(made, day, json=json)


def _explain_child(made: Exportable, child: str, day: date, *, json: bool) -> None:
    found = explain_child(made.claim, child, day)
    if json:
        print_json({"day": found.day, **child_document(found)})
    else:
        show_child(console(), made, found)


def _explain_staff(made: Exportable, day: date, column: StaffColumn, *, json: bool) -> None:
    found = explain_staff(made.claim, day, column)
    if json:
        print_json(found)
    else:
        show_staff(console(), made, found)


def _explain_cell(made: Exportable, day: date, category: Category, *, json: bool) -> None:
    found, bridge = explain_cell(made.claim, day, category), made.bridges.days[day]
    if json:
        print_json(
            {
                "cell": found.cell,
                "lines": [child_document(one) for one in found.lines],
                "others": [child_document(one) for one in found.others],
                "bridge": bridge_document(bridge),
            }
        )
        return
    screen = console()
    show_cell(screen, made, found)
    show_bridge(screen, made, day, bridge)


def _explain_day(made: Exportable, day: date, *, json: bool) -> None:
    bridge = made.bridges.days[day]
    if json:
        print_json({"day": day, **bridge_document(bridge)})
    else:
        show_bridge(console(), made, day, bridge)


def _asked(what: str, where: str | None) -> tuple[date, str | None, str | None]:
    """The day, the column (if a figure is meant), and the child's key (if a child is)."""
    try:
        day = date.fromisoformat(what)
    except ValueError:
        if where is None:
            raise ConfigError(f"{what!r} is no day; write days as 2026-03-04, or a child's key with its day") from None
        try:
            return date.fromisoformat(where), None, what
        except ValueError:
            raise ConfigError(f"neither {what!r} nor {where!r} is a day; write days as 2026-03-04") from None
    if where is not None and where not in _COLUMNS:
        raise ConfigError(f"no column is named {where!r}; the columns are {', '.join(_COLUMNS)}")
    return day, where, None
