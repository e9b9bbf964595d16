"""How unlikely a count is, if each case had at most a named chance.

All rules of the package ask the same exact question: were each of ``of`` cases a hit with probability ``at_most``, how likely
would ``hits`` or more be? ``at_most`` is a ceiling that generously covers honest services, not an average of them.
"""

from math import exp, lgamma, log, log1p

LEVEL = 1e-6
"""The chance below which a count is no accident. Asked of 200,000 children it would err once in five times it is asked."""

_NEGLIGIBLE = 1e-12
_MOST_ZEROS = 12


def tail(hits: int, of: int, at_most: float) -> float:
    """The chance of ``hits`` or more in ``of`` cases, each with chance ``at_most``: the exact binomial tail."""
    if hits <= 0:
        return 1.0
    term = exp(lgamma(of + 1) - lgamma(hits + 1) - lgamma(of - hits + 1) + hits * log(at_most) + (of - hits) * log1p(-at_most))
    total, odds = 0.0, at_most / (1 - at_most)
    for count in range(hits, of + 1):
        total += term
        term *= odds * (of - count) / (count + 1)
        if term < total * _NEGLIGIBLE:
            break
    return min(1.0, total)


def surprising(hits: int, of: int, at_most: float, level: float = LEVEL) -> float | None:
    """The chance of so many hits, if it lies below the level."""
    if hits <= of * at_most:
        return None
    chance = tail(hits, of, at_most)
    return chance if chance < level else None


def in_words(chance: float) -> str:
    """A chance as ``less than 1 in 1,000,000``."""
    zeros = _MOST_ZEROS if chance <= 10.0**-_MOST_ZEROS else int(-log(chance) / log(10))
    return f"less than 1 in {10**zeros:,}"
