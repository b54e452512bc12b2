"""Planted faults: each is found, with the right verdict and a save that shows it; and nothing is found in the mended twins."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from eternal.author.prove import Finding, Proof, prove, write_witnesses
from eternal.author.prove.shown import shows
from eternal.author.prove.tracing import played
from eternal.engine.choices import possible
from eternal.engine.digests import digest
from eternal.engine.fast.reads import reads_of
from eternal.engine.state import State
from eternal.engine.step import is_over, step
from eternal.saves.replay import verify
from eternal.story.load import load
from eternal.story.story import Story

FAULTS = sorted(path for path in (Path(__file__).parents[1] / "packs" / "faults").iterdir() if path.is_dir())


def finds(pack: Path) -> list[str]:
    """Return what must be refuted of a faulty pack."""
    return (pack / "finds.txt").read_text().splitlines()


def proof_of(pack: Path) -> tuple[Story, Proof]:
    """Load a pack and prove it."""
    story = load(pack, cached=False)
    return story, prove(story, states=20_000)


def test_there_are_enough() -> None:
    """At least twenty-five kinds of mistake are planted."""
    assert len(FAULTS) >= 25


@pytest.mark.parametrize("pack", FAULTS, ids=lambda pack: pack.name)
def test_fault_is_found(pack: Path, tmp_path: Path) -> None:
    """Exactly what is wrong is refuted, nothing is left open, and every save that shows it verifies."""
    story, proof = proof_of(pack / "faulty")
    assert [f"{finding.claim} {finding.about}" for finding in proof.refuted] == finds(pack)
    assert not proof.open
    paths = write_witnesses(story, proof.refuted, tmp_path)
    assert len(paths) == len(proof.refuted)
    assert all(verify(path, story).well for path in paths.values())


@pytest.mark.parametrize("pack", FAULTS, ids=lambda pack: pack.name)
def test_witness_stands_at_the_bad_moment(pack: Path) -> None:
    """Where a fault is something that happens, its night ends where it happens; where something is missing, it is missing there."""
    story, proof = proof_of(pack / "faulty")
    for finding in proof.refuted:
        assert finding.night is not None
        game = played(story, finding.night)
        happens = finding.claim == "way-on" or finding.about.startswith("never")
        if finding.claim == "always-an-ending":
            assert not reaches_ending(story, finding)
        else:
            assert shows(game, (finding.claim, finding.about)) == happens


def reaches_ending(story: Story, finding: Finding) -> bool:
    """Tell whether any way leads from where a finding's night stands to an ending: by `step` alone, over all states."""
    assert finding.night is not None
    states = [played(story, finding.night).state]
    seen = {told_apart(story, states[0])}
    while states:
        state = states.pop()
        if is_over(story, state):
            return True
        for action in possible(story, state):
            after = step(story, state, action)
            if (mark := told_apart(story, after)) not in seen:
                seen.add(mark)
                states.append(after)
    return False


def told_apart(story: Story, state: State) -> str:
    """Return what tells a state from those that go on alike: all of it, but for what only grows where nothing asks for it.

    Of beats after dawn the rules ask nothing but whether it has come; and entries may be counted for the player's map alone.
    """
    asked = reads_of(story).limits
    visits = {scene: count for scene, count in state.visits.items() if ("visits", scene) in asked}
    is_late = story.machine is not None and state.beat > story.machine.dawn and ("beat", "") not in asked
    beat = story.machine.dawn if is_late and story.machine is not None else state.beat
    return digest(story, replace(state, beat=beat, visits=visits))


@pytest.mark.parametrize("pack", FAULTS, ids=lambda pack: pack.name)
def test_mended_twin_is_clean(pack: Path) -> None:
    """The twin without the fault has nothing refuted and nothing open: no false alarm."""
    _, proof = proof_of(pack / "mended")
    assert not proof.refuted
    assert not proof.open
    assert proof.exhausted
