"""The sources: plugin installed, settings taken, secrets there, folder readable. No vendor is asked anything."""

import os
from collections.abc import Iterable, Iterator

from ecegateway.config import SourceConfig, look_up
from ecegateway.doctor.checked import Checked, fine, refused, warned, wrong
from ecegateway.errors import EceGatewayError
from ecegateway.flows.sources import guarded_source
from ecegateway.plugins import Plugins


def check_sources(plugins: Plugins, sources: Iterable[SourceConfig]) -> Iterator[Checked]:
    """Each configured source, and each plugin that could not be loaded."""
    for aside in plugins.set_aside():
        yield warned(f"plugin {aside.name}", f"it is set aside: {aside.reason}", "tell its author, or remove the package")
    for source in sources:
        yield _source(plugins, source)


def _source(plugins: Plugins, source: SourceConfig) -> Checked:
    what = f"source {source.name}"
    try:
        description = guarded_source(plugins, source).description
        for key in ("client_id", "client_secret"):
            if (reference := getattr(source, key)) is not None:
                look_up(reference, key)
    except EceGatewayError as error:
        return refused(what, error)
    if source.folder is not None and not (source.folder.is_dir() and os.access(source.folder, os.R_OK | os.X_OK)):
        return wrong(what, f"{source.folder} is not a folder that can be read", "make it, or correct `folder` in the settings")
    if description.authentication is not None and source.client_secret is None:
        return wrong(what, f"plugin {source.plugin!r} signs in", "add client_id and client_secret to its settings")
    return fine(what, f"plugin {description.plugin} {description.version}, settings and secrets are there")
