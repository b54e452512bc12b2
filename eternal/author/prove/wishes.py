"""What a player would do who wants to see one particular thing: every action's weight, by what the goal's condition reads."""

from __future__ import annotations

import ast
from random import Random

from msgspec import Struct

from eternal.author.prove.goals import Goal, Test
from eternal.author.prove.nearest import condition_of, scene_of
from eternal.author.prove.ways import ways_of
from eternal.engine.fast import Fast
from eternal.story.expr import parse
from eternal.story.schema import Bounded, Choice

__all__ = ["Wish", "wishes"]

#: Number of a scene and code of a choice -> its weight; with scene -1: the code's weight in any scene. What is not there weighs 1.
Weights = dict[tuple[int, int], float]

_DO, _SHUN = 30.0, 0.03
#: So many scenes back the ways to a scene are followed.
_FAR = 8


class Wish(Struct):
    """What somebody wants: the weights of actions, and tests of which as many as can be should hold."""

    weights: Weights
    tests: list[Test]

    def score(self, state: int) -> int:
        """Count the tests that hold."""
        return sum(1 for test in self.tests if test(state))

    def choose(self, codes: list[int], number: int, rng: Random) -> int:
        """Return the code of one of the actions that are possible in a scene, by their weights."""
        weights = self.weights
        parts = [weights.get((number, code), 1.0) * weights.get((-1, code), 1.0) for code in codes]
        at = rng.random() * sum(parts)
        for code, part in zip(codes, parts, strict=True):
            at -= part
            if at < 0:
                return code
        return codes[-1]


def wishes(fast: Fast, goal: Goal, rng: Random) -> Wish:
    """Return the wish of who is after a goal: by one of the ways to it, chosen by chance."""
    made = _Wishes(fast, rng)
    scene, condition = scene_of(fast.story, goal), condition_of(fast.story, goal)
    made.scene = scene or fast.story.header.start
    if scene is not None:
        made.go(scene)
    if condition is not None:
        made.want(parse(condition), hope=True)
    return Wish(made.weights, [fast.test(text if hope else f"not ({text})", where) for text, where, hope in made.leaves])


class _Wishes:
    def __init__(self, fast: Fast, rng: Random) -> None:
        self.fast = fast
        self.rng = rng
        self.ways = ways_of(fast)
        self.gone: set[str] = set()
        self.scene = ""
        self.leaves: dict[tuple[str, str, bool], None] = {}
        self.story = fast.story
        self.weights: Weights = {}

    def weigh(self, scene: str | None, code: int, weight: float) -> None:
        key = (-1 if scene is None else self.fast.layout.number[scene], code)
        self.weights[key] = self.weights.get(key, 1.0) * weight

    def choices(self) -> list[tuple[str, Choice, int]]:
        return self.ways.choices

    def go(self, scene: str, far: int = 0) -> None:
        """Prefer ways that lead nearer to a scene, and want what one of them asks for."""
        if scene in self.gone or far > _FAR:
            return
        self.gone.add(scene)
        self._near(scene)
        entries = self.ways.into.get(scene)
        due = self.story.scenes[scene].due
        if due is not None:
            self.want(parse(due), hope=True)
        if entries and scene not in self.story.position:
            name, choice = entries[int(self.rng.random() * len(entries))]
            if choice.if_ is not None:
                self.want(parse(choice.if_), hope=True)
            self.go(name, far + 1)

    def _near(self, scene: str) -> None:
        here = self.story.head(scene)
        if here in self.story.position:
            self.weigh(None, self.fast.codes.flee + self.fast.layout.number[here], 8.0)
        for name, code in self.ways.nearer(scene):
            self.weigh(name, code, 3.0)

    # Conditions ---------------------------------------------------------------------------------------------------

    def want(self, node: ast.expr, *, hope: bool) -> None:
        """Weigh what makes a part of a condition hold, or (without hope) not hold."""
        match node:
            case ast.BoolOp(op=op, values=values) if isinstance(op, ast.Or) == hope:
                self.want(values[int(self.rng.random() * len(values))], hope=hope)
            case ast.BoolOp(values=values):
                for value in values:
                    self.want(value, hope=hope)
            case ast.UnaryOp(op=ast.Not()):
                self.want(node.operand, hope=not hope)
            case ast.Call() | ast.Name() | ast.Compare():
                self.leaves[ast.unparse(node), self.scene, hope] = None
                self._leaf(node, hope=hope)

    def _leaf(self, node: ast.expr, *, hope: bool) -> None:
        match node:
            case ast.Call(func=ast.Name(id=name)):
                self._call(name, [str(arg.value) for arg in node.args if isinstance(arg, ast.Constant)], hope=hope)
            case ast.Name(id=name):
                self._flag(name, hope=hope)
            case ast.Compare():
                self._compare(node, hope=hope)

    def _call(self, name: str, words: list[str], *, hope: bool) -> None:
        weight = _DO if hope else _SHUN
        layout, codes = self.fast.layout, self.fast.codes
        match name:
            case "kept" | "hidden" | "lost" if words[0] in layout.bit_of:
                bit = layout.bit_of[words[0]]
                self.weigh(None, codes.keep + bit, weight)
                self.weigh(None, codes.hide + bit, weight if name != "lost" else 1 / weight)
                self.weigh(None, codes.drop + bit, 1 / weight if name != "lost" else weight)
                self.go(self.story.index.fragments[words[0]])
            case "seen":
                if hope:
                    self.go(words[0])
                for scene, choice, code in self.choices():
                    if choice.to == words[0]:
                        self.weigh(scene, code, weight)
            case "chose":
                self.weigh(words[0], codes.choose[words[1]], weight)
                if hope:
                    self.go(words[0])
            case "gave":
                self._do([(scene, code) for scene, choice, code in self.choices() if words[0] in choice.give], weight)
            case "count":
                self._keep_more(words[0] if words else None, 4.0 if hope else 0.5)
            case "erased":
                self.weigh(None, codes.flee + layout.number[words[0]], 1.0 if hope else 4.0)

    def _flag(self, name: str, *, hope: bool) -> None:
        if name in self.story.header.variables:
            self._set(name, "true", _DO if hope else _SHUN)
            self._set(name, "false", _SHUN if hope else _DO)
        elif name == "hunted":
            self._louder(5.0 if hope else 0.1)
        elif name == "looking":
            self._keep_more(None, 4.0 if hope else 0.3)

    def _set(self, name: str, value: str, weight: float) -> None:
        self._do([(scene, code) for set_to, scene, code in self.ways.setting.get(name, ()) if set_to == value], weight)

    def _do(self, deeds: list[tuple[str, int]], weight: float) -> None:
        """Weigh some choices; if they are hoped for, go to where one of them is."""
        for scene, code in deeds:
            self.weigh(scene, code, weight)
        if deeds and weight > 1:
            self.go(deeds[int(self.rng.random() * len(deeds))][0])

    def _compare(self, node: ast.Compare, *, hope: bool) -> None:
        for sign, left, right in zip(node.ops, [node.left, *node.comparators], node.comparators, strict=False):
            match left, right:
                case ast.Name(id=name), ast.Constant(value=value):
                    self._number(name, sign, value, hope=hope)
                case ast.Constant(value=value), ast.Name(id=name):
                    self._number(name, _TURNED.get(type(sign), sign), value, hope=hope)
                case ast.Call(func=ast.Name(id="count"), args=args), ast.Constant(value=int(value)):
                    motif = str(args[0].value) if args and isinstance(args[0], ast.Constant) else None
                    more = isinstance(sign, ast.Gt | ast.GtE) or (isinstance(sign, ast.Eq) and value > 0)
                    self._keep_more(motif, 5.0 if more == hope else 0.2)

    def _number(self, name: str, sign: ast.cmpop, value: object, *, hope: bool) -> None:
        if isinstance(value, str):
            self._set(name, value, _DO if hope == isinstance(sign, ast.Eq) else _SHUN)
            return
        spec = self.story.header.variables.get(name)
        low = spec.start if isinstance(spec, Bounded) else 0
        more = isinstance(sign, ast.Gt | ast.GtE) or (isinstance(sign, ast.Eq) and isinstance(value, int) and value > low)
        weight = 5.0 if more == hope else 0.2
        match name:
            case "remaining" | "hands" | "dissonance":
                self._keep_more(None, weight)
            case "heat":
                self._louder(weight)
            case _:
                self._do([(scene, code) for scene, choice, code in self.choices() if choice.add.get(name, 0) > 0], weight)
                self._do([(scene, code) for scene, choice, code in self.choices() if choice.add.get(name, 0) < 0], 1 / weight)

    def _keep_more(self, motif: str | None, weight: float) -> None:
        layout, codes, story = self.fast.layout, self.fast.codes, self.story
        for fragment, bit in layout.bit_of.items():
            if motif is None or story.scenes[story.index.fragments[fragment]].fragments[fragment].motif == motif:
                self.weigh(None, codes.keep + bit, weight)
                self.weigh(None, codes.hide + bit, weight)
                self.weigh(None, codes.drop + bit, 1 / weight)

    def _louder(self, weight: float) -> None:
        for scene in self.story.position:
            self.weigh(None, self.fast.codes.flee + self.fast.layout.number[scene], weight)
        for scene, choice, code in self.choices():
            if choice.heat > 0:
                self.weigh(scene, code, weight)


_TURNED: dict[type[ast.cmpop], ast.cmpop] = {ast.Lt: ast.Gt(), ast.LtE: ast.GtE(), ast.Gt: ast.Lt(), ast.GtE: ast.LtE()}
