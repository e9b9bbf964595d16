"""The conformance kit, over pages recorded from Kōwhai; and a proof that the recorded pages are what Kōwhai sends."""

from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path

from pydantic import SecretStr

from ecegateway.contract import OAuth2ClientCredentials
from ecegateway.model.ids import ServiceNumber
from ecegateway.testing import SourceContract, VendorSimulator
from ecegateway.testing.examples import SERVICE, example_records, stays
from ecegateway.testing.record import record_pages
from ecegateway.transport.addresses import Addresses
from ecegateway.transport.auth import ClientSecrets, TokenKeeper
from ecegateway.transport.http import HttpTransport
from ecegateway.transport.limits import Limits
from ecegateway_source_reference.source import KowhaiPlugin

RECORDED = Path(__file__).parent / "recorded"
PUBLISHED = datetime(2026, 2, 20, 3, 0, tzinfo=UTC)


class TestKowhai(SourceContract):
    plugin = KowhaiPlugin()
    services = (SERVICE,)
    recorded = RECORDED


def transport_to(vendor: VendorSimulator) -> HttpTransport:
    addresses = Addresses("kowhai", vendor.base_url)
    authentication = KowhaiPlugin.description.authentication
    assert isinstance(authentication, OAuth2ClientCredentials)
    secrets = ClientSecrets(SecretStr(vendor.client_id), SecretStr(vendor.client_secret))
    keeper = TokenKeeper("kowhai", addresses.of_token(authentication.token_path), authentication, secrets)
    return HttpTransport("kowhai", addresses, Limits(), keeper)


def record(folder: Path) -> None:
    """What ``recorded`` holds: two days of a small service, one record deleted by name and one without."""
    with VendorSimulator(page_limit=2) as vendor:
        vendor.publish(example_records(), at=PUBLISHED)
        sixth, seventh = stays(7)[5:]
        vendor.publish((sixth, seventh), at=PUBLISHED)
        vendor.delete(sixth, at=PUBLISHED + timedelta(days=1))
        vendor.delete_without_key(seventh, at=PUBLISHED + timedelta(days=1))
        transport = transport_to(vendor)
        record_pages(KowhaiPlugin().create({}), transport, [ServiceNumber(SERVICE)], folder)
        transport.close()


def test_the_recorded_pages_are_what_kowhai_sends(tmp_path: Path) -> None:
    record(tmp_path)
    now = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.json")}
    kept = {path.relative_to(RECORDED): path.read_bytes() for path in RECORDED.rglob("*.json")}
    assert now == kept


def test_the_source_states_the_version_of_its_package() -> None:
    assert KowhaiPlugin.description.version == version("ecegateway-source-reference")
