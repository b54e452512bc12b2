"""Words that are shown once: until a page that showed them has been left."""

from __future__ import annotations

from pathlib import Path

from eternal.author.prove import prove
from eternal.engine.game import Game
from eternal.story.load import load
from eternal.story.story import Story

_PACK = """
id: small
title: Small
start: room
endings: [out]
variables: {lit: false}
---
id: room
title: Room
text:
  - A room.
  - {once: true, if: lit, text: There is a picture on the wall.}
  - {once: true, if: not lit, text: It is dark.}
choices:
  - {id: lamp, text: Light the lamp from the hall., set: {lit: true}, to: hall}
  - {id: leave, text: Leave., to: hall}
---
id: hall
title: Hall
text: A hall.
choices:
  - {id: back, text: Back., to: room}
  - {id: out, text: Out., to: out}
---
id: out
kind: ending
title: Out
text: Out.
"""


def written(folder: Path) -> Story:
    """Load a story with a room that is dark until somebody lights a lamp on leaving it."""
    folder.mkdir()
    (folder / "story.yaml").write_text(_PACK)
    return load(folder, cached=False)


def texts(game: Game) -> list[str]:
    """Return the passages of a page."""
    return [passage.text for passage in game.view.passages]


def test_what_begins_to_hold_on_leaving_has_not_been_read(tmp_path: Path) -> None:
    """A block whose condition comes true by the choice that leaves was not on the page: it is shown at the next visit, and then no more."""
    game = Game(written(tmp_path / "pack"))
    assert texts(game) == ["A room.", "It is dark."]
    game.choose("lamp")
    game.choose("back")
    assert texts(game) == ["A room.", "There is a picture on the wall."]
    game.choose("leave")
    game.choose("back")
    assert texts(game) == ["A room."]


def test_what_ends_to_hold_on_leaving_has_been_read(tmp_path: Path) -> None:
    """A block that was on the page is read, even if its condition is false by the time the page has been left."""
    game = Game(written(tmp_path / "pack"))
    game.choose("lamp")
    assert game.state.read == {("room", 2)}
    assert not game.state.page


def test_prove_witnesses_it(tmp_path: Path) -> None:
    """The night that shows such a block is one in which the engine shows it."""
    proof = prove(written(tmp_path / "pack"))
    assert {finding.about: finding.verdict for finding in proof.findings if finding.claim == "block"} == {
        "room#0": "witnessed", "room#1": "witnessed", "room#2": "witnessed", "hall#0": "witnessed", "out#0": "witnessed",
    }  # fmt: skip
