"""For authors of plugins: the conformance kit, a replay of recorded answers, and a vendor that can be told to misbehave."""

from ecegateway.testing.contract import SourceContract
from ecegateway.testing.replay import Exchange, Recording, pages, replay
from ecegateway.testing.vendor import VendorSimulator

__all__ = ["Exchange", "Recording", "SourceContract", "VendorSimulator", "pages", "replay"]
