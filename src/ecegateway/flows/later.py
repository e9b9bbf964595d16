"""Values that are worked out when somebody asks for them, and once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Later(Generic[T]):
    """Called, it gives what ``make`` makes: a claim alone does not pay for it. Two are equal if what they are ``of`` is."""

    of: object
    make: Callable[[], T] = field(compare=False, repr=False)

    def __call__(self) -> T:
        """The value."""
        return self._made

    @cached_property
    def _made(self) -> T:
        return self.make()
