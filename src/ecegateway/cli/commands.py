"""Which commands there are, in the order of the help; the module of one is read when it is asked for, for quick starts."""

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType, ModuleType
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_group

COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "demo": "demo:demo",
        "init": "init:init",
        "doctor": "doctor:doctor",
        "sources": "sources:app",
        "quarantine": "quarantine:app",
        "check": "check:check",
        "findings": "findings:app",
        "criteria": "criteria:criteria",
        "claim": "claim:claim",
        "export": "claim:export",
        "bundle": "bundle:bundle_command",
        "inspection-pack": "inspection:inspection_pack_command",
        "return": "returns:app",
        "nsn": "nsn:app",
        "absences": "absences:app",
        "verifications": "verifications:verifications",
        "events": "events:app",
        "explain": "explain:explain",
        "verify": "verify:verify",
        "prove": "prove:prove",
        "keys": "keys:app",
        "retention": "retention:app",
        "backup": "backup:backup",
        "restore": "backup:restore",
        "move": "backup:move",
        "forecast": "forecast:forecast",
        "rules": "rules:app",
        "handbook": "handbook:app",
        "tokens": "tokens:app",
        "serve": "serve:serve",
        "codes": "codes:app",
        "census": "census:app",
    }
)
"""For each command the module of this package and, after the colon, what in it: a function, or a group of commands."""


class Commands(TyperGroup):
    """The program's own commands, and those of plugins."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._unread = set(COMMANDS) - set(self.commands)
        # The names must be there before the commands are: for the list of the help, and for "Did you mean".
        self.commands = {**{name: TyperCommand(name) for name in COMMANDS}, **self.commands}

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """A command by its name; its module is read now."""
        if cmd_name in self._unread:
            self._unread.remove(cmd_name)
            self.commands[cmd_name] = _read(cmd_name)
        return super().get_command(ctx, cmd_name)


def module_of(name: str) -> ModuleType:
    """The module of a command, read now."""
    return import_module(f"{__package__}.{COMMANDS[name].partition(':')[0]}")


def _read(name: str) -> Any:
    found = getattr(module_of(name), COMMANDS[name].partition(":")[2])
    alone = typer.Typer()
    if isinstance(found, typer.Typer):
        alone.add_typer(found, name=name)
    else:
        alone.command(name)(found)
    return get_group(alone).commands[name]
