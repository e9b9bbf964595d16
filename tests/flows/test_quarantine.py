"""Quarantined rows are read again from kept bytes by the plugin of today."""

from dataclasses import dataclass, replace
from datetime import timedelta

from ecegateway.contract import Answer, Draft, Feed, Page
from ecegateway.evidence.store import Evidence
from ecegateway.flows.quarantine import RetryReport, retry_quarantine
from tests.flows.pulling import NOW, config_of, pull_tiny, stored, sums
from tests.support.faults import FaultServer
from tests.support.tiny import SERVICE, TinyPlugin, TinySource, TinyVendor, note, plugins_with

LATER = NOW + timedelta(hours=1)


@dataclass(frozen=True)
class Mended(TinySource):
    """A newer plugin, which has learned to read blank texts."""

    def read(self, feed: Feed, answer: Answer) -> Page:
        page = super().read(feed, answer)
        items = [
            item._replace(fields={**item.fields, "text": item.fields["text"] or "(blank)"}) if isinstance(item, Draft) else item
            for item in page.items
        ]
        return replace(page, items=items)


def retry(evidence: Evidence, url: str, plugin: TinyPlugin) -> RetryReport:
    return retry_quarantine(evidence, plugins_with(plugin), config_of(url), lambda: LATER)


def test_rows_that_are_now_good_are_stored_as_known_from_now_on(evidence: Evidence) -> None:
    rows = [note(0), note(1, ""), note(2, "")]
    with FaultServer(TinyVendor(rows).answer) as server:
        assert sums(pull_tiny(evidence, config_of(server.url))) == (3, 1, 0, 2)
        assert retry(evidence, server.url, TinyPlugin()).outcomes == {"still bad": 2}
        report = retry(evidence, server.url, TinyPlugin(source=Mended()))
    assert report.outcomes == {"stored": 2}
    assert evidence.open_quarantine() == []
    assert [key for key, *_ in stored(evidence)] == ["n0", "n1", "n2"]
    before = evidence.evidence_of(SERVICE, NOW)
    assert [version.key for version in before.versions] == ["n0"]


def test_an_old_row_never_comes_over_a_newer_version(evidence: Evidence) -> None:
    vendor = TinyVendor([note(0), note(1, "")])
    with FaultServer(vendor.answer) as server:
        pull_tiny(evidence, config_of(server.url))
        vendor.rows = [note(0), note(1, "put right by the vendor")]
        pull_tiny(evidence, config_of(server.url))
        assert retry(evidence, server.url, TinyPlugin()).outcomes == {"superseded": 1}
    assert evidence.open_quarantine() == []
    assert [(key, version) for key, version, *_ in stored(evidence)] == [("n0", 1), ("n1", 1)]


def test_nothing_in_quarantine_is_nothing_to_do(evidence: Evidence) -> None:
    with FaultServer(TinyVendor([note(0)]).answer) as server:
        pull_tiny(evidence, config_of(server.url))
        assert retry(evidence, server.url, TinyPlugin()).outcomes == {}
