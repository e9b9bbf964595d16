"""Where each fact a source may declare would stand in its records."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from ecegateway.contract import Fact
from ecegateway.model.attendance import Attendance, Mark, Method, Verification
from ecegateway.model.child import Child, StudentNumber
from ecegateway.model.enrolment import Enrolment
from ecegateway.model.people import RegisterMarking, SignatureMeans
from ecegateway.model.record import Record


def _in_a_mark(shows: Callable[[Mark], bool]) -> Callable[[Record], bool]:
    def stands(record: Record) -> bool:
        marks = (record.sign_in, record.sign_out) if isinstance(record, Attendance) else ()
        return any(mark is not None and shows(mark) for mark in marks)

    return stands


SHOWN_BY: Mapping[Fact, Callable[[Record], bool]] = MappingProxyType(
    {
        Fact.SIGNER: _in_a_mark(lambda mark: mark.by is not None),
        Fact.METHOD: _in_a_mark(lambda mark: mark.method is not Method.NOT_SHOWN),
        Fact.MARK_TIME: _in_a_mark(lambda mark: mark.at is not None),
        Fact.DEVICE: _in_a_mark(lambda mark: mark.device is not None),
        Fact.EDITOR: lambda record: record.change is not None and record.change.by is not None,
        Fact.EDIT_TIME: lambda record: record.change is not None and record.change.at is not None,
        Fact.EDIT_REASON: lambda record: record.change is not None and record.change.why is not None,
        Fact.SIGNATURE_OWNER: lambda record: isinstance(record, SignatureMeans),
        Fact.SIGNATURE_CREATOR: lambda r: (
            isinstance(r, SignatureMeans) and r.created_by is not None and r.created_at is not None
        ),
        Fact.SIGNATURE_CONTROL: lambda record: isinstance(record, SignatureMeans) and record.control is not None,
        Fact.VERIFICATION: lambda record: isinstance(record, Verification),
        Fact.APPROVAL_STATEMENT: lambda record: isinstance(record, Verification) and record.statement is not None,
        Fact.CIRCUMSTANCES: lambda record: isinstance(record, Attendance) and record.circumstances is not None,
        Fact.REGISTER_MARKING: lambda record: isinstance(record, RegisterMarking),
        Fact.ADDRESS: lambda record: isinstance(record, Child) and record.address is not None,
        Fact.COMMENCED: lambda record: isinstance(record, Enrolment) and record.commenced_on is not None,
        Fact.DOCUMENT_SIGHTED: lambda record: isinstance(record, StudentNumber) and record.document_sighted is not None,
        Fact.OTHER_SERVICE: lambda record: isinstance(record, Enrolment) and record.other_service_minutes is not None,
        Fact.NOT_ELSEWHERE: lambda record: isinstance(record, Enrolment) and record.not_elsewhere is not None,
        Fact.OPTIONAL_CHARGES: lambda record: isinstance(record, Enrolment) and record.optional_charges is not None,
        Fact.FAMILY_EDUCATOR: lambda record: isinstance(record, Enrolment) and record.educator_is_family is not None,
        Fact.AGREEMENT_SIGNATURE: lambda record: isinstance(record, Enrolment) and record.signature is not None,
    }
)
"""Whether a record shows a fact. ``Fact.DELETIONS`` is shown by deletions, not by records."""
