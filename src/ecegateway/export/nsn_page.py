"""The NSN requests as a page: per child what to ask, with which document, and what to do next."""

from dataclasses import dataclass

from ecegateway.contract import Exportable
from ecegateway.export.names import full_name, plain_spelling
from ecegateway.export.pages import render_page
from ecegateway.model.nsn_request import NsnRequest


@dataclass(frozen=True, slots=True)
class Card:
    """One child's request, ready to read."""

    request: NsnRequest
    name: str
    plain_spelling: str | None


def nsn_page(exportable: Exportable) -> bytes:
    """The bytes of ``nsn-requests.html``."""
    cards = [Card(request, full_name(request), plain_spelling(request)) for request in exportable.nsn_requests]
    return render_page(
        "nsn-requests.html",
        exportable,
        cards=cards,
        wanting=sum(request.path != "verify" for request in exportable.nsn_requests),
        unverified=sum(request.path == "verify" for request in exportable.nsn_requests),
        held_minutes=sum(request.hours_held_minutes for request in exportable.nsn_requests),
    )
