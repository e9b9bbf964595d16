"""The folder where keys lie: for each purpose one private key, ``log.key``, and its public half, ``log.pub``.

A key serves one purpose, so that a signature says what was meant and a key that is lost loses one thing. Its name in notes
is fixed, ``ecegateway-log``: key ids are made from it, so a name out of the settings would, once changed, turn every pinned
key into an unknown one. It says which program signs for what, and nothing of a service or a person; the key id tells two
installations apart, and two keys of one.

A key is changed in two steps, so that no crash loses the old one before it has vouched for the new one: :meth:`Keyring.new`
lays the new key beside the old; the rotation, signed by both, is stored; :meth:`Keyring.adopt` puts the new one in place.
"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ecegateway.errors import ConfigError
from ecegateway.signing.algorithms import Profile
from ecegateway.signing.files import alone, move, read_private, read_public, stands, write_whole
from ecegateway.signing.keys import Signer, Verifier, new_signer


class Purpose(StrEnum):
    """What a key is for."""

    LOG = "log"
    EXPORT = "export"
    BACKUP = "backup"


@dataclass(frozen=True, slots=True)
class Keyring:
    """The keys of one installation. ``profile`` is for keys made on first use."""

    folder: Path
    profile: Profile = Profile.ED25519

    def signer(self, purpose: Purpose) -> Signer:
        """The key of a purpose, made on first use.

        Raises:
            ConfigError: others may read it, it is damaged or another purpose's, its public half is not its own, or the
                folder cannot be used.
        """
        found = self._standing(purpose)
        if found is None:
            with alone(self.folder):
                found = self._standing(purpose) or self._completed(purpose)
        return found

    def verifier(self, purpose: Purpose) -> Verifier:
        """The public half of the key of a purpose; the private one need not be here.

        Raises:
            ConfigError: it is missing or damaged.
        """
        return self._public(self._place(purpose, "pub"), purpose)

    def verifiers(self, purpose: Purpose) -> tuple[Verifier, ...]:
        """The public halves of every key the purpose has had here, the one in use first; none if there is none.

        Raises:
            ConfigError: one is damaged.
        """
        places = [self._place(purpose, "pub"), *sorted(self.folder.glob(f"{purpose}.*.pub"))]
        return tuple(self._public(place, purpose) for place in places if stands(place))

    def new(self, purpose: Purpose, profile: Profile) -> tuple[Signer, Signer]:
        """The key that stands, and one to follow it, laid beside it until :meth:`adopt`.

        Asked again before that, say after a crash, it gives the same two.

        Raises:
            ConfigError: as :meth:`signer` does; or a key of another profile waits already.
        """
        old = self.signer(purpose)
        waiting = self._place(purpose, "next.key")
        with alone(self.folder):
            if not stands(waiting):
                write_whole(waiting, new_signer(name_of_key(purpose), profile).pem)
        new = Signer.from_pem(name_of_key(purpose), read_private(waiting))
        if new.verifier.profile is not profile:
            raise ConfigError(
                f"{waiting}: a new {new.verifier.profile} key waits already; ask for that profile, or remove the file if no "
                "rotation to it was stored"
            )
        return old, new

    def adopt(self, purpose: Purpose) -> Signer:
        """Put the waiting key in place of the one that stands; of the old one the public half is kept, under its key id.

        Raises:
            ConfigError: no key waits, or as :meth:`signer` does.
        """
        old = self.signer(purpose).verifier
        waiting = self._place(purpose, "next.key")
        with alone(self.folder):
            if not stands(waiting):
                raise ConfigError(f"{waiting}: no new key waits; make one first, and store the rotation to it")
            new = Signer.from_pem(name_of_key(purpose), read_private(waiting))
            write_whole(self._kept(purpose, old), old.pem)
            move(waiting, self._place(purpose, "key"))
            write_whole(self._place(purpose, "pub"), new.verifier.pem)
        return new

    def _standing(self, purpose: Purpose) -> Signer | None:
        """The key, if it and its public half are there; ``None`` if one is to be written."""
        place, beside = self._place(purpose, "key"), self._place(purpose, "pub")
        if not stands(place):
            if stands(beside):
                raise ConfigError(f"{place}: the private key to {beside.name} is gone; put back a copy of it")
            return None
        signer = Signer.from_pem(name_of_key(purpose), read_private(place))
        self._refuse_anothers(purpose, signer.verifier)
        if not stands(beside):
            return None
        shown = self._public(beside, purpose)
        if shown == signer.verifier:
            return signer
        if stands(self._kept(purpose, shown)):
            return None  # an adoption was broken off after its key was in place: the public half follows
        raise ConfigError(f"{place}: this private key is not the one of {beside.name}; put back the one that is")

    def _completed(self, purpose: Purpose) -> Signer:
        place = self._place(purpose, "key")
        if not stands(place):
            write_whole(place, new_signer(name_of_key(purpose), self.profile).pem)
        signer = Signer.from_pem(name_of_key(purpose), read_private(place))
        write_whole(self._place(purpose, "pub"), signer.verifier.pem)
        return signer

    def _refuse_anothers(self, purpose: Purpose, verifier: Verifier) -> None:
        for other in Purpose:
            beside = self._place(other, "pub")
            if other is not purpose and stands(beside) and self._public(beside, other).spki == verifier.spki:
                place = self._place(purpose, "key")
                raise ConfigError(f"{place}: this is the key for {other}; a key serves one purpose: put back the right one")

    def _public(self, place: Path, purpose: Purpose) -> Verifier:
        return Verifier.from_pem(name_of_key(purpose), read_public(place))

    def _kept(self, purpose: Purpose, verifier: Verifier) -> Path:
        return self._place(purpose, f"{verifier.key_id.hex()}.pub")

    def _place(self, purpose: Purpose, ending: str) -> Path:
        return self.folder / f"{purpose}.{ending}"


def name_of_key(purpose: Purpose) -> str:
    """The name under which a purpose's key signs."""
    return f"ecegateway-{purpose}"
