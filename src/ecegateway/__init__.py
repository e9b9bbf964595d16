"""The gateway between early childhood centres' systems and the funding returns they make."""

import pluggy

__version__ = "0.1.0"

hookimpl = pluggy.HookimplMarker("ecegateway")
"""Marks a plugin's implementation of a hook in :mod:`ecegateway.hookspecs`."""
