"""EnrolNow's weekly year-to-date files as a source of ecegateway."""

import ecegateway
from ecegateway.contract import RegisterSource


@ecegateway.hookimpl
def ecegateway_register_sources(register: RegisterSource) -> None:
    """Register the ``enrolnow`` kind of source."""
    from ecegateway_source_enrolnow.source import EnrolNow  # noqa: PLC0415 - keeps the import of the plugin light

    register(EnrolNow())
