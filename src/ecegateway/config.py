"""Settings from ``ecegateway.toml`` and the environment. Secrets are references, looked up when used, never printed."""

import os
import tomllib
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, StringConstraints, ValidationError, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from ecegateway.errors import ConfigError
from ecegateway.model.ids import ServiceNumberField, SourceName
from ecegateway.signing.algorithms import Profile
from ecegateway.transport.limits import Limits

FILE_NAME = "ecegateway.toml"
_FILES = ("sqlite:///", "sqlite+encrypted:///")

SourceNameField = Annotated[SourceName, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,49}$")]
AgeRecipient = Annotated[str, StringConstraints(pattern=r"^age1[02-9ac-hj-np-z]{58}$")]
SecretReference = Annotated[str, StringConstraints(pattern=r"^(env|file):.+$")]


class SourceConfig(BaseModel):
    """One configured source: one vendor account or one drop folder.

    ``keys_of`` names the source whose child and person keys this one uses. ``settings`` are the plugin's own.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    name: SourceNameField
    plugin: Annotated[str, Field(min_length=1)]
    services: Annotated[tuple[ServiceNumberField, ...], Field(min_length=1)]
    keys_of: SourceNameField | None = None
    base_url: str | None = None
    folder: Path | None = None
    allow_hosts: tuple[str, ...] = ()
    client_id: SecretReference | None = None
    client_secret: SecretReference | None = None
    settings: dict[str, Any] = Field(default_factory=dict)
    limits: Limits = Limits()

    @property
    def key_space(self) -> SourceName:
        """The source whose keys the records use."""
        return self.keys_of or self.name

    @model_validator(mode="after")
    def _one_way_in(self) -> Self:
        if (self.base_url is None) == (self.folder is None):
            raise ValueError("give either base_url or folder")
        return self


ClosureReason = Annotated[str, StringConstraints(min_length=1, max_length=10)]


class PayloadVersion(BaseModel):
    """From which day to which the other side takes a version of a family's payload; two may overlap. No day means open."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    family: Annotated[str, Field(min_length=1)]
    version: Annotated[str, Field(min_length=1)]
    first_day: date | None = None
    last_day: date | None = None


class MinistryConfig(BaseModel):
    """How files reach the Ministry: by default they are laid into a folder, for a person to take on.

    ``transport`` names a transport plugin; one over HTTP needs ``base_url``, the others use ``folder``. ``token_path`` and
    ``scope`` are where and for what a machine account signs in, where that is not as the plugin says. ``event_source`` is
    what events say they come from. ``versions`` of a family's payload, later ones last; a family without any is taken in any.
    ``closure_reasons`` has the Ministry's code for each kind of closure. ``settings`` are the plugin's own.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    transport: Annotated[str, Field(min_length=1)] = "folder"
    folder: Path = Path("outbox")
    base_url: str | None = None
    allow_hosts: tuple[str, ...] = ()
    client_id: SecretReference | None = None
    client_secret: SecretReference | None = None
    token_path: str | None = None
    scope: str | None = None
    versions: tuple[PayloadVersion, ...] = ()
    event_source: Annotated[str, StringConstraints(max_length=100, pattern=r"^[^\p{Cc}]+$")] = "ecegateway"
    closure_reasons: dict[Literal["planned", "emergency"], ClosureReason] = Field(default_factory=dict)
    settings: dict[str, Any] = Field(default_factory=dict)
    limits: Limits = Limits()


class Config(BaseSettings):
    """All settings. ``policy`` has the value chosen for each policy switch that is not at its default."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="forbid",
        hide_input_in_errors=True,
        env_prefix="ECEGATEWAY_",
        env_ignore_empty=True,
    )

    store: str = "sqlite:///evidence.db"
    store_key: SecretReference | None = None
    out: Path = Path("out")
    keys: Path = Path("keys")
    key_profile: Profile = Profile.ED25519
    backups: Path = Path("backups")
    backup_recipients: tuple[AgeRecipient, ...] = ()
    ministry: MinistryConfig = MinistryConfig()
    code_lists: Path = Path("code-lists")
    sources: tuple[SourceConfig, ...] = ()
    policy: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _names(self) -> Self:
        names = [source.name for source in self.sources]
        if len(set(names)) != len(names):
            raise ValueError("two sources have the same name; give each its own")
        for source in self.sources:
            if source.keys_of is not None and source.keys_of not in names:
                raise ValueError(f"source {source.name!r} has keys_of = {source.keys_of!r}, which is no source here")
        return self

    @classmethod
    def settings_customise_sources(  # noqa: D102 - pydantic-settings' own hook
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        del settings_cls, dotenv_settings, file_secret_settings
        return env_settings, init_settings  # a machine's environment outranks the file that all machines share

    def source(self, name: str) -> SourceConfig:
        """The source of a name.

        Raises:
            ConfigError: there is none; the message lists those there are.
        """
        for source in self.sources:
            if source.name == name:
                return source
        known = ", ".join(source.name for source in self.sources) or "none"
        raise ConfigError(f"no source is named {name!r} in the settings (there are: {known})")


def load_config(path: Path) -> Config:
    """Read a settings file. Relative paths in it start from its folder.

    ``ECEGATEWAY_STORE`` and ``ECEGATEWAY_OUT`` in the environment outrank the file.

    Raises:
        ConfigError: the file is missing, is not TOML, or a setting is wrong; the message names the file, the key and the fix.
    """
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(f"{path}: there is no such file; write one with: ecegateway init") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read ({type(error).__name__}); it must be a UTF-8 text file") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: is not TOML: {error}") from error
    try:
        config = Config(**values)
    except ValidationError as error:
        raise ConfigError("\n".join(_complaints(path, error))) from error
    return _anchored(config, path.resolve().parent)


def _complaints(path: Path, error: ValidationError) -> list[str]:
    lines = []
    faults = error.errors(include_url=False, include_context=False, include_input=False)
    places = [fault["loc"] for fault in faults]
    for fault in faults:
        # A list whose items are wrong counts as empty; that second complaint would be false.
        if fault["type"] == "too_short" and any(place[:-1] == fault["loc"] for place in places if place):
            continue
        key = ".".join(str(step) for step in fault["loc"]) or "the file"
        lines.append(f"{path}: {key}: {_FIXES.get(fault['type']) or _plain(fault['msg'])}")
    return lines


def _plain(said: str) -> str:
    return said.removeprefix("Value error, ").replace("Input should be", "must be")


_FIXES = {
    "extra_forbidden": "this key is not known; check its spelling",
    "missing": "this key is missing; add it",
    "string_type": "must be text; write it in quotes",
    "tuple_type": 'must be a list; write it in brackets, for instance ["10842"]',
    "too_short": "must not be empty; name at least one",
}


def _anchored(config: Config, folder: Path) -> Config:
    store = config.store
    for kind in _FILES:
        if store.startswith(kind):
            store = f"{kind}{folder / store.removeprefix(kind)}"
    sources = tuple(
        source.model_copy(
            update={
                "folder": None if source.folder is None else folder / source.folder,
                "client_id": _anchored_reference(source.client_id, folder),
                "client_secret": _anchored_reference(source.client_secret, folder),
            }
        )
        for source in config.sources
    )
    return config.model_copy(
        update={
            "store": store,
            "store_key": _anchored_reference(config.store_key, folder),
            "out": folder / config.out,
            "keys": folder / config.keys,
            "backups": folder / config.backups,
            "code_lists": folder / config.code_lists,
            "ministry": config.ministry.model_copy(
                update={
                    "folder": folder / config.ministry.folder,
                    "client_id": _anchored_reference(config.ministry.client_id, folder),
                    "client_secret": _anchored_reference(config.ministry.client_secret, folder),
                }
            ),
            "sources": sources,
        }
    )


def _anchored_reference(reference: str | None, folder: Path) -> str | None:
    if reference is None or not reference.startswith("file:"):
        return reference
    return f"file:{folder / reference.removeprefix('file:')}"


def template() -> str:
    """A commented settings file to start from."""
    return resources.files("ecegateway").joinpath("template.toml").read_text(encoding="utf-8")


def look_up_store_key(config: Config) -> str | None:
    """The key of an encrypted store; ``None`` if the settings name none.

    Raises:
        ConfigError: it is not where they say.
    """
    return None if config.store_key is None else look_up(config.store_key, "store_key").get_secret_value()


def look_up(reference: str, key: str) -> SecretStr:
    """The secret a reference (``env:NAME`` or ``file:path``) stands for; ``key`` names the setting in messages.

    Raises:
        ConfigError: it is not there, or empty.
    """
    kind, _, place = reference.partition(":")
    if kind == "env":
        found = os.environ.get(place, "")
        fix = f"set the environment variable {place}"
    else:
        try:
            found = Path(place).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            found = ""
        fix = f"put it into the file {place}"
    if not found:
        raise ConfigError(f"{key}: the secret {reference} is missing or empty; {fix}")
    return SecretStr(found)
