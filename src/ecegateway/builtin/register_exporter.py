"""The attendance register: a page for each month with a sheet for each week, CSV and a workbook."""

from ecegateway.contract import Exportable, ExportFile
from ecegateway.export.register_csv import register_csv
from ecegateway.export.register_pages import register_pages
from ecegateway.export.register_xlsx import register_xlsx


class AttendanceRegisterExporter:
    """Writes the register as it would be kept by hand. All of it carries names."""

    name = "register"

    def render(self, exportable: Exportable) -> tuple[ExportFile, ...]:
        """``register.html``, ``register-YYYY-MM.html`` for each month, ``register.csv`` and ``register.xlsx``."""
        return (
            *register_pages(exportable),
            ExportFile("register.csv", register_csv(exportable)),
            ExportFile("register.xlsx", register_xlsx(exportable)),
        )
