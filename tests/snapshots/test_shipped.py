"""Real pages of the story that comes with the game, from its recorded nights: what a player sees."""

from __future__ import annotations

from eternal.engine.game import Game
from eternal.engine.view import View
from eternal.saves.profile import remember
from eternal.saves.save import folded_save
from eternal.story.load import SHIPPED
from eternal.story.story import Story
from eternal.tui.screens.cinema import CinemaScreen
from eternal.tui.stage import Stage
from tests.snapshots.support import SIZES, WIDE, Compare, at, recorded, saved
from tests.tui.support import gone, still


def goes(page: View) -> bool:
    """Tell whether a page is going around words that are kept."""
    lit = any(piece.lit for passage in page.passages for piece in passage.pieces)
    return page.kind == "memory" and page.integrity < 70 and lit and len(page.hidden) > 5


def late(page: View) -> bool:
    """Tell whether most of the night's memories are gone, and refuges have been found by the machine."""
    return sum(memory.integrity == 0 for memory in page.memories) > 8 and any(refuge.exposed for refuge in page.refuges)


def goes_on(game: Game) -> Stage:
    """Return an app that plays a night on."""
    saved(game)
    return still(game.story, mode="continue")


@WIDE
class TestNight:
    """Pages in the middle of a night."""

    def test_dissolving(self, shipped: Story, snap_compare: Compare, size: tuple[int, int]) -> None:
        """A memory that is going: words have left, kept ones are alight, the map and the refuges beside it."""
        saved(recorded(shipped, "machine-refuses", goes))
        stage = Stage(shipped, mode="continue")
        assert snap_compare(stage, terminal_size=size, run_before=gone(stage))

    def test_table(self, shipped: Story, snap_compare: Compare, size: tuple[int, int]) -> None:
        """The fifth thing is held into the light."""
        stage = goes_on(recorded(shipped, "return", lambda page: page.scene == "table-cassette"))
        assert snap_compare(stage, terminal_size=size, run_before=at(stage))

    def test_map(self, shipped: Story, snap_compare: Compare, size: tuple[int, int]) -> None:
        """Fourteen memories late in the night, most of them rings."""
        stage = goes_on(recorded(shipped, "stayed", late))
        assert snap_compare(stage, terminal_size=size, run_before=at(stage, lambda stage: stage.go("map")))


@SIZES
class TestRest:
    """Where words are hidden, where they are lost, and what becomes of them."""

    def test_refuge(self, shipped: Story, snap_compare: Compare, size: tuple[int, int]) -> None:
        """Hands full, and words hidden already."""
        stage = goes_on(
            recorded(shipped, "both-truths", lambda page: page.kind == "refuge" and len(page.hidden) > 3 and len(page.hands) > 1)
        )
        assert snap_compare(stage, terminal_size=size, run_before=at(stage))

    def test_loss(self, shipped: Story, snap_compare: Compare, size: tuple[int, int]) -> None:
        """A memory has gone, and what went with it is said by its words."""

        def lost(page: View) -> bool:
            return page.kind == "memory" and sum(news.kind == "lost" for news in page.news) > 2

        stage = goes_on(recorded(shipped, "both-truths", lost))
        assert snap_compare(stage, terminal_size=size, run_before=at(stage))

    def test_outside(self, shipped: Story, snap_compare: Compare, size: tuple[int, int]) -> None:
        """A page outside has an hour of its own, and the top line shows no other."""
        stage = goes_on(recorded(shipped, "return", lambda page: page.scene == "clementine-wakes"))
        assert snap_compare(stage, terminal_size=size, run_before=at(stage))

    def test_last_page(self, shipped: Story, snap_compare: Compare, size: tuple[int, int]) -> None:
        """The poem of a whole night."""
        saved(recorded(shipped, "both-truths", lambda page: page.over))
        stage = still(shipped)
        assert snap_compare(stage, terminal_size=size, run_before=at(stage, _last_page))

    def test_last_page_without_words(self, shipped: Story, snap_compare: Compare, size: tuple[int, int]) -> None:
        """A good night's sleep."""
        saved(recorded(shipped, "spotless", lambda page: page.over))
        stage = still(shipped)
        assert snap_compare(stage, terminal_size=size, run_before=at(stage, _last_page))

    def test_endings(self, shipped: Story, snap_compare: Compare, size: tuple[int, int]) -> None:
        """Five frames and four nails."""
        for name in ("return", "spotless", "child", "stayed", "both-truths"):
            remember(folded_save(SHIPPED.parent / "saves" / f"{name}.eternal", shipped).game)
        stage = still(shipped)
        assert snap_compare(stage, terminal_size=size, run_before=at(stage, lambda stage: stage.go("endings")))

    def test_cinema(self, shipped: Story, snap_compare: Compare, size: tuple[int, int]) -> None:
        """A whole night's thread, stopped in the middle."""
        game = folded_save(SHIPPED.parent / "saves" / "return.eternal", shipped).game
        stage = still(shipped, film=CinemaScreen(game, until=100))
        assert snap_compare(stage, terminal_size=size, run_before=at(stage, lambda stage: stage.screen._go(100, cut=True)))  # type: ignore[attr-defined]


def _last_page(stage: Stage) -> None:
    from eternal.locations import saves_folder

    stage.open(saves_folder() / "night-1.eternal")
