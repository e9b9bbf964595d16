"""Runs the command line as a person would, in this process: what it gives is the exit code."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from rich.console import Console

from ecegateway import bootstrap
from ecegateway.cli import app, sources
from ecegateway.flows.report import Progress, Watcher
from tests.crash.state import SETTINGS
from tests.crash.tracer import Tell
from tests.support.tiny import TinyPlugin, plugins_with


def ecegateway(folder: Path, *words: str) -> int:
    """``ecegateway``, with the settings in a folder."""
    with patch.object(sys, "argv", ["ecegateway", *words, "--config", str(folder / SETTINGS)]):
        try:
            app.main()
        except SystemExit as done:
            return done.code if isinstance(done.code, int) else 1
    return 0


def pull(folder: Path, tell: Tell, kept: Mapping[int, Sequence[str]], *names: str) -> int:
    """``ecegateway sources pull`` with tiny sources, by default all; ``kept`` is what is stored once so many rows were read."""

    @contextmanager
    def telling(screen: Console) -> Iterator[Watcher]:
        del screen

        def watch(step: Progress) -> None:
            for line in kept[step.read]:
                tell(f"{step.source} {line}")

        yield watch

    tiny = plugins_with(TinyPlugin())
    with patch.object(bootstrap, "load_plugins", lambda: tiny), patch.object(sources, "pull_progress", telling):
        return ecegateway(folder, "sources", "pull", *names)
