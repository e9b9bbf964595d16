"""The RS7 return as the claim gives it: XML, JSON, and a page to read and print."""

from ecegateway.contract import Exportable, ExportFile
from ecegateway.export.parts import check_parts
from ecegateway.export.rs7_documents import documents
from ecegateway.export.rs7_page import Beside


class Rs7Exporter:
    """Writes the return itself, and only one whose every cell is the sum of its parts."""

    name = "rs7"

    def render(self, exportable: Exportable) -> tuple[ExportFile, ...]:
        """``rs7.xml``, ``rs7.json`` and ``rs7.html``.

        Raises:
            ExportError: the claim's parts do not add up, or a figure lies outside the bounds of a schema.
        """
        check_parts(exportable.claim)
        return documents(exportable.rs7, exportable.checks(), beside=Beside.of(exportable))
