"""What every test can ask for: the small stories, and a home of its own for whatever a test writes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from eternal.engine.game import Game
from eternal.saves.fold import fold
from eternal.saves.format import SaveHeader
from eternal.saves.save import records_of
from eternal.story.load import SHIPPED, load
from eternal.story.story import Story
from tests.acting import act

PACKS = Path(__file__).parent / "packs"

# How long an example takes says how busy the machine is, not whether the property holds.
settings.register_profile("eternal", deadline=None)
settings.load_profile("eternal")


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the player's folders, or speaks the language of whoever runs it."""
    monkeypatch.setenv("ETERNAL_HOME", str(tmp_path / "home"))
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")


@pytest.fixture(scope="session", autouse=True)
def _session_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nor do the fixtures that live as long as the session."""
    before = os.environ.get("ETERNAL_HOME")
    os.environ["ETERNAL_HOME"] = str(tmp_path_factory.mktemp("home"))
    yield
    if before is None:
        del os.environ["ETERNAL_HOME"]
    else:
        os.environ["ETERNAL_HOME"] = before


@pytest.fixture(scope="session")
def night() -> Story:
    """The small story with a machine."""
    return load(PACKS / "night", cached=False)


@pytest.fixture(scope="session")
def cloak() -> Story:
    """Cloak of Darkness, a story without a machine."""
    return load(PACKS / "cloak", cached=False)


@pytest.fixture(scope="session")
def shipped() -> Story:
    """The story that comes with the package."""
    return load(SHIPPED, cached=False)


class Player:
    """A game that tests act on; `saved` rebuilds it from its save before every step."""

    def __init__(self, story: Story, *, saved: bool, seed: int = 0, past: tuple[str, ...] = ()) -> None:
        self.game = Game(story, seed=seed, past=past)
        self.saved = saved

    def __call__(self, *acts: str) -> Game:
        """Act, as `tests.acting` has it."""
        for deed in acts:
            if self.saved:
                self.game = rebuilt(self.game)
            act(self.game, deed)
        return self.game


def rebuilt(game: Game) -> Game:
    """Return the same night made again from what its save would hold."""
    story = game.story
    header = SaveHeader(story=story.id, version="1", digest=story.digest, seed=game.seed, past=game.past)
    folded = fold(story, header, records_of(game))
    assert folded.stop is None
    assert folded.diverged is None
    return folded.game


@pytest.fixture(params=["straight", "saved"])
def play(request: pytest.FixtureRequest, night: Story) -> Player:
    """A night of the small story, played straight and once more with every state rebuilt from its save."""
    return Player(night, saved=request.param == "saved")
