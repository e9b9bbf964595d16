"""Renders a prepared claim with every exporter, each under guard, and writes the files of one service."""

from collections.abc import Callable, Iterable
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


CHECKPOINT = "checkpoint.txt"
"""The file beside a service's files that says what the evidence was when they were last written."""


def export(
    exportable: Exportable, exporters: Iterable[Exporter], out: Path, *, checkpoint: Callable[[], bytes] | None = None
) -> Exported:
    """Write a service's files below ``out``, in a folder named by its number.

    An exporter that fails is reported by name; the files of the others are written. Files that are new or different get a new
    ``checkpoint`` beside them, so that a copy of what was signed goes wherever they go.
    """
    files, failures = rendered(exportable, exporters)
    folder = out / exportable.claim.service
    written = write_files(folder, files)
    if checkpoint is not None and (written.changed or not (folder / CHECKPOINT).exists()):
        write_files(folder, [ExportFile(CHECKPOINT, checkpoint())])
    return Exported(folder, written, failures)


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
