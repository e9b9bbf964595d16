"""What every canonical record has: service, key, when the vendor recorded it, and who changed it.

Records are frozen pydantic models: they are the border between a vendor's words and ours, published as JSON Schema
in ``schemas/``. Absent facts are ``None``, never a default that looks like a fact.
"""

import unicodedata
from typing import Annotated, ClassVar

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, StringConstraints

from ecegateway.model.ids import PersonKeyField, RecordKeyField, ServiceNumberField

MAX_TEXT_LENGTH = 4000
"""Longest free text accepted in a record, in characters."""

Text = Annotated[str, StringConstraints(min_length=1, max_length=MAX_TEXT_LENGTH)]
ShortText = Annotated[str, StringConstraints(min_length=1, max_length=100)]


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


Name = Annotated[ShortText, AfterValidator(_composed)]
"""A name. One letter with a macron, and a letter followed by a combining one, are the same name: both are kept composed."""


class Part(BaseModel):
    """A piece of a record: frozen, with no field the contract does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Change(Part):
    """Who altered a record, when, and why, as the vendor's system tells it; absent for a first version.

    Source: ECE Funding Handbook 6-3, electronic attendance records criterion 5.
    """

    by: PersonKeyField | None = None
    at: AwareDatetime | None = None
    why: Text | None = None


class Record(Part):
    """The root of all canonical records."""

    stream: ClassVar[str]

    service: ServiceNumberField
    key: RecordKeyField
    recorded_at: AwareDatetime | None = None
    change: Change | None = None
