"""Stores for crowds: one is made, on either engine, and each round gets a copy of it."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

from tests.crash.crowd import Crowd
from tests.crash.scenario import STORE
from tests.support.postgres import PostgresServer

Fresh = Callable[[], AbstractContextManager[Crowd]]
"""Gives a crowd with a store of its own, which goes again."""


@contextmanager
def crowds(home: Path, vendor: str, server: PostgresServer | None) -> Iterator[Fresh]:
    """Make a store, on the server if there is one and else in a file, and give out copies."""
    start, folder = home / "start", home / "run"
    start.mkdir()
    with ExitStack() as stack:
        template = stack.enter_context(server.database()) if server is not None else ""
        Crowd(start, vendor, server.url(template) if server is not None else f"sqlite:///{STORE}").begin()

        @contextmanager
        def fresh() -> Iterator[Crowd]:
            shutil.copytree(start, folder)
            with ExitStack() as within:
                within.callback(shutil.rmtree, folder)
                name = within.enter_context(server.database(template=template)) if server is not None else ""
                yield Crowd(folder, vendor, server.url(name) if server is not None else f"sqlite:///{STORE}")

        yield fresh
    shutil.rmtree(start)
