"""A bundle of an invented service, and what a forger with the key for exports can do to it."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import orjson

from ecegateway.flows.bundle import Bundle, bundle
from ecegateway.flows.packing import WrittenPack, write_pack
from ecegateway.flows.verify_bundle import VerifiedBundle, verify_bundle
from ecegateway.handbook.policy import policy
from ecegateway.inspection.manifest import MANIFEST, SIGNATURE
from ecegateway.model.ids import ServiceNumber
from ecegateway.plugins import load_plugins
from ecegateway.signing.keyring import Purpose
from ecegateway.signing.keys import Signer, Verifier
from ecegateway.signing.minisign import sign_file
from tests.support.packs import LATER, Centre
from tests.support.records import NO_SWITCHES, PERIOD, SERVICE, Switches

EXPORTERS = load_plugins(()).exporters()


def bundle_of(
    made: Centre, *, known_at: datetime | None = None, service: ServiceNumber = SERVICE, switches: Switches = NO_SWITCHES
) -> Bundle:
    return bundle(
        made.evidence,
        service,
        PERIOD,
        policy=policy(switches),
        exporters=EXPORTERS,
        keyring=made.keyring,
        at=LATER,
        known_at=known_at,
    )


@dataclass(frozen=True)
class Handed:
    """A bundle as it was written, the keys its reader has, and the one it was signed with."""

    written: WrittenPack
    log_key: Verifier
    export_key: Verifier
    signer: Signer

    def check(self, place: Path) -> VerifiedBundle:
        return verify_bundle(place, self.log_key, self.export_key, EXPORTERS)

    def sign_anew(self, folder: Path) -> None:
        """What somebody with the key for exports does after a change: every digest anew, and the signature."""
        manifest = orjson.loads((folder / MANIFEST).read_bytes())
        paths = (path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.is_file())
        contents = {path: (folder / path).read_bytes() for path in paths if path not in (MANIFEST, SIGNATURE)}
        manifest["files"] = [
            {"path": path, "sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
            for path, content in contents.items()
        ]
        written = orjson.dumps(manifest, option=orjson.OPT_SORT_KEYS)
        (folder / MANIFEST).write_bytes(written)
        signature = sign_file(self.signer, hashlib.blake2b(written).digest(), "bundle")
        (folder / SIGNATURE).write_text(signature, encoding="utf-8")

    def forge(self, folder: Path, path: str, change: Callable[[bytes], bytes]) -> VerifiedBundle:
        """Change a file, sign anew, and have it verified."""
        before = (folder / path).read_bytes()
        after = change(before)
        assert before != after
        (folder / path).write_bytes(after)
        self.sign_anew(folder)
        return self.check(folder)


def handed(made: Centre, out: Path, service: ServiceNumber = SERVICE) -> Handed:
    written = write_pack(out, bundle_of(made, service=service))
    signer = made.keyring.signer(Purpose.EXPORT)
    return Handed(written, made.key(Purpose.LOG), made.key(Purpose.EXPORT), signer)
