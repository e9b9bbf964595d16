"""Requests for National Student Numbers: JSON, and a page with each child's details ready to copy."""

from ecegateway.contract import Exportable, ExportFile
from ecegateway.export.nsn_json import nsn_json
from ecegateway.export.nsn_page import nsn_page


class NsnExporter:
    """Writes what the service asks the Ministry for each child without a number."""

    name = "nsn"

    def render(self, exportable: Exportable) -> tuple[ExportFile, ...]:
        """``nsn-requests.json`` and ``nsn-requests.html``.

        Raises:
            ExportError: a request lies outside the schema.
        """
        return (
            ExportFile("nsn-requests.json", nsn_json(exportable)),
            ExportFile("nsn-requests.html", nsn_page(exportable)),
        )
