"""The other warnings: each where it should be, and silence where there is nothing to say."""

from __future__ import annotations

from pathlib import Path

import pytest

from eternal.author.check import check
from eternal.author.lint.prose import MAX_WORDS, words_in


def story(folder: Path, scenes: str, header: str = "") -> list[str]:
    """Return code and what is named of each warning about a story of these scenes."""
    (folder / "story.yaml").write_text(f"id: s\ntitle: S\nstart: hall\n{header}---\n{scenes}")
    found = check(folder).diagnostics
    assert not any(d.severity == "error" for d in found), [d.headline for d in found]
    return [f"{d.code} {d.message.split(chr(39))[1] if chr(39) in d.message else ''}".strip() for d in found]


def scene(name: str, rest: str = "", *, to: str = "", text: str = "T.") -> str:
    choices = "".join(f"  - {{id: c{n}, text: Go., to: {target}}}\n" for n, target in enumerate(to.split()))
    return f"---\nid: {name}\ntitle: T\ntext: {text}\n{rest}" + (f"choices:\n{choices}" if choices else "")


END = scene("end", "kind: ending\n")
MORNING = scene("morning", to="end")
MACHINE = "machine: {morning: morning}\n"
MEMORY = "kind: memory\nwhen: 2003-01\n"


class TestWays:
    """Scenes that nobody comes to."""

    def test_of_scenes_that_lead_to_each_other_one_is_named(self, tmp_path: Path) -> None:
        """The cause, not everything that follows from it."""
        island = scene("attic", to="loft") + scene("loft", to="roof end") + scene("roof", to="loft")
        assert story(tmp_path, scene("hall", to="end") + END + island) == ["W104 attic"]
        ring = scene("loft", to="roof end") + scene("roof", to="loft")
        assert story(tmp_path, scene("hall", to="end") + END + ring) == ["W104 loft"]

    def test_a_scene_that_leads_only_to_itself_is_named(self, tmp_path: Path) -> None:
        """It does not lead to itself for the first time."""
        assert story(tmp_path, scene("hall", to="end") + END + scene("loft", to="loft end")) == ["W104 loft"]

    def test_what_the_night_brings_is_led_to(self, tmp_path: Path) -> None:
        """Memories, what falls due, the morning, and refuges along a motif."""
        scenes = scene("hall", to="next") + scene("river", MEMORY + "motifs: [snow]\n", to="next") + MORNING + END
        scenes += scene("yard", "kind: refuge\ncapacity: 1\nmotifs: [snow]\n", to="next")
        scenes += scene("street", "kind: outside\ndue: beat > 1\nchoices: [{id: on, text: On.}]\n")
        assert story(tmp_path, scenes, MACHINE + "motifs: [snow]\n") == []
        assert story(tmp_path, scenes.replace("due: beat > 1\n", ""), MACHINE + "motifs: [snow]\n") == ["W104 street"]

    def test_a_refuge_that_shares_no_motif_is_not(self, tmp_path: Path) -> None:
        """Nor one in a story without a night."""
        scenes = scene("hall", to="next") + scene("river", MEMORY, to="next") + MORNING + END
        scenes += scene("yard", "kind: refuge\ncapacity: 1\nmotifs: [snow]\n", to="next")
        assert story(tmp_path, scenes, MACHINE + "motifs: [snow]\n") == ["W104 yard"]


class TestNight:
    """What the night cannot use."""

    def test_only_heads_of_memories_need_a_date(self, tmp_path: Path) -> None:
        """And only where a machine erases them."""
        scenes = (
            scene("hall", to="river")
            + scene("river", "kind: memory\n", to="bank")
            + scene("bank", "kind: memory\npart_of: river\n", to="end")
            + END
        )
        assert story(tmp_path, scenes) == []
        assert story(tmp_path, scenes + MORNING, MACHINE) == ["W110 river"]

    def test_a_page_of_a_refuge_can_have_its_room(self, tmp_path: Path) -> None:
        """Or the head."""
        scenes = scene("hall", to="yard") + scene("yard", "kind: refuge\n", to="shed") + END
        assert story(tmp_path, scenes + scene("shed", "kind: refuge\npart_of: yard\n", to="end")) == ["W111 yard"]
        assert story(tmp_path, scenes + scene("shed", "kind: refuge\npart_of: yard\ncapacity: 1\n", to="end")) == []

    def test_with_a_hunt_dark_memories_are_found(self, tmp_path: Path) -> None:
        """Without one, or without any memento, they are either lost or all lit."""
        scenes = scene("hall", "choices: [{id: a, text: A., give: [glove], to: next}]\n") + MORNING + END
        scenes += (
            scene("river", MEMORY)
            + scene("pier", MEMORY.replace("2003", "2002"), to="deep")
            + scene("deep", "kind: memory\npart_of: pier\n")
        )
        mementos = "motifs: [snow]\nmementos: {glove: {name: A glove, motif: snow, lights: [river]}}\n"
        assert story(tmp_path, scenes, mementos + MACHINE) == ["W116 pier"]
        assert story(tmp_path, scenes, mementos + "machine: {morning: morning, hunt: {at: 3, rate: 2}}\n") == []
        assert story(tmp_path, scenes, mementos.replace("lights: [river]", "lights: []") + MACHINE) == []

    def test_endings_are_asked_for_only_where_some_are_listed(self, tmp_path: Path) -> None:
        """A story without a gallery needs none."""
        scenes = scene("hall", to="end sea") + END + scene("sea", "kind: ending\n")
        assert story(tmp_path, scenes) == []
        assert story(tmp_path, scenes, "endings: [end]\n") == ["W115 sea"]


class TestUnused:
    """What is declared for nothing."""

    @pytest.mark.parametrize(
        "reader",
        [
            "text:\n  - T.\n  - {if: x > 1, text: A.}\n",
            "text: You have {x}.\n",
            "title: T {x}\n",
            "text: T.\nchoices: [{id: d, text: 'Pay {x}.', to: end}, {id: c, text: Go., to: end, add: {x: 1}}]\n",
            "text: T.\nchoices: [{id: d, text: Pay., to: end, if: x > 1}, {id: c, text: Go., to: end, add: {x: 1}}]\n",
            "text: T.\nchoices: [{id: d, text: Pay., to: end, answer: 'Of {x}.'}, {id: c, text: Go., to: end, add: {x: 1}}]\n",
        ],
    )
    def test_a_variable_is_read_wherever_it_can_be(self, tmp_path: Path, reader: str) -> None:
        """Conditions, texts, answers, titles, buttons."""
        fields = {"title": "title: T\n", "text": "text: T.\n", "choices": "choices: [{id: c, text: Go., to: end, add: {x: 1}}]\n"}
        rest = "".join(line for name, line in fields.items() if f"{name}:" not in reader)
        assert story(tmp_path, f"---\nid: hall\n{reader}{rest}" + END, "variables: {x: {start: 0}}\n") == []

    def test_claims_read_and_arriving_writes(self, tmp_path: Path) -> None:
        """A variable that only a claim asks for is asked for; `enter` and `leave` set as choices do."""
        scenes = scene("hall", "enter: {add: {x: 1}}\n", to="end") + END
        assert story(tmp_path, scenes, "variables: {x: {start: 0}}\nclaims: ['never: x > 3']\n") == []
        assert story(tmp_path, scenes, "variables: {x: {start: 0}}\n") == ["W106 x"]
        assert story(tmp_path, scenes.replace("add: {x", "set: {x"), "variables: {x: {start: 0}}\nclaims: ['never: x > 3']\n") == []

    def test_the_name_of_a_fragment_is_no_variable(self, tmp_path: Path) -> None:
        """A word in quotes reads nothing."""
        scenes = scene(
            "hall", "motifs: [snow]\nfragments: {x: {motif: snow, line: L.}}\nenter: {set: {x: true}}\n", to="end", text="'A [x](keep:x).'"
        )
        scenes = scenes.replace("text: Go.", "text: Go., if: kept('x')") + END
        assert story(tmp_path, scenes, "motifs: [snow]\nvariables: {x: false}\n") == ["W106 x"]

    def test_motifs_are_used_by_scenes_fragments_and_mementos(self, tmp_path: Path) -> None:
        """In a list or with their words."""
        scenes = (
            scene("hall", "motifs: [a]\nfragments: {x: {motif: b, line: L.}}\nenter: {give: [m]}\n", to="end", text="'A [x](keep:x).'")
            + END
        )
        mementos = "mementos: {m: {name: M, motif: c, lights: []}}\n"
        assert story(tmp_path, scenes, "motifs: [a, b, c, d]\n" + mementos) == ["W108 d"]
        assert story(tmp_path, scenes, "motifs: {a: A, b: B, c: C, d: D}\n" + mementos) == ["W108 d"]

    def test_a_fragment_may_stand_in_any_block(self, tmp_path: Path) -> None:
        """Also in one that is shown later."""
        fragment = "fragments: {x: {motif: snow, line: L.}, y: {motif: snow, line: L.}}\n"
        scenes = scene("hall", fragment, to="end", text="[T., {if: visits > 1, text: 'A [b](keep:x).'}]") + END
        assert story(tmp_path, scenes, "motifs: [snow]\n") == ["W105 y"]


class TestNames:
    """Ids that are nearly the same."""

    @pytest.mark.parametrize(
        ("ids", "alike"),
        [
            ("red-door reddoor", True),
            ("grandmother's-yard grandmothers-yard", True),
            ("day-1 day1", True),
            ("day-1-1 day-11", False),
            ("s1 s11", False),
            ("river river-2", False),
            ("a-b ab-c", False),
        ],
    )
    def test_scenes(self, tmp_path: Path, ids: str, alike: bool) -> None:
        """A hyphen between two digits tells them apart; any other does not."""
        one, other = ids.split()
        scenes = scene("hall", to=ids) + scene(one, to="end") + scene(other, to="end") + END
        assert story(tmp_path, scenes) == ([f"W112 {other}"] if alike else [])

    def test_choices_are_compared_within_their_scene(self, tmp_path: Path) -> None:
        """Two scenes may well have choices alike."""
        two = "choices: [{id: go-on, text: A., to: end}, {id: goon, text: B., to: end}]\n"
        assert story(tmp_path, scene("hall", two) + END) == ["W112 goon"]
        scenes = (
            scene("hall", "choices: [{id: go-on, text: A., to: loft}]\n")
            + scene("loft", "choices: [{id: goon, text: A., to: end}]\n")
            + END
        )
        assert story(tmp_path, scenes) == []

    def test_what_the_header_declares(self, tmp_path: Path) -> None:
        """Variables, motifs and mementos each among themselves."""
        scenes = scene("hall", "motifs: [sea-salt, seasalt]\nenter: {add: {ab: 1, a_b: 1}}\n", to="end", text="'{ab} {a_b}'") + END
        header = "variables: {a_b: {start: 0}, ab: {start: 0}}\nmotifs: [sea-salt, seasalt]\n"
        assert story(tmp_path, scenes, header) == ["W112 ab", "W112 seasalt"]


class TestProse:
    """Slips in what is read."""

    def test_words_are_what_is_read(self) -> None:
        """Neither where a link leads nor a variable's name; a hyphen joins."""
        assert words_in("one " * 150) == 150
        assert words_in("[one](keep:a-b-c-d) {trust} two-three " * 150) == 300
        assert words_in("") == 0

    @pytest.mark.parametrize(("count", "warned"), [(MAX_WORDS, False), (MAX_WORDS + 1, True)])
    def test_the_limit_is_the_last_length_that_is_allowed(self, tmp_path: Path, count: int, warned: bool) -> None:
        """One word more is one too many."""
        scenes = scene("hall", to="end", text=" ".join(["word"] * count)) + END
        assert story(tmp_path, scenes) == (["W113"] if warned else [])

    def test_many_short_blocks_are_not_one_long(self, tmp_path: Path) -> None:
        """Each is a passage."""
        blocks = "".join(f"\n  - {' '.join(['word'] * 100)}" for _ in range(5))
        assert story(tmp_path, scene("hall", to="end", text=blocks) + END) == []

    @pytest.mark.parametrize(
        ("first", "second", "warned"),
        [
            ("“Come in.”", "'\"In.\"'", True),
            ("'\"Come in.\"'", "'\"In.\"'", False),
            ("She’s in.", "He's out.", True),
            ("“Come in.”", "He's out.", False),
            ("“Come in.”", "'A [yard](keep:x''y).'", False),
        ],
    )
    def test_quotes(self, tmp_path: Path, first: str, second: str, warned: bool) -> None:
        """Double and single ones apart; an apostrophe in an id is no quotation mark."""
        fragment = "fragments: {x'y: {motif: snow, line: L.}}\nmotifs: [snow]\n" if "keep" in second else "motifs: [snow]\n"
        scenes = scene("hall", to="loft", text=first) + scene("loft", fragment, to="end", text=second) + END
        assert story(tmp_path, scenes, "motifs: [snow]\n") == (["W114"] if warned else [])

    def test_the_rarer_marks_are_the_slip(self, tmp_path: Path) -> None:
        """In a story of straight quotes a curly one is."""
        scenes = (
            scene("hall", to="loft", text="It's cold.")
            + scene("loft", to="end", text="It's dark.")
            + scene("end", "kind: ending\n", text="It’s late.")
        )
        (tmp_path / "story.yaml").write_text(f"id: s\ntitle: S\nstart: hall\n{scenes}")
        (found,) = check(tmp_path).diagnostics
        assert found.headline.split(": ", 1)[1] == "warning[W114]: curly single quotes here, straight ones elsewhere in the story"
        assert found.source[found.column - 1] == "’"

    def test_buttons_titles_and_lines_are_read_too(self, tmp_path: Path) -> None:
        """Wherever a player meets a mark."""
        scenes = (
            scene("hall", to="end", text="It’s late, it’s cold.").replace("title: T", "title: It's a hall").replace("Go.", "Don't go.")
            + END
        )
        assert story(tmp_path, scenes + scene("x", "kind: ending\n", text="It’s.")) == ["W114", "W114", "W104 x"]
