"""How much is tried in each tier: quick in ``make test``, the others by ``make soak-nightly`` and ``make soak-release``."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

SEED = 2026


@dataclass(frozen=True, slots=True)
class Tier:
    """Faults of each kind for all scenarios together; rounds of ``postgres`` and ``races``; faults for each ``control``."""

    kills: int
    errors: int
    full: int
    ceilings: int
    images: int
    postgres: int
    races: int
    control: int


QUICK = Tier(kills=306, errors=207, full=27, ceilings=24, images=5_000, postgres=3, races=2, control=24)
IMAGES: Mapping[str, int] = MappingProxyType(
    {
        "pull": 1200,
        "first pull": 1100,
        "snapshot": 1000,
        "migration": 1200,
        "rotation": 75,
        "first key": 75,
        "export": 150,
        "filing": 200,
        "backup": 0,
    }
)
"""The quick tier's power-loss images of each scenario, which the other tiers share out alike: few writes leave few disks.

A backup gets its name as a folder, and folders that are renamed are not rebuilt yet.
"""
NIGHTLY = Tier(kills=10_000, errors=5_000, full=250, ceilings=250, images=200_000, postgres=200, races=60, control=100)
RELEASE = Tier(
    kills=50_000, errors=25_000, full=1_000, ceilings=1_000, images=2_000_000, postgres=1_000, races=500, control=400
)
