"""Obtains and renews the bearer token of a source. Secrets stand in headers only and never in a message."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx
import orjson
from pydantic import SecretStr

from ecegateway.contract import OAuth2ClientCredentials
from ecegateway.errors import SourceFatalError, SourceRetryableError

_MARGIN_SECONDS = 30.0
_UNSAID_LIFETIME_SECONDS = 300.0
_LONGEST_LIFETIME_SECONDS = 86_400.0
_LONGEST_TOKEN = 8192

Post = Callable[[httpx.Request], bytes]
"""Sends a request and gives the body of its good answer; other answers are raised."""


@dataclass(frozen=True, slots=True)
class ClientSecrets:
    """The client id and secret a centre was given by its vendor."""

    client_id: SecretStr
    client_secret: SecretStr


class TokenKeeper:
    """One source's token: asked for when needed, kept until shortly before it expires, forgotten on demand.

    Args:
        name: The source's name, for messages.
        url: The token address.
        credentials: What the source declared.
        secrets: The client id and secret.
        monotonic: Seconds on a clock that never steps back.
        kind: What is asked, for messages: a source or a transport.
    """

    def __init__(
        self,
        name: str,
        url: httpx.URL,
        credentials: OAuth2ClientCredentials,
        secrets: ClientSecrets,
        monotonic: Callable[[], float] = time.monotonic,
        *,
        kind: str = "source",
    ) -> None:
        self._whose = f"{kind} {name!r}"
        self._url = url
        self._scope = credentials.scope
        self._secrets = secrets
        self._monotonic = monotonic
        self._token: SecretStr | None = None
        self._good_until = 0.0

    def token(self, post: Post) -> str:
        """A token that is good by our reckoning, renewed through ``post`` if need be.

        Raises:
            SourceFatalError: the other side refuses the client.
            SourceRetryableError: the token answer cannot be used; asking again may help.
        """
        if self._token is None or self._monotonic() >= self._good_until:
            self._token = self._renew(post)
        return self._token.get_secret_value()

    def forget(self) -> None:
        """Drop the token: the vendor no longer takes it."""
        self._token = None

    def _renew(self, post: Post) -> SecretStr:
        form = {"grant_type": "client_credentials"} | ({"scope": self._scope} if self._scope else {})
        request = httpx.Request("POST", self._url, data=form, headers={"accept": "application/json"})
        basic = httpx.BasicAuth(self._secrets.client_id.get_secret_value(), self._secrets.client_secret.get_secret_value())
        answer = _read(post(next(basic.sync_auth_flow(request))), self._whose)
        token = answer.get("access_token")
        if not isinstance(token, str) or not 0 < len(token) <= _LONGEST_TOKEN or not (token.isascii() and token.isprintable()):
            raise SourceRetryableError(f"{self._whose}: the token answer holds no usable access_token")
        if str(answer.get("token_type", "bearer")).lower() != "bearer":
            raise SourceFatalError(f"{self._whose}: a token came that is not a bearer token")
        lifetime = _lifetime(answer.get("expires_in"))
        self._good_until = self._monotonic() + lifetime - min(_MARGIN_SECONDS, lifetime / 10)
        return SecretStr(token)


def _read(body: bytes, whose: str) -> dict[str, Any]:
    try:
        answer = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise SourceRetryableError(f"{whose}: the token answer is not JSON") from error
    if not isinstance(answer, dict):
        raise SourceRetryableError(f"{whose}: the token answer is not a JSON object")
    return answer


def _lifetime(said: Any) -> float:
    if isinstance(said, int | float) and not isinstance(said, bool) and 0 < said <= _LONGEST_LIFETIME_SECONDS:
        return float(said)
    return _UNSAID_LIFETIME_SECONDS
