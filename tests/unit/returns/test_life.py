"""Every state against every step, as one table; and what is known of attempts to hand a return over."""

from collections.abc import Iterable
from itertools import product

import pytest

from ecegateway.outbound import Outcome
from ecegateway.returns.life import Handing, ReturnState, Standing, Step, handing, is_open, may
from ecegateway.returns.way_on import way_on

V, A, S, H = Step.VALIDATED, Step.ATTESTED, Step.SIGNED, Step.SUBMITTED
SIGNED = (V, A, S)


def stands(*steps: Step, handing: Handing = Handing.NOT_TRIED, attests: bool = True, overtaken: bool = False) -> Standing:
    return Standing(7, frozenset(steps), handing, attests, overtaken)


STANDINGS: dict[str, tuple[Standing, ReturnState, str]] = {
    "draft": (stands(), ReturnState.DRAFT, "validated withdrawn"),
    "validated, salaries asked": (stands(V), ReturnState.VALIDATED, "attested withdrawn"),
    "validated, none asked": (stands(V, attests=False), ReturnState.VALIDATED, "signed withdrawn"),
    "attested": (stands(V, A), ReturnState.ATTESTED, "signed withdrawn"),
    "signed": (stands(*SIGNED), ReturnState.SIGNED, "submitted withdrawn"),
    "signed, none asked": (stands(V, S, attests=False), ReturnState.SIGNED, "submitted withdrawn"),
    "not sent": (stands(*SIGNED, H, handing=Handing.NOT_SENT), ReturnState.SUBMITTED, "submitted withdrawn"),
    "unknown": (stands(*SIGNED, H, handing=Handing.UNKNOWN), ReturnState.SUBMITTED, "submitted received rejected"),
    "there": (stands(*SIGNED, H, handing=Handing.THERE), ReturnState.SUBMITTED, "submitted received rejected"),
    "laid out": (stands(*SIGNED, H, handing=Handing.LAID_OUT), ReturnState.SUBMITTED, "submitted received rejected"),
    "accepted": (stands(*SIGNED, H, handing=Handing.ACCEPTED), ReturnState.RECEIVED, ""),
    "refused": (stands(*SIGNED, H, handing=Handing.REJECTED), ReturnState.REJECTED, ""),
    "received, says a person": (
        stands(*SIGNED, H, Step.RECEIVED, handing=Handing.LAID_OUT), ReturnState.RECEIVED, "",
    ),
    "rejected, says a person": (
        stands(*SIGNED, H, Step.REJECTED, handing=Handing.LAID_OUT), ReturnState.REJECTED, "",
    ),
    "draft, a later one made": (stands(overtaken=True), ReturnState.SUPERSEDED, ""),
    "received, a later one taken": (
        stands(*SIGNED, H, handing=Handing.ACCEPTED, overtaken=True), ReturnState.SUPERSEDED, "",
    ),
    "withdrawn draft": (stands(V, Step.WITHDRAWN), ReturnState.WITHDRAWN, ""),
    "withdrawn, a later one made": (stands(*SIGNED, Step.WITHDRAWN, overtaken=True), ReturnState.WITHDRAWN, ""),
}  # fmt: skip
"""Where a return may stand, the state that is, and the steps it may take."""


@pytest.mark.parametrize("name", STANDINGS)
def test_each_state_lets_through_its_steps_and_no_other(name: str) -> None:
    standing, state, allowed = STANDINGS[name]
    assert standing.state is state
    assert " ".join(step for step in Step if may(step, standing) is None) == allowed


def test_every_state_stands_in_the_table() -> None:
    assert {state for _, state, _ in STANDINGS.values()} == set(ReturnState)
    assert {standing.handing for standing, _, _ in STANDINGS.values()} == set(Handing)


def test_whoever_is_refused_is_told_why_and_what_to_do() -> None:
    for (standing, state, allowed), step in product(STANDINGS.values(), Step):
        refusal = may(step, standing)
        if step.value not in allowed.split():
            assert refusal is not None
            assert refusal.why.startswith("return 7 ")
            assert state.value in refusal.why or state is ReturnState.SUBMITTED
            assert "`ecegateway return " in str(refusal) or "ecegateway return" in refusal.fix
            assert "{" not in str(refusal)


def test_signing_waits_for_the_attestation_and_no_other_service_is_asked_for_one() -> None:
    assert "attested first" in str(may(S, stands(V)))
    assert "attests no salaries" in str(may(A, stands(V, attests=False)))


def test_a_return_is_open_until_somebody_has_put_their_name_to_it() -> None:
    assert {state for state in ReturnState if is_open(state)} == {
        *(ReturnState.DRAFT, ReturnState.VALIDATED, ReturnState.ATTESTED)
    }


@pytest.mark.parametrize(
    ("outcomes", "known"),
    [
        ([], Handing.NOT_TRIED),
        ([None], Handing.UNKNOWN),
        ([Outcome.NOT_SENT], Handing.NOT_SENT),
        ([Outcome.NOT_SENT, None], Handing.UNKNOWN),
        ([None, Outcome.UNKNOWN, Outcome.NOT_SENT], Handing.NOT_SENT),
        ([Outcome.UNKNOWN, Outcome.RECEIVED], Handing.THERE),
        ([Outcome.LAID_OUT], Handing.LAID_OUT),
        ([Outcome.RECEIVED, Outcome.ACCEPTED], Handing.ACCEPTED),
        ([Outcome.ACCEPTED, None, Outcome.NOT_SENT], Handing.ACCEPTED),
        ([Outcome.REJECTED, None], Handing.REJECTED),
    ],
)
def test_the_newest_attempt_says_what_is_known_and_a_decision_stands(
    outcomes: Iterable[Outcome | None], known: Handing
) -> None:
    assert handing(list(outcomes)) is known


def test_what_comes_next_is_a_step_that_may_be_taken() -> None:
    verbs = {
        "validate": Step.VALIDATED,
        "attest": Step.ATTESTED,
        "sign": Step.SIGNED,
        "submit": Step.SUBMITTED,
        "ask": Step.RECEIVED,
        "receive": Step.RECEIVED,
    }
    for standing, state, allowed in STANDINGS.values():
        found = way_on(standing, "Aroha")
        if found is None:
            assert state in (ReturnState.RECEIVED, ReturnState.REJECTED, ReturnState.SUPERSEDED, ReturnState.WITHDRAWN)
            continue
        verb = found.command.split()[2]
        assert verbs[verb].value in allowed


def test_whoever_prepared_it_is_named_where_somebody_else_signs() -> None:
    assert str(way_on(stands(V, A), "Aroha")) == (
        "somebody other than Aroha signs: `ecegateway return sign 7 --by NAME --phone NUMBER --designation WORDS`"
    )
