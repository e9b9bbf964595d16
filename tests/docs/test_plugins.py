"""The example of docs/plugins.md works as printed, and a plugin that misbehaves is set aside alone."""

import re
import types
from collections.abc import Iterator
from dataclasses import replace
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ecegateway import hookimpl
from ecegateway.cli.app import build
from ecegateway.contract import Programme, RegisterExporter, RegisterProgramme
from ecegateway.errors import PluginLoadError
from ecegateway.facts.types import ServiceFacts
from ecegateway.flows.claim import from_evidence
from ecegateway.flows.export import export
from ecegateway.handbook.policy import policy
from ecegateway.model.finding import Finding, Severity
from ecegateway.model.period import DateRange
from ecegateway.plugins import Plugins, load_plugins
from tests.support.records import MONDAY, PERIOD, agreement, child, evidence, profile, staffed, stay, versions

DOCUMENT = Path(__file__).parents[2] / "docs" / "plugins.md"


def example() -> types.ModuleType:
    found = re.search(r"^```python\n(.*?)^```$", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    assert found
    module = types.ModuleType("ecegateway_acme")
    exec(compile(found[1], str(DOCUMENT), "exec"), module.__dict__)  # noqa: S102 - the document's own example
    return module


@pytest.fixture
def plugins() -> Plugins:
    loaded = load_plugins(outside=())
    loaded.register(example(), name="acme", origin="the document")
    return loaded


RECORDS = [*staffed(), profile(), *child(), agreement(), stay(MONDAY)]


def test_its_exporter_writes(plugins: Plugins, tmp_path: Path) -> None:
    made = from_evidence(evidence(versions(RECORDS)), PERIOD, policy())
    export(made.exportable, plugins.exporters(), tmp_path)
    assert (tmp_path / "10842" / "hours.txt").read_text() == "6\n"


def test_its_programme_finds_and_its_words_reach_the_reports(plugins: Plugins, tmp_path: Path) -> None:
    made = from_evidence(evidence(versions(RECORDS)), PERIOD, policy(), programmes=plugins.programmes())
    assert [f.child for f in made.claim.findings if f.rule == "acme.no-iwi"] == ["kowhai:c1"]
    export(made.exportable, plugins.exporters(), tmp_path)
    assert "No iwi on record" in (tmp_path / "10842" / "findings.html").read_text(encoding="utf-8")


def test_its_commands_are_there(plugins: Plugins) -> None:
    assert CliRunner().invoke(build(lambda: plugins), ["acme", "hello"]).output == "kia ora\n"


def test_a_programme_decides_no_funding(plugins: Plugins) -> None:
    (good,) = plugins.programmes()

    def holding(facts: ServiceFacts, days: DateRange) -> Iterator[Finding]:
        yield from (replace(finding, severity=Severity.HOLDS) for finding in good.assess(facts, days))

    def raising(_facts: ServiceFacts, _days: DateRange) -> Iterator[Finding]:
        raise RuntimeError("a child's name")

    stored = evidence(versions(RECORDS))
    bad = [replace(good, name="greedy", assess=holding), replace(good, name="broken", assess=raising)]
    made = from_evidence(stored, PERIOD, policy(), programmes=[*bad, good])
    assert made.claim.cells == from_evidence(stored, PERIOD, policy()).claim.cells
    assert [failure.split(":")[0] for failure in made.failures] == ["programme 'greedy'", "programme 'broken'"]
    assert "a child's name" not in str(made.failures)
    assert any(f.rule == "acme.no-iwi" for f in made.claim.findings)


class Taken:
    @hookimpl
    def ecegateway_register_programmes(self, register: RegisterProgramme) -> None:
        register(Programme("fresh", "Fresh", lambda _facts, _days: iter(()), ()))

    @hookimpl
    def ecegateway_register_exporters(self, register: RegisterExporter) -> None:
        class Again:
            name = "rs7"

            def render(self, _exportable: object) -> list[object]:
                return []

        register(Again())  # type: ignore[arg-type]  # the name is what it is refused for


class Misspelt:
    @hookimpl
    def ecegateway_register_source(self, register: object) -> None:
        """One letter short."""


class Raising:
    @hookimpl
    def ecegateway_register_sources(self, _register: object = None) -> None:
        raise RuntimeError("no licence file")


@pytest.mark.parametrize(
    ("plugin", "says"), [(Taken(), "'rs7' is taken"), (Misspelt(), "register_source"), (Raising(), "licence")]
)
def test_a_plugin_that_fails_is_unregistered_whole(plugins: Plugins, plugin: object, says: str) -> None:
    before = plugins.programmes()
    with pytest.raises(PluginLoadError, match=says):
        plugins.register(plugin, name="bad", origin="here")
    assert plugins.programmes() == before
    plugins.register(types.ModuleType("harmless"), name="harmless", origin="here")


def test_an_outside_plugin_that_fails_is_set_aside_and_the_others_go_on() -> None:
    missing = EntryPoint("ghost", "ecegateway_no_such_module", "ecegateway")
    reference = EntryPoint("reference", "ecegateway_source_reference", "ecegateway")
    loaded = load_plugins(outside=[missing, reference])
    assert [aside.name for aside in loaded.set_aside()] == ["ghost"]
    assert "kowhai" in [plugin.description.plugin for plugin, _ in loaded.sources()]
