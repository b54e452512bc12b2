"""Exact figures, held against what a hand works out, and against fractions solved in every state that `step` alone reaches."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from eternal.author.prove import prove
from eternal.engine.state import State
from eternal.engine.step import is_over
from eternal.story.load import load
from eternal.story.story import Story
from tests.properties.brute import Everything

PACKS = Path(__file__).parents[1] / "packs"

HEAD = "id: small\ntitle: Small\nmotifs: [m]\nstart: a\nendings: [y, z]\n"
ENDS = "".join(f"---\nid: {name}\nkind: ending\ntitle: E\ntext: E.\n" for name in "yz")


def written(folder: Path, text: str) -> Story:
    """Load a story of two endings from what stands between its head and them."""
    (folder / "story.yaml").write_text(HEAD + text + ENDS)
    return load(folder, cached=False)


class TestByHand:
    """Three small sums."""

    def test_ruin(self, tmp_path: Path) -> None:
        """Who wins or loses a coin of four as likely, and begins with one, has them all once in four times: after three wins at least."""
        text = "variables: {coins: {start: 1, min: 0, max: 4}}\n---\nid: a\ntitle: A\ntext: A.\nchoices:\n"
        text += (
            "  - {id: win, text: W., if: 0 < coins < 4, add: {coins: 1}}\n  - {id: lose, text: L., if: 0 < coins < 4, add: {coins: -1}}\n"
        )
        text += "  - {id: rich, text: R., if: coins == 4, to: y}\n  - {id: poor, text: P., if: coins == 0, to: z}\n"
        figures = prove(written(tmp_path, text)).figures
        assert figures is not None
        assert figures.endings == pytest.approx({"y": 1 / 4, "z": 3 / 4}, abs=1e-9)
        assert figures.shortest == {"y": 4, "z": 2}
        assert figures.idle == ()

    def test_words_in_hand(self, tmp_path: Path) -> None:
        """Keeping and letting go are actions like others.

        p is the chance of `y` with empty hands, q with the word. p = q / 2, since one keeps it or ends; q = (1 + p) / 3, since
        one ends in `y`, lets go, or ends in `z`. So p = 1/5.
        """
        text = "---\nid: a\ntitle: A\ntext: A [word](keep:w).\nfragments: {w: {motif: m, line: W.}}\nchoices:\n"
        text += "  - {id: with, text: W., if: kept('w'), to: y}\n  - {id: go, text: G., to: z}\n"
        figures = prove(written(tmp_path, text)).figures
        assert figures is not None
        assert figures.endings == pytest.approx({"y": 1 / 5, "z": 4 / 5}, abs=1e-9)
        assert figures.shortest == {"y": 2, "z": 1}

    def test_beats(self, tmp_path: Path) -> None:
        """A memory of two beats: its second beat brings the morning, which ends in `z`.

        With both beats to come one goes or waits, each as likely, and so with the last: `y` is 1/2 + 1/4.
        """
        text = "machine: {morning: b, dawn: 9}\n---\nid: a\nkind: memory\nwhen: '2003'\nstrength: 2\nmotifs: [m]\ntitle: A\ntext: A.\n"
        text += "choices:\n  - {id: go, text: G., beats: 0, to: y}\n  - {id: wait, text: W.}\n"
        text += "---\nid: b\ntitle: B\ntext: B.\nchoices:\n  - {id: on, text: O., to: z}\n"
        figures = prove(written(tmp_path, text)).figures
        assert figures is not None
        assert figures.endings == pytest.approx({"y": 3 / 4, "z": 1 / 4}, abs=1e-9)
        assert figures.shortest == {"y": 1, "z": 3}
        assert figures.idle == ()


class Solved:
    """The chance of each ending in every state of a story, as fractions: a sum of Gauss's, which ends nowhere and rounds nothing."""

    def __init__(self, story: Story) -> None:
        """Look at all states, and solve for each ending."""
        self.truth = Everything(story, 600)
        self.first = self.truth.states[0]

    def chance(self, ending: str) -> Fraction:
        """Return the chance of an ending from the beginning."""
        rows = [self._row(place, state, ending) for place, state in enumerate(self.truth.states)]
        solved: dict[int, dict[int, Fraction]] = {}
        for place in range(len(rows) - 1, -1, -1):
            solved[place] = row = _without(rows[place], solved)
            own = row.pop(place, Fraction(0))
            for other in row:
                row[other] /= 1 - own
        value: dict[int, Fraction] = {_ONE: Fraction(1)}
        for place in range(len(rows)):
            value[place] = sum((part * value[other] for other, part in solved[place].items()), Fraction(0))
        return value[0]

    def _row(self, place: int, state: State, ending: str) -> dict[int, Fraction]:
        """Return what a state's chance is the sum of: parts of those after it, and of certainty."""
        if is_over(self.truth.story, state):
            return {_ONE: Fraction(int(state.scene == ending))}
        after, row = self.truth.after[place], dict[int, Fraction]()
        for then in after:
            row[then] = row.get(then, Fraction(0)) + Fraction(1, len(after))
        return row


#: The place of what is certain, before all states.
_ONE = -1


def _without(row: dict[int, Fraction], solved: dict[int, dict[int, Fraction]]) -> dict[int, Fraction]:
    """Put what is solved of later states in their place, the last first."""
    while (last := max(row)) in solved:
        part = row.pop(last)
        for other, more in solved[last].items():
            row[other] = row.get(other, Fraction(0)) + part * more
    return row


NIGHTS = ["clamp-hides-win", "fragment-lost-first", "heart-too-small", "more-than-can-be-hidden", "morning-gap", "step-over-the-mark"]


@pytest.mark.parametrize("name", NIGHTS)
def test_as_fractions(name: str) -> None:
    """In nights with a machine, words in hand and drifting, each ending is as likely as the fractions say."""
    story = load(PACKS / "faults" / name / "mended", cached=False)
    figures, solved = prove(story).figures, Solved(story)
    assert figures is not None
    assert figures.endings == pytest.approx({ending: float(solved.chance(ending)) for ending in figures.endings}, abs=1e-9)
    assert sum(solved.chance(ending) for ending in figures.endings) == 1
