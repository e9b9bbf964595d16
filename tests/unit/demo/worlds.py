"""Views of the invented world that several tests share."""

import hashlib
from datetime import date

from ecegateway.demo.season import ZONE
from ecegateway.demo.world import World
from ecegateway.model.attendance import Attendance
from ecegateway.model.period import local_day
from ecegateway.model.record import Record


def everything(world: World) -> tuple[Record, ...]:
    life, kindergarten = world.kowhai, world.kotuku
    papers = (*world.puawai_paper.records[1], *kindergarten.paper.records[1])
    return (*life.first.records, *life.later.records, *kindergarten.drop_records[1], *papers)


def digest(world: World) -> str:
    found = hashlib.sha256()
    before = (*world.puawai_paper.records[0], *world.kotuku.drop_records[0], *world.kotuku.paper.records[0])
    for record in (*everything(world), *before):
        found.update(record.model_dump_json().encode())
    for files in (world.drop_first, world.drop_later, world.paper_first, world.paper_later, *world.puawai_paper.files):
        for name, body in files.items():
            found.update(name.encode() + body)
    found.update(repr((world.kowhai.later.gone, world.kowhai.later.raw, world.planted)).encode())
    return found.hexdigest()


def stays(world: World) -> list[Attendance]:
    return [record for record in everything(world) if isinstance(record, Attendance)]


def day_of(stay: Attendance) -> date:
    if stay.day is not None:
        return stay.day
    assert stay.arrived is not None
    return local_day(stay.arrived, str(ZONE))
