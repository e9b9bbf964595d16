"""Power cuts of one scenario: a run is recorded once, disks are rebuilt from it, and each is looked at."""

import random
import shutil
from collections.abc import Iterator
from hashlib import sha256
from itertools import chain

from tests.crash.disk import Disk, Image, images
from tests.crash.recording import Recording, inodes_of
from tests.crash.state import difference
from tests.crash.tally import Fault, Tally, Wrong
from tests.crash.trial import Ground

IMAGE = "power-loss images"
_SEE_WHOLE = 50
"""Of so many disks, one is verified in full, and the command run again on it."""
_ROUNDS = 32


def cut_power(ground: Ground, chance: random.Random, count: int) -> Tally:
    """So many different disks as a power cut during a run may leave, or as many as are found, and what is wrong on them."""
    folder = ground.fresh()
    start = Disk(*inodes_of(folder))
    recording = Recording(folder)
    ended = ground.run(recording)
    assert ended.code == 0, ended.printed
    goal = ground.scenario.glance(folder).content
    tally, seen = Tally(), set[bytes]()
    for image in chain.from_iterable(images(start, recording.events, chance, count) for _ in range(_ROUNDS)):
        done = image.at == len(recording.events)
        if len(seen) == count:
            break
        if (mark := _mark(image, done=done)) in seen:
            continue
        seen.add(mark)
        shutil.rmtree(folder, ignore_errors=True)
        image.lay(folder)
        where = f"{ground.scenario.name}: a power cut after {image.at} of {len(recording.events)} events"
        faults = list(_glanced(ground, image, goal if done else (), where))
        if len(seen) % _SEE_WHOLE == 0 and not faults:
            faults += ground.wrong(image.told, ground.state(), where)
            faults += ground.run_again(where)
        tally.add(IMAGE, faults)
    return tally


def _glanced(ground: Ground, image: Image, goal: tuple[str, ...], where: str) -> Iterator[Fault]:
    found = ground.scenario.glance(ground.folder())
    yield from ground.wrong(image.told, found, where)
    for line in difference(goal, found.content)[0]:
        yield Fault(Wrong.LOST, where, f"the command had ended well: {line}")


def _mark(image: Image, *, done: bool) -> bytes:
    mark = sha256(f"{len(image.told)} {done}".encode())
    for name, content in sorted(image.files.items()):
        mark.update(f"\0{name}\0{len(content)}\0".encode())
        mark.update(content)
    return mark.digest()
