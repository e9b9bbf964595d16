"""The return in a bundle as somebody signed it: who took which step, and the same return made of the claim again."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import orjson

from ecegateway.claim.rs7_return import rs7_return, zero_return
from ecegateway.export.rs7_documents import documents
from ecegateway.model.claim import Claim
from ecegateway.model.rs7 import ReturnKind, Rs7Return
from ecegateway.proof.document import ProofDocument
from ecegateway.returns.life import Step

RETURN_STEPS = "return"
"""The document of a return's own row and its steps."""
SIGNED = "signed"
"""The folder of its files."""
STEPS = (Step.VALIDATED, Step.ATTESTED, Step.SIGNED)
"""The steps up to the signature; what was done with it later changes nothing of it."""


@dataclass(frozen=True, slots=True)
class TakenStep:
    """A step that was taken: which, by whom, and when, as the store has it."""

    step: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class SignedReturn:
    """A return's number in the store and its revision, the steps it went, and the digests (SHA-256) of what was signed."""

    number: int
    revision: int
    steps: tuple[TakenStep, ...]
    files: Mapping[str, str]
    signature: str


def read_signed(document: ProofDocument) -> SignedReturn:
    """What the proved rows of a return say.

    Raises:
        ValueError: they are not those of one return that was signed.
    """
    rows = {(proof.table, proof.row): proof.columns for proof in document.records}
    try:
        returns = [(row, columns) for (table, row), columns in rows.items() if table == "rs7_return"]
        taken = [columns for (table, _), columns in rows.items() if table == "return_step"]
        signed = [columns for columns in taken if columns["step"] == Step.SIGNED]
        if len(returns) != 1 or len(signed) != 1 or any(columns["rs7_return_id"] != returns[0][0] for columns in taken):
            raise ValueError("holds no return that was signed, or rows of several")
        number, kept = returns[0]
        detail: Any = orjson.loads(str(signed[0]["detail"]))
        prepared = TakenStep("prepared", str(kept["by"]), str(kept["at"]))
        steps = (TakenStep(str(one["step"]), str(one["by"]), str(one["at"])) for one in taken)
        files = {str(name): str(digest) for name, digest in detail["files"].items()}
        return SignedReturn(int(number), int(str(kept["revision"])), (prepared, *steps), files, str(detail["signature"]))
    except (LookupError, TypeError, AttributeError, orjson.JSONDecodeError) as error:
        raise ValueError("holds no return that can be read") from error


def made_again(said: Rs7Return, claim: Claim) -> Rs7Return:
    """The return of a claim, for the days a signed one covers and under the same names; every figure is the claim's."""
    if said.kind is ReturnKind.ZERO:
        made = zero_return(claim, revision=said.revision, reason=said.reason)
    else:
        made = rs7_return(
            claim,
            revision=said.revision,
            kind=said.kind,
            days=said.days,
            elsewhere=said.elsewhere,
            reason=said.reason,
        )
    return replace(made, attestation=said.attestation, declaration=said.declaration)


def signed_files(signed: SignedReturn, said: Rs7Return, claim: Claim) -> dict[str, bytes]:
    """The files of a signed return as the claim gives them, by their paths in a bundle.

    Raises:
        ExportError: the claim gives none that is valid.
    """
    made = {f"{SIGNED}/{file.name}": file.content for file in documents(made_again(said, claim))}
    return {**made, f"{SIGNED}/rs7.xml.minisig": signed.signature.encode()}
