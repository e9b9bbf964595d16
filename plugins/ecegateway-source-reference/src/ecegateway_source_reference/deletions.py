"""Kōwhai's list of what is gone. An entry may name only the server's own id; then nothing is removed by guess."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from ecegateway.contract import Deletion, Item, Refusal

_KNOWN = frozenset({"type", "id", "serverId", "deletedAt"})

STREAM_OF_TYPE: Mapping[str, str] = MappingProxyType(
    {
        "person": "person",
        "signature-means": "signature_means",
        "child": "child",
        "student-number": "student_number",
        "signatory": "authorised_signatory",
        "agreement": "enrolment",
        "attendance": "attendance",
        "absence": "absence",
        "verification": "verification",
        "closure": "closure",
        "shift": "staff_shift",
        "note": "note",
    }
)


def read_deletion(item: Mapping[str, Any], row: int) -> Item:
    """One entry of the list."""
    kind, key = item.get("type"), item.get("id")
    if not isinstance(kind, str) or kind not in STREAM_OF_TYPE:
        return Refusal(row, "type", f"must be one of {', '.join(STREAM_OF_TYPE)}")
    if not (key is None or (isinstance(key, str) and key)):
        return Refusal(row, "id", "must be text or null")
    return Deletion(STREAM_OF_TYPE[kind], key, row)


def unread_of_deletion(item: Mapping[str, Any]) -> frozenset[str]:
    """Fields nobody reads."""
    return frozenset(item.keys() - _KNOWN)
