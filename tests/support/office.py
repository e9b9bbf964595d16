"""A small centre's gateway behind the JSON interface, and the people whose tokens call it."""

import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI

from ecegateway.api.app import create_app
from ecegateway.evidence.store import open_evidence
from ecegateway.flows.tokens import Scope, Wanted, issue, revoke
from ecegateway.model.ids import ServiceNumber
from ecegateway.plugins import Plugins, load_plugins
from tests.storage.filling import put
from tests.support.filing import NOW, PREPARER, RECORDS, SIGNER
from tests.support.records import EVERY_FACT, RECEIVED, SERVICE

PLUGINS: Plugins = load_plugins(outside=())
OTHERS = ServiceNumber("20517")
PREPARES = frozenset({Scope.READ, Scope.PREPARE, Scope.EVENTS, Scope.NUMBERS})


@dataclass
class Office:
    """The interface, and a token for each who calls it: who prepares, who signs, and those whose tokens do not count."""

    app: FastAPI
    folder: Path
    tokens: Mapping[str, str]
    client: httpx.Client

    def ask(self, method: str, path: str, body: Any = None, who: str | None = PREPARER, **headers: str) -> httpx.Response:
        """One call in a person's name."""
        bearer = {} if who is None else {"authorization": f"Bearer {self.tokens[who]}"}
        return self.client.request(method, path, json=body, headers={**bearer, **headers})

    def post(self, path: str, body: Mapping[str, Any] | None = None, who: str = PREPARER) -> Any:
        """What a call that must go well gives."""
        done = self.ask("POST", f"/v1/services/{SERVICE}{path}", body, who)
        assert done.status_code in {200, 201}, done.text
        return done.json()

    def get(self, path: str, who: str = PREPARER) -> Any:
        """What is shown."""
        done = self.ask("GET", f"/v1/services/{SERVICE}{path}", who=who)
        assert done.status_code == 200, done.text
        return done.json()


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The app on a port of its own; gives its address."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical", access_log=False))
        thread = Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


@contextmanager
def office(folder: Path, url: str | None = None, settings: str = "") -> Iterator[Office]:
    """The interface over a store of its own in a folder, or at an address."""
    url = url or f"sqlite:///{folder / 'evidence.db'}"
    (folder / "ecegateway.toml").write_text(f'store = "{url}"\n{settings}', encoding="utf-8")
    with open_evidence(url, create=True) as evidence:
        put(evidence, *RECORDS, at=RECEIVED, facts=EVERY_FACT)
        wanted = {
            PREPARER: Wanted("office", PREPARER, PREPARES),
            SIGNER: Wanted("manager", SIGNER, tuple(Scope), (SERVICE,)),
            "reader": Wanted("auditor", "Mere Ngata", (Scope.READ,), (SERVICE,)),
            "another's": Wanted("office", "Hana Kererū", tuple(Scope), (OTHERS,)),
            "over": Wanted("office", PREPARER, tuple(Scope), until=date(2026, 6, 1)),
            "ended": Wanted("office", PREPARER, tuple(Scope)),
        }
        issued = {who: issue(evidence, one, by=SIGNER, at=NOW) for who, one in wanted.items()}
        revoke(evidence, issued["ended"][0], by=SIGNER, why="the computer was lost", at=NOW)
    tokens = {**{who: token for who, (_, token) in issued.items()}, "unknown": "ecegateway_never-given-out"}
    ticks = count(1)
    app = create_app(folder / "ecegateway.toml", PLUGINS, lambda: NOW + timedelta(seconds=next(ticks)))
    with served(app) as address, httpx.Client(base_url=address, timeout=60, trust_env=False) as client:
        yield Office(app, folder, tokens, client)
