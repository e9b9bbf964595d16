"""Carries out what a transport asks of its folder: lays files into it, whole or not at all, and looks for others."""

import os
import re
import stat
from pathlib import Path

from filelock import FileLock

from ecegateway.disk import make_folder, remove_partials, stage, sync_folder
from ecegateway.errors import PluginContractError, SourceFatalError
from ecegateway.outbound import LookForFile, SendAnswer, SendAsk, WriteFile
from ecegateway.transport.handing import Done
from ecegateway.transport.limits import Limits

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,198}[A-Za-z0-9]")
_FOUND, _MISSING, _OTHER = 200, 404, 409


class FolderHands:
    """Works in one folder, made when first needed. Links, pipes and folders in it are left alone.

    Whoever lays a file removes what a killed process left half written.
    """

    def __init__(self, whose: str, folder: Path, limits: Limits) -> None:
        self.whose = whose
        self._folder = folder
        self._limits = limits

    def carry_out(self, ask: SendAsk, *, seconds: float) -> Done:  # noqa: ARG002 - a local file has no deadline of its own
        """Status 200 for a file that lies there, with its bytes; 404 where there is none, 409 where another has its name."""
        if not isinstance(ask, WriteFile | LookForFile):
            raise PluginContractError(f"{self.whose} works in a folder, but asks for an HTTP address; tell its maker")
        if not _NAME.fullmatch(ask.name):
            raise PluginContractError(f"{self.whose} asks for the file {ask.name[:80]!r}: no plain name; tell its maker")
        try:
            return Done(self._write(ask) if isinstance(ask, WriteFile) else self._look_for(ask.name))
        except OSError as error:
            raise SourceFatalError(
                f"{self.whose}: {self._folder / ask.name} cannot be written or read ({error.strerror}); "
                "see that the folder is this program's own and has room"
            ) from error

    def close(self) -> None:
        """Nothing is held open."""

    def _write(self, ask: WriteFile) -> SendAnswer:
        make_folder(self._folder)
        with FileLock(self._folder.parent / f".{self._folder.name}.lock"):
            remove_partials(self._folder)
            return self._lay(ask)

    def _lay(self, ask: WriteFile) -> SendAnswer:
        lies = self._look_for(ask.name)
        if lies.status == _FOUND:
            # Whoever laid it there may have been killed before its name was on the disk.
            sync_folder(self._folder)
            return SendAnswer(_FOUND if lies.body == ask.body else _OTHER)
        partial = stage(self._folder, ask.body)
        try:
            partial.replace(self._folder / ask.name)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
        sync_folder(self._folder)
        return SendAnswer(_FOUND)

    def _look_for(self, name: str) -> SendAnswer:
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        try:
            descriptor = os.open(self._folder / name, flags)
        except FileNotFoundError:
            return SendAnswer(_MISSING)
        with open(descriptor, "rb") as file:  # noqa: PTH123 - a descriptor, not a path
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise SourceFatalError(f"{self.whose}: {self._folder / name} is not a plain file; take it away")
            body = file.read(self._limits.body_bytes + 1)
        if len(body) > self._limits.body_bytes:
            raise SourceFatalError(f"{self.whose}: {self._folder / name} is larger than limits.body_bytes; take it away")
        return SendAnswer(_FOUND, body)
