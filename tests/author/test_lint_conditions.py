"""Conditions that decide nothing: what is said of them is so, and what is not sure is not said."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from eternal.author.check import check
from eternal.author.lint.truth import BOTH, Numbers, atoms_of, verdict
from eternal.author.lint.values import Place, Range
from eternal.story.expr import parse
from eternal.story.story import Story
from tests.story.test_expr import Case, Env, compare, conditions, env_of, joined, member, mood, named, number, situations, words


def judged(story: Story, text: str, scene: str = "river", place: Place = "scene") -> bool | None:
    tree, values = parse(text), Range(story)
    return verdict(tree, {atom: values.of(atom, place, scene) for atom in atoms_of(tree)})


class TestVerdicts:
    """By local reasoning, over what can be at most."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("calm > 3", False), ("calm >= 0", True), ("calm <= 3", True), ("calm < 3", None), ("calm == 4", False), ("calm != -1", True),
            ("-1 < calm < 4", True), ("calm > 1 and calm < 1", False), ("calm > 1 or calm <= 1", True), ("calm in (4, 5)", False),
            ("calm in (0, 1, 2, 3)", True), ("calm not in (7,)", True), ("calm + 1 > 0", True), ("calm - 3 > 0", False), ("1 < 2", True),
            ("met or not met", True), ("met and not met", False), ("met == met", True), ("met", None), ("True", True), ("false", False),
            ("mood == 'quiet' or mood == 'loud'", True), ("mood == 'quiet' and mood == 'loud'", False), ("mood in ('quiet', 'loud')", True),
            ("mood != 'quiet'", None),
            ("visits > 0", True), ("visits < 1", False), ("visits > 1", None), ("visits >= 1 and visits < 100000", None),
            ("heat >= 0", True), ("heat < 0", False), ("heat > 1000", None), ("beat < 0 or met", None),
            ("integrity > 0", True), ("integrity > 100", False), ("integrity > 75", None), ("integrity == 33", False),
            ("integrity in (25, 50, 75, 100)", True),
            ("hands > 2", False), ("hands <= 2", True), ("remaining > 7", False), ("count('wool') > 2", False),
            ("count('wool') == 2", None),
            ("count() <= 7", True),
            ("erased_count > 4", False), ("erased_count == 4", None), ("refusals > 10", False), ("refusals > 9", None),
            ("dissonance > 3", False),
            ("lucidity > 5", False), ("lucidity == 0", None),
            ("seen('river')", True), ("not seen('river')", False), ("seen('pier')", None),
            ("kept('star') or not kept('star')", True), ("kept('star') and not kept('coats')", None), ("gave('shell')", None),
            # Nothing is said of numbers without an end that are weighed against each other.
            ("visits > heat", None), ("heat + visits >= 0", None), ("beat - beat == 0", None),
        ],
    )  # fmt: skip
    def test_in_a_scene(self, night: Story, text: str, expected: bool | None) -> None:
        """Variables have their bounds, and so have the engine's own numbers."""
        assert judged(night, text) is expected

    @pytest.mark.parametrize(
        ("text", "scene", "place", "expected"),
        [
            ("visits > 0", "wires", "due", None),
            ("integrity == 100", "bedside", "scene", True),
            ("integrity == 100", "river", "open", None),
            ("integrity == 0", "river", "open", False),
            ("integrity == 0", "river", "turn", None),
            ("integrity == 100", "river-bank", "scene", None),
            ("seen('yard')", "yard", "open", None),
            ("integrity == 50", "yard", "scene", None),
            ("integrity == 67", "yard", "scene", False),
        ],
    )
    def test_elsewhere(self, night: Story, text: str, scene: str, place: Place, expected: bool | None) -> None:
        """What opens, falls due or turns is asked before anybody is there."""
        assert judged(night, text, scene, place) is expected

    @pytest.mark.parametrize("text", ["erased_count > 0", "hunted", "looking", "turned", "beat > 0", "lucidity > 0", "integrity < 100"])
    def test_without_a_machine_there_is_no_night(self, cloak: Story, text: str) -> None:
        """What only the machine does never happens."""
        assert judged(cloak, text, "bar") is False

    def test_too_many_cases_are_not_tried(self) -> None:
        """Silence is sure."""
        tree = parse(" or ".join(f"a{n} + b > {n}" for n in range(8)) + " or True")
        assert verdict(tree, {atom: Numbers(0, 9) for atom in atoms_of(tree)}) is None
        tree = parse("a + b >= 0")
        assert verdict(tree, {("a",): Numbers(0, 9999), ("b",): Numbers(0, 9999)}) is None

    @given(conditions, situations())
    def test_no_state_gives_the_lie_to_a_verdict(self, night: Story, case: Case, situation: dict[str, Any]) -> None:
        """Whatever a condition is said to be always, it is in every situation, those too that no player can reach."""
        assume(len(situation["hands"]) <= 2)
        found = judged(night, case.text)
        assert found is None or case.value(env_of(situation)) is found


#: Conditions over three variables of few values, which can be tried one by one.
_calm = named("calm")
small = st.recursive(
    st.just(named("met"))
    | st.builds(
        compare,
        st.just(_calm),
        st.lists(st.tuples(st.sampled_from(["<", ">=", "=="]), st.integers(-1, 4).map(number)), min_size=1, max_size=2),
    )
    | st.builds(compare, st.just(mood), st.lists(st.tuples(st.sampled_from(["==", "!="]), words), min_size=1, max_size=1))
    | st.builds(member, st.just(_calm), st.lists(st.integers(-1, 4).map(number), min_size=1, max_size=3), negated=st.booleans()),
    lambda inner: st.builds(joined, st.sampled_from(["and", "or"]), st.lists(inner, min_size=2, max_size=3)),
    max_leaves=5,
)


@given(small)
def test_where_all_cases_can_be_tried_the_verdict_is_exact(night: Story, case: Case) -> None:
    """Nothing that is always true or never true over small domains is missed."""
    envs: list[Env] = [{"calm": c, "met": m, "mood": w} for c, m, w in product(range(4), (False, True), ("quiet", "loud"))]
    values = {bool(case.value(env)) for env in envs}
    assert judged(night, case.text) is (values.pop() if len(values) == 1 else None)


def test_what_is_not_known_can_be_both(night: Story) -> None:
    """A function nobody has bounded is yes or no."""
    assert Range(night).of(("past", "nothing"), "scene", "river") == BOTH


class TestWarnings:
    """Where they stand."""

    def _codes(self, tmp_path: Path, scene: str, machine: str = "") -> list[tuple[str, int]]:
        text = f"id: s\ntitle: S\nstart: hall\n{machine}---\nid: hall\ntitle: H\n{scene}---\nid: end\ntitle: E\nkind: ending\ntext: E.\n"
        (tmp_path / "story.yaml").write_text(text)
        return [(diagnostic.code, diagnostic.line) for diagnostic in check(tmp_path).diagnostics]

    def test_choices_that_are_never_offered_have_a_code_of_their_own(self, tmp_path: Path) -> None:
        """And those that always are, that of a condition that can be left out."""
        scene = "text:\n  - H.\n  - {if: visits < 1, text: A.}\n  - {if: visits > 0, text: B.}\nchoices:\n"
        scene += "  - {id: a, text: A., to: end, if: visits < 1}\n  - {id: b, text: B., to: end, if: visits > 0}\n"
        assert self._codes(tmp_path, scene) == [("W103", 9), ("W102", 10), ("W101", 12), ("W102", 13)]

    def test_the_turn_and_what_is_due_or_open_are_looked_at(self, tmp_path: Path) -> None:
        """Every condition of the format."""
        machine = "machine: {morning: end, turn: lucidity > 5}\n"
        scene = "kind: memory\nwhen: 2003-01\nopen: lucidity >= 0\ntext: H.\n"
        scene += "---\nid: out\ntitle: O\nkind: outside\ndue: heat < 0\ntext: O.\nchoices: [{id: a, text: A.}]\n"
        assert self._codes(tmp_path, scene, machine) == [("W103", 4), ("W102", 10), ("W103", 16)]
