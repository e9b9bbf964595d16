"""The simulated vendor's OAuth2 client credentials: tokens given, counted, and expired when told to."""

import base64
import secrets
import threading
from urllib.parse import parse_qs, unquote_plus


class Tokens:
    """Gives tokens to the one client it knows."""

    def __init__(self, client_id: str, client_secret: str) -> None:
        self._lock = threading.Lock()
        self._client = (client_id, client_secret)
        self._valid: set[str] = set()
        self._left: int | None = None
        self.given = 0
        """Tokens given so far."""

    def give(self, authorization: str | None, form: bytes) -> str | None:
        """A token for the client named in the header or the form; ``None`` if it is not the one we know."""
        fields = {name: values[0] for name, values in parse_qs(form.decode("ascii", "replace")).items()}
        client = _from_header(authorization) or (fields.get("client_id", ""), fields.get("client_secret", ""))
        if fields.get("grant_type") != "client_credentials" or client != self._client:
            return None
        with self._lock:
            token = secrets.token_urlsafe(16)
            self._valid.add(token)
            self.given += 1
            return token

    def accepts(self, authorization: str | None) -> bool:
        """Whether a request carries a token that is still good; counts towards :meth:`expire_after`."""
        token = (authorization or "").removeprefix("Bearer ")
        with self._lock:
            if self._left is not None and token in self._valid:
                if self._left == 0:
                    self._valid.clear()
                    self._left = None
                else:
                    self._left -= 1
            return token in self._valid

    def expire_after(self, requests: int) -> None:
        """After so many more good requests, every token given until then is refused."""
        with self._lock:
            self._left = requests


def _from_header(authorization: str | None) -> tuple[str, str] | None:
    scheme, _, encoded = (authorization or "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        name, _, secret = base64.b64decode(encoded).decode().partition(":")
    except ValueError:
        return None
    return unquote_plus(name), unquote_plus(secret)
