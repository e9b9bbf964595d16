"""What a row that cannot be read, a hostile plugin, a second pull and a later change must not do to the evidence."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, cast

from ecegateway.contract import Answer, Deletion, Draft, Feed, Page, Refusal
from ecegateway.evidence.record import State
from ecegateway.evidence.store import Evidence
from ecegateway.flows.pull import pull_all
from ecegateway.flows.quarantine import retry_quarantine
from ecegateway.flows.report import Progress
from tests.flows.pulling import NOW, Sleeps, config_of, pull_tiny, stored, sums
from tests.support.faults import FaultServer
from tests.support.tiny import TinyPlugin, TinySource, TinyVendor, note, plugins_with

ROWS = [note(n) for n in range(40)]
SNAPSHOT = {"snapshot": True}


def states(evidence: Evidence) -> dict[str, State]:
    return {key: state for key, _, state, _ in stored(evidence)}


@dataclass(frozen=True)
class Keyed(TinySource):
    """Refuses every note whose text is blank, and gives its key when asked to."""

    snapshot: bool = True
    keyed: bool = True

    def read(self, feed: Feed, answer: Answer) -> Page:
        page = super().read(feed, answer)
        return replace(page, items=[self._refused(item) for item in page.items])

    def _refused(self, item: Draft | Deletion | Refusal) -> Draft | Deletion | Refusal:
        if not isinstance(item, Draft) or item.fields["text"]:
            return item
        return Refusal(item.row, "Text of note", "the text is blank", item.fields["key"] if self.keyed else None)


def snapshots(evidence: Evidence, *pulls: Sequence[dict[str, Any]], keyed: bool) -> list[tuple[int, int]]:
    """Quarantined and missing, pull by pull."""
    vendor = TinyVendor([])
    plugin = TinyPlugin(source=Keyed(keyed=keyed))
    told = []
    with FaultServer(vendor.answer) as server:
        for rows in pulls:
            vendor.rows = list(rows)
            counts = pull_tiny(evidence, config_of(server.url), plugin=plugin).counts
            told.append((counts.quarantined, counts.missing))
    return told


def test_a_refused_row_that_gives_its_key_is_unread_while_a_vanished_one_is_missing(evidence: Evidence) -> None:
    later = [note(0, ""), *ROWS[2:]]
    assert snapshots(evidence, ROWS, later, keyed=True) == [(0, 0), (1, 1)]
    assert (states(evidence)["n0"], states(evidence)["n1"]) == (State.PRESENT, State.MISSING)


def test_while_a_refused_row_may_be_anyones_nobody_is_missing(evidence: Evidence) -> None:
    later = [note(0, ""), *ROWS[2:]]
    assert snapshots(evidence, ROWS, later, ROWS[2:], keyed=False) == [(0, 0), (1, 0), (0, 2)]
    assert (states(evidence)["n0"], states(evidence)["n1"]) == (State.MISSING, State.MISSING)


@dataclass(frozen=True)
class Leaves(TinySource):
    """Tries to end the whole run."""

    def read(self, feed: Feed, answer: Answer) -> Page:  # noqa: ARG002
        raise SystemExit(3)


@dataclass(frozen=True)
class Miscounts(TinySource):
    def read(self, feed: Feed, answer: Answer) -> Page:
        return replace(super().read(feed, answer), expected=cast("Any", "5"))


@dataclass(frozen=True, eq=False)
class Two(TinyPlugin):
    """The good source for one configuration, the bad one for another."""

    bad: TinySource = field(default_factory=TinySource)

    def create(self, settings: Any) -> TinySource:
        return self.bad if settings.get("bad") else TinySource()


def test_a_plugin_that_leaves_or_miscounts_takes_no_other_source_with_it(evidence: Evidence) -> None:
    for bad in (Leaves(), Miscounts()):
        with FaultServer(TinyVendor(ROWS).answer) as server:
            configs = [config_of(server.url, "hostile", settings={"bad": True}), config_of(server.url, "sound")]
            hostile, sound = pull_all(evidence, plugins_with(Two(bad=bad)), configs, lambda: NOW, sleep=Sleeps())
        assert hostile.failure is not None
        assert "tiny" in str(hostile.failure)
        assert sound.failure is None
    assert len(stored(evidence)) == 40


def test_a_second_pull_of_a_source_is_refused_while_the_first_runs(evidence: Evidence) -> None:
    told = []
    with FaultServer(TinyVendor(ROWS).answer) as server:
        config = config_of(server.url)

        def meanwhile(progress: Progress) -> None:
            if progress.pages == 2:
                told.append(str(pull_tiny(evidence, config).failure))

        first = pull_tiny(evidence, config, watch=meanwhile)
        afterwards = pull_tiny(evidence, config)
    assert told == ["source 'tiny-one': another pull of it is running; wait for it to end, then pull again"]
    assert (first.failure, afterwards.failure) == (None, None)
    assert sums(first) == (40, 40, 0, 0)


def test_a_release_is_worth_nothing_once_the_store_has_changed(evidence: Evidence) -> None:
    vendor = TinyVendor(ROWS)
    with FaultServer(vendor.answer) as server:
        config = config_of(server.url, settings=SNAPSHOT)
        pull_tiny(evidence, config)
        vendor.rows = ROWS[20:]
        (feed,) = pull_tiny(evidence, config).held
        assert feed.held is not None
        evidence.decide(feed.held.hold, "Mererangi", "the roll was split", NOW)
        vendor.rows = [note(n) for n in range(45)]
        assert pull_tiny(evidence, config).held == ()
        vendor.rows = ROWS[20:]
        assert len(pull_tiny(evidence, config).held) == 1
    assert set(states(evidence).values()) == {State.PRESENT}


def test_a_row_the_vendor_has_since_deleted_does_not_come_back_from_quarantine(evidence: Evidence) -> None:
    vendor = TinyVendor([note(0), note(1, "")])
    with FaultServer(vendor.answer) as server:
        config = config_of(server.url)
        pull_tiny(evidence, config)
        vendor.rows = [note(0), {"gone": "n1"}]
        pull_tiny(evidence, config)
        mended = TinyPlugin(source=_Mended())
        report = retry_quarantine(evidence, plugins_with(mended), config, lambda: NOW + timedelta(hours=1))
    assert "stored" not in report.outcomes
    assert states(evidence).get("n1") is not State.PRESENT


@dataclass(frozen=True)
class _Mended(TinySource):
    def read(self, feed: Feed, answer: Answer) -> Page:
        page = super().read(feed, answer)
        items = [
            i._replace(fields={**i.fields, "text": i.fields["text"] or "(blank)"}) if isinstance(i, Draft) else i
            for i in page.items
        ]
        return replace(page, items=items)
