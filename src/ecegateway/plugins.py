"""Finds plugins, loads each under its own guard, and offers what they registered.

pluggy stops a hook call at the first exception, so hooks are never called for everybody at once: each plugin is registered
and asked by itself. One that fails is unregistered, reported by name, and the others go on.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING

import pluggy

from ecegateway import __version__, hookspecs
from ecegateway.contract import Exporter, Programme, SourcePlugin
from ecegateway.errors import ConfigError, PluginContractError, PluginLoadError
from ecegateway.outbound import TransportPlugin

if TYPE_CHECKING:
    import typer

ENTRY_POINT_GROUP = "ecegateway"
BUILT_IN = "built-in"
_BUILT_IN_MODULES = (
    "ecegateway.builtin.folder",
    "ecegateway.builtin.exporters",
    "ecegateway.builtin.folder_transport",
    "ecegateway.builtin.infohub_transport",
)


@dataclass(frozen=True, slots=True)
class SetAside:
    """A plugin that could not be used, and why."""

    name: str
    origin: str
    reason: str


@dataclass(slots=True)
class _Offer:
    """What one plugin registered, gathered before any of it is accepted."""

    sources: list[SourcePlugin] = field(default_factory=list)
    exporters: list[Exporter] = field(default_factory=list)
    transports: list[TransportPlugin] = field(default_factory=list)
    programmes: list[Programme] = field(default_factory=list)
    commands: list[tuple[str, "typer.Typer"]] = field(default_factory=list)


class Plugins:
    """What the loaded plugins offer, by name, and the report of those set aside."""

    def __init__(self) -> None:
        self._manager = pluggy.PluginManager("ecegateway")
        self._manager.add_hookspecs(hookspecs)
        self._sources: dict[str, tuple[SourcePlugin, str]] = {}
        self._exporters: dict[str, Exporter] = {}
        self._transports: dict[str, TransportPlugin] = {}
        self._programmes: dict[str, Programme] = {}
        self._commands: dict[str, typer.Typer] = {}
        self._set_aside: list[SetAside] = []

    def register(self, plugin: object, *, name: str, origin: str) -> None:
        """Take one plugin in, whole or not at all.

        Raises:
            PluginLoadError: a hook raised, is misspelt, or a name is taken; nothing of the plugin stays registered.
        """
        try:
            self._manager.register(plugin, name=name)
            self._manager.check_pending()
            offer = self._ask(plugin)
            self._accept(offer, origin)
        except Exception as error:
            if self._manager.has_plugin(name):
                self._manager.unregister(name=name)
            raise PluginLoadError(f"plugin {name!r} ({origin}) was not loaded: {error}") from error

    def load_entry_point(self, entry_point: EntryPoint) -> None:
        """Load one outside plugin; a failure of any kind is reported and the plugin set aside."""
        origin = f"{entry_point.dist.name} {entry_point.dist.version}" if entry_point.dist else entry_point.value
        try:
            self.register(entry_point.load(), name=entry_point.name, origin=origin)
        except Exception as error:  # noqa: BLE001 - a stranger's module may raise anything; it must hurt nobody else
            self._set_aside.append(SetAside(entry_point.name, origin, str(error)))

    def _ask(self, plugin: object) -> _Offer:
        offer = _Offer()
        others = [other for other in self._manager.get_plugins() if other is not plugin]
        takers: tuple[tuple[str, Callable[..., None]], ...] = (
            ("ecegateway_register_sources", offer.sources.append),
            ("ecegateway_register_exporters", offer.exporters.append),
            ("ecegateway_register_transports", offer.transports.append),
            ("ecegateway_register_programmes", offer.programmes.append),
            ("ecegateway_register_commands", lambda name, commands: offer.commands.append((name, commands))),
        )
        for hook, register in takers:
            self._manager.subset_hook_caller(hook, others)(register=register)
        return offer

    def _accept(self, offer: _Offer, origin: str) -> None:
        sources = {source.description.plugin: (source, origin) for source in offer.sources}
        exporters = {exporter.name: exporter for exporter in offer.exporters}
        transports = {transport.description.name: transport for transport in offer.transports}
        programmes = {programme.name: programme for programme in offer.programmes}
        commands = dict(offer.commands)
        for kind, new, known in (
            ("source", sources, self._sources),
            ("exporter", exporters, self._exporters),
            ("transport", transports, self._transports),
            ("programme", programmes, self._programmes),
            ("command", commands, self._commands),
        ):
            for taken in sorted(new.keys() & known.keys()):
                raise PluginContractError(f"the {kind} name {taken!r} is taken; choose another")
        self._sources.update(sources)
        self._exporters.update(exporters)
        self._transports.update(transports)
        self._programmes.update(programmes)
        self._commands.update(commands)

    def source(self, plugin: str) -> SourcePlugin:
        """The kind of source a settings file names.

        Raises:
            ConfigError: no such kind is installed; the message lists those that are.
        """
        if plugin not in self._sources:
            known = ", ".join(sorted(self._sources)) or "none"
            raise ConfigError(f"no source plugin named {plugin!r} is installed (installed: {known})")
        return self._sources[plugin][0]

    def sources(self) -> tuple[tuple[SourcePlugin, str], ...]:
        """All kinds of source with their origins, by name."""
        return tuple(self._sources[name] for name in sorted(self._sources))

    def exporters(self) -> tuple[Exporter, ...]:
        """All exporters, by name."""
        return tuple(self._exporters[name] for name in sorted(self._exporters))

    def transport(self, name: str) -> TransportPlugin:
        """The kind of transport a settings file names.

        Raises:
            ConfigError: no such kind is installed; the message lists those that are.
        """
        if name not in self._transports:
            known = ", ".join(sorted(self._transports)) or "none"
            raise ConfigError(f"no transport plugin named {name!r} is installed (installed: {known})")
        return self._transports[name]

    def transports(self) -> tuple[TransportPlugin, ...]:
        """All kinds of transport, by name."""
        return tuple(self._transports[name] for name in sorted(self._transports))

    def programmes(self) -> tuple[Programme, ...]:
        """All programmes, by name."""
        return tuple(self._programmes[name] for name in sorted(self._programmes))

    def commands(self) -> "tuple[tuple[str, typer.Typer], ...]":
        """All command groups, by name."""
        return tuple(sorted(self._commands.items()))

    def set_aside(self) -> tuple[SetAside, ...]:
        """The plugins that could not be used, and why."""
        return tuple(self._set_aside)


def load_plugins(outside: Iterable[EntryPoint] | None = None) -> Plugins:
    """The built-in plugins and every outside one that loads.

    A failing built-in is a fault of ours and stops; a failing outsider is set aside.
    """
    plugins = Plugins()
    for module in _BUILT_IN_MODULES:
        plugins.register(import_module(module), name=module.rpartition(".")[2], origin=f"{BUILT_IN} {__version__}")
    for entry_point in entry_points(group=ENTRY_POINT_GROUP) if outside is None else outside:
        plugins.load_entry_point(entry_point)
    return plugins
