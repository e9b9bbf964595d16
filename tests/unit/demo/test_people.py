"""Nobody in the invented world has a name that does not stand in the one list of people."""

import tomllib
import unicodedata
from importlib.resources import files

from ecegateway.demo.people import cast
from ecegateway.demo.world import KOTUKU, PUAWAI, World
from ecegateway.model.child import Child, StudentNumber
from ecegateway.model.people import Person
from tests.unit.demo.worlds import everything


def listed() -> set[tuple[tuple[str, ...], str]]:
    found: set[tuple[tuple[str, ...], str]] = set()
    for service in (PUAWAI, KOTUKU):
        people = cast(service)
        grown_up = (*people.guardians, *people.staff, *people.visitors, people.administrator)
        found |= {((adult.given,), adult.family) for adult in grown_up}
        found |= {(child.given, child.family) for child in people.children.values()}
    return found


def composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def test_every_name_stands_in_the_list(world: World) -> None:
    known = listed()
    for record in everything(world):
        if isinstance(record, Person):
            assert record.given_names is not None
            assert record.family_name is not None
            assert ((record.given_names,), record.family_name) in known
        if isinstance(record, Child):
            assert (tuple(map(composed, record.given_names)), composed(record.family_name)) in known


def test_every_home_is_in_a_listed_street(world: World) -> None:
    streets = cast(PUAWAI).streets
    homes = [record.address for record in everything(world) if isinstance(record, Child)]
    assert all(home is not None and home.line1.split(" ", 1)[1] in streets for home in homes)


def test_the_list_is_stored_composed_and_names_nobody_twice() -> None:
    text = files("ecegateway.demo").joinpath("people.toml").read_text("utf-8")
    assert text == composed(text)
    book = tomllib.loads(text)
    names = [tuple(name) for family in book["family"] for name in family["guardians"]]
    names += [tuple(child) for family in book["family"] for child in family["children"].values()]
    assert len(names) == len(set(names))


def test_exactly_one_child_is_sent_decomposed(world: World) -> None:
    children = [record for record in everything(world) if isinstance(record, Child)]
    apart = {child.key for child in children if child.family_name != composed(child.family_name)}
    assert apart == {"c-1013"}


def test_exactly_one_child_has_a_single_name(world: World) -> None:
    assert {c.key for c in everything(world) if isinstance(c, Child) and not c.given_names} == {"c-1024"}


def test_student_numbers_are_plainly_invented_and_unique(world: World) -> None:
    numbers = [record.nsn for record in everything(world) if isinstance(record, StudentNumber) and record.nsn]
    assert all(len(number) == 9 and number.startswith("999") for number in numbers)
    assert len(numbers) == len(set(numbers))
