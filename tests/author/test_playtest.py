"""Play-test: players of a temper, what they meet, and what breaks under them."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future, ThreadPoolExecutor
from math import inf
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from eternal.author.playtest import TEMPERS, Playtest, as_json, as_text, playtest, processes, write_crashes
from eternal.author.playtest.result import wilson
from eternal.author.playtest.shrink import trouble
from eternal.engine.actions import Choose
from eternal.saves.save import folded_save
from eternal.story.load import load
from eternal.story.schema import Scene
from eternal.story.story import Story
from tests.author.desk import eternal

PACKS = Path(__file__).parents[1] / "packs"


class Dying(ThreadPoolExecutor):
    """Workers of which the third piece of work is the death: what they have is lost, and soon they take no more."""

    asked = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Take work, and do it only at first."""
        self.asked += 1
        if self.asked > 4:
            raise BrokenExecutor
        if self.asked < 3:
            return super().submit(fn, *args, **kwargs)
        lost = Future[Any]()
        lost.set_exception(BrokenExecutor())
        return lost


def changed(story: Story, **more: Any) -> Story:
    """Return the small night with another pier: something that no loader would let pass."""
    scenes: dict[str, Scene] = {**story.scenes, "pier": replace(story.scenes["pier"], **more)}
    return Story(story.header, scenes, story.index, story.digest)


def broken_by_a_choice(story: Story) -> Story:
    """Return the small night with a choice on the pier that sets a variable nobody declared."""
    stay, shout = story.scenes["pier"].choices
    return changed(story, choices=(replace(stay, set={"nothing": "true"}), shout))


class TestPlayers:
    """The tempers."""

    @pytest.mark.parametrize("bot", sorted(TEMPERS))
    def test_every_temper_plays_every_night(self, night: Story, bot: str) -> None:
        """Each temper brings thirty nights to an end, without a refusal."""
        result = playtest(night, runs=30, bot=bot, samples=0)
        assert sum(share.count for share in result.endings.values()) == 30
        assert result.well

    def test_tempers_part(self, night: Story) -> None:
        """The careful keep something always, the hasty never; the greedy now and then break the machine."""
        shares = {bot: playtest(night, runs=60, bot=bot, samples=0).endings for bot in ("careful", "hasty", "greedy")}
        assert shares["careful"]["something"].share == 1.0
        assert shares["hasty"]["nothing"].share == 1.0
        assert 0 < shares["greedy"]["refused"].share < 0.5

    def test_fresh_meets_most(self, night: Story) -> None:
        """Who prefers what nobody has seen misses less than who wanders."""

        def missed(bot: str) -> int:
            unmet = playtest(night, runs=12, bot=bot, samples=0).unmet
            return sum(map(len, (unmet.scenes, unmet.choices, unmet.blocks, unmet.fragments)))

        assert missed("fresh") < missed("random")

    def test_rings_are_given_up(self, cloak: Story) -> None:
        """A player who always takes what stands first goes round in Cloak for ever; such a night is counted as unfinished."""
        result = playtest(cloak, runs=2, bot="first", samples=0)
        assert sum(result.unfinished.values()) == 2
        assert all(share.count == 0 for share in result.endings.values())

    def test_stuck(self) -> None:
        """Where nothing is left to do, the scene is named."""
        result = playtest(load(PACKS / "faults" / "nothing-left-to-do" / "faulty", cached=False), runs=40, samples=0)
        assert result.stuck.keys() == {"corridor"}
        assert not result.well


class TestCounts:
    """What is counted."""

    def test_same_for_the_same_seed(self, night: Story) -> None:
        """Story, runs, temper and seed decide everything."""
        assert playtest(night, runs=30, seed=5) == playtest(night, runs=30, seed=5)
        assert playtest(night, runs=30, seed=5) != playtest(night, runs=30, seed=6)

    def test_workers_that_are_killed(self, night: Story) -> None:
        """If workers are killed, what they had not done is played here, and the result is the same."""
        with Dying(2) as workers:
            assert playtest(night, runs=150, samples=2, executor=workers) == playtest(night, runs=150, samples=2)
            assert workers.asked > 4

    def test_any_executor(self, night: Story) -> None:
        """Threads and processes give what this process alone gives."""
        alone = playtest(night, runs=60, bot="fresh", samples=2)
        with ThreadPoolExecutor(3) as threads:
            assert playtest(night, runs=60, bot="fresh", samples=2, executor=threads) == alone
        two = processes(2)
        assert two is not None
        with two:
            assert playtest(night, runs=60, bot="fresh", samples=2, executor=two) == alone

    def test_dask_cluster(self, night: Story) -> None:
        """So does a Dask cluster, through its executor: the lines that docs/proof.md shows."""
        distributed = pytest.importorskip("distributed", reason="the extra 'cluster' is not installed")
        alone = playtest(night, runs=60, samples=0)
        options: dict[str, Any] = {"n_workers": 1, "threads_per_worker": 1, "processes": False, "dashboard_address": None}
        with distributed.LocalCluster(**options) as cluster, distributed.Client(cluster) as client:
            assert playtest(night, runs=60, samples=0, executor=client.get_executor()) == alone

    def test_progress(self, night: Story) -> None:
        """Whoever asks is told how many nights are done."""
        told: list[tuple[int, int]] = []
        playtest(night, runs=60, samples=0, progress=lambda done, total: told.append((done, total)))
        assert told == [(25, 60), (50, 60), (60, 60)]

    def test_unmet(self, night: Story) -> None:
        """What the hasty never meet is listed; a thousand wanderers meet it all."""
        assert "yard" in playtest(night, runs=20, bot="hasty", samples=0).unmet.scenes
        unmet = playtest(night, runs=1_000, samples=0).unmet
        assert not any((unmet.scenes, unmet.choices, unmet.blocks, unmet.fragments))

    def test_where_nights_are_decided(self, cloak: Story) -> None:
        """In Cloak the bar is where it is decided: who has trampled twice can only lose."""
        result = playtest(cloak, runs=8, samples=8)
        assert result.decided_of == 8
        assert max(result.decided, key=result.decided.__getitem__) == "bar"

    def test_intervals(self) -> None:
        """Wilson's interval holds the share, never leaves 0 to 1, and narrows with more nights."""
        assert wilson(0, 0).high == 1.0
        width = inf
        for total in (1, 10, 100, 1_000):
            share = wilson(total // 2, total)
            assert 0 <= share.low <= share.share <= share.high <= 1
            assert share.high - share.low < width
            width = share.high - share.low
        assert wilson(0, 50).low == 0.0
        assert wilson(50, 50).high == 1.0
        assert wilson(5, 10).low == pytest.approx(0.2366, abs=1e-4)


class TestExitCodes:
    """0 when nothing broke and nobody was stuck, else 1."""

    @pytest.mark.parametrize(("pack", "code"), [("cloak", 0), ("faults/nothing-left-to-do/faulty", 1)])
    def test_of_the_command(self, capfdbinary: pytest.CaptureFixture[bytes], pack: str, code: int) -> None:
        """A night that stands where nothing can be done counts as much as one that breaks."""
        assert eternal(capfdbinary, "playtest", PACKS / pack, "--runs", 40).code == code


class TestCrashes:
    """What nobody raised on purpose."""

    def test_shrunk_to_the_shortest(self, night: Story) -> None:
        """A choice that breaks is found, and the night that shows it is as short as one can be."""
        result = playtest(broken_by_a_choice(night), runs=60, bot="fresh", samples=0)
        assert [crash.error for crash in result.crashes] == ["KeyError: 'nothing'"]
        assert result.crashes[0].actions == (Choose("some"), Choose("stay"))
        assert not result.well

    def test_save_reproduces_it(self, night: Story, tmp_path: Path) -> None:
        """Replaying a crash's save breaks in the same place; on the story that is whole it plays."""
        broken = broken_by_a_choice(night)
        result = playtest(broken, runs=60, bot="fresh", samples=0)
        paths = write_crashes(broken, result, tmp_path)
        assert len(paths) == len(result.crashes) == 1
        with pytest.raises(KeyError, match="nothing"):
            folded_save(paths[0], broken)
        assert folded_save(paths[0], night).game.state.scene == "pier"

    def test_crash_on_a_page(self, night: Story) -> None:
        """What breaks only when a page is shown is found too."""
        broken = changed(night, text="A pier, and {nothing}.")
        result = playtest(broken, runs=30, samples=0)
        assert [crash.error for crash in result.crashes] == ["KeyError: 'nothing'"]
        assert trouble(broken, 0, list(result.crashes[0].actions)) is not None
        assert trouble(broken, 0, list(result.crashes[0].actions[:-1])) is None


class TestReport:
    """What is printed."""

    @pytest.fixture(scope="class")
    def result(self, night: Story) -> Playtest:
        """A small play-test."""
        return playtest(night, runs=40, samples=4)

    def test_json(self, result: Playtest) -> None:
        """The shape that other tools rely on."""
        plain = json.loads(as_json(result))
        assert plain["runs"] == 40
        assert sum(plain["endings"].values()) == pytest.approx(1.0)
        assert set(plain["unmet"]) == {"scenes", "choices", "blocks", "fragments"}
        assert set(plain["length"]) == {"beats", "choices", "words"}
        assert set(plain) >= {"intervals", "untaken", "unkept", "unfinished", "stuck", "decided", "scenes", "crashes", "bot", "seed"}

    def test_every_night_is_counted(self, night: Story) -> None:
        """Nights that reached no ending are told as many as they are, also where one thing has broken many."""
        result = playtest(broken_by_a_choice(night), runs=60, bot="fresh", samples=0)
        told = next(line.split()[1] for line in as_text(result, width=90).splitlines() if line.startswith("(none)"))
        assert int(told) == 60 - sum(share.count for share in result.endings.values())
        assert int(told) > len(result.crashes) == 1

    def test_text(self, result: Playtest) -> None:
        """Endings with their intervals, lengths, and a bar for every scene, in the columns there are."""
        text = as_text(result, width=90)
        assert "Endings" in text
        assert "█" in text
        assert all(scene in text for scene in result.scenes)
        assert max(map(len, text.splitlines())) <= 90
