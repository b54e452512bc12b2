"""A proof is never wrong: stories made by chance, proved, and held against every state that `step` alone can reach."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from eternal.author.prove import Proof, prove, write_witnesses
from eternal.author.prove.shown import shows
from eternal.author.prove.tracing import played
from eternal.saves.replay import verify
from eternal.story.story import Story
from tests.engine.fast_made import small_story
from tests.properties.brute import Everything, TooLargeError

#: More states than this are not looked at one by one.
_MOST = 1_500


def looked_at(story: Story) -> Everything:
    """Look at all states of a story, unless it is too large: then another example is asked for."""
    try:
        return Everything(story, _MOST)
    except TooLargeError:
        assume(condition=False)
        raise


def wrong(proof: Proof, truth: Everything) -> list[tuple[str, str, str, str]]:
    """Return every claim whose verdict is not what is true of it; what a proof leaves open is not wrong."""
    settled = [finding for finding in proof.findings if finding.verdict != "open"]
    truths = [(finding.claim, finding.about, finding.verdict, truth.verdict((finding.claim, finding.about))) for finding in settled]
    return [found for found in truths if found[2] != found[3]]


@settings(max_examples=80, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(seed=st.integers(0, 10**9))
def test_no_verdict_is_wrong(seed: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Whether all states are looked at, or so few that arguments, slices and search must settle it: what is settled is true.

    And where all are looked at nothing is left open.
    """
    story = small_story(tmp_path_factory.mktemp("made"), Random(seed))
    truth = looked_at(story)
    whole = prove(story, states=200_000)
    assert not wrong(whole, truth)
    assert whole.exhausted
    assert not whole.open
    assert not wrong(prove(story, states=20), truth)


@settings(max_examples=15, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(seed=st.integers(0, 10**9))
def test_every_finding_has_its_night(seed: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What is witnessed or refuted comes with a save that verifies, also where it was argued; what happens, happens at its end."""
    folder = tmp_path_factory.mktemp("made")
    story = small_story(folder / "pack", Random(seed))
    watched = looked_at(story).story
    for states in (200_000, 20):
        proof = prove(story, states=states)
        paths = write_witnesses(story, proof.findings, folder / str(states))
        for finding in proof.findings:
            assert (finding.night is not None) == (finding.verdict in ("witnessed", "refuted")), finding
            if finding.verdict == "witnessed" and finding.night is not None:
                assert shows(played(watched, finding.night), (finding.claim, finding.about))
        assert all(verify(path, story).well for path in paths.values())


def test_compares_what_it_means_to(tmp_path: Path) -> None:
    """Of forty such stories most are small enough to be looked at, and every kind of verdict is among what is settled."""
    verdicts: set[tuple[str, str]] = set()
    count = 0
    for seed in range(40):
        story = small_story(tmp_path / str(seed), Random(seed))
        try:
            truth = Everything(story, _MOST)
        except TooLargeError:
            continue
        count += 1
        verdicts.update((goal[0], truth.verdict(goal)) for goal in truth.met)
        verdicts.add(("always-an-ending", truth.verdict(("always-an-ending", story.id))))
    assert count > 20
    assert {("way-on", "refuted"), ("claim", "witnessed"), ("claim", "refuted"), ("always-an-ending", "refuted")} <= verdicts
