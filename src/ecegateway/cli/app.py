"""The command ``ecegateway``: gathers the command groups and turns errors into words and exit codes.

Exit codes: 0 fine, 1 findings hold hours back, 2 wrong use, 3 a source failed and the others went on, 4 the store or a file
could not be written, or integrity is broken, 5 the program itself is at fault.
"""

import logging
import os
import sys
import traceback
from collections.abc import Callable

import typer
from rich.console import Console

from ecegateway import __version__
from ecegateway.bootstrap import collect_seldom
from ecegateway.cli.commands import Commands
from ecegateway.errors import (
    DeliveryError,
    EceGatewayError,
    EvidenceError,
    EvidenceMissingError,
    ExportError,
    IntakeError,
    IntegrityError,
    PluginError,
    SourceError,
)
from ecegateway.logs import set_up_logs
from ecegateway.plugins import Plugins, load_plugins

LOGS = "ECEGATEWAY_LOGS"
"""Set it, and log lines go to standard error: for unattended runs."""
WRONG_USE, SOURCE_FAILED, BROKEN, OUR_FAULT = 2, 3, 4, 5
_CODES: tuple[tuple[tuple[type[EceGatewayError], ...], int], ...] = (
    ((EvidenceMissingError,), WRONG_USE),
    ((SourceError, PluginError, IntakeError, DeliveryError), SOURCE_FAILED),
    ((EvidenceError, ExportError, IntegrityError), BROKEN),
)


def build(plugins: Callable[[], Plugins]) -> typer.Typer:
    """The whole command line, with the groups that plugins bring; they are asked for only if a command is none of ours."""
    app = typer.Typer(
        name="ecegateway",
        cls=type("Commands", (Commands,), {"plugins": staticmethod(plugins)}),
        help="From early childhood centres' systems to funding returns that explain every hour.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["--help", "-h"]},
    )
    app.callback(invoke_without_command=True)(_version)
    return app


def _version(version: bool = typer.Option(False, "--version", help="Print the version.")) -> None:
    if version:
        typer.echo(f"ecegateway {__version__}")
        raise typer.Exit


def main() -> None:
    """Run the command line."""
    collect_seldom()
    set_up_logs(level=logging.INFO if os.environ.get(LOGS) else logging.ERROR)
    errors = Console(stderr=True, highlight=False, soft_wrap=True)
    try:
        build(load_plugins)()
    except EceGatewayError as error:
        errors.print(f"ecegateway: {error}", markup=False)
        sys.exit(_code(error))
    except Exception as error:  # noqa: BLE001 - the last gate: the text of an error may hold what a vendor sent
        errors.print(_crash(error), markup=False)
        sys.exit(OUR_FAULT)


def _crash(error: Exception) -> str:
    """Where a fault of our own came about, and its kind; never its text."""
    places = "".join(f"  {frame.filename}:{frame.lineno} {frame.name}\n" for frame in traceback.extract_tb(error.__traceback__))
    return f"{places}ecegateway: it broke off with {type(error).__name__}: a fault of its own; send these lines to its authors"


def _code(error: EceGatewayError) -> int:
    for kinds, code in _CODES:
        if isinstance(error, kinds):
            return code
    return WRONG_USE
