"""The examples of docs/writing-a-source.md work as printed."""

import re
import sys
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from ecegateway.config import SourceConfig
from ecegateway.plugins import Plugins
from ecegateway.testing import SourceContract

DOCUMENT = Path(__file__).parents[2] / "docs" / "writing-a-source.md"
CHECKS = sorted(name for name in dir(SourceContract) if name.startswith("test_"))


def example(label: str) -> str:
    found = re.search(
        rf"^```\w+ {re.escape(label)}\n(.*?)^```$", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    assert found, f"{DOCUMENT.name} has no example labelled {label!r}"
    return found[1]


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The examples as files, importable."""
    pages = ("recorded/10842/stays/001.json", "recorded/10842/stays/002.json")
    files = {"ecegateway_source_acme.py": "source", "acme_conformance.py": "test"} | {page: page for page in pages}
    for name, label in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(example(label), encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield tmp_path
    for module in ("ecegateway_source_acme", "acme_conformance"):
        sys.modules.pop(module, None)


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.usefixtures("package")
def test_the_smallest_source_passes_the_kit_as_printed(check: str) -> None:
    kit = import_module("acme_conformance").TestAcme()
    getattr(kit, check)()


@pytest.mark.usefixtures("package")
def test_its_entry_point_leads_to_a_module_that_registers() -> None:
    entry_points = tomllib.loads(example("project"))["project"]["entry-points"]["ecegateway"]
    module: ModuleType = import_module(entry_points["acme"])
    plugins = Plugins()
    plugins.register(module, name="acme", origin="docs")
    assert plugins.source("acme").description.title == "Acme SMS"


def test_its_settings_are_settings() -> None:
    (source,) = tomllib.loads(example("settings"))["sources"]
    assert SourceConfig.model_validate(source).plugin == "acme"


def test_the_package_to_copy_has_the_files_the_table_names() -> None:
    folder = DOCUMENT.parents[1] / "plugins" / "ecegateway-source-reference" / "src" / "ecegateway_source_reference"
    named = set(re.findall(r"`(\w+\.py)`", DOCUMENT.read_text(encoding="utf-8").split("## A full package")[1]))
    assert named == {path.name for path in folder.glob("*.py")}
