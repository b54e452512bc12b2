"""The public interface: what `import eternal` alone is enough for."""

from __future__ import annotations

import doctest
import shutil
from pathlib import Path

import pytest

import eternal
from eternal.engine import game
from eternal.story.load import SHIPPED
from tests.conftest import PACKS

SAVES = SHIPPED.parent / "saves"


def test_every_name_is_there_and_listed() -> None:
    """`dir(eternal)` lists the public names, and each can be used."""
    assert dir(eternal) == sorted(eternal.__all__)
    assert all(getattr(eternal, name) is not None for name in eternal.__all__)


@pytest.mark.parametrize("module", [eternal, game], ids=lambda module: module.__name__)
def test_the_examples_of_the_docs_are_true(module: object) -> None:
    """What the docstrings show is what happens."""
    tried = doctest.testmod(module)  # type: ignore[arg-type]
    assert tried.attempted > 4
    assert not tried.failed


def test_a_night_by_the_public_names_alone(tmp_path: Path) -> None:
    """Create a save, play, be refused, look at it again step by step, open it and go on: a path is a string or a Path."""
    story = eternal.load(PACKS / "night")
    with eternal.Save.create(story, str(tmp_path / "a.eternal"), seed=3) as save:
        with pytest.raises(eternal.Refused):
            save.game.act(eternal.Keep("nothing of the kind"))
        while not save.game.is_over and len(save.game.actions) < 20:
            save.game.act(save.game.possible()[0])
        played = save.game.states
    night = eternal.replay(str(tmp_path / "a.eternal"), story)
    assert (night.game.states, night.stop, night.diverged) == (played, None, None)
    assert eternal.view(story, night.game.states[0]).title == "The bed"
    again = eternal.start(story, seed=3)
    for action in night.game.actions:
        again = eternal.step(story, again, action)
    assert again == played[-1]
    with eternal.Save.open(tmp_path / "a.eternal", story) as save:
        assert save.game.state == played[-1]


def test_replay_writes_nothing(tmp_path: Path) -> None:
    """A save that is looked at stays as it is, and nothing appears beside it."""
    path = tmp_path / "return.eternal"
    shutil.copy(SAVES / path.name, path)
    before = path.read_bytes()
    assert eternal.replay(path).game.is_over
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == [path.name]


def test_errors_can_be_caught_by_name(tmp_path: Path) -> None:
    """A story with mistakes raises StoryError with its diagnostics; a file that is no save raises SaveError."""
    (tmp_path / "story.yaml").write_text("id: a\ntitle: A\nstart: nowhere\n")
    with pytest.raises(eternal.StoryError) as caught:
        eternal.load(tmp_path)
    assert [found.code for found in caught.value.diagnostics] == ["E012"]
    (tmp_path / "no.eternal").write_bytes(b"nothing\n")
    with pytest.raises(eternal.SaveError):
        eternal.replay(tmp_path / "no.eternal")
