"""The commands as a person types them: in a process of their own, on the demo's world, exit codes and all."""

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest

from ecegateway.model.claim import Category, StaffColumn
from tests.cli.running import run

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def demo(demo_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the demo has run once."""
    return Path(shutil.copytree(demo_once, tmp_path_factory.mktemp("somebody"), dirs_exist_ok=True))


def test_the_demo_says_what_was_caught_and_where_to_look(demo: Path) -> None:
    said = (demo / "first.txt").read_text(encoding="utf-8")
    for words in (
        "held back",
        "Presence that nobody recorded",
        "Emergency closure without approval",
        "index.html",
        "Te Kōtuku",
    ):
        assert words in said
    assert "return 1, revision 1: superseded" in said
    assert "return 2, revision 2: received" in said
    assert "\x1b" not in said


def test_the_readme_shows_what_the_demo_says(demo: Path) -> None:
    said = {line.rstrip() for line in (demo / "first.txt").read_text(encoding="utf-8").splitlines()}
    shown = README.split("## What you see\n\n```\n")[1].split("```")[0].splitlines()
    assert [line for line in shown if line not in said] == ["      …"]


def test_the_demo_run_twice_does_nothing_new_and_says_so(demo: Path) -> None:
    before = {path: path.read_bytes() for path in sorted((demo / "out").glob("[0-9]*/*"))}
    assert len(before) == 61
    again = run("demo", cwd=demo)
    assert again.returncode == 0
    assert "Nothing was new" in again.stdout
    assert {path: path.read_bytes() for path in sorted((demo / "out").glob("[0-9]*/*"))} == before


COMMANDS = [
    "demo",
    "init",
    "sources",
    "quarantine",
    "check",
    "findings",
    "claim",
    "export",
    "absences",
    "verifications",
    "verify",
    "prove",
    "keys",
    "retention",
    "explain",
    "forecast",
    "rules",
    "handbook",
]
README_COMMANDS = re.findall(r"^\.venv/bin/ecegateway (.+)$", README, re.MULTILINE)


def test_the_readme_has_commands_to_try() -> None:
    assert len(README_COMMANDS) >= 4


@pytest.mark.parametrize("command", README_COMMANDS)
def test_every_command_of_the_readme_works_as_written(demo: Path, command: str) -> None:
    done = run(*shlex.split(command), cwd=demo)
    assert done.returncode in (0, 1), done.stderr
    assert done.stdout.strip()
    assert done.stderr == ""


def test_findings_that_hold_hours_give_exit_code_1(demo: Path) -> None:
    for command in ("check", "claim"):
        assert run(command, "-c", "out/demo/ecegateway.toml", "-p", "2026-02", cwd=demo).returncode == 1


def test_machines_get_json(demo: Path) -> None:
    settings = ("-c", "out/demo/ecegateway.toml")
    for words in (
        ("claim", *settings, "-p", "2026-02", "--json"),
        ("claim", *settings, "-p", "2026-02", "--what-if", "rs7.rounding=bankers", "--json"),
        ("check", *settings, "-p", "2026-02", "--json"),
        ("explain", *settings, "-s", "20517", "2026-03-04", "plus-ten", "--json"),
        ("explain", *settings, "-s", "10842", "2026-03-04", "certificated", "--json"),
        ("explain", *settings, "-s", "10842", "c-1015", "2026-04-21", "--json"),
        ("explain", *settings, "-s", "10842", "2026-04-17", "--json"),
        ("forecast", *settings, "-p", "2026-02", "--json"),
        ("quarantine", "list", *settings, "--json"),
        ("sources", "list", "--json"),
        ("rules", "list", "--json"),
        ("rules", "show", "attendance.not-defaulted", "--json"),
        ("handbook", "--json"),
        ("handbook", "coverage", "--json"),
        ("handbook", "parameters", "--json"),
        ("handbook", "switches", "--json"),
    ):
        done = run(*words, cwd=demo)
        assert done.returncode in (0, 1), done.stderr
        assert json.loads(done.stdout)


def test_an_explained_day_names_rule_section_and_evidence(demo: Path) -> None:
    done = run("explain", "-c", "out/demo/ecegateway.toml", "-s", "10842", "kowhai:c-1015", "2026-04-21", cwd=demo)
    assert "attendance.not-defaulted" in done.stdout
    assert "ECE Funding Handbook 6-3" in done.stdout
    assert "kowhai/10842/attendance/" in done.stdout


def test_an_explained_figure_names_times_reasons_and_the_way_on(demo: Path) -> None:
    done = run("explain", "-c", "out/demo/ecegateway.toml", "-s", "10842", "2026-03-04", "twenty-hours", cwd=demo)
    lines = done.stdout.splitlines()
    claimed = next(line for line in lines if "kowhai:c-1020" in line)
    assert re.search(r"8:00-12:00 +240 +20 Hours ECE, as attested +ECE Funding Handbook 4-2", claimed)
    assert "ecegateway explain kowhai:c-1020 2026-03-04 --service 10842" in done.stdout
    assert lines.index("Held back or refused that day") < next(n for n, line in enumerate(lines) if "not funded" in line)


def test_an_explained_day_is_drawn_by_the_quarter_with_its_totals(demo: Path) -> None:
    said = run("explain", "-c", "out/demo/ecegateway.toml", "-s", "10842", "kowhai:c-1020", "2026-03-04", cwd=demo).stdout
    assert re.search(r"^ +20 Hours ECE +[.#]+ +4:00 +20 Hours ECE, as attested$", said, re.MULTILINE)
    assert re.search(r"^ +booked +[.#]+ +\d:\d\d$", said, re.MULTILINE)
    assert re.search(r"in all 6:00 claimed, 0:00 held back, \d:\d\d not funded", said)


def test_where_the_hours_of_a_day_went_is_told_with_a_column_and_without(demo: Path) -> None:
    asked = ("explain", "-c", "out/demo/ecegateway.toml", "-s", "10842", "2026-03-04")
    alone = run(*asked, cwd=demo).stdout.strip()
    assert run(*asked, "twenty-hours", cwd=demo).stdout.rstrip().endswith(alone)
    expected, claimed = (_minutes(found) for found in re.findall(r"(?:expects|claims) (\d+:\d\d)", alone))
    lost = [_minutes(found) for found in re.findall(r"^  \N{MINUS SIGN}(\d+:\d\d) ", alone, re.MULTILINE)]
    assert lost
    assert expected - sum(lost) == claimed


def _minutes(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def test_help_lists_all_columns_of_the_return(tmp_path: Path) -> None:
    said = run("explain", "--help", cwd=tmp_path).stdout
    for column in (*Category, *StaffColumn):
        assert column in said
    assert "needed when the store has several" in " ".join(said.replace("│", " ").split())


def test_the_columns_a_sessional_kindergarten_leaves_empty_are_explained(demo: Path) -> None:
    said = run("claim", "-c", "out/demo/ecegateway.toml", "-p", "2026-02", "-s", "20517", cwd=demo).stdout
    assert "No staff hours: this type of service does not fill these columns" in said


def test_the_handbook_shows_what_was_read_and_what_carries_it_out(tmp_path: Path) -> None:
    done = run("handbook", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    for words in (
        "ECE Funding Handbook, as read on 22 November 2026",
        "What was read",
        "attendance.not-defaulted",
        "funded_hour.daily_limit",
        "fch.cap-trim-order",
        "no rule, clause, parameter, rate or code list cites these yet",
    ):
        assert words in done.stdout
    parts = "".join(run("handbook", part, cwd=tmp_path).stdout for part in ("coverage", "parameters", "switches"))
    assert set(parts.splitlines()) <= set(done.stdout.splitlines())


def test_what_if_shows_each_childs_change_and_adopts_nothing(demo: Path) -> None:
    asked = ("claim", "-c", "out/demo/ecegateway.toml", "-p", "2026-02", "-s", "10842")
    as_set = run(*asked, cwd=demo).stdout
    files = {
        path: path.read_bytes() for path in sorted((demo / "out").rglob("*")) if path.suffix in (".toml", ".html", ".json")
    }
    done = run(*asked, "--what-if", "rs7.zero-staff-day=warn", cwd=demo)
    assert done.returncode == 0, done.stderr
    assert "what if rs7.zero-staff-day were warn (the settings read block-until-explained)" in done.stdout
    assert "point A40" in done.stdout
    assert re.search(r"2 and over: [\d,]+ hours, would be [\d,]+ \(\+\d+\)", done.stdout)
    rows = re.findall(
        r"^ +\S.*\S +kowhai:\S+ +(\d+):(\d\d) +(\d+):(\d\d) +(\d+):(\d\d) +(\d+):(\d\d)", done.stdout, re.MULTILINE
    )
    assert rows
    for row in rows:
        had, after, gained, lost = (int(row[n]) * 60 + int(row[n + 1]) for n in (0, 2, 4, 6))
        assert after == had + gained - lost
        assert gained > 0
    assert run(*asked, cwd=demo).stdout == as_set
    assert {path: path.read_bytes() for path in files} == files


def test_a_forecast_says_that_it_is_none_of_the_claim_and_names_no_money_it_cannot_know(demo: Path) -> None:
    asked = ("-c", "out/demo/ecegateway.toml", "-p", "2026-02", "-s", "10842")
    done = run("forecast", *asked, cwd=demo)
    assert done.returncode == 0, done.stderr
    for words in (
        "This is a forecast, not a claim",
        "is due on Monday 8 June 2026",
        "Fri 10 Matariki",
        "no verified rate",
        "give the scale with --scale",
        "switch estimate.average-divisor",
        "switch rate.band-rounding",
    ):
        assert words in done.stdout
    assert "$" not in done.stdout
    george = r"turning 6: .*\n.*\n.*\n +2026-05-12 +2026-05-11 +George Thackerby +kowhai:c-1041 +booked on 2026-05-12"
    assert re.search(george, done.stdout)
    with_scale = run("forecast", *asked, "--scale", "base", cwd=demo).stdout
    assert "no verified rate for education and care, all-day, base" in with_scale


def test_the_demo_has_agreements_to_change_and_to_reconfirm(demo: Path) -> None:
    done = run("absences", "show", "-c", "out/demo/ecegateway.toml", "-p", "2026-02", "-s", "10842", cwd=demo)
    assert done.returncode == 1
    assert "May 2026: 2 agreements to change, 1 agreement to reconfirm" in done.stdout
    assert "absent on 4 of 4 Fridays, month 4 in a row: 1, 8, 22 and 29 May 2026" in done.stdout
    assert len(list((demo / "out" / "10842").glob("reconfirmation-*.html"))) == 3


def test_check_and_claim_name_the_same_reasons_and_hours_that_no_other_cause_holds_are_counted_alike(demo: Path) -> None:
    asked = ("-c", "out/demo/ecegateway.toml", "-p", "2026-02", "-s", "10842")
    checked = run("check", *asked, cwd=demo).stdout
    counts = re.findall(r"^ +([\d,]+:\d\d) +(\d+) +(\d+)  (\S.*\S) *$", run("claim", *asked, cwd=demo).stdout, re.MULTILINE)
    assert counts
    for hours, children, days, title in counts:
        lines = re.findall(rf"^\d+\. {re.escape(title)}[:·( ].*$", checked, re.MULTILINE)
        assert lines, title
        if title == "No National Student Number":
            assert f": {hours} hours held back, {children} children, {days} child days" in lines[0]


def test_every_held_row_can_be_shown_and_retried(demo: Path) -> None:
    settings = ("-c", "out/demo/ecegateway.toml")
    entries = json.loads(run("quarantine", "list", *settings, "--json", cwd=demo).stdout)
    shown = run("quarantine", "show", str(entries[0]["id"]), *settings, cwd=demo)
    assert entries[0]["what"]["reason"] in shown.stdout
    retried = run("quarantine", "retry", *settings, cwd=demo)
    assert retried.returncode == 0
    assert "still bad" in retried.stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("claim", "-p", "2026-02"), "ecegateway init"),
        (("claim", "-p", "2026-03"), "February, June or October"),
        (("rules", "show", "no.such-rule"), "rules list"),
        (("explain", "tomorrow", "today"), "write days as"),
        (("explain", "2026-03-04", "plus-eleven"), "plus-ten"),
        (("explain", "kowhai:c-1015"), "with its day"),
    ],
)
def test_wrong_use_gives_exit_code_2_and_the_fix(tmp_path: Path, words: tuple[str, ...], says: str) -> None:
    done = run(*words, cwd=tmp_path)
    assert done.returncode == 2
    assert says in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_one_source_failing_gives_exit_code_3_and_leaves_the_others_standing(demo: Path) -> None:
    """The vendor's server is gone; the folders are still read."""
    done = run("sources", "pull", "-c", "out/demo/ecegateway.toml", "--json", cwd=demo)
    assert done.returncode == 3
    failures = {report["source"]: report["failure"] for report in json.loads(done.stdout)}
    assert failures["kowhai"]
    assert failures["enrolnow-drop"] is None
    assert failures["puawai-paper"] is None
    assert failures["kotuku-paper"] is None


def test_init_writes_settings_once_and_they_load(tmp_path: Path) -> None:
    assert run("init", cwd=tmp_path).returncode == 0
    assert run("sources", "check", cwd=tmp_path).returncode == 0
    again = run("init", cwd=tmp_path)
    assert again.returncode == 2
    assert "nothing was changed" in again.stderr


def test_a_shrunken_file_is_held_until_a_person_releases_it(tmp_path: Path) -> None:
    """Most rows are gone: nothing is applied, the command to release it is named, and released it is applied."""
    (tmp_path / "drop").mkdir()
    rows = [f"note-{n:03},2026-03-04,a remark" for n in range(40)]
    note = tmp_path / "drop" / "note.csv"
    note.write_text("\n".join(["key,day,text", *rows]) + "\n", encoding="utf-8")
    (tmp_path / "ecegateway.toml").write_text(
        '[[sources]]\nname = "papers"\nplugin = "folder"\nservices = ["10842"]\nfolder = "drop"\n', encoding="utf-8"
    )
    assert run("sources", "pull", cwd=tmp_path).returncode == 0
    note.write_text("\n".join(["key,day,text", *rows[:5]]) + "\n", encoding="utf-8")
    held = run("sources", "pull", cwd=tmp_path)
    (command,) = re.findall(r"ecegateway (sources release \d+)", held.stdout)
    released = run(*command.split(), "--by", "Mererangi", "--why", "the year began anew", cwd=tmp_path)
    assert released.returncode == 0
    applied = json.loads(run("sources", "pull", "--json", cwd=tmp_path).stdout)
    assert sum(feed["counts"]["missing"] for feed in applied[0]["feeds"]) == 35


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(tmp_path: Path, command: str) -> None:
    done = run(command, "--help", cwd=tmp_path)
    assert done.returncode == 0
    assert len(done.stdout.split()) > 10


def test_the_pages_of_rules_are_current_and_none_is_left_of_a_rule_that_is_gone(tmp_path: Path) -> None:
    """Mend it with: make generated."""
    stale = tmp_path / "rules" / "no.such-rule.md"
    stale.parent.mkdir()
    stale.write_text("of a rule that is gone", encoding="utf-8")
    assert run("rules", "page", ".", cwd=tmp_path).returncode == 0
    docs = Path(__file__).parents[2] / "docs"
    kept = {str(page.relative_to(docs)): page for page in (docs / "rules.md", *(docs / "rules").iterdir())}
    made = {str(page.relative_to(tmp_path)): page for page in tmp_path.rglob("*.md")}
    assert made.keys() == kept.keys()
    assert [name for name in kept if made[name].read_bytes() != kept[name].read_bytes()] == []


def test_rules_are_listed_by_what_they_are_about_and_found_by_a_word_and_their_severity(tmp_path: Path) -> None:
    listed = run("rules", "list", cwd=tmp_path).stdout
    assert listed.index("\nAttendance\n") < listed.index("attendance.no-record") < listed.index("\nCalendar\n")
    done = run("rules", "list", "--word", "WAITANGI", "--severity", "holds", "--json", cwd=tmp_path)
    assert [one["rule"] for one in json.loads(done.stdout)] == ["attendance.no-record"]
    assert run("rules", "list", "--word", "no rule says this", cwd=tmp_path).returncode == 2


def test_a_rule_on_the_terminal_says_what_its_page_says(tmp_path: Path) -> None:
    rule = "attendance.system-sign-out"
    shown = run("rules", "show", rule, cwd=tmp_path).stdout
    page = (Path(__file__).parents[2] / "docs" / "rules" / f"{rule}.md").read_text(encoding="utf-8")
    said = json.loads(run("rules", "show", rule, "--json", cwd=tmp_path).stdout)
    assert said["switch"]["values"] == ["guardian-verification-cures", "hold"]
    words = [said[part] for part in ("title", "message", "why", "fix", "holds", "condition", "cites", "edition")]
    for sentence in (*words, *(one["text"] for one in said["examples"]), *said["switch"]["values"]):
        assert sentence in page
        assert sentence in shown


def test_an_unattended_run_leaves_log_lines_without_personal_data(demo: Path) -> None:
    done = run("sources", "pull", "enrolnow-drop", "-c", "out/demo/ecegateway.toml", cwd=demo, ECEGATEWAY_LOGS="1")
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert lines
    assert {line["source"] for line in lines} == {"enrolnow-drop"}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("claim", "-p", "2026-02", "-s", "99999"), "the store holds nothing of service 99999"),
        (("claim", "-p", "2027-02"), "read the Handbook of that day"),
        (("claim", "-p", "2026-02", "--known-at", "2026-03-04"), "offset"),
        (("claim", "-p", "2026-02", "--what-if", "rs7.rounding"), "write switch=value"),
        (("claim", "-p", "2026-02", "--what-if", "rs7.rouding=bankers"), "no switch 'rs7.rouding'"),
        (("claim", "-p", "2026-02", "--what-if", "rs7.rounding=upwards"), "choose one of daily-total-half-up, bankers"),
        (("explain", "-s", "10842", "kowhai:nobody", "2026-03-04"), "no agreement books child"),
        (("explain", "2026-03-04", "plus-ten"), "say which with --service"),
        (("export", "-p", "2026-02", "rs8"), "no exporter is named"),
        (("forecast", "-p", "2026-02", "-s", "99999"), "the store holds nothing of service 99999"),
        (("forecast", "-p", "2026-02", "--scale", "highest"), "kindergarten-association"),
        (("quarantine", "show", "999"), "999"),
        (("sources", "pull", "nobody"), "no source is named"),
        (("sources", "release", "999", "--by", "Mererangi", "--why", "so"), "999"),
    ],
)
def test_a_question_the_store_cannot_answer_is_wrong_use_not_a_broken_store(
    demo: Path, words: tuple[str, ...], says: str
) -> None:
    done = run(*words, "-c", "out/demo/ecegateway.toml", cwd=demo)
    assert done.returncode == 2, done.stderr
    assert says in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
