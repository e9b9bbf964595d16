"""The evidence is signed, and every way of changing it behind the gateway's back is named, or told as a limit."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from ecegateway.errors import ConfigError, IntegrityError
from ecegateway.evidence.damage import Damage, Harm
from ecegateway.evidence.store import Evidence
from ecegateway.flows.seal import change_key, seal, witness_place, witnessed
from ecegateway.flows.verify import Outside, Verified, verify_store
from ecegateway.signing.algorithms import Profile
from ecegateway.signing.keyring import Keyring, Purpose
from ecegateway.signing.keys import Verifier, new_signer
from tests.storage.filling import NOON, begin, first, store, version
from tests.support import operator


@dataclass
class Centre:
    """A store, its keys, and what lies outside of it: the public key and the checkpoint signed last."""

    evidence: Evidence
    keyring: Keyring

    @property
    def key(self) -> Verifier:
        return self.keyring.verifier(Purpose.LOG)

    @property
    def origin(self) -> str:
        return verify_store(self.evidence, None, ()).origin

    def outside(self) -> Outside:
        seen = witnessed(self.keyring, self.origin)
        assert seen is not None
        return Outside("an e-mail", seen)

    def pull(self, hours: int, *keys: str, number: int = 1) -> None:
        at = NOON + timedelta(hours=hours)
        pulled = begin(self.evidence, at)
        with self.evidence.transaction() as writing:
            versions = [version(key, number, f"said at {at}") if number > 1 else first(key) for key in keys]
            store(writing, pulled, versions, at=at, body=f"{at}".encode())
        self.evidence.end_pull(pulled, "finished", "", {}, at)
        seal(self.evidence, self.keyring, at)

    def attack(self, *statements: str, **values: object) -> None:
        operator.run(self.evidence, *statements, **values)

    def verify(self, *outside: Outside) -> Verified:
        return verify_store(self.evidence, self.key, outside)


@pytest.fixture
def centre(evidence: Evidence, tmp_path: Path) -> Centre:
    """Three pulls, each signed."""
    made = Centre(evidence, Keyring(tmp_path / "keys"))
    made.pull(0, "n1", "n2", "n3")
    made.pull(1, "n2", number=2)
    made.pull(2, "n4", "n5")
    return made


def found(verified: Verified) -> set[tuple[Harm, str]]:
    return {(damage.harm, damage.where) for damage in verified.damages}


def test_an_untouched_store_holds_and_says_what_it_cannot_prove(centre: Centre) -> None:
    told = centre.verify(centre.outside())
    assert (told.damages, told.holds) == ((), True)
    assert told.rows == told.size == told.signed == told.outside
    assert told.signed_at == NOON + timedelta(hours=2)
    assert told.keys == (centre.key.key_id.hex(),)
    assert [limit.partition(";")[0] for limit in told.limits] == [
        "what the sources said is proved, when it came, and that it has not changed"
    ]


def test_what_only_the_store_vouches_for_is_told_as_a_limit(centre: Centre) -> None:
    told = verify_store(centre.evidence, None, ())
    assert told.holds
    assert any("was read from the store itself" in limit for limit in told.limits)
    assert any(f"newest {told.size} rows" in limit and "could have made them anew" in limit for limit in told.limits)


def test_rows_stored_since_the_last_signature_are_told(centre: Centre) -> None:
    begin(centre.evidence)
    told = centre.verify(centre.outside())
    assert told.holds
    assert told.size - told.signed == 1
    assert any(limit.startswith("1 rows are not signed yet") for limit in told.limits)


def test_a_checkpoint_is_numbered_by_the_store_whatever_a_sequence_says(centre: Centre) -> None:
    """A copied database of PostgreSQL, killed, gives the numbers of its sequences a second time."""
    if centre.evidence._engine.dialect.name == "postgresql":
        centre.attack("SELECT setval(pg_get_serial_sequence('checkpoint', 'id'), 1, false)")
    centre.pull(3, "n6")
    assert centre.verify().holds
    with centre.evidence.inspecting() as connection:
        assert connection.exec_driver_sql("SELECT id FROM checkpoint ORDER BY id").scalars().all() == [1, 2, 3, 4]


def test_nothing_new_is_signed_once(centre: Centre) -> None:
    seal(centre.evidence, centre.keyring, NOON + timedelta(hours=9))
    assert centre.verify().signed_at == NOON + timedelta(hours=2)


VERSION = "record_version 2 (kowhai/10842/note/n2@1)"


def edit(centre: Centre) -> None:
    centre.attack("UPDATE record_version SET content = '{}' WHERE seq = 2")


def delete(centre: Centre) -> None:
    centre.attack("DELETE FROM record_version WHERE seq = 2")


def insert(centre: Centre) -> None:
    columns = "series_id, 'n9', 1, state, content, digest, receipt_id"
    centre.attack(f"INSERT INTO record_version SELECT 99, {columns} FROM record_version WHERE seq = 2")


def swap(centre: Centre) -> None:
    """The contents of two records change places, digests and all."""
    swapped = "(SELECT {0} FROM record_version other WHERE other.seq = 5 - record_version.seq)"
    both = ", ".join(f"{column} = {swapped.format(column)}" for column in ("content", "digest"))
    centre.attack(f"UPDATE record_version SET {both} WHERE seq IN (2, 3)")


def reorder(centre: Centre) -> None:
    """The second version of a record is made its first."""
    centre.attack(
        "UPDATE record_version SET version = 9 WHERE seq = 2",
        "UPDATE record_version SET version = 1 WHERE seq = 4",
        "UPDATE record_version SET version = 2 WHERE seq = 2",
    )


def who_and_when(centre: Centre) -> None:
    centre.attack("UPDATE receipt SET received_at = '2026-06-01T00:00:00.000000+00:00' WHERE id = 2")


def row_and_log(centre: Centre) -> None:
    """A row, and its commitment and its leaf in the log, but not the tree above."""
    with centre.evidence.inspecting() as connection:
        pages = connection.exec_driver_sql("SELECT first, leaves FROM log_page ORDER BY first").all()
    place, leaves = pages[1]
    centre.attack(
        "UPDATE record_version SET state = 'deleted' WHERE seq = 2",
        "UPDATE log_page SET leaves = :leaves WHERE first = :first",
        leaves=bytes(32) + leaves[32:],
        first=place,
    )


@pytest.mark.parametrize(
    ("attack", "expected"),
    [
        (edit, (Harm.EDITED, VERSION)),
        (delete, (Harm.REMOVED, "record_version 2")),
        (insert, (Harm.ADDED, "record_version 99 (kowhai/10842/note/n9@1)")),
        (swap, (Harm.EDITED, VERSION)),
        (reorder, (Harm.EDITED, "record_version 4 (kowhai/10842/note/n2@1)")),
        (who_and_when, (Harm.EDITED, "receipt 2")),
        (row_and_log, (Harm.EDITED, "record_version 2 (kowhai/10842/note/n2@1)")),
    ],
    ids=["edit", "delete", "insert", "swap", "reorder", "who or when", "row and log"],
)
def test_a_row_changed_behind_the_logs_back_is_named_by_record(
    centre: Centre, attack: Callable[[Centre], None], expected: tuple[Harm, str]
) -> None:
    attack(centre)
    assert expected in found(centre.verify())


def test_a_log_cut_at_its_end_is_told_from_an_older_copy(centre: Centre) -> None:
    """Truncation: rows and pages of the last pull go, what was signed stays."""
    size = centre.verify().size
    centre.attack(
        "DELETE FROM record_version WHERE seq > 4",
        "DELETE FROM pull_end WHERE pull_id = 3",
        "DELETE FROM log_page WHERE first = (SELECT max(first) FROM log_page)",
    )
    told = centre.verify()
    assert any(damage.harm is Harm.TRUNCATED and damage.where.endswith(f" to {size - 1}") for damage in told.damages)


def older_copy(centre: Centre) -> None:
    """The store as it was after the second pull: of the third nothing is left, nor of its checkpoint."""
    with centre.evidence.inspecting() as connection:
        kept = connection.exec_driver_sql("SELECT size FROM checkpoint WHERE id = 2").scalar_one()
    centre.attack(
        "DELETE FROM checkpoint WHERE id = 3",
        "DELETE FROM log_page WHERE first >= :kept",
        "DELETE FROM record_version WHERE seq > 4",
        "DELETE FROM receipt WHERE id = 3",
        "DELETE FROM body WHERE digest NOT IN (SELECT body_digest FROM receipt)",
        "DELETE FROM pull_end WHERE pull_id = 3",
        "DELETE FROM pull WHERE id = 3",
        kept=kept,
    )


def test_an_older_copy_is_named_by_a_checkpoint_from_outside_and_is_a_limit_without_one(centre: Centre) -> None:
    outside = centre.outside()
    older_copy(centre)
    (damage,) = centre.verify(outside).damages
    assert damage.harm is Harm.ROLLED_BACK
    assert "the copy of 2026-06-02 01:00 UTC" in damage.said
    alone = centre.verify()
    assert alone.holds
    assert any("an older copy could stand here" in limit for limit in alone.limits)


def test_an_older_copy_is_not_signed_again_as_if_nothing_had_happened(centre: Centre) -> None:
    older_copy(centre)
    with pytest.raises(IntegrityError, match="not the one signed last") as refused:
        centre.pull(3, "n6")
    witness_place(centre.keyring, centre.origin).unlink()
    centre.pull(4, "n7")
    assert centre.verify().holds, str(refused.value)


def test_a_log_made_anew_over_changed_rows_is_not_what_was_signed(centre: Centre) -> None:
    """Re-chaining everything: rows and log agree, the signatures do not."""
    centre.attack("UPDATE pull SET plugin_version = '9.9'")
    operator.make_log_anew(centre.evidence)
    assert {harm for harm, _ in found(centre.verify())} == {Harm.REWRITTEN}


def test_a_log_made_and_signed_anew_is_named_by_a_checkpoint_from_outside_and_is_a_limit_without_one(centre: Centre) -> None:
    outside = centre.outside()
    centre.attack("UPDATE pull SET plugin_version = '9.9'")
    operator.make_log_anew(centre.evidence)
    operator.sign_anew(centre.evidence, centre.keyring.signer(Purpose.LOG), NOON)
    (damage,) = centre.verify(outside).damages
    assert damage.harm is Harm.REWRITTEN
    alone = centre.verify()
    assert alone.holds
    assert any("could have made them anew" in limit for limit in alone.limits)


def test_another_key_in_place_of_the_logs_is_named(centre: Centre) -> None:
    key, stranger = centre.key, new_signer("ecegateway-log")
    centre.attack("UPDATE log_key SET public_key = :pem", pem=stranger.verifier.pem.decode())
    operator.make_log_anew(centre.evidence)
    operator.sign_anew(centre.evidence, stranger, NOON)
    told = verify_store(centre.evidence, key, ())
    assert (Harm.ANOTHER, "the keys of the log") in found(told)


def test_another_logs_name_is_named(centre: Centre) -> None:
    outside = centre.outside()
    centre.attack("UPDATE log SET origin = 'ecegateway/evidence/another'")
    operator.make_log_anew(centre.evidence)
    operator.sign_anew(centre.evidence, centre.keyring.signer(Purpose.LOG), NOON)
    (damage,) = centre.verify(outside).damages
    assert (damage.harm, damage.where) == (Harm.ANOTHER, "an e-mail")


def test_an_old_checkpoint_put_in_again_is_named(centre: Centre) -> None:
    centre.attack("INSERT INTO checkpoint (id, size, note, at) SELECT 9, size, note, at FROM checkpoint WHERE id = 1")
    assert found(centre.verify()) == {(Harm.FORGED, "checkpoint 9")}


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE checkpoint SET note = replace(note, 'schema', 'schemb') WHERE id = 2",
        "UPDATE checkpoint SET size = size + 1 WHERE id = 2",
        "UPDATE checkpoint SET at = '2026-06-03' WHERE id = 2",
        "UPDATE checkpoint SET note = '' WHERE id = 2",
    ],
)
def test_a_checkpoint_that_was_changed_is_named(centre: Centre, attack: str) -> None:
    centre.attack(attack)
    assert found(centre.verify()) == {(Harm.FORGED, "checkpoint 2")}


def schemas(centre: Centre) -> Iterator[str]:
    if centre.evidence._engine.dialect.name == "sqlite":
        yield "DROP TRIGGER body_no_delete"
        yield "PRAGMA user_version = 7"
        yield "PRAGMA application_id = 7"
    else:
        yield "DROP TRIGGER body_append_only ON body"
        yield "ALTER TABLE pull DISABLE TRIGGER pull_append_only"
        harmless = "RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"
        yield f"CREATE OR REPLACE FUNCTION evidence_is_append_only() {harmless}"
    yield "CREATE TABLE more (id INTEGER)"
    yield "UPDATE alembic_version SET version_num = '0002'"


@pytest.mark.parametrize("number", range(5))
def test_a_changed_schema_is_named(centre: Centre, number: int) -> None:
    with centre.evidence._engine.begin() as connection:
        connection.exec_driver_sql([*schemas(centre)][number])
    assert {harm for harm, _ in found(centre.verify())} == {Harm.SCHEMA}


def test_a_changed_key_is_followed_from_the_first_and_from_the_newest(centre: Centre) -> None:
    old = centre.key
    change_key(centre.evidence, centre.keyring, Profile.P384, NOON + timedelta(hours=3))
    centre.pull(4, "n8")
    told = centre.verify(centre.outside())
    assert told.holds
    assert told.keys == (old.key_id.hex(), centre.key.key_id.hex())
    assert verify_store(centre.evidence, old, (centre.outside(),)).holds


def test_a_key_that_did_not_take_over_from_the_one_before_is_named(centre: Centre) -> None:
    change_key(centre.evidence, centre.keyring, Profile.ED25519, NOON + timedelta(hours=3))
    centre.attack("UPDATE log_key SET signatures = 'AAAA BBBB' WHERE id = 2")
    assert (Harm.FORGED, "the keys of the log") in found(centre.verify())


def test_a_key_that_is_not_the_logs_signs_nothing(centre: Centre, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="signed with another key"):
        seal(centre.evidence, Keyring(tmp_path / "others"), NOON)


def test_a_change_of_key_broken_off_is_ended_by_asking_again(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    later = NOON + timedelta(hours=3)
    with monkeypatch.context() as broken:
        broken.setattr(Keyring, "adopt", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            change_key(centre.evidence, centre.keyring, Profile.ED25519, later)
    change_key(centre.evidence, centre.keyring, Profile.ED25519, later)
    assert len(centre.verify().keys) == 2
    assert centre.verify().holds


def test_of_very_many_damages_only_the_number_is_told(centre: Centre) -> None:
    pulled = begin(centre.evidence)
    with centre.evidence.transaction() as writing:
        store(writing, pulled, [first(f"m{n}") for n in range(1200)])
    centre.attack("DELETE FROM record_version WHERE seq > 6")
    told = centre.verify()
    assert (told.damage_count, len(told.damages)) == (1200, 1000)
    assert told.damages[0] == Damage(Harm.REMOVED, "record_version 7", "it was stored, and is not there")
