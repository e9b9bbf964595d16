"""Names, birth dates, numbers and secrets that go through pulls and errors are in nothing the program logs or prints.

Every library's own log is on, at its most talkative, and so is ours.
"""

import json
import subprocess
from pathlib import Path

import pytest

from tests.support.faults import FaultServer, Request, Response
from tests.support.processes import run_code

CHILD = ("Mererangi", "Tūmanako-O'Hārae", "2021-05-04", "123456789", "12 Kauri Street")
SECRETS = ("hush-secret", "hush-token", "hush-client")
CANARIES = (*CHILD, *SECRETS)
EVERYTHING = "import logging; logging.basicConfig(level=logging.DEBUG); logging.raiseExceptions = True; "
MAIN = EVERYTHING + "from ecegateway.cli.app import main; main()"
BAD = "key,family_name,given_names,birth_date\n"
SETTINGS = """
[[sources]]
name = "papers"
plugin = "folder"
services = ["10842"]
folder = "drop"

[[sources]]
name = "kowhai"
plugin = "kowhai"
services = ["10842"]
base_url = "{url}"
client_id = "env:CANARY_CLIENT"
client_secret = "env:CANARY_SECRET"
limits = {{ attempts = 1 }}
"""


def loudly(*words: str, cwd: Path, code: str = MAIN) -> subprocess.CompletedProcess[str]:
    """A command with every log at its most talkative."""
    return run_code(code, *words, cwd=cwd, ECEGATEWAY_LOGS="1", CANARY_SECRET=SECRETS[0], CANARY_CLIENT=SECRETS[2])


def leaked(done: subprocess.CompletedProcess[str]) -> list[str]:
    return [canary for canary in CANARIES if canary in done.stdout + done.stderr]


def vendor(body: bytes, status: int) -> FaultServer:
    def answer(request: Request) -> Response:
        if request.path.endswith("/oauth/token"):
            return Response(b'{"access_token": "hush-token", "token_type": "Bearer", "expires_in": 3600}')
        return Response(body, status, f"application/json; by={CHILD[0]}")

    return FaultServer(answer)


def pulled(home: Path, body: bytes, status: int, code: str = MAIN) -> subprocess.CompletedProcess[str]:
    """A pull from a vendor that answers so."""
    lay(home)
    with vendor(body, status) as server:
        (home / "ecegateway.toml").write_text(SETTINGS.format(url=server.url), encoding="utf-8")
        return loudly("sources", "pull", "kowhai", "--json", cwd=home, code=code)


def lay(home: Path, **files: str) -> None:
    (home / "drop").mkdir(exist_ok=True)
    for name, text in files.items():
        (home / "drop" / f"{name}.csv").write_text(text, encoding="utf-8")


ROW = f"c1,{CHILD[1]},{CHILD[0]},{CHILD[2]}\n"
ROWS = {
    "rows that are wrong": ROW
    + ROW.replace(CHILD[0], f"{CHILD[0]}2")
    + f"{CHILD[0]},{CHILD[1]},{CHILD[0]},{CHILD[2]}x\n"
    + f",{CHILD[1]},{CHILD[0]},{CHILD[2]}\n"
    + f"c2,{CHILD[1] * 50},{CHILD[0]},{CHILD[2]}\n"
    + f"c3,{CHILD[1]}\0,{CHILD[0]},{CHILD[2]}\n",
    "too many cells": f"c1,{CHILD[1]},{CHILD[0]},{CHILD[2]},{CHILD[3]},{CHILD[4]}\n",
    "an open quote": f'c1,"{CHILD[1]},{CHILD[0]},{CHILD[2]}\n',
}
BODIES = {
    "no JSON": f"<{CHILD[0]}>".encode(),
    "other shape": json.dumps({CHILD[0]: CHILD[1]}).encode(),
    "bad rows": json.dumps({"data": [{"id": 7, "familyName": CHILD[1], "dateOfBirth": CHILD[2], "nsn": CHILD[3]}]}).encode(),
    "a number too great": json.dumps({"data": [10**400, CHILD[0]]}).encode(),
}


@pytest.mark.parametrize("rows", ROWS)
def test_nothing_of_a_row_is_logged_or_printed(tmp_path: Path, rows: str) -> None:
    (tmp_path / "ecegateway.toml").write_text(SETTINGS.format(url="http://127.0.0.1:9"), encoding="utf-8")
    lay(tmp_path, child=BAD + ROWS[rows], student_number=f"key,child,nsn\ns1,c1,{CHILD[3]}99999999999\n")
    for words in (("sources", "pull", "papers", "--json"), ("quarantine", "list")):
        done = loudly(*words, cwd=tmp_path)
        assert (words, leaked(done)) == (words, [])
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("body", "status"), [*((body, 200) for body in BODIES), ("no JSON", 401)])
def test_nothing_of_an_answer_or_a_secret_is_logged_or_printed(tmp_path: Path, body: str, status: int) -> None:
    done = pulled(tmp_path, BODIES[body], status)
    assert leaked(done) == []
    assert (done.returncode, "/v1/services" in done.stdout) == (3, True), done.stdout
    assert "Traceback" not in done.stderr


def test_a_fault_of_our_own_is_told_by_place_and_kind_and_never_by_its_text(tmp_path: Path) -> None:
    broken = (
        EVERYTHING + "import ecegateway.cli.app as app\n"
        "def build(plugins):\n"
        f"    raise ValueError({CANARIES!r})\n"
        "app.build = build\n"
        "app.main()"
    )
    done = loudly("--help", cwd=tmp_path, code=broken)
    assert (done.returncode, leaked(done)) == (5, [])
    assert "build" in done.stderr
    assert "it broke off with ValueError" in done.stderr


def test_the_canaries_would_be_found(tmp_path: Path) -> None:
    """A control: with the HTTP libraries' own logs the very same run tells what a vendor wrote into a header."""
    unguarded = (
        EVERYTHING + "import types; import ecegateway.transport.client as client; Any = types.SimpleNamespace; "
        "client.logging = Any(CRITICAL=50, getLogger=lambda name: Any(setLevel=print)); " + MAIN.removeprefix(EVERYTHING)
    )
    assert leaked(pulled(tmp_path, b"[]", 401, unguarded)) == [CHILD[0]]
