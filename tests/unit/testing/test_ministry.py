"""The simulated Ministry: what it looks at, what it keeps, and its places and faults, over real sockets."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import httpx
import orjson
import pytest

from ecegateway.errors import ExportError
from ecegateway.export.schemas import schema_folder
from ecegateway.outbound import Reason
from ecegateway.testing.ministry import MinistrySimulator
from ecegateway.testing.ministry_checks import TakenVersion, by_published_schemas
from ecegateway.testing.ministry_words import says
from tests.support.ministry import any_schema, letter, now

HEADERS = {"Ecegateway-Destination": "ELI", "Idempotency-Key": "k-1"}


class Client:
    """Signs in, and posts."""

    def __init__(self, simulator: MinistrySimulator) -> None:
        self.client = httpx.Client(base_url=simulator.base_url, trust_env=False)
        account = (simulator.client_id, simulator.client_secret)
        token = self.client.post("/oauth/token", data={"grant_type": "client_credentials"}, auth=account).json()
        self.client.headers["authorization"] = f"Bearer {token['access_token']}"

    def post(self, body: bytes, key: str = "k-1", **headers: str) -> tuple[int, Any]:
        answer = self.client.post("/submissions", content=body, headers=HEADERS | {"Idempotency-Key": key} | headers)
        return answer.status_code, orjson.loads(answer.content)

    def refused(self, body: bytes, key: str = "k-1", **headers: str) -> list[str]:
        status, said = self.post(body, key, **headers)
        assert status in (400, 409)
        return [reason["code"] for reason in said["reasons"]]

    def accepted(self, body: bytes, key: str = "k-1") -> str:
        status, said = self.post(body, key)
        assert (status, said["state"]) == (200, "accepted")
        return str(said["reference"])


@pytest.fixture
def simulator() -> Iterator[MinistrySimulator]:
    versions = (TakenVersion("RS7Return", "1"), TakenVersion("RS7Return", "2", first_day=date(2026, 7, 12)))
    with MinistrySimulator(now, services=("10842", "20451"), versions=versions, schema=any_schema) as found:
        yield found


@pytest.fixture
def client(simulator: MinistrySimulator) -> Iterator[Client]:
    found = Client(simulator)
    yield found
    found.client.close()


def test_the_same_again_gets_the_same_answer_and_is_had_once(simulator: MinistrySimulator, client: Client) -> None:
    assert client.accepted(letter()) == client.accepted(letter()) == "R-000001"
    assert [(one.key, one.service, one.period) for one in simulator.taken] == [("k-1", "10842", "2026-02-01")]
    assert client.client.get("/submissions", params={"key": "k-1"}).json()["reference"] == "R-000001"
    assert client.refused(letter(hours=7)) == ["key"]


def test_everything_wrong_is_told_at_once(client: Client) -> None:
    wrong = letter(version="2", ServiceId="99999", EventDateTime="2026-06-02T21:00:01+12:00")
    assert client.refused(wrong) == ["service", "version", "future"]
    assert client.refused(b"<Return", "k-2") == ["schema"]
    assert client.refused(b"<Else xmlns='urn:x'><ServiceId>10842</ServiceId></Else>", "k-3") == ["schema"]


def test_what_has_just_happened_is_taken(client: Client) -> None:
    client.accepted(letter(EventDateTime="2026-06-02T21:00:00+12:00"))


def test_a_resubmission_that_says_nothing_new_is_rejected_and_a_correction_is_not(client: Client) -> None:
    client.accepted(letter(), "k-1")
    assert client.refused(letter(EventDateTime="2026-06-01T09:00:00Z"), "k-2") == ["identical"]
    client.accepted(letter(hours=7), "k-3")
    client.accepted(letter(), "k-4")


@pytest.mark.parametrize("mark", [b'kind="first"', b'revision="1"'])
def test_a_second_first_return_of_a_service_and_period_is_a_duplicate(client: Client, mark: bytes) -> None:
    def first(**said: Any) -> bytes:
        return letter(**said).replace(b"<RS7Return ", b"<RS7Return " + mark + b" ")

    client.accepted(first())
    assert client.refused(first(entity="another", hours=7), "k-2") == ["duplicate"]
    client.accepted(first(PeriodStartDate="2025-10-01"), "k-3")
    client.accepted(first(ServiceId="20451"), "k-4")


def test_what_was_rejected_stands_in_nobodys_way(simulator: MinistrySimulator, client: Client) -> None:
    simulator.reject([Reason("audit", "wait")])
    assert client.refused(letter()) == ["audit"]
    assert client.client.get("/submissions", params={"key": "k-1"}).json()["state"] == "rejected"
    client.accepted(letter())
    assert [one.state for one in simulator.submissions] == ["accepted"]


def test_it_can_stop_looking_for_duplicates(simulator: MinistrySimulator, client: Client) -> None:
    simulator.stop_looking_for_duplicates()
    client.accepted(letter(), "k-1")
    client.accepted(letter(), "k-2")
    assert len(simulator.taken) == 2


def test_it_can_stop_knowing_keys(simulator: MinistrySimulator, client: Client) -> None:
    simulator.stop_knowing_keys()
    assert [client.accepted(letter()), client.accepted(letter())] == ["R-000001", "R-000002"]
    assert [one.key for one in simulator.taken] == ["k-1", "k-1"]


@pytest.mark.parametrize(("header", "code"), [("Ecegateway-Destination", "destination"), ("Idempotency-Key", "key")])
def test_a_header_that_is_missing_is_told(client: Client, header: str, code: str) -> None:
    assert client.refused(letter(), **{header: ""}) == [code]


def test_nothing_is_answered_without_a_token(simulator: MinistrySimulator, client: Client) -> None:
    client.client.headers["authorization"] = "Bearer nonsense"
    assert client.client.post("/submissions", content=letter(), headers=HEADERS).status_code == 401
    assert simulator.submissions == ()


def test_only_what_waits_can_be_decided(simulator: MinistrySimulator, client: Client) -> None:
    client.accepted(letter())
    for key in ("k-1", "k-2"):
        with pytest.raises(KeyError, match=key):
            simulator.decide(key)


def test_others_may_answer_at_places_of_their_own(simulator: MinistrySimulator, client: Client) -> None:
    simulator.add_place("index", "/index", lambda request: says(200, {"asked": request.path}))
    simulator.busy(at="index")
    assert client.client.get("/index/search").status_code == 429
    assert client.client.get("/index/search").json() == {"asked": "/index/search"}
    assert client.client.get("/indexes").status_code == 404
    client.client.headers["authorization"] = ""
    assert client.client.get("/index/search").status_code == 401


def test_down_and_up_again_it_keeps_what_it_had(simulator: MinistrySimulator, client: Client) -> None:
    client.accepted(letter())
    simulator.go_down()
    with pytest.raises(httpx.ConnectError):
        httpx.get(simulator.base_url, trust_env=False)
    simulator.come_up()
    assert client.accepted(letter()) == "R-000001"


def test_bytes_are_checked_by_the_schema_their_namespace_names() -> None:
    version = max(int(file.name.split(".")[1][1:]) for file in schema_folder().glob("rs7.v*.xsd"))
    with pytest.raises(ExportError, match=rf"not valid by rs7\.v{version}\.xsd"):
        by_published_schemas("RS7Return", letter(version=f"{version}"))
    for namespace in ("urn:ecegateway:eli-shaped:rs7:99", "urn:elsewhere:rs7:1", ""):
        with pytest.raises(ExportError, match="no schema of RS7Return is known"):
            by_published_schemas("RS7Return", f"<RS7Return xmlns='{namespace}'/>".encode())
