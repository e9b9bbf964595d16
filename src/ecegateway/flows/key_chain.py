"""Keeps beside the keys how each key of a log took over from the one before, for the day an older copy of the store comes back.

A backup from before a change of the key holds a log that knows nothing of the new one. The statements by which the old key
handed over are signed by both and nobody's secret, so a copy of them lies in the folder of keys.
"""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import orjson

from ecegateway.evidence.sealing import LogKey
from ecegateway.signing.files import alone, read_public, stands, write_whole
from ecegateway.signing.keyring import Keyring


def keep_chain(keyring: Keyring, origin: str, keys: Sequence[LogKey]) -> None:
    """Keep the keys of a log, oldest first; of a log that has had one key alone there is nothing to keep.

    Raises:
        ConfigError: the folder of keys cannot be written into.
    """
    place = _place(keyring, origin)
    content = orjson.dumps([asdict(key) for key in keys], option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    if len(keys) > 1 and not (stands(place) and read_public(place) == content):
        with alone(keyring.folder):
            write_whole(place, content)


def kept_chain(keyring: Keyring, origin: str) -> list[LogKey]:
    """The keys of a log as they were kept, oldest first; none if none are, or they cannot be read. Nobody has verified them."""
    place = _place(keyring, origin)
    try:
        said: Any = orjson.loads(read_public(place)) if stands(place) else []
        return [LogKey(str(one["public_key"]), str(one["statement"]), str(one["signatures"])) for one in said]
    except (LookupError, TypeError, orjson.JSONDecodeError):
        return []


def _place(keyring: Keyring, origin: str) -> Path:
    return keyring.folder / f"{origin.rpartition('/')[2]}.keys"
