"""Funding returns, from a draft to the Ministry's answer. Each step is the token's person's; two people make a return."""

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Response
from pydantic import StrictBool, StringConstraints

from ecegateway.api.asked import After, Form, Limit, Maybe, NumberPath, Page, ServicePath, Words, page, period_of
from ecegateway.api.entry import Authorising, Entry, Preparing, Reading
from ecegateway.api.problems import documented
from ecegateway.bootstrap import keyring
from ecegateway.errors import EvidenceMissingError
from ecegateway.flows import return_making, return_reading, return_sending, return_steps
from ecegateway.flows.return_reading import StandingReturn
from ecegateway.flows.ways import open_way
from ecegateway.model.ids import ServiceNumber
from ecegateway.model.rs7 import PARITY_CODES
from ecegateway.shown.returns import ReturnShown, Submission, Validation

routes = APIRouter(
    prefix="/services/{service}/returns", tags=["returns"], responses=documented(400, 401, 403, 404, 409, 422, 500, 502, 503)
)
_TYPES = {"xml": "application/xml", "json": "application/json", "html": "text/html; charset=utf-8"}


class Draft(Form):
    """Which return is wanted: of which period; nothing claimed (``zero``), or only some days, the rest being ``rest_by``'s."""

    period: Annotated[str, StringConstraints(pattern=r"^20[0-9]{2}-(02|06|10)$")]
    zero: StrictBool = False
    first_day: date | None = None
    last_day: date | None = None
    rest_by: Maybe = ""
    why: Maybe = ""


class Check(Form):
    """Why the return goes without the hours that are held back, if any are."""

    without_held: Maybe = ""


class Salaries(Form):
    """What is attested of certificated teachers' salaries (Handbook 9-6)."""

    salaries: StrictBool
    parity: StrictBool | None = None
    parity_code: Literal[PARITY_CODES] | None = None  # type: ignore[valid-type] # the codes stand in one place, the model


class Declaring(Form):
    """What goes on the return beside the name of the token's person (Handbook 9-10)."""

    phone: Annotated[str, StringConstraints(min_length=2, max_length=50, pattern=r"^[+0-9() -]*[0-9][+0-9() -]*$")]
    designation: Annotated[str, StringConstraints(min_length=2, max_length=100, pattern=r"^[^\x00-\x1f]*\S[^\x00-\x1f]*$")]


class Heard(Form):
    """What the Ministry said to a person."""

    accepted: StrictBool
    reference: Maybe = ""
    reasons: tuple[Words, ...] = ()


class Withdrawal(Form):
    """Why a return is not to be handed over."""

    why: Words


@routes.get("")
def list_returns(
    entry: Reading,
    service: ServicePath,
    period: Annotated[str | None, Query(pattern=r"^20[0-9]{2}-(02|06|10)$")] = None,
    limit: Limit = 100,
    after: After = 0,
) -> Page[ReturnShown]:
    """A service's returns as they stand, of one period or all."""
    number = entry.service(service)
    found = return_reading.all_returns(entry.gateway.evidence, number, None if period is None else period_of(period))
    shown = page(found, after, limit)
    return Page(items=[ReturnShown.of(one) for one in shown.items], next=shown.next)


@routes.post("", status_code=201)
def prepare(entry: Preparing, service: ServicePath, draft: Draft) -> ReturnShown:
    """Make the return of a period from the evidence as it stands; asked again while nothing changed, it gives the same one."""
    number, gateway = entry.service(service), entry.gateway
    made = return_making.prepare(
        gateway.evidence,
        number,
        period_of(draft.period),
        gateway.policy,
        _wish(draft),
        by=entry.caller.person,
        at=entry.now(),
        today=entry.today,
    )
    return ReturnShown.of(_one(entry, number, made.number))


@routes.get("/{number}")
def show(entry: Reading, service: ServicePath, number: NumberPath) -> ReturnShown:
    """A return's whole life."""
    return ReturnShown.of(_one(entry, entry.service(service), number))


@routes.post("/{number}/validation")
def validate(entry: Preparing, service: ServicePath, number: NumberPath, check: Check) -> Validation:
    """Check a draft; where nothing stands against it, keep that it was found good."""
    asked = _one(entry, entry.service(service), number)
    found = return_steps.validate(
        entry.gateway.evidence,
        asked.number,
        entry.gateway.policy,
        by=entry.caller.person,
        at=entry.now(),
        today=entry.today,
        without_held=check.without_held,
    )
    return Validation.of(found, _one(entry, asked.kept.service, number))


@routes.post("/{number}/attestation")
def attest(entry: Preparing, service: ServicePath, number: NumberPath, said: Salaries) -> ReturnShown:
    """Say what is attested of salaries, where the kind of service is asked."""
    asked = _one(entry, entry.service(service), number)
    salaries = return_steps.Salaries(said.salaries, said.parity, said.parity_code)
    return_steps.attest(entry.gateway.evidence, asked.number, salaries, by=entry.caller.person, at=entry.now())
    return _again(entry, asked)


@routes.post("/{number}/signature")
def sign(entry: Authorising, service: ServicePath, number: NumberPath, said: Declaring) -> ReturnShown:
    """Declare a return, as somebody other than who prepared it. From then on nothing in it changes."""
    asked, gateway = _one(entry, entry.service(service), number), entry.gateway
    return_steps.sign(
        gateway.evidence,
        asked.number,
        return_steps.Signature(entry.caller.person, said.phone, said.designation),
        gateway.policy,
        keyring(gateway.config),
        at=entry.now(),
        today=entry.today,
    )
    return _again(entry, asked)


@routes.post("/{number}/submission")
def submit(entry: Authorising, service: ServicePath, number: NumberPath) -> Submission:
    """Hand a signed return over, or ask what became of it. It never arrives twice, however often this is called."""
    asked, gateway = _one(entry, entry.service(service), number), entry.gateway
    with open_way(gateway.plugins, gateway.config.ministry, entry.now) as way:
        receipt = return_sending.submit(
            gateway.evidence, way, asked.number, gateway.policy, by=entry.caller.person, now=entry.now
        )
    return Submission.of(receipt, _one(entry, asked.kept.service, number))


@routes.post("/{number}/inquiry")
def ask(entry: Preparing, service: ServicePath, number: NumberPath) -> Submission:
    """Ask what has become of a return that was handed over. Nothing is sent."""
    asked, gateway = _one(entry, entry.service(service), number), entry.gateway
    with open_way(gateway.plugins, gateway.config.ministry, entry.now) as way:
        receipt = return_sending.ask(gateway.evidence, way, asked.number, now=entry.now)
    return Submission.of(receipt, _one(entry, asked.kept.service, number))


@routes.post("/{number}/receipt")
def receive(entry: Preparing, service: ServicePath, number: NumberPath, heard: Heard) -> ReturnShown:
    """Record what the Ministry said of a return, where a person heard it."""
    asked = _one(entry, entry.service(service), number)
    answer = return_sending.Answer(heard.accepted, heard.reference, heard.reasons)
    return_sending.receive(entry.gateway.evidence, asked.number, answer, by=entry.caller.person, at=entry.now())
    return _again(entry, asked)


@routes.post("/{number}/withdrawal")
def withdraw(entry: Preparing, service: ServicePath, number: NumberPath, said: Withdrawal) -> ReturnShown:
    """Say that a return is not to be handed over. What it was stays on record."""
    asked = _one(entry, entry.service(service), number)
    return_steps.withdraw(entry.gateway.evidence, asked.number, by=entry.caller.person, why=said.why, at=entry.now())
    return _again(entry, asked)


@routes.get(
    "/{number}/files/{name}",
    response_class=Response,
    responses={200: {"description": "The file's bytes.", "content": {kind: {} for kind in (*_TYPES.values(), "text/plain")}}},
)
def file(
    entry: Reading,
    service: ServicePath,
    number: NumberPath,
    name: Annotated[str, Path(pattern=r"^[a-z0-9.-]{1,50}$", examples=["rs7.xml"])],
) -> Response:
    """A return's file as it was kept: XML, JSON, a page to print, and the signature once it is signed."""
    asked = _one(entry, entry.service(service), number)
    for found in return_reading.kept_files(entry.gateway.evidence, asked.kept):
        if found.name == name:
            return Response(found.content, media_type=_TYPES.get(name.rpartition(".")[2], "text/plain"))
    raise EvidenceMissingError(f"return {number} has no file of this name")


def _one(entry: Entry, service: ServiceNumber, number: int) -> StandingReturn:
    with entry.gateway.evidence.inspecting() as connection:
        found = return_reading.standing_return(connection, number)
    if found.kept.service != service:
        raise EvidenceMissingError(f"service {service} has no return {number}")
    return found


def _again(entry: Entry, asked: StandingReturn) -> ReturnShown:
    return ReturnShown.of(_one(entry, asked.kept.service, asked.number))


def _wish(draft: Draft) -> return_making.Wish:
    period = period_of(draft.period)
    return return_making.wish_for(period, draft.first_day, draft.last_day, draft.rest_by, zero=draft.zero, reason=draft.why)
