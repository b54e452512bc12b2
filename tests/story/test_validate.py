"""Every value that does not fit the schema is explained, with its path, in one go."""

from __future__ import annotations

import copy
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import ValidationError, convert

from eternal.story.diagnostics import Finding
from eternal.story.schema import Header, Scene
from eternal.story.validate import explain, stray_variables

HEADER = {"id": "a", "title": "A", "start": "hall"}
SCENE: dict[str, Any] = {
    "id": "hall",
    "title": "The hall",
    "kind": "memory",
    "when": "2003-01",
    "strength": "3",
    "motifs": ["snow"],
    "text": ["A hall.", {"if": "visits > 1", "text": "Again.", "once": "true"}, {"one_of": ["A", "B"]}],
    "choices": [{"id": "out", "text": "Go.", "to": "next", "set": {"met": "true"}, "add": {"trust": "-1"}, "beats": "2"}],
    "fragments": {"flake": {"motif": "snow", "line": "A flake."}},
    "enter": {"wake": "1"},
}


def explained(tree: Any, kind: type = Scene) -> list[Finding]:
    return list(explain(tree, kind, "a.yaml", 3, "a scene"))


class TestAllAtOnce:
    """One run, every mistake."""

    def test_a_scene_with_seven_mistakes_has_seven_findings(self) -> None:
        """Where msgspec stops at the first, each is listed with the path to it."""
        tree = copy.deepcopy(SCENE)
        tree |= {"kind": "memorial", "strength": "strong", "txt": "x", "when": "yesterday"}
        tree["choices"][0] |= {"to": "Away From Here", "beats": "100"}
        del tree["fragments"]["flake"]["line"]
        assert [(found.code, found.path) for found in explained(tree)] == [
            ("E023", ("kind",)),
            ("E023", ("when",)),
            ("E023", ("strength",)),
            ("E023", ("choices", 0, "to")),
            ("E023", ("choices", 0, "beats")),
            ("E021", ("fragments", "flake")),
            ("E020", ("txt",)),
        ]
        assert {(found.file, found.doc) for found in explained(tree)} == {("a.yaml", 3)}

    @given(st.integers(0, 10**9))
    def test_what_the_conversion_refuses_is_always_explained(self, seed: int) -> None:
        """However a scene is spoilt: a tree that does not convert has at least one finding, which converts when there is none."""
        tree = copy.deepcopy(SCENE)
        chance = random.Random(seed)
        for _ in range(chance.randint(1, 3)):
            _spoil(tree, chance)
        try:
            convert(tree, Scene, strict=False)
        except ValidationError:
            assert explained(tree)


SPOILT: list[Any] = [
    "",
    "x",
    "-1",
    "007",
    " 5",
    "99999999999",
    "१",
    "null",
    "True",
    "a\n",
    "A b",
    "2003-13",
    [],
    ["x"],
    [[]],
    {},
    {"id": "x"},
]


def _spoil(tree: Any, chance: random.Random) -> None:
    """Put something else at some place of a tree, or take it away, or add something nobody knows."""
    at: Any = tree
    while True:
        if not at:
            return
        key = chance.choice(list(at) if isinstance(at, dict) else range(len(at)))
        if not isinstance(at[key], (dict, list)) or chance.random() < 0.4:
            break
        at = at[key]
    match chance.randrange(4):
        case 0:
            del at[key]
        case 1 if isinstance(at, dict):
            at[chance.choice(["nobody", "Id", "text", "a b"])] = chance.choice(SPOILT)
        case _:
            at[key] = chance.choice(SPOILT)


class TestWords:
    """What is said."""

    @pytest.mark.parametrize(
        ("field", "value", "said"),
        [
            ("id", "The Hall", "'The Hall' is not a name: lower-case letters and digits, words joined by hyphens"),
            ("id", "a\n", "'a\\n' is not a name: lower-case letters and digits, words joined by hyphens"),
            ("title", "", "nothing is written here"),
            ("title", "x" * 301, "301 characters; 300 are allowed"),
            ("when", "2003-02-41", "'2003-02-41' is not a date (2003-01-18, 2003-01, 2003) or an hour (01:30)"),
            ("when", "25:00", "'25:00' is not a date (2003-01-18, 2003-01, 2003) or an hour (01:30)"),
            ("strength", "0", "0 is too small; at least 1"),
            ("strength", "100", "100 is too large; at most 99"),
            ("strength", "many", "expected a whole number, found 'many'"),
            ("strength", "9" * 5000, "expected a whole number, found '999999999999999999999999999999'"),
            ("hair", "pink", "'pink' is not one of blue, green, red, tangerine"),
            ("choices", {"id": "x"}, "expected a list, found a mapping (name: value)"),
            ("fragments", ["flake"], "expected a mapping (name: value), found a list"),
            ("enter", "", "expected a mapping (name: value), found nothing"),
            ("strength", ["3"], "expected a whole number, found a list"),
            ("text", [], "at least 1 are needed here"),
            ("text", [{"once": "yes", "text": "x"}], "expected true or false, found 'yes'"),
        ],
    )
    def test_values(self, field: str, value: Any, said: str) -> None:
        """Each message says what may stand there or what is wrong with what does."""
        assert [found.message for found in explained(SCENE | {field: value})] == [said]

    def test_unknown_fields_are_hinted_at(self) -> None:
        """A slip of the pen is met with the word that was meant."""
        (found,) = explained(SCENE | {"choice": []})
        assert (found.message, found.hint, found.at_key) == ("no field 'choice' in a scene", "did you mean 'choices'?", True)

    def test_words_of_a_list_are_hinted_at(self) -> None:
        """So are the kinds of scenes."""
        (found,) = explained(SCENE | {"kind": "refugee"})
        assert found.hint == "did you mean 'refuge'?"

    @pytest.mark.parametrize(
        ("change", "owner"),
        [
            ({"choices": [{"text": "x"}]}, "a choice"),
            ({"fragments": {"flake": {"line": "x"}}}, "'flake'"),
        ],
    )
    def test_owners_are_named(self, change: dict[str, Any], owner: str) -> None:
        """It is clear what needs the field."""
        (found,) = explained(SCENE | change)
        assert found.message.startswith(f"{owner} needs the field")


class TestVariables:
    """The only value that can be of three shapes."""

    @pytest.mark.parametrize("spec", ["true", "false", {"start": "1"}, {}, ["calm", "sad"]])
    def test_the_three_shapes(self, spec: Any) -> None:
        """Yes or no, a bounded number, a list of words."""
        tree = HEADER | {"variables": {"x": spec}}
        convert(tree, Header, strict=False)
        assert list(stray_variables(tree, "a")) == []

    @pytest.mark.parametrize("spec", ["0", "1", "True", "FALSE"])
    def test_what_would_pass_for_yes_or_no(self, spec: str) -> None:
        """A bare number is a mistake, though a lax conversion takes it."""
        tree = HEADER | {"variables": {"x": spec}}
        convert(tree, Header, strict=False)
        (found,) = stray_variables(tree, "a")
        assert (found.code, found.path) == ("E022", ("variables", "x"))

    @pytest.mark.parametrize("spec", ["7", "yes", "", "calm"])
    def test_anything_else_is_told_the_shapes(self, spec: str) -> None:
        """The message lists what a variable can be."""
        (found,) = explained(HEADER | {"variables": {"x": spec}}, Header)
        assert "true, false, {start: 0, min: 0, max: 9} or a list of words" in found.message

    def test_numbers_have_an_end(self) -> None:
        """A number that a cache or another program could not hold is refused."""
        assert explained(HEADER | {"variables": {"x": {"max": "10000000"}}}, Header)[0].message == "10000000 is too large; at most 1000000"

    def test_one_word_is_no_choice(self) -> None:
        """A variable that can be one word only is none."""
        assert [found.message for found in explained(HEADER | {"variables": {"x": ["calm"]}}, Header)] == ["at least 2 are needed here"]

    def test_names_of_variables_have_underscores(self) -> None:
        """And are said to."""
        (found,) = explained(HEADER | {"variables": {"met-mary": "false"}}, Header)
        assert found.at_key
        assert "joined by underscores" in found.message
