from datetime import date
from pathlib import Path

import pytest

from ecegateway.builtin.infohub_transport import InfoHubSettings
from ecegateway.config import load_config, look_up, template
from ecegateway.errors import ConfigError

GOOD = """
store = "sqlite:///evidence.db"
[policy]
"fch.cap-trim-order" = "latest"
[[sources]]
name = "kowhai"
plugin = "kowhai"
services = ["10842"]
base_url = "https://api.example.org"
client_id = "env:KOWHAI_ID"
client_secret = "file:secrets/kowhai"
[sources.settings]
page_size = 500
[sources.limits]
request_seconds = 5
[[sources]]
name = "paper"
plugin = "folder"
services = ["10842"]
folder = "drop"
keys_of = "kowhai"
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "ecegateway.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_is_read_and_its_paths_start_from_its_folder(tmp_path: Path) -> None:
    config = load_config(write(tmp_path, GOOD))
    kowhai, paper = config.sources
    assert config.store == f"sqlite:///{tmp_path}/evidence.db"
    assert config.out == tmp_path / "out"
    assert config.policy == {"fch.cap-trim-order": "latest"}
    assert (kowhai.limits.request_seconds, kowhai.settings, kowhai.key_space) == (5, {"page_size": 500}, "kowhai")
    assert kowhai.client_secret == f"file:{tmp_path}/secrets/kowhai"
    assert (paper.folder, paper.key_space) == (tmp_path / "drop", "kowhai")
    assert config.source("paper") is paper


def test_the_environment_outranks_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ECEGATEWAY_STORE", "postgresql://ece@db/ece")
    assert load_config(write(tmp_path, GOOD)).store == "postgresql://ece@db/ece"


@pytest.mark.parametrize(
    ("found", "instead", "words"),
    [
        ('services = ["10842"]', "services = [10842]", "sources.0.services.0: must be text; write it in quotes"),
        ('services = ["10842"]', 'services = "10842"', "sources.0.services: must be a list; write it in brackets"),
        ('services = ["10842"]', "services = []", "sources.0.services: must not be empty"),
        ('plugin = "kowhai"', "", "sources.0.plugin: this key is missing"),
        ("request_seconds = 5", "request_secs = 5", "sources.0.limits.request_secs: this key is not known"),
        ("request_seconds = 5", "request_seconds = -5", "sources.0.limits.request_seconds: must be greater"),
        ('"env:KOWHAI_ID"', '"hunter2-secret"', "sources.0.client_id:"),
        ('folder = "drop"', "", "give either base_url or folder"),
        ('name = "paper"', 'name = "kowhai"', "two sources have the same name"),
        ('keys_of = "kowhai"', 'keys_of = "nobody"', "'nobody', which is no source here"),
        ("[policy]", "[policy", "is not TOML"),
    ],
)
def test_a_fault_names_file_and_key_and_no_secret(tmp_path: Path, found: str, instead: str, words: str) -> None:
    path = write(tmp_path, GOOD.replace(found, instead, 1))
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    assert words in str(caught.value)
    assert str(caught.value).startswith(str(path))
    assert "hunter2" not in str(caught.value)


def test_a_missing_file_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="ecegateway init"):
        load_config(tmp_path / "ecegateway.toml")


def test_an_unknown_source_lists_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there are: kowhai, paper"):
        load_config(write(tmp_path, GOOD)).source("x")


def test_the_template_is_a_good_file_as_it_stands_and_with_its_examples(tmp_path: Path) -> None:
    assert load_config(write(tmp_path, template())).sources == ()
    lines = [line.removeprefix("# ") for line in template().splitlines()]
    start = lines.index("[ministry]")
    kept = [line for line in lines[start:] if "=" in line or line.startswith("[")]
    config = load_config(write(tmp_path, "\n".join(kept)))
    assert [source.name for source in config.sources] == ["my-vendor", "my-papers"]
    assert InfoHubSettings.model_validate(config.ministry.settings).paths == {"RS7Return": InfoHubSettings().path}
    assert config.ministry.versions[0].last_day == date(2027, 6, 30)


def test_secrets_are_looked_up_and_never_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOWHAI_ID", "hunter2")
    (tmp_path / "secret").write_text("hunter3\n")
    assert look_up("env:KOWHAI_ID", "client_id").get_secret_value() == "hunter2"
    found = look_up(f"file:{tmp_path}/secret", "client_secret")
    assert found.get_secret_value() == "hunter3"
    assert "hunter" not in repr(found)


@pytest.mark.parametrize("reference", ["env:NOT_SET_ANYWHERE", "file:/nowhere/at/all"])
def test_a_missing_secret_says_where_to_put_it(reference: str) -> None:
    with pytest.raises(ConfigError, match=reference.partition(":")[2]):
        look_up(reference, "source 'kowhai', client_id")


def test_a_wrong_item_of_a_list_is_complained_of_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load_config(write(tmp_path, GOOD.replace('services = ["10842"]', "services = [10842]", 1)))
    assert len(str(caught.value).splitlines()) == 1
