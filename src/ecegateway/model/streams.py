"""The streams of canonical records, by name."""

from types import MappingProxyType

from ecegateway.model.attendance import (
    Absence,
    Attendance,
    Exemption,
    LeavingNotice,
    MakeUpDay,
    Reconfirmation,
    Verification,
)
from ecegateway.model.child import Child, StudentNumber
from ecegateway.model.enrolment import Enrolment
from ecegateway.model.people import AuthorisedSignatory, Note, Person, RegisterMarking, SignatureMeans, StaffShift
from ecegateway.model.record import Record
from ecegateway.model.service import Closure, OperatingDay, ServiceProfile

_MODELS: tuple[type[Record], ...] = (
    ServiceProfile,
    Closure,
    OperatingDay,
    Person,
    SignatureMeans,
    Child,
    StudentNumber,
    AuthorisedSignatory,
    Enrolment,
    Attendance,
    Absence,
    Verification,
    Reconfirmation,
    Exemption,
    LeavingNotice,
    MakeUpDay,
    StaffShift,
    RegisterMarking,
    Note,
)

STREAMS = MappingProxyType({model.stream: model for model in _MODELS})
"""Every stream a source may carry: its name and its model."""
