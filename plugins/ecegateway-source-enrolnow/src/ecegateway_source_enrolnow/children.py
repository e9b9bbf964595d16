"""The child details file: who a child is. An Australian CRN is no NSN, and stays unread."""

from collections.abc import Iterator, Sequence

from ecegateway.contract import Draft, Item
from ecegateway_source_enrolnow import columns
from ecegateway_source_enrolnow.rows import Layout, Row, refusals
from ecegateway_source_enrolnow.settings import Settings
from ecegateway_source_enrolnow.wallclock import read_day

LAYOUT = Layout(
    columns.CHILD_SERVICE, (columns.CHILD, columns.FIRST_NAME, columns.LAST_NAME, columns.BIRTH_DATE), (columns.SEX,)
)


def read_children(rows: Sequence[Row], settings: Settings) -> Iterator[Item]:
    """A ``child`` draft for each row."""
    return refusals(rows, lambda row: _child(row, settings), lambda row: row.text(columns.CHILD))


def _child(row: Row, settings: Settings) -> Draft:
    first, last = row.text(columns.FIRST_NAME), row.text(columns.LAST_NAME)
    # A person with a single name has it as family name, in whichever column EnrolNow holds it.
    family, given = (last, [first] if first else []) if last else (first, [])
    if not family:
        row.refuse(columns.LAST_NAME, "both names are blank; complete the enrolment form in EnrolNow")
    fields = {
        "service": row.service,
        "key": row.needed(columns.CHILD),
        "family_name": family,
        "given_names": given,
        "birth_date": row.read(columns.BIRTH_DATE, read_day).isoformat(),
    }
    if sex := row.text(columns.SEX):
        if sex not in settings.genders:
            row.refuse(columns.SEX, "a word that the setting `genders` does not map to a code; add it there")
        fields["gender"] = settings.genders[sex]
    return Draft("child", fields, row.number)
