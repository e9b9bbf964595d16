"""Records that have been kept for their time are erased for good; the log holds, and says who and why."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from ecegateway.errors import EvidenceMissingError
from ecegateway.evidence import schema
from ecegateway.evidence.damage import Harm
from ecegateway.evidence.erasing import erase_bodies, erase_versions
from ecegateway.evidence.record import Quarantined
from ecegateway.evidence.store import Evidence, open_evidence
from ecegateway.flows.faults import KnownFaults
from ecegateway.flows.retention import Erased, Kept, erase_due, hold, kept, release
from ecegateway.flows.seal import seal
from ecegateway.flows.verify import Verified, verify_store
from ecegateway.handbook.lookup import handbook
from ecegateway.model.people import Person, SignatureMeans
from ecegateway.model.record import Record
from ecegateway.signing.keyring import Keyring
from tests.storage.filling import FEED, SOURCE, answer, begin, put
from tests.support import operator
from tests.support.records import EVERY_FACT, SERVICE, agreement, child, profile, shift, stay

THEN, NOW = datetime(2018, 7, 2, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC)
TODAY = date(2026, 3, 2)
LAST = date(2018, 6, 29)
NOTHING = Erased(0, 0, 0, 0, 0)
BY = {"by": "Rāwiri", "why": "kept for seven years", "at": NOW}


def family(key: str, *, last: date | None) -> Iterable[Record]:
    """A child who came until a day, or still comes."""
    since = date(2017, 2, 6)
    came = last or date(2026, 2, 27)
    return [*child(key), agreement(key, since=since, signed_on=since, last_day=last), stay(came, child_key=key)]


@pytest.fixture
def keyring(tmp_path: Path) -> Keyring:
    return Keyring(tmp_path / "keys")


@pytest.fixture
def store(evidence: Evidence, keyring: Keyring) -> Evidence:
    """A child who left in 2018, one who left in 2020, and one who still comes; of the first two the bytes came long ago."""
    put(evidence, profile(), *family("c1", last=LAST), *family("c2", last=date(2020, 6, 30)), at=THEN, facts=EVERY_FACT)
    put(evidence, *family("c3", last=None), at=NOW, facts=EVERY_FACT)
    seal(evidence, keyring, NOW)
    return evidence


def erase(evidence: Evidence) -> Erased:
    return erase_due(evidence, handbook(), TODAY, **BY)  # type: ignore[arg-type]


def verified(evidence: Evidence, keyring: Keyring) -> Verified:
    seal(evidence, keyring, NOW)
    return verify_store(evidence, None, ())


def said_of(evidence: Evidence, key: str) -> list[Record]:
    records = (version.record for version in evidence.evidence_of(SERVICE).versions)
    return [record for record in records if record is not None and key in (record.key, getattr(record, "child", None))]


def test_what_is_due_is_counted_before_anything_goes(store: Evidence) -> None:
    assert kept(store, handbook(), TODAY) == (Kept(SERVICE, 3, 1, 1, 0, 0, 0, 0, date(2027, 6, 30)),)
    assert kept(store, handbook(), date(2025, 6, 29))[0].due == 0, "the last of its days"


def test_a_childs_records_go_with_all_versions_and_nobody_elses(store: Evidence, keyring: Keyring) -> None:
    others = said_of(store, "c2"), said_of(store, "c3")
    assert erase(store) == Erased(children=1, people=0, versions=4, told=0, bodies=0), (
        "the bytes hold rows of others still kept"
    )
    assert said_of(store, "c1") == []
    assert (said_of(store, "c2"), said_of(store, "c3")) == others
    told = verified(store, keyring)
    assert (told.holds, told.erased) == (True, 4)
    assert any("4 rows held: it was erased after its time" in limit for limit in told.limits)


def test_erasing_again_erases_nothing_more(store: Evidence) -> None:
    erase(store)
    assert erase(store) == NOTHING


def bodies_erased(store: Evidence, before: datetime) -> int:
    with store.adding() as appending:
        return erase_bodies(appending, before, "Rāwiri", "", NOW)


def test_bytes_go_when_no_record_of_theirs_is_left(store: Evidence, keyring: Keyring) -> None:
    """The service's own profile stays, so the bytes that told of it do; others go."""
    assert erase_due(store, handbook(), date(2034, 3, 4), by="Rāwiri", why="", at=NOW).bodies == 0
    with store.adding() as appending:
        erase_versions(appending, store.evidence_of(SERVICE).versions, "Rāwiri", "", NOW)
    assert bodies_erased(store, NOW) == 1
    with pytest.raises(EvidenceMissingError, match="were erased after their time"):
        store.kept(1)
    assert verified(store, keyring).holds


def test_bytes_younger_than_seven_years_stay_though_nobodys_record_needs_them(store: Evidence) -> None:
    with store.adding() as appending:
        erase_versions(appending, store.evidence_of(SERVICE).versions, "Rāwiri", "", NOW)
    assert bodies_erased(store, THEN) == 0, "neither were received before that instant"
    assert [store.kept(receipt).receipt for receipt in (1, 2)] == [1, 2]


def test_bytes_that_came_again_later_stay_as_long_as_the_later_receipt_needs_them(store: Evidence, keyring: Keyring) -> None:
    """The same bytes are kept once: what an old receipt no longer needs, a young one may."""
    put(store, child("c4")[0], at=THEN, facts=EVERY_FACT)
    again = f"{THEN}".encode()
    pull = begin(store, NOW)
    with store.transaction() as writing:
        receipt = writing.keep(pull, FEED, answer(again), NOW)
    with store.adding() as appending:
        erase_versions(appending, store.evidence_of(SERVICE).versions, "Rāwiri", "", NOW)
    assert bodies_erased(store, NOW) == 0
    assert store.kept(receipt).answer.body == again
    assert verified(store, keyring).holds


def test_a_row_in_quarantine_goes_with_its_bytes_and_stops_no_pull(store: Evidence, keyring: Keyring) -> None:
    """A pull looks at the bytes of every row in quarantine: one whose bytes are gone would fail it for good."""
    with store.transaction() as writing:
        for receipt in (1, 2):
            writing.quarantine(receipt, [Quarantined(SERVICE, FEED.name, "note", "/notes", 0, None, "not a row")])
    erase(store)
    assert [entry.receipt for entry in store.open_quarantine()] == [2]
    KnownFaults(store, SOURCE, FEED)
    assert verified(store, keyring).holds


def test_nothing_that_a_record_still_kept_refers_to_is_lost(store: Evidence, keyring: Keyring) -> None:
    """Whatever goes, each version that is left still leads to the bytes that said so."""
    erase(store)
    left = [version for version in store.evidence_of(SERVICE).versions if version.record is not None]
    assert left
    for version in left:
        (told, *_) = store.versions_of(version.source, SERVICE, version.stream, version.key)
        assert store.kept(told.receipt).answer.body
    assert verified(store, keyring).holds


def grown_ups() -> list[Record]:
    """A guardian with a means of signing, and a teacher who left in 2018."""
    return [
        Person(service=SERVICE, key="g1", role="guardian", family_name="Tūmanako"),
        SignatureMeans(service=SERVICE, key="m1", person="g1"),
        Person(service=SERVICE, key="t1", role="staff", given_names="Hōri"),
        shift(LAST),
    ]


def test_a_guardian_goes_with_the_last_child_and_a_teacher_with_the_shifts(evidence: Evidence, keyring: Keyring) -> None:
    put(
        evidence,
        profile(),
        *grown_ups(),
        *family("c1", last=LAST),
        *family("c2", last=date(2020, 6, 30)),
        at=THEN,
        facts=EVERY_FACT,
    )
    (one,) = kept(evidence, handbook(), TODAY)
    assert (one.people, one.people_due, one.due) == (2, 1, 1), "the guardian has another child"
    assert erase(evidence) == Erased(children=1, people=1, versions=6, told=0, bodies=0)
    assert said_of(evidence, "t1") == []
    assert [record.key for record in said_of(evidence, "g1")] == ["g1"]
    done = erase_due(evidence, handbook(), date(2027, 7, 1), **BY)  # type: ignore[arg-type]
    assert (done.children, done.people, done.versions) == (1, 1, 6), "four of the child, the guardian and their means"
    assert {version.stream for version in evidence.evidence_of(SERVICE).versions} == {"service"}
    assert verified(evidence, keyring).holds


def test_a_guardian_of_a_child_that_is_held_stays(evidence: Evidence) -> None:
    put(evidence, profile(), *grown_ups(), *family("c1", last=LAST), at=THEN, facts=EVERY_FACT)
    hold(evidence, SERVICE, "kowhai:c1", **BY)  # type: ignore[arg-type]
    (one,) = kept(evidence, handbook(), TODAY)
    assert (one.people_due, one.people_held) == (2, 1)
    assert (erase(evidence).people, len(said_of(evidence, "g1"))) == (1, 1)


def tell(evidence: Evidence, child_key: str | None, number: int) -> None:
    """An event about a child, and a step to the child's number."""
    content = f'{{"name":"Ngāio {number}"}}'
    told = {"content": content, "digest": sha256(content.encode()).digest(), "service": SERVICE, "child": child_key, "at": NOW}
    with evidence.adding() as appending:
        appending.insert(
            schema.ELI_EVENT, key=f"k{number}", family="enrolment", action="set", entity=f"e{number}", source="kowhai", **told
        )
        if child_key is not None:
            appending.insert(schema.NSN_STEP, step="search", by="Rāwiri", **told)


def told_rows(evidence: Evidence, table: str) -> list[str]:
    with evidence.inspecting() as connection:
        return list(connection.exec_driver_sql(f"SELECT content FROM {table} ORDER BY id").scalars())


def test_what_was_told_of_a_child_goes_with_its_records_and_the_log_holds(store: Evidence, keyring: Keyring) -> None:
    for number, child_key in enumerate(("kowhai:c1", "kowhai:c2", None, "kowhai:c1")):
        tell(store, child_key, number)
    assert verified(store, keyring).holds
    assert erase(store) == Erased(children=1, people=0, versions=4, told=4, bodies=0)
    assert [bool(content) for content in told_rows(store, "eli_event")] == [False, True, True, False]
    assert [bool(content) for content in told_rows(store, "nsn_step")] == [False, True, False]
    told = verified(store, keyring)
    assert (told.holds, told.erased) == (True, 8)
    assert erase(store) == NOTHING
    operator.run(store, "UPDATE nsn_step SET content = '{}' WHERE id = 1")
    assert {damage.harm for damage in verified(store, keyring).damages} == {Harm.EDITED}


def test_what_was_erased_is_nowhere_in_the_file(tmp_path: Path, keyring: Keyring) -> None:
    """On SQLite; PostgreSQL clears old rows from its files when it vacuums."""
    place = tmp_path / "evidence.db"
    with open_evidence(f"sqlite:///{place}", create=True) as store:
        put(store, profile(), *family("c1", last=LAST), at=THEN, facts=EVERY_FACT)
        names = [name.encode() for name in ("Tūmanako", "Ngāio", "100000001", "2023-08-01")]
        assert [name for name in names if name in place.read_bytes()] == names
        erase(store)
        seal(store, keyring, NOW)
    assert [name for name in names if name in place.read_bytes()] == []


@pytest.mark.parametrize("child_key", ["kowhai:c1", None])
def test_what_is_held_stays_until_the_hold_is_released(store: Evidence, child_key: str | None) -> None:
    number = hold(store, SERVICE, child_key, **BY)  # type: ignore[arg-type]
    assert kept(store, handbook(), TODAY)[0].held == 1
    assert erase(store) == NOTHING
    release(store, number, **BY)  # type: ignore[arg-type]
    assert erase(store).children == 1
    with pytest.raises(EvidenceMissingError, match="no hold of the number"):
        release(store, number, **BY)  # type: ignore[arg-type]


def test_a_hold_on_another_child_holds_nobody_else(store: Evidence) -> None:
    hold(store, SERVICE, "kowhai:c9", **BY)  # type: ignore[arg-type]
    assert erase(store).children == 1


def test_erasing_behind_the_logs_back_is_found(store: Evidence, keyring: Keyring) -> None:
    """A row emptied without a word is edited; a word about it that the log does not know is added."""
    operator.run(store, "UPDATE record_version SET content = '', digest = :none WHERE seq = 2", none=b"")
    told = verified(store, keyring)
    assert {damage.harm for damage in told.damages} == {Harm.EDITED}
    word = "INSERT INTO erasure (id, of_table, of_row, by, why, at) VALUES (1, 'record_version', '2', 'x', '', '2026-03-02')"
    operator.run(store, word)
    assert {damage.harm for damage in verified(store, keyring).damages} == {Harm.ADDED}


def test_an_erased_row_that_holds_something_again_is_found(store: Evidence, keyring: Keyring) -> None:
    erase(store)
    first = "(SELECT min(seq) FROM record_version WHERE content = '')"
    operator.run(store, f"UPDATE record_version SET content = '{{}}' WHERE seq = {first}")
    assert {damage.harm for damage in verified(store, keyring).damages} == {Harm.EDITED}
