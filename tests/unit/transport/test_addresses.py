import pytest

from ecegateway.errors import ConfigError, PluginContractError
from ecegateway.transport.addresses import Addresses


def test_paths_lie_below_the_base_address_and_parameters_are_escaped() -> None:
    url = Addresses("kowhai", "https://api.example.org/v1/").of("/notes", (("after", "a&b=c"),))
    assert str(url) == "https://api.example.org/v1/notes?after=a%26b%3Dc"


@pytest.mark.parametrize(
    "base_url",
    [
        "http://api.example.org",
        "http://192.168.1.7",
        "http://127.0.0.1.evil.example",
        "ftp://api.example.org",
        "https://user:hunter2@api.example.org",
        "https://api.example.org?key=hunter2",
        "https://",
        "api.example.org",
        "http://[::1",
    ],
)
def test_a_base_address_that_is_not_safe_is_refused_without_printing_it(base_url: str) -> None:
    with pytest.raises(ConfigError) as caught:
        Addresses("kowhai", base_url)
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("base_url", ["http://127.0.0.1:8080", "http://localhost:1", "http://[::1]:2/x"])
def test_plain_http_is_for_this_machine(base_url: str) -> None:
    assert Addresses("kowhai", base_url).host


@pytest.mark.parametrize(
    "path",
    ["notes", "//evil.example/notes", "https://evil.example/", "/a/../b", "/a/./b", "/a/%2e%2e/b", "/a?b", "/a#b", "/a b", ""],
)
def test_a_path_that_leads_elsewhere_is_the_plugins_fault(path: str) -> None:
    with pytest.raises(PluginContractError, match="no plain path"):
        Addresses("kowhai", "https://api.example.org").of(path)


def test_the_token_address_may_lie_on_an_allowed_host_only() -> None:
    token = "https://login.example.org/token"
    assert Addresses("kowhai", "https://api.example.org", ("login.example.org",)).of_token(token).host == "login.example.org"
    with pytest.raises(ConfigError, match="add it to allow_hosts"):
        Addresses("kowhai", "https://api.example.org").of_token(token)
