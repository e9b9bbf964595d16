"""Signed notes (C2SP signed-note): a text that people can read, and below a blank line who signed it.

Stricter than the specification in one point: base64 has one spelling, so no letter of a signature can be another. A note
holds at most 100 signatures in a million bytes, as its first implementation has it; the specification asks for 16 at least.
"""

from dataclasses import dataclass

from ecegateway.errors import IntegrityError
from ecegateway.signing.keys import KEY_ID_BYTES, Signer, Verifier, is_name
from ecegateway.signing.texts import base64_bytes, base64_text, is_plain

MAX_BYTES = 1_000_000
MAX_SIGNATURES = 100
_DASH = "\u2014 "


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature below a note: the name and the four bytes that say whose, and the signature itself."""

    name: str
    key_id: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Note:
    """A text and the signatures below it. Nobody has verified them: see :func:`signed_by` and :func:`opened`.

    Raises:
        IntegrityError: the text does not end its last line, or holds a control character; or there is no signature, or too
            many, or one that has no line.
    """

    text: str
    signatures: tuple[Signature, ...]

    def __post_init__(self) -> None:
        if not self.text.endswith("\n") or not all(line == "" or is_plain(line) for line in self.text.split("\n")):
            raise _malformed("its text must be lines without control characters, the last one ended")
        if not 1 <= len(self.signatures) <= MAX_SIGNATURES:
            raise _malformed(f"it has {len(self.signatures)} signatures, and takes from 1 to {MAX_SIGNATURES}")
        for one in self.signatures:
            if not is_name(one.name) or len(one.key_id) != KEY_ID_BYTES or not one.signature:
                raise _malformed("a signature has no name, no key id or no bytes")


def sign_note(text: str, *signers: Signer) -> Note:
    """A note of a text, signed by each in turn.

    Raises:
        IntegrityError: the text cannot stand in a note, or nobody signs.
    """
    message = text.encode(errors="surrogatepass")
    return Note(text, tuple(Signature(one.name, one.verifier.key_id, one.sign(message)) for one in signers))


def note_bytes(note: Note) -> bytes:
    """A note as it is published."""
    lines = (f"{_DASH}{one.name} {base64_text(one.key_id + one.signature)}\n" for one in note.signatures)
    return f"{note.text}\n{''.join(lines)}".encode()


def read_note(content: bytes) -> Note:
    """A note from its bytes; its signatures are not verified.

    Raises:
        IntegrityError: the bytes are not a note.
    """
    if len(content) > MAX_BYTES:
        raise _malformed(f"it has {len(content)} bytes, more than {MAX_BYTES}")
    try:
        whole = content.decode()
    except UnicodeDecodeError as error:
        raise _malformed("it is not UTF-8") from error
    text, blank, below = whole.rpartition("\n\n")
    if not blank or not below.endswith("\n"):
        raise _malformed("it has no signature below a blank line, or is cut short")
    return Note(f"{text}\n", tuple(map(_signature, below.removesuffix("\n").split("\n"))))


def signed_by(note: Note, verifier: Verifier) -> bool:
    """Whether that key signed the note: some signature carries its name and id, and every one that does holds."""
    message = note.text.encode()
    claimed = [one.signature for one in note.signatures if (one.name, one.key_id) == (verifier.name, verifier.key_id)]
    return bool(claimed) and all(verifier.verify(signature, message) for signature in claimed)


def opened(content: bytes, *trusted: Verifier) -> Note:
    """A note that may be believed: one trusted key at least signed it. Signatures of unknown keys are passed over.

    Raises:
        IntegrityError: the bytes are no note, no trusted key signed it, or a signature in the name of a trusted key does
            not hold.
    """
    note = read_note(content)
    named = {(one.name, one.key_id) for one in note.signatures}
    known = [verifier for verifier in trusted if (verifier.name, verifier.key_id) in named]
    if not known:
        names = ", ".join(sorted({one.name for one in note.signatures}))
        raise IntegrityError(f"the note is signed by no trusted key (signed by: {names}); check which keys you trust")
    for verifier in known:
        if not signed_by(note, verifier):
            raise IntegrityError(
                f"the note's signature by {verifier.name!r} ({verifier.key_id.hex()}) does not hold: the note was changed; "
                "fetch it again from where it was published"
            )
    return note


def _signature(line: str) -> Signature:
    if not line.startswith(_DASH):
        raise _malformed("a line below the blank line is not a signature")
    name, _, encoded = line.removeprefix(_DASH).partition(" ")
    try:
        content = base64_bytes(encoded)
    except ValueError as error:
        raise _malformed(f"the signature of {name!r} {error}") from error
    return Signature(name, content[:KEY_ID_BYTES], content[KEY_ID_BYTES:])


def _malformed(why: str) -> IntegrityError:
    return IntegrityError(f"this is not a signed note: {why}; fetch it again from where it was published")
