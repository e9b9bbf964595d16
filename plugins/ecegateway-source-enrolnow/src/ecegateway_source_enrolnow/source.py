"""The source: which files to ask for, and which reader reads which."""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from ecegateway.contract import Answer, Ask, Feed, Item, Page, ReadFile, SourceDescription
from ecegateway.errors import ConfigError
from ecegateway.model.ids import ServiceNumber
from ecegateway_source_enrolnow import attendances, children, columns, enrolments, operating_days
from ecegateway_source_enrolnow.rows import Layout, Row, read_sheet
from ecegateway_source_enrolnow.settings import FilePatterns, Settings, read_settings


@dataclass(frozen=True, slots=True)
class _File:
    """One of the four files: what it gives, where it lies, how it is read.

    ``whole`` says that its rows can be read only beside each other, so that the file must come in one answer.
    """

    streams: frozenset[str]
    layout: Layout
    pattern: Callable[[FilePatterns], str]
    read: Callable[[Sequence[Row], Settings], Iterator[Item]]
    whole: bool = False


_FILES: Mapping[str, _File] = {
    "child-details": _File(frozenset({"child"}), children.LAYOUT, lambda files: files.child_details, children.read_children),
    "enrolment": _File(frozenset({"enrolment"}), enrolments.LAYOUT, lambda files: files.enrolment, enrolments.read_enrolments),
    "attendances": _File(
        frozenset({"attendance", "absence"}),
        attendances.LAYOUT,
        lambda files: files.attendances,
        attendances.read_attendances,
        whole=True,
    ),
    "operational-hours": _File(
        frozenset({"operating_day"}),
        operating_days.LAYOUT,
        lambda files: files.operational_hours,
        operating_days.read_operating_days,
    ),
}


class EnrolNowSource:
    """One configured drop. Every feed is a snapshot: a row that vanishes from a file is reported missing."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def feeds(self, services: Sequence[ServiceNumber]) -> Sequence[Feed]:
        """Four feeds for each service, one for each file.

        Raises:
            ConfigError: a service has no number of EnrolNow's in the settings.
        """
        for service in services:
            if service not in self._settings.service_ids.values():
                raise ConfigError(f"service {service} has no entry in service_ids; add its Service Approval Number")
        return [Feed(name, service, file.streams, snapshot=True) for service in services for name, file in _FILES.items()]

    def pull(self, feed: Feed, cursor: str | None) -> Generator[Ask, Page, None]:  # noqa: ARG002 - a snapshot starts over
        """Ask for the newest file of the feed, slice after slice where its rows stand alone."""
        file = _FILES[feed.name]
        offset = "0"
        while offset:
            page = yield ReadFile(file.pattern(self._settings.files), int(offset), whole=file.whole)
            offset = page.follow or ""

    def read(self, feed: Feed, answer: Answer) -> Page:
        """The records of the feed's service in one slice of the file.

        Raises:
            IntakeError: not CSV, or a needed column is missing.
        """
        file = _FILES[feed.name]
        sheet = read_sheet(answer.body, answer.first_row, file.layout, self._settings, feed.service)
        items = (*sheet.refused, *file.read(sheet.rows, self._settings))
        follow = None if answer.next_offset is None else str(answer.next_offset)
        return Page(items, cursor=None, unread=sheet.unread, follow=follow)


class EnrolNow:
    """The kind of source, as registered.

    What the files cannot show is not declared: no signer, no edit, no device, no signature, no deletion.
    """

    description = SourceDescription(
        plugin="enrolnow",
        title="EnrolNow weekly files (NSW Digital Hub format)",
        version=version("ecegateway-source-enrolnow"),
        streams=frozenset().union(*(file.streams for file in _FILES.values())),
        facts=frozenset(),
        columns={
            "child": {
                "key": columns.CHILD,
                "family_name": columns.LAST_NAME,
                "given_names": columns.FIRST_NAME,
                "birth_date": columns.BIRTH_DATE,
                "gender": columns.SEX,
            },
            "enrolment": {
                "key": columns.ENROLMENT_START,
                "child": columns.CHILD,
                "agreement": columns.ENROLMENT_START,
                "effective_from": columns.ENROLMENT_START,
                "last_day": columns.ENROLMENT_END,
            },
            "attendance": {
                "key": columns.TRANSACTION_DATE,
                "child": columns.CHILD,
                "arrived": columns.LOGIN,
                "departed": columns.LOGOUT,
            },
            "absence": {
                "key": columns.TRANSACTION_DATE,
                "child": columns.CHILD,
                "day": columns.TRANSACTION_DATE,
                "marked_at": columns.LOGIN,
            },
            "operating_day": {
                "key": columns.OPERATION_DATE,
                "day": columns.OPERATION_DATE,
                "opens": columns.OPENS,
                "closes": columns.CLOSES,
                "open": columns.OPEN_STATUS,
            },
        },
    )

    def create(self, settings: Mapping[str, Any]) -> EnrolNowSource:
        """A source with these settings.

        Raises:
            ConfigError: a setting is missing or wrong.
        """
        return EnrolNowSource(read_settings(settings))
