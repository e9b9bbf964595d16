"""The pack holds what an officer asks for, proves every record it shows, names its gaps, and comes out the same again."""

import csv
import io
import re
import subprocess
import sys
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from ecegateway.errors import ExportError, IntegrityError
from ecegateway.evidence.store import Evidence, open_evidence
from ecegateway.flows.inspection import Pack
from ecegateway.flows.packing import write_pack
from ecegateway.flows.seal import change_key
from ecegateway.flows.verify_pack import verify_pack
from ecegateway.proof.document import read_document
from ecegateway.signing.algorithms import Profile
from ecegateway.signing.keyring import Keyring, Purpose
from tests.storage.filling import NOON
from tests.support import operator
from tests.support.packs import HOSTILE, LATER, Centre, centre, records
from tests.support.records import MONDAY, SERVICE, stay
from tests.support.two_services import at_other

EVIDENCE = re.compile(r"[a-z0-9-]+/[0-9]+/[a-z_]+/[^\s\"'<>@;,]+@[0-9]+")

EXAMPLE = "source/10842/attendance/key@1"
"""Stands in a rule's words."""


@pytest.fixture
def made(evidence: Evidence, tmp_path: Path) -> Centre:
    return centre(evidence, tmp_path / "keys")


def rows(pack: Pack, table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(pack.files[f"records/{table}.csv"].decode("utf-8-sig"))))


def shown(pack: Pack) -> set[str]:
    """Every evidence id in any file of the pack that people or machines read, but for the proofs themselves."""
    texts = (
        content.decode()
        for path, content in pack.files.items()
        if not path.startswith("proofs/") and path.rpartition(".")[2] in ("html", "csv", "json", "xml")
    )
    return {found for text in texts for found in EVIDENCE.findall(text)}


def proved(pack: Pack) -> set[str]:
    found = set()
    for path, content in pack.files.items():
        if path.startswith("proofs/") and path.endswith(".json"):
            rows_of = {(one.table, one.row): one.columns for one in read_document(content).records}
            for (table, _), columns in rows_of.items():
                if table == "record_version":
                    series = rows_of["series", int(str(columns["series_id"]))]
                    assert ("receipt", columns["receipt_id"]) in rows_of
                    where = f"{series['source']}/{series['service']}/{series['stream']}"
                    found.add(f"{where}/{columns['key']}@{columns['version']}")
    return found


def test_every_record_version_that_stands_in_any_file_is_proved(made: Centre) -> None:
    pack = made.pack()
    assert any("/enrolment/" in one and one.endswith("@2") for one in shown(pack))
    assert shown(pack) - proved(pack) == {EXAMPLE}
    assert pack.seal.proved > len(proved(pack)) > 15


def test_records_are_shown_in_every_version_with_who_changed_what_and_why(made: Centre) -> None:
    pack = made.pack()
    first, second = rows(pack, "enrolment")
    assert (first["Version"], first["Child"], first["Bookings"].partition(";")[0]) == (
        "1",
        first["Child"],
        "Monday 08:30 to 14:30",
    )
    assert first["Child"].endswith("(c1)")
    assert (second["Changed by"], second["Why changed"]) == ("Hōri Ngāio (t1)", "new job")
    assert second["Signature"].startswith("by Mererangi O'Hārae (g1), signed on 2025-12-01")
    (change,) = rows(pack, "changes")
    assert (change["Record of"], change["What happened"], change["Fields"]) == ("Enrolment agreements", "changed", "Bookings")
    assert "08:30" in change["It was"]
    assert "09:00" in change["It is"]
    assert (change["By"], change["Why"]) == ("Hōri Ngāio", "new job")
    assert [row["Forms"] for row in rows(pack, "exemption")] == ["EC12"]
    assert {row["Person"] for row in rows(pack, "staff-shift")} == {"Hōri Ngāio (t1)"}
    assert len(rows(pack, "attendance")) == 3
    assert rows(pack, "verification")[0]["Decision"] == "confirmed"


def test_records_of_other_periods_are_left_out(made: Centre) -> None:
    made.put(stay(MONDAY - timedelta(days=60)), at=LATER + timedelta(days=1))
    assert {row["Day"] for row in rows(made.pack(), "attendance")} == {""}
    assert len(rows(made.pack(), "attendance")) == 3


def test_the_first_page_lists_the_gaps_and_leads_to_every_part(made: Centre) -> None:
    pack = made.pack()
    page = pack.files["start.html"].decode()
    for gap in pack.gaps:
        assert gap.see.partition("#")[0] in ("", *pack.files)
    assert pack.lacking["waiting"] > 0
    links = {link.partition("#")[0] for link in re.findall(r'href="([^"]+)"', page)}
    assert links - {""} - pack.files.keys() == set()
    assert {"records/enrolment.html", "records/changes.html", "return/rs7.html", "return/explanation.html"} <= links
    assert "from public evidence, not Ministry-approved" in page
    assert len(rows(pack, "gaps")) == len(pack.gaps)


def test_pages_fetch_nothing_and_show_hostile_text_as_text(made: Centre) -> None:
    pack = made.pack()
    for path, content in pack.files.items():
        if path.endswith(".html"):
            page = content.decode()
            assert not re.search(r'(src|href)="(https?:|//)|url\(|@import', page), path
            assert "<script" not in page, path
            assert "default-src 'none'" in page, path
    assert "&lt;script&gt;alert(&#39;Ngāio&#39;)" in pack.files["records/note.html"].decode()
    assert rows(pack, "note")[0]["Text"] == f"'{HOSTILE}"


def test_what_other_services_say_is_cited_and_not_shown(made: Centre) -> None:
    other = at_other([*records(), stay(MONDAY, "08:25-14:35", key="there")])
    made.put(*other, at=LATER + timedelta(hours=1))
    pack = made.pack()
    assert any("10843" in one for one in shown(pack))
    assert not any("10843/" in one for one in proved(pack))
    assert any("of other services" in gap.what for gap in pack.gaps)


def test_the_same_evidence_known_at_the_same_moment_gives_the_same_bytes(made: Centre, tmp_path: Path) -> None:
    before = made.pack()
    made.put(stay(MONDAY + timedelta(days=4)), at=LATER + timedelta(days=1))
    change_key(made.evidence, made.keyring, Profile.ED25519, LATER + timedelta(days=2))
    assert made.pack().files != before.files
    again = made.pack(known_at=LATER)
    assert again == before
    assert write_pack(tmp_path, before).changed
    assert not write_pack(tmp_path, again).changed
    folder, archive = write_pack(tmp_path, again).folder, write_pack(tmp_path, again).archive
    with zipfile.ZipFile(archive) as packed:
        assert {name.partition("/")[2]: packed.read(name) for name in packed.namelist()} == dict(again.files)
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} == again.files.keys()


def test_what_nobody_signed_yet_is_signed_first(evidence: Evidence, tmp_path: Path) -> None:
    made = centre(evidence, tmp_path / "keys")
    operator.run(evidence, "DELETE FROM checkpoint")
    (tmp_path / "keys").joinpath(next((tmp_path / "keys").glob("*.checkpoint")).name).unlink()
    written = made.written(tmp_path / "out")
    assert verify_pack(written.folder, made.key(Purpose.LOG), made.key(Purpose.EXPORT)).holds


def test_a_record_changed_behind_the_gateways_back_is_not_packed(made: Centre) -> None:
    operator.run(made.evidence, "UPDATE receipt SET received_at = '2026-06-01T23:00:00.000000+00:00' WHERE id = 1")
    with pytest.raises(IntegrityError, match="receipt 1: it is not what the log committed to"):
        made.pack()


def test_a_folder_that_holds_something_else_is_refused(made: Centre, tmp_path: Path) -> None:
    written = made.written(tmp_path)
    (written.folder / "return" / "of-mine.txt").write_text("x", encoding="utf-8")
    with pytest.raises(ExportError, match=r"holds 'return/of-mine\.txt', which is no part of this pack"):
        made.written(tmp_path)


@pytest.mark.parametrize("profile", Profile)
def test_the_pack_is_signed_by_a_key_minisign_knows_whatever_signs_the_log(tmp_path: Path, profile: Profile) -> None:
    with open_evidence(f"sqlite:///{tmp_path / 'evidence.db'}", create=True) as evidence:
        made = Centre(evidence, Keyring(tmp_path / "keys", profile))
        made.put(*records(), at=NOON)
        written = made.written(tmp_path / "out")
        told = verify_pack(written.archive, made.key(Purpose.LOG), made.key(Purpose.EXPORT))
    assert told.damages == []
    assert made.key(Purpose.LOG).profile is profile
    page = (written.folder / "verify.html").read_text(encoding="utf-8")
    assert ("-sha384" in page) is (profile is Profile.P384)


def test_the_script_in_the_pack_checks_the_proofs_without_us(made: Centre, tmp_path: Path) -> None:
    folder = made.written(tmp_path).folder
    files = sorted(folder.glob("proofs/*.json"))
    command = [sys.executable, "-I", str(folder / "proofs/check.py"), str(folder / "proofs/checkpoint.txt")]
    done = subprocess.run([*command, *map(str, files)], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith(" rows, 0 wrong\n")
    note = folder / "proofs" / "note.json"
    for old, new in (("HYPERLINK", "HYPERLINX"), ('"salt":"', '"salt":"00'), ('"path":["', '"path":["00')):
        changed = tmp_path / "note.json"
        changed.write_text(note.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
        done = subprocess.run([*command, str(changed)], capture_output=True, text=True, check=False, timeout=60)
        assert (done.returncode, " is not what was stored" in done.stdout) == (1, True), done.stderr
    assert SERVICE in folder.name
