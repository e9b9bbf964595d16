"""The frequent-absence report: a page, CSV, a workbook, and the forms parents are asked to sign."""

from ecegateway.contract import Exportable, ExportFile
from ecegateway.export.absences_csv import absences_csv
from ecegateway.export.absences_page import absences_page
from ecegateway.export.absences_xlsx import absences_xlsx
from ecegateway.export.reconfirmation import due_forms


class AbsencesExporter:
    """Writes who is absent often, what hangs on it, and what to do about it. All of it carries names."""

    name = "absences"

    def render(self, exportable: Exportable) -> tuple[ExportFile, ...]:
        """``frequent-absence.html``, ``.csv`` and ``.xlsx``, and ``reconfirmation-KEY.html`` for each form that is due."""
        return (
            ExportFile("frequent-absence.html", absences_page(exportable)),
            ExportFile("frequent-absence.csv", absences_csv(exportable)),
            ExportFile("frequent-absence.xlsx", absences_xlsx(exportable)),
            *due_forms(exportable),
        )
