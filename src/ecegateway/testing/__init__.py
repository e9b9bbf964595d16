"""For authors of plugins: the conformance kit, a replay of recorded answers, a vendor and a Ministry that can misbehave."""

from ecegateway.testing.contract import SourceContract
from ecegateway.testing.ministry import MinistrySimulator
from ecegateway.testing.replay import Exchange, Recording, pages, replay
from ecegateway.testing.vendor import VendorSimulator

__all__ = ["Exchange", "MinistrySimulator", "Recording", "SourceContract", "VendorSimulator", "pages", "replay"]
