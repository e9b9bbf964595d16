"""The findings: JSON for machines, CSV and a page for people."""

from ecegateway.contract import Exportable, ExportFile
from ecegateway.export.findings_csv import findings_csv
from ecegateway.export.findings_json import findings_json
from ecegateway.export.findings_page import findings_page


class FindingsExporter:
    """Writes what the rules found. Only the files for people carry names."""

    name = "findings"

    def render(self, exportable: Exportable) -> tuple[ExportFile, ...]:
        """``findings.json``, ``findings.csv`` and ``findings.html``.

        Raises:
            ExportError: a rule has no text, or a finding lies outside the schema.
        """
        return (
            ExportFile("findings.json", findings_json(exportable)),
            ExportFile("findings.csv", findings_csv(exportable)),
            ExportFile("findings.html", findings_page(exportable)),
        )
