"""The folder of keys: who may read it, and whether each private key has its own public half beside it."""

from collections.abc import Iterator

from ecegateway.doctor.checked import Checked, fine, refused, warned
from ecegateway.errors import ConfigError
from ecegateway.signing.age import IDENTITY_FILE, read_identity
from ecegateway.signing.files import stands
from ecegateway.signing.keyring import Keyring, Purpose


def check_keys(keyring: Keyring) -> Iterator[Checked]:
    """Every key that stands."""
    found = list(_standing(keyring))
    if not found:
        yield warned("keys", f"{keyring.folder} holds none yet", "the first command that stores something makes the log's")
    yield from found


def _standing(keyring: Keyring) -> Iterator[Checked]:
    for purpose in Purpose:
        place, beside = (keyring.folder / f"{purpose}.{ending}" for ending in ("key", "pub"))
        try:
            if stands(place) and stands(beside):
                key = keyring.signer(purpose).verifier
                yield fine("keys", f"{place}: {key.profile} {key.key_id.hex()}, guarded, with its public half")
            elif stands(place):
                do = "the next command that signs with it writes it again"
                yield warned("keys", f"{beside}: the public half of {place.name} is missing", do)
            elif stands(beside):
                do = "fine where evidence is only checked; to sign, put back a copy of it"
                yield warned("keys", f"{place}: the private key to {beside.name} is not here", do)
        except ConfigError as error:
            yield refused("keys", error)
    place = keyring.folder / IDENTITY_FILE
    try:
        if stands(place):
            yield fine("keys", f"{place}: opens backups to {read_identity(place).to_public()}, guarded")
    except ConfigError as error:
        yield refused("keys", error)
