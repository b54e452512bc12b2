"""What some commands need beyond the game: the packages of the extras in `pyproject.toml`."""

from __future__ import annotations

__all__ = ["extra_of"]

#: Package, as it is imported -> the extra that brings it.
_EXTRAS = {
    "babel": "author",
    "aiohttp": "web",
    "textual_serve": "web",
    "dask": "cluster",
    "distributed": "cluster",
}


def extra_of(error: ModuleNotFoundError) -> str | None:
    """Return the extra that would bring a package that is missing; None if no extra brings it."""
    return _EXTRAS.get((error.name or "").partition(".")[0])
