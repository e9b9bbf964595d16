"""Sets up a configured source: its plugin under guard, and the way it is asked."""

import time
from collections.abc import Callable
from datetime import datetime

from ecegateway.config import SourceConfig, look_up
from ecegateway.contract import OAuth2ClientCredentials, SourceDescription
from ecegateway.errors import ConfigError
from ecegateway.flows.guard import GuardedSource
from ecegateway.plugins import Plugins
from ecegateway.transport.addresses import Addresses
from ecegateway.transport.auth import ClientSecrets, TokenKeeper
from ecegateway.transport.drop import DropTransport
from ecegateway.transport.http import HttpTransport
from ecegateway.transport.port import Transport


def guarded_source(plugins: Plugins, config: SourceConfig) -> GuardedSource:
    """The source of a configuration.

    Raises:
        ConfigError: its plugin is not installed, or refuses the settings.
        PluginContractError: the plugin fails.
    """
    return GuardedSource(config.name, plugins.source(config.plugin), dict(config.settings))


def open_transport(
    config: SourceConfig,
    description: SourceDescription,
    now: Callable[[], datetime],
    monotonic: Callable[[], float] = time.monotonic,
) -> Transport:
    """How the source is asked: over HTTP, or from its drop folder.

    Raises:
        ConfigError: the address is not allowed, or a secret is missing.
    """
    if config.base_url is None:
        assert config.folder is not None
        return DropTransport(config.name, config.folder, config.limits)
    addresses = Addresses(config.name, config.base_url, config.allow_hosts)
    keeper = None
    if description.authentication is not None:
        keeper = _keeper(config, addresses, description.authentication, monotonic)
    return HttpTransport(config.name, addresses, config.limits, keeper, now=now, monotonic=monotonic)


def _keeper(
    config: SourceConfig,
    addresses: Addresses,
    credentials: OAuth2ClientCredentials,
    monotonic: Callable[[], float],
) -> TokenKeeper:
    if config.client_id is None or config.client_secret is None:
        raise ConfigError(
            f"source {config.name!r}: plugin {config.plugin!r} signs in; add client_id and client_secret to its settings"
        )
    secrets = ClientSecrets(
        look_up(config.client_id, f"source {config.name!r}, client_id"),
        look_up(config.client_secret, f"source {config.name!r}, client_secret"),
    )
    return TokenKeeper(config.name, addresses.of_token(credentials.token_path), credentials, secrets, monotonic)
