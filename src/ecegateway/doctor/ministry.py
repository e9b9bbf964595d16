"""The way to the Ministry: transport installed, settings taken, secrets there, outbox usable; and what is still open on it."""

import os
from collections.abc import Iterator
from datetime import datetime

from ecegateway.config import MinistryConfig
from ecegateway.doctor.checked import Checked, fine, refused, warned, wrong
from ecegateway.errors import EceGatewayError
from ecegateway.evidence.deliveries import newest_deliveries
from ecegateway.evidence.store import Evidence
from ecegateway.flows.errand import OPEN
from ecegateway.flows.ways import open_way
from ecegateway.outbound import About
from ecegateway.plugins import Plugins

_WHAT = "ministry"


def check_ministry(plugins: Plugins, config: MinistryConfig, now: datetime) -> Checked:
    """The way as configured. Nobody is asked anything, and no folder is made."""
    try:
        with open_way(plugins, config, lambda: now) as way:
            description = way.description
    except EceGatewayError as error:
        return refused(_WHAT, error)
    said = f"transport {description.name} {description.version}"
    if description.over_http:
        return fine(_WHAT, f"{said} to {config.base_url}, settings and secrets are there")
    place = next(folder for folder in (config.folder, *config.folder.parents) if folder.exists())
    if not (place.is_dir() and os.access(place, os.W_OK | os.X_OK)):
        return wrong(_WHAT, f"{said}: {place} is not a folder that can be written into", "correct `folder` in [ministry]")
    return fine(_WHAT, f"{said} into {config.folder}{'' if place == config.folder else ', made when first needed'}")


def check_deliveries(evidence: Evidence) -> Iterator[Checked]:
    """What was handed over, and whose end is not known."""
    for about in About:
        with evidence.inspecting() as connection:
            newest = newest_deliveries(connection, about).values()
        unsettled = [one for one in newest if one.end is None or one.end.receipt.outcome in OPEN]
        if unsettled:
            said = f"of {len(unsettled)} {about}{'' if len(unsettled) == 1 else 's'} it is not known what became of it"
            yield warned(_WHAT, said, "hand it over again: the other side is asked first, and nothing goes twice")
