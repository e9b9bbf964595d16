"""The keys that name things; each is minted by somebody else and kept as text."""

from typing import Annotated, NewType

from pydantic import StringConstraints

MAX_KEY_LENGTH = 255
"""Longest key accepted, in characters. ELI's EntityId has the same bound (public transcription, not Ministry-approved)."""

_Key = StringConstraints(min_length=1, max_length=MAX_KEY_LENGTH, pattern=r"^\S(?:.*\S)?$")

ServiceNumber = NewType("ServiceNumber", str)
"""The Ministry's number of a licensed service, as text."""

ChildKey = NewType("ChildKey", str)
"""The vendor's stable key of a child."""

PersonKey = NewType("PersonKey", str)
"""The vendor's stable key of a guardian, staff member or administrator."""

RecordKey = NewType("RecordKey", str)
"""The vendor's stable key of a record, unique within source, service and stream."""

SourceName = NewType("SourceName", str)
"""The name of a configured source: one vendor account or one drop folder."""

EvidenceId = NewType("EvidenceId", str)
"""One version of one record: ``source/service/stream/key@version``."""

RuleId = NewType("RuleId", str)
"""A rule's words-only id, for instance ``attendance.not-defaulted``; never reused."""

ServiceNumberField = Annotated[ServiceNumber, StringConstraints(min_length=1, max_length=50, pattern=r"^[0-9]+$")]
ChildKeyField = Annotated[ChildKey, _Key]
PersonKeyField = Annotated[PersonKey, _Key]
RecordKeyField = Annotated[RecordKey, _Key]


def same_record(one: EvidenceId, other: EvidenceId) -> bool:
    """Whether two ids name versions of one record."""
    return record_of(one) == record_of(other)


def record_of(version: EvidenceId) -> str:
    """The record an id names a version of: ``source/service/stream/key``."""
    return version.rpartition("@")[0]


def evidence_id(source: str, service: str, stream: str, key: str, version: int) -> EvidenceId:
    """The id by which findings and explanations name one version of one record."""
    return EvidenceId(f"{source}/{service}/{stream}/{key}@{version}")
