"""The conformance cards as a page: for each source what its records prove, what they cannot, and what to hold on paper."""

from ecegateway.contract import Exportable
from ecegateway.export.conformance_words import grade_words, in_short
from ecegateway.export.pages import render_page
from ecegateway.export.summary import name_of


def conformance_page(exportable: Exportable) -> bytes:
    """The bytes of ``conformance.html``."""
    graded = exportable.conformance()
    children = {child for day in graded.gaps for _, found in day.gaps for child in found}
    return render_page(
        "conformance.html",
        exportable,
        graded=graded,
        texts={text.number: text for text in graded.criteria},
        names={child: name_of(exportable, child) for child in children},
        grade_words=grade_words,
        in_short=in_short,
    )
