"""Rules about enrolment records (Handbook 6-1)."""

from ecegateway.rules.enrolment.agreement import basis, conditional_part, signed, two_agreements
from ecegateway.rules.enrolment.cannot_show import cannot_show
from ecegateway.rules.enrolment.dates import DATE_RULES
from ecegateway.rules.enrolment.document import DOCUMENT_RULES
from ecegateway.rules.enrolment.forms import FORM_RULES
from ecegateway.rules.enrolment.identity import identity
from ecegateway.rules.enrolment.items import ITEM_RULES
from ecegateway.rules.enrolment.signature import SIGNATURE_RULES
from ecegateway.rules.enrolment.student_number import number_differs, number_replaced, number_twice, student_number
from ecegateway.rules.enrolment.twenty_hours import TWENTY_HOURS_RULES

ENROLMENT_RULES = (
    identity,
    student_number,
    number_twice,
    number_replaced,
    number_differs,
    signed,
    *SIGNATURE_RULES,
    basis,
    conditional_part,
    two_agreements,
    *ITEM_RULES,
    *DATE_RULES,
    *TWENTY_HOURS_RULES,
    *FORM_RULES,
    *DOCUMENT_RULES,
    cannot_show,
)
"""The child's own record first, then who agreed to what, then what the form lacks."""
