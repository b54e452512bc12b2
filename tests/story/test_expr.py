"""The condition language: what is refused and where, and that what passes means what a plain evaluator says it means."""

from __future__ import annotations

import ast
import math
import operator
import string
import warnings
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from eternal.engine.conditions import holds
from eternal.engine.state import State, initial
from eternal.story.expr import BUILTINS, FUNCTIONS, MAX_LENGTH, ConditionError, parse
from eternal.story.known import Known
from eternal.story.schema import Bounded
from eternal.story.story import Story
from eternal.story.types import ANY, Scope, checked, variable_type

Env = dict[str, Any]

#: What a condition may be made of, as Python's parser names it.
LISTED = {
    ast.Name, ast.Load, ast.Constant, ast.UnaryOp, ast.USub, ast.Not, ast.BoolOp, ast.And, ast.Or, ast.BinOp, ast.Add, ast.Sub, ast.Compare,
    ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.In, ast.NotIn, ast.Tuple, ast.List, ast.Call,
}  # fmt: skip
#: Words and signs of which conditions are made, and much that is none.
PIECES = (
    *string.punctuation,
    *"01ab ",
    " and ",
    " not ",
    " in ",
    " is ",
    " if ",
    " else ",
    "lambda ",
    "await ",
    "yield ",
    "kept('x')",
    "**",
    "//",
    ":=",
)


@pytest.fixture(scope="session")
def scope(night: Story) -> Scope:
    """What the small story's conditions can name."""
    known = Known(night.header, "a", night.scenes, dict.fromkeys(night.scenes, ("a", 0)))
    known.declare()
    return known.scope


def refusal(text: str, scope: Scope) -> ConditionError:
    with pytest.raises(ConditionError) as caught:
        checked(text, scope)
    return caught.value


class TestRefusals:
    """What is not a condition."""

    @pytest.mark.parametrize(
        ("text", "code", "place"),
        [
            ("", "E040", ""),
            ("calm >", "E040", ">"),
            ("calm = 1", "E040", "="),
            ("(calm > 1", "E040", "("),
            ("calm > 1)", "E040", ")"),
            ("calm > 1and met", "E040", "1"),
            ("mood == 'quiet", "E040", "'quiet"),
            ("met; met", "E040", ";"),
            ("calm * 2 > 1", "E041", "calm * 2"),
            ("calm ** 9 > 1", "E041", "calm ** 9"),
            ("calm > 1.5", "E041", "1.5"),
            ("calm > 10000000", "E041", "10000000"),
            ("calm is 1", "E041", "calm is 1"),
            ("met if met else met", "E041", "met if met else met"),
            ("mood[0] == 'q'", "E041", "mood[0]"),
            ("mood.upper() == 'Q'", "E041", "mood.upper()"),
            ("(lambda: met)()", "E041", "(lambda: met)()"),
            ("[x for x in mood]", "E041", "[x for x in mood]"),
            ("{calm}", "E041", "{calm}"),
            ("f'{calm}' == 'a'", "E041", "f'{calm}'"),
            ("(x := met)", "E041", "x := met"),
            ("kept(*mood)", "E041", "*mood"),
            ("kept(x='star')", "E041", "kept(x='star')"),
            ("+calm > 1", "E041", "+calm"),
            ("~calm > 1", "E041", "~calm"),
            ("-calm > 1", "E041", "-calm"),
            ("-True == 1", "E041", "-True"),
            ("None", "E041", "None"),
            ("...", "E041", "..."),
            ("b'a' == mood", "E041", "b'a'"),
            ("met # and so on", "E041", "#"),
            ("mood == 'qu\\x69et'", "E041", "\\"),
            ("calm in (1, 2) < 3", "E041", "(1, 2)"),
            ("(1, 2) == calm", "E041", "(1, 2)"),
            ("calm in ((1, 2), 3)", "E041", "(1, 2)"),
            ("calm", "E042", "calm"),
            ("mood", "E042", "mood"),
            ("met and calm", "E042", "calm"),
            ("not calm", "E042", "calm"),
            ("calm + met > 1", "E042", "met"),
            ("calm > 'quiet'", "E042", "'quiet'"),
            ("mood > 'loud'", "E042", "mood"),
            ("mood == 'lout'", "E042", "'lout'"),
            ("mood in ('quiet', 'lout')", "E042", "'lout'"),
            ("mood in 'quiet'", "E042", "'quiet'"),
            ("met < hunted", "E042", "met"),
            ("clam > 1", "E043", "clam"),
            ("calm > 1 and clam > 1", "E043", "clam"),
            ("true and met", "E043", "true"),
            ("holds('star')", "E044", "holds"),
            ("__import__('os')", "E044", "__import__"),
            ("kept()", "E045", "kept()"),
            ("kept('star', 'coats')", "E045", "kept('star', 'coats')"),
            ("kept(star)", "E045", "kept(star)"),
            ("chose('river')", "E045", "chose('river')"),
            ("past(1)", "E045", "past(1)"),
            ("kept('stars')", "E030", "stars"),
            ("seen('rivers')", "E012", "rivers"),
            ("erased('rivers')", "E012", "rivers"),
            ("erased('bedside')", "E036", "bedside"),
            ("past('bedside')", "E035", "bedside"),
            ("past('bed')", "E012", "bed"),
            ("gave('shells')", "E033", "shells"),
            ("count('rain')", "E032", "rain"),
            ("chose('river', 'wait')", "E034", "wait"),
            ("chose('rivers', 'wake')", "E012", "rivers"),
        ],
    )
    def test_each_is_refused_at_its_place(self, text: str, code: str, place: str, scope: Scope) -> None:
        """The code, the first character and, where it is one thing, how far it goes."""
        error = refusal(text, scope)
        assert error.code == code
        assert error.column == (max(text.rfind(place), 0) if code in ("E042", "E040") else text.index(place))
        assert text[error.column : error.column + error.width].startswith(place[: error.width])

    def test_wide_and_accented_letters_count_as_one(self, scope: Scope) -> None:
        """A place is counted in characters, whatever they take as bytes."""
        error = refusal("  'é雪é雪' == mood and 'é雪é雪'.upper() == mood", scope)
        assert (error.column, error.width) == (21, len("'é雪é雪'.upper()"))

    @pytest.mark.parametrize(("before", "shift"), [("  ", 2), ("kept('star') and ", 17), ("\n\t ", 3), ("mood != 'quiet' and ", 20)])
    def test_columns_are_those_of_the_text_as_it_is_written(self, before: str, shift: int, scope: Scope) -> None:
        """Leading blanks and line breaks are counted, not stripped away."""
        assert refusal(f"{before}clam > 1", scope).column == shift

    @pytest.mark.parametrize("text", ["'é' == 'é' and clam", " 'é雪' == 'é雪' and (clam)", "é > 1 or clam"])
    def test_columns_count_characters_not_bytes(self, text: str, scope: Scope) -> None:
        """What stands before may be in any script."""
        name = "é" if text.startswith("é") else "clam"
        assert refusal(text, scope).column == text.index(name)

    def test_long_conditions_are_refused_before_they_are_read(self) -> None:
        """The parser never sees more than it is good for."""
        with pytest.raises(ConditionError) as caught:
            parse("-" * (MAX_LENGTH + 1))
        assert caught.value.code == "E040"

    def test_slips_are_hinted_at(self, scope: Scope) -> None:
        """Names, functions and words that were meant."""
        assert refusal("clam > 1", scope).hint == "did you mean 'calm'?"
        assert refusal("keptt('star')", scope).hint == "did you mean 'kept'?"
        assert refusal("mood == 'lout'", scope).hint == "did you mean 'loud'?"
        assert refusal("true and met", scope).hint == "write true or false as True or False"
        assert refusal("calm", scope).hint == "compare it, as in 'trust > 0'"
        assert refusal("calm = 1", scope).hint == "write =="

    @pytest.mark.parametrize(
        ("text", "hint"),
        [
            ("met && hunted", "write and"),
            ("met AND hunted", "write and"),
            ("met || hunted", "write or"),
            ("met OR hunted", "write or"),
            ("!met", "write not"),
            ("NOT met", "write not"),
            ("mood == 'a = b' and calm = 1", "write =="),
            ("met met", ""),
        ],
    )
    def test_signs_of_other_languages_are_named_as_they_are_here(self, text: str, hint: str, scope: Scope) -> None:
        """Nothing of what Python proposes instead."""
        error = refusal(text, scope)
        assert (error.code, error.hint, error.args_["problem"]) == ("E040", hint, "invalid syntax")

    def test_words_are_named_as_words(self, scope: Scope) -> None:
        """With their quotes where they have them, and with a hint where they lack them."""
        assert refusal("calm > 'two'", scope).args_["found"] == "the word 'two'"
        assert refusal("mood == 'lout'", scope).args_["found"] == "the word 'lout'"
        assert refusal("mood == quiet", scope).hint == refusal("mood in (quiet, 'loud')", scope).hint == "put it in quotes: 'quiet'"

    @pytest.mark.parametrize(
        "text", ["odd", "odd > 1", "odd == 'word'", "calm > odd", "odd + 1 > calm", "not odd", "met and odd", "odd in (1, 2)"]
    )
    def test_a_variable_that_is_declared_wrongly_goes_with_everything(self, text: str, scope: Scope) -> None:
        """What is wrong with it is said once, where it is declared."""
        checked(text, Scope({**scope.variables, "odd": ANY}, scope.ids, scope.choices))

    @pytest.mark.parametrize("text", ["true", "false", "True", " false "])
    def test_yes_and_no_alone_are_written_either_way(self, text: str, scope: Scope, night: Story) -> None:
        """YAML's spelling and Python's."""
        checked(text, scope)
        assert holds(night, initial(night), text, "river") is (text.strip().lower() == "true")

    @given(
        st.text(max_size=60)
        | st.lists(st.sampled_from([*"()[]{}<>=!+-*/%,.:'\"#\\ \n01ax", "not ", " and ", " in ", "kept('star')", "calm"]), max_size=30).map(
            "".join
        )
    )
    def test_nothing_but_a_condition_error_comes_of_any_text(self, scope: Scope, text: str) -> None:
        """Whatever is written, it is a condition or it is refused at one of its characters; Python's parser never warns."""
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            try:
                checked(text, scope)
            except ConditionError as error:
                assert 0 <= error.column <= max(len(text), 1)

    @given(st.lists(st.sampled_from(PIECES), max_size=16).map("".join))
    @example("lambda: 1")
    @example("a if b else a")
    @example("[a for a in b]")
    def test_what_passes_has_no_construct_of_its_own(self, text: str) -> None:
        """A form that passes is made of names, literals and the listed operators, whatever it was spelled with."""
        try:
            tree = parse(text)
        except ConditionError:
            return
        assert {type(node) for node in ast.walk(tree)} <= LISTED
        assert parse(text) is tree  # one tree for one spelling, shared and never changed


# A plain evaluator to agree with --------------------------------------------------------------------------------------


class Case(NamedTuple):
    """A condition's text and, beside it, what it means."""

    text: str
    value: Callable[[Env], Any]


def number(n: int) -> Case:
    return Case(str(n), lambda _: n)


def named(name: str) -> Case:
    return Case(name, lambda env: env[name])


NUMBERS = ["calm", "heat", "lucidity", "beat", "visits", "integrity", "hands", "remaining", "erased_count", "count()", "count('snow')"]
BOOLS = ["met", "hunted", "turned", "looking", "kept('star')", "hidden('coats')", "lost('sea')", "seen('yard')", "erased('pier')",
         "gave('shell')", "chose('river', 'wake')", "past()", "past('nothing')"]  # fmt: skip
COMPARISONS = {"==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}

numbers = st.recursive(
    st.integers(-4, 120).map(number) | st.sampled_from(NUMBERS).map(named),
    lambda inner: (
        st.builds(lambda a, b: Case(f"({a.text} + {b.text})", lambda e: a.value(e) + b.value(e)), inner, inner)
        | st.builds(lambda a, b: Case(f"({a.text} - {b.text})", lambda e: a.value(e) - b.value(e)), inner, inner)
    ),
    max_leaves=3,
)
mood = named("mood")
words = st.sampled_from(["quiet", "loud"]).map(lambda word: Case(repr(word), lambda _: word))


def compare(first: Case, rest: list[tuple[str, Case]]) -> Case:
    def value(env: Env) -> bool:
        left, result = first.value(env), True
        for sign, side in rest:
            right = side.value(env)
            result, left = result and bool(COMPARISONS[sign](left, right)), right
        return result

    return Case(f"({' '.join([first.text, *(f'{sign} {side.text}' for sign, side in rest)])})", value)


def member(item: Case, items: list[Case], *, negated: bool) -> Case:
    listed = "".join(f"{one.text}, " for one in items)
    return Case(
        f"({item.text} {'not in' if negated else 'in'} ({listed}))",
        lambda env: (item.value(env) in [one.value(env) for one in items]) is not negated,
    )


def joined(word: str, sides: list[Case]) -> Case:
    every = all if word == "and" else any
    return Case("(" + f" {word} ".join(side.text for side in sides) + ")", lambda env: every(side.value(env) for side in sides))


comparisons = st.builds(compare, numbers, st.lists(st.tuples(st.sampled_from(list(COMPARISONS)), numbers), min_size=1, max_size=2))
equalities = st.builds(compare, st.just(mood), st.lists(st.tuples(st.sampled_from(["==", "!="]), words), min_size=1, max_size=1))
members = st.builds(member, numbers, st.lists(numbers, min_size=1, max_size=3), negated=st.booleans()) | st.builds(
    member, st.just(mood), st.lists(words, min_size=1, max_size=2), negated=st.booleans()
)
conditions = st.recursive(
    st.sampled_from(["True", "False"]).map(lambda text: Case(text, lambda _: text == "True"))
    | st.sampled_from(BOOLS).map(named) | comparisons | equalities | members,
    lambda inner: inner.map(lambda side: Case(f"(not {side.text})", lambda env: not side.value(env)))
    | st.builds(joined, st.sampled_from(["and", "or"]), st.lists(inner, min_size=2, max_size=3)),
    max_leaves=5,
).filter(lambda case: len(case.text) <= MAX_LENGTH)  # fmt: skip


@st.composite
def situations(draw: st.DrawFn) -> dict[str, Any]:
    """What a state is made of, freely: not every one of these can be reached."""
    fragments = draw(st.permutations(["star", "coats", "sea", "plank"]))
    cut, end = sorted([draw(st.integers(0, 4)), draw(st.integers(0, 4))])
    return {
        "calm": draw(st.integers(0, 3)), "met": draw(st.booleans()), "mood": draw(st.sampled_from(["quiet", "loud"])),
        "heat": draw(st.integers(0, 9)), "lucidity": draw(st.integers(0, 5)), "beat": draw(st.integers(0, 30)),
        "hunted": draw(st.booleans()), "turned": draw(st.booleans()), "looking": draw(st.booleans()),
        "visits": draw(st.integers(1, 3)), "left": draw(st.integers(1, 4)), "pier": draw(st.integers(0, 3)),
        "hands": fragments[:cut], "hidden": fragments[cut:end], "lost": fragments[end:],
        "given": draw(st.sets(st.sampled_from(["shell", "glove"]))), "yard": draw(st.integers(0, 2)),
        "woken": draw(st.booleans()), "past": draw(st.sampled_from([(), ("nothing",), ("something", "nothing"), ("refused",)])),
    }  # fmt: skip


def state_of(night: Story, s: dict[str, Any]) -> State:
    strength = [night.scenes[name].strength for name in night.position]
    strength[night.position["river"]], strength[night.position["pier"]] = s["left"], s["pier"]
    return replace(
        initial(night), values=(s["calm"], s["met"], s["mood"]), heat=s["heat"], lucidity=s["lucidity"], beat=s["beat"],
        hunted=s["hunted"], turned=s["turned"], looking=s["looking"], strength=tuple(strength), hands=tuple(s["hands"]),
        hidden=tuple((name, "yard") for name in s["hidden"]), lost=frozenset(s["lost"]), given=frozenset(s["given"]),
        visits={"river": s["visits"], "yard": s["yard"]}, past=s["past"],
        chosen=frozenset({("river", "wake")} if s["woken"] else ()),
    )  # fmt: skip


def env_of(s: dict[str, Any]) -> Env:
    kept = [*s["hands"], *s["hidden"]]
    return {
        **{name: s[name] for name in ("calm", "met", "mood", "heat", "lucidity", "beat", "hunted", "turned", "looking", "visits")},
        "integrity": math.ceil(100 * s["left"] / 4), "hands": len(s["hands"]), "remaining": len(s["hidden"]),
        "erased_count": int(s["pier"] == 0), "count()": len(kept), "count('snow')": len({"star", "sea"} & set(kept)),
        "kept('star')": "star" in kept, "hidden('coats')": "coats" in s["hidden"], "lost('sea')": "sea" in s["lost"],
        "seen('yard')": s["yard"] > 0, "erased('pier')": s["pier"] == 0, "gave('shell')": "shell" in s["given"],
        "chose('river', 'wake')": s["woken"], "past()": bool(s["past"]), "past('nothing')": "nothing" in s["past"],
    }  # fmt: skip


class TestMeaning:
    """What passes means what it says."""

    @given(conditions, situations())
    def test_it_agrees_with_a_plain_evaluator(self, night: Story, scope: Scope, case: Case, situation: dict[str, Any]) -> None:
        """Every valid condition passes the checks, and compiles to what it means."""
        checked(case.text, scope)
        assert holds(night, state_of(night, situation), case.text, "river") is case.value(env_of(situation))

    def test_every_name_and_function_can_be_asked(self, night: Story, scope: Scope) -> None:
        """The language's tables and the engine's agree."""
        ids = {
            "fragment": "star",
            "scene": "river",
            "choice": "wake",
            "erasable": "pier",
            "memento": "shell",
            "motif": "snow",
            "ending": "nothing",
        }
        for name, builtin in BUILTINS.items():
            text = name if builtin.gives == "bool" else f"{name} >= 0"
            checked(text, scope)
            assert holds(night, initial(night), text, "river") in (True, False)
        for name, function in FUNCTIONS.items():
            for given_ in {function.least, len(function.takes)}:
                call = f"{name}({', '.join(repr(ids[noun]) for noun in function.takes[:given_])})"
                text = call if function.gives == "bool" else f"{call} >= 0"
                checked(text, scope)
                assert holds(night, initial(night), text, "river") in (True, False)

    def test_types_of_variables(self) -> None:
        """Yes or no, a number, one of some words: as an author would say it."""
        assert [str(variable_type(spec)) for spec in (False, Bounded(), ("calm", "sad"))] == ["yes or no", "a number", "one of calm, sad"]
