"""A process that may have no more memory, or write no longer files, than so much."""

import random
import resource
from functools import partial
from pathlib import Path

from tests.crash.tally import Tally
from tests.crash.trial import Ground

_MOST_MEMORY = 24 << 20
_LONGEST_FILE = 192 << 10
_PAGE = resource.getpagesize()


def under_a_ceiling(ground: Ground, chance: random.Random, count: int) -> Tally:
    """So many runs, each under a ceiling drawn by chance: of memory (RLIMIT_AS) or of a file's length (RLIMIT_FSIZE)."""
    tally = Tally()
    for number in range(count):
        ground.fresh()
        if number % 2 == 0:
            ceiling, kind = chance.randrange(_MOST_MEMORY), "memory ceilings"
            ended = ground.run(limit=partial(_limit_memory, ceiling))
        else:
            ceiling, kind = chance.randrange(_LONGEST_FILE), "file-size ceilings"
            ended = ground.run(limit=partial(_limit_files, ceiling))
        tally.add(kind, ground.judge(ended, f"one of the {kind}, {ceiling:,} bytes"))
    return tally


def _limit_memory(more: int) -> None:
    has = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * _PAGE
    resource.setrlimit(resource.RLIMIT_AS, (has + more, has + more))


def _limit_files(length: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (length, length))
