"""The four files and their columns, by the field names EnrolNow documents for the NSW Digital Hub.

Source: enrolnow.freshdesk.com, articles 35000289851 (child details), 35000290716 (enrolment), 35000290726
(attendances) and 35000289579 (service operational hours). The pages print some apostrophes curled; both forms are read.
"""

from typing import Final

CHILD: Final = "Unique Child Identifier"
SERVICE: Final = "Unique Service Identifier"
TRANSACTION_DATE: Final = "Transaction Date"

CHILD_SERVICE: Final = "Preschool's NQAITS Service ID"
"""The child details file's own word for the service; it holds the same Service Approval Number."""
FIRST_NAME: Final = "Child's First Name"
LAST_NAME: Final = "Child's Last Name"
BIRTH_DATE: Final = "Date of Birth"
SEX: Final = "Child's sex"

ENROLMENT_START: Final = "Enrolment Start Date"
ENROLMENT_END: Final = "Enrolment End Date"

LOGIN: Final = "Login Time"
"""EnrolNow fills it with "Sign In or Marked Absent Date/Time": a login time alone does not say the child came."""
LOGOUT: Final = "Logout Time"
SESSION_START: Final = "Preschool Session Start Time"
SESSION_END: Final = "Preschool Session End Time"

OPERATION_DATE: Final = "Date of Operation"
OPENS: Final = "Start Time of Service Operation"
CLOSES: Final = "Close Time of Service Operation"
OPEN_STATUS: Final = "Open Status Indicator"
