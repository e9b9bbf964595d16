"""What the check-up says of the way to the Ministry."""

from pathlib import Path
from typing import Any

import pytest

from ecegateway.config import MinistryConfig
from ecegateway.doctor.checked import Level
from ecegateway.doctor.ministry import check_deliveries, check_ministry
from ecegateway.evidence.deliveries import begin_delivery, end_delivery
from ecegateway.evidence.store import open_evidence
from ecegateway.outbound import About, Outcome, Receipt
from tests.support.ministry import NOW, PLUGINS, outgoing

HUB = {"transport": "infohub-shaped", "base_url": "https://hub.example.org"}
SECRETS = {"client_id": "env:MINISTRY_ID", "client_secret": "env:MINISTRY_SECRET"}


def said(**settings: Any) -> tuple[Level, str]:
    found = check_ministry(PLUGINS, MinistryConfig.model_validate(settings), NOW)
    return found.level, found.said


def test_an_outbox_is_fine_if_it_can_be_made_or_written_into(tmp_path: Path) -> None:
    level, words = said(folder=tmp_path / "a" / "outbox")
    assert (level, words.endswith("made when first needed")) == (Level.OK, True)
    assert list(tmp_path.iterdir()) == []
    assert said(folder=tmp_path)[0] is Level.OK
    (tmp_path / "file").write_text("")
    level, words = said(folder=tmp_path / "file")
    assert (level, words.endswith("/file is not a folder that can be written into")) == (Level.WRONG, True)
    assert said(folder=tmp_path / "file" / "outbox")[0] is Level.WRONG


def test_a_machine_account_without_its_secret_is_told_and_a_secret_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(**HUB) == (
        Level.WRONG,
        "transport 'infohub-shaped' signs in with a machine account; add client_id and client_secret to [ministry]",
    )
    monkeypatch.setenv("MINISTRY_ID", "gateway")
    assert "ministry.client_secret: the secret env:MINISTRY_SECRET is missing or empty" in said(**HUB, **SECRETS)[1]
    monkeypatch.setenv("MINISTRY_SECRET", "canary")
    level, words = said(**HUB, **SECRETS)
    assert (level, "canary" in words) == (Level.OK, False)


def test_what_is_still_open_is_counted(tmp_path: Path) -> None:
    with open_evidence(f"sqlite:///{tmp_path}/evidence.db", create=True) as store:
        assert list(check_deliveries(store)) == []
        for number, outcome in enumerate((None, Outcome.UNKNOWN, Outcome.RECEIVED, Outcome.ACCEPTED, Outcome.NOT_SENT)):
            with store.adding() as adding:
                sent = outgoing(f"k-{number}", about=About.EVENT)
                attempt = begin_delivery(adding, sent, number, b"", "folder", NOW)
                if outcome is not None:
                    end_delivery(adding, attempt, Receipt(outcome), b"", NOW)
        (line,) = check_deliveries(store)
    assert (line.level, line.said) == (Level.WARNING, "of 3 events it is not known what became of it")
