"""What an author claims of the whole story, for `eternal prove` to settle: `never: …`, `possible: …`, `always eventually: ending`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, cast, get_args

from msgspec import Struct

__all__ = ["Claim", "ClaimKind", "read_claim"]

ClaimKind = Literal["never", "possible", "always eventually"]
_KINDS = cast("tuple[ClaimKind, ...]", get_args(ClaimKind))


class Claim(Struct, frozen=True):
    """A claim: its kind, the condition it is about (or `ending`), and where in the claim's text that begins."""

    kind: ClaimKind
    about: str
    offset: int


def read_claim(text: str) -> Claim | None:
    """Read a claim; None if it is none. The condition in it is not checked here."""
    return next(_readings(text), None)


def _readings(text: str) -> Iterator[Claim]:
    kind, colon, rest = text.partition(":")
    about = rest.strip()
    for known in _KINDS:
        if colon and about and kind.split() == known.split() and (known != "always eventually" or about == "ending"):
            yield Claim(known, about, len(kind) + 1 + len(rest) - len(rest.lstrip()))
