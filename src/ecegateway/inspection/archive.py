"""The pack as one zip: files in order of their paths, at one fixed moment, so that equal packs give equal bytes."""

import io
import zipfile
from collections.abc import Mapping

_BEGINNING = (1980, 1, 1, 0, 0, 0)
"""The first moment a zip can name."""
_UNIX, _PLAIN_FILE = 3, 0o100600 << 16
_LEVEL = 6


def zip_bytes(folder: str, files: Mapping[str, bytes]) -> bytes:
    """The zip of a pack, which unpacks into one folder."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        for path, content in sorted(files.items()):
            entry = zipfile.ZipInfo(f"{folder}/{path}", _BEGINNING)
            entry.create_system, entry.external_attr = _UNIX, _PLAIN_FILE
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED, _LEVEL)
    return raw.getvalue()
