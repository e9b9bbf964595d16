"""What other services' records said of people and children who are here too, as a document: no more than entered the claim.

Those records are not in the bundle. What they say is taken as given: each span names the record that says so.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, TypeVar

import orjson

from ecegateway.facts.elsewhere import Days, Elsewhere, Presence, There
from ecegateway.model.ids import ChildKey, EvidenceId, PersonKey, ServiceNumber, SourceName

FORMAT = "urn:ecegateway:bundle-elsewhere:1"
TAKEN_AS_GIVEN = (
    "What other services' records say of people and children who are at this service too. Those records are not in this "
    "bundle: these spans are taken as given, each under the id of the record that says so."
)
Key = TypeVar("Key")


def entered(presences: Iterable[Presence], elsewhere: Elsewhere, zone: str) -> tuple[Presence, ...]:
    """Of each presence what entered a claim, under the keys and by the clocks of the claim's own service.

    ``elsewhere`` is what was gathered of them. Gathered again, they give the same; nobody's number and no other span is left.
    """
    return tuple(
        Presence(
            service=one.service,
            zone=zone,
            known_at=one.known_at,
            numbers=_nobodys_number(one.service, elsewhere),
            shifts=_said_by(one.service, elsewhere.shifts),
            stays=_said_by(one.service, elsewhere.stays),
            booked=_said_by(one.service, elsewhere.booked),
            attested=_said_by(one.service, elsewhere.attested),
        )
        for one in presences
    )


def _said_by(service: ServiceNumber, found: Mapping[Key, Days]) -> dict[Key, Days]:
    of_all = {key: {day: _of(service, spans) for day, spans in days.items()} for key, days in found.items()}
    kept = {key: {day: spans for day, spans in days.items() if spans} for key, days in of_all.items()}
    return {key: days for key, days in kept.items() if days}


def _of(service: ServiceNumber, spans: Sequence[There]) -> tuple[There, ...]:
    return tuple(span for span in spans if span.service == service)


def _nobodys_number(service: ServiceNumber, elsewhere: Elsewhere) -> dict[ChildKey, str | None]:
    """The children of whom a service says anything, known here by their own keys."""
    said = (_said_by(service, found) for found in (elsewhere.stays, elsewhere.booked, elsewhere.attested))
    return dict.fromkeys(key for found in said for key in found)


def elsewhere_bytes(presences: Sequence[Presence]) -> bytes:
    """The document of presences that entered a claim; RFC 8785 JSON."""
    document = {
        "format": FORMAT,
        "notice": TAKEN_AS_GIVEN,
        "services": [
            {
                "service": one.service,
                "zone": one.zone,
                "known_at": one.known_at.astimezone(UTC).isoformat(),
                "shifts": [{"space": space, "person": person, **span} for (space, person), span in _spans(one.shifts)],
                "stays": [{"child": child, **span} for child, span in _spans(one.stays)],
                "booked": [{"child": child, **span} for child, span in _spans(one.booked)],
                "attested": [{"child": child, **span} for child, span in _spans(one.attested)],
            }
            for one in presences
        ],
    }
    return orjson.dumps(document, option=orjson.OPT_SORT_KEYS)


def _spans(found: Mapping[Key, Days]) -> Iterator[tuple[Key, dict[str, Any]]]:
    for key, days in found.items():
        for day, spans in days.items():
            for there in spans:
                starts, ends = there.span
                yield key, {"date": day.isoformat(), "starts": starts, "ends": ends, "evidence": there.evidence}


def read_elsewhere(content: bytes) -> tuple[Presence, ...]:
    """The presences of a document.

    Raises:
        ValueError: the bytes are not ones that :func:`elsewhere_bytes` writes.
    """
    try:
        said: Any = orjson.loads(content)
        found = tuple(map(_presence, said["services"]))
        plain = elsewhere_bytes(found) == content
    except (LookupError, TypeError, AttributeError, ValueError) as error:
        raise ValueError("is no account of other services") from error
    if not plain:
        raise ValueError("is not in canonical form")
    return found


def _presence(said: Mapping[str, Any]) -> Presence:
    service = ServiceNumber(said["service"])
    stays, booked, attested = (_children(service, said[name]) for name in ("stays", "booked", "attested"))
    return Presence(
        service=service,
        zone=said["zone"],
        known_at=datetime.fromisoformat(said["known_at"]),
        numbers=dict.fromkeys((*stays, *booked, *attested)),
        shifts=_days(service, (((SourceName(one["space"]), PersonKey(one["person"])), one) for one in said["shifts"])),
        stays=stays,
        booked=booked,
        attested=attested,
    )


def _children(service: ServiceNumber, said: Iterable[Mapping[str, Any]]) -> Mapping[ChildKey, Days]:
    return _days(service, ((ChildKey(one["child"]), one) for one in said))


def _days(service: ServiceNumber, said: Iterable[tuple[Key, Mapping[str, Any]]]) -> Mapping[Key, Days]:
    found: defaultdict[Key, dict[date, tuple[There, ...]]] = defaultdict(dict)
    for key, one in said:
        on = date.fromisoformat(one["date"])
        there = There(service, (int(one["starts"]), int(one["ends"])), EvidenceId(one["evidence"]))
        found[key][on] = (*found[key].get(on, ()), there)
    return dict(found)
