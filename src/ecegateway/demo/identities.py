"""Records of who is who at a service: grown-ups, their signatures, children, numbers, and who may sign for whom."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from ecegateway.demo.people import Adult, Cast, CastChild
from ecegateway.demo.plans import Plan
from ecegateway.demo.season import dice
from ecegateway.model.child import Address, Child, StudentNumber
from ecegateway.model.ids import ChildKey, PersonKey, RecordKey, ServiceNumber
from ecegateway.model.people import AuthorisedSignatory, Person, SignatureMeans

_SETTING_UP = datetime(2025, 1, 27, 21, 0, tzinfo=UTC)
_INVENTED_NUMBERS_FROM = 999_000_000
_HOUR_OF_FORMS = time(21, 30)


@dataclass(frozen=True, slots=True)
class Place:
    """A service, the city its families live in, and the seed of everything left to chance there."""

    service: ServiceNumber
    city: str
    postcode: str
    seed: int


def filed(day: date) -> datetime:
    """The instant, in the morning of the day after in New Zealand, at which paperwork of a day was filed."""
    return datetime.combine(day, _HOUR_OF_FORMS, UTC)


def means_key(person: str) -> RecordKey:
    """The key of a person's electronic signature."""
    return RecordKey(f"sig-{person}")


def persons(place: Place, cast: Cast) -> Iterator[Person]:
    """Everybody grown up."""
    administrators = (cast.administrator,)
    for role, adults in (("administrator", administrators), ("staff", cast.staff), ("guardian", cast.guardians)):
        for adult in adults:
            yield person(place, adult, role)


def person(place: Place, adult: Adult, role: str) -> Person:
    """One grown-up."""
    return Person.model_validate(
        {
            "service": place.service,
            "key": adult.key,
            "recorded_at": _SETTING_UP,
            "role": role,
            "given_names": adult.given,
            "family_name": adult.family,
        }
    )


def signature_means(place: Place, cast: Cast) -> Iterator[SignatureMeans]:
    """One electronic signature for each grown-up, made by the administrator."""
    for adult in (cast.administrator, *cast.staff, *cast.guardians):
        yield SignatureMeans(
            service=place.service,
            key=means_key(adult.key),
            recorded_at=_SETTING_UP,
            person=PersonKey(adult.key),
            created_by=PersonKey(cast.administrator.key),
            created_at=_SETTING_UP,
        )


def signatories(place: Place, child: CastChild, plan: Plan) -> Iterator[AuthorisedSignatory]:
    """A child's guardians, from the day of the agreement."""
    for guardian in child.guardians:
        yield AuthorisedSignatory(
            service=place.service,
            key=RecordKey(f"may-{child.key}-{guardian.key}"),
            recorded_at=filed(plan.terms[0].signed or plan.starts),
            child=ChildKey(child.key),
            person=PersonKey(guardian.key),
            first_day=plan.terms[0].signed or plan.starts,
        )


def children(place: Place, cast: Cast, born: Mapping[str, date], known: Mapping[str, date]) -> Iterator[Child]:
    """Children whose birth dates are given, by key; ``known`` is the day the service first heard of each."""
    homes: dict[str, Address] = {}
    for key, day in born.items():
        child = cast.children[key]
        family = child.guardians[0].key
        if family not in homes:
            chance = dice(place.seed, "home", family)
            line = f"{chance.randint(2, 88)} {chance.choice(cast.streets)}"
            homes[family] = Address(line1=line, city=place.city, postcode=place.postcode)
        yield Child(
            service=place.service,
            key=RecordKey(key),
            recorded_at=filed(known[key]),
            family_name=child.family,
            given_names=child.given,
            birth_date=day,
            gender=child.gender,
            address=homes[family],
            ethnicities=child.ethnicities,
            iwi=child.iwi,
            home_languages=child.languages,
        )


def student_number(place: Place, plan: Plan, order: int) -> StudentNumber:
    """A verified number, plainly invented: no real one is known to begin with 999."""
    return StudentNumber(
        service=place.service,
        key=RecordKey(f"nsn-{plan.key}"),
        recorded_at=filed(plan.starts),
        child=ChildKey(plan.key),
        nsn=str(_INVENTED_NUMBERS_FROM + int(place.service) * 10 % 1_000_000 + order),
        verification="birth certificate",
        document_sighted="birth certificate",
        document_sighted_on=plan.terms[0].signed,
    )


def numberless(place: Place, plan: Plan, document: str | None) -> StudentNumber:
    """A child without a number: all the service has is the document it sighted, or not even that."""
    return StudentNumber(
        service=place.service,
        key=RecordKey(f"nsn-{plan.key}"),
        recorded_at=filed(plan.starts),
        child=ChildKey(plan.key),
        document_sighted=document,
        document_sighted_on=plan.terms[0].signed if document else None,
    )
