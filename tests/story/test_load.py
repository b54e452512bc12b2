"""Loading: the story, or all of its mistakes in one run, each where it stands."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from eternal.story.assembly import MAX_MISTAKES
from eternal.story.diagnostics import StoryError
from eternal.story.load import SHIPPED, examine, load, survey
from tests.conftest import PACKS
from tests.story.malformed import GOOD, HEADER

FILES = {
    "story.yaml": """\
id: small
title: Small
start: hal
motifs: [snow]
variables:
  trust: {start: 0, max: 5}
""",
    "hall.yaml": """\
id: hall
title: The hall
kind: memorial
text: A hall, and [snow](keep:flake).
fragments:
  flake: {motif: snow, line: A flake.}
choices:
  - {id: out, text: Out., to: garden}
---
id: stairs
title: The stairs
text:
  - Up and up.
  - if: chose('hall', 'out') and kept('flake') and trsut > 0
    text: >-
      There is something
      <b>here</b>.
choices:
  - {id: down, text: Down., to: hall, set: {trust: 9}}
  - {id: up, text: Up., to: attic}
""",
    "garden.yaml": """\
id: garden
title: A garden
title: The garden
kind: ending
text: Grass.
---
id: shed
title: The shed
text: A shed.
choices:
  - {id: in, text: In., to: gardn}
""",
}


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).write_text(text)
    return folder


def headlines(path: Path) -> list[str]:
    return [diagnostic.headline.removeprefix(f"{path}/") for diagnostic in examine(path).diagnostics]


class TestInOneRun:
    """All mistakes of all kinds in all files."""

    def test_mistakes_of_every_layer_are_listed_together(self, tmp_path: Path) -> None:
        """YAML, schema, names, conditions and texts; what leads to a scene with mistakes is no mistake."""
        assert headlines(write(tmp_path, FILES)) == [
            "garden.yaml:3:1: error[E004]: the key 'title' stands here twice; the first is in line 2",
            "garden.yaml:11:29: error[E012]: no scene 'gardn' (did you mean 'garden'?)",
            "hall.yaml:3:7: error[E023]: 'memorial' is not one of ending, memory, outside, refuge, waking (did you mean 'memory'?)",
            "hall.yaml:14:52: error[E043]: no variable or built-in name 'trsut' (did you mean 'trust'?)",
            "hall.yaml:17:7: error[E051]: HTML is not part of the text format",
            "hall.yaml:19:52: error[E060]: '9' is not a value of 'trust', which is a number from 0 to 5",
            "hall.yaml:20:29: error[E012]: no scene 'attic'",
            "story.yaml:3:8: error[E012]: no scene 'hal' (did you mean 'hall'?)",
        ]

    def test_while_a_scene_cannot_be_named_what_is_missing_says_nothing(self, tmp_path: Path) -> None:
        """It may be what the others lead to."""
        write(tmp_path, FILES | {"garden.yaml": "title: Garden\ntext: 'never closed\n"})
        assert [line for line in headlines(tmp_path) if "E012" in line or "E043" in line] == []
        assert [line.split(": ")[0] for line in headlines(tmp_path)] == ["garden.yaml:2:7", "hall.yaml:3:7"]

    def test_a_header_with_mistakes_leaves_the_scenes_to_be_read(self, tmp_path: Path) -> None:
        """Their own mistakes are listed with it."""
        write(tmp_path, FILES | {"story.yaml": "id: Small\ntitle: Small\n"})
        assert [line.split(": ")[0] for line in headlines(tmp_path)] == [
            "garden.yaml:3:1",
            "hall.yaml:3:7",
            "story.yaml:1:1",
            "story.yaml:1:5",
        ]

    def test_the_exception_carries_them_all(self, tmp_path: Path) -> None:
        """One line for whoever prints it, everything for whoever asks."""
        with pytest.raises(StoryError) as caught:
            load(write(tmp_path, FILES))
        assert [diagnostic.headline for diagnostic in caught.value.diagnostics] == [d.headline for d in examine(tmp_path).diagnostics]
        assert caught.value.message.endswith("(and 7 more)")

    def test_mistakes_without_end_have_one(self, tmp_path: Path) -> None:
        """The first thousand, and above them a line that says so."""
        lines = "".join(f"  - {{id: c{n}, text: Go., to: nowhere}}\n" for n in range(MAX_MISTAKES + 50))
        write(tmp_path, {"story.yaml": GOOD.replace("kind: ending\n", "") + "choices:\n" + lines})
        found = examine(tmp_path).diagnostics
        assert len(found) == MAX_MISTAKES + 1
        assert {d.code for d in found} == {"E012", "E099"}

    def test_as_many_as_there_may_be_are_all_listed(self, tmp_path: Path) -> None:
        """A thousand exactly is no more than a thousand."""
        lines = "".join(f"  - {{id: c{n}, text: Go., to: nowhere}}\n" for n in range(MAX_MISTAKES))
        write(tmp_path, {"story.yaml": GOOD.replace("kind: ending\n", "") + "choices:\n" + lines})
        assert {d.code for d in examine(tmp_path).diagnostics} == {"E012"}


class TestScenes:
    """What a scene of a certain kind must be."""

    @pytest.mark.parametrize(
        ("scene", "machine", "code"),
        [
            ("kind: memory\n", "", "E070"),
            ("kind: refuge\n", "", "E070"),
            ("kind: memory\n", "machine: {morning: end}\n", None),
            ("kind: outside\n", "machine: {morning: end}\n", "E070"),
            ("kind: ending\nchoices: [{id: a, text: A., to: end}]\n", "", "E071"),
            ("part_of: hall\nchoices: [{id: a, text: A.}]\n", "", "E072"),
            ("part_of: end\nchoices: [{id: a, text: A.}]\n", "", "E073"),
            ("kind: memory\nchoices: [{id: drift, text: A., to: end}]\n", "", "E027"),
            ("choices: [{id: a, text: A., to: next}]\n", "", "E077"),
            ("choices: [{id: a, text: A.}]\n", "", None),
        ],
    )
    def test_kinds(self, scene: str, machine: str, code: str | None, tmp_path: Path) -> None:
        """Memories and refuges may be without choices only where a machine carries the player on."""
        text = f"{HEADER}{machine}---\nid: hall\ntitle: H\ntext: H.\n{scene}---\nid: end\ntitle: E\nkind: ending\ntext: E.\n"
        write(tmp_path, {"story.yaml": text})
        assert [d.code for d in examine(tmp_path).diagnostics][:1] == ([code] if code else [])


class TestReading:
    """How a pack is read."""

    @pytest.mark.parametrize("name", ["night", "cloak"])
    def test_the_small_stories_have_no_errors(self, name: str) -> None:
        """They are what other tests stand on."""
        assert examine(PACKS / name).errors == 0

    def test_the_shipped_story_has_no_errors(self) -> None:
        """It can be played."""
        assert examine(SHIPPED).errors == 0

    @pytest.mark.parametrize("form", ["\ufeff{}", "---\n{}", "# A remark\n{}", "%YAML 1.2\n---\n{}"])
    def test_what_may_stand_before_the_header(self, form: str, tmp_path: Path) -> None:
        """A byte-order mark, a line of dashes, a remark, YAML's own version."""
        write(tmp_path, {"story.yaml": form.format(GOOD)})
        assert load(tmp_path).id == "small"

    def test_line_ends_of_any_system_give_the_same_places(self, tmp_path: Path) -> None:
        """And the same story."""
        for end in ("\n", "\r\n", "\r"):
            (tmp_path / "story.yaml").write_bytes(GOOD.replace("start: hall", "start: hell").replace("\n", end).encode())
            assert headlines(tmp_path) == ["story.yaml:3:8: error[E012]: no scene 'hell' (did you mean 'hall'?)"]

    def test_the_collector_is_left_as_it_was(self, tmp_path: Path) -> None:
        """It is held off while reading, whatever comes of it."""
        write(tmp_path, FILES)
        gc.disable()
        try:
            examine(tmp_path)
            assert not gc.isenabled()
        finally:
            gc.enable()
        examine(tmp_path)
        assert gc.isenabled()

    def test_a_survey_knows_where_everything_stands(self) -> None:
        """Files, and the document of every scene in them."""
        read = survey(PACKS / "cloak")
        assert read.header_file.endswith("cloak/story.yaml")
        assert {scene: number for scene, (_, number) in read.origins.items()} == {"foyer": 0, "cloakroom": 1, "bar": 2, "won": 3, "lost": 4}
        assert read.text_of(read.origins["bar"][0]).count("---") == 4
        assert read.text_of("nothing") == ""
