"""The conformance cards: JSON for machines, and a page for people."""

from ecegateway.contract import Exportable, ExportFile
from ecegateway.export.conformance_json import conformance_json
from ecegateway.export.conformance_page import conformance_page


class ConformanceExporter:
    """Writes how each source's records stand by the twelve criteria of Handbook 6-3. Only the page carries names."""

    name = "conformance"

    def render(self, exportable: Exportable) -> tuple[ExportFile, ...]:
        """``conformance.json`` and ``conformance.html``.

        Raises:
            ExportError: a card lies outside the schema.
        """
        return (
            ExportFile("conformance.json", conformance_json(exportable)),
            ExportFile("conformance.html", conformance_page(exportable)),
        )
