"""Where words go: a terminal with colours and a progress line, or a pipe with plain lines; ``--json`` for machines."""

import dataclasses
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import orjson
from pydantic import BaseModel
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from ecegateway.flows.report import Progress as PullProgress
from ecegateway.flows.report import Watcher, unwatched

_PIPE_WIDTH = 200


def console() -> Console:
    """Standard output; plain and wide when it is not a terminal."""
    found = Console(highlight=False)
    return found if found.is_terminal else Console(highlight=False, width=_PIPE_WIDTH, soft_wrap=True)


def print_json(value: Any) -> None:
    """One JSON document on standard output, keys sorted."""
    options = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS
    print(orjson.dumps(value, default=_plain, option=options).decode())  # noqa: T201 - the very purpose


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
    if isinstance(value, frozenset | set):
        return sorted(value)
    if isinstance(value, Mapping):
        return dict(value)
    return str(value)


def table(*headings: str, title: str | None = None) -> Table:
    """A table without heavy lines; headings that start with ``>`` are of numbers."""
    found = Table(title=title, title_justify="left", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading in headings:
        number = heading.startswith(">")
        found.add_column(heading.removeprefix(">"), justify="right" if number else "left", overflow="fold")
    return found


@contextmanager
def pull_progress(screen: Console) -> Iterator[Watcher]:
    """A line that moves while records come in; silent in a pipe, where the report says it all."""
    if not screen.is_terminal:
        yield unwatched
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TextColumn("{task.completed:,.0f} records"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=screen, transient=True) as progress:
        task = progress.add_task("asking", total=None)
        before: dict[tuple[str, str, str], int] = {}

        def watch(step: PullProgress) -> None:
            before[step.source, step.service, step.feed] = step.read
            what = f"{step.source}: {step.feed} of {step.service}"
            progress.update(task, description=what, completed=sum(before.values()))

        yield watch
