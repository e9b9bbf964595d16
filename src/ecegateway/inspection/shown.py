"""Which record versions a pack shows: those of its tables, and those that the return, its findings and its register cite."""

from collections.abc import Iterator

from ecegateway.contract import Exportable
from ecegateway.model.ids import EvidenceId


def cited(exportable: Exportable) -> Iterator[EvidenceId]:
    """The versions that the exporters' files may name, some more than once."""
    claim = exportable.claim
    for day in claim.child_days:
        for portion in day.portions:
            yield from portion.evidence
    for staff in claim.staff:
        for line in staff.lines:
            yield from line.evidence
    for finding in claim.findings:
        yield from finding.evidence
    for request in exportable.nsn_requests:
        yield from request.evidence
    for card in exportable.conformance().cards:
        for criterion in card.criteria:
            for reason in criterion.reasons:
                yield from map(EvidenceId, (name for name in reason.first if "@" in name))
    yield from _of_the_register(exportable)


def _of_the_register(exportable: Exportable) -> Iterator[EvidenceId]:
    for week in exportable.register().weeks:
        for _, rows in week.sections:
            for row in rows:
                for cell in row.cells:
                    yield from (stay.evidence for stay in cell.stays)
                    yield from (absence.evidence for absence in cell.absences)


def is_of(version: EvidenceId, service: str) -> bool:
    """Whether a version is of a record of that service; what another service's records say is cited, and not shown."""
    return version.split("/", 2)[1] == service
