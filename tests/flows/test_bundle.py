"""A bundle holds all its return was made from, and no more of other services than entered it; it comes out the same again."""

import os
import re
import zipfile
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import orjson
import pytest

from ecegateway.bundle.rebuilding import Rebuilding
from ecegateway.contract import ExportFile
from ecegateway.errors import ExportError, IntegrityError
from ecegateway.evidence.canonical import canonical
from ecegateway.evidence.claim_rows import rows_of_claim
from ecegateway.evidence.record import NewVersion, Quarantined, Series, State
from ecegateway.evidence.store import Evidence, open_evidence
from ecegateway.flows.bundle import bundle
from ecegateway.flows.packing import write_pack
from ecegateway.flows.proving import prove_rows
from ecegateway.flows.seal import change_key
from ecegateway.flows.verify_bundle import verify_bundle
from ecegateway.handbook.policy import policy, switches
from ecegateway.model.ids import SourceName
from ecegateway.proof.document import read_document
from ecegateway.signing.algorithms import Profile
from ecegateway.signing.keyring import Keyring, Purpose
from tests.storage.filling import FEED, answer, begin, put
from tests.support import operator
from tests.support.bundles import EXPORTERS, bundle_of, handed
from tests.support.packs import LATER, Centre, centre, records
from tests.support.records import EVERY_FACT, MONDAY, PERIOD, SERVICE, SOURCE, shift, stay
from tests.support.two_services import OTHER, at_other


@pytest.fixture
def made(evidence: Evidence, tmp_path: Path) -> Centre:
    return centre(evidence, tmp_path / "keys")


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Centre:
    return centre(open_evidence(f"sqlite:///{tmp_path / 'evidence.db'}", create=True), tmp_path / "keys")


def rebuilt(made: Centre) -> Rebuilding:
    held = made.evidence.evidence_of(SERVICE)
    proved = prove_rows(made.evidence, partial(rows_of_claim, evidence=held), made.keyring, LATER)
    found = Rebuilding(SERVICE)
    for document in proved.documents.values():
        found.add(document)
    return found


def put_strange_things(made: Centre) -> None:
    """Records that are gone, a second source in the same key space, rows set apart, a newer declaration of what is shown."""
    at = LATER + timedelta(hours=2)
    pull = begin(made.evidence, at, frozenset())
    with made.evidence.transaction() as writing:
        receipt = writing.keep(pull, FEED, answer(b"gone"), at)
        series = writing.series(Series(SOURCE, SERVICE, "attendance", SOURCE))
        writing.append(series, receipt, [NewVersion(f"s-c1-{MONDAY}", 2, State.DELETED, "", b"")])
        notes = writing.series(Series(SOURCE, SERVICE, "note", SOURCE))
        writing.append(notes, receipt, [NewVersion("n1", 2, State.MISSING, "", b"")])
        paper = writing.series(Series(SourceName("paper"), SERVICE, "staff_shift", SOURCE))
        writing.append(paper, receipt, [NewVersion("w9", 1, State.PRESENT, *canonical(shift(MONDAY, key="w9")))])
        row = Quarantined(SERVICE, FEED.name, "attendance", "/attendances", 3, "arrived", "no such time")
        writing.quarantine(receipt, [row, replace(row, row=4)])
    with made.evidence.transaction() as writing:
        writing.end_quarantine(1, "superseded", at)


def test_the_evidence_read_back_from_proofs_is_the_evidence_in_the_store(made: Centre) -> None:
    put_strange_things(made)
    held, found = made.evidence.evidence_of(SERVICE), rebuilt(made)
    assert found.evidence() == replace(held, known_at=max(one.received_at for one in held.versions))
    assert len(held.set_apart) == 1
    assert held.facts[SOURCE] == frozenset()
    assert {one.state for one in held.versions} == set(State)
    assert not list(found.missing())


def test_a_bundle_made_on_one_machine_verifies_and_recomputes_on_another(made: Centre, tmp_path: Path) -> None:
    put_strange_things(made)
    here = handed(made, tmp_path / "out")
    there = tmp_path / "another machine"
    there.mkdir()
    received = here.written.archive.rename(there / "received.zip")
    told = here.check(received)
    assert (told.damages, told.differences, told.notes) == ([], [], [])
    assert told.holds
    assert told.figures == len(PERIOD.days) * 6 + 3 * 4
    assert told.portions > 3
    assert (told.service, told.period) == (SERVICE, "2026-02")
    assert not any("bears" in limit or "taken as given" in limit for limit in told.limits)


def test_the_return_is_recomputed_with_the_switches_it_was_made_with(on_sqlite: Centre, tmp_path: Path) -> None:
    others = {name: switch.values[-1] for name, switch in switches().items()}
    written = write_pack(tmp_path / "out", bundle_of(on_sqlite, switches=others))
    told = verify_bundle(written.folder, on_sqlite.key(Purpose.LOG), on_sqlite.key(Purpose.EXPORT), EXPORTERS)
    assert told.holds
    law = orjson.loads((written.folder / "rules.json").read_bytes())
    assert {one["switch"]: one["value"] for one in law["switches"]} == others


def test_the_same_evidence_known_at_the_same_moment_gives_the_same_bytes(made: Centre, tmp_path: Path) -> None:
    before = bundle_of(made)
    made.put(stay(MONDAY + timedelta(days=4)), at=LATER + timedelta(days=1))
    assert bundle_of(made).files != before.files
    again = bundle_of(made, known_at=LATER)
    assert again == before
    written = write_pack(tmp_path, before)
    assert written.changed
    content = written.archive.read_bytes()
    written.archive.unlink()
    assert write_pack(tmp_path, again).changed
    assert written.archive.read_bytes() == content
    with zipfile.ZipFile(written.archive) as packed:
        assert {name.partition("/")[2]: packed.read(name) for name in packed.namelist()} == dict(before.files)
    modes = {path.stat().st_mode & 0o777 for path in written.folder.rglob("*") if path.is_file()}
    assert modes == {0o600} or os.name != "posix"


def test_the_first_page_says_what_it_holds_and_leads_to_what_there_is(on_sqlite: Centre) -> None:
    made = bundle_of(on_sqlite)
    page = made.files["index.html"].decode()
    assert "personal data of children" in page
    assert "from public evidence, not Ministry-approved" in page
    assert made.seal.export_key in page
    assert made.seal.log_key in page
    for path, content in made.files.items():
        if path.endswith(".html"):
            above = path.rpartition("/")[0]
            for link in re.findall(r'href="([^"#]+)', content.decode()):
                assert f"{above}/{link}".removeprefix("/") in made.files, (path, link)
            assert not re.search(r'(src|href)="(https?:|//)|url\(|@import|<script', content.decode()), path


def test_the_law_names_every_rule_with_its_version_and_the_handbook(on_sqlite: Centre) -> None:
    made = bundle_of(on_sqlite)
    law = orjson.loads(made.files["rules.json"])
    stands = {one["rule"] for one in law["rules"] if one["stands_in_the_return"]}
    assert stands == {finding.rule for finding in made.claim.findings} | {
        portion.reason for day in made.claim.child_days for portion in day.portions
    }
    assert len(law["rules"]) > len(stands) > 2
    assert all(one["version"] >= 1 and one["cites"] and one["title"] for one in law["rules"])
    assert law["handbook_edition"] == made.claim.handbook_edition
    assert all(re.fullmatch("[0-9a-f]{64}", one["sha256"]) for one in law["parameters"])


def two_services(made: Centre) -> None:
    """The child, and the teacher, are on record at another service at the same hours; so is a child who never was here."""
    there = [*records(), stay(MONDAY, "08:25-14:35", key="there"), stay(MONDAY, child_key="c9", key="s9")]
    made.put(*at_other(there), at=LATER + timedelta(hours=1))


def test_what_other_services_say_is_named_as_taken_as_given_and_no_more_of_it_than_entered(
    made: Centre, tmp_path: Path
) -> None:
    two_services(made)
    made.put(stay(MONDAY + timedelta(days=4)), at=LATER + timedelta(hours=2))
    found = bundle_of(made)
    assert found.others == (OTHER,)
    (said,) = orjson.loads(found.files["elsewhere.json"])["services"]
    assert {one["child"] for one in said["stays"]} == {"kowhai:c1"}
    assert {one["person"] for one in said["shifts"]} == {"t1"}
    assert all(one["evidence"].startswith("kowhai/10843/") for one in (*said["stays"], *said["shifts"], *said["booked"]))
    assert "100000001" not in found.files["elsewhere.json"].decode()
    services = set()
    for path, content in found.files.items():
        if path.startswith("evidence/") and path.endswith(".json"):
            services |= {one.columns["service"] for one in read_document(content).records if one.table == "series"}
    assert services == {SERVICE}
    told = handed(made, tmp_path).check(write_pack(tmp_path, found).archive)
    assert told.holds
    assert any("service 10843 say is taken as given" in limit for limit in told.limits)
    assert any("are of other services" in limit for limit in told.limits)


def test_a_return_that_cannot_be_made_whole_gives_no_bundle(on_sqlite: Centre) -> None:
    class Broken:
        name = "broken"

        def render(self, _: object) -> list[ExportFile]:
            raise ExportError("is not valid")

    with pytest.raises(ExportError, match="a part of the return cannot be made, so there is no bundle of it: broken"):
        bundle(
            on_sqlite.evidence,
            SERVICE,
            PERIOD,
            policy=policy(),
            exporters=[Broken()],
            keyring=on_sqlite.keyring,
            at=LATER,
        )


def test_a_record_changed_behind_the_gateways_back_is_not_bundled(made: Centre) -> None:
    operator.run(made.evidence, "UPDATE pull SET facts = '[]' WHERE id = 2")
    with pytest.raises(IntegrityError, match="pull 2: it is not what the log committed to"):
        bundle_of(made)


def test_the_logs_key_may_be_another_kind_and_may_have_been_changed(tmp_path: Path) -> None:
    with open_evidence(f"sqlite:///{tmp_path / 'evidence.db'}", create=True) as evidence:
        made = Centre(evidence, Keyring(tmp_path / "keys"))
        made.put(*records())
        first = made.key(Purpose.LOG)
        change_key(evidence, made.keyring, Profile.P384, LATER)
        here = handed(made, tmp_path / "out")
        assert replace(here, log_key=first).check(here.written.folder).holds, "the first key signed what was known then"
        made.put(stay(MONDAY + timedelta(days=4)), at=LATER + timedelta(days=1))
        here = handed(made, tmp_path / "out")
        assert here.log_key.profile == "p384"
        for trusted in (first, here.log_key):
            assert replace(here, log_key=trusted).check(here.written.archive).holds
        assert "openssl dgst -sha384" in (here.written.folder / "verify.html").read_text(encoding="utf-8")


def test_what_nobody_signed_yet_is_signed_first(tmp_path: Path) -> None:
    with open_evidence(f"sqlite:///{tmp_path / 'evidence.db'}", create=True) as evidence:
        made = Centre(evidence, Keyring(tmp_path / "keys"))
        put(evidence, *records(), facts=EVERY_FACT)
        assert handed(made, tmp_path).check(handed(made, tmp_path).written.folder).holds
