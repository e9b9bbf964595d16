"""What the tests of handing over share: a small file, a way to the simulated Ministry, and waits that are only noted."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ecegateway.config import MinistryConfig
from ecegateway.errors import ExportError
from ecegateway.flows.ways import Way, open_way
from ecegateway.model.ids import ServiceNumber
from ecegateway.outbound import About, Outgoing
from ecegateway.plugins import Plugins, load_plugins
from ecegateway.testing.ministry import MinistrySimulator

NOW = datetime(2026, 6, 2, 9, 0, tzinfo=UTC)
SERVICE = ServiceNumber("10842")
PLUGINS: Plugins = load_plugins(outside=())


def now() -> datetime:
    return NOW


@dataclass
class Waits:
    """Notes the waits instead of waiting."""

    seconds: list[float] = field(default_factory=list)

    def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


def letter(entity: str = "10842-2026-02", *, hours: int = 6, version: str = "1", **said: str) -> bytes:
    """A return, as far as the simulated Ministry reads it when no schema is asked for."""
    said = {"ServiceId": SERVICE, "EventDateTime": "2026-06-01T00:00:00Z", "PeriodStartDate": "2026-02-01", **said}
    elements = "".join(f"<{name}>{text}</{name}>" for name, text in said.items())
    return (
        f'<RS7Return xmlns="urn:ecegateway:eli-shaped:rs7:{version}">{elements}'
        f"<RS7ReturnEntityId>{entity}</RS7ReturnEntityId><Hours>{hours}</Hours></RS7Return>"
    ).encode()


def outgoing(key: str = "k-1", body: bytes = letter(), **more: Any) -> Outgoing:
    said = {"about": About.RETURN, "service": SERVICE, "family": "RS7Return", "media_type": "application/xml", **more}
    return Outgoing(key=key, body=body, name=said.pop("name", f"{key}.xml"), **said)


def any_schema(family: str, body: bytes) -> None:
    """Takes whatever is XML and a return."""
    del body
    if family != "RS7Return":
        raise ExportError("no schema")


@contextmanager
def ministry(
    monkeypatch: pytest.MonkeyPatch, *, clock: Callable[[], datetime] = now, **more: Any
) -> Iterator[MinistrySimulator]:
    """A simulated Ministry, its secrets in the environment."""
    with MinistrySimulator(clock, **{"schema": any_schema, **more}) as simulator:
        monkeypatch.setenv("MINISTRY_ID", simulator.client_id)
        monkeypatch.setenv("MINISTRY_SECRET", simulator.client_secret)
        yield simulator


def config_of(simulator: MinistrySimulator, **more: Any) -> MinistryConfig:
    secrets = {"client_id": "env:MINISTRY_ID", "client_secret": "env:MINISTRY_SECRET"}
    return MinistryConfig.model_validate(simulator.config(**secrets, **more))


def way_to(simulator: MinistrySimulator, sleep: Waits | None = None, *, limits: dict[str, float] | None = None) -> Way:
    return open_way(PLUGINS, config_of(simulator, limits=limits or {}), now, sleep=sleep or Waits())


def way_into(folder: Path, **more: Any) -> Way:
    return open_way(PLUGINS, MinistryConfig.model_validate({"folder": folder, **more}), now, sleep=Waits())
