"""What ``ecegateway verifications`` prints: the table, and whom to chase for what."""

import io
import json
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from rich.console import Console

from ecegateway.cli.verifications import show_verifications
from ecegateway.export.verification_words import SIGNS
from ecegateway.model.period import DateRange
from ecegateway.model.verification import ChildVerifications, Rhythm, VerificationReport, VerificationState, VerifiedSpan
from tests.cli.running import run
from tests.support.claims import child_key, claim, exportable

RECORDED = Path(__file__).parents[1] / "unit" / "builtin" / "recorded"
SETTINGS = '[[sources]]\nname = "papers"\nplugin = "folder"\nservices = ["20517"]\nfolder = "drop"\n'
MONDAY = date(2026, 2, 2)


def week(number: int, state: VerificationState, *open_days: date) -> VerifiedSpan:
    first = MONDAY + timedelta(weeks=number)
    groups = {"superseded": (), "disputed": (), "uncovered": ()} | {
        {VerificationState.SUPERSEDED: "superseded", VerificationState.DISPUTED: "disputed"}.get(state, "uncovered"): open_days
    }
    return VerifiedSpan(
        child=child_key(0),
        days=DateRange(first, first + timedelta(days=7)),
        rhythm=Rhythm.WEEKLY,
        state=state,
        covered=(),
        words=(),
        due=first + timedelta(days=7),
        overdue=first + timedelta(days=14),
        **groups,
    )


def said(*children: ChildVerifications) -> str:
    raw = io.StringIO()
    report = VerificationReport(date(2026, 6, 3), children)
    screen = Console(file=raw, width=200, highlight=False)
    show_verifications(screen, exportable(claim(children=3), verifications=report))
    return raw.getvalue()


def test_what_to_chase_stands_with_days_and_whom_to_ask() -> None:
    spans = (
        week(0, VerificationState.OVERDUE, date(2026, 2, 5), date(2026, 2, 6)),
        week(1, VerificationState.SUPERSEDED, date(2026, 2, 9)),
        week(2, VerificationState.APPROVED),
    )
    lines = said(ChildVerifications(child_key(0), spans, ("Mererangi Ngāio", "Hōri Ngāio"))).splitlines()

    assert "To chase this week: 2 confirmations for 1 child" in lines
    place = lines.index("  Tāne Parata-Ngārimu (c-000): Mererangi Ngāio or Hōri Ngāio")
    assert lines[place + 1].strip() == (
        "! 2 February 2026 to 8 February 2026: ask to confirm: 5 and 6 February 2026, overdue since 16 February 2026"
    )
    assert lines[place + 2].strip().startswith("↻ 9 February 2026 to 15 February 2026: show what was changed")


def test_a_child_without_signatories_says_what_to_do_first() -> None:
    text = said(ChildVerifications(child_key(0), (week(0, VerificationState.DISPUTED, MONDAY),), ()))
    assert "nobody on record: enter the parent or guardian first" in text
    assert "find out what happened, correct the record" in text


def test_every_state_has_a_sign_of_its_own_and_stands_in_the_table() -> None:
    assert set(SIGNS) == set(VerificationState)
    assert len({sign for sign, _ in SIGNS.values()}) == len(VerificationState)
    spans = tuple(week(number, state, MONDAY) for number, state in enumerate(VerificationState))
    row = next(line for line in said(ChildVerifications(child_key(0), spans, ())).splitlines() if "Tāne" in line)
    assert row.split()[2:] == [SIGNS[state][0] for state in VerificationState]


@pytest.mark.parametrize("state", [VerificationState.APPROVED, VerificationState.NOT_YET_DUE, VerificationState.ON_PAPER])
def test_nothing_is_chased_that_is_confirmed_or_not_due(state: VerificationState) -> None:
    assert "Nothing to chase" in said(ChildVerifications(child_key(0), (week(0, state),), ()))


def test_a_service_without_attendance_has_nothing_to_confirm() -> None:
    assert "No attendance is on record yet: nothing to confirm." in said()


def test_the_command_gives_words_and_json_and_exit_code_1_when_a_parent_is_to_be_asked(tmp_path: Path) -> None:
    (tmp_path / "drop").symlink_to(RECORDED)
    (tmp_path / "ecegateway.toml").write_text(SETTINGS, encoding="utf-8")
    assert run("sources", "pull", cwd=tmp_path).returncode == 0

    words = run("verifications", "--period", "2026-02", cwd=tmp_path)
    document = run("verifications", "--period", "2026-02", "--json", cwd=tmp_path)

    assert "ECE Funding Handbook 6-3" in words.stdout, words.stderr
    report = json.loads(document.stdout)["20517"]
    assert datetime.fromisoformat(report["on"])
    asked = {span["state"] for child in report["children"] for span in child["spans"]}
    assert words.returncode == document.returncode == int(bool(asked & {"awaiting", "overdue", "disputed", "superseded"}))
