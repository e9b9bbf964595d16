"""What may come next: never a new record while anything like the child stands, whatever the order; a stage read from steps."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from ecegateway.model.nsn_request import Likeness, Stage
from ecegateway.nsn.documents import verifies
from ecegateway.nsn.following import masters
from ecegateway.nsn.likeness import weighed
from ecegateway.nsn.may import against_creation_after
from ecegateway.nsn.names import official_name
from ecegateway.nsn.steps import Kind, NsnStep, content_of, read_step
from ecegateway.nsn.way import search_stage, way
from ecegateway.outbound import Candidate, Identity, Merge, Reason
from tests.support.nsn import CHILD, NOW
from tests.support.records import SERVICE

WHO = Identity("Tūmanako", ("Mārama",), date(2023, 8, 1), "F")
FAMILIES = st.sampled_from(["Tūmanako", "Tumanoko", "Parata"])
GIVENS = st.lists(st.sampled_from(["Mārama", "Marama", "M", "Hēmi", "Aroha"]), min_size=1, max_size=2).map(tuple)
BIRTHS = st.sampled_from([date(2023, 8, 1), date(2023, 1, 8), date(2023, 8, 2), date(2020, 5, 17)])
STATUSES = st.sampled_from(["active", "inactive", "merged", "deceased"])
CANDIDATES = st.builds(
    Candidate,
    st.integers(999_000_000, 999_999_999).map(str),
    st.builds(Identity, FAMILIES, GIVENS, BIRTHS, st.sampled_from("FMU")),
    st.one_of(st.none(), st.integers(0, 100)),
    STATUSES,
    st.just("unverified"),
)


def searched(*candidates: Candidate, said: tuple[Reason, ...] = ()) -> NsnStep:
    return NsnStep(SERVICE, CHILD, Kind.SEARCHED, "Ngāio", NOW, asked=WHO, candidates=weighed(WHO, candidates), said=said)


@given(st.lists(CANDIDATES, max_size=5))
def test_nobody_is_created_while_any_candidate_is_exact_or_near_in_whatever_order(found: list[Candidate]) -> None:
    step = searched(*found)
    alike = any(one.likeness is not Likeness.OTHER for one in step.candidates)
    assert bool(against_creation_after(step)) is alike
    assert search_stage(searched(*reversed(found))) is search_stage(step)


@given(st.lists(CANDIDATES, min_size=1, max_size=5))
def test_a_step_is_kept_whole(found: list[Candidate]) -> None:
    step = searched(*found, said=(Reason("785", "no results"),))
    assert read_step(step.service, step.child, step.kind.value, step.by, step.at, content_of(step)) == step


def test_messages_of_the_index() -> None:
    assert search_stage(searched(said=(Reason("785", "none"),))) is Stage.NONE
    assert search_stage(searched()) is Stage.NONE
    assert search_stage(searched(said=(Reason("784", "too many"),))) is Stage.TOO_MANY
    assert search_stage(searched(said=(Reason("500", "?"),))) is Stage.UNCLEAR
    other = Candidate("1", Identity("Parata", ("Hēmi",), date(2020, 5, 17), "M"), 10, "active", "")
    assert search_stage(searched(other)) is Stage.NONE
    assert search_stage(searched(other, said=(Reason("784", "too many"),))) is Stage.TOO_MANY
    assert search_stage(searched(other, said=(Reason("1", "?"),))) is Stage.UNCLEAR


def test_a_way_begins_with_nothing_and_shows_the_newest_search() -> None:
    assert way(()).stage is Stage.NOTHING
    first = searched(said=(Reason("784", "too many"),))
    found = way((first, searched(said=(Reason("785", "none"),))))
    assert (found.stage, found.said, len(found.decisions)) == (Stage.NONE, ("785: none",), 2)


def test_documents_with_which_a_number_is_created() -> None:
    accepted = ["Birth certificate", "NZ passport", "New Zealand citizenship certificate", "Letter of confirmation"]
    assert [verifies(one) for one in accepted] == ["birth certificate", "passport", "other", "other"]
    assert [verifies(one) for one in ("bus card", "birth", "driver licence", "")] == [None] * 4


def test_merges_lead_to_the_number_that_stands_and_rings_lead_nowhere() -> None:
    chain = [Merge("1", "2"), Merge("2", "3"), Merge("9", "3")]
    assert masters(chain) == masters(reversed(chain)) == {"1": "3", "2": "3", "9": "3"}
    assert masters([Merge("1", "2"), Merge("2", "1"), Merge("7", "1")]) == {}


def test_official_names() -> None:
    assert all(map(official_name, ("~", "Ngāio", "O'Hārae", "Fa\u2018asavalu", "Mary-Jane", "Te Rangi Hīroa")))
    assert not any(map(official_name, ("", "R2D2", "A.", "-Mary", "Mary--Jane", "a b  c")))
