"""The invented world as one frozen value: what every source of the demo shows at the first pull and at the second."""

from dataclasses import dataclass
from typing import Final

from ecegateway.demo import kotuku_life, kowhai, puawai_paper
from ecegateway.demo.drops import Files, Folder
from ecegateway.demo.identities import Place
from ecegateway.demo.kotuku_life import KotukuLife
from ecegateway.demo.people import cast
from ecegateway.demo.planted import Planted
from ecegateway.demo.vendor_life import VendorLife
from ecegateway.model.ids import ServiceNumber

PUAWAI: Final = ServiceNumber("10842")
KOTUKU: Final = ServiceNumber("20517")
SEED: Final = 2026


@dataclass(frozen=True, slots=True)
class World:
    """Everything the demo's sources show, and everything planted in it.

    ``kowhai`` is the life of Pūāwai in its vendor's system, ``puawai_paper`` its office's folder; ``kotuku`` holds the
    kindergarten's records and files.
    """

    seed: int
    kowhai: VendorLife
    puawai_paper: Folder
    kotuku: KotukuLife
    planted: tuple[Planted, ...]

    @property
    def drop_first(self) -> Files:
        """EnrolNow's four files of the week that ended on 29 March 2026."""
        return self.kotuku.drops[0]

    @property
    def drop_later(self) -> Files:
        """EnrolNow's four files of the week that ended on 31 May 2026: a few rows are gone without a word."""
        return self.kotuku.drops[1]

    @property
    def paper_first(self) -> Files:
        """The kindergarten's folder at the end of March 2026, by stream."""
        return self.kotuku.paper.files[0]

    @property
    def paper_later(self) -> Files:
        """The kindergarten's folder in June 2026, by stream."""
        return self.kotuku.paper.files[1]

    @property
    def paper_corrected(self) -> Files:
        """The kindergarten's folder once a parent's sheet has come back, when the return has gone."""
        return self.kotuku.paper_corrected


def build_world(seed: int = SEED) -> World:
    """Invent the world. Equal seeds give equal worlds, to the byte; no clock is read."""
    centre = Place(PUAWAI, "Wellington", "6021", seed)
    vendor, in_kowhai = kowhai.live(centre, cast(PUAWAI))
    office, in_office = puawai_paper.live(centre, cast(PUAWAI))
    kindergarten, in_papers = kotuku_life.live(Place(KOTUKU, "Auckland", "1025", seed), cast(KOTUKU))
    planted = (*in_kowhai, *in_office, *in_papers)
    return World(seed=seed, kowhai=vendor, puawai_paper=office, kotuku=kindergarten, planted=planted)
