"""The bundle of a signed return: what was signed, byte for byte, who took which step, and the same made again."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import orjson
import pytest

from ecegateway.errors import ReturnError
from ecegateway.evidence.damage import Harm
from ecegateway.evidence.store import Evidence, open_evidence
from ecegateway.flows.bundle import Bundle, bundle_of_return
from ecegateway.flows.packing import write_pack
from ecegateway.flows.return_making import Wish
from ecegateway.model.period import DateRange
from ecegateway.model.rs7 import OtherPart
from ecegateway.proof.document import document_bytes, read_document
from ecegateway.signing.keyring import Keyring, Purpose
from tests.support.bundles import EXPORTERS, Handed
from tests.support.filing import OFFICE, PREPARER, SIGNER, Centre
from tests.support.filing import RECORDS as OF_A_WEEK
from tests.support.records import PERIOD, RECEIVED, absence


def centre(evidence: Evidence, keys: Path) -> Centre:
    found = Centre(evidence, Keyring(keys))
    found.comes(*OF_A_WEEK)
    return found


def made(found: Centre, number: int) -> Bundle:
    return bundle_of_return(found.evidence, number, exporters=EXPORTERS, keyring=found.keyring, at=found.now())


def handed(found: Centre, number: int, out: Path) -> Handed:
    keys = found.keyring
    written = write_pack(out, made(found, number))
    signer = keys.signer(Purpose.EXPORT)
    return Handed(written, keys.verifier(Purpose.LOG), keys.verifier(Purpose.EXPORT), signer)


@pytest.fixture
def of_one(evidence: Evidence, tmp_path: Path) -> Handed:
    """On each engine."""
    found = centre(evidence, tmp_path / "keys")
    return handed(found, found.signed(), tmp_path / "out")


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Handed:
    home = tmp_path_factory.mktemp("centre")
    with open_evidence(f"sqlite:///{home / 'evidence.db'}", create=True) as evidence:
        found = centre(evidence, home / "keys")
        return handed(found, found.signed(), home / "out")


@pytest.fixture
def folder(original: Handed, tmp_path: Path) -> Path:
    return Path(shutil.copytree(original.written.folder, tmp_path / "bundle"))


def test_what_was_signed_is_in_it_with_its_steps_and_is_made_again(of_one: Handed) -> None:
    told = of_one.check(of_one.written.archive)
    assert (told.damages, told.differences) == ([], [])
    assert told.holds
    folder = of_one.written.folder
    assert folder.name.endswith("-return-1")
    for name in ("index.html", "verify.html"):
        page = (folder / name).read_text(encoding="utf-8")
        assert ("return 1, revision 1, signed" in page, "not declared" in page) == (True, False), name
    signed = orjson.loads((folder / "signed" / "rs7.json").read_bytes())
    draft = orjson.loads((folder / "return" / "rs7.json").read_bytes())
    assert signed["declaration"]["name"] == SIGNER
    assert (signed["days"], draft["declaration"]) == (draft["days"], None)
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert all(name in page for name in (PREPARER, OFFICE, SIGNER, "signed/rs7.html"))
    steps = [one.columns["step"] for one in read_document((folder / "evidence" / "return.json").read_bytes()).records[1:]]
    assert steps == ["validated", "attested", "signed"]


def test_it_comes_out_the_same_after_more_has_come_and_more_was_done(evidence: Evidence, tmp_path: Path) -> None:
    found = centre(evidence, tmp_path / "keys")
    number = found.signed()
    before = made(found, number)
    found.comes(absence(PERIOD.days.last), at=RECEIVED + timedelta(days=1))
    found.withdraw(number)
    assert made(found, number) == before


def test_a_return_of_some_days_and_one_of_nothing_are_made_again_as_such(tmp_path: Path) -> None:
    with open_evidence(f"sqlite:///{tmp_path / 'evidence.db'}", create=True) as evidence:
        found = centre(evidence, tmp_path / "keys")
        after = PERIOD.months[1].first
        rest = OtherPart(DateRange(after, PERIOD.days.after), "paper")
        wishes = (Wish(days=DateRange(PERIOD.days.first, after), elsewhere=(rest,)), Wish(zero=True, reason="no child came"))
        for wish in wishes:
            number = found.signed(wish)
            of_it = handed(found, number, tmp_path / "out")
            assert of_it.check(of_it.written.folder).holds
            found.withdraw(number)


def figure(content: bytes) -> bytes:
    return content.replace(b'"two_and_over": 6', b'"two_and_over": 7', 1)


FORGED: tuple[tuple[str, Callable[[bytes], bytes], str], ...] = (
    ("signed/rs7.json", figure, "two and over"),
    ("signed/rs7.json", lambda content: content.replace(SIGNER.encode(), PREPARER.encode()), "declaration"),
    ("signed/rs7.xml", lambda content: content.replace(b">6</SubsidyFunded", b">7</SubsidyFunded", 1), "SubsidyFunded"),
    ("signed/rs7.html", lambda content: content.replace(b">6<", b">7<", 1), "line"),
    ("signed/rs7.xml.minisig", lambda content: content.replace(b"RS7", b"RS8", 1), "line"),
)


@pytest.mark.parametrize(("path", "change", "where"), FORGED)
def test_a_change_of_what_was_signed_is_found_though_all_is_signed_again(
    original: Handed, folder: Path, path: str, change: Callable[[bytes], bytes], where: str
) -> None:
    told = original.forge(folder, path, change)
    assert not told.holds
    edited = {(one.harm, one.where) for one in told.damages}
    assert edited == ({(Harm.EDITED, path)} if not path.endswith(".minisig") else set())
    if "declaration" not in where:
        assert any(one.file == path and where in one.column for one in told.differences)


def test_steps_left_out_or_of_another_return_are_found(original: Handed, folder: Path) -> None:
    place = folder / "evidence" / "return.json"
    whole = read_document(place.read_bytes())
    place.unlink()
    original.sign_anew(folder)
    told = original.check(folder)
    assert {(one.harm, one.where.partition("/")[0]) for one in told.damages} == {(Harm.ADDED, "signed")}
    place.write_bytes(document_bytes(type(whole)(whole.checkpoint, whole.keys, whole.records[:-1])))
    original.sign_anew(folder)
    told = original.check(folder)
    assert ("evidence/return.json", "it holds no return that was signed, or rows of several") in {
        (one.where, one.said) for one in told.damages
    }


def test_only_what_is_signed_has_such_a_bundle(tmp_path: Path) -> None:
    with open_evidence(f"sqlite:///{tmp_path / 'evidence.db'}", create=True) as evidence:
        found = centre(evidence, tmp_path / "keys")
        number = found.prepare().number
        with pytest.raises(ReturnError, match="return 1 is not signed; sign it first"):
            made(found, number)
