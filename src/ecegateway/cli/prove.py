"""``ecegateway prove``: the proof of one record as a file to hand on."""

from pathlib import Path
from typing import Annotated

import typer

from ecegateway import clock
from ecegateway.bootstrap import keyring, open_gateway
from ecegateway.cli.options import SETTINGS, Json, Settings
from ecegateway.cli.screen import console, print_json
from ecegateway.errors import ConfigError, ExportError
from ecegateway.export.names import file_safe
from ecegateway.export.words import count
from ecegateway.flows.proof_file import prove_checkpoints, prove_record
from ecegateway.flows.verify import Outside
from ecegateway.model.ids import EvidenceId
from ecegateway.proof.document import document_bytes
from ecegateway.signing.files import read_public, write_whole

_FEWEST = 2
Record = Annotated[
    str | None,
    typer.Argument(
        metavar="[RECORD]",
        help="An evidence id, kowhai/10842/attendance/stay-1@2; without @version every version of the record. Without RECORD "
        "the file only leads from one checkpoint to others.",
    ),
]
Kept = Annotated[
    list[Path] | None,
    typer.Option("--checkpoint", help="A checkpoint somebody kept: the file shows that it is of the same log. Repeat."),
]
Out = Annotated[Path | None, typer.Option("--out", help="The file, ending in .json; by default named by the record, here.")]


def prove(
    record: Record = None, checkpoint: Kept = None, out: Out = None, config: Settings = SETTINGS, json: Json = False
) -> None:
    """Write the proof of one record, for somebody who has no access to the store. It holds what the record says.

    Whoever gets it checks it with: ecegateway verify FILE --key log.pub
    """
    kept = [Outside(str(place), read_public(place)) for place in checkpoint or ()]
    if record is None and len(kept) < _FEWEST:
        raise ConfigError("say which record, or give two checkpoints, each with --checkpoint, the first being the pack's")
    place = out or Path("checkpoints.json" if record is None else f"proof-{file_safe(record)}.json")
    if place.suffix != ".json":
        raise ConfigError(f"{place}: a file of proofs ends in .json, by which `ecegateway verify` knows it")
    versions: tuple[EvidenceId, ...] = ()
    with open_gateway(config) as gateway:
        if record is None:
            document = prove_checkpoints(gateway.evidence, kept)
        else:
            document, versions = prove_record(gateway.evidence, record, kept, keyring(gateway.config), clock.now())
        _write(place, document_bytes(document))
    if json:
        print_json({"file": place, "versions": versions, "rows": len(document.records), "checkpoints": len(kept)})
        return
    said = count(len(kept), "checkpoint") if record is None else count(len(versions), "version")
    console().print(f"{place}: {said} proved. Check it with: ecegateway verify {place} --key log.pub", markup=False)


def _write(place: Path, content: bytes) -> None:
    """For its owner only: it holds what a record says."""
    try:
        write_whole(place, content)
    except OSError as error:
        raise ExportError(f"{place}: cannot be written ({error.strerror}); give a folder that is there, with --out") from error
