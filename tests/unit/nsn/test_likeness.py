"""Which records of the index are exact, near and somebody else's: case by case, and whatever the order and the spelling."""

import unicodedata
from collections.abc import Callable
from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecegateway.model.nsn_request import Likeness
from ecegateway.nsn.folding import for_search, plain, words
from ecegateway.nsn.likeness import likeness, weighed
from ecegateway.outbound import Candidate, Identity

BORN = date(2023, 8, 1)
WHO = Identity("Tūmanako", ("Mārama", "Aroha"), BORN, "F")


def candidate(
    family: str = "Tūmanako",
    given: tuple[str, ...] = ("Mārama", "Aroha"),
    born: date = BORN,
    gender: str = "F",
    *,
    score: int | None = None,
    nsn: str = "999000001",
) -> Candidate:
    return Candidate(nsn, Identity(family, given, born, gender), score, "active", "unverified")


def of(one: Candidate, who: Identity = WHO) -> Likeness:
    return likeness(who, one)[0]


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(candidate(), id="letter by letter"),
        pytest.param(candidate("Tumanako", ("Marama", "Aroha")), id="without macrons"),
        pytest.param(candidate("TŪMANAKO", ("MĀRAMA", "AROHA")), id="in capitals"),
        pytest.param(candidate(unicodedata.normalize("NFD", "Tūmanako")), id="decomposed"),
        pytest.param(candidate(given=("Mārama Aroha",)), id="given names in one field"),
        pytest.param(candidate(given=("Mārama-Aroha",)), id="with a hyphen"),
        pytest.param(candidate(gender="U"), id="gender unknown to the index"),
    ],
)
def test_the_same_names_and_birth_date_are_exact(one: Candidate) -> None:
    assert of(one) is Likeness.EXACT


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(candidate(given=("Mārama",)), id="middle name missing"),
        pytest.param(candidate(given=("Mārama", "A")), id="middle name an initial"),
        pytest.param(candidate(given=("M",)), id="given name an initial"),
        pytest.param(candidate(given=("Aroha", "Mārama")), id="given names in another order"),
        pytest.param(candidate("Aroha Tūmanako", ("Mārama",)), id="divided otherwise into given and family names"),
        pytest.param(candidate("Arohatūmanako", ("Mārama",)), id="run together"),
        pytest.param(candidate("Mārama", ("Tūmanako", "Aroha")), id="family and given name exchanged"),
        pytest.param(candidate("Tuumanako", ("Maarama", "Aroha")), id="long vowels written double"),
        pytest.param(candidate("Tumanoko"), id="one letter other in the family name"),
        pytest.param(candidate(given=("Maramma", "Aroha")), id="one letter more in the given name"),
        pytest.param(candidate(given=("Mraama", "Aroha")), id="two letters swapped"),
        pytest.param(candidate("Parata"), id="another family name"),
        pytest.param(candidate(gender="M"), id="exact but for the gender"),
        pytest.param(candidate(born=date(2023, 1, 8)), id="day and month swapped"),
        pytest.param(candidate(born=date(2023, 8, 2)), id="one digit of the day other"),
        pytest.param(candidate(born=date(2022, 8, 1)), id="one digit of the year other"),
        pytest.param(candidate(born=date(2023, 8, 10)), id="two neighbouring digits swapped"),
        pytest.param(candidate(given=("Mārama",), born=date(2023, 8, 2)), id="a digit other and no middle name"),
        pytest.param(candidate("Parata", ("Hēmi",), date(2021, 5, 5), score=100), id="definite, says the index"),
    ],
)
def test_what_a_person_could_take_for_the_child_is_near(one: Candidate) -> None:
    assert of(one) is Likeness.NEAR


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(candidate(given=("Hine", "Aroha")), id="a twin"),
        pytest.param(candidate(born=date(2022, 7, 1)), id="two digits of the birth date other"),
        pytest.param(candidate("Parata", born=date(2023, 8, 2)), id="another family name and a slip in the birth date"),
        pytest.param(candidate("Tumanoko", born=date(2023, 8, 2)), id="a slip in name and birth date"),
        pytest.param(candidate("Parata", ("Hēmi",)), id="only the birth date"),
        pytest.param(candidate("Parata", ("Hēmi",), score=99), id="only the birth date, scored high"),
    ],
)
def test_other_children_are_somebody_else(one: Candidate) -> None:
    assert of(one) is Likeness.OTHER


def test_one_slip_in_a_short_name_and_two_in_a_longer_one() -> None:
    short = Identity("Rei", ("Ana",), BORN, "F")
    assert of(candidate("Rei", ("Anu",)), short) is Likeness.NEAR
    assert of(candidate("Rei", ("Unu",)), short) is Likeness.OTHER
    assert of(candidate(given=("Moroma", "Aroha"))) is Likeness.NEAR
    assert of(candidate(given=("Morome", "Aroha"))) is Likeness.OTHER


def test_a_single_name_is_like_itself_and_near_the_same_name_with_another() -> None:
    single = Identity("Tūī", ("~",), BORN, "F")
    assert of(candidate("Tui", ()), single) is Likeness.EXACT
    assert of(candidate("Tui", ("~",)), single) is Likeness.EXACT
    assert of(candidate("Tui", ("Aroha",)), single) is Likeness.NEAR


def test_reasons_say_what_agrees_and_hold_no_name() -> None:
    _, reasons = likeness(WHO, candidate(given=("Mārama",), born=date(2023, 8, 2), gender="M", score=100))
    assert reasons == (
        "the same names but for order, a middle name or an initial",
        "a birth date a slip of the pen away",
        "another gender",
        "the index scores it 100",
    )


def test_names_are_folded_for_the_search_alone() -> None:
    who = Identity("O'Hārae", ("Āwhina-Mārie", "Ngāio", "Tāne", "Hīroa"), BORN, "F")
    asked = for_search(who)
    assert (asked.family_name, asked.given_names) == ("O'Harae", ("Awhina-Marie", "Ngaio", "Tane"))
    assert for_search(Identity("Tūī", (), BORN, "F")).given_names == ("~",)
    assert who.family_name == "O'Hārae"


def test_signs_of_other_scripts_stay() -> None:
    assert plain("शर्मा") == unicodedata.normalize("NFC", "शर्मा")
    assert words(["Nguyễn Thị"]) == ("nguyen", "thi")


NAMES = st.sampled_from(["Mārama", "Aroha", "Hēmi", "Tūmanako", "Parata", "O'Hārae", "Āwhina-Mārie", "Nguyễn", "Li", "~"])
IDENTITIES = st.builds(
    Identity,
    NAMES.filter(lambda name: name != "~"),
    st.lists(NAMES, min_size=1, max_size=3).map(tuple),
    st.dates(date(2019, 1, 1), date(2026, 1, 1)),
    st.sampled_from("FMU"),
)


@given(IDENTITIES)
def test_however_a_name_is_spelt_it_is_the_same_record(who: Identity) -> None:
    spelt = [
        Identity(*_spelt(who, form), who.birth_date, who.gender)
        for form in (str.upper, str.lower, plain, lambda name: unicodedata.normalize("NFD", name))
    ]
    for other in spelt:
        assert of(Candidate("1", other, None, "active", ""), who) is Likeness.EXACT


def _spelt(who: Identity, form: Callable[[str], str]) -> tuple[str, tuple[str, ...]]:
    return form(who.family_name), tuple(map(form, who.given_names))


@given(IDENTITIES, IDENTITIES)
def test_likeness_is_mutual(one: Identity, other: Identity) -> None:
    there = of(Candidate("1", other, None, "active", ""), one)
    back = of(Candidate("1", one, None, "active", ""), other)
    assert there is back


@given(
    st.lists(st.builds(candidate, st.sampled_from(["Tūmanako", "Parata"]), born=st.dates(date(2023, 7, 30), date(2023, 8, 3)))),
    st.randoms(),
)
def test_the_order_of_candidates_changes_no_verdict(found: list[Candidate], chance: Random) -> None:
    shuffled = list(found)
    chance.shuffle(shuffled)
    verdicts = [sorted(one.likeness.value for one in weighed(WHO, some)) for some in (found, shuffled)]
    assert verdicts[0] == verdicts[1]
    ranks = [list(Likeness).index(one.likeness) for one in weighed(WHO, found)]
    assert ranks == sorted(ranks)
