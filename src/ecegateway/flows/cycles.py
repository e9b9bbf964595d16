"""Keeps the search for reference cycles away from work that makes hardly any."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager

PAGES_BETWEEN = 16


@contextmanager
def cycles_sought_seldom() -> Iterator[Callable[[], None]]:
    """Search for reference cycles only now and then; gives a function to call before each page.

    A page becomes some ten thousand objects that live together and die by their counts. Left to itself, the collector
    looks at all of them again and again as they come to be: half the time of a pull, measured.
    """
    was_on = gc.isenabled()
    pages = 0

    def before_page() -> None:
        nonlocal pages
        pages += 1
        if pages % PAGES_BETWEEN == 0:
            gc.collect()

    gc.disable()
    gc.freeze()  # what was there before the pull need not be looked at each time
    try:
        yield before_page
    finally:
        gc.unfreeze()
        if was_on:
            gc.enable()
