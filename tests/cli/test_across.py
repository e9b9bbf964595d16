"""What several services say together stands beside the other findings of each."""

from pathlib import Path

from ecegateway.evidence.store import open_evidence
from tests.cli.running import run
from tests.storage.filling import put
from tests.support.records import EVERY_FACT, MONDAY, agreement, child, profile, staffed, stay
from tests.support.two_services import OTHER, at_other


def test_check_names_the_other_service_at_each(tmp_path: Path) -> None:
    here = [profile(), *child(), agreement(), *staffed(), stay(MONDAY)]
    there = at_other([profile(), *child(), *staffed([MONDAY]), stay(MONDAY, "10:00-12:00")])
    with open_evidence(f"sqlite:///{tmp_path / 'evidence.db'}", create=True) as evidence:
        put(evidence, *here, *there, facts=EVERY_FACT)
    (tmp_path / "ecegateway.toml").write_text('store = "sqlite:///evidence.db"\n', encoding="utf-8")
    for service in ("10842", OTHER):
        done = run("check", "--period", "2026-02", "--service", service, cwd=tmp_path)
        assert done.returncode == 1, done.stderr
        assert "One child in two places at once" in done.stdout
        assert "One person on the ratio in two places at once" in done.stdout
