"""The simulated vendor, asked directly: what it says when it behaves, and what each kind of mischief looks like on the wire."""

import gzip
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from ecegateway.model.attendance import Exemption
from ecegateway.testing import VendorSimulator
from ecegateway.testing.examples import SERVICE, example_records, stays
from ecegateway.testing.vendor_faults import Fault

DAY = datetime(2026, 2, 27, 3, 0, tzinfo=UTC)
STAYS = stays(10)


@pytest.fixture
def vendor() -> Iterator[VendorSimulator]:
    with VendorSimulator(page_limit=4) as simulator:
        simulator.publish(STAYS, at=DAY)
        yield simulator


@pytest.fixture
def client(vendor: VendorSimulator) -> Iterator[httpx.Client]:
    form = {"grant_type": "client_credentials", "client_id": vendor.client_id, "client_secret": vendor.client_secret}
    with httpx.Client(base_url=vendor.base_url, trust_env=False, timeout=5) as signed_in:
        token = signed_in.post("/oauth/token", data=form).json()["access_token"]
        signed_in.headers["Authorization"] = f"Bearer {token}"
        yield signed_in


def get(client: httpx.Client, collection: str = "attendances", **params: Any) -> dict[str, Any]:
    page: dict[str, Any] = client.get(f"/v1/services/{SERVICE}/{collection}", params=params).raise_for_status().json()
    return page


def walk(client: httpx.Client, **params: Any) -> list[list[str]]:
    """The ids of every page of a listing."""
    found: list[list[str]] = []
    cursor: dict[str, str] = {}
    while True:
        page = get(client, **params, **cursor)
        found.append([item["id"] for item in page["data"]])
        if page["next_cursor"] is None:
            return found
        cursor = {"cursor": page["next_cursor"]}


def test_a_listing_gives_everything_once_in_the_order_of_change(vendor: VendorSimulator, client: httpx.Client) -> None:
    assert [len(page) for page in walk(client)] == [4, 4, 2]
    vendor.publish((STAYS[0],), at=DAY + timedelta(days=1))
    assert sum(walk(client), [])[-1] == STAYS[0].key  # noqa: RUF017 - ten short lists


def test_what_changed_since_includes_the_moment_itself(vendor: VendorSimulator, client: httpx.Client) -> None:
    since = get(client)["as_of"]
    assert walk(client, updated_since=since) == [[]]
    vendor.publish((STAYS[3],), at=DAY)
    assert walk(client, updated_since=since) == [[STAYS[3].key]]


def test_deletions_list_what_is_gone_now(vendor: VendorSimulator, client: httpx.Client) -> None:
    vendor.delete(STAYS[0], at=DAY)
    vendor.delete_without_key(STAYS[1], at=DAY)
    assert [entry["id"] for entry in get(client, "deletions")["data"]] == [STAYS[0].key, None]
    vendor.publish((STAYS[0],), at=DAY)
    assert [entry["id"] for entry in get(client, "deletions")["data"]] == [None]
    with pytest.raises(KeyError):
        vendor.delete(STAYS[1], at=DAY)


def test_a_silent_rewrite_leaves_no_word(vendor: VendorSimulator, client: httpx.Client) -> None:
    since = get(client)["as_of"]
    vendor.rewrite(STAYS[2].model_copy(update={"sheet": "Kea room"}), at=DAY)
    vendor.rewrite(STAYS[5].model_copy(update={"sheet": "Kea room"}), at=DAY, silently=True)
    openly, silently = get(client, updated_since=since)["data"]
    assert (openly["sheet"], openly["edited"], openly["lastEditedBy"]) == ("Kea room", True, "p-3001")
    assert (silently["sheet"], silently["edited"], silently["lastEditedBy"]) == ("Kea room", False, None)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/services/10842/attendances?cursor=nonsense", 400),
        ("/v1/services/10842/attendances?updated_since=lately", 400),
        ("/v1/services/10842/attendances?limit=many", 400),
        ("/v1/services/10842/invoices", 404),
        ("/v1/services/20517/attendances", 404),
        ("/v2", 404),
    ],
)
def test_wrong_requests_are_said_to_be_wrong(client: httpx.Client, path: str, status: int) -> None:
    assert client.get(path).status_code == status


def test_only_the_known_client_gets_a_token_and_only_a_token_opens(vendor: VendorSimulator, client: httpx.Client) -> None:
    assert client.post("/oauth/token", data={"grant_type": "client_credentials", "client_id": "x"}).status_code == 401
    assert client.get("/v1/services", headers={"Authorization": "Bearer x"}).status_code == 401
    vendor.expire_token(1)
    path = f"/v1/services/{SERVICE}/attendances"
    assert [client.get(path).status_code for _ in range(2)] == [200, 401]


def test_a_stream_kowhai_lacks_is_not_published(vendor: VendorSimulator) -> None:
    exemption = Exemption(service=SERVICE, key="y-1", child="c-1001", first_day=DAY.date(), forms=("EC12",))
    with pytest.raises(ValueError, match="does not carry"):
        vendor.publish((exemption,), at=DAY)


def second_page(client: httpx.Client) -> httpx.Response:
    cursor = get(client)["next_cursor"]
    return client.get(f"/v1/services/{SERVICE}/attendances", params={"cursor": cursor})


def test_a_repeated_page_is_the_one_before_byte_for_byte(vendor: VendorSimulator, client: httpx.Client) -> None:
    vendor.repeat_page()
    first = client.get(f"/v1/services/{SERVICE}/attendances").content
    assert second_page(client).content == first
    assert second_page(client).content != first


def test_a_looping_cursor_leads_back_to_the_first_page(vendor: VendorSimulator, client: httpx.Client) -> None:
    vendor.loop_cursor()
    back = get(client, cursor=second_page(client).json()["next_cursor"])
    assert [item["id"] for item in back["data"]] == [stay.key for stay in STAYS[:4]]


def test_an_empty_page_in_the_middle_loses_nothing(vendor: VendorSimulator, client: httpx.Client) -> None:
    vendor.empty_page_in_the_middle()
    assert [len(page) for page in walk(client)] == [4, 0, 4, 2]


CONTENT: dict[str, tuple[Callable[[VendorSimulator], Fault], Callable[[dict[str, Any]], bool]]] = {
    "wrong region": (lambda v: v.wrong_region(), lambda page: page["data"] == [] and page["next_cursor"] is None),
    "wrong count": (lambda v: v.wrong_count(), lambda page: len(page["data"]) == page["count"] - 1),
    "null id": (lambda v: v.null_id(), lambda page: [item["id"] is None for item in page["data"]] == [True] + [False] * 3),
    "extra field": (lambda v: v.extra_field(), lambda page: all("loyaltyPoints" in item for item in page["data"])),
}


@pytest.mark.parametrize(("tell", "shows"), CONTENT.values(), ids=CONTENT)
def test_content_that_is_wrong(
    vendor: VendorSimulator,
    client: httpx.Client,
    tell: Callable[[VendorSimulator], Fault],
    shows: Callable[[dict[str, Any]], bool],
) -> None:
    assert not shows(get(client))
    fault = tell(vendor)
    assert shows(get(client))
    vendor.behave()
    assert not shows(get(client))
    assert fault.happened == 1


def test_duplicate_keys_stand_twice_in_the_bytes(vendor: VendorSimulator, client: httpx.Client) -> None:
    vendor.duplicate_keys()
    assert client.get(f"/v1/services/{SERVICE}/attendances").text.startswith('{"data":[{"id":"another","id":"a-00001"')


def test_statuses_and_places(vendor: VendorSimulator, client: httpx.Client) -> None:
    path = f"/v1/services/{SERVICE}/attendances"
    vendor.too_many_requests(retry_after="9", collection="attendances", page=1, times=2)
    vendor.server_errors(collection="notes")
    assert [client.get(path).status_code for _ in range(3)] == [429, 429, 200]
    assert client.get(f"/v1/services/{SERVICE}/notes").status_code == 503
    vendor.redirect_off_host()
    assert client.get(path).headers["Location"].startswith("http://elsewhere.invalid")
    vendor.html_login_page()
    assert client.get(path).headers["Content-Type"].startswith("text/html")
    assert vendor.asked("attendances") == 5
    assert [seen.status for seen in vendor.requests] == [200, 429, 429, 200, 503, 302, 200]


def test_connections_that_fail(vendor: VendorSimulator, client: httpx.Client) -> None:
    path = f"/v1/services/{SERVICE}/attendances"
    vendor.drop_connection()
    with pytest.raises(httpx.RemoteProtocolError):
        client.get(path)
    vendor.cut_body(100)
    with pytest.raises(httpx.RemoteProtocolError):
        client.get(path)
    vendor.cut_body(100, declare_length=False)
    assert len(client.get(path).content) == 100
    vendor.slow_drip(50)
    with pytest.raises(httpx.ReadTimeout):
        client.get(path, timeout=httpx.Timeout(5, read=0.02))


def test_a_gzip_bomb_is_small_on_the_wire(vendor: VendorSimulator, client: httpx.Client) -> None:
    vendor.gzip_bomb(inflated_bytes=10_485_760)
    with client.stream("GET", f"/v1/services/{SERVICE}/attendances") as response:
        packed = b"".join(response.iter_raw())
    assert len(packed) < 100_000
    assert len(gzip.decompress(packed)) > 10_000_000


def test_nothing_is_left_running_though_a_client_stays_connected() -> None:
    before = threading.active_count()
    with httpx.Client(trust_env=False) as client:
        with VendorSimulator() as simulator:
            simulator.publish(example_records(), at=DAY)
            assert client.get(f"{simulator.base_url}/v1/services").status_code == 401
            assert threading.active_count() > before
        assert threading.active_count() == before
