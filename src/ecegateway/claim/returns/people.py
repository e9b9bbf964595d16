"""What people put their names to: the attestation, where the kind of service asks for one, and the words of the declaration.

Source: ECE Funding Handbook 9-6, 9-10, 14-4; the bounds of the public transcription of the return, which our own files keep.
"""

from collections.abc import Iterator

from ecegateway.claim.returns.declare import Asked, Objection, return_rule
from ecegateway.handbook.citation import cite
from ecegateway.model.return_check import Place, Sure, Weight
from ecegateway.model.rs7 import PARITY_CODES, ReturnKind
from ecegateway.model.service import ServiceType
from ecegateway.rules.registry import found, passes

ATTESTING = frozenset({ServiceType.EDUCATION_AND_CARE, ServiceType.CASUAL_EDUCATION_AND_CARE, ServiceType.HOSPITAL_BASED})
"""Types of service that are asked for the attestation of certificated teachers' salaries."""
_DIGITS = 5
_ATTESTATION = cite("9-6", "attestation in each return")
_BOUNDS = (("name", 2, 100), ("phone", 2, 50), ("designation", 2, 100))


@return_rule(
    "return.attestation-missing",
    "No attestation of certificated teachers' salaries",
    message="Nothing is attested of certificated teachers' salaries, and a service of this type is asked.",
    why="Education and care services and hospital-based services attest in each return what they pay certificated teachers; "
    "the funding rate hangs on it. A return without it is not complete.",
    fix="Attest, either way: that salaries are not attested is an answer too.",
    cites=_ATTESTATION,
    weight=Weight.ERROR,
    sure=Sure.PUBLISHED,
    condition="The service is an education and care or hospital-based service, and the return has no attestation. Of a casual "
    "education and care service, which only the receiving side is said to ask, and of a zero return it warns.",
    examples=(
        found("An education and care service's return has no attestation."),
        found("A casual education and care service's return has none: somebody should look."),
        passes("A kindergarten's return has no attestation."),
        passes("A hospital-based service says that salaries are not attested."),
    ),
)
def attestation_missing(asked: Asked) -> Iterator[Objection]:
    """An answer that is still to be given."""
    kind = asked.profile.service_type
    if asked.made.attestation is None and kind in ATTESTING:
        mild = kind is ServiceType.CASUAL_EDUCATION_AND_CARE or asked.made.kind is ReturnKind.ZERO
        yield Objection(weight=Weight.WARNING if mild else None)


@return_rule(
    "return.attestation-not-asked",
    "An attestation that is not asked for",
    message="The return attests certificated teachers' salaries, and a service of this type is not asked.",
    why="Kindergartens, home-based services, playcentres and te kōhanga reo are not in the scheme of teachers' salaries.",
    fix="See that the type of service is right; otherwise prepare the return again and attest nothing.",
    cites=_ATTESTATION,
    weight=Weight.WARNING,
    sure=Sure.OVERHEARD,
    condition="The return has an attestation, and the service is neither education and care, casual education and care, nor "
    "hospital-based.",
    examples=(
        found("A kindergarten's return attests salaries."),
        passes("An education and care service's return attests salaries."),
    ),
)
def attestation_not_asked(asked: Asked) -> Iterator[Objection]:
    """An answer to a question nobody put."""
    if asked.made.attestation is not None and asked.profile.service_type not in ATTESTING:
        yield Objection()


@return_rule(
    "return.parity-code",
    "A parity code nobody knows",
    message="The parity code of the attestation is none of {codes}.",
    why="Six codes stand in the public transcription of the return, and our files carry no other: what each means is not "
    "public.",
    fix="Attest again with one of the codes, as the Ministry's own instructions name them.",
    cites=_ATTESTATION,
    weight=Weight.ERROR,
    sure=Sure.OURS,
    condition="The attestation has a parity code that is not one of the six of the public transcription.",
    examples=(
        found("The code is STEP2."),
        passes("The code is STEP1."),
        passes("No code is given."),
    ),
)
def parity_code(asked: Asked) -> Iterator[Objection]:
    """A code that cannot be sent."""
    attested = asked.made.attestation
    if attested is not None and attested.parity_code not in (None, *PARITY_CODES):
        yield Objection(Place(column="parity code"), (("codes", ", ".join(PARITY_CODES)),))


@return_rule(
    "return.declaration-words",
    "A declaration too short or too long",
    message="The {field} of the declaration has {length} characters; it may have {least} to {most}.",
    why="The return as it is transcribed in public carries a name and a designation of 2 to 100 characters and a contact "
    "number of 2 to 50, and so do our files.",
    fix="Declare the return with a fuller or a shorter one.",
    cites=cite("9-10"),
    weight=Weight.ERROR,
    sure=Sure.OURS,
    condition="The return is declared, and its name or designation has fewer than 2 or more than 100 characters, or its "
    "contact number fewer than 2 or more than 50.",
    examples=(
        found("The name is one letter."),
        found("The contact number has 51 characters."),
        passes("The designation has 100 characters."),
        passes("The return is a draft."),
    ),
)
def declaration_words(asked: Asked) -> Iterator[Objection]:
    """Words that cannot be sent."""
    declared = asked.made.declaration
    if declared is None:
        return
    for (name, least, most), words in zip(_BOUNDS, (declared.name, declared.phone, declared.designation), strict=True):
        if not least <= len(words) <= most:
            said = (("field", name), ("length", str(len(words))), ("least", str(least)), ("most", str(most)))
            yield Objection(Place(column=name), said)


@return_rule(
    "return.service-number",
    "A service number that is not five digits",
    message="The service number has {length} characters; those seen have five digits.",
    why="Service numbers seen in public have five digits, one sample had four. A number that differs is often mistyped.",
    fix="Compare the number with the service's licence; if it is right, nothing.",
    cites=cite("14-4"),
    weight=Weight.WARNING,
    sure=Sure.OVERHEARD,
    condition="The service number is anything but five digits.",
    examples=(
        found("The service number has four digits."),
        passes("The service number has five digits."),
    ),
)
def service_number(asked: Asked) -> Iterator[Objection]:
    """A number nobody would recognise."""
    number = asked.made.service
    if len(number) != _DIGITS or not number.isdecimal():
        yield Objection(parameters=(("length", str(len(number))),))


RULES = (attestation_missing, attestation_not_asked, parity_code, declaration_words, service_number)
