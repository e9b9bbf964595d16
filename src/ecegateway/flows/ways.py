"""Sets up the configured way to the Ministry: its transport plugin under guard, and what carries out its asks."""

import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import date, datetime
from types import TracebackType
from typing import Self, TypeVar

from ecegateway.config import MinistryConfig, PayloadVersion, look_up
from ecegateway.contract import OAuth2ClientCredentials
from ecegateway.errors import ConfigError, DeliveryRefusedError, PluginContractError
from ecegateway.outbound import Outgoing, SendAnswer, SendAsk, StudentIndex, Transport, TransportDescription, TransportPlugin
from ecegateway.plugins import Plugins
from ecegateway.transport.addresses import Addresses
from ecegateway.transport.auth import ClientSecrets, TokenKeeper
from ecegateway.transport.exchange import Exchange
from ecegateway.transport.handing import Handing, Hands
from ecegateway.transport.limits import Limits
from ecegateway.transport.outbox import FolderHands
from ecegateway.transport.posting import HttpHands

_KIND = "transport"
_Got = TypeVar("_Got")


@dataclass(frozen=True, slots=True)
class Way:
    """An opened way to the Ministry. Use it as a context manager, or close it.

    ``index`` is the student index by the same way, if it leads there.
    """

    description: TransportDescription
    transport: Transport
    index: StudentIndex | None
    hands: Hands
    limits: Limits
    versions: tuple[PayloadVersion, ...] = ()
    sleep: Callable[[float], None] = time.sleep

    def handing(self) -> Handing:
        """A new errand, with its own time."""
        return Handing(self.hands, self.limits, sleep=self.sleep)

    def ask(self, step: str, begin: Callable[[], Generator[SendAsk, SendAnswer, _Got]], *kinds: type) -> _Got:
        """What comes of one errand: ``way.ask("search", lambda: index.search(who), Found)``.

        Raises:
            NothingSentError: the other side was not reached, and no body got out.
            AnswerLostError: it was not reached, or not to the end, and a body may have got there.
            PluginContractError: the plugin misbehaves.
        """
        return self.handing().run(step, begin, *kinds)

    def version_on(self, family: str, day: date) -> str | None:
        """The version a family's payload is to be made in on a day: the latest that is taken; ``None`` where any is.

        Raises:
            DeliveryRefusedError: the settings name versions of the family, and none is taken on that day.
        """
        named = [one for one in self.versions if one.family == family]
        taken = [one.version for one in named if _takes(one, day)]
        if named and not taken:
            raise DeliveryRefusedError(f"no version of {family} is taken on {day}; look at ministry.versions in the settings")
        return taken[-1] if taken else None

    def takes(self, outgoing: Outgoing, day: date) -> bool:
        """Whether a payload's version is taken on a day."""
        named = [one for one in self.versions if one.family == outgoing.family]
        return not named or any(one.version == outgoing.version and _takes(one, day) for one in named)

    def not_taken(self, outgoing: Outgoing, day: date) -> DeliveryRefusedError:
        """What is said of a payload whose version is not taken on a day."""
        return DeliveryRefusedError(
            f"{outgoing.name}: version {outgoing.version} of {outgoing.family} is not taken on {day}; make it anew in version "
            f"{self.version_on(outgoing.family, day)}"
        )

    def close(self) -> None:
        """Let go of connections."""
        self.hands.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def open_way(
    plugins: Plugins,
    config: MinistryConfig,
    now: Callable[[], datetime],
    *,
    sleep: Callable[[float], None] = time.sleep,
    monotonic: Callable[[], float] = time.monotonic,
) -> Way:
    """The way the settings name. Nothing is asked yet.

    Raises:
        ConfigError: the plugin is not installed or refuses the settings, an address is not allowed, or a secret is missing.
        PluginContractError: the plugin fails.
    """
    plugin = plugins.transport(config.transport)
    description = plugin.description
    transport = _guarded(plugin, "create", lambda: plugin.create(dict(config.settings)))
    index = _guarded(plugin, "student_index", lambda: plugin.student_index(dict(config.settings)))
    hands = _over_http(config, description, now, monotonic) if description.over_http else _in_folder(config, description)
    return Way(description, transport, index, hands, config.limits, config.versions, sleep)


def _guarded(plugin: TransportPlugin, step: str, call: Callable[[], _Got]) -> _Got:
    try:
        return call()
    except ConfigError:
        raise
    except Exception as error:
        description = plugin.description
        raise PluginContractError(
            f"{_KIND} {description.name!r} {description.version} raised {type(error).__name__} in {step}(); tell its maker"
        ) from error


def _in_folder(config: MinistryConfig, description: TransportDescription) -> Hands:
    return FolderHands(f"{_KIND} {description.name!r}", config.folder, config.limits)


def _over_http(
    config: MinistryConfig, description: TransportDescription, now: Callable[[], datetime], monotonic: Callable[[], float]
) -> Hands:
    whose = f"{_KIND} {description.name!r}"
    if config.base_url is None:
        raise ConfigError(f"{whose} works over HTTP; add base_url to [ministry]")
    addresses = Addresses(description.name, config.base_url, config.allow_hosts, kind=_KIND)
    keeper = None
    if description.authentication is not None:
        keeper = _keeper(config, addresses, description.name, description.authentication, monotonic)
    return HttpHands(Exchange(whose, addresses, config.limits, keeper, now=now, monotonic=monotonic))


def _keeper(
    config: MinistryConfig,
    addresses: Addresses,
    name: str,
    declared: OAuth2ClientCredentials,
    monotonic: Callable[[], float],
) -> TokenKeeper:
    if config.client_id is None or config.client_secret is None:
        raise ConfigError(f"{_KIND} {name!r} signs in with a machine account; add client_id and client_secret to [ministry]")
    credentials = OAuth2ClientCredentials(
        declared.token_path if config.token_path is None else config.token_path,
        declared.scope if config.scope is None else config.scope,
    )
    secrets = ClientSecrets(
        look_up(config.client_id, "ministry.client_id"), look_up(config.client_secret, "ministry.client_secret")
    )
    return TokenKeeper(name, addresses.of_token(credentials.token_path), credentials, secrets, monotonic, kind=_KIND)


def _takes(version: PayloadVersion, day: date) -> bool:
    after = version.first_day is None or version.first_day <= day
    return after and (version.last_day is None or day <= version.last_day)
