"""A save is data from a stranger: refused in one line, in bounded time and memory, and nothing that it names is touched."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from eternal.story.story import Story
from tests.conftest import PACKS
from tests.saves.hostile import hostile_saves

#: Opens every save of a folder with a second of processor time each on the average, and 600 MB in all.
OPEN_ALL = """
import json, resource, sys
from pathlib import Path
from eternal import Save, load
from eternal.saves.errors import SaveError
from eternal.saves.nights import read_night
story = load(sys.argv[1])
files = sorted(Path(sys.argv[2]).iterdir())
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
resource.setrlimit(resource.RLIMIT_AS, (600_000_000, 600_000_000))
told = {}
for file in files:
    try:
        Save.open(file, story)
        told[file.name] = None
    except SaveError as error:
        told[file.name] = error.message, read_night(file, story).at.problem
print(json.dumps(told))
"""


def test_hostile_saves_are_refused_in_one_line(night: Story, tmp_path: Path) -> None:
    """Some three hundred of them: sizes, lengths, control characters, paths, depths, numbers, doubles, types, crowds."""
    folder = tmp_path / "downloads"
    folder.mkdir()
    names = {}
    for number, (name, data) in enumerate(hostile_saves(night)):
        (folder / f"{number:03}.eternal").write_bytes(data)
        names[f"{number:03}.eternal"] = name
    before = {file.name: file.stat().st_mtime_ns for file in folder.iterdir()}
    done = subprocess.run([sys.executable, "-c", OPEN_ALL, PACKS / "night", folder], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    told = json.loads(done.stdout)
    assert [names[file] for file, message in told.items() if message is None] == []
    for file, messages in told.items():
        for message in messages:
            assert message, names[file]
            assert message.isprintable(), names[file]
            assert len(message) < 400, names[file]
    assert {file.name: file.stat().st_mtime_ns for file in folder.iterdir()} == before
    assert len(told) > 100
    print(f"{len(told)} hostile saves refused")


def test_the_longest_save_there_can_be_is_not_too_long() -> None:
    """As many actions as there can be, each as long as it can be, still fit."""
    from eternal.saves.format import MAX_ACTIONS, MAX_BYTES, Record, encode_record
    from eternal.saves.parse import MAX_HEADER, MAX_LINE

    longest = Record(n=MAX_ACTIONS, do="choose", id="a" * 60, scene="b" * 60, state="0" * 64)
    assert len(encode_record(longest)) <= MAX_LINE
    assert len(encode_record(longest)) * MAX_ACTIONS + MAX_HEADER <= MAX_BYTES


def test_a_save_of_as_many_actions_as_there_can_be_still_opens(night: Story, tmp_path: Path) -> None:
    """A night that was rewound again and again to the very limit; one action more is played in memory, and said."""
    from eternal.engine.game import Game
    from eternal.saves.format import MAX_ACTIONS, MAX_BYTES
    from eternal.saves.save import Save
    from tests.saves.nights import journal

    game = Game(night)
    for _ in range(MAX_ACTIONS // 2):
        game.choose("all")
        game.rewind(0)
    path = tmp_path / "a.eternal"
    path.write_bytes(journal(game))
    assert path.stat().st_size < MAX_BYTES
    with Save.open(path, night) as save:
        assert len(save.game.actions) == MAX_ACTIONS
        save.game.choose("all")
        assert save.trouble == "this night is not being saved: a save has room for 20,000 actions"
    with Save.open(path, night) as save:
        assert len(save.game.actions) == MAX_ACTIONS
