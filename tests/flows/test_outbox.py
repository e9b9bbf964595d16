"""The whole way through the outbox folder, and payloads of two versions."""

from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson
import pytest

from ecegateway.config import MinistryConfig
from ecegateway.errors import ConfigError, DeliveryRefusedError, PluginContractError
from ecegateway.evidence.store import open_evidence
from ecegateway.flows.delivery import ask_after, deliveries, hand_over
from ecegateway.flows.ways import open_way
from ecegateway.outbound import About, Outcome, Receipt
from ecegateway.plugins import load_plugins
from ecegateway.testing.ministry_checks import TakenVersion
from ecegateway.testing.ministry_faults import STATUS
from tests.support.ministry import PLUGINS, Waits, config_of, letter, ministry, now, outgoing, way_into


def test_a_file_is_laid_out_once_and_the_answer_beside_it_becomes_evidence(tmp_path: Path) -> None:
    outbox = tmp_path / "outbox"
    with open_evidence(f"sqlite:///{tmp_path}/evidence.db", create=True) as store, way_into(outbox) as way:
        assert hand_over(store, way, outgoing(), 1, now) == Receipt(Outcome.LAID_OUT)
        assert sorted(file.name for file in outbox.iterdir()) == ["k-1.xml", "k-1.xml.delivery.json"]
        (outbox / "k-1.xml").unlink()
        assert hand_over(store, way, outgoing(), 1, now) == Receipt(Outcome.LAID_OUT)
        assert not (outbox / "k-1.xml").exists()
        assert ask_after(store, way, outgoing(), 1, now) == Receipt(Outcome.LAID_OUT)
        answer = {"format": "ecegateway.receipt", "version": 1, "state": "accepted", "reference": "by phone"}
        digest = {"sha256": sha256(letter()).hexdigest()}
        (outbox / "k-1.xml.receipt.json").write_bytes(orjson.dumps(answer | digest))
        assert ask_after(store, way, outgoing(), 1, now) == Receipt(Outcome.ACCEPTED, "by phone")
        ends = [one.end.receipt.outcome for one in deliveries(store, About.RETURN, 1) if one.end]
    assert ends == [Outcome.LAID_OUT, Outcome.ACCEPTED]


def test_a_name_that_is_taken_in_the_outbox_is_not_sent(tmp_path: Path) -> None:
    (tmp_path / "k-1.xml").write_bytes(b"another")
    with open_evidence(f"sqlite:///{tmp_path}/evidence.db", create=True) as store, way_into(tmp_path) as way:
        assert hand_over(store, way, outgoing(), 1, now).outcome is Outcome.NOT_SENT
    assert (tmp_path / "k-1.xml").read_bytes() == b"another"


VERSIONS = [
    {"family": "RS7Return", "version": "1", "last_day": "2026-10-01"},
    {"family": "RS7Return", "version": "2", "first_day": "2026-07-12"},
]
TAKEN = (
    TakenVersion("RS7Return", "1", last_day=date(2026, 10, 1)),
    TakenVersion("RS7Return", "2", first_day=date(2026, 7, 12)),
)


@pytest.mark.parametrize(
    ("day", "chosen", "taken"),
    [
        (date(2026, 7, 11), "1", {"1"}),
        (date(2026, 7, 12), "2", {"1", "2"}),
        (date(2026, 10, 1), "2", {"1", "2"}),
        (date(2026, 10, 2), "2", {"2"}),
    ],
)
def test_payload_version_by_date_including_overlap(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, day: date, chosen: str, taken: set[str]
) -> None:
    """Both versions are taken in the overlap, and its own look for duplicates is not what keeps a return from going twice."""

    def noon() -> datetime:
        return datetime(day.year, day.month, day.day, tzinfo=UTC)  # noon in Wellington, the same day

    with (
        ministry(monkeypatch, clock=noon, versions=TAKEN) as simulator,
        open_evidence(f"sqlite:///{tmp_path}/evidence.db", create=True) as store,
        open_way(PLUGINS, config_of(simulator, versions=VERSIONS), noon, sleep=Waits()) as way,
    ):
        simulator.stop_looking_for_duplicates()
        assert way.version_on("RS7Return", day) == chosen
        for number, version in enumerate(("1", "2")):
            what = outgoing(f"k-{version}", letter(version=version), version=version)
            if version in taken:
                for _ in range(2):
                    assert hand_over(store, way, what, number, noon).outcome is Outcome.ACCEPTED
            else:
                with pytest.raises(DeliveryRefusedError, match=f"version {version} .* is not taken on {day}; make it anew in"):
                    hand_over(store, way, what, number, noon)
                assert deliveries(store, About.RETURN, number) == []
        assert {one.key.removeprefix("k-") for one in simulator.taken} == taken
        assert simulator.posted() == len(taken)


@pytest.mark.parametrize("outcome", [Outcome.ACCEPTED, Outcome.NOT_SENT])
def test_what_is_open_when_its_version_ends_is_asked_about_and_not_sent_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, outcome: Outcome
) -> None:
    had = outcome is Outcome.ACCEPTED
    ended = [{"family": "RS7Return", "version": "1", "last_day": "2026-06-01"}]
    with (
        ministry(monkeypatch) as simulator,
        open_evidence(f"sqlite:///{tmp_path}/evidence.db", create=True) as store,
    ):
        (simulator.lose_answer if had else simulator.lose_request)(times=None)
        simulator.lose_answer(at=STATUS)
        with open_way(PLUGINS, config_of(simulator, limits={"attempts": 1}), now) as way:
            assert hand_over(store, way, outgoing(), 1, now).outcome is Outcome.UNKNOWN
        simulator.behave()
        with open_way(PLUGINS, config_of(simulator, versions=ended), now) as way:
            assert hand_over(store, way, outgoing(), 1, now).outcome is outcome
        assert len(simulator.taken) == had
        assert simulator.posted() == 1


def test_a_family_without_versions_is_taken_in_any_and_a_gap_is_told(tmp_path: Path) -> None:
    gap = [VERSIONS[0], {"family": "RS7Return", "version": "2", "first_day": "2026-11-01"}]
    with way_into(tmp_path, versions=gap) as way:
        assert way.version_on("ChildAttendance", date(2026, 10, 15)) is None
        with pytest.raises(DeliveryRefusedError, match="no version of RS7Return is taken on 2026-10-15"):
            way.version_on("RS7Return", date(2026, 10, 15))


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"transport": "pigeon"}, r"no transport plugin named 'pigeon' is installed \(installed: folder, infohub-shaped\)"),
        ({"transport": "infohub-shaped"}, "works over HTTP; add base_url"),
        ({"transport": "infohub-shaped", "base_url": "https://example.org"}, "add client_id and client_secret"),
        (
            {"transport": "infohub-shaped", "base_url": "http://example.org"},
            "'infohub-shaped': base_url must be https",
        ),
        ({"settings": {"path": "/x"}}, "no setting 'path'"),
        (
            {
                "transport": "infohub-shaped",
                "base_url": "https://example.org",
                "token_path": "https://login.example.com/token",
                "client_id": "file:/dev/null",
                "client_secret": "file:/dev/null",
            },
            "ministry.client_id: the secret",
        ),
    ],
)
def test_a_way_that_cannot_be_opened_says_what_to_do(settings: dict[str, Any], words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        open_way(PLUGINS, MinistryConfig.model_validate(settings), now)


def test_a_token_comes_from_another_host_only_if_it_is_allowed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x")
    settings: dict[str, Any] = {
        "transport": "infohub-shaped",
        "base_url": "https://hub.example.org",
        "token_path": "https://login.example.com/token",
        "scope": "returns",
        "client_id": f"file:{tmp_path / 'secret'}",
        "client_secret": f"file:{tmp_path / 'secret'}",
    }
    with pytest.raises(ConfigError, match="add it to allow_hosts"):
        open_way(PLUGINS, MinistryConfig.model_validate(settings), now)
    open_way(PLUGINS, MinistryConfig.model_validate(settings | {"allow_hosts": ["login.example.com"]}), now).close()


def test_a_plugin_that_fails_to_begin_is_named() -> None:
    class Broken:
        description = PLUGINS.transport("folder").description

        def create(self, _settings: object) -> object:
            raise RuntimeError("Mererangi")

    plugins = load_plugins(outside=())
    plugins._transports["folder"] = Broken()  # type: ignore[assignment]  # on purpose
    with pytest.raises(PluginContractError, match=r"transport 'folder' .* raised RuntimeError in create\(\); tell its maker"):
        open_way(plugins, MinistryConfig(), now)
