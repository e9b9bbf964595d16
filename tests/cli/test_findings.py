"""``ecegateway check`` and ``ecegateway findings`` on the demo's own store: the page, the diff, the words, the records."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.running import run

SETTINGS = ("-c", "out/demo/ecegateway.toml")
PUAWAI = ("-s", "10842", "-p", "2026-02", *SETTINGS)
KOTUKU = ("-s", "20517", "-p", "2026-02", *SETTINGS)
MONDAY = ("--today", "2026-06-01")
Done = subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def demo(demo_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the demo has run, checked once; a second settings file takes a missing number for a warning."""
    folder = Path(shutil.copytree(demo_once, tmp_path_factory.mktemp("manager"), dirs_exist_ok=True))
    (folder / "first.txt").write_text(said(folder, "check", *PUAWAI, *MONDAY), encoding="utf-8")
    settings = (folder / "out/demo/ecegateway.toml").read_text(encoding="utf-8")
    warns = 'child.student-number-missing" = "warn"\n'
    text = (
        settings.replace("[policy]\n", f'[policy]\n"{warns}') if "[policy]" in settings else f'{settings}\n[policy]\n"{warns}'
    )
    (folder / "out/demo/warns.toml").write_text(text, encoding="utf-8")
    return folder


def said(folder: Path, *words: str, code: int | None = None) -> str:
    done = run(*words, cwd=folder)
    assert done.returncode in ((0, 1) if code is None else (code,)), done.stderr
    return done.stdout if done.returncode in (0, 1) else done.stderr


def test_the_page_says_what_holds_money_until_when_whose_it_is_and_what_to_do(demo: Path) -> None:
    page = (demo / "first.txt").read_text(encoding="utf-8")

    assert "417:45 hours are held back. The return is due by Monday 8 June 2026: 7 days left." in page
    assert "This is the first check kept" in page
    first = page.split("\n1. ")[1].split("\n2. ")[0]
    for words in ("Children but no staff hours", "144:30 hours held back", "26 children", "do:", "cells:", "nobody has it yet"):
        assert words in first
    order = [page.index(words) for words in ("these hold hours back", "An auditor would ask", "Worth knowing", "everything:")]
    assert order == sorted(order)
    assert "\x1b" not in page
    assert len(page.splitlines()) < 80


def test_everything_is_shown_on_request_and_every_day_counted_from_today(demo: Path) -> None:
    everything = said(demo, "check", "--all", *PUAWAI, "--today", "2026-06-10")

    assert len(everything) > len((demo / "first.txt").read_text(encoding="utf-8"))
    assert "2 days ago" in everything
    assert "ECE Funding Handbook 6-7" in everything


def test_the_command_a_cause_names_shows_its_children_days_and_records(demo: Path) -> None:
    page = (demo / "first.txt").read_text(encoding="utf-8")
    command = re.findall(r"more: +ecegateway (findings list .*)$", page, re.MULTILINE)[1]

    shown = said(demo, *command.split())

    assert "Luciana Orrego" in shown
    assert "hours (20 Hours ECE" in shown
    assert "kowhai/10842/" in shown


def test_a_check_that_finds_the_same_says_so_and_one_that_differs_says_what_is_new_and_what_is_gone(demo: Path) -> None:
    assert "Nothing is new since check 3 of" in said(demo, "check", *PUAWAI)
    other = said(demo, "check", "-s", "10842", "-p", "2026-02", "-c", "out/demo/warns.toml")
    assert "new: No National Student Number (2 findings" in other
    assert "gone: No National Student Number (2 findings" in other
    back = said(demo, "check", *PUAWAI, "--json")
    found = json.loads(back)["10842"]
    assert found["since"]["run"] != 3
    assert {one["severity"] for one in found["changes"]["new"]} == {"holds"}
    assert "Nothing is new since check 3 of" in said(demo, "check", *PUAWAI, "--since", "3")
    assert "is of service 10842" in said(demo, "check", *KOTUKU, "--since", "3", code=2)
    assert "no check has the number 999" in said(demo, "check", *PUAWAI, "--since", "999", code=2)


def test_a_cause_is_assigned_in_words_and_withdrawn_again(demo: Path) -> None:
    assigned = said(demo, "findings", "assign", "staff.zero-hours", "--to", "Mere, office", "--by", "Hēni", *PUAWAI, code=0)
    number = assigned.split()[1].rstrip(":")
    assert "who:   Mere, office" in said(demo, "check", *PUAWAI)
    said(demo, "findings", "withdraw", "assignment", number, "--by", "Hēni", "--why", "on leave", *SETTINGS, code=0)
    assert "Mere, office" not in said(demo, "check", *PUAWAI)
    assert "withdrawn by Hēni: on leave" in said(demo, "findings", "list", *PUAWAI)
    again = said(demo, "findings", "withdraw", "assignment", number, "--by", "Hēni", "--why", "x", *SETTINGS, code=2)
    assert "withdrawn already" in again


def test_a_waived_cause_stands_apart_holds_its_hours_and_comes_back_after_its_last_day(demo: Path) -> None:
    why = ("--by", "Hēni", "--why", "the register is on paper")
    waived = said(demo, "findings", "waive", "attendance.no-record", *why, "--until", "2026-06-30", *PUAWAI, code=0)
    number = waived.split()[1].rstrip(":")
    assert "stay held" in waived

    page = said(demo, "check", *PUAWAI, *MONDAY, code=1)
    aside = page.split("Waived")[1]
    assert "Neither attended nor absent" not in page.split("Waived")[0].split("Put right first")[1]
    assert "16:00 hours held back" in aside
    assert "by Hēni, until 30 June 2026: the register is on paper" in aside
    assert "417:45 hours are held back" in page
    found = json.loads(said(demo, "check", *PUAWAI, *MONDAY, "--json"))["10842"]
    assert [one["rule"] for one in found["waived"]] == ["attendance.no-record"]

    later = said(demo, "check", *PUAWAI, "--today", "2026-07-01")
    assert "Waived" not in later
    said(demo, "findings", "withdraw", "waiver", number, "--by", "Hēni", "--why", "it was lost", *SETTINGS, code=0)
    assert "Waived" not in said(demo, "check", *PUAWAI, *MONDAY)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("waive", "made.up", "--by", "x", "--why", "y", *PUAWAI), "found nothing"),
        (("assign", "staff.zero-hours", "--to", "x", "--by", "y", "-p", "2026-02", *SETTINGS), "say which with --service"),
        (("withdraw", "promise", "1", "--by", "x", "--why", "y", *SETTINGS), "waiver or assignment"),
        (("withdraw", "waiver", "999", "--by", "x", "--why", "y", *SETTINGS), "no waiver has the number 999"),
        (("list", "made.up", *PUAWAI), "found nothing"),
        (("payload", "nonsense", *SETTINGS), "source/service/stream/key@version"),
        (("payload", "kowhai/10842/attendance/nobody@1", *SETTINGS), "no version of this id"),
    ],
)
def test_what_cannot_be_done_says_so(demo: Path, words: tuple[str, ...], says: str) -> None:
    assert says in said(demo, "findings", *words, code=2)


def test_a_record_is_shown_with_its_versions_what_changed_and_the_vendors_own_item(demo: Path) -> None:
    listed = said(demo, "findings", "list", "alteration.silent", *PUAWAI)
    changed = next(line.strip() for line in listed.splitlines() if line.strip().endswith("@2"))

    shown = said(demo, "findings", "payload", changed, *SETTINGS, code=0)

    assert f"{changed[:-2]}@1: present" in shown
    assert re.search(r"departed: \".*\" became \".*\"", shown)
    assert re.search(r"receipt \d+, /v1/services/10842/attendances, bytes [0-9a-f]{64}", shown)
    assert len(re.findall(r"^   item \d+:$", shown, re.MULTILINE)) == 2
    assert '"timeOut"' in shown
    document = json.loads(said(demo, "findings", "payload", changed, "--json", *SETTINGS, code=0))
    assert [one["version"]["number"] for one in document] == [1, 2]


def test_a_row_of_a_file_is_shown_with_its_line_and_one_that_vanished_says_so(demo: Path) -> None:
    listed = said(demo, "findings", "list", "records.vanished", *KOTUKU)
    seen = next(line.strip() for line in listed.splitlines() if line.strip().endswith("@1"))

    shown = said(demo, "findings", "payload", f"{seen[:-2]}@2", *SETTINGS, code=0)

    assert re.search(r"^   line \d+:$", shown, re.MULTILINE)
    assert "Unique Child Identifier" in shown
    assert ": missing, received on" in shown
    assert "no row: the record is missing from the snapshot" in shown
