"""The attendances file: sign-ins, sign-outs, and absence marks that look like sign-ins.

The column Login Time holds "Sign In or Marked Absent Date/Time". How we tell one from the other is our assumption:

- a login and a logout: a stay;
- a logout alone: a stay whose start is not known (nobody signs out who was not there);
- a login on another day than the row's, and no logout: an absence, for nobody signs in on another day;
- a login on the row's day, and no logout: it may be an absence, and it may be a child never signed out. The file cannot
  tell, and neither do we: the row is refused, unless the centre has settled it by ``login_without_logout``;
- neither: no evidence of anything, and refused.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from ecegateway.contract import Draft, Item
from ecegateway.model.attendance import Method
from ecegateway_source_enrolnow import columns
from ecegateway_source_enrolnow.rows import Layout, Row, refusals
from ecegateway_source_enrolnow.settings import Settings
from ecegateway_source_enrolnow.wallclock import (
    UnreadableError,
    day_in_key,
    end_of,
    instant,
    is_time_alone,
    read_day,
    read_moment,
)

LAYOUT = Layout(columns.SERVICE, (columns.TRANSACTION_DATE, columns.CHILD, columns.LOGIN, columns.LOGOUT))

_UNCLEAR = (
    "a login without a logout: EnrolNow writes it for an absent child and for one never signed out, and the file does "
    "not say which; sign the child out in EnrolNow, or bring the absence by the folder source"
)


def read_attendances(rows: Sequence[Row], settings: Settings) -> Iterator[Item]:
    """An ``attendance`` or ``absence`` draft for each row that shows one."""
    places = _places(rows)

    def key(row: Row) -> str:
        return _key(row.text(columns.CHILD), day_in_key(row.text(columns.TRANSACTION_DATE)), places[row.number])

    return refusals(rows, partial(_item, settings=settings, places=places), key)


def _key(child: str, day: str, place: int) -> str:
    return f"{child}|{day}|{place}"


def _places(rows: Sequence[Row]) -> Mapping[int, int]:
    """The place of each row among the rows of the same child and day, from 1, by login time.

    Rows have no id; ``rows`` are those of the whole file. Counting every row, also those refused, keeps the key of a stay
    when its times or a neighbour's are corrected: the correction becomes a new version of the same record. The session's
    times are no part of the key, for EnrolNow takes them from today's programme, and would change them in old rows too.
    """
    days: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        days[row.text(columns.CHILD), row.text(columns.TRANSACTION_DATE)].append(row)
    return {
        row.number: place for together in days.values() for place, row in enumerate(sorted(together, key=_login_order), start=1)
    }


def _login_order(row: Row) -> tuple[str, str, str]:
    try:
        day = read_day(row.text(columns.TRANSACTION_DATE))
        at = read_moment(row.text(columns.LOGIN) or row.text(columns.LOGOUT), day).isoformat()
    except UnreadableError:
        at = ""
    return at, row.text(columns.LOGIN), row.text(columns.LOGOUT)


def _item(row: Row, *, settings: Settings, places: Mapping[int, int]) -> Draft:
    child = row.needed(columns.CHILD)
    day = row.read(columns.TRANSACTION_DATE, read_day)
    login = _moment(row, columns.LOGIN, day)
    logout = _moment(row, columns.LOGOUT, day)
    fields = {"service": row.service, "key": _key(child, day.isoformat(), places[row.number]), "child": child}
    if login and not logout:
        if _local_day(login, settings) == day and settings.login_without_logout == "refuse":
            row.refuse(columns.LOGOUT, _UNCLEAR)
        return Draft("absence", fields | _absence(row, login, day, settings), row.number)
    if not logout:
        row.refuse(columns.LOGIN, "neither login nor logout: the row shows neither presence nor absence")
    return Draft("attendance", fields | _stay(row, login, logout, settings), row.number)


def _absence(row: Row, login: datetime, day: date, settings: Settings) -> dict[str, Any]:
    return {"day": day.isoformat(), "marked_at": _instant(row, columns.LOGIN, login, settings)}


def _stay(row: Row, login: datetime | None, logout: datetime, settings: Settings) -> dict[str, Any]:
    # Times are passed on as sent, also those a system made at closing time or at 20:00 UTC: the rules judge them.
    mark = {"method": Method.NOT_SHOWN.value}
    departed = _instant(row, columns.LOGOUT, logout, settings)
    stay: dict[str, Any] = {"departed": departed, "sign_out": mark}
    if login:
        arrived = _instant(row, columns.LOGIN, login, settings)
        if datetime.fromisoformat(departed) <= datetime.fromisoformat(arrived):
            row.refuse(columns.LOGOUT, "not after the login time; correct it in EnrolNow")
        stay |= {"arrived": arrived, "sign_in": mark}
    return stay


def _moment(row: Row, column: str, day: date) -> datetime | None:
    text = row.text(column)
    if not text:
        return None
    moment = row.read(column, partial(read_moment, day=day))
    if column == columns.LOGOUT and is_time_alone(text) and moment.time() == time(0):
        return end_of(day)
    return moment


def _local_day(moment: datetime, settings: Settings) -> date:
    return moment.date() if moment.tzinfo is None else moment.astimezone(ZoneInfo(settings.zone)).date()


def _instant(row: Row, column: str, moment: datetime, settings: Settings) -> str:
    return row.read(column, lambda _: instant(moment, settings.zone)).isoformat()
