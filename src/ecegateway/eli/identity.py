"""Who a child is: number, official names, birth date, gender; and what families say of ethnicity, iwi and languages.

Source: ECE Funding Handbook 14-1 (what is collected of each child); name characters, ``~`` for a single name and room for three
given names are from public help pages and the public transcription, not from a Ministry specification.
"""

import unicodedata
from collections.abc import Iterator

from ecegateway.eli.ids import entity_id
from ecegateway.eli.telling import IN_THE_RECORD, Told, tell
from ecegateway.facts.types import ChildFacts
from ecegateway.model.eli import Family, Held, said
from ecegateway.model.ids import ChildKey

SINGLE_NAME = "~"
"""Stands for the given name of a person who has a single name."""
_ROOM_FOR_GIVEN_NAMES = 3


def who(child: ChildFacts) -> Iterator[Told]:
    """The child's identity, or why nothing of the child can be said.

    Source: the Ministry's notice of September 2017: without a National Student Number no enrolment, booking or attendance.
    """
    number = child.number.record.nsn if child.number is not None else None
    if number is None:
        fix = "ask for the number; `ecegateway export` writes the requests (NSN requests)"
        yield Held(child.key, None, None, "the child has no National Student Number", fix)
        return
    if child.identity is None:
        fix = f"give the child a record with names and birth date: {IN_THE_RECORD}"
        yield Held(child.key, None, None, "no record says who the child is", fix)
        return
    record = child.identity.record
    given = [_composed(name) for name in record.given_names] or [SINGLE_NAME]
    first, second, third = (*given, None, None)[:_ROOM_FOR_GIVEN_NAMES]
    content = said(
        Family.IDENTITY,
        ChildEntityId=entity_id(child.key),
        NationalStudentNumber=number,
        OfficialFamilyName=_composed(record.family_name),
        OfficialGiven1Name=first,
        OfficialGiven2Name=second,
        OfficialGiven3Name=third,
        ChildBirthDate=record.birth_date.isoformat(),
        GenderCode=record.gender,
    )
    for told in tell(Family.IDENTITY, entity_id(child.key), child.key, record.birth_date, content):
        yield told if not isinstance(told, Held) else Held(child.key, None, None, told.reason, told.fix)
    if len(given) > _ROOM_FOR_GIVEN_NAMES:
        reason = f"there are more than {_ROOM_FOR_GIVEN_NAMES} given names; the event has room for the first of them only"
        yield Held(child.key, Family.IDENTITY, entity_id(child.key), reason, "nothing to do here", holds=False)


def demographics(child: ChildFacts) -> Iterator[Told]:
    """Ethnic groups, iwi and home languages, up to three of each; the first ethnic group and language must be there."""
    if child.identity is None:
        return
    record = child.identity.record
    entity = demographics_id(child.key)
    codes: dict[str, str] = {}
    for name, given in (
        ("EthnicGroup{}Code", record.ethnicities),
        ("Iwi{}Code", record.iwi),
        ("HomeLanguage{}Code", record.home_languages),
    ):
        codes |= {name.format(number): code for number, code in enumerate(given, 1)}
    content = said(Family.DEMOGRAPHICS, ChildDemographicsEntityId=entity, ChildEntityId=entity_id(child.key), **codes)
    yield from tell(Family.DEMOGRAPHICS, entity, child.key, record.birth_date, content)


def demographics_id(child: ChildKey) -> str:
    """The id of what a family says of a child."""
    return entity_id("demographics", child)


def _composed(name: str) -> str:
    """One letter with a macron, and a letter and a combining one, are the same name. Records compose theirs already."""
    return unicodedata.normalize("NFC", name).strip()
