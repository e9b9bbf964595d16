"""The demo's world, built once."""

import pytest

from ecegateway.demo.world import World, build_world


@pytest.fixture(scope="session")
def world() -> World:
    return build_world()
