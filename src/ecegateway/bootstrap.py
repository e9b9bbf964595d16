"""Brings settings, plugins and the store together, and sets up the process; called by the command line only."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ecegateway import clock
from ecegateway.config import Config, load_config, look_up_store_key
from ecegateway.evidence.store import Evidence, open_evidence
from ecegateway.flows.code_lists import code_lists
from ecegateway.flows.seal import seal
from ecegateway.handbook.policy import Policy, policy
from ecegateway.plugins import Plugins, load_plugins
from ecegateway.signing.keyring import Keyring

_NEW_OBJECTS = 200_000


@dataclass(frozen=True, slots=True)
class Gateway:
    """An opened gateway: what the settings say, what is installed, where the evidence is, and how the law is read."""

    config: Config
    plugins: Plugins
    evidence: Evidence
    policy: Policy


@contextmanager
def open_gateway(settings: Path, *, plugins: Plugins | None = None, create: bool = False) -> Iterator[Gateway]:
    """Open the gateway a settings file describes; with ``create``, for commands that pull, a missing store is made.

    What a command stored is signed before it ends, however it ends.

    Raises:
        ConfigError: the settings are wrong.
        EvidenceMissingError: there is no store, and none is to be made.
        EvidenceError: the store is unsafe or of an unknown schema.
        IntegrityError: the store is not the one signed last.
    """
    config = load_config(settings)
    chosen = policy(config.policy, code_lists(config.code_lists))
    with open_evidence(config.store, create=create, key=look_up_store_key(config)) as evidence:
        try:
            yield Gateway(config, plugins if plugins is not None else load_plugins(), evidence, chosen)
        finally:
            if evidence.wrote:
                seal(evidence, keyring(config), clock.now())


def checkpoint(gateway: Gateway) -> bytes:
    """The signed checkpoint of all that is stored now, to lie outside the store with the files made of it.

    Raises:
        IntegrityError: the store is not the one signed last.
        ConfigError: the key cannot be used.
    """
    return seal(gateway.evidence, keyring(gateway.config), clock.now())


def keyring(config: Config) -> Keyring:
    """The keys the settings name."""
    return Keyring(config.keys, config.key_profile)


def collect_seldom() -> None:
    """Have Python look for objects that hold one another in a ring less often, in this process.

    Evidence, facts and claims hold no rings and go when nobody needs them. There are many of them at once, and looking through
    all of them again and again took as long as reading them.
    """
    gc.set_threshold(_NEW_OBJECTS)
