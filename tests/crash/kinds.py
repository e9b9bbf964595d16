"""The kinds of fault."""

from enum import StrEnum


class Kind(StrEnum):
    """What is tried."""

    KILLS = "kills"
    ERRORS = "errors"
    FULL = "full disks"
    CEILINGS = "ceilings"
    POWER_CUTS = "power cuts"
    SERVERS = "servers"
    CARELESS = "a careless server"
    RACES = "races"
