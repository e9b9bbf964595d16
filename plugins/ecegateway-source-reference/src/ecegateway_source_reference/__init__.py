"""Source plugin for Kōwhai SMS, an invented vendor: the package that vendors copy. Only the hook stands here."""

from ecegateway import hookimpl
from ecegateway.contract import RegisterSource
from ecegateway_source_reference.source import KowhaiPlugin


@hookimpl
def ecegateway_register_sources(register: RegisterSource) -> None:
    """Register the one kind of source this package has."""
    register(KowhaiPlugin())
