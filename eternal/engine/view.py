"""What a face shows of a state: everything in it is plain text and numbers, nothing is looked up again."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from typing import Literal

from msgspec import Struct

from eternal.engine import choices, machine
from eternal.engine.conditions import on_map, percent
from eternal.engine.state import News, State, Value
from eternal.story import markup
from eternal.story.schema import Block, Choice
from eternal.story.story import Story

__all__ = [
    "ChoiceView", "FragmentView", "HeldView", "MachineView", "MemoryView", "Mood", "Passage", "Piece", "RefugeView", "View",
    "WayView", "view",
]  # fmt: skip

Role = Literal["text", "answer", "collapse", "refuses"]
#: How loudly the subject runs, in the machine's words.
Mood = Literal["calm", "restless", "lost", "howard"]

#: The hours that a night's beats are told as, in minutes after noon.
EVENING, MORNING = 11 * 60 + 40, 18 * 60


class Piece(Struct, frozen=True, gc=False):
    """A stretch of words in one style; `fragment` and `choice` say what they are a link to, `lit` that Joel has them."""

    text: str
    em: bool = False
    strong: bool = False
    fragment: str = ""
    choice: str = ""
    lit: bool = False


class Passage(Struct, frozen=True, gc=False):
    """A paragraph to read. `item` marks a line of dialogue in a list; `role` what the words are."""

    pieces: tuple[Piece, ...]
    role: Role = "text"
    item: bool = False

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(piece.text for piece in self.pieces)


class ChoiceView(Struct, frozen=True, gc=False):
    """A choice and what it costs: beats, heat, and whether the memory Joel stands in will be gone before it is done."""

    id: str
    text: str
    beats: int = 0
    heat: int = 0
    ends: bool = False
    inline: bool = False


class FragmentView(Struct, frozen=True, gc=False):
    """Words on the page that can be kept now."""

    id: str
    words: str
    motif: str
    line: str


class HeldView(Struct, frozen=True, gc=False):
    """A fragment that Joel has; `place` is the title of where it is hidden, or empty while it is in his hands."""

    id: str
    motif: str
    line: str
    place: str = ""


class WayView(Struct, frozen=True, gc=False):
    """A way of flight."""

    scene: str
    title: str
    kind: str
    motif: str
    words: str
    beats: int
    heat: int
    integrity: int


class MemoryView(Struct, frozen=True, gc=False):
    """A memory on the player's map. `integrity` is a percentage; `motifs` are what ways lead along."""

    id: str
    title: str
    when: str
    hair: str
    integrity: int
    on_map: bool
    here: bool
    target: bool
    motifs: tuple[str, ...]
    kept: int

    @property
    def erased(self) -> bool:
        """Whether it is gone."""
        return self.integrity == 0


class RefugeView(Struct, frozen=True, gc=False):
    """A refuge that Joel has found."""

    id: str
    title: str
    integrity: int
    exposed: bool
    here: bool
    room: int
    hidden: tuple[str, ...]
    motifs: tuple[str, ...]

    @property
    def erased(self) -> bool:
        """Whether it is gone."""
        return self.integrity == 0


class MachineView(Struct, frozen=True, gc=False):
    """The machine's side: the hour (`23:40`), its target, which of how many, and how many beats until that is gone."""

    hour: str
    beat: int
    dawn: int
    target: str
    title: str
    number: int
    total: int
    integrity: int
    beats_left: int
    mood: Mood
    words: str
    status: str


class View(Struct, frozen=True, kw_only=True, gc=False):
    """One page of the night.

    Attributes:
        fragments: what can be kept from the page; `hands`: what is held (at most `carry`); `hidden`: what is safe.
        room: how many fragments can still be hidden here.
        machine: its side of the night; None in a story without one, and until the night begins.
        poem: on the last page, the lines that the kept words make.
    """

    scene: str
    title: str
    kind: str
    when: str
    hair: str
    integrity: int
    passages: tuple[Passage, ...]
    choices: tuple[ChoiceView, ...]
    fragments: tuple[FragmentView, ...]
    hands: tuple[HeldView, ...]
    hidden: tuple[HeldView, ...]
    carry: int
    room: int
    ways: tuple[WayView, ...]
    memories: tuple[MemoryView, ...]
    refuges: tuple[RefugeView, ...]
    machine: MachineView | None
    news: tuple[News, ...]
    over: bool
    poem: tuple[str, ...]


def view(story: Story, state: State) -> View:
    """Return what a face shows of a state."""
    scene = story.scenes[state.scene]
    head = story.scenes[story.head(state.scene)]
    passages = tuple(_passages(story, state))
    words = _link_words(passages)
    over = scene.kind == "ending"
    return View(
        scene=scene.id,
        title=scene.title,
        kind=scene.kind,
        when=scene.when or head.when or "",
        hair=scene.hair or head.hair or "",
        integrity=percent(story, state, scene.id),
        passages=passages,
        choices=tuple(_choice(story, state, choice, words) for choice in choices.available(story, state)),
        fragments=tuple(_fragment(story, name, words.get(name, "")) for name in choices.fragments_here(story, state)),
        hands=tuple(_held(story, name) for name in state.hands),
        hidden=tuple(_held(story, name, story.scenes[place].title) for name, place in state.hidden),
        carry=story.machine.carry if story.machine else len(story.index.fragments),
        room=max(0, choices.room_left(story, state)),
        ways=tuple(_ways(story, state)),
        memories=tuple(_memories(story, state)) if _night(story, state) else (),
        refuges=tuple(_refuges(story, state)),
        machine=_machine(story, state) if _night(story, state) else None,
        news=state.news,
        over=over,
        poem=tuple(_held(story, name).line for name in state.kept) if over else (),
    )


def _night(story: Story, state: State) -> bool:
    """Tell whether the machine has something to do with where Joel is: something is on the map."""
    return story.machine is not None and (state.beat > 0 or bool(state.given) or story.head(state.scene) in story.position)


# The page -----------------------------------------------------------------------------------------------------------


def _passages(story: Story, state: State) -> Iterator[Passage]:
    for news in state.news:
        yield from _news_passages(story, state, news)
    kept = frozenset(state.kept)
    for number, block in choices.blocks(story, state):
        yield from _rendered(story, state, _text_of(state, number, block), "text", kept)


def _news_passages(story: Story, state: State, news: News) -> Iterator[Passage]:
    """Yield what the last action is answered with."""
    text: str | None = None
    role: Role = "answer"
    if news.kind == "answer":
        choice = story.choice(news.scene, news.about)
        text = choice.answer if choice else None
    elif news.kind == "collapse":
        text, role = story.scenes[news.scene].collapse or story.scenes[news.about].collapse, "collapse"
    elif news.kind == "refuses" and news.about == story.head(state.scene):
        text, role = story.scenes[news.about].refuses, "refuses"
    if text is not None:
        yield from _rendered(story, state, text, role, frozenset())


def _text_of(state: State, number: int, block: Block) -> str:
    """Return a block's text: of variants the one that seed, scene and visit choose, so that a replay reads the same."""
    if block.text is not None:
        return block.text
    key = f"{state.seed}/{state.scene}/{number}/{state.visits.get(state.scene, 0)}"
    return block.one_of[int.from_bytes(blake2b(key.encode(), digest_size=4).digest(), "big") % len(block.one_of)]


def _rendered(story: Story, state: State, text: str, role: Role, kept: frozenset[str]) -> Iterator[Passage]:
    for paragraph in markup.paragraphs(text):
        pieces = tuple(
            Piece(
                text=_shown(state.values[story.variables[run.show]]) if run.show else run.text,
                em=run.em,
                strong=run.strong,
                fragment=run.keep,
                choice=run.choose,
                lit=run.keep in kept,
            )
            for run in paragraph.runs
        )
        yield Passage(pieces, role, paragraph.item)


def _shown(value: Value) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _link_words(passages: tuple[Passage, ...]) -> dict[str, str]:
    """Return the words of every link on the page, by the fragment or choice it leads to."""
    words: dict[str, str] = {}
    for passage in passages:
        for piece in passage.pieces:
            name = piece.fragment or piece.choice
            if name:
                words[name] = words.get(name, "") + piece.text
    return words


def _choice(story: Story, state: State, choice: Choice, words: dict[str, str]) -> ChoiceView:
    beats = choices.beats_of(story, state, choice)
    return ChoiceView(choice.id, choice.text, beats, choice.heat, _ends(story, state, beats), choice.id in words)


def _ends(story: Story, state: State, beats: int) -> bool:
    """Tell whether the place Joel stands in will be gone before so many beats are spent."""
    here = story.position.get(story.head(state.scene))
    if here is None or not beats or machine.target(story, state) != story.head(state.scene):
        return False
    return state.strength[here] <= beats * machine.rate(story, state)


def _fragment(story: Story, name: str, words: str) -> FragmentView:
    spec = story.scenes[story.index.fragments[name]].fragments[name]
    return FragmentView(name, words, spec.motif, spec.line)


def _held(story: Story, name: str, place: str = "") -> HeldView:
    spec = story.scenes[story.index.fragments[name]].fragments[name]
    return HeldView(name, spec.motif, spec.line, place)


# Around the page ----------------------------------------------------------------------------------------------------


def _ways(story: Story, state: State) -> Iterator[WayView]:
    rules = story.machine
    if rules is None:
        return
    for way in choices.ways(story, state):
        scene = story.scenes[way.scene]
        yield WayView(
            way.scene, scene.title, scene.kind, way.motif, story.motifs[way.motif],
            rules.flee.beats, rules.flee.heat, percent(story, state, way.scene),
        )  # fmt: skip


def _memories(story: Story, state: State) -> Iterator[MemoryView]:
    here, goal = story.head(state.scene), machine.target(story, state)
    kept = set(state.kept)
    for name in story.index.memories:
        scene = story.scenes[name]
        yield MemoryView(
            id=name, title=scene.title, when=scene.when or "", hair=scene.hair or "", integrity=percent(story, state, name),
            on_map=on_map(story, state, name), here=name == here, target=name == goal, motifs=scene.motifs,
            kept=len(kept.intersection(story.fragments_of.get(name, ()))),
        )  # fmt: skip


def _refuges(story: Story, state: State) -> Iterator[RefugeView]:
    here = story.head(state.scene)
    for name in story.index.refuges:
        if not state.visits.get(name):
            continue
        scene = story.scenes[name]
        hidden = tuple(fragment for fragment, where in state.hidden if where == name)
        yield RefugeView(
            id=name, title=scene.title, integrity=percent(story, state, name), exposed=name in state.exposed, here=name == here,
            room=scene.capacity - len(hidden), hidden=hidden, motifs=scene.motifs,
        )  # fmt: skip


def _machine(story: Story, state: State) -> MachineView | None:
    rules = story.machine
    if rules is None:
        return None
    goal = machine.target(story, state)
    lit = [memory for memory in story.index.memories if on_map(story, state, memory)]
    gone = sum(machine.is_erased(story, state, memory) for memory in lit)
    left = state.strength[story.position[goal]] if goal else 0
    mood = _mood(story, state)
    return MachineView(
        hour=hour(state.beat, rules.dawn), beat=state.beat, dawn=rules.dawn,
        target=goal or "", title=story.scenes[goal].title if goal else "", number=min(gone + 1, len(lit)), total=len(lit),
        integrity=percent(story, state, goal) if goal else 0, beats_left=-(-left // machine.rate(story, state)), mood=mood,
        words=getattr(rules.voice, mood), status=(story.scenes[goal].status or "") if goal else "",
    )  # fmt: skip


def _mood(story: Story, state: State) -> Mood:
    rules = story.machine
    if state.hunted:
        return "howard"
    loud = rules.hunt.at if rules and rules.hunt else 8
    if story.scenes[state.scene].kind == "refuge" or state.heat * 3 >= loud * 2:
        return "lost"
    return "restless" if state.heat else "calm"


def hour(beat: int, dawn: int) -> str:
    """Return the hour that a beat is told as: 23:40 at the first, 06:00 at dawn."""
    minutes = EVENING + (MORNING - EVENING) * min(beat, dawn) // dawn
    return f"{(minutes // 60 + 12) % 24:02}:{minutes % 60:02}"
