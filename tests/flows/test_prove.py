"""One record is proved in a file of its own, and compared with checkpoints that somebody kept."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from ecegateway.errors import ConfigError, EvidenceMissingError, IntegrityError
from ecegateway.evidence.damage import Harm
from ecegateway.evidence.erasing import erase_versions
from ecegateway.evidence.sealing import checkpoints
from ecegateway.evidence.store import Evidence, open_evidence
from ecegateway.flows.packing import WrittenPack
from ecegateway.flows.proof_file import prove_checkpoints, prove_record
from ecegateway.flows.seal import change_key
from ecegateway.flows.verify import Outside
from ecegateway.flows.verify_pack import Kept, VerifiedFiles, verify_pack, verify_proof_file
from ecegateway.proof.document import ProofDocument, document_bytes, read_document
from ecegateway.signing.checkpoint import checkpoint_text, read_checkpoint
from ecegateway.signing.keyring import Purpose
from ecegateway.signing.note import note_bytes, read_note, sign_note
from tests.cli.running import run
from tests.storage.filling import note
from tests.support.packs import LATER, Centre, centre
from tests.support.records import SERVICE


@pytest.fixture
def made(evidence: Evidence, tmp_path: Path) -> Centre:
    """A week in the store, the agreement changed a day later, and a note after that; each signed."""
    found = centre(evidence, tmp_path / "keys")
    found.put(note("n8"), at=LATER + timedelta(days=1))
    return found


def kept(made: Centre) -> list[Outside]:
    """Every checkpoint of the store, as somebody kept it."""
    with made.evidence.inspecting() as connection:
        return [Outside(f"kept-{one.id}", one.note.encode()) for one in checkpoints(connection)]


def prove(made: Centre, record: str, *others: Outside) -> ProofDocument:
    return prove_record(made.evidence, record, others, made.keyring, LATER + timedelta(days=2))[0]


@pytest.fixture
def check(made: Centre, tmp_path: Path) -> Callable[..., VerifiedFiles]:
    """Verifies a file of proofs with the log's first key, as somebody else does."""
    key = made.key(Purpose.LOG)

    def checked(document: ProofDocument, *others: Outside) -> VerifiedFiles:
        place = tmp_path / "proof.json"
        place.write_bytes(document_bytes(document))
        return verify_proof_file(place, key, Kept(others))

    return checked


def agreement_key(made: Centre) -> str:
    (found,) = {version.key for version in made.evidence.evidence_of(SERVICE).versions if version.stream == "enrolment"}
    return f"kowhai/10842/enrolment/{found}"


def versions_in(document: ProofDocument) -> list[object]:
    return [one.columns["version"] for one in document.records if one.table == "record_version"]


def test_a_version_is_proved_alone_and_a_record_with_all_it_has(made: Centre, check: Callable[..., VerifiedFiles]) -> None:
    record = agreement_key(made)
    for name, versions in ((f"{record}@1", [1]), (f"{record}@2", [2]), (record, [1, 2])):
        document = prove(made, name)
        assert versions_in(document) == versions
        told = check(document)
        assert (told.holds, told.rows) == (True, len(document.records))
        assert read_document(document_bytes(document)) == document


def test_the_same_proof_is_the_same_bytes_whatever_was_stored_since(made: Centre) -> None:
    record = f"{agreement_key(made)}@1"
    before = document_bytes(prove(made, record))
    made.put(note("n9"), at=LATER + timedelta(days=3))
    assert document_bytes(prove(made, record)) == before


def test_a_changed_proof_names_the_record(made: Centre, check: Callable[..., VerifiedFiles]) -> None:
    record = f"{agreement_key(made)}@2"
    document = prove(made, record)
    version = next(one for one in document.records if one.table == "record_version")
    others = tuple(one for one in document.records if one is not version)
    changed = replace(version, content=(version.content or "").replace("new job", "old job"))
    (damage,) = check(replace(document, records=(*others, changed))).damages
    assert record in damage.where


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ("kowhai/10842/enrolment", "a record's name reads"),
        ("kowhai/10842/enrolment/nobody@1", "holds no record or version"),
        ("kowhai/10842/note/n1@9", "holds no record or version"),
    ],
)
def test_what_is_not_there_is_told(made: Centre, record: str, said: str) -> None:
    with pytest.raises((ConfigError, EvidenceMissingError), match=said):
        prove(made, record)


def test_an_erased_record_cannot_be_proved(made: Centre) -> None:
    with made.evidence.adding() as appending:
        notes = [version for version in made.evidence.evidence_of(SERVICE).versions if version.stream == "note"]
        erase_versions(appending, notes, "Rāwiri", "kept for seven years", LATER)
    with pytest.raises(EvidenceMissingError, match="erased after its time"):
        prove(made, "kowhai/10842/note/n1")
    assert versions_in(prove(made, f"{agreement_key(made)}@1")) == [1]


def test_a_key_may_itself_end_in_what_reads_as_a_version(made: Centre) -> None:
    made.put(note("a@7"), at=LATER + timedelta(days=3))
    assert prove(made, "kowhai/10842/note/a@7").records == prove(made, "kowhai/10842/note/a@7@1").records


def test_it_leads_to_every_checkpoint_somebody_kept_earlier_or_later(made: Centre, check: Callable[..., VerifiedFiles]) -> None:
    others = kept(made)
    assert len(others) == 3
    told = check(prove(made, f"{agreement_key(made)}@2", *others), *others)
    assert (told.holds, told.compared, told.not_compared) == (True, 3, [])
    assert not any("another log for you" in limit for limit in told.limits)


def test_without_a_way_it_is_not_compared_and_does_not_pass(made: Centre, check: Callable[..., VerifiedFiles]) -> None:
    first, same, later = kept(made)
    document = prove(made, f"{agreement_key(made)}@2")
    assert check(document, same).holds, "the very one it is under"
    told = check(document, first, later)
    assert (told.holds, told.damages, told.compared) == (False, [], 0)
    assert [said.split(" has ")[0] for said in told.not_compared] == [first.place, later.place]
    told = check(document)
    assert any("another log for you" in limit for limit in told.limits)


def made_anew(made: Centre, one: Outside) -> Outside:
    """What whoever holds the log's key can sign: the same size at the same moment, of another history."""
    said = read_checkpoint(read_note(one.note).text)
    text = checkpoint_text(replace(said, root=bytes(32)))
    return replace(one, note=note_bytes(sign_note(text, made.keyring.signer(Purpose.LOG))))


def test_a_history_made_anew_is_told_by_what_was_kept(made: Centre, check: Callable[..., VerifiedFiles]) -> None:
    for one in kept(made):
        forged = made_anew(made, one)
        told = check(prove(made, f"{agreement_key(made)}@2", *kept(made)), forged)
        assert [(damage.harm, damage.where) for damage in told.damages] == [(Harm.REWRITTEN, one.place)]
        with pytest.raises(IntegrityError, match="with as many leaves this store has another root"):
            prove(made, f"{agreement_key(made)}@1", forged)


def test_another_logs_checkpoint_is_told(made: Centre, tmp_path: Path, check: Callable[..., VerifiedFiles]) -> None:
    with open_evidence(f"sqlite:///{tmp_path / 'other.db'}", create=True) as evidence:
        stranger, ours = centre(evidence, tmp_path / "other-keys"), Centre(evidence, made.keyring)
        (strange, *_), document = kept(stranger), prove(made, f"{agreement_key(made)}@1")
        told = check(document, strange, Outside("scrap", b"no note"))
        assert [(damage.harm, damage.where) for damage in told.damages] == [(Harm.FORGED, "scrap")]
        assert len(told.not_compared) == 1
        assert "signed by no trusted key" in told.not_compared[0]
        assert [damage.harm for damage in check(document, made_anew(ours, strange)).damages] == [Harm.ANOTHER]
        with pytest.raises(IntegrityError, match="it is of the log"):
            prove(made, f"{agreement_key(made)}@1", strange)


def test_after_a_change_of_key_the_file_leads_to_both_sides_of_it(made: Centre, check: Callable[..., VerifiedFiles]) -> None:
    change_key(made.evidence, made.keyring, made.keyring.profile, LATER + timedelta(days=2))
    others = kept(made)
    document = prove(made, f"{agreement_key(made)}@1", *others)
    assert len(document.keys) == 2
    told = check(document, *others)
    assert (told.holds, told.compared) == (True, 4)


@pytest.fixture
def pack(made: Centre, tmp_path: Path) -> WrittenPack:
    return made.written(tmp_path / "out")


def test_a_pack_leads_to_every_checkpoint_before_its_own_and_to_later_ones_by_a_file(
    made: Centre, pack: WrittenPack, tmp_path: Path
) -> None:
    made.put(note("n9"), at=LATER + timedelta(days=5))
    keys = made.key(Purpose.LOG), made.key(Purpose.EXPORT)
    own = Outside("the pack's", (pack.folder / "proofs" / "checkpoint.txt").read_bytes())
    *earlier, later = kept(made)
    for place in (pack.folder, pack.archive):
        told = verify_pack(place, *keys, Kept([own, *earlier]))
        assert (told.holds, told.compared) == (True, 1 + len(earlier))
        told = verify_pack(place, *keys, Kept([later]))
        assert (told.holds, told.damages) == (False, [])
    leading = tmp_path / "checkpoints.json"
    leading.write_bytes(document_bytes(prove_checkpoints(made.evidence, [own, later])))
    assert verify_pack(pack.folder, *keys, Kept([later, *earlier], [leading])).compared == 1 + len(earlier)
    leading.write_bytes(document_bytes(prove_checkpoints(made.evidence, [later, own])))
    assert not verify_pack(pack.folder, *keys, Kept([later], [leading])).holds, "it leads from another than the pack's"


def test_a_way_that_was_changed_is_found(pack: WrittenPack, made: Centre, tmp_path: Path) -> None:
    place = tmp_path / "ways.json"
    document = read_document((pack.folder / "proofs" / "checkpoints.json").read_bytes())
    assert document.others
    way = document.others[0]
    for changed in (replace(way, root=bytes(32)), replace(way, path=way.path[:-1]), replace(way, size=way.size + 1)):
        place.write_bytes(document_bytes(replace(document, others=(changed,))))
        (damage,) = verify_proof_file(place, made.key(Purpose.LOG)).damages
        assert (damage.harm, "the way to" in damage.where) == (Harm.EDITED, True)


def test_the_commands_as_people_type_them(tmp_path: Path) -> None:
    with open_evidence(f"sqlite:///{tmp_path / 'evidence.db'}", create=True) as evidence:
        made = centre(evidence, tmp_path / "keys")
        record = agreement_key(made)
        (tmp_path / "kept.txt").write_bytes(kept(made)[0].note)
        made.put(note("n8"), at=LATER + timedelta(days=1))
        (tmp_path / "later.txt").write_bytes(kept(made)[-1].note)
    (tmp_path / "ecegateway.toml").write_text("", encoding="utf-8")
    done = run("prove", f"{record}@2", "--checkpoint", "kept.txt", "--out", "one.json", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 version proved" in done.stdout
    both = ("--checkpoint", "kept.txt", "--checkpoint", "later.txt")
    done = run("verify", "one.json", "--key", "keys/log.pub", *both, cwd=tmp_path)
    assert done.returncode == 4
    assert "of one log with 1 checkpoint kept elsewhere" in done.stdout
    assert "Not compared." in done.stdout
    assert "later.txt has" in done.stdout
