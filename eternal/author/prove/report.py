"""A proof as text to read and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from eternal.author.prove.finding import Figures, Finding, Night, Proof

__all__ = ["as_json", "as_text"]

#: What each kind of claim is called, and what being refuted means for it.
_KINDS = {
    "always-an-ending": "from every state an ending can be reached",
    "claim": "the author's claims",
    "way-on": "there is always a way on",
    "ending": "endings that can be reached",
    "scene": "scenes that can be reached",
    "choice": "choices that can be offered",
    "block": "passages that can be read",
    "fragment": "fragments that can be kept",
    "save": "saves that end where they say",
}
#: So many open claims are listed one by one.
_LISTED = 40


def as_json(proof: Proof, witnesses: Mapping[tuple[str, str], Path] | None = None) -> bytes:
    """Return a proof as JSON; the shape is documented in `docs/proof.md` and stable.

    Args:
        proof: the proof.
        witnesses: where the save of each finding was written, as `write_witnesses` returns it.
    """
    plain: dict[str, Any] = {
        "story": proof.story, "digest": proof.digest, "states": proof.states, "steps": proof.steps, "frontier": proof.frontier,
        "exhausted": proof.exhausted, "interrupted": proof.interrupted, "seconds": round(proof.seconds, 3),
        "claims": [_plain(finding, witnesses or {}) for finding in proof.findings],
        "figures": proof.figures,
    }  # fmt: skip
    return msgspec.json.encode(plain)


def _plain(finding: Finding, witnesses: Mapping[tuple[str, str], Path]) -> dict[str, Any]:
    path = witnesses.get((finding.claim, finding.about))
    return {
        "claim": finding.claim, "about": finding.about, "verdict": finding.verdict, "looked": finding.looked, "how": finding.how,
        "witness": str(path) if path is not None else finding.file or None,
    }  # fmt: skip


def as_text(proof: Proof, witnesses: Mapping[tuple[str, str], Path] | None = None) -> str:
    """Return a proof as lines to read: what is false first, then what is open, then the count, then the figures."""
    return "\n".join(_lines(proof, witnesses or {}))


def _lines(proof: Proof, witnesses: Mapping[tuple[str, str], Path]) -> Iterator[str]:
    for finding in proof.refuted:
        yield f"refuted  {_named(finding)}: {finding.how}{_witness(finding, witnesses)}"
    unsettled = proof.open
    for finding in unsettled[:_LISTED]:
        yield f"open     {_named(finding)}: {finding.how}"
    if len(unsettled) > _LISTED:
        yield f"open     and {len(unsettled) - _LISTED} more"
    if proof.refuted or unsettled:
        yield ""
    for kind, words in _KINDS.items():
        counts = Counter(finding.verdict for finding in proof.findings if finding.claim == kind)
        if counts:
            yield f"{words}: " + ", ".join(
                f"{counts[verdict]} {verdict}" for verdict in ("proved", "witnessed", "refuted", "open") if counts[verdict]
            )
    yield _looked(proof)
    if proof.figures is not None:
        yield ""
        yield from _figures(proof, proof.figures)


def _named(finding: Finding) -> str:
    return f"{finding.claim} {finding.about}"


def _witness(finding: Finding, witnesses: Mapping[tuple[str, str], Path]) -> str:
    path = witnesses.get((finding.claim, finding.about))
    if path is not None:
        return f" ({path})"
    if finding.night is None:
        return ""
    last = finding.night.actions[-6:]
    words = ", ".join(f"{action.verb} {getattr(action, 'id', '')}" for action in last)
    more = len(finding.night.actions) - len(last)
    return f" (after {f'{more} actions, ' if more else ''}{words or 'nothing'})"


def _looked(proof: Proof) -> str:
    end = "all there are" if proof.exhausted else f"{proof.frontier:,} of them not looked beyond" if proof.frontier else "not all"
    search = f", and {proof.steps:,} steps searched" if proof.steps else ""
    broken = "; interrupted" if proof.interrupted else ""
    return f"{proof.states:,} {'state' if proof.states == 1 else 'states'}, {end}{search}; {proof.seconds:.1f} s{broken}"


def _figures(proof: Proof, figures: Figures) -> Iterator[str]:
    nights = {finding.about: finding.night for finding in proof.findings if finding.claim == "ending"}
    yield "a first night of a player who does any possible thing as likely as another:"
    for ending, chance in figures.endings.items():
        yield f"  {ending:<24}{chance * 100:8.4f} %   {_shortest(figures.shortest.get(ending), nights.get(ending))}"
    if figures.astray > 1e-9:
        yield f"  {'at no ending':<24}{figures.astray * 100:8.4f} %"
    if figures.idle:
        yield f"choices that never change which endings remain possible ({len(figures.idle)}): {', '.join(figures.idle)}"


def _shortest(actions: int | None, night: Night | None) -> str:
    """Say how soon an ending can be reached, and after which earlier nights, if only after those."""
    if actions is None:
        return "never"
    after = f" after {', '.join(night.past)}" if night is not None and night.past else ""
    return f"shortest in {actions} {'action' if actions == 1 else 'actions'}{after}"
