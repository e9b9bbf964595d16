"""Enrolment agreements from plans: one record for each version."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Literal

from ecegateway.demo.identities import Place, filed, means_key
from ecegateway.demo.people import CastChild
from ecegateway.demo.plans import Plan, Terms
from ecegateway.model.enrolment import Basis, Enrolment, GuardianSignature, TwentyHours
from ecegateway.model.ids import ChildKey, PersonKey, RecordKey

_WEEKEND = (0, 0)


def agreements(
    place: Place, child: CastChild, plan: Plan, medium: Literal["electronic", "paper"], last_day: date | None
) -> Iterator[Enrolment]:
    """Every version of a child's agreement, each ending on ``last_day`` as far as anybody knows."""
    for number, terms in enumerate(plan.terms, 1):
        yield Enrolment(
            service=place.service,
            key=RecordKey(f"agreement-{child.key}-v{number}"),
            recorded_at=filed(terms.signed or terms.effective - timedelta(days=4)),
            child=ChildKey(child.key),
            agreement=RecordKey(f"agreement-{child.key}"),
            basis=plan.basis,
            conditional_part=plan.conditional_part,
            effective_from=terms.effective,
            last_day=last_day,
            bookings=terms.bookings,
            other_service_minutes=plan.other_service_minutes,
            **(_on_the_form(plan, terms) if medium == "paper" else {}),
            twenty_hours=_attestation(terms),
            signature=_signature(child, terms, medium),
        )


def _on_the_form(plan: Plan, terms: Terms) -> dict[str, Any]:
    """What the paper form holds and Kōwhai has no field for."""
    return {
        "commenced_on": plan.starts,
        "not_elsewhere": True if plan.basis is not Basis.PERMANENT else None,
        "optional_charges": "none" if terms.twenty else None,
    }


def _attestation(terms: Terms) -> TwentyHours | None:
    if not terms.twenty:
        return None
    return TwentyHours(signed_on=terms.signed or terms.effective, minutes=(*terms.twenty, *_WEEKEND))


def _signature(child: CastChild, terms: Terms, medium: Literal["electronic", "paper"]) -> GuardianSignature | None:
    if terms.signed is None:
        return None
    by = child.guardians[0].key
    means = means_key(by) if medium == "electronic" else None
    return GuardianSignature(by=PersonKey(by), signed_on=terms.signed, medium=medium, means=means)
