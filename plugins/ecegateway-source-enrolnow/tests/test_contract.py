"""The plugin keeps the contract of every source."""

from pathlib import Path

from ecegateway.testing import SourceContract
from ecegateway_source_enrolnow.source import EnrolNow


class TestEnrolNowKeepsTheContract(SourceContract):
    plugin = EnrolNow()
    services = ("20517", "10842")
    recorded = Path(__file__).parent / "recorded"
    settings = {"service_ids": {"SE-00012345": "20517", "SE-00054321": "10842"}}  # noqa: RUF012 - the kit's own form
