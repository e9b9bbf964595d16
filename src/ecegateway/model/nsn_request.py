"""A request for a National Student Number, as a value."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from ecegateway.model.ids import ChildKey, EvidenceId, ServiceNumber


@dataclass(frozen=True, slots=True)
class NsnRequest:
    """What the service asks the Ministry for one child who has no number.

    ``path`` is ``search`` when an identity document was sighted (search, then create only on no match), ``unverified``
    when none was: the service telephones for an unverified number and has the document follow.
    ``given_names`` is ``("~",)`` for a person with a single name. ``problems`` lists what must be put right first.

    Source: ECE Funding Handbook 6-1.
    """

    service: ServiceNumber
    child: ChildKey
    path: Literal["search", "unverified"]
    family_name: str
    given_names: tuple[str, ...]
    birth_date: date
    gender: str | None
    document_sighted: str | None
    document_sighted_on: date | None
    hours_held_minutes: int
    problems: tuple[str, ...]
    evidence: tuple[EvidenceId, ...]
