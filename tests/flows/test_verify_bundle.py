"""One changed digit anywhere in a bundle is refused and located; and so is a figure that somebody signed again."""

import random
import re
import shutil
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import pytest

from ecegateway import __version__
from ecegateway.bundle.differences import Difference
from ecegateway.bundle.rebuilding import Rebuilding
from ecegateway.claim.catalogue import CATALOGUE
from ecegateway.errors import IntegrityError
from ecegateway.evidence.damage import Harm
from ecegateway.evidence.record import ServiceEvidence
from ecegateway.evidence.store import open_evidence
from ecegateway.export.document import head
from ecegateway.flows import verify_bundle as module
from ecegateway.flows.bundle import made_files
from ecegateway.flows.claim import Prepared, from_evidence
from ecegateway.flows.pack_files import open_pack
from ecegateway.flows.verify_bundle import VerifiedBundle, is_bundle, verify_bundle
from ecegateway.flows.verify_pack import compared, signed_list, verify_pack
from ecegateway.handbook.policy import Policy, policy
from ecegateway.inspection.manifest import BUNDLE, KEY, MANIFEST, SIGNATURE
from ecegateway.inspection.seal import Seal
from ecegateway.model.ids import ServiceNumber
from ecegateway.model.period import FundingPeriod
from ecegateway.proof.document import document_bytes, read_document
from ecegateway.signing.keys import new_signer
from ecegateway.signing.minisign import minisign_key, shown_id
from tests.support.bundles import EXPORTERS, Handed, handed
from tests.support.packs import centre

SEED = 20260602


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Handed:
    home = tmp_path_factory.mktemp("centre")
    with open_evidence(f"sqlite:///{home / 'evidence.db'}", create=True) as evidence:
        return handed(centre(evidence, home / "keys"), home / "out")


@pytest.fixture
def folder(original: Handed, tmp_path: Path) -> Path:
    return shutil.copytree(original.written.folder, tmp_path / "bundle")


@pytest.fixture
def made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes the return again once from equal proved evidence, and not again for each flipped byte."""
    claims: dict[Any, Any] = {}
    files: dict[Any, Any] = {}

    def claim_once(evidence: ServiceEvidence, period: FundingPeriod, policy: Policy, *, others: Any) -> Prepared:
        asked = (len(evidence.versions), period, policy.settings, repr(others))
        if asked not in claims:
            claims[asked] = from_evidence(evidence, period, policy, others=others)
        found: Prepared = claims[asked]
        return found

    def files_once(prepared: Prepared, others: Any, seal: Any, **more: Any) -> dict[str, bytes]:
        asked = (id(prepared), repr(others), seal, more["program"])
        if asked not in files:
            files[asked] = made_files(prepared, others, seal, **more)
        found: dict[str, bytes] = files[asked]
        return found

    monkeypatch.setattr(module, "from_evidence", claim_once)
    monkeypatch.setattr(module, "made_files", files_once)


def paths(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def named(told: VerifiedBundle, path: str) -> bool:
    return any(path in damage.where for damage in told.damages)


@pytest.mark.usefixtures("made_once")
def test_a_flipped_byte_in_any_file_is_found_and_located(original: Handed, folder: Path) -> None:
    chance, unnamed = random.Random(SEED), []  # noqa: S311 - places to try
    for path in paths(folder):
        content = (folder / path).read_bytes()
        at = chance.randrange(len(content))
        (folder / path).write_bytes(content[:at] + bytes([content[at] ^ 1 << chance.randrange(8)]) + content[at + 1 :])
        told = original.check(folder)
        if told.holds or not named(told, path):
            unnamed.append((path, at))
        (folder / path).write_bytes(content)
    assert unnamed == []
    assert len(paths(folder)) >= 50
    assert original.check(folder).holds


@pytest.mark.parametrize("path", [MANIFEST, SIGNATURE, KEY])
def test_every_byte_of_what_vouches_for_it_counts(original: Handed, folder: Path, path: str) -> None:
    content, missed = (folder / path).read_bytes(), []
    every = 1 if len(content) < 1000 else 41
    for at in range(0, len(content), every):
        (folder / path).write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        told = VerifiedBundle("")
        with open_pack(folder) as pack:
            listed = signed_list(told, pack, BUNDLE, original.export_key)
            told.damages += compared(pack, listed) if path == KEY else ()
        if not named(told, path):
            missed.append(at)
    assert missed == []


@pytest.mark.usefixtures("made_once")
def test_a_flipped_byte_of_the_zip_changes_no_content_unseen(original: Handed, tmp_path: Path) -> None:
    content, place = original.written.archive.read_bytes(), tmp_path / "bundle.zip"
    true, unseen, located = _contents(original.written.archive), [], 0
    chance = random.Random(SEED)  # noqa: S311 - places to try
    for at in [
        *range(0, 60, 3),
        *range(len(content) - 60, len(content), 3),
        *(chance.randrange(len(content)) for _ in range(30)),
    ]:
        changed = bytearray(content)
        changed[at] ^= 1 << chance.randrange(8)
        place.write_bytes(changed)
        try:
            told = original.check(place) if is_bundle(place) else verify_pack(place, original.log_key, original.export_key)
        except IntegrityError:
            located += 1
            continue
        if told.holds and _contents(place) != true:
            unseen.append(at)
        located += not told.holds
    assert unseen == []
    assert located > 20


def _contents(place: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(place) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def one_hour_more(content: bytes) -> bytes:
    """Adds an hour to the first figure of the JSON return that is none."""
    found = re.search(rb'"two_and_over": ([1-9])', content)
    assert found is not None
    return content[: found.start(1)] + str(int(found[1]) + 1).encode() + content[found.end(1) :]


def test_one_digit_of_the_return_is_located_to_the_cell(original: Handed, folder: Path) -> None:
    place = folder / "return" / "rs7.json"
    place.write_bytes(one_hour_more(place.read_bytes()))
    told = original.check(folder)
    assert [(damage.harm, damage.where) for damage in told.damages] == [(Harm.EDITED, "return/rs7.json")]
    assert told.differences == [Difference("return/rs7.json", "2026-02-09", "two and over", "7", "6")]
    assert not told.holds


def test_one_digit_of_the_evidence_is_located_to_the_record_and_nothing_is_recomputed_from_it(
    original: Handed, folder: Path
) -> None:
    place = folder / "evidence" / "attendance-001.json"
    text = place.read_text(encoding="utf-8")
    place.write_text(text.replace("2026-02-09T08:25", "2026-02-09T08:35", 1), encoding="utf-8")
    told = original.check(folder)
    where = {damage.where for damage in told.damages}
    (row,) = where - {"evidence/attendance-001.json"}
    assert re.fullmatch(
        r"evidence/attendance-001\.json: record_version [0-9]+ \(kowhai/10842/attendance/s-c1-2026-02-09@1\)", row
    )
    assert (told.recomputed, told.holds) == (False, False)


def xml_hour(content: bytes) -> bytes:
    return content.replace(b">6</SubsidyFundedChildTwoAndOverCount>", b">9</SubsidyFundedChildTwoAndOverCount>", 1)


def portion_minutes(content: bytes) -> bytes:
    return re.sub(rb'("portions":\[\{"minutes":)[0-9]+', rb"\g<1>1", content, count=1)


def said_of_rules(content: bytes) -> bytes:
    return re.sub(rb'("version":)1', rb"\g<1>7", content, count=1)


FORGERIES: Mapping[str, tuple[Callable[[bytes], bytes], str, str]] = {
    "return/rs7.json": (one_hour_more, "2026-02-09", "two and over"),
    "return/rs7.xml": (xml_hour, "2026-02-09", "SubsidyFundedChildTwoAndOverCount"),
    "return/explanation.json": (portion_minutes, "2026-02-02", "children, kowhai:c1, portions, attendance.no-record, minutes"),
    "return/findings.json": (
        lambda content: content.replace(b'"kowhai:c1"', b'"kowhai:c2"', 1),
        "",
        "causes, attendance.no-record, findings, ",
    ),
    "return/rs7.html": (lambda content: content.replace(b">6<", b">7<", 1), "", "line "),
    "return/findings.csv": (lambda content: content.replace(b"2026", b"2025", 1), "", "line "),
    "return/register.xlsx": (lambda content: content[:-400] + bytes(400), "", "the whole file"),
    "index.html": (lambda content: content.replace(b" hours</dd>", b"0 hours</dd>", 1), "", "line "),
    "rules.json": (said_of_rules, "", "version"),
    "evidence/check.py": (lambda content: content.replace(b"return entry", b"return True or entry"), "", "line "),
    "evidence/log-key.pem": (lambda content: content + b"\n", "", "line "),
    MANIFEST: (lambda content: content.replace(b'"input_digest":"', b'"input_digest":"0', 1), "", "input digest"),
}


@pytest.mark.parametrize("path", FORGERIES)
def test_a_figure_changed_and_signed_again_is_found_by_recomputing(original: Handed, folder: Path, path: str) -> None:
    change, day, column = FORGERIES[path]
    told = original.forge(folder, path, change)
    assert told.damages == []
    assert told.recomputed
    assert not told.holds
    assert {one.file for one in told.differences} == {path}
    assert any(one.day == day and column in one.column for one in told.differences), told.differences


def test_names_of_people_are_not_told_with_a_difference(original: Handed, folder: Path) -> None:
    told = original.forge(
        folder, "return/nsn-requests.json", lambda content: content.replace(b'"rs7', b'"Ng\xc4\x81io', 1) + b" "
    )
    assert not told.holds
    assert "Ng" not in repr([(one.said, one.recomputed) for one in told.differences])


def without(folder: Path, stream: str, key: str, version: int) -> None:
    """Takes a version out of the bundle's evidence, and nothing else."""
    place = folder / "evidence" / f"{stream}-001.json"
    document = read_document(place.read_bytes())
    kept = tuple(one for one in document.records if (one.columns.get("key"), one.columns.get("version")) != (key, version))
    assert len(kept) == len(document.records) - 1
    place.write_bytes(document_bytes(replace(document, records=kept)))


def test_an_earlier_version_left_out_and_all_signed_again_is_missed(original: Handed, folder: Path) -> None:
    without(folder, "enrolment", "a-c1", 1)
    original.sign_anew(folder)
    told = original.check(folder)
    assert [(one.harm, one.where) for one in told.damages] == [(Harm.REMOVED, "kowhai/10842/enrolment/a-c1@1")]
    assert not told.holds


def test_a_record_left_out_under_the_same_return_shows_in_its_cells_and_in_the_input_digest(
    original: Handed, folder: Path
) -> None:
    without(folder, "attendance", "s-c1-2026-02-09", 1)
    original.sign_anew(folder)
    told = original.check(folder)
    assert told.damages == []
    assert any((one.file, one.column) == (MANIFEST, "input digest") for one in told.differences)
    assert any((one.file, one.day, one.recomputed) == ("return/rs7.xml", "2026-02-09", "0") for one in told.differences)


def test_what_a_source_declared_left_out_shows_in_the_input_digest(original: Handed, folder: Path) -> None:
    place = folder / "evidence" / "sources.json"
    document = read_document(place.read_bytes())
    place.write_bytes(document_bytes(replace(document, records=())))
    original.sign_anew(folder)
    told = original.check(folder)
    assert any((one.file, one.column) == (MANIFEST, "input digest") for one in told.differences)


def test_a_return_made_anew_without_a_record_is_told_by_its_digest_and_by_the_gap_in_numbers(
    original: Handed, folder: Path
) -> None:
    """The limit: whoever has the key for exports can hand out a sound bundle of less evidence, and it is another return."""
    before = orjson.loads((folder / MANIFEST).read_bytes())["input_digest"]
    without(folder, "attendance", "s-c1-2026-02-09", 1)
    held = Rebuilding(ServiceNumber("10842"))
    rows = set()
    for place in sorted((folder / "evidence").glob("*.json")):
        document = read_document(place.read_bytes())
        rows |= {(one.table, one.row) for one in document.records}
        held.add(document)
    manifest = orjson.loads((folder / MANIFEST).read_bytes())
    prepared = from_evidence(held.evidence(), FundingPeriod(date(2026, 2, 1)), policy())
    checkpoint = original.check(folder).checkpoint
    assert checkpoint is not None
    export_key = shown_id(minisign_key(original.export_key))
    seal = Seal(len(rows), checkpoint, original.log_key.profile, original.log_key.key_id.hex(), export_key)
    made = made_files(
        prepared, (), seal, exporters=EXPORTERS, versions=held.numbers[0], program=__version__, signed_return=None
    )
    for path, content in made.items():
        (folder / path).write_bytes(content)
    manifest.update(orjson.loads(orjson.dumps(head(BUNDLE, prepared.claim))))
    (folder / MANIFEST).write_bytes(orjson.dumps(manifest, option=orjson.OPT_SORT_KEYS))
    original.sign_anew(folder)
    told = original.check(folder)
    assert (told.damages, told.differences) == ([], [])
    assert told.input_digest != before
    assert any("1 are of other services, were erased after their time, or were left out" in limit for limit in told.limits)
    assert any("compare the input digest" in limit for limit in told.limits)


def test_files_too_many_and_too_few_are_named_though_all_is_signed_again(original: Handed, folder: Path) -> None:
    (folder / "return" / "rs7.html").unlink()
    (folder / "return" / "more.txt").write_bytes(b"more")
    original.sign_anew(folder)
    told = original.check(folder)
    assert {(one.harm, one.where) for one in told.damages} == {
        (Harm.REMOVED, "return/rs7.html"),
        (Harm.ADDED, "return/more.txt"),
    }


@pytest.mark.parametrize("path", ["elsewhere.json", "rules.json", "evidence/sources.json"])
def test_what_cannot_be_read_is_named(original: Handed, folder: Path, path: str) -> None:
    told = original.forge(folder, path, lambda _: b"{}")
    assert named(told, path)
    assert not told.holds


def test_a_span_of_another_service_that_was_changed_shows_in_the_input_digest(original: Handed, folder: Path) -> None:
    said = orjson.loads((folder / "elsewhere.json").read_bytes())
    stays = [
        {"child": "kowhai:c1", "date": "2026-02-09", "starts": 510, "ends": 600, "evidence": "kowhai/10843/attendance/x@1"}
    ]
    service = {"service": "10843", "zone": "Pacific/Auckland", "known_at": "2026-06-01T00:00:00+00:00", "shifts": []}
    said["services"] = [{**service, "stays": stays, "booked": [], "attested": []}]
    told = original.forge(folder, "elsewhere.json", lambda _: orjson.dumps(said, option=orjson.OPT_SORT_KEYS))
    assert told.damages == []
    assert any((one.file, one.column) == (MANIFEST, "input digest") for one in told.differences)


def test_another_version_of_the_program_says_so_and_compares_the_figures_all_the_same(
    original: Handed, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = next(iter(CATALOGUE))
    monkeypatch.setattr("ecegateway.bundle.law.CATALOGUE", {**CATALOGUE, rule: replace(CATALOGUE[rule], version=99)})
    told = original.check(folder)
    (one,) = told.differences
    assert (one.file, one.column, one.recomputed) == ("rules.json", f"rules, {rule}, version", "99")
    monkeypatch.setattr(module, "__version__", "99.0.0")
    told = original.check(folder)
    assert told.holds
    assert "it was made by ecegateway" in told.notes[0]
    assert told.notes[1] == f"rules, {rule}, version: 1 in the bundle, 99 here"
    told = original.forge(folder, "return/rs7.json", one_hour_more)
    assert told.differences == [Difference("return/rs7.json", "2026-02-09", "two and over", "7", "6")]
    assert len(told.notes) == 2


def test_a_switch_that_this_version_does_not_know_is_told(original: Handed, folder: Path) -> None:
    told = original.forge(folder, MANIFEST, lambda content: content.replace(b'"switch":"rs7.', b'"switch":"rs8.', 1))
    assert (told.recomputed, told.holds) == (False, False)
    assert any("it cannot be made again: [policy] has no switch 'rs8." in one.said for one in told.damages)


def test_without_keys_it_says_what_that_does_not_prove_and_another_logs_key_is_told(original: Handed) -> None:
    told = verify_bundle(original.written.folder, None, None, EXPORTERS)
    assert told.holds
    assert any("proves nothing about itself" in limit for limit in told.limits)
    told = verify_bundle(original.written.folder, new_signer("ecegateway-log").verifier, original.export_key, EXPORTERS)
    assert {damage.harm for damage in told.damages} == {Harm.ANOTHER}
    assert not told.holds
