"""The cache of compiled stories: trusted for nothing but speed."""

from __future__ import annotations

import os
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pytest
from msgspec import msgpack

from eternal.engine.game import Game
from eternal.story import cache
from eternal.story.expr import ConditionError
from eternal.story.load import load
from eternal.story.story import Story
from tests.conftest import PACKS

MARK = cache._MARK


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A copy of the small story that a test may spoil."""
    folder = tmp_path / "pack"
    folder.mkdir()
    for file in (PACKS / "cloak").glob("*.yaml"):
        (folder / file.name).write_bytes(file.read_bytes())
    return folder


@pytest.fixture
def kept(pack: Path) -> Path:
    """Load it once, and return the file of its cache."""
    load(pack)
    (file,) = (Path(os.environ["ETERNAL_HOME"]) / "cache").iterdir()
    return file


class Reads:
    """Counts how often files were compiled."""

    def __init__(self) -> None:
        self.count = 0


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Reads:
    """Watch the compiler: what comes out of the cache never passes it."""
    from eternal.story import load as module

    counter, compile_ = Reads(), module._survey

    def counted(*args: Any) -> Any:
        counter.count += 1
        return compile_(*args)

    monkeypatch.setattr(module, "_survey", counted)
    return counter


def forged(payload: bytes, key: Any) -> bytes:
    """Return a cache file that is in order but for what it holds."""
    head = msgpack.encode(key)
    body = len(head).to_bytes(4, "big") + head + payload
    return MARK + blake2b(body, digest_size=16).digest() + body


def taken_apart(data: bytes) -> tuple[Any, Any]:
    """Return key and payload of a cache file as plain values."""
    body = data[len(MARK) + 16 :]
    size = int.from_bytes(body[:4], "big")
    return msgpack.decode(body[4 : 4 + size]), msgpack.decode(body[4 + size :])


def same(one: Story, other: Story) -> bool:
    return (one.header, dict(one.scenes), one.index, one.digest) == (other.header, dict(other.scenes), other.index, other.digest)


class TestUse:
    """When all is well."""

    def test_the_second_start_compiles_nothing(self, pack: Path, kept: Path, reads: Reads) -> None:
        """And gives the same story."""
        assert kept.exists()
        assert same(load(pack), load(pack, cached=False))
        assert reads.count == 1

    def test_a_touched_file_is_read_but_not_compiled(self, pack: Path, kept: Path, reads: Reads) -> None:
        """Its digest is the same; the new stamps are noted, so the third start reads nothing."""
        before = kept.read_bytes()
        os.utime(pack / "story.yaml", (1, 1))
        load(pack)
        assert reads.count == 0
        assert kept.read_bytes() != before

    def test_a_zip_is_cached_too(self, pack: Path, reads: Reads) -> None:
        """By the archive's own stamp."""
        from tests.story.test_pack import zipped

        path = zipped(pack)
        assert same(load(path), load(path))
        assert reads.count == 1

    def test_a_story_with_errors_leaves_nothing(self, tmp_path: Path) -> None:
        """Mistakes are never kept."""
        from eternal.story.diagnostics import StoryError

        (tmp_path / "story.yaml").write_text("id: a\n")
        with pytest.raises(StoryError):
            load(tmp_path)
        assert not (Path(os.environ["ETERNAL_HOME"]) / "cache").exists()

    def test_a_cache_that_cannot_be_written_is_no_error(self, pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """The next start is merely slower."""
        (tmp_path / "file").write_text("")
        monkeypatch.setenv("ETERNAL_HOME", str(tmp_path / "file"))
        assert load(pack).id == "cloak"

    def test_a_folder_whose_name_is_no_text_is_not_cached(self, pack: Path, tmp_path: Path) -> None:
        """And loads all the same."""
        odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/odd\xff"))
        pack.rename(odd)
        assert load(odd).id == "cloak"


class TestStale:
    """When the story is another."""

    @pytest.mark.usefixtures("kept")
    def test_a_changed_story_is_read_anew(self, pack: Path, reads: Reads) -> None:
        """And the cache with it."""
        text = (pack / "story.yaml").read_text()
        (pack / "story.yaml").write_text(text.replace("Cloak of Darkness\n", "Cloak of Darknesz\n"))
        assert load(pack).header.title == "Cloak of Darknesz"
        assert reads.count == 1
        assert load(pack).header.title == "Cloak of Darknesz"
        assert reads.count == 1

    @pytest.mark.usefixtures("kept")
    def test_a_new_file_and_a_lost_one_are_noticed(self, pack: Path) -> None:
        """Not only those that were there."""
        (pack / "more.yaml").write_text("id: attic\ntitle: A\nkind: ending\ntext: A.\n")
        assert "attic" in load(pack).scenes
        (pack / "more.yaml").unlink()
        assert "attic" not in load(pack).scenes


def _cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _flip(data: bytes) -> bytes:
    return data[:-10] + bytes([data[-10] ^ 1]) + data[-9:]


def _other_version(data: bytes) -> bytes:
    return data.replace(b"story cache 1", b"story cache 0", 1)


def _other_path(data: bytes) -> bytes:
    key, payload = taken_apart(data)
    return forged(msgpack.encode(payload), ["/elsewhere", *key[1:]])


def _no_story(data: bytes) -> bytes:
    key, _ = taken_apart(data)
    return forged(msgpack.encode({"cmd": "id"}), key)


def _nested(data: bytes) -> bytes:
    key, _ = taken_apart(data)
    return forged(b"\x91" * 200_000, key)


def _nested_key(data: bytes) -> bytes:
    body = (100_000).to_bytes(4, "big") + b"\x91" * 100_000
    return MARK + blake2b(body, digest_size=16).digest() + body + data[:0]


def _extra(data: bytes) -> bytes:
    key, payload = taken_apart(data)
    return forged(b"\x94" + b"".join(msgpack.encode(part) for part in payload) + b"\x91" * 200_000 + b"\xc0", key)


def _no_text(data: bytes) -> bytes:
    key, payload = taken_apart(data)
    return forged(msgpack.encode(payload).replace(b"Cloak of", b"Cloak \xff\xfe"), key)


def _huge_length(data: bytes) -> bytes:
    key, _ = taken_apart(data)
    return forged(b"\xdd\xff\xff\xff\xff", key)


def _pickle(data: bytes) -> bytes:
    key, _ = taken_apart(data)
    return forged(b"cos\nsystem\n(S'touch /tmp/eternal-was-here'\ntR.", key)


def _no_scenes(payload: Any) -> None:
    payload[1].clear()


def _other_start(payload: Any) -> None:
    payload[0]["start"] = "nowhere"


def _to_nowhere(payload: Any) -> None:
    payload[1][0]["choices"][0]["to"] = "nowhere"


def _part_of_nothing(payload: Any) -> None:
    payload[1][0]["part_of"] = "nothing"


class TestDamaged:
    """When the file is not what it was."""

    @pytest.mark.parametrize(
        "spoil",
        [_cut, _flip, _other_version, _other_path, _no_story, _nested, _nested_key, _extra, _no_text, _huge_length, _pickle,
         lambda _: b"", lambda _: b"x", lambda _: MARK, lambda _: MARK + b"x" * 15, lambda _: b"\x80\x04." * 1000],
    )  # fmt: skip
    def test_it_is_ignored(self, pack: Path, kept: Path, reads: Reads, spoil: Callable[[bytes], bytes]) -> None:
        """Torn, bit-flipped, of another version, of another pack, hostile: the story is read from its files, and kept anew."""
        kept.write_bytes(spoil(kept.read_bytes()))
        assert same(load(pack), load(PACKS / "cloak", cached=False))
        assert reads.count == 2
        load(pack)
        assert reads.count == 2

    def test_another_packs_cache_is_not_taken_for_it(self, pack: Path, kept: Path, tmp_path: Path) -> None:
        """Not even under its name."""
        (other := tmp_path / "other").mkdir()
        (other / "story.yaml").write_text("id: other\ntitle: O\nstart: a\n---\nid: a\ntitle: A\nkind: ending\ntext: A.\n")
        load(other)
        (theirs,) = [file for file in kept.parent.iterdir() if file != kept]
        kept.write_bytes(theirs.read_bytes())
        assert load(pack).id == "cloak"


class TestForged:
    """When somebody who can write there wants more than a wrong story."""

    @pytest.mark.parametrize(
        "condition",
        ["__import__('os').system('touch gone')", "().__class__", "open('gone')", "(lambda: 1)()", "[x for x in (1,)]", "9 ** 9 ** 9"],
    )
    def test_a_condition_cannot_run_code(
        self, pack: Path, kept: Path, condition: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        """A forged file can at worst be another story: its conditions pass the same whitelist when they are first asked."""
        monkeypatch.chdir(tmp_path)
        key, payload = taken_apart(kept.read_bytes())
        for scene in payload[1]:
            for choice in scene.get("choices", ()):
                choice["if"] = condition
        kept.write_bytes(forged(msgpack.encode(payload), key))
        story = load(pack)
        assert story.scenes["foyer"].choices[0].if_ == condition
        with pytest.raises(ConditionError):
            _ = Game(story).view
        assert not (tmp_path / "gone").exists()

    @pytest.mark.parametrize("forge", [_no_scenes, _other_start, _to_nowhere, _part_of_nothing])
    def test_a_story_whose_scenes_are_not_there_is_dropped(
        self, pack: Path, kept: Path, reads: Reads, forge: Callable[[Any], None]
    ) -> None:
        """In order but for what it names: the story is read from its files."""
        key, payload = taken_apart(kept.read_bytes())
        forge(payload)
        kept.write_bytes(forged(msgpack.encode(payload), key))
        assert same(load(pack), load(PACKS / "cloak", cached=False))
        assert reads.count == 2


class TestInItsPlace:
    """When the name of the file is something else's."""

    @pytest.mark.parametrize("put", [os.mkfifo, Path.mkdir, lambda path: path.symlink_to("/dev/zero"), lambda path: path.symlink_to(path)])
    def test_what_is_no_file_is_neither_waited_for_nor_read_without_end(self, pack: Path, kept: Path, put: Callable[[Path], None]) -> None:
        """A pipe that nobody writes to, a folder, a device without end, a link to itself: the story is read from its files."""
        kept.unlink()
        put(kept)
        assert load(pack).id == "cloak"

    def test_a_link_where_the_cache_is_written_is_not_written_through(self, pack: Path, kept: Path, tmp_path: Path) -> None:
        """What it leads to stays as it is, and the cache is written the next time."""
        precious = tmp_path / "precious"
        precious.write_text("mine")
        kept.unlink()
        kept.with_name(f"{kept.name}.{os.getpid()}.new").symlink_to(precious)
        load(pack)
        assert (precious.read_text(), kept.exists()) == ("mine", False)
        load(pack)
        assert kept.exists()
