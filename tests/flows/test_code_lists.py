"""Lists that the user loads: what the folder may hold, and what is said of a file that is no list."""

import hashlib
from datetime import date
from pathlib import Path

import pytest

from ecegateway.bootstrap import open_gateway
from ecegateway.errors import ConfigError
from ecegateway.flows.code_lists import code_lists
from ecegateway.handbook.code_lists import shipped
from ecegateway.handbook.codes import Standing, Status
from ecegateway.plugins import load_plugins

DAY = date(2026, 3, 4)
TOML = """
source = "Education Counts, Language Codes (ECE)"
read_on = 2026-11-30
status = "ministry"
code = [
  { code = "TST", label = "An invented language", valid_to = 2025-12-31 },
  { code = "TS2", label = "Reo Māori, invented" },
]
"""
CSV = """# source: Education Counts, Language Codes (ECE)
# read_on: 2026-11-30
code,label,valid_from,valid_to
TST,An invented language,,2025-12-31
TS2,"Reo Māori, invented",,
"""


def lay(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_folder_the_shipped_lists_are_used(tmp_path: Path) -> None:
    assert code_lists(tmp_path / "none") == shipped()


@pytest.mark.parametrize(("name", "text"), [("language.toml", TOML), ("language.csv", CSV), ("language.csv", "\ufeff" + CSV)])
def test_a_list_that_is_not_public_comes_in_from_a_file_with_its_digest(tmp_path: Path, name: str, text: str) -> None:
    path = lay(tmp_path, name, text)
    codes = code_lists(tmp_path)["language"]
    assert codes.label("TS2", DAY) == "Reo Māori, invented"
    assert codes.standing("TST", DAY) is Standing.NOT_THAT_DAY
    assert codes.standing("TST", date(2025, 12, 31)) is Standing.STANDS
    assert codes.standing("XX", DAY) is Standing.OUTSIDE
    assert codes.digest == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (codes.loaded_from, codes.read_on) == (name, date(2026, 11, 30))
    assert codes.in_words == f"Languages (your list {name}, sha256 {codes.digest[:16]})"


def test_only_a_list_that_says_it_is_the_ministrys_is_believed_as_such(tmp_path: Path) -> None:
    lay(tmp_path, "language.toml", TOML)
    assert (code_lists(tmp_path)["language"].status, code_lists(tmp_path)["language"].binding) == (Status.MINISTRY, True)
    lay(tmp_path, "language.toml", TOML.replace('status = "ministry"\n', ""))
    assert (code_lists(tmp_path)["language"].status, code_lists(tmp_path)["language"].binding) == (Status.UNCONFIRMED, False)


def test_a_loaded_list_takes_the_place_of_a_shipped_one_and_of_no_other(tmp_path: Path) -> None:
    lay(tmp_path, "gender.toml", TOML)
    lists = code_lists(tmp_path)
    assert [one.name for one in lists.loaded] == ["gender"]
    assert lists["gender"].standing("M", DAY) is Standing.OUTSIDE
    assert [one for one in lists.lists if one.name != "gender"] == [one for one in shipped().lists if one.name != "gender"]


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("languages.toml", TOML, r"there is no code list 'languages'; name the file after the list it is: age-band, "),
        ("language.toml", "code = [", r"is not TOML in UTF-8"),
        ("language.toml", TOML.replace("read_on = 2026-11-30\n", ""), r"read_on: is missing; say where the list is from"),
        ("language.toml", TOML + 'colour = "red"\n', r"colour: is not known; check its spelling"),
        ("language.toml", 'source = "x"\nread_on = 2026-11-30\ncode = []\n', r"code: must not be empty"),
        ("language.toml", TOML.replace('"TST"', '"TWELVE CHARS"'), r"code\.1\.code: String should have at most 10 characters"),
        ("language.toml", TOML.replace('"TS2"', '"TST"'), r"code TST stands twice on one day; give each its days"),
        (
            "language.toml",
            TOML.replace("valid_to =", "valid_from = 2026-01-01, valid_to ="),
            r"code\.1: valid_to lies before valid_from",
        ),
        ("language.toml", TOML.replace("ministry", "official"), r"status: must be 'ministry', 'statsnz-copy' or 'unconfirmed'"),
        ("language.csv", CSV.replace("label", "meaning"), r"must have the columns code, label, valid_from, valid_to"),
        ("language.csv", CSV.replace(",,2025", ",2025"), r"a cell for each in every row"),
        ("language.csv", CSV.replace("# read_on: 2026-11-30\n", ""), r"read_on: is missing"),
        ("language.csv", CSV.replace(",", ";"), r"parts its cells by semicolons"),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_where_and_what(tmp_path: Path, name: str, text: str, says: str) -> None:
    lay(tmp_path, name, text)
    with pytest.raises(ConfigError, match=says) as refused:
        code_lists(tmp_path)
    assert str(tmp_path / name) in str(refused.value)


def test_one_list_from_two_files_is_refused(tmp_path: Path) -> None:
    lay(tmp_path, "language.toml", TOML)
    lay(tmp_path, "language.csv", CSV)
    with pytest.raises(ConfigError, match="the list lies there twice"):
        code_lists(tmp_path)


def test_what_is_not_utf8_or_far_too_long_is_refused(tmp_path: Path) -> None:
    (tmp_path / "language.csv").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="is not UTF-8"):
        code_lists(tmp_path)
    (tmp_path / "language.csv").write_bytes(b"x" * 2_000_001)
    with pytest.raises(ConfigError, match="no code list is so long"):
        code_lists(tmp_path)


def test_other_files_of_the_folder_are_left_alone(tmp_path: Path) -> None:
    lay(tmp_path, "README.md", "Lists we got from the Ministry.")
    assert code_lists(tmp_path).loaded == ()


def test_the_lists_of_the_settings_folder_reach_whatever_is_asked(tmp_path: Path) -> None:
    lay(tmp_path / "ours", "language.toml", TOML)
    settings = lay(tmp_path, "ecegateway.toml", 'code_lists = "ours"\n')
    with open_gateway(settings, plugins=load_plugins(outside=()), create=True) as gateway:
        assert gateway.policy.codes["language"].label("TS2", DAY) == "Reo Māori, invented"
        assert gateway.policy.reading("rs7.rounding", "bankers").codes.loaded == gateway.policy.codes.loaded
