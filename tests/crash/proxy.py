"""Stands between a client and a PostgreSQL server, and cuts every connection at one of the client's commits."""

import os
import select
import socket
from pathlib import Path

from tests.crash.tracer import Running, Tell, start

_SOCKET = ".s.PGSQL.5432"
_COMMIT = b"COMMIT"
_MOST = 1 << 16


def cutting_proxy(place: Path, server: Path, commit: int, *, answered: bool) -> Running:
    """Start a proxy in a process of its own: at the n-th commit it hangs up, before the server hears of it or after."""
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(place / _SOCKET))
    listener.listen()
    running = start(lambda tell: _serve(listener, server, commit, tell, answered=answered))
    listener.close()
    return running


def _serve(listener: socket.socket, server: Path, commit: int, tell: Tell, *, answered: bool) -> int:
    other: dict[socket.socket, socket.socket] = {}
    clients: set[socket.socket] = set()
    parent = os.getppid()
    while os.getppid() == parent:
        for ready in select.select([listener, *other], [], [], 0.2)[0]:
            if ready is listener:
                client, _ = listener.accept()
                behind = socket.socket(socket.AF_UNIX)
                behind.connect(str(server / _SOCKET))
                other |= {client: behind, behind: client}
                clients.add(client)
                continue
            if ready not in other:
                continue
            said = ready.recv(_MOST)
            if ready in clients and _COMMIT in said:
                commit -= 1
                if commit == 0:
                    if answered:
                        other[ready].sendall(said)
                        other[ready].recv(_MOST)
                    tell("cut")
                    return 0
            if said:
                other[ready].sendall(said)
            else:
                for one in (ready, other[ready]):
                    del other[one]
                    one.close()
    return 1
