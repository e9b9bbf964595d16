"""The page to start from."""

from ecegateway.contract import Exportable, ExportFile
from ecegateway.export.index_page import index_page


class IndexExporter:
    """Writes the page that says where the return stands and what to do first."""

    name = "index"

    def render(self, exportable: Exportable) -> tuple[ExportFile, ...]:
        """``index.html``.

        Raises:
            ExportError: a rule has no text.
        """
        return (ExportFile("index.html", index_page(exportable)),)
