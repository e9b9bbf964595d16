"""Which addresses a source may be asked at: its own base address, over TLS, and hosts a person allowed by name."""

import ipaddress
import re

import httpx

from ecegateway.errors import ConfigError, PluginContractError

_PATH = re.compile(r"(/[A-Za-z0-9._~!$&'()*+,;=:@%-]+)+/?|/")


class Addresses:
    """Builds the addresses of one source, and refuses all others.

    ``base_url`` is where its paths begin. ``allow_hosts`` may name further hosts, for the token address only. ``kind`` says in
    messages what is asked: a source or a transport.

    Raises:
        ConfigError: the base address is not https (plain http is for loopback only), or holds more than host and path.
    """

    def __init__(self, name: str, base_url: str, allow_hosts: tuple[str, ...] = (), *, kind: str = "source") -> None:
        self._whose = f"{kind} {name!r}"
        self._allow_hosts = frozenset(host.lower() for host in allow_hosts)
        self._base = self._checked(base_url, "base_url")

    @property
    def host(self) -> str:
        """The host of the base address."""
        return self._base.host

    def of(self, path: str, params: tuple[tuple[str, str], ...] = ()) -> httpx.URL:
        """The address of a path below the base address.

        Raises:
            PluginContractError: the path is not a plain path that begins with a slash.
        """
        if not _PATH.fullmatch(path) or {".", ".."} & set(path.split("/")) or "%2e" in path.lower():
            raise PluginContractError(f"{self._whose} asks for {path[:80]!r}, which is no plain path below base_url")
        return self._base.copy_with(
            path=self._base.path.rstrip("/") + path, params=httpx.QueryParams(list(params)) if params else None
        )

    def of_token(self, token_path: str) -> httpx.URL:
        """The token address: a path below the base address, or a whole address on a host in ``allow_hosts``.

        Raises:
            ConfigError: the host is not allowed.
        """
        if "://" not in token_path:
            return self.of(token_path)
        url = self._checked(token_path, "token address")
        if url.host != self._base.host and url.host not in self._allow_hosts:
            raise ConfigError(f"{self._whose}: the token address is on {url.host!r}; add it to allow_hosts if you trust it")
        return url

    def _checked(self, text: str, name: str) -> httpx.URL:
        where = f"{self._whose}: {name}"
        try:
            url = httpx.URL(text)
        except (httpx.InvalidURL, TypeError) as error:
            raise ConfigError(f"{where} is not an address; write it as https://host/path") from error
        if url.scheme not in ("https", "http") or not url.host:
            raise ConfigError(f"{where} must begin with https:// and name a host")
        if url.scheme == "http" and not _is_loopback(url.host):
            raise ConfigError(f"{where} must be https://; plain http is allowed on this machine only (127.0.0.1, localhost)")
        if url.userinfo or url.query or url.fragment:
            raise ConfigError(f"{where} must hold no user, query or fragment; give secrets as client_id and client_secret")
        return url


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
