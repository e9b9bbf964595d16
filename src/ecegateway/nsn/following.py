"""Merges followed through: from a number that is no more to the one that took over, however long the chain."""

from collections.abc import Iterable, Mapping

from ecegateway.outbound import Merge


def masters(merges: Iterable[Merge]) -> Mapping[str, str]:
    """By each number that is no more, the one that stands; merges in a ring lead nowhere and are left out."""
    next_of = {merge.nsn: merge.master for merge in merges}
    found = {number: _end(number, next_of) for number in next_of}
    return {number: master for number, master in found.items() if master is not None}


def _end(number: str, next_of: Mapping[str, str]) -> str | None:
    seen = {number}
    while number in next_of:
        number = next_of[number]
        if number in seen:
            return None
        seen.add(number)
    return number
