"""Generates the JSON Schemas of the canonical records: ``python -m ecegateway.export.record_schemas``."""

import json
import sys
from pathlib import Path

from ecegateway.export.schemas import schema_folder
from ecegateway.model.streams import STREAMS

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def record_schemas() -> dict[str, str]:
    """The schema text of every stream, by file name."""
    return {f"{stream}.v1.json": _schema_text(stream) for stream in sorted(STREAMS)}


def _schema_text(stream: str) -> str:
    schema = {
        "$schema": _DIALECT,
        "$id": f"urn:ecegateway:record:{stream}:1",
        **STREAMS[stream].model_json_schema(mode="validation"),
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def write_record_schemas(folder: Path) -> None:
    """Write every record schema into a folder, and remove those of streams that are no more."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = record_schemas()
    for stale in sorted(set(folder.glob("*.json")) - {folder / name for name in wanted}):
        stale.unlink()
    for name, text in wanted.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_record_schemas(Path(sys.argv[1]) if len(sys.argv) > 1 else schema_folder() / "records")
