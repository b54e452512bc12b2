"""The compiled path: the same rules as `step`, over packed states, for walking and exploring by the million."""

from __future__ import annotations

from eternal.engine.fast.fast import Fast

__all__ = ["Fast"]
