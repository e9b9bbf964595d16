"""Registers the exporters that come with the gateway, by the same hook as an outsider's."""

from ecegateway import hookimpl
from ecegateway.builtin.absences_exporter import AbsencesExporter
from ecegateway.builtin.conformance_exporter import ConformanceExporter
from ecegateway.builtin.explanation_exporter import ExplanationExporter
from ecegateway.builtin.findings_exporter import FindingsExporter
from ecegateway.builtin.index_exporter import IndexExporter
from ecegateway.builtin.nsn_exporter import NsnExporter
from ecegateway.builtin.register_exporter import AttendanceRegisterExporter
from ecegateway.builtin.rs7_exporter import Rs7Exporter
from ecegateway.contract import RegisterExporter


@hookimpl
def ecegateway_register_exporters(register: RegisterExporter) -> None:
    """Register each of them."""
    register(Rs7Exporter())
    register(NsnExporter())
    register(FindingsExporter())
    register(ExplanationExporter())
    register(AbsencesExporter())
    register(ConformanceExporter())
    register(AttendanceRegisterExporter())
    register(IndexExporter())
