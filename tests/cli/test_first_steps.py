"""What somebody meets who sets up a folder of their own: nothing goes wrong in silence."""

import json
from pathlib import Path

import pytest

from tests.cli.running import run

SETTINGS = '[[sources]]\nname = "papers"\nplugin = "folder"\nservices = ["10842"]\nfolder = "drop"\n'


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with settings and an empty drop folder."""
    (tmp_path / "ecegateway.toml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "drop").mkdir()
    return tmp_path


def pulled(home: Path, **files: str) -> str:
    for name, text in files.items():
        (home / "drop" / f"{name}.csv").write_text(text, encoding="utf-8")
    done = run("sources", "pull", cwd=home)
    assert done.returncode == 0, done.stderr
    return done.stdout


READING = [
    ("check", "-p", "2026-02"),
    ("claim", "-p", "2026-02"),
    ("export", "-p", "2026-02"),
    ("absences", "show", "-p", "2026-02"),
    ("explain", "2026-03-04", "plus-ten"),
    ("quarantine", "list"),
    ("quarantine", "show", "1"),
]


@pytest.mark.parametrize("words", READING, ids=" ".join)
def test_who_only_reads_makes_no_store_and_is_told_there_is_none(home: Path, words: tuple[str, ...]) -> None:
    done = run(*words, cwd=home)
    assert done.returncode == 2
    assert "evidence.db: it holds nothing yet" in done.stderr
    assert not (home / "evidence.db").exists()


@pytest.mark.parametrize("words", READING[:5], ids=" ".join)
def test_a_store_without_services_is_told(home: Path, words: tuple[str, ...]) -> None:
    pulled(home)
    done = run(*words, cwd=home)
    assert done.returncode == 2
    assert "evidence.db holds nothing yet; pull first" in done.stderr


def test_a_pull_that_finds_nothing_says_so(home: Path) -> None:
    assert "NOTHING WAS FOUND" in pulled(home)


def test_a_pull_names_unread_files_and_columns_and_the_quarantine(home: Path) -> None:
    said = pulled(home, Children="x\n", note="key,day,text,colour\nn1,2026-03-04,Waiata,red\nn2,yesterday,Karakia,red\n")
    assert "no feed reads these files, check their names: Children.csv" in said
    assert "nobody reads these columns of note (service 10842): colour" in said
    assert "1 row set apart in quarantine, see: ecegateway quarantine list" in said
    assert "NOTHING" not in said
    (report,) = json.loads(run("sources", "pull", "--json", cwd=home).stdout)
    assert report["left_over"] == ["Children.csv"]
    assert report["nothing_found"] is False
    assert {feed["feed"]: feed["unread"] for feed in report["feeds"]}["note"] == ["colour"]


def test_the_quarantine_tells_the_line_of_the_spreadsheet_and_shows_that_row_only(home: Path) -> None:
    pulled(home, note="key,day,text\nn1,2026-03-04,Waiata\nn2,yesterday,Karakia\n")
    listed = run("quarantine", "list", cwd=home).stdout
    assert "line 3" in listed
    (entry,) = json.loads(run("quarantine", "list", "--json", cwd=home).stdout)
    assert entry["what"]["row"] == 2
    shown = run("quarantine", "show", str(entry["id"]), cwd=home).stdout
    assert "note.csv, line 3, day: not a date" in shown
    assert "key,day,text\nn2,yesterday,Karakia\n" in shown
    assert "Waiata" not in shown
    assert "Waiata" in run("quarantine", "show", str(entry["id"]), "--all", cwd=home).stdout


def test_a_file_of_semicolons_is_told_at_once(home: Path) -> None:
    (home / "drop" / "note.csv").write_text("key;day;text\nn1;2026-03-04;Waiata\n", encoding="utf-8")
    done = run("sources", "pull", cwd=home)
    assert done.returncode == 3
    assert "parts its cells by semicolons, not by commas" in done.stdout
    assert "tried" not in done.stdout


def test_a_missing_folder_is_found_before_the_pull(home: Path) -> None:
    assert run("sources", "check", cwd=home).stdout.startswith("papers: ready")
    (home / "drop").rmdir()
    done = run("sources", "check", cwd=home)
    assert done.returncode == 3
    assert "the folder cannot be opened (No such file or directory); check folder in the settings" in done.stdout


@pytest.mark.parametrize("command", ["check", "pull"])
def test_settings_without_sources_are_told(tmp_path: Path, command: str) -> None:
    run("init", cwd=tmp_path)
    assert "no sources yet: name one in ecegateway.toml" in run("sources", command, cwd=tmp_path).stdout
