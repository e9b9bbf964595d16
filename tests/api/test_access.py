"""Every operation asks for a token that counts, has the scope, and is for the service; generated from the interface itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.routing import APIRoute

from ecegateway.api import claims, events, numbers, returns
from ecegateway.api.app import create_app
from ecegateway.api.problems import MEDIA_TYPE
from ecegateway.flows.tokens import Scope
from ecegateway.flows.verify import verify_at
from ecegateway.signing.keyring import Keyring
from tests.support.filing import NOW, PREPARER, SIGNER
from tests.support.office import PLUGINS, Office, office
from tests.support.records import SERVICE

_FILLED = {
    "{service}": SERVICE,
    "{period}": "2026-02",
    "{number}": "1",
    "{child}": "c1",
    "{day}": "2026-02-09",
    "{month}": "2026-02",
    "{name}": "rs7.xml",
}


_BODIES: tuple[dict[str, object], ...] = (
    {},
    {"period": "2026-02"},
    {"why": "w"},
    {"salaries": True},
    {"accepted": True},
    {"phone": "04 555 0101", "designation": "manager"},
    {"nsn": "123456789", "why": "w"},
    {"nsn": "123456789", "how": "found", "why": "w"},
    {"document": "passport", "sighted_on": "2026-01-05"},
)
"""One of these is what each operation takes."""


def _operations() -> list[tuple[str, str]]:
    document = create_app(Path("nowhere"), PLUGINS, lambda: NOW).openapi()
    found = []
    for path, operations in document["paths"].items():
        for name, value in _FILLED.items():
            path = path.replace(name, value)  # noqa: PLW2901 - filled in step by step
        found += [(method.upper(), path) for method in operations]
    return found


OPERATIONS = _operations()


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(tmp_path_factory.mktemp("office")) as found:
        yield found


def test_every_operation_is_tried_here() -> None:
    routes = [
        route for part in (claims, returns, events, numbers) for route in part.routes.routes if isinstance(route, APIRoute)
    ]
    assert len(OPERATIONS) == sum(len(route.methods or ()) for route in routes if route.include_in_schema) > 25


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_no_operation_answers_without_a_token_that_counts(there: Office, method: str, path: str) -> None:
    for who in ("unknown", "ended", "over"):
        done = there.ask(method, path, {}, who)
        assert (done.status_code, done.headers["content-type"]) == (401, MEDIA_TYPE), who
        assert done.headers["www-authenticate"] == "Bearer"
    assert there.ask(method, path, {}, None).status_code == 401
    assert there.ask(method, path, {}, None, authorization="Basic b2ZmaWNl").status_code == 401


@pytest.mark.parametrize(("method", "path"), [one for one in OPERATIONS if "/services/" in one[1]])
def test_no_operation_shows_another_service(there: Office, method: str, path: str) -> None:
    answers = {there.ask(method, path, body, "another's").status_code for body in _BODIES}
    assert 403 in answers
    assert answers <= {403, 422}


def test_a_scope_lets_do_what_it_names_and_no_more(there: Office) -> None:
    base = f"/v1/services/{SERVICE}"
    assert there.ask("GET", f"{base}/periods/2026-02/claim", who="reader").status_code == 200
    for path, body in ((f"{base}/returns", {"period": "2026-02"}), (f"{base}/events", {})):
        refused = there.ask("POST", path, body, "reader")
        assert refused.status_code == 403
        assert "lacks the scope" in refused.json()["detail"]
    signing = {"phone": "04 555 0101", "designation": "manager"}
    assert there.ask("POST", f"{base}/returns/1/signature", signing).status_code == 403
    assert there.ask("POST", f"{base}/returns/1/submission").status_code == 403


def test_the_services_are_those_of_the_token(there: Office) -> None:
    assert there.ask("GET", "/v1/services", who=SIGNER).json() == {"services": [SERVICE]}
    assert there.ask("GET", "/v1/services", who="another's").json() == {"services": []}


def test_tokens_are_evidence_and_kept_nowhere(there: Office) -> None:
    there.post("/events", {})
    raw = b"".join(path.read_bytes() for path in there.folder.glob("evidence.db*"))
    assert not [who for who, token in there.tokens.items() if token.encode() in raw]
    url = f"sqlite:///{there.folder / 'evidence.db'}"
    assert verify_at(url, None, (), keyring=Keyring(there.folder / "keys")).holds


def test_health_needs_no_token(there: Office) -> None:
    assert there.ask("GET", "/v1/health", who=None).json()["status"] == "ok"


def test_every_scope_is_needed_somewhere(there: Office) -> None:
    reasons = [
        there.ask(method, path, {}, who).json().get("detail", "") for method, path in OPERATIONS for who in (PREPARER, "reader")
    ]
    lacking = {scope for scope in Scope for reason in reasons if f"lacks the scope {scope.value!r}" in reason}
    assert lacking == set(Scope) - {Scope.READ}
