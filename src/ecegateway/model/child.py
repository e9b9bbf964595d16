"""Records about a child: identity, and the National Student Number kept apart from it."""

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints

from ecegateway.model.ids import ChildKeyField, SourceName
from ecegateway.model.record import Name, Part, Record, ShortText

Code = Annotated[str, StringConstraints(min_length=1, max_length=10)]
NsnText = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,18}$")]
"""A National Student Number is text of digits: its check digit is not public, so none is enforced."""

STUDENT_INDEX = SourceName("student-index")
"""The built-in source of numbers; its records are of ``student-index.kowhai``, by whose keys they use: no name in settings."""


def is_student_index(source: SourceName) -> bool:
    """Whether a source is the built-in one of numbers: the student index's answers, and people's word about numbers."""
    return source.partition(".")[0] == STUDENT_INDEX


class Address(Part):
    """A residential address."""

    line1: ShortText
    line2: ShortText | None = None
    city: ShortText
    postcode: ShortText | None = None


class Child(Record):
    """A child as the service knows them; ``key`` is the child's key.

    Official names are as on the identity document; a person with a single name has it as family name and no given names.
    """

    stream: ClassVar[str] = "child"

    family_name: Name
    given_names: tuple[Name, ...] = ()
    preferred_name: Name | None = None
    birth_date: date
    gender: Code | None = None
    address: Address | None = None
    ethnicities: Annotated[tuple[Code, ...], Field(max_length=3)] = ()
    iwi: Annotated[tuple[Code, ...], Field(max_length=3)] = ()
    home_languages: Annotated[tuple[Code, ...], Field(max_length=3)] = ()


class StudentNumber(Record):
    """What is known of a child's National Student Number and of the document that proves who they are.

    A stream of its own, because the system that holds a child's names is often not the one that holds the number.
    ``replaces`` is the number this one takes the place of: merged into it, or recorded in error. ``document_asked_on`` is the
    day the family was asked for a document nobody has sighted yet.

    Source: ECE Funding Handbook 6-1 (identity documents, unverified numbers).
    """

    stream: ClassVar[str] = "student_number"

    child: ChildKeyField
    nsn: NsnText | None = None
    verification: Literal["unverified", "passport", "birth certificate", "other"] | None = None
    document_sighted: ShortText | None = None
    document_sighted_on: date | None = None
    document_asked_on: date | None = None
    replaces: NsnText | None = None
