"""The benchmark's vendor: Kōwhai's interface over pages made beforehand, in a process of its own."""

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from multiprocessing.connection import Connection
from typing import Any, NamedTuple

import orjson

from ecegateway.model.attendance import Attendance, Mark, Method
from ecegateway.model.enrolment import Basis, Booking, Enrolment, GuardianSignature
from ecegateway.model.ids import ServiceNumber
from ecegateway.model.period import Weekday
from ecegateway.model.service import ServiceProfile, ServiceType
from ecegateway.testing.vendor_faults import Reply
from ecegateway.testing.vendor_payloads import to_item
from ecegateway.testing.vendor_server import LoopbackServer, Request

PAGE = 1000
FIRST_DAY = date(2026, 2, 2)
ATTENDANCES = "attendances"
AGREEMENTS = "agreements"

Item = dict[str, Any]


class Size(NamedTuple):
    """How much there is: services, and records of each kind over all of them."""

    services: int
    attendances: int
    enrolments: int

    @property
    def records(self) -> int:
        return self.attendances + self.enrolments

    def numbers(self) -> list[ServiceNumber]:
        return [ServiceNumber(str(10_000 + n)) for n in range(self.services)]


def items(size: Size, place: int, collection: str) -> list[Item]:
    """What one service holds of a collection."""
    service = size.numbers()[place]
    if collection == AGREEMENTS:
        return [_agreement(service, n) for n in range(place, size.enrolments, size.services)]
    if collection == ATTENDANCES:
        children = max(1, size.enrolments // size.services)
        return [_stay(service, n, children) for n in range(place, size.attendances, size.services)]
    return []


def _profile(service: ServiceNumber) -> Item:
    return to_item(
        ServiceProfile(
            service=service,
            key=f"profile-{service}",
            name=f"Centre {service}",
            effective_from=FIRST_DAY,
            service_type=ServiceType.EDUCATION_AND_CARE,
            licence_class="all-day",
            teacher_led=True,
            places=100,
            under_two_places=25,
            sessions=(),
        )
    )


def _stay(service: ServiceNumber, n: int, children: int) -> Item:
    day = FIRST_DAY + timedelta(days=n // children % 120)
    arrived = datetime.combine(day, time(19, n % 60), UTC)
    departed = arrived + timedelta(hours=6)
    marks = [
        Mark(method=Method.SIGNED, by=f"p{n % children}", at=at, means=f"m{n % children}", device="tablet-1")
        for at in (arrived, departed)
    ]
    return to_item(
        Attendance(
            service=service,
            key=f"a{n}",
            recorded_at=departed,
            child=f"c{n % children}",
            arrived=arrived,
            departed=departed,
            sign_in=marks[0],
            sign_out=marks[1],
        )
    )


def _agreement(service: ServiceNumber, n: int) -> Item:
    bookings = tuple(Booking(weekday=day, starts=time(8, 30), ends=time(14, 30)) for day in tuple(Weekday)[:5])
    return to_item(
        Enrolment(
            service=service,
            key=f"e{n}",
            recorded_at=datetime(2026, 1, 20, tzinfo=UTC),
            child=f"c{n}",
            agreement=f"g{n}",
            basis=Basis.PERMANENT,
            effective_from=FIRST_DAY,
            bookings=bookings,
            signature=GuardianSignature(by=f"p{n}", signed_on=date(2026, 1, 19), medium="electronic", means=f"m{n}"),
        )
    )


class _Shop:
    """Serves everything as of day 0; after ``change``, every hundredth record again as of day 1."""

    def __init__(self, size: Size) -> None:
        self._bodies: dict[tuple[str, str, bool], list[bytes]] = {}
        self._changed = False
        for place, service in enumerate(size.numbers()):
            for collection in (ATTENDANCES, AGREEMENTS):
                held = items(size, place, collection)
                self._bodies[service, collection, False] = _pages(held, 0)
                edited = [item | {"edited": True, "lastEditedReason": "wrong day"} for item in held[::100]]
                self._bodies[service, collection, True] = _pages(edited, 1)

    def change(self) -> None:
        self._changed = True

    def respond(self, request: Request) -> Reply:
        if request.path == "/oauth/token":
            token = {"access_token": "bench", "token_type": "Bearer", "expires_in": 3600}
            return Reply(200, orjson.dumps(token))
        if request.path == "/v1/services":
            return Reply(200, _page([_profile(ServiceNumber(request.params["number"]))], 0, None))
        _, _, _, service, collection = request.path.split("/")
        since = request.params.get("updated_since")
        if since is not None and not self._changed:
            return Reply(200, _page([], 0, None))
        pages = self._bodies.get((service, collection, since is not None))
        return Reply(200, pages[int(request.params.get("cursor", "0"))] if pages else _page([], 0, None))


def _pages(held: list[Item], day: int) -> list[bytes]:
    starts = range(0, max(1, len(held)), PAGE)
    return [
        _page(held[start : start + PAGE], day, str(n + 1) if start + PAGE < len(held) else None)
        for n, start in enumerate(starts)
    ]


def _page(held: list[Item], day: int, following: str | None) -> bytes:
    as_of = f"2026-06-0{day + 1}T00:00:00Z"
    return orjson.dumps({"data": held, "count": len(held), "next_cursor": following, "as_of": as_of})


def _serve(size: Size, line: Connection) -> None:
    shop = _Shop(size)
    server = LoopbackServer(shop.respond)
    server.start()
    line.send(server.port)
    while line.recv() == "change":
        shop.change()
        line.send("changed")
    server.stop()


class Vendor:
    """The running vendor."""

    def __init__(self, url: str, line: Connection) -> None:
        self.url = url
        self._line = line

    def change(self) -> None:
        """Change one record in a hundred."""
        self._line.send("change")
        self._line.recv()


@contextmanager
def running_vendor(size: Size) -> Iterator[Vendor]:
    """A vendor in a process of its own, so that its work is not counted as the gateway's."""
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe()
    process = spawn.Process(target=_serve, args=(size, theirs))
    process.start()
    try:
        yield Vendor(f"http://127.0.0.1:{ours.recv()}", ours)
    finally:
        ours.send("stop")
        process.join()
