"""PostgreSQL killed under load, or cut off in a commit: nothing acknowledged is lost, and nothing unanswered assumed."""

from tests.crash.campaign import Attempt, run
from tests.crash.clusters import BACKEND, CLIENTS, CLUSTER, CUT
from tests.crash.kinds import Kind
from tests.crash.tally import Wrong
from tests.crash.tiers import QUICK, SEED


def test_killed_under_load_or_cut_off_in_a_commit_nothing_is_lost_or_doubled(vendor: str) -> None:
    (tally,) = run([Attempt(Kind.SERVERS, "all", QUICK.postgres)], SEED, vendor)
    assert tally.injected == dict.fromkeys((BACKEND, CLIENTS, CLUSTER, CUT), QUICK.postgres)
    assert tally.shown == []


def test_a_server_that_acknowledges_too_early_is_found_to_lose(vendor: str) -> None:
    (tally,) = run([Attempt(Kind.CARELESS, "all", QUICK.postgres)], SEED, vendor)
    assert tally.wrong[Wrong.LOST] > 0
