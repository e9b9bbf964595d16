"""Checks a bundle with public keys alone, makes the return again from the evidence in it, and compares every figure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from ecegateway import __version__
from ecegateway.bundle.differences import Difference, differences
from ecegateway.bundle.elsewhere import read_elsewhere
from ecegateway.bundle.head import Head, head_bytes, read_head
from ecegateway.bundle.law import program_of
from ecegateway.bundle.pages import EVIDENCE
from ecegateway.bundle.rebuilding import Rebuilding
from ecegateway.bundle.signed_return import RETURN_STEPS, SIGNED, SignedReturn, read_signed, signed_files
from ecegateway.contract import Exporter
from ecegateway.errors import EceGatewayError, IntakeError
from ecegateway.evidence.damage import Damage, Harm
from ecegateway.export.document import head
from ecegateway.export.rs7_documents import read_return
from ecegateway.facts.elsewhere import Presence
from ecegateway.flows.bundle import ELSEWHERE, RULES, made_files
from ecegateway.flows.claim import Prepared, from_evidence
from ecegateway.flows.pack_files import PackFiles, UnreadableError, open_pack
from ecegateway.flows.verify_pack import NOTHING_KEPT, UNCOMPARED, Kept, VerifiedFiles, compare_with_kept, compared, signed_list
from ecegateway.flows.verify_proof import CheckedProofs, check_proofs
from ecegateway.handbook.policy import policy
from ecegateway.inspection.manifest import BUNDLE, KEY, LARGEST, MANIFEST, UNLISTED, read_manifest
from ecegateway.inspection.pages import check_script
from ecegateway.inspection.seal import Seal
from ecegateway.model.claim import Claim
from ecegateway.proof.document import ProofDocument, read_document
from ecegateway.signing.keys import Verifier

_CHECKPOINT, _LOG_KEY, _CHECK = f"{EVIDENCE}/checkpoint.txt", f"{EVIDENCE}/log-key.pem", f"{EVIDENCE}/check.py"
_STEPS, _JSON = f"{EVIDENCE}/{RETURN_STEPS}.json", "rs7.json"
_LARGEST_FILE = 1 << 28
_KEPT = 1000
"""Differences that are kept; all of them are counted."""
_PAGES = ("html", "csv", "xlsx", "py")
"""Endings of files for people: their words may change from one version of the program to the next."""


@dataclass(slots=True)
class VerifiedBundle(VerifiedFiles):
    """What came of a bundle, beside what came of its files.

    ``figures`` of the return and ``portions`` under them were ``recomputed``; ``differences`` are those of them, and of all
    that is made of them, that the bundle says otherwise. ``notes`` say wherein the program or its rules differ from those that
    made it.
    """

    service: str = ""
    period: str = ""
    input_digest: str = ""
    recomputed: bool = False
    figures: int = 0
    portions: int = 0
    differences: list[Difference] = field(default_factory=list)
    difference_count: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong, all that was to be compared could be, and every figure was made again and is the same."""
        return self.recomputed and not (self.damages or self.not_compared or self.difference_count)


def is_bundle(place: Path) -> bool:
    """Whether a folder or a zip looks like a bundle, whole or not.

    Raises:
        ConfigError: there is neither.
        IntegrityError: it is a zip whose own table cannot be read.
    """
    with open_pack(place) as pack:
        return not {RULES, ELSEWHERE}.isdisjoint(pack.files)


def verify_bundle(
    place: Path,
    log_key: Verifier | None,
    export_key: Verifier | None,
    exporters: Iterable[Exporter],
    kept: Kept = NOTHING_KEPT,
) -> VerifiedBundle:
    """Check a bundle, a folder or a zip, against keys as the checker got them; without one the bundle's own is believed.

    ``exporters`` are those that come with the program.

    Raises:
        ConfigError: there is no bundle, or a file of ``kept`` cannot be read.
        IntegrityError: it is a zip whose own table cannot be read.
    """
    found = VerifiedBundle(str(place))
    with open_pack(place) as pack:
        found.damages += pack.strange
        listed = signed_list(found, pack, BUNDLE, export_key)
        found.damages += compared(pack, listed)
        found.files = len(listed)
        verifying = _Verifying(found, pack, log_key)
        verifying.run(exporters)
    compare_with_kept(found, verifying.proofs, log_key, kept)
    found.limits += _limits(found, log_key, export_key)
    return found


class _Verifying:
    """One verification, step by step."""

    def __init__(self, found: VerifiedBundle, pack: PackFiles, log_key: Verifier | None) -> None:
        self._found = found
        self._pack = pack
        self._log_key = log_key
        self._rows: set[tuple[str, object]] = set()
        self.proofs: list[CheckedProofs] = []
        self._signed: SignedReturn | None = None

    def run(self, exporters: Iterable[Exporter]) -> None:
        """The evidence, what is made of it, and how that compares."""
        told = self._head()
        if told is None:
            return
        self._found.service, self._found.period = told.service, f"{told.period.first:%Y-%m}"
        rebuilding = Rebuilding(told.service)
        sound = self._take_evidence(rebuilding)
        others = self._elsewhere()
        if sound and others is not None and self.proofs:
            self._recompute(told, rebuilding, others, exporters)

    def _harm(self, harm: Harm, where: str, said: str) -> None:
        self._found.damages.append(Damage(harm, where, said))

    def _read(self, path: str) -> bytes | None:
        """A file; ``None`` if it is not there or cannot be read, which the comparison with the list has told."""
        if path not in self._pack.files:
            return None
        try:
            return self._pack.read(path, _LARGEST_FILE)
        except UnreadableError:
            return None

    def _head(self) -> Head | None:
        content = self._read(MANIFEST)
        if content is None or len(content) >= LARGEST:
            return None
        try:
            read_manifest(BUNDLE, content)
            return read_head(content)
        except ValueError as error:
            self._harm(Harm.FORGED, MANIFEST, f"it {error}")
            return None

    def _take_evidence(self, rebuilding: Rebuilding) -> bool:
        """Whether every row is proved, and all of them fit together."""
        before = len(self._found.damages)
        for path in sorted(self._pack.files):
            if path.startswith(f"{EVIDENCE}/") and path.endswith(".json"):
                self._take(rebuilding, path)
        self._found.rows = len(self._rows)
        for version in rebuilding.missing():
            self._harm(Harm.REMOVED, version, "a later version of the record is here, and this one is not")
        return len(self._found.damages) == before

    def _take(self, rebuilding: Rebuilding, path: str) -> None:
        content = self._read(path)
        if content is None:
            return
        try:
            document = read_document(content)
            checked = self._check(document, path)
            if checked:
                rebuilding.add(document)
            if checked and path == _STEPS:
                self._signed = read_signed(document)
        except ValueError as error:
            self._harm(Harm.EDITED, path, f"it {error}")

    def _check(self, document: ProofDocument, path: str) -> bool:
        checked = check_proofs(document, self._log_key, path)
        self._found.damages += checked.damages
        self._rows |= {(one.table, one.row) for one in document.records}
        self._found.log_keys = tuple(key.key_id.hex() for key in checked.keys) or self._found.log_keys
        if checked.checkpoint is None:
            return False
        if checked.note != self._read(_CHECKPOINT):
            self._harm(Harm.FORGED, path, f"it is under another checkpoint than {_CHECKPOINT}")
            return False
        self._found.checkpoint = checked.checkpoint
        self.proofs.append(checked)
        return not checked.damages

    def _elsewhere(self) -> tuple[Presence, ...] | None:
        content = self._read(ELSEWHERE)
        try:
            return None if content is None else read_elsewhere(content)
        except ValueError as error:
            self._harm(Harm.EDITED, ELSEWHERE, f"it {error}")
            return None

    def _recompute(self, told: Head, rebuilding: Rebuilding, others: Sequence[Presence], exporters: Iterable[Exporter]) -> None:
        try:
            program = program_of(self._read(RULES) or b"")
        except ValueError as error:
            self._harm(Harm.EDITED, RULES, f"it {error}")
            program = __version__
        try:
            evidence = rebuilding.evidence()
            chosen = policy({one.switch: one.value for one in told.switches})
            prepared = from_evidence(evidence, told.period, chosen, others=tuple(others))
            made = made_files(
                prepared,
                others,
                self._seal(),
                exporters=exporters,
                versions=len(evidence.versions),
                program=program,
                signed_return=self._signed,
            )
            made |= self._signed_again(prepared.claim)
        except (ValueError, EceGatewayError) as error:
            self._harm(Harm.UNREADABLE, "the return", f"it cannot be made again: {error}")
            return
        self._found.recomputed = True
        self._found.input_digest = prepared.claim.input_digest
        self._found.figures, self._found.portions = _sizes(prepared.claim)
        self._compare(told, made, prepared, program)
        self._found.limits += _left_out(rebuilding, others)

    def _signed_again(self, claim: Claim) -> dict[str, bytes]:
        """The files of a signed return as the claim gives them; each in the bundle must be what somebody signed."""
        if self._signed is None:
            return {}
        for name, digest in sorted(self._signed.files.items()):
            content = self._read(f"{SIGNED}/{name}")
            if content is not None and sha256(content).hexdigest() != digest:
                self._harm(Harm.EDITED, f"{SIGNED}/{name}", "it is not the file that was signed")
        try:
            said = read_return(self._read(f"{SIGNED}/{_JSON}") or b"")
        except IntakeError as error:
            self._harm(Harm.EDITED, f"{SIGNED}/{_JSON}", str(error))
            return {}
        return signed_files(self._signed, said, claim)

    def _seal(self) -> Seal:
        checkpoint, key = self._found.checkpoint, self.proofs[0].keys[-1]
        assert checkpoint is not None
        return Seal(self._found.rows, checkpoint, key.profile, key.key_id.hex(), self._found.export_key)

    def _compare(self, told: Head, made: Mapping[str, bytes], prepared: Prepared, program: str) -> None:
        same = program == __version__
        if not same:
            self._found.notes.append(
                f"it was made by ecegateway {program}, and this is {__version__}: a figure may differ because the rules do, "
                "and its pages were not compared"
            )
        whole = {**made, _LOG_KEY: self.proofs[0].keys[-1].pem, _CHECK: check_script()}
        self._differ(differences(MANIFEST, told.said, head_bytes(head(BUNDLE, prepared.claim))))
        for path in sorted(whole):
            if path == RULES and not same:
                self._found.notes += _other_rules(self._read(RULES) or b"", whole[RULES])
            elif same or path.rpartition(".")[2] not in _PAGES:
                self._compare_file(path, whole[path])
        for path in sorted(self._pack.files.keys() - whole.keys() - UNLISTED - {KEY, _CHECKPOINT}):
            if same and not (path.startswith(f"{EVIDENCE}/") and path.endswith(".json")):
                self._harm(Harm.ADDED, path, "no bundle of this return has it")

    def _compare_file(self, path: str, made: bytes) -> None:
        said = self._read(path)
        if said is not None:
            self._differ(differences(path, said, made))
        elif all(damage.where != path for damage in self._found.damages):
            self._harm(Harm.REMOVED, path, "every bundle of this return has it")

    def _differ(self, found: Iterable[Difference]) -> None:
        for one in found:
            self._found.difference_count += 1
            if len(self._found.differences) < _KEPT:
                self._found.differences.append(one)


def _other_rules(said: bytes, ours: bytes) -> Iterator[str]:
    for one in differences(RULES, said, ours):
        yield f"{one.column}: {one.said} in the bundle, {one.recomputed} here"


def _sizes(claim: Claim) -> tuple[int, int]:
    figures = len(claim.cells) + len(claim.staff) + 3 * len(claim.advance)
    return figures, sum(len(day.portions) for day in claim.child_days)


def _left_out(rebuilding: Rebuilding, others: Sequence[Presence]) -> Iterator[str]:
    here, highest = rebuilding.numbers
    if here < highest:
        yield (
            f"the store counts record versions of all its services together: {here:,} of the first {highest:,} are here; the "
            f"other {highest - here:,} are of other services, were erased after their time, or were left out"
        )
    if others:
        yield f"what the records of service {', '.join(one.service for one in others)} say is taken as given: they are not here"


def _limits(found: VerifiedBundle, log_key: Verifier | None, export_key: Verifier | None) -> Iterator[str]:
    if not found.compared:
        yield UNCOMPARED
    if log_key is None or export_key is None:
        yield "a key that came with the bundle proves nothing about itself: compare the ids with the ones you were given"
    yield (
        "what is here was stored as it is here before the checkpoint was signed; not that no record was left out: compare the "
        "input digest with the one on the return as it was handed in"
    )
    yield "what the sources said is proved, when it came, and that it has not changed; not that a child was there"
