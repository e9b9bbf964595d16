"""The explanation of every figure: JSON for machines, and a page per month for people."""

from ecegateway.contract import Exportable, ExportFile
from ecegateway.export.explanation_json import explanation_json
from ecegateway.export.explanation_page import explanation_pages
from ecegateway.export.parts import check_parts


class ExplanationExporter:
    """Writes each figure's parts, once it is known that they add up."""

    name = "explanation"

    def render(self, exportable: Exportable) -> tuple[ExportFile, ...]:
        """``explanation.json``, ``explanation.html`` and ``explanation-YYYY-MM.html`` for each month.

        Raises:
            ExportError: the claim's parts do not add up, a rule has no text, or the claim lies outside the schema.
        """
        check_parts(exportable.claim)
        return (
            ExportFile("explanation.json", explanation_json(exportable)),
            *explanation_pages(exportable),
        )
