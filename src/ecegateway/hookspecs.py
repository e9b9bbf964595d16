"""The whole plugin contract.

Hooks only register objects; the host works with the registered objects later, each under its own guard. A plugin is any
module or object with these functions marked ``@ecegateway.hookimpl``, found by the entry point group ``ecegateway``.
"""

import pluggy

from ecegateway.contract import RegisterCommand, RegisterExporter, RegisterProgramme, RegisterSource
from ecegateway.outbound import RegisterTransport

hookspec = pluggy.HookspecMarker("ecegateway")


@hookspec
def ecegateway_register_sources(register: RegisterSource) -> None:
    """Register kinds of source: ``register(plugin)`` once for each."""


@hookspec
def ecegateway_register_exporters(register: RegisterExporter) -> None:
    """Register exporters: ``register(exporter)`` once for each."""


@hookspec
def ecegateway_register_transports(register: RegisterTransport) -> None:
    """Register kinds of transport: ``register(plugin)`` once for each."""


@hookspec
def ecegateway_register_programmes(register: RegisterProgramme) -> None:
    """Register rule packs of other programmes: ``register(programme)`` once for each."""


@hookspec
def ecegateway_register_commands(register: RegisterCommand) -> None:
    """Register groups of commands: ``register(name, typer_app)`` once for each."""
