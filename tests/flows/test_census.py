"""The annual ECE Return from records and answers to files, on the invented service Pūāwai."""

import json
import tempfile
import tomllib
from contextlib import suppress
from datetime import UTC, date, datetime, time
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from ecegateway.census.remark import Weight
from ecegateway.census.shown import shown
from ecegateway.census.template import template
from ecegateway.cli.app import build
from ecegateway.errors import ConfigError
from ecegateway.evidence.store import open_evidence
from ecegateway.export.ece_return_json import read_ece_return_json
from ecegateway.export.ece_return_xml import ece_return_xml, read_ece_return_xml
from ecegateway.flows.census import Answers, read_answers
from ecegateway.flows.code_lists import code_lists
from ecegateway.handbook.census import census_weeks
from ecegateway.handbook.code_lists import shipped
from ecegateway.model.people import Person
from ecegateway.model.period import DateRange
from ecegateway.plugins import load_plugins
from tests.storage.filling import put
from tests.support.records import EVERY_FACT, SERVICE, facts_of, profile, shift

FIXTURES = Path(__file__).parents[2] / "fixtures" / "ece-return"
PUAWAI = FIXTURES / "puawai.toml"
NOW, TODAY = datetime(2026, 6, 5, 3, 0, 0, 123456, UTC), date(2026, 6, 5)
MONDAY = date(2026, 5, 25)
LISTS = code_lists(FIXTURES / "code-lists")
RUNNER, APP = CliRunner(), build(partial(load_plugins, outside=()))


def answers(path: Path) -> Answers:
    return read_answers(path, LISTS, made_at=NOW, today=TODAY)


def changed(tmp_path: Path, old: str, new: str) -> Path:
    text = PUAWAI.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "answers.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def person(key: str, given: str, role: str = "staff") -> Person:
    return Person.model_validate({"service": SERVICE, "key": key, "role": role, "given_names": given, "family_name": "Tūhura"})


def test_the_example_of_puawai_is_in_order() -> None:
    found = answers(PUAWAI)
    assert found.remarks == ()
    assert found.checked is not None
    assert len(found.checked.made.staff) == 5


def test_the_template_shows_what_is_on_record_and_asks_the_rest() -> None:
    records = [
        shift(MONDAY, "08:00-12:00"),
        shift(MONDAY, "11:30-15:45", key="b"),
        shift(date(2026, 5, 31), "09:00-10:00"),
        shift(date(2026, 6, 1), "09:00-19:00"),
        person("t1", "Hinemoa"),
        person("t2", "Aroha\n[[staff]]"),
        person("g1", "Nobody's", "guardian"),
    ]
    facts = facts_of(profile(), *records, days=DateRange(MONDAY, date(2026, 6, 1)))
    text = template(shown(facts, MONDAY), shipped(), census_weeks().get(2026))
    read = tomllib.loads(text)
    (member,) = read["staff"]
    assert (read["service"], read["date"], member["person"], member["hours_worked"]) == ("10842", MONDAY, "kowhai:t1", 9)
    assert member["educational"]["contact_hours"] == [
        {"weekday": "Mo", "starts": time(8), "ends": time(15, 45)},
        {"weekday": "Su", "starts": time(9), "ends": time(10)},
    ]
    assert 'person = "kowhai:t1"  # Hinemoa Tūhura' in text
    assert '# person = "kowhai:t2"  # Aroha [[staff]] Tūhura' in text
    assert "g1" not in text
    assert "The list is not public: Ask the Ministry" in text


def test_a_template_nobody_has_filled_in_says_all_that_is_missing(tmp_path: Path) -> None:
    facts = facts_of(profile(), shift(MONDAY), days=DateRange(MONDAY, date(2026, 6, 1)))
    path = tmp_path / "answers.toml"
    path.write_text(template(shown(facts, MONDAY), shipped(), None), encoding="utf-8")
    found = answers(path)
    assert found.checked is None
    places = {remark.where for remark in found.remarks}
    assert {"wait_times.under_one", "languages.0.code", "staff kowhai:t1.gender"} <= places
    assert {"staff kowhai:t1.educational.registered", "staff kowhai:t1.educational.starts"} <= places
    assert {(remark.weight, remark.says) for remark in found.remarks if remark.where.endswith("gender")} == {
        (Weight.ERROR, "is not answered")
    }


@pytest.mark.parametrize(
    ("old", "new", "where", "says"),
    [
        ("hours_worked = 38", "hours_worked = 101", "staff kowhai:s-01.hours_worked", "less than or equal to 100"),
        ("max_age_taught = 60", "max_age_taught = 73", "staff kowhai:s-01.max_age_taught", "less than or equal to 72"),
        ('age_band = "36_40"', 'age_band = "36-40"', "staff kowhai:s-01.age_band", "must be 'UN_20'"),
        ('gender = "F"', 'gendre = "F"', "staff kowhai:s-01.gendre", "is not known; check its spelling"),
        ("starts = 07:30:00,", "starts = 07:30:00.5,", "staff kowhai:s-01.educational.contact_hours.0.starts", "to the second"),
        ('"EX-LONG"', '"two words"', "wait_times.under_one", "must be a code of one to ten signs"),
        ("percent = 80", "percent = 79.5", "languages.0.percent", "integer"),
        ("last = 2026-05-31", "end = 2026-05-31", "census_week.last", "is not answered"),
    ],
)
def test_an_answer_out_of_bounds_is_named_by_place(tmp_path: Path, old: str, new: str, where: str, says: str) -> None:
    found = answers(changed(tmp_path, old, new))
    assert found.checked is None
    assert any(remark.where == where and says in remark.says for remark in found.remarks), found.remarks


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("answers.toml", "service = ", "is not TOML"),
        ("answers.json", "[1]", "holds no answers"),
        ("answers.json", "{", "is not JSON"),
        ("answers.toml", "staff = 3", "staff must be tables"),
    ],
)
def test_a_file_that_holds_no_answers_is_refused(tmp_path: Path, name: str, text: str, says: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=says):
        answers(path)


def test_answers_in_json_are_the_same_answers(tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(tomllib.loads(PUAWAI.read_text(encoding="utf-8")), default=str), encoding="utf-8")
    assert answers(path) == answers(PUAWAI)


@pytest.fixture(name="settings_file")
def settings_of(tmp_path: Path) -> Path:
    path = tmp_path / "ecegateway.toml"
    path.write_text(f'code_lists = "{FIXTURES / "code-lists"}"\n', encoding="utf-8")
    return path


def said(*words: str | Path, code: int = 0) -> str:
    result = RUNNER.invoke(APP, ["census", *map(str, words), "--today", "2026-06-05"], catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result.output


def test_the_files_are_written_valid_and_alike_with_the_digests_of_loaded_lists(settings_file: Path, tmp_path: Path) -> None:
    text = said("write", PUAWAI, "-c", settings_file)
    folder = tmp_path / "out" / "10842"
    xml, body = (folder / "ece-return-2026.xml").read_bytes(), (folder / "ece-return-2026.json").read_bytes()
    assert read_ece_return_xml(xml) == read_ece_return_json(body)
    lists = {row["name"]: row for row in json.loads(body)["code_lists"]}
    assert lists["language"]["file"] == "language.toml"
    assert lists["language"]["sha256"] == LISTS["language"].digest
    assert lists["ethnicity"]["file"] is None
    assert "not Ministry-approved" in text


def test_a_return_of_an_old_year_touches_no_file_of_this_year(settings_file: Path, tmp_path: Path) -> None:
    """AST49."""
    said("write", PUAWAI, "-c", settings_file)
    folder = tmp_path / "out" / "10842"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    old = changed(tmp_path, "date = 2026-05-25", "date = 2022-06-13")
    said("write", old, "-c", settings_file)
    after = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert {name: after[name] for name in before} == before
    assert after.keys() - before.keys() == {"ece-return-2022.xml", "ece-return-2022.json"}


def test_nothing_is_written_while_there_is_an_error_or_if_strict_a_warning(settings_file: Path, tmp_path: Path) -> None:
    wrong = changed(tmp_path, 'ethnicities = ["211", "111"]', 'ethnicities = ["112"]')
    text = said("write", wrong, "-c", settings_file, code=1)
    assert "112 is not in the list" in text
    assert "nothing was written" in text
    doubtful = changed(tmp_path, "percent = 80", "percent = 70")
    assert "percentages make 90, not 100" in said("write", doubtful, "--strict", "-c", settings_file, code=1)
    assert not (tmp_path / "out").exists()
    assert "percentages make 90, not 100" in said("write", doubtful, "-c", settings_file)
    assert (tmp_path / "out" / "10842" / "ece-return-2026.xml").exists()


def test_check_says_the_same_to_people_and_machines(settings_file: Path, tmp_path: Path) -> None:
    assert said("check", PUAWAI, "-c", settings_file) == "nothing to remark\n"
    wrong = changed(tmp_path, "hours_worked = 38", "hours_worked = 101")
    assert "staff kowhai:s-01.hours_worked" in said("check", wrong, "-c", settings_file, code=1)
    (remark,) = json.loads(said("check", wrong, "-c", settings_file, "--json", code=1))["remarks"]
    assert (remark["weight"], remark["where"]) == ("error", "staff kowhai:s-01.hours_worked")


def test_the_template_is_written_from_the_store_and_never_over_answers(tmp_path: Path) -> None:
    with open_evidence(f"sqlite:///{tmp_path / 'evidence.db'}", create=True) as store:
        put(store, profile(), shift(MONDAY, "08:00-12:00"), person("t1", "Hinemoa"), facts=EVERY_FACT)
    settings = tmp_path / "ecegateway.toml"
    settings.write_text('store = "sqlite:///evidence.db"\n', encoding="utf-8")
    place = tmp_path / "answers.toml"
    words = ["census", "template", "--date", "2026-05-25", "--to", str(place), "-c", str(settings)]
    done = RUNNER.invoke(APP, words, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    text = place.read_text(encoding="utf-8")
    assert "hours_worked = 4" in text
    assert "Answers for the annual ECE Return of Pūāwai Early Learning." in text
    with pytest.raises(ConfigError, match="is there already, with answers perhaps"):
        RUNNER.invoke(APP, words, catch_exceptions=False)
    with pytest.raises(ConfigError, match="2026-05-26 is no Monday"):
        RUNNER.invoke(APP, [*words[:3], "2026-05-26", *words[4:]], catch_exceptions=False)
    assert place.read_text(encoding="utf-8") == text


ODD = st.sampled_from([None, "", "EX-ENG", "two words", "\x00", 10**30, -1, 0.5, True, [], {}, [1], {"code": 3}, "9999-12-27"])


@settings(max_examples=100, deadline=None)
@given(st.data(), ODD)
def test_no_answers_break_it_or_make_a_file_that_is_not_valid(data: st.DataObject, odd: object) -> None:
    """Any answer, at any depth, taken away or made something else."""
    place = top = json.loads(json.dumps(tomllib.loads(PUAWAI.read_text(encoding="utf-8")), default=str))
    while isinstance(place, dict | list) and place:
        key = data.draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
        deeper = place[key]
        if not isinstance(deeper, dict | list) or data.draw(st.booleans()):
            place[key] = odd
            break
        place = deeper
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answers.json"
        path.write_text(json.dumps(top), encoding="utf-8")
        with suppress(ConfigError):
            found = answers(path)
            assert found.checked is not None or any(remark.weight is Weight.ERROR for remark in found.remarks)
            if found.checked is not None:
                assert read_ece_return_xml(ece_return_xml(found.checked.made)) == found.checked.made
