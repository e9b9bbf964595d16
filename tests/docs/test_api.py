"""docs/api.md names every operation there is, and its commands work as printed."""

import re
import shlex
from pathlib import Path

from ecegateway.api.app import create_app
from ecegateway.flows.tokens import Scope
from tests.cli.running import run
from tests.support.filing import NOW
from tests.support.office import PLUGINS, office

DOCUMENT = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
SETTINGS = "out/demo/ecegateway.toml"


def test_every_operation_is_named_and_no_other() -> None:
    paths = create_app(Path("nowhere"), PLUGINS, lambda: NOW).openapi()["paths"]
    there = {f"{method.upper()} {path.removeprefix('/v1')}" for path, methods in paths.items() for method in methods}
    assert set(re.findall(r"^\| `((?:GET|POST) [^`]+)`", DOCUMENT, re.MULTILINE)) == there


def test_every_scope_is_explained() -> None:
    assert set(re.findall(r"^\| `([a-z]+)` \|", DOCUMENT, re.MULTILINE)) == set(Scope)


def test_its_commands_work_as_printed(tmp_path: Path) -> None:
    with office(tmp_path) as there:
        add, listing, serve = re.findall(r"^\.venv/bin/ecegateway (.*)$", DOCUMENT, re.MULTILINE)
        done = run(*shlex.split(add.replace(SETTINGS, "ecegateway.toml")), cwd=there.folder)
        assert done.returncode == 0, done.stderr
        token = done.stdout.split()[-1]
        assert there.client.get("/v1/services", headers={"authorization": f"Bearer {token}"}).status_code == 200
        listed = run(*shlex.split(listing.replace(SETTINGS, "ecegateway.toml")), cwd=there.folder)
        assert "office computer" in listed.stdout
        assert token not in listed.stdout
        assert "--port" in run("serve", "--help", cwd=there.folder).stdout
        assert serve.startswith("serve -c ")
