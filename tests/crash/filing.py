"""A return that was attested is signed, and laid into the outbox for a person to take on."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from sqlite3 import connect

from ecegateway.evidence.store import open_evidence
from tests.crash.command import ecegateway
from tests.crash.scenario import KEYS, STORE, Scenario, write_settings
from tests.crash.state import ALL_SIGNED, State
from tests.crash.tracer import Tell
from tests.support.filing import OFFICE, SIGNER, TODAY, centre_in

_OUTBOX = "outbox"
_LAID_OUT = "the return is laid out"
_SIGNED_ALREADY = 2
_NEXT_TIME = frozenset({ALL_SIGNED, f"file {KEYS}/#.partial"})
_STEPS = "SELECT step FROM return_step ORDER BY id"
_NEWEST_END = "SELECT outcome FROM delivery_end ORDER BY delivery_id DESC LIMIT 1"


@dataclass(frozen=True)
class Filing(Scenario):
    """`return sign` and `return submit`: one of each step, and one file in the outbox, however often it breaks off."""

    def prepare(self, folder: Path, vendor: str) -> None:
        write_settings(folder, vendor)
        with open_evidence(f"sqlite:///{folder / STORE}", create=True) as evidence:
            centre = centre_in(evidence, folder / "office")
            number = centre.prepare().number
            centre.look()
            assert centre.validate(number).refused == ()
            centre.attest(number)
            centre.verify()

    def run(self, folder: Path, tell: Tell) -> int:
        self.changed()
        name = ("--by", SIGNER, "--phone", "04 555 0101", "--designation", "centre manager")
        signed = ecegateway(folder, "return", "sign", "1", *name, "--today", TODAY.isoformat())
        if signed not in (0, _SIGNED_ALREADY):
            return signed
        sent = ecegateway(folder, "return", "submit", "1", "--by", OFFICE)
        if sent == 0:
            tell(_LAID_OUT)
        return sent

    def state(self, folder: Path) -> State:
        found = _with_the_return(super().state(folder), folder)
        # Whoever submits a return again that is laid out stores nothing, and signs nothing: what a killed command stored is
        # signed, and what it left half written among the keys is removed, by the next one that stores something.
        return replace(found, content=tuple(line for line in found.content if line not in _NEXT_TIME))

    def glance(self, folder: Path) -> State:
        return _with_the_return(super().glance(folder), folder)


def _with_the_return(found: State, folder: Path) -> State:
    """What is found of the store, and how far the return in it has come."""
    if found.problems:
        return found
    with closing(connect(folder / STORE)) as connection:
        steps = tuple(f"step {step}" for (step,) in connection.execute(_STEPS))
        newest = connection.execute(_NEWEST_END).fetchone()
    files = sorted((folder / _OUTBOX).glob("[!.]*.xml"))
    laid = newest == ("laid out",) and bool(files)
    return replace(
        found,
        kept=found.kept | ({_LAID_OUT} if laid else set()),
        content=(*found.content, *steps, *((_LAID_OUT,) if laid else ())),
        problems=tuple(_not_as_described(files)),
    )


def _not_as_described(files: list[Path]) -> Iterator[str]:
    for path in files:
        description = path.with_name(f"{path.name}.delivery.json")
        if not description.exists():
            yield f"{path.parent.name}: a file without its description"
        elif json.loads(description.read_bytes())["sha256"] != sha256(path.read_bytes()).hexdigest():
            yield f"{path.parent.name}: a file that is not as described"
