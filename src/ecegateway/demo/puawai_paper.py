"""What the office of Pūāwai keeps on paper and types into files: certificates, exemptions, notices, signatures, registers.

It uses Kōwhai's keys of children and people.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from ecegateway.demo import puawai_casual, puawai_markings
from ecegateway.demo.agreements import agreements
from ecegateway.demo.drops import Folder, filed_before, folder
from ecegateway.demo.identities import Place, filed
from ecegateway.demo.ledger import Ledger
from ecegateway.demo.people import Cast
from ecegateway.demo.planted import Planted
from ecegateway.demo.puawai_absences import MADE_UP_BY, MADE_UP_ON, MISSED_FRIDAY
from ecegateway.demo.puawai_roll import ROLL, SCHOOL_VISITS
from ecegateway.demo.season import FIRST_PULL, weekdays
from ecegateway.model.attendance import (
    Absence,
    Cause,
    Exemption,
    LeavingNotice,
    MakeUpDay,
    Reconfirmation,
)
from ecegateway.model.enrolment import Enrolment
from ecegateway.model.ids import ChildKey, PersonKey, RecordKey
from ecegateway.model.record import Record

_RECONFIRMED_ON: Final = date(2026, 3, 31)
_NOTICE_ON: Final = date(2026, 4, 16)
_ILL: Final = (date(2026, 3, 2), date(2026, 3, 11))
_NOT_NOTED: Final = date(2026, 5, 26)


def live(place: Place, cast: Cast) -> tuple[Folder, tuple[Planted, ...]]:
    """The folder at the first pull and at the second, and what was planted in it."""
    ledger = Ledger("puawai-paper")
    ledger.add(*_papers(place), *_certificates(place), _renewed(place, cast))
    puawai_casual.add(ledger, place, cast)
    puawai_markings.add(ledger, place)
    return folder(filed_before(ledger.records(), FIRST_PULL), ledger.records()), tuple(ledger.planted)


def _papers(place: Place) -> Iterator[Record]:
    yield Reconfirmation(
        service=place.service,
        key=RecordKey("reconfirmed-c-1021"),
        recorded_at=filed(_RECONFIRMED_ON),
        child=ChildKey("c-1021"),
        agreement=RecordKey("agreement-c-1021"),
        by=PersonKey("g-c-1021-1"),
        signed_on=_RECONFIRMED_ON,
        medium="paper",
    )
    yield Exemption(
        service=place.service,
        key=RecordKey("exemption-c-1009"),
        recorded_at=filed(date(2026, 3, 2)),
        child=ChildKey("c-1009"),
        first_day=date(2026, 3, 2),
        last_day=date(2026, 4, 24),
        forms=("EC12", "EC13"),
        document_reference="Folder EC12 and EC13, sheet c-1009",
    )
    yield Exemption(
        service=place.service,
        key=RecordKey("exemption-c-1027"),
        recorded_at=filed(date(2026, 4, 1)),
        child=ChildKey("c-1027"),
        first_day=date(2026, 3, 30),
        forms=("EC12",),
        document_reference="Folder EC12 and EC13, sheet c-1027",
    )
    yield LeavingNotice(
        service=place.service,
        key=RecordKey("notice-c-1032"),
        recorded_at=filed(_NOTICE_ON),
        child=ChildKey("c-1032"),
        given_on=_NOTICE_ON,
        last_day=date(2026, 4, 30),
        given_by=PersonKey("g-c-1032-1"),
    )
    yield MakeUpDay(
        service=place.service,
        key=RecordKey(f"make-up-{MADE_UP_BY}"),
        recorded_at=filed(date(2026, 5, 18)),
        child=ChildKey(MADE_UP_BY),
        missed_day=MISSED_FRIDAY,
        made_up_on=MADE_UP_ON,
    )


def _certificates(place: Place) -> Iterator[Absence]:
    """Absences Kōwhai marks too, with the cause and the document Kōwhai has no field for."""
    ill = "Certificates, sheet c-1019, of 2 March"
    yield from (_absence(place, "c-1019", day, Cause.ILLNESS, ill) for day in weekdays(*_ILL))
    yield _absence(place, "c-1028", _NOT_NOTED, Cause.SCHOOL_VISIT, None)


def _absence(place: Place, child: str, day: date, cause: Cause, document: str | None) -> Absence:
    return Absence(
        service=place.service,
        key=RecordKey(f"absence-{child}-{day}"),
        recorded_at=filed(day),
        child=ChildKey(child),
        day=day,
        cause=cause,
        document_reference=document,
    )


def _renewed(place: Place, cast: Cast) -> Enrolment:
    """The agreement of the child who visits a school, signed once more, on paper, with the visits noted."""
    plan = next(plan for plan in ROLL if plan.key == "c-1041")
    (signed,) = agreements(place, cast.children[plan.key], plan, "paper", plan.last_day)
    assert signed.signature is not None
    assert signed.twenty_hours is not None
    renewed_on = date(2026, 4, 9)
    return signed.model_copy(
        update={
            "key": RecordKey(f"{signed.key}-visits"),
            "recorded_at": filed(renewed_on),
            "effective_from": renewed_on,
            "school_visits": SCHOOL_VISITS,
            "twenty_hours": signed.twenty_hours.model_copy(update={"signed_on": renewed_on}),
            "signature": signed.signature.model_copy(update={"signed_on": renewed_on}),
        }
    )
