"""Pulls over real sockets, in good weather and bad, on both stores."""

import gc

import pytest

from ecegateway.contract import OAuth2ClientCredentials
from ecegateway.evidence.store import Evidence
from ecegateway.flows.pull import pull_all
from ecegateway.flows.report import Progress
from tests.flows.pulling import NOW, Sleeps, config_of, pull_tiny, stored, sums
from tests.support import faults
from tests.support.faults import Fault, FaultServer
from tests.support.tiny import TinyPlugin, TinyVendor, note, plugins_with

ROWS = [note(n) for n in range(23)]
ALL_KEYS = [f"n{n}" for n in range(23)]


def test_everything_is_stored_once_and_a_second_pull_finds_nothing_new(evidence: Evidence) -> None:
    with FaultServer(TinyVendor(ROWS).answer) as server:
        assert sums(pull_tiny(evidence, config_of(server.url))) == (23, 23, 0, 0)
        second = pull_tiny(evidence, config_of(server.url))
    assert second.failure is None
    assert second.counts.stored == 0
    assert second.counts.read == second.counts.unchanged
    assert [key for key, *_ in stored(evidence)] == ALL_KEYS


def test_a_changed_row_becomes_a_second_version(evidence: Evidence) -> None:
    vendor = TinyVendor(ROWS[:3])
    with FaultServer(vendor.answer) as server:
        pull_tiny(evidence, config_of(server.url))
        vendor.rows = [note(0), note(1, "Kapa haka after lunch"), {"gone": "n2"}]
        assert sums(pull_tiny(evidence, config_of(server.url))) == (3, 2, 1, 0)
    assert [(key, version, str(state)) for key, version, state, _ in stored(evidence)][3:] == [
        ("n1", 2, "present"),
        ("n2", 2, "deleted"),
    ]


ONE_BAD_ANSWER: dict[str, Fault] = {
    "cut short": faults.cut_short,
    "cut in a chunk": faults.cut_chunked,
    "connection reset": faults.reset,
    "not HTTP": faults.not_http,
    "web page with 200": faults.web_page,
    "nothing with 200": faults.no_body,
    "gzip cut short": faults.gzip_cut,
    "429": faults.says(429, "Retry-After: 7"),
    "503": faults.says(503),
    "409": faults.says(409),
}


@pytest.mark.parametrize("page", [0, 2, 4], ids=["first", "middle", "last"])
@pytest.mark.parametrize("fault", ONE_BAD_ANSWER.values(), ids=ONE_BAD_ANSWER)
def test_one_bad_answer_loses_and_doubles_nothing(evidence: Evidence, fault: Fault, page: int) -> None:
    with FaultServer(TinyVendor(ROWS).answer, {page: fault}) as server:
        report = pull_tiny(evidence, config_of(server.url))
    assert report.failure is None
    assert sums(report) == (23, 23, 0, 0)
    assert [key for key, *_ in stored(evidence)] == ALL_KEYS


LASTING: dict[str, tuple[Fault, str]] = {
    "cut short": (faults.cut_short, "cut short"),
    "web page with 200": (faults.web_page, "a web page came instead of data"),
    "nothing with 200": (faults.no_body, "the answer is empty"),
    "redirect to another host": (faults.says(302, "Location: http://evil.example/"), "redirects (302)"),
    "forbidden": (faults.says(403), "answers 403"),
    "gone": (faults.says(410), "answers 410"),
    "server fault": (faults.says(500), "answers 500"),
    "gzip bomb": (faults.gzip_bomb, "inflates to more than 100 times"),
}


@pytest.mark.parametrize(("fault", "words"), LASTING.values(), ids=LASTING)
def test_a_lasting_fault_is_told_plainly_and_the_next_pull_goes_on(evidence: Evidence, fault: Fault, words: str) -> None:
    with FaultServer(TinyVendor(ROWS).answer, dict.fromkeys(range(2, 12), fault)) as server:
        report = pull_tiny(evidence, config_of(server.url))
        assert report.failure is not None
        assert words in report.failure
        assert sums(report) == (10, 10, 0, 0)
        server.faults = {}
        assert pull_tiny(evidence, config_of(server.url)).counts.stored == 13
    assert [key for key, *_ in stored(evidence)] == ALL_KEYS


def test_the_vendors_wish_to_wait_is_kept(evidence: Evidence) -> None:
    sleeps = Sleeps()
    with FaultServer(TinyVendor(ROWS).answer, {1: faults.says(429, "Retry-After: 7")}) as server:
        pull_tiny(evidence, config_of(server.url), sleeps=sleeps)
    assert sleeps.seconds == [7]


def test_a_wait_beyond_the_pulls_time_ends_it_at_once(evidence: Evidence) -> None:
    sleeps = Sleeps()
    with FaultServer(TinyVendor(ROWS).answer, {1: faults.says(429, "Retry-After: 900")}) as server:
        report = pull_tiny(evidence, config_of(server.url, limits={"pull_seconds": 60}), sleeps=sleeps)
    assert sleeps.seconds == []
    assert "no time is left to try again" in str(report.failure)


@pytest.mark.parametrize("drip", [faults.drip_body, faults.drip_head], ids=["body", "head"])
def test_a_slow_drip_ends_by_the_deadline(evidence: Evidence, drip: Fault) -> None:
    with FaultServer(TinyVendor(ROWS).answer, {0: drip}) as server:
        report = pull_tiny(evidence, config_of(server.url, limits={"request_seconds": 0.3, "attempts": 1}))
    assert "no whole answer within the deadline" in str(report.failure)


def test_a_pull_that_lasts_too_long_ends_and_keeps_what_came(evidence: Evidence) -> None:
    with FaultServer(TinyVendor(ROWS).answer, {2: faults.drip_body}) as server:
        report = pull_tiny(evidence, config_of(server.url, limits={"pull_seconds": 0.7}))
    assert report.failure is not None
    assert report.counts.stored == 10


def test_an_expired_token_is_renewed_mid_way(evidence: Evidence, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TINY_SECRET", "hush")
    vendor = TinyVendor(ROWS, token_uses=2)
    plugin = TinyPlugin(OAuth2ClientCredentials("/token", "read"))
    with FaultServer(vendor.answer) as server:
        config = config_of(server.url, client_id="env:TINY_SECRET", client_secret="env:TINY_SECRET")
        report = pull_tiny(evidence, config, plugin=plugin)
    assert report.failure is None
    assert sums(report) == (23, 23, 0, 0)
    assert vendor.tokens == 3


def test_a_token_that_never_works_is_renewed_once_and_then_told(evidence: Evidence, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TINY_SECRET", "hush")
    vendor = TinyVendor(ROWS, token_uses=0)
    plugin = TinyPlugin(OAuth2ClientCredentials("/token"))
    with FaultServer(vendor.answer) as server:
        config = config_of(server.url, client_id="env:TINY_SECRET", client_secret="env:TINY_SECRET")
        report = pull_tiny(evidence, config, plugin=plugin)
    assert "answers 401" in str(report.failure)
    assert "hush" not in str(report.failure)
    assert vendor.tokens == 2


def test_an_empty_page_in_the_middle_is_asked_for_again(evidence: Evidence) -> None:
    vendor = TinyVendor(ROWS, empty_once={2})
    with FaultServer(vendor.answer) as server:
        report = pull_tiny(evidence, config_of(server.url))
    assert sums(report) == (23, 23, 0, 0)


def test_a_body_that_ends_with_the_connection_counts_only_with_the_vendors_own_count(evidence: Evidence) -> None:
    with FaultServer(TinyVendor(ROWS, counted=False).answer, {0: faults.until_close}) as server:
        assert sums(pull_tiny(evidence, config_of(server.url, limits={"attempts": 1}))) == (0, 0, 0, 0)
    with FaultServer(TinyVendor(ROWS, counted=True).answer, {0: faults.until_close}) as server:
        assert sums(pull_tiny(evidence, config_of(server.url, limits={"attempts": 1}))) == (23, 23, 0, 0)


def test_a_cursor_loop_ends_with_a_clear_error(evidence: Evidence) -> None:
    with FaultServer(TinyVendor(ROWS, loop_to={3: 1}).answer) as server:
        report = pull_tiny(evidence, config_of(server.url))
    assert "cursor loop" in str(report.failure)
    assert report.counts.stored == 15  # the page that leads back is not stored: its cursor must not be kept


def test_a_repeated_page_ends_with_a_clear_error_and_is_not_stored_twice(evidence: Evidence) -> None:
    with FaultServer(TinyVendor(ROWS, loop_to={2: 3}, repeat={3: 2}).answer) as server:
        report = pull_tiny(evidence, config_of(server.url))
    assert "repeated page" in str(report.failure)
    assert sums(report) == (15, 15, 0, 0)


def test_a_page_repeated_in_a_new_wrapping_is_known_by_what_it_says(evidence: Evidence) -> None:
    """The vendor's cursor moves on while its rows do not: the next page's rows would be lost without a word."""
    with FaultServer(TinyVendor(ROWS, loop_to={3: 4}, repeat={3: 2}).answer) as server:
        report = pull_tiny(evidence, config_of(server.url))
    assert "repeated page" in str(report.failure)
    assert sums(report) == (15, 15, 0, 0)


class Stop(BaseException):
    """The interruption of a person."""


@pytest.mark.parametrize("page", range(1, 6))
def test_interrupted_after_any_page_and_run_again_the_result_is_the_same(evidence: Evidence, page: int) -> None:
    def stop(progress: Progress) -> None:
        if progress.pages == page:
            raise Stop

    with FaultServer(TinyVendor(ROWS).answer) as server:
        with pytest.raises(Stop):
            pull_tiny(evidence, config_of(server.url), watch=stop)
        pull_tiny(evidence, config_of(server.url))
    assert [key for key, *_ in stored(evidence)] == ALL_KEYS


def test_one_source_failing_leaves_the_others_standing(evidence: Evidence) -> None:
    with FaultServer(TinyVendor(ROWS).answer) as good, FaultServer(TinyVendor(ROWS).answer) as bad:
        bad.always(faults.says(403))
        configs = [config_of(bad.url, "broken"), config_of("ftp://nowhere", "misspelt"), config_of(good.url, "sound")]
        reports = pull_all(evidence, plugins_with(TinyPlugin()), configs, lambda: NOW, sleep=Sleeps())
    assert [(report.source, report.failure is None) for report in reports] == [
        ("broken", False),
        ("misspelt", False),
        ("sound", True),
    ]
    assert reports[2].counts.stored == 23


def test_bad_rows_are_set_apart_with_their_place_and_neighbours_are_kept(evidence: Evidence) -> None:
    rows = [
        note(0),
        note(1) | {"text": ""},
        note(2, service="20517"),
        note(3) | {"day": "Mererangi"},
        {"garbled": 1},
        note(4) | {"nickname": "Ngāio"},
        {"gone": None},
        note(5, "a\0b"),
        note(6),
    ]
    with FaultServer(TinyVendor(rows, size=20).answer) as server:
        report = pull_tiny(evidence, config_of(server.url))
        again = pull_tiny(evidence, config_of(server.url))
    assert sums(report) == (9, 2, 0, 7)
    assert sums(again) == (9, 0, 2, 7)
    entries = evidence.open_quarantine()
    assert [(e.what.row, e.what.column) for e in sorted(entries, key=lambda e: e.what.row)] == [
        (2, "Text of note"),
        (3, "service"),
        (4, "day"),
        (5, "Text"),
        (6, None),
        (7, None),
        (8, None),
    ]
    told = " ".join(e.what.reason for e in entries)
    assert not [word for word in ("Mererangi", "Ngāio", "nickname", "Karakia") if word in told]


def test_after_a_pull_the_search_for_cycles_is_as_it_was(evidence: Evidence) -> None:
    with FaultServer(TinyVendor(ROWS).answer, {0: faults.says(403)}) as server:
        for _ in range(2):
            pull_tiny(evidence, config_of(server.url))
            assert gc.isenabled()
            assert gc.get_freeze_count() == 0
