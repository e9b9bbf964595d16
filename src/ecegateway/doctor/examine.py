"""The whole check-up, part by part; what one part refuses hides none of the others."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from ecegateway.config import Config, load_config, look_up_store_key
from ecegateway.doctor.backups import check_backups
from ecegateway.doctor.checked import Checked, fine, refused, warned
from ecegateway.doctor.keys import check_keys
from ecegateway.doctor.machine import MOUNTS, check_clock, check_disk, check_file_system, check_zones
from ecegateway.doctor.ministry import check_deliveries, check_ministry
from ecegateway.doctor.sources import check_sources
from ecegateway.doctor.store import check_store
from ecegateway.errors import EceGatewayError, EvidenceMissingError
from ecegateway.evidence.engines import file_of, read_address
from ecegateway.evidence.store import open_evidence
from ecegateway.plugins import Plugins
from ecegateway.signing.keyring import Keyring


def examine(settings: Path, plugins: Plugins, now: datetime) -> Iterator[Checked]:
    """Look at everything that settings name."""
    yield from check_zones()
    try:
        config = load_config(settings)
    except EceGatewayError as error:
        yield refused("settings", error)
        return
    yield fine("settings", f"{settings} can be read")
    keyring = Keyring(config.keys, config.key_profile)
    yield from check_keys(keyring)
    newest = None
    try:
        yield from _place(config)
        with open_evidence(config.store, key=look_up_store_key(config)) as evidence:
            yield from check_store(evidence, keyring)
            yield from check_deliveries(evidence)
            newest = evidence.head()
    except EvidenceMissingError as error:
        yield warned("store", str(error), "")
    except EceGatewayError as error:
        yield refused("store", error)
    yield check_clock(now, newest)
    yield check_backups(config.backups, now)
    yield from check_sources(plugins, config.sources)
    yield check_ministry(plugins, config.ministry, now)


def _place(config: Config) -> Iterator[Checked]:
    """The disk under a store that is a file."""
    place = file_of(read_address(config.store))
    if place is None or not place.parent.is_dir():
        return
    yield check_disk(place.parent, place.stat().st_size if place.exists() else 0)
    if MOUNTS.exists():
        yield check_file_system(MOUNTS.read_text(encoding="utf-8"), place.resolve())
