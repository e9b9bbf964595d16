"""``ecegateway serve``: the JSON interface, on this machine alone."""

from typing import Annotated

import typer

from ecegateway import clock
from ecegateway.bootstrap import open_gateway
from ecegateway.cli.options import SETTINGS, Settings
from ecegateway.cli.screen import console
from ecegateway.plugins import load_plugins

_HOST = "127.0.0.1"


def serve(
    port: Annotated[int, typer.Option("--port", help="The port to listen on.", min=1, max=65535)] = 8730,
    config: Settings = SETTINGS,
) -> None:
    """Answer programs on this machine: claims, findings, returns, events, student numbers; see /openapi.json.

    It listens on 127.0.0.1 only. For programs elsewhere put a proxy with TLS in front of it.
    """
    # Seldom needed, and slow to read.
    import uvicorn  # noqa: PLC0415

    from ecegateway.api.app import create_app  # noqa: PLC0415

    plugins = load_plugins()
    with open_gateway(config, plugins=plugins) as gateway:
        where = gateway.evidence.where
    console().print(f"answering at http://{_HOST}:{port}/v1 from {where}; end it with Ctrl-C", markup=False)
    uvicorn.run(create_app(config, plugins, clock.now), host=_HOST, port=port, log_level="warning", access_log=False)
