"""How light moves, by a clock that the tests hold."""

from __future__ import annotations

import pytest

from eternal.engine.pages import Passage, Piece
from eternal.tui.palette import STEPS
from eternal.tui.text.canvas import Canvas, carried, resting
from eternal.tui.text.fade import FULL
from eternal.tui.text.light import Later, Light
from eternal.tui.text.motion import Breath, Collapse, Dissolve, Motion, Reveal
from eternal.tui.text.sheet import lay

PASSAGES = (
    Passage((Piece("She lies down first, of course, on ice that says "), Piece("no", em=True), Piece(" in a low voice."))),
    Passage((Piece("You name "), Piece("a star after a dentist", fragment="star", lit=True), Piece(", and it holds."))),
)
SHEET = lay(PASSAGES, 40)


def run(motion: Motion, until: float = 600.0) -> float:
    """Let a motion run to its end, asking as rarely as it allows. Return how long it took."""
    at = 0.0
    while (wait := motion.at(at)) is not None:
        assert wait > 0
        at += wait
        assert at < until
    return at


def everything(canvas: Canvas) -> list[object]:
    return [look for line in canvas.looks for look in line]


def test_words_appear_in_reading_order() -> None:
    """While a page appears, no word shines more than one before it."""
    canvas = Canvas(SHEET)
    reveal = Reveal(canvas, 10.0)
    for tenth in range(40):
        reveal.at(tenth / 10)
        lights = [look.light for line in canvas.looks for look in line]
        assert lights == sorted(lights, reverse=True)


@pytest.mark.parametrize("kind", ["reveal", "dissolve", "breath", "collapse"])
def test_a_motion_ends_where_finishing_it_leads(kind: str) -> None:
    """Letting a motion run and completing it give the same page."""

    def made() -> tuple[Canvas, Motion]:
        canvas = Canvas(SHEET, resting(SHEET, 100) if kind != "reveal" else None)
        motions: dict[str, Motion] = {
            "reveal": Reveal(canvas, 10.0), "breath": Breath(canvas), "collapse": Collapse(canvas),
            "dissolve": Dissolve(canvas, resting(SHEET, 40), wait=2.0, each=0.5),
        }  # fmt: skip
        return canvas, motions[kind]

    (ran, one), (finished, other) = made(), made()
    run(one)
    other.finish()
    assert everything(ran) == everything(finished)
    assert ran.light == finished.light


def test_a_revealed_page_is_whole() -> None:
    """In the end every word is there, and it took about as long as its words."""
    canvas = Canvas(SHEET)
    assert 2.0 < run(Reveal(canvas, 10.0)) < 6.0
    assert set(everything(canvas)) == {FULL}


def test_only_what_is_new_appears() -> None:
    """On a page that one knows, the old words are there at once."""
    canvas = Canvas(SHEET, carried(SHEET, PASSAGES, Canvas(lay(PASSAGES[:1], 40), resting(lay(PASSAGES[:1], 40), 100)), PASSAGES[:1]))
    reveal = Reveal(canvas, 10.0, frozenset({1}))
    reveal.at(0.0)
    assert {look for line, laid in zip(canvas.looks, SHEET.lines, strict=True) if laid.passage == 0 for look in line} == {FULL}
    run(reveal)
    assert set(everything(canvas)) == {FULL}


def test_dissolving_waits_and_then_ends_where_the_state_says() -> None:
    """Nothing goes before it is time; in the end the page is what its integrity makes of it, kept words whole."""
    canvas, goal = Canvas(SHEET, resting(SHEET, 100)), resting(SHEET, 30)
    dissolve = Dissolve(canvas, goal, wait=5.0, each=0.5)
    assert dissolve.at(0.0) == pytest.approx(5.0)
    assert set(everything(canvas)) == {FULL}
    run(dissolve)
    assert canvas.looks == goal
    lit = [
        look for line, laid in zip(canvas.looks, SHEET.lines, strict=True) for look, part in zip(line, laid.parts, strict=True) if part.lit
    ]
    assert set(lit) == {FULL}


def test_dissolving_never_takes_long() -> None:
    """However many words there are, all are gone within the time that was set."""
    canvas = Canvas(SHEET, resting(SHEET, 100))
    assert run(Dissolve(canvas, resting(SHEET, 1), wait=1.0, each=60.0, longest=3.0)) < 6.0


def test_a_collapse_leaves_the_kept_words_alone() -> None:
    """When the others have fallen, what is kept still shines; then that goes dark too."""
    canvas = Canvas(SHEET, resting(SHEET, 100))
    collapse = Collapse(canvas)
    collapse.at(Collapse.FALL + 0.2)
    for line, laid in zip(canvas.looks, SHEET.lines, strict=True):
        for look, part in zip(line, laid.parts, strict=True):
            assert (look.eaten == 0) == part.lit
    assert canvas.light == STEPS
    run(collapse)
    assert canvas.light == 0


def test_one_motion_follows_another_and_keys_complete_only_the_first() -> None:
    """A page that appears can be completed; what dissolves after that goes on in its own time."""
    now = [0.0]
    canvas = Canvas(SHEET)
    light = Light(canvas, lambda: now[0])
    light.play([Reveal(canvas, 10.0), Later(lambda: Dissolve(canvas, resting(SHEET, 30), wait=1.0, each=0.2))])
    assert [light.busy, light.complete() is not None, light.busy] == [True, True, False]
    assert set(everything(canvas)) == {FULL}
    while (wait := light.frame()) is not None:
        now[0] += wait
    assert canvas.looks == resting(SHEET, 30)
    assert light.frame() is None


def test_what_was_gone_stays_gone_while_the_rest_falls() -> None:
    """A page that was dissolving when it collapses never shows a letter again that had left it."""
    canvas = Canvas(SHEET, resting(SHEET, 40))
    eaten = [[look.eaten for look in line] for line in canvas.looks]
    collapse = Collapse(canvas)
    for frame in range(40):
        collapse.at(frame / 20)
        now = [[look.eaten for look in line] for line in canvas.looks]
        assert all(a <= b for before, after in zip(eaten, now, strict=True) for a, b in zip(before, after, strict=True))
        eaten = now
