"""What the screens are made of: the sky, the table, the history, the film, the news, the guide."""

from __future__ import annotations

import pytest

from eternal.engine.game import Game
from eternal.story.story import Story
from eternal.tui.desk import Gesture, gesture_of, is_table, lights_of, things
from eternal.tui.film import Film, knots, seconds_of
from eternal.tui.guide import guide
from eternal.tui.history import entries
from eternal.tui.labels import Name, placed
from eternal.tui.offers import LAST, offers_of
from eternal.tui.palette import OURS
from eternal.tui.sky import joined, places, stars_of, woven, years
from eternal.tui.text.desktop import laid_out
from eternal.tui.whispers import whisper
from eternal.tui.widgets.lamp import SLIDE, Lamp
from eternal.wording.news import news_lines
from eternal.wording.told import words_of
from tests.acting import act
from tests.tui.support import Clock


def played(story: Story, *acts: str) -> Game:
    return act(Game(story, seed=1), *acts)


class TestSky:
    """Memories as stars."""

    def test_they_stand_from_the_oldest_to_the_newest(self, shipped: Story) -> None:
        """Left is the past; refuges are not among them until they have been found."""
        stars = stars_of(shipped, Game(shipped).view)
        where = places(stars, 40, 20)
        assert [star.id for star in stars] == list(reversed(shipped.index.memories))
        columns = [where[star.id][0] for star in stars]
        assert columns == sorted(columns)

    @pytest.mark.parametrize(("width", "height"), [(36, 20), (76, 8), (60, 5), (110, 24), (8, 2)])
    def test_every_star_has_a_place_of_its_own(self, shipped: Story, width: int, height: int) -> None:
        """At any size all of them are on the picture, and no two in one place where there is room."""
        where = places(stars_of(shipped, Game(shipped).view), width, height)
        assert all(0 <= x < width and 0 <= y < height for x, y in where.values())
        if width >= 36:
            assert len(set(where.values())) == len(shipped.index.memories)

    def test_nothing_that_happens_moves_a_star(self, night: Story) -> None:
        """Erased or not, hunted or not, each stays where it is."""
        game = played(night, "all")
        before = places([s for s in stars_of(night, game.view) if not s.below], 40, 12)
        for choice in ("page", "back", "on"):
            game.choose(choice)
        assert places([s for s in stars_of(night, game.view) if not s.below], 40, 12) == before

    def test_lines_lead_to_what_shares_a_motif_and_still_stands(self, night: Story) -> None:
        """From a star, only to those with a motif in common; a constellation joins each to a later one."""
        stars = stars_of(night, played(night, "all").view)
        assert {star.id for star in joined(stars, "river")} == {"pier", "attic", "shore"}
        assert {star.id for star in joined(stars, "attic")} == {"pier", "river"}
        assert list(joined(stars, "nowhere")) == []
        assert [(a.id, b.id) for a, b in woven(stars)] == [("shore", "pier"), ("attic", "pier"), ("pier", "river")]

    @pytest.mark.parametrize(("width", "height"), [(72, 7), (56, 4), (34, 20), (190, 24)])
    def test_names_stand_beside_each_other(self, shipped: Story, width: int, height: int) -> None:
        """No name covers a star or another name, none is cut by the edge, and those that are needed are all there."""
        stars = stars_of(shipped, Game(shipped).view)
        where = places(stars, width, height)
        needed = {stars[0].id, stars[5].id, stars[6].id, stars[-1].id}
        names = [Name(star.id, star.title, where[star.id], needed=star.id in needed) for star in stars]
        labels = list(placed(sorted(names, key=lambda name: not name.needed), width, height, set(where.values())))
        cells = [(x, label.y) for label in labels for x in range(label.x, label.x + len(label.text))]
        assert len(cells) == len(set(cells))
        assert set(cells).isdisjoint(where.values())
        assert all(0 <= x < width and 0 <= y < height for x, y in cells)
        assert needed <= {label.id for label in labels}

    def test_each_year_begins_at_its_oldest_memory(self, shipped: Story) -> None:
        """From the winter on the beach to the last Valentine's night."""
        stars = stars_of(shipped, Game(shipped).view)
        assert next((year, star.id) for year, star in years(stars)) == ("2002", "beach-house")
        assert [year for year, _ in years(stars)] == ["2002", "2003", "2004"]


class TestDesk:
    """The table of mementos."""

    def test_it_knows_what_lies_where(self, shipped: Story) -> None:
        """Given, asked for, kept back, still in the bag."""
        game = Game(shipped, seed=1)
        while game.state.scene != "table-letters":
            game.choose(game.view.choices[1 if game.state.scene == "table-shell" else 0].id)
        lies = {thing.id: thing.lies for thing in things(shipped, game.state, game.states)}
        assert lies["strip"] == "given"
        assert lies["shell"] == "kept"
        assert lies["letters"] == "asked"
        assert lies["key"] == "bag"

    def test_a_choice_knows_where_its_thing_would_go(self, shipped: Story) -> None:
        """Giving holds it into the light, going on without puts it away, asking leaves it where it lies."""
        assert gesture_of(shipped, "table-letters", "choose:give") == Gesture(gives=frozenset({"letters"}))
        assert gesture_of(shipped, "table-letters", "choose:hold") == Gesture(keeps=frozenset({"letters"}))
        assert gesture_of(shipped, "table-letters", "choose:ask") == Gesture()
        assert gesture_of(shipped, "table-letters", "run_away") == Gesture()

    @pytest.mark.parametrize(("width", "height"), [(34, 14), (76, 18), (38, 6), (28, 5), (40, 4)])
    def test_everything_on_the_desk_has_a_place_on_it(self, shipped: Story, width: int, height: int) -> None:
        """With all seven things asked for, given or kept, nothing is written over anything else or beyond the edge."""
        game = Game(shipped, seed=1)
        while game.state.scene != "table-map":
            scene = game.state.scene
            give = scene not in ("table-key", "table-glove")
            game.choose(game.view.choices[0 if give else 1].id)
            lying = things(shipped, game.state, game.states)
            for does in ("", *(f"choose:{choice.id}" for choice in game.view.choices)):
                laid = laid_out(lying, gesture_of(shipped, game.state.scene, does), width, height)
                cells = [(x, spot.y) for spot in laid.spots for x in range(spot.x, spot.x + len(spot.text))]
                assert all(0 <= x < width and 0 <= y < height for x, y in cells)
                assert len(cells) == len(set(cells)), (does, laid)

    def test_a_choice_knows_what_it_would_light(self, night: Story) -> None:
        """By what it gives; other choices light nothing."""
        assert is_table(night, Game(night).state)
        assert lights_of(night, "bedside", "choose:some") == {"shore", "pier"}
        assert lights_of(night, "bedside", "run_away") == frozenset()
        assert not is_table(night, played(night, "all").state)


class TestWhispers:
    """What a first-time player is told."""

    def test_each_thing_is_told_where_it_can_first_be_done(self, night: Story) -> None:
        """Keeping where there are words, running after the turn, hiding in a refuge; with the player's own keys."""
        game = played(night, "all")
        key = {"night.run": "f", "night.hands": "d", "night.word": "w", "night.keep": "e"}.__getitem__
        first = whisper(game.view, (), key)
        assert first is not None
        assert (first.id, "w walks to them, e keeps them" in first.text) == ("keep", True)
        game.keep("star")
        assert getattr(whisper(game.view, {"keep"}, key), "id", "") == "hands"
        game.choose("wake")
        assert getattr(whisper(game.view, {"keep", "hands"}, key), "id", "") == "run"
        game.flee("yard")
        assert getattr(whisper(game.view, {"keep", "hands", "run"}, key), "id", "") == "hide"

    def test_nothing_is_told_twice(self, night: Story) -> None:
        """When all has been said, nothing is."""
        everything = {"run", "hide", "keep", "hands", "heat", "beats", "going"}
        for acts in ((), ("all",), ("all", "keep star", "wake"), ("all", "keep star", "wake", "flee yard")):
            assert whisper(played(night, *acts).view, everything, str) is None


class TestHistory:
    """A night as it was read."""

    def test_pages_are_not_told_twice(self, night: Story) -> None:
        """A step that stays on its page adds only what is new to read, and says what was done."""
        game = played(night, "all", "keep star", "wake")
        told = list(entries(night, list(enumerate(game.states)), game.actions))
        assert [entry.deed for entry in told] == [
            "Hand everything over.",
            "You keep: A star named after a dentist.",
            "Wake up a little.",
            "",
        ]
        assert [bool(entry.heading) for entry in told] == [True, True, False, False]
        assert told[2].passages == ()
        assert [passage.text for passage in told[3].passages][:1] == ["You hear a voice."]

    def test_what_was_taken_back_is_not_in_it(self, night: Story) -> None:
        """Going back leaves no trace in what is read."""
        game = played(night, "all", "page")
        game.rewind()
        way = [(number, game.states[number]) for number in game.path()]
        assert [entry.deed for entry in entries(night, way, game.actions)] == ["Hand everything over.", ""]

    def test_what_was_lost_can_be_read_again(self, night: Story) -> None:
        """The line under the page is gone with the next step; what it said stands in the history."""
        game = played(night, "all", "long", "on")
        told = list(entries(night, list(enumerate(game.states)), game.actions))
        assert "The river: removed" in told[-1].news
        assert any(words_of(night, "star", None) in line for line in told[-1].news)
        assert told[1].news == ()


class TestFilm:
    """A night to be watched."""

    def test_its_thread_has_scenes_keeps_and_erasures(self, night: Story) -> None:
        """Each at its step."""
        game = played(night, "all", "keep star", "long")
        kinds = [(knot.step, knot.kind) for knot in knots(game)]
        assert (0, "scene") in kinds
        assert (2, "kept") in kinds
        game = played(night, "all", "long", "on")
        assert (3, "erased") in [(knot.step, knot.kind) for knot in knots(game)]

    def test_it_knows_what_is_done_next(self, night: Story) -> None:
        """As the leaf would know it, so that it can be pointed at."""
        film = Film(played(night, "all", "keep star", "wake", "flee yard", "hide star"))
        deeds = []
        for step in range(film.end + 1):
            film.at = step
            deeds.append(film.next_deed())
        assert deeds == ["choose:all", "keep:star", "choose:wake", "run_away", "hands", LAST]

    def test_a_longer_page_is_shown_longer(self, night: Story) -> None:
        """By its words, never less than a glance."""
        page = Game(night).view
        assert seconds_of(page, 100) > seconds_of(page, 10) >= seconds_of(page, 0) > 1


class TestWords:
    """What is said around the page."""

    def test_news_are_said_in_a_line_each(self, night: Story) -> None:
        """What was erased, what went with it, what refused."""
        game = played(night, "all", "long", "on")
        assert news_lines(night, game.view)[0] == "The river: removed"
        assert "forgotten: “a star named after a dentist”, “one glove”, “two coats”" in news_lines(night, game.view)
        game = played(night, "all", "keep star", "on")
        game.choose("long") if any(choice.id == "long" for choice in game.view.choices) else None
        assert news_lines(night, played(night, "all", "keep star").view) == ["in hand: A star named after a dentist."]
        assert "from here on you can run" in news_lines(night, played(night, "all", "wake").view)

    def test_the_guide_says_only_what_matters_here(self, night: Story) -> None:
        """Keeping where there are words, running once one can, hiding where one could."""
        by_day = " ".join(guide(night, Game(night).view))
        assert "run" not in by_day.split()
        assert "Underlined words" in by_day
        refuge = " ".join(guide(night, played(night, "all", "wake", "flee yard").view))
        assert "hide" in refuge
        assert "run" in refuge

    def test_offers_follow_what_is_possible(self, night: Story) -> None:
        """Running and hiding stand under the choices when they can be done."""
        game = played(night, "all", "keep star", "wake", "flee yard")
        offers = {offer.does: offer for offer in offers_of(game.view, run="f", hands="d")}
        assert {"run_away", "hands", "choose:back"} <= set(offers)
        assert offers["run_away"].key == "f"


class TestLamp:
    """The desk as a widget."""

    def test_what_is_held_out_slides_into_the_light(self, shipped: Story) -> None:
        """From the rim to its place among what was given; without movement, and in the end, it lies there."""
        game, clock = Game(shipped, seed=1), Clock()
        while game.state.scene != "table-shell":
            game.choose(game.view.choices[0].id)
        lying, out = things(shipped, game.state, game.states), Gesture(gives=frozenset({"shell"}))
        spot = next(spot for spot in laid_out(lying, out, 40, 12).spots if spot.role == "accent")
        lamp = Lamp(OURS["night"], clock=clock)
        lamp.show(lying, Gesture(), OURS["night"], slide=True)
        lamp.show(lying, out, OURS["night"], slide=True)
        assert lamp.row_of(spot) == spot.comes_from
        clock.now = SLIDE / 2
        assert spot.y < lamp.row_of(spot) < (spot.comes_from or 0)
        clock.now = SLIDE
        assert lamp.row_of(spot) == spot.y
        still = Lamp(OURS["night"], clock=clock)
        still.show(lying, out, OURS["night"], slide=False)
        assert still.row_of(spot) == spot.y
