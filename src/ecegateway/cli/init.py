"""``ecegateway init``: a commented settings file to start from."""

from pathlib import Path

from ecegateway.cli.options import SETTINGS, Settings
from ecegateway.config import template
from ecegateway.errors import ConfigError


def init(config: Settings = SETTINGS) -> None:
    """Write a commented settings file. One that is there already is left alone."""
    path = Path(config)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(template())
    except FileExistsError:
        raise ConfigError(f"{path} is there already; nothing was changed") from None
    print(f"{path} written. Name your sources in it, then run: ecegateway sources check")  # noqa: T201 - says what was done
