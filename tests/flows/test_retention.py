"""Records that have been kept for their time are erased for good; the log holds, and says who and why."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ecegateway.errors import EvidenceMissingError
from ecegateway.evidence.damage import Harm
from ecegateway.evidence.store import Evidence, open_evidence
from ecegateway.flows.retention import Erased, Kept, erase_due, hold, kept, release
from ecegateway.flows.seal import seal
from ecegateway.flows.verify import Verified, verify_store
from ecegateway.handbook.lookup import handbook
from ecegateway.model.record import Record
from ecegateway.signing.keyring import Keyring
from tests.storage.filling import put
from tests.support import operator
from tests.support.records import EVERY_FACT, SERVICE, agreement, child, profile, stay

THEN, NOW = datetime(2018, 7, 2, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC)
TODAY = date(2026, 3, 2)
LAST = date(2018, 6, 29)
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
    assert kept(store, handbook(), TODAY) == (Kept(SERVICE, 3, 1, 1, 0, date(2027, 6, 30)),)
    assert kept(store, handbook(), date(2025, 6, 29))[0].due == 0, "the last of its days"


def test_a_childs_records_go_with_all_versions_and_nobody_elses(store: Evidence, keyring: Keyring) -> None:
    others = said_of(store, "c2"), said_of(store, "c3")
    assert erase(store) == Erased(children=1, versions=4, bodies=0), "the bytes hold rows of others still kept"
    assert said_of(store, "c1") == []
    assert (said_of(store, "c2"), said_of(store, "c3")) == others
    told = verified(store, keyring)
    assert (told.holds, told.erased) == (True, 4)
    assert any("4 rows held: it was erased after its time" in limit for limit in told.limits)


def test_erasing_again_erases_nothing_more(store: Evidence) -> None:
    erase(store)
    assert erase(store) == Erased(0, 0, 0)


def test_bytes_go_when_no_record_of_theirs_is_left(store: Evidence, keyring: Keyring) -> None:
    """The service's own profile stays, so the bytes that told of it do; others go."""
    assert erase_due(store, handbook(), date(2034, 3, 4), by="Rāwiri", why="", at=NOW).bodies == 0
    store.erase_versions(store.evidence_of(SERVICE).versions, "Rāwiri", "", NOW)
    assert store.erase_bodies(NOW, "Rāwiri", "", NOW) == 1
    with pytest.raises(EvidenceMissingError, match="were erased after their time"):
        store.kept(1)
    assert verified(store, keyring).holds


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
    assert erase(store) == Erased(0, 0, 0)
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
