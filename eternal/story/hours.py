"""The hours of a night, as an author writes them: `23:40`, `01:30`."""

from __future__ import annotations

__all__ = ["hour_of"]


def hour_of(when: str | None) -> str:
    """Order the hours of a night: from noon to noon, those without one last."""
    if when is None or ":" not in when:
        return "~"
    return f"{(int(when[:2]) + 12) % 24:02}{when[3:]}"
