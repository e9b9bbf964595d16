"""Renders a prepared claim with every exporter, each under guard, and writes the files of one service."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ecegateway.contract import Exportable, Exporter, ExportFile
from ecegateway.errors import ExportError, PluginContractError
from ecegateway.export.write import Written, write_files


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written, where, and which exporters failed and why."""

    folder: Path
    written: Written
    failures: tuple[str, ...]


def export(exportable: Exportable, exporters: Iterable[Exporter], out: Path) -> Exported:
    """Write a service's files below ``out``, in a folder named by its number.

    An exporter that fails is reported by name; the files of the others are written.
    """
    files, failures = rendered(exportable, exporters)
    folder = out / exportable.claim.service
    return Exported(folder, write_files(folder, files), failures)


def rendered(exportable: Exportable, exporters: Iterable[Exporter]) -> tuple[list[ExportFile], tuple[str, ...]]:
    """The files of the exporters, and which failed and why."""
    files: list[ExportFile] = []
    failures: list[str] = []
    for exporter in exporters:
        try:
            files += _render(exporter, exportable)
        except (ExportError, PluginContractError) as error:
            failures.append(f"{exporter.name}: {error}")
    return files, tuple(failures)


def _render(exporter: Exporter, exportable: Exportable) -> list[ExportFile]:
    try:
        return list(exporter.render(exportable))
    except ExportError:
        raise
    except Exception as error:
        raise PluginContractError(f"the exporter broke off with {type(error).__name__}; tell its author") from error
