"""A return's files, a draft's or a declared one's: XML, JSON, and a page to read and print; and the way back from the JSON."""

from collections.abc import Sequence

from ecegateway.contract import ExportFile
from ecegateway.errors import IntakeError
from ecegateway.model.return_check import ReturnCheck
from ecegateway.model.rs7 import Rs7Return


def documents(made: Rs7Return, checks: Sequence[ReturnCheck] = ()) -> tuple[ExportFile, ...]:
    """``rs7.xml``, ``rs7.json`` and ``rs7.html``; equal values give equal bytes. ``checks`` stand at the end of the page.

    Raises:
        ExportError: a figure or a word lies outside the bounds of the schemas; nothing is written.
    """
    return ()


def read_return(document: bytes) -> Rs7Return:
    """The return that a ``rs7.json`` holds: the inverse of :func:`documents`.

    Raises:
        IntakeError: it is not such a document.
    """
    raise IntakeError
