"""By which name a person is told, and who may sign for a child."""

from dataclasses import replace
from datetime import date

from ecegateway.evidence.record import Version
from ecegateway.facts.fold import fold
from ecegateway.facts.names import person_name, signatory_names
from ecegateway.facts.types import ServiceFacts
from ecegateway.model.ids import PersonKey, SourceName
from ecegateway.model.people import AuthorisedSignatory, Person
from tests.support.records import MONDAY, PERIOD, SERVICE, SOURCE, child, evidence, profile, stay, versions

MOTHER = Person(service=SERVICE, key="g1", role="guardian", given_names="Mererangi", family_name="Ngāio")
PAPER = SourceName("papers")
KEY = PersonKey("g1")


def facts(*more: Version, mother: Person = MOTHER) -> ServiceFacts:
    return fold(evidence([*versions([profile(), *child(), mother]), *more]), PERIOD.days)


def on_paper(*, space: SourceName) -> list[Version]:
    """A stay in another source, with that source's keys or with another's."""
    return [replace(version, key_space=space) for version in versions([stay(MONDAY)], source=PAPER)]


def signatory(person: str, first: date = MONDAY, last: date | None = None) -> AuthorisedSignatory:
    return AuthorisedSignatory(service=SERVICE, key=f"l-{person}", child="c1", person=person, first_day=first, last_day=last)


def test_a_person_is_told_by_name_and_by_key_where_none_is_known() -> None:
    assert person_name(facts(), KEY, SOURCE) == "Mererangi Ngāio"
    assert person_name(facts(), PersonKey("g9"), SOURCE) == "g9"
    assert person_name(facts(mother=MOTHER.model_copy(update={"given_names": None})), KEY, SOURCE) == "Ngāio"
    assert person_name(facts(mother=MOTHER.model_copy(update={"family_name": None})), KEY, SOURCE) == "Mererangi"
    nameless = MOTHER.model_copy(update={"given_names": None, "family_name": None})
    assert person_name(facts(mother=nameless), KEY, SOURCE) == "g1"


def test_a_folder_that_uses_a_systems_keys_speaks_of_the_same_people() -> None:
    assert person_name(facts(*on_paper(space=SOURCE)), KEY, PAPER) == "Mererangi Ngāio"


def test_equal_keys_of_two_systems_are_two_people() -> None:
    assert person_name(facts(*on_paper(space=PAPER)), KEY, PAPER) == "g1"


def test_signatories_are_named_while_their_authority_lasts() -> None:
    listed = versions([signatory("g1"), signatory("g9")])
    known = facts(*listed)
    (one,) = known.children
    assert signatory_names(known, one, MONDAY) == ("Mererangi Ngāio",)
    assert signatory_names(known, one, date(2026, 2, 8)) == ()
    ended = facts(*versions([signatory("g1", date(2026, 1, 1), MONDAY)]))
    assert signatory_names(ended, ended.children[0], MONDAY) == ("Mererangi Ngāio",)
    assert signatory_names(ended, ended.children[0], date(2026, 2, 10)) == ()
