"""Which commands there are, in the order of the help; the module of one is read when it is asked for, for quick starts."""

from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType, ModuleType
from typing import Any, ClassVar

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_group

from ecegateway.plugins import Plugins

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
    """The program's own commands, and those of plugins, which are read when no command of ours is asked for."""

    plugins: ClassVar[Callable[[], Plugins]]

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._unread = set(COMMANDS)
        # The names must be there before the commands are: for the list of the help, and for "Did you mean".
        self.commands = {name: TyperCommand(name) for name in COMMANDS}

    def list_commands(self, ctx: Any) -> list[str]:
        """Every name: ours first."""
        self._read_theirs()
        return super().list_commands(ctx)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """A command by its name; its module is read now."""
        if cmd_name in self._unread:
            self._unread.remove(cmd_name)
            self.commands[cmd_name] = _command(cmd_name, getattr(module_of(cmd_name), COMMANDS[cmd_name].partition(":")[2]))
        elif cmd_name not in COMMANDS:
            self._read_theirs()
        return super().get_command(ctx, cmd_name)

    def _read_theirs(self) -> None:
        if self.commands.keys() == COMMANDS.keys():
            theirs = {name: _command(name, group) for name, group in type(self).plugins().commands()}
            self.commands = {**self.commands, **theirs, **self.commands}  # a name of ours stays ours


def module_of(name: str) -> ModuleType:
    """The module of a command, read now."""
    return import_module(f"{__package__}.{COMMANDS[name].partition(':')[0]}")


def _command(name: str, found: Callable[..., None] | typer.Typer) -> Any:
    alone = typer.Typer()
    if isinstance(found, typer.Typer):
        alone.add_typer(found, name=name)
    else:
        alone.command(name)(found)
    return get_group(alone).commands[name]
