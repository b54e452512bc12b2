"""The bench of `eternal watch` without a screen: reload, replay, marks, what is kept where."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from eternal.author.watch import MARKED_SUFFIX, Bench, Keeper, Step, changes, open_bench
from eternal.author.watch.changes import _changed, _ticks
from eternal.engine.choices import possible
from eternal.saves.errors import SaveError, SaveLocked
from eternal.saves.nights import nights
from eternal.saves.replay import verify
from eternal.saves.save import Save, read_save
from eternal.story.load import load
from eternal.story.pack import stamps
from tests.author.desk import copied, edit, eternal, saved


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Cloak, to be edited."""
    return copied("cloak", tmp_path / "cloak")


def take(bench: Bench, *acts: str) -> Bench:
    """Take choices."""
    for act in acts:
        assert bench.do(Step("choose", act, bench.state.scene)) == ""
    return bench


# Reloading ----------------------------------------------------------------------------------------------------------


def test_a_changed_sentence_is_there_and_the_night_stands_where_it_stood(pack: Path) -> None:
    """Everything that was done is done again on the story of today."""
    bench = take(Bench(pack), "west", "hang", "east")
    before = bench.state
    assert not bench.reload()
    edit(pack, "opera.yaml", ("A grand hall", "A small hall"))
    assert bench.reload()
    assert (bench.done, bench.stop) == (3, "")
    assert bench.state == before
    assert bench.story is not None
    assert "A small hall" in str(bench.story.scenes["foyer"].text)


def test_with_a_mistake_the_last_good_story_goes_on(pack: Path) -> None:
    """The mistake is located, what was done stays, and more can be done."""
    bench = take(Bench(pack), "west")
    edit(pack, "opera.yaml", ("to: won", "to: wonn"))
    assert not bench.reload()
    assert [diagnostic.code for diagnostic in bench.diagnostics] == ["E012"]
    assert bench.diagnostics[0].line > 0
    take(bench, "hang", "east", "south", "read")
    assert bench.state.scene == "won"
    edit(pack, "opera.yaml", ("to: wonn", "to: won"))
    assert not bench.reload()
    assert bench.diagnostics == ()
    assert bench.state.scene == "won"


def test_where_the_edit_removed_the_ground_it_says_at_which_step(pack: Path) -> None:
    """It stands before that step; undoing the edit brings everything back."""
    bench = take(Bench(pack), "west", "hang", "east", "south")
    edit(pack, "opera.yaml", ("{id: hang, ", "{id: put, "))
    assert bench.reload()
    assert bench.stop == "step 2 (choose hang in cloakroom) is no longer possible: there is no choice 'hang' here now; 3 of 4 steps wait"
    assert (bench.done, bench.state.scene) == (1, "cloakroom")
    edit(pack, "opera.yaml", ("{id: put, ", "{id: hang, "))
    assert bench.reload()
    assert (bench.done, bench.state.scene, bench.stop) == (4, "bar", "")


def test_going_on_from_there_drops_what_was_out_of_reach(pack: Path) -> None:
    """The author has decided."""
    bench = take(Bench(pack), "west", "hang", "east", "south")
    edit(pack, "opera.yaml", ("{id: hang, ", "{id: put, "))
    bench.reload()
    take(bench, "put")
    assert [step.id for step in bench.steps] == ["west", "put"]
    assert bench.stop == ""


def test_a_rename_that_is_declared_is_followed(pack: Path) -> None:
    """`formerly` works at the bench as it does for players."""
    bench = take(Bench(pack), "west", "hang", "east")
    edit(pack, "opera.yaml", ("{id: hang, ", "{id: put, formerly: [hang], "))
    edit(pack, "opera.yaml", ("id: cloakroom", "id: wardrobe\nformerly: [cloakroom]"), ("to: cloakroom", "to: wardrobe"))
    assert bench.reload()
    assert (bench.done, bench.stop) == (3, "")


def test_a_scene_that_is_gone_under_ones_feet_is_named(pack: Path) -> None:
    """The step that led there leads elsewhere; the next one was taken in a scene that is no more."""
    bench = take(Bench(pack), "west", "hang")
    edit(pack, "opera.yaml", ("id: cloakroom", "id: wardrobe"), ("to: cloakroom", "to: wardrobe"))
    assert bench.reload()
    assert "there is no scene 'cloakroom' any more" in bench.stop


def test_a_story_that_has_never_been_good_is_waited_for(pack: Path) -> None:
    """There is nothing to play until it is mended, and nothing fails."""
    edit(pack, "opera.yaml", ("to: won", "to: wonn"))
    bench = Bench(pack)
    assert bench.story is None
    assert bench.do(Step("choose", "west", "foyer")) == bench.jump("bar") == bench.put("cloak", "hung") == "there is no story yet"
    edit(pack, "opera.yaml", ("to: wonn", "to: won"))
    assert bench.reload()
    assert take(bench, "west").state.scene == "cloakroom"


def test_back_and_anew(pack: Path) -> None:
    """A step can be taken back until the beginning; a new night begins where the story does."""
    bench = take(Bench(pack), "west", "hang")
    assert bench.back() == ""
    assert (bench.done, bench.state.scene) == (1, "cloakroom")
    bench.restart()
    assert bench.back() == "this is the beginning"
    assert bench.state.scene == "foyer"


# Marks --------------------------------------------------------------------------------------------------------------


def test_jumping_and_setting_mark_the_night_until_they_are_taken_back(pack: Path) -> None:
    """They are steps like others: replayed after an edit, refused where they make no sense."""
    bench = Bench(pack)
    assert bench.jump("bar") == ""
    assert bench.put("cloak", "dropped") == ""
    assert bench.put("trampled", "2") == ""
    assert bench.marked
    edit(pack, "opera.yaml", ("A grand hall", "A small hall"))
    assert bench.reload()
    assert bench.state.scene == "bar"
    assert take(bench, "squint").state.scene == "lost"
    for _ in range(4):
        bench.back()
    assert not bench.marked


@pytest.mark.parametrize(("name", "value"), [("cloak", "purple"), ("trampled", "10"), ("trampled", "-1"), ("trampled", "²"), ("hat", "on")])
def test_only_values_that_a_variable_can_have(pack: Path, name: str, value: str) -> None:
    """Nothing is changed, and it is said."""
    bench = Bench(pack)
    assert bench.put(name, value)
    assert (bench.done, bench.marked) == (0, False)


def test_a_jump_into_the_night_can_be_played_on(tmp_path: Path) -> None:
    """From every scene of a story with a machine, even one that was erased, there is something to do or it is an ending."""
    pack = copied("night", tmp_path / "night")
    bench = take(Bench(pack), "all", "long", "long")
    assert bench.story is not None
    for scene in bench.story.scenes.values():
        assert bench.jump(scene.id) == ""
        assert possible(bench.story, bench.state) or scene.kind == "ending"
        bench.back()
    assert bench.jump("nowhere") == "there is no scene 'nowhere'"


# Keeping ------------------------------------------------------------------------------------------------------------


def kept(pack: Path, path: Path, *acts: str) -> tuple[Bench, Keeper]:
    """Open a night at the bench and take choices, each kept."""
    bench, keeper = open_bench(pack, path)
    assert keeper is not None
    for act in acts:
        take(bench, act)
        keeper.keep(bench)
    return bench, keeper


def test_an_honest_night_is_an_ordinary_save(pack: Path, tmp_path: Path) -> None:
    """It verifies, the game goes on with it, and so does the bench."""
    path = tmp_path / "night.eternal"
    kept(pack, path, "west", "hang")[1].close()
    assert verify(path, load(pack, cached=False)).well
    with Save.open(path, load(pack, cached=False)) as save:
        save.game.choose("east")
    bench, keeper = kept(pack, path, "south")
    assert [step.id for step in bench.steps] == ["west", "hang", "east", "south"]
    assert keeper.notices == []
    keeper.close()


def test_what_was_taken_back_in_a_save_is_not_done_again(pack: Path, tmp_path: Path) -> None:
    """The bench stands where the save does."""
    path = saved(pack, tmp_path / "night.eternal", ("west", "hang"))
    with Save.open(path, load(pack, cached=False)) as save:
        save.game.rewind(1)
        save.game.choose("drop")
        expected = save.game.state
    bench = kept(pack, path)[0]
    assert [step.id for step in bench.steps] == ["west", "drop"]
    assert bench.state.values == expected.values


def test_a_marked_night_is_never_taken_for_an_honest_one(pack: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """It goes on in a file that nothing takes for a save; what was honest stays as it was."""
    folder = tmp_path / "home" / "saves"
    path = folder / "night.eternal"
    bench, keeper = kept(pack, path, "west")
    honest = path.read_bytes()
    bench.put("cloak", "hung")
    keeper.keep(bench)
    take(bench, "east")
    keeper.keep(bench)
    keeper.close()
    marked = path.with_suffix(MARKED_SUFFIX)
    assert path.read_bytes() == honest
    assert "no longer an honest one" in keeper.notices[0]
    assert [night.path for night in nights(load(pack, cached=False), folder)] == [path]
    with pytest.raises(SaveError):
        read_save(marked)
    for command in (["replay", marked, "--verify", "--pack", pack], ["play", pack, "--save", marked, "--plain"], ["saves", "show", marked]):
        said = eternal(capfdbinary, *command)
        assert "Traceback" not in said.err
        assert (said.code, said.err.count("\n")) == (1, 1) or "not the header of a save" in said.out


def test_a_marked_night_goes_on_at_the_bench(pack: Path, tmp_path: Path) -> None:
    """Reopened, it is still marked; taken back to before its mark it is an honest save again."""
    path = tmp_path / "night.eternal"
    bench, keeper = kept(pack, path, "west")
    bench.jump("bar")
    keeper.keep(bench)
    keeper.close()
    bench, keeper = kept(pack, path.with_suffix(MARKED_SUFFIX))
    assert bench.marked
    assert bench.state.scene == "bar"
    bench.back()
    take(bench, "hang")
    keeper.keep(bench)
    keeper.close()
    assert [record.id for record in read_save(path).records] == ["west", "hang"]


def test_what_another_session_wrote_is_kept_beside(pack: Path, tmp_path: Path) -> None:
    """Before the first byte of it is written over."""
    path = saved(pack, tmp_path / "night.eternal", ("west", "hang", "east"))
    was = path.read_bytes()
    bench, keeper = kept(pack, path)
    bench.back()
    bench.back()
    keeper.keep(bench)
    keeper.close()
    assert (tmp_path / "night.eternal.before").read_bytes() == was
    assert len(read_save(path).records) == 1


def test_a_save_that_stops_is_left_alone_until_the_author_goes_on(pack: Path, tmp_path: Path) -> None:
    """Looking at it changes nothing."""
    path = saved(pack, tmp_path / "night.eternal", ("west", "hang", "east"))
    was = path.read_bytes()
    edit(pack, "opera.yaml", ("{id: hang, ", "{id: put, "))
    bench, keeper = kept(pack, path)
    assert "step 2" in bench.stop
    keeper.keep(bench)
    assert path.read_bytes() == was
    keeper.close()


def test_one_at_a_time(pack: Path, tmp_path: Path) -> None:
    """A night that is being played cannot be watched, nor the other way round."""
    path = saved(pack, tmp_path / "night.eternal", ())
    keeper = kept(pack, path)[1]
    with pytest.raises(SaveLocked):
        Save.open(path, load(pack, cached=False))
    with pytest.raises(SaveLocked):
        open_bench(pack, path)
    keeper.close()
    Save.open(path, load(pack, cached=False)).close()


def test_a_night_of_another_story_is_refused(pack: Path, tmp_path: Path) -> None:
    """It is said whose it is, and its lock is not left behind."""
    path = saved(copied("night", tmp_path / "night"), tmp_path / "night.eternal", ("all",))
    with pytest.raises(SaveError, match="a night of the story 'night', not of 'cloak'"):
        open_bench(pack, path)
    assert not list(tmp_path.glob("*.lock"))


@pytest.mark.parametrize(
    "data",
    [b"", b"{}\n", b"\x00" * 100, b'{"bench":1,"story":"cloak","seed":1}\n', b"[" * 60_000 + b"\n"],
)
def test_a_marked_file_that_is_none_is_refused_in_one_line(pack: Path, tmp_path: Path, data: bytes) -> None:
    """A file is data from a stranger."""
    path = tmp_path / "night.bench"
    path.write_bytes(data)
    with pytest.raises(SaveError) as caught:
        open_bench(pack, path)
    assert "\n" not in caught.value.message


def test_a_disk_that_fails_is_said_and_play_goes_on(pack: Path, tmp_path: Path) -> None:
    """The next step that can be written is."""
    path = tmp_path / "sub" / "night.eternal"
    bench, keeper = kept(pack, path, "west")
    path.unlink()
    path.mkdir()
    take(bench, "hang")
    keeper.keep(bench)
    assert keeper.trouble.startswith("this night is not being kept: ")
    path.rmdir()
    take(bench, "east")
    keeper.keep(bench)
    assert keeper.trouble == ""
    assert len(read_save(path).records) == 3
    keeper.close()


# Files ---------------------------------------------------------------------------------------------------------------


def test_what_changed_before_anybody_watched_is_noticed_too(pack: Path) -> None:
    """Between the reading and the watching."""
    since = stamps(pack)
    edit(pack, "opera.yaml", ("A grand hall", "A small hall"))

    async def first() -> None:
        await asyncio.wait_for(anext(changes(pack, since)), timeout=5)

    asyncio.run(first())


@pytest.mark.parametrize("told", [True, False])
def test_a_change_is_noticed(pack: Path, told: bool) -> None:
    """By the system where it tells, else by looking; what is no file of the story is no change."""

    async def follow() -> bool:
        source = changes(pack) if told else _changed(pack, _ticks(), stamps(pack))
        waiting = asyncio.ensure_future(anext(source))
        await asyncio.wait({waiting}, timeout=0.3)
        assert not waiting.done()
        (pack / "notes.txt").write_text("nothing", encoding="utf-8")
        await asyncio.wait({waiting}, timeout=0.3)
        assert not waiting.done()
        edit(pack, "opera.yaml", ("A grand hall", "A small hall"))
        await asyncio.wait({waiting}, timeout=5)
        return waiting.done()

    assert asyncio.run(follow())
