"""What ``ecegateway absences`` prints: on a terminal of any width, and into a pipe."""

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from ecegateway.cli.absences import show_absences
from ecegateway.export.absence_words import DUTIES
from ecegateway.model.absence import AbsenceReport, Duty
from tests.cli.running import run
from tests.support.claims import child_key, claim, exportable

MADE = exportable(claim(children=6))
RECORDED = Path(__file__).parents[1] / "unit" / "builtin" / "recorded"
SETTINGS = '[[sources]]\nname = "papers"\nplugin = "folder"\nservices = ["20517"]\nfolder = "drop"\n'


def said(*, width: int = 200, grid: bool = False, colours: bool = False) -> str:
    raw = io.StringIO()
    screen = Console(
        file=raw, width=width, highlight=False, force_terminal=colours, color_system="standard" if colours else None
    )
    show_absences(screen, MADE, grid=grid)
    return raw.getvalue()


def test_what_to_do_stands_with_date_signatories_and_reasons() -> None:
    lines = said().splitlines()

    name = MADE.child_names[child_key(2)]
    task = lines.index(f"  {name} (c-002): {DUTIES[Duty.RECONFIRM]}, by 30 April 2026")
    assert lines[task + 1] == "    to sign: Mererangi O'Hārae or Hēmi O'Hārae"
    assert lines[task + 2].startswith("    why: came for fewer hours than enrolled on 14 of 22 days, month 2 in a row: 2, 3,")
    assert "March 2026: 1 agreement to change, 1 agreement to reconfirm, 1 child to watch" in lines


def test_only_children_who_are_not_clear_are_listed() -> None:
    text = said()

    assert MADE.child_names[child_key(0)] not in text
    assert f"✕ {MADE.child_names[child_key(3)]}" in text
    assert f"! {MADE.child_names[child_key(1)]}" in text
    assert "(c-005): reconfirmed on 2 April 2026" in text


def test_the_calendar_lists_every_child_and_halves_itself_on_a_narrow_terminal() -> None:
    wide, narrow = said(width=150, grid=True), said(width=80, grid=True)

    assert MADE.child_names[child_key(0)] in wide
    assert "a✕" in narrow
    assert columns(wide) == [("1", "28"), ("1", "31")]
    assert columns(narrow) == [("1", "16"), ("17", "28"), ("1", "16"), ("17", "31")]
    assert max(map(len, narrow.splitlines())) <= 80


def columns(text: str) -> list[tuple[str, str]]:
    """The first and last day of each calendar that was printed."""
    headings = [line.split() for line in text.splitlines() if line.startswith("  child ")]
    return [(heading[1], heading[-1]) for heading in headings if heading[1].isdigit()]


def test_colours_are_for_terminals_alone() -> None:
    assert "\x1b" not in said(grid=True)
    assert "\x1b" in said(grid=True, colours=True)


def test_a_name_in_brackets_is_not_taken_for_a_style() -> None:
    raw = io.StringIO()
    made = exportable(claim(children=6), names={child_key(3): "[red]Tāne"})
    show_absences(Console(file=raw, width=200), made, grid=True)
    assert "[red]Tāne" in raw.getvalue()


def test_without_anything_on_record_it_says_so() -> None:
    raw = io.StringIO()
    show_absences(Console(file=raw, width=200), exportable(claim(children=1), absences=AbsenceReport(())))
    assert "nothing to do" in raw.getvalue()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with a store that holds a service and nothing of its children."""
    (tmp_path / "ecegateway.toml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "drop").mkdir()
    (tmp_path / "drop" / "service.csv").write_bytes((RECORDED / "service.csv").read_bytes())
    assert run("sources", "pull", cwd=tmp_path).returncode == 0
    return tmp_path


def test_a_service_without_duties_gives_exit_code_0(home: Path) -> None:
    shown = run("absences", "show", "-p", "2026-02", "--month", "2026-03", "--grid", cwd=home)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "nothing to do" in shown.stdout
    found = run("absences", "show", "-p", "2026-02", "--json", cwd=home)
    assert list(json.loads(found.stdout)) == ["20517"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("show", "-p", "2026-02", "--month", "2026-06"), "2026-06 is not a month of the period 2026-02"),
        (("show", "-p", "2026-02", "--month", "March"), "for instance 2026-03"),
        (("form", "c-1", "-p", "2026-02"), "no permanently enrolled child has the key 'c-1'"),
    ],
)
def test_wrong_use_gives_exit_code_2_and_the_fix(home: Path, words: tuple[str, ...], says: str) -> None:
    done = run("absences", *words, cwd=home)
    assert done.returncode == 2
    assert says in " ".join(done.stderr.replace("│", " ").split())
