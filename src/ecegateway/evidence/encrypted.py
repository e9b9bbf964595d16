"""SQLite whose every page is encrypted and authenticated (SQLCipher), as an extra: ``pip install ecegateway[encrypted]``."""

import re
from types import ModuleType
from typing import Any

from ecegateway.errors import EvidenceError

_KEY = re.compile(r"[0-9a-fA-F]{64}")


def cipher_driver() -> ModuleType:
    """The engine that encrypts, with the interface of :mod:`sqlite3`.

    Raises:
        EvidenceError: it is not installed.
    """
    try:
        # An extra: whoever keeps no encrypted store need not have it.
        from sqlcipher3 import dbapi2  # noqa: PLC0415
    except ImportError:
        raise EvidenceError(
            "an encrypted store needs an engine that encrypts; run: python -m pip install 'ecegateway[encrypted]'"
        ) from None
    driver: ModuleType = dbapi2
    return driver


def unlock(driver: ModuleType, connection: Any, key: str | None) -> None:
    """Give a new connection the key: 256 bits, so that none need be stretched, and none can be guessed.

    Raises:
        EvidenceError: the key is none, or does not open the file.
    """
    if key is None or not _KEY.fullmatch(key):
        raise EvidenceError(
            "the key of an encrypted store is 64 hexadecimal digits, by the setting `store_key`; make one with: openssl rand "
            "-hex 32"
        )
    connection.execute(f"PRAGMA key = \"x'{key}'\"")
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except driver.DatabaseError:
        raise EvidenceError(
            "the encrypted store does not open: `store_key` is another than it was made with, or its first page is damaged"
        ) from None
