"""Meddlers that count calls on files in a folder, and at one of them kill the child or make the call fail."""

import errno
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from tests.crash.calls import Call
from tests.crash.tracer import Action, Fail, Go, Kill, Shorten

_SHORT_WRITE = 0
ERRORS: Mapping[str, tuple[int, ...]] = MappingProxyType(
    {
        "open": (errno.EIO, errno.ENOSPC, errno.EINTR, errno.EDQUOT, errno.EROFS, errno.EMFILE),
        "write": (errno.EIO, errno.ENOSPC, errno.EINTR, errno.EDQUOT, _SHORT_WRITE),
        "fsync": (errno.EIO, errno.ENOSPC, errno.EINTR, errno.EDQUOT),
        "ftruncate": (errno.EIO, errno.EINTR, errno.EROFS),
        "fallocate": (errno.EIO, errno.ENOSPC, errno.EINTR),
        "rename": (errno.EIO, errno.ENOSPC, errno.EROFS, errno.EDQUOT),
        "unlink": (errno.EIO, errno.EROFS),
        "mkdir": (errno.EIO, errno.ENOSPC, errno.EROFS, errno.EDQUOT),
        "link": (errno.EIO, errno.ENOSPC, errno.EROFS, errno.EDQUOT),
        "close": (errno.EIO, errno.EINTR),
    }
)
"""What each call may fail with."""
_GROWS = frozenset({"write", "mkdir", "rename", "link", "fallocate", "ftruncate"})


@dataclass(slots=True)
class Counting:
    """Counts the calls on a folder, from 0; what the n-th was is ``met``."""

    folder: str
    at: int = -1
    count: int = 0
    met: str = ""

    def before(self, call: Call) -> Action:
        if not self._counts(call):
            return Go()
        self.count += 1
        if self.count - 1 != self.at:
            return self.otherwise(call)
        self.met = f"{call.exact} {call.path.removeprefix(self.folder)}"
        return self.act(call)

    def after(self, call: Call, result: int) -> None:
        """Nothing is watched."""

    def act(self, call: Call) -> Action:
        """What becomes of the n-th call."""
        del call
        return Go()

    def otherwise(self, call: Call) -> Action:
        """What becomes of the others."""
        del call
        return Go()

    def _counts(self, call: Call) -> bool:
        return call.path.startswith(self.folder) or call.target.startswith(self.folder)


@dataclass(slots=True)
class Killing(Counting):
    """Kills the child at the n-th call."""

    after_it: bool = False

    def act(self, call: Call) -> Action:
        del call
        return Kill(after=self.after_it)


@dataclass(slots=True)
class Failing(Counting):
    """Makes the n-th call fail, with an error drawn by chance among those it may fail with."""

    chance: random.Random = field(default_factory=random.Random)

    def act(self, call: Call) -> Action:
        failure = self.chance.choice(ERRORS[call.name])
        if failure == _SHORT_WRITE:
            self.met += ": short"
            return Shorten(self.chance.randrange(max(1, call.arguments[2])))
        self.met += f": {errno.errorcode[failure]}"
        return Fail(failure)


@dataclass(slots=True)
class FillingUp(Counting):
    """From the n-th call on the disk is full, and stays so."""

    def act(self, call: Call) -> Action:
        self.met += ": full disk"
        return self.otherwise(call)

    def otherwise(self, call: Call) -> Action:
        return Fail(errno.ENOSPC) if self.met and call.name in _GROWS else Go()
