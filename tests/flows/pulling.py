"""What the tests of pulls share."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from ecegateway.config import SourceConfig
from ecegateway.evidence.record import State
from ecegateway.evidence.store import Evidence
from ecegateway.flows.pull import pull
from ecegateway.flows.report import Progress, PullReport, unwatched
from tests.support.tiny import SERVICE, TinyPlugin, plugins_with

NOW = datetime(2026, 6, 2, 9, 0, tzinfo=UTC)


@dataclass
class Sleeps:
    """Notes the waits instead of waiting."""

    seconds: list[float] = field(default_factory=list)

    def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


def config_of(url: str, name: str = "tiny-one", **more: Any) -> SourceConfig:
    return SourceConfig.model_validate({"name": name, "plugin": "tiny", "services": [SERVICE], "base_url": url} | more)


def pull_tiny(
    evidence: Evidence,
    config: SourceConfig,
    *,
    plugin: TinyPlugin | None = None,
    watch: Callable[[Progress], None] = unwatched,
    sleeps: Sleeps | None = None,
) -> PullReport:
    plugins = plugins_with(plugin or TinyPlugin())
    return pull(evidence, plugins, config, lambda: NOW, watch=watch, sleep=sleeps or Sleeps())


def stored(evidence: Evidence) -> list[tuple[str, int, State, bytes]]:
    """Every stored version, in the order stored."""
    if evidence.head() is None:
        return []
    return [(v.key, v.version, v.state, v.digest) for v in evidence.evidence_of(SERVICE).versions]


def sums(report: PullReport) -> tuple[int, int, int, int]:
    """Read, stored, unchanged, quarantined."""
    counts = report.counts
    return counts.read, counts.stored, counts.unchanged, counts.quarantined
