"""Puts the invented world on stage: Kōwhai as a real HTTP server, files in folders, settings to match."""

from collections.abc import Mapping
from pathlib import Path

from ecegateway.demo.drops import SERVICE_APPROVAL
from ecegateway.demo.vendor_life import Learned
from ecegateway.demo.world import KOTUKU, PUAWAI, World
from ecegateway.testing.ministry import MinistrySimulator
from ecegateway.testing.vendor import VendorSimulator

SETTINGS = """\
# Written by `ecegateway demo`, and again at each run: the simulated vendor answers at another port each time.
store = "sqlite:///evidence.db"
out = ".."

[ministry]
transport = "infohub-shaped"
base_url = "{ministry_url}"
client_id = "file:secrets/ministry_id"
client_secret = "file:secrets/ministry_secret"

[ministry.settings.student_index]

[[sources]]
name = "kowhai"
plugin = "kowhai"
services = ["{puawai}"]
base_url = "{base_url}"
client_id = "file:secrets/client_id"
client_secret = "file:secrets/client_secret"

[[sources]]
name = "puawai-paper"
plugin = "folder"
services = ["{puawai}"]
folder = "puawai-paper"
keys_of = "kowhai"

[[sources]]
name = "enrolnow-drop"
plugin = "enrolnow"
services = ["{kotuku}"]
folder = "enrolnow-drop"

[sources.settings.service_ids]
{approval} = "{kotuku}"

[[sources]]
name = "kotuku-paper"
plugin = "folder"
services = ["{kotuku}"]
folder = "kotuku-paper"
keys_of = "enrolnow-drop"
"""


def write_settings(workspace: Path, vendor: VendorSimulator, ministry: MinistrySimulator) -> Path:
    """The settings file of the demo, and the secrets it refers to."""
    secrets = workspace / "secrets"
    secrets.mkdir(parents=True, exist_ok=True)
    for name, secret in (
        ("client_id", vendor.client_id),
        ("client_secret", vendor.client_secret),
        ("ministry_id", ministry.client_id),
        ("ministry_secret", ministry.client_secret),
    ):
        (secrets / name).write_text(secret, encoding="utf-8")
    addresses = {"base_url": vendor.base_url, "ministry_url": ministry.base_url}
    words = {"puawai": PUAWAI, "kotuku": KOTUKU, "approval": SERVICE_APPROVAL, **addresses}
    path = workspace / "ecegateway.toml"
    path.write_text(SETTINGS.format(**words), encoding="utf-8")
    return path


def play_first(world: World, vendor: VendorSimulator, workspace: Path) -> None:
    """The world as it stood at the end of March."""
    _publish(vendor, world.kowhai.first)
    _lay(workspace / "puawai-paper", world.puawai_paper.files[0])
    _lay(workspace / "enrolnow-drop", world.drop_first)
    _lay(workspace / "kotuku-paper", world.paper_first)


def play_later(world: World, vendor: VendorSimulator, workspace: Path) -> None:
    """The world in June: two more months, corrections, and what was changed without a word."""
    _publish(vendor, world.kowhai.later)
    _lay(workspace / "puawai-paper", world.puawai_paper.files[1])
    _lay(workspace / "enrolnow-drop", world.drop_later)
    _lay(workspace / "kotuku-paper", world.paper_later)


def play_corrected(world: World, workspace: Path) -> None:
    """Two days after the return has gone: a parent's sheet came back."""
    _lay(workspace / "kotuku-paper", world.paper_corrected)


def _publish(vendor: VendorSimulator, learned: Learned) -> None:
    for at, record in learned.told:
        vendor.publish((record,), at=at)
    for item in learned.raw:
        vendor.publish_raw(item.service, item.stream, item.fields, at=item.at)
    for gone in learned.gone:
        if gone.named:
            vendor.delete(gone.record, at=gone.at)
        else:
            vendor.delete_without_key(gone.record, at=gone.at)


def _lay(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, body in files.items():
        (folder / name).write_bytes(body)
