"""What a face shows of a state: everything in it is plain text and numbers, nothing is looked up again."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b

from eternal.engine import choices, machine
from eternal.engine.conditions import on_map, percent
from eternal.engine.pages import (
    ChoiceView,
    FragmentView,
    HeldView,
    MachineView,
    MemoryView,
    Mood,
    Passage,
    Piece,
    RefugeView,
    Role,
    View,
    WayView,
)
from eternal.engine.parts import Body, Part, part
from eternal.engine.plans import Plan, plan_of
from eternal.engine.state import News, State, Value
from eternal.speech import _
from eternal.story import markup
from eternal.story.catalog import Catalog
from eternal.story.messages import answer_key, block_key, choice_key, fragment_key, scene_key
from eternal.story.schema import Block, Choice
from eternal.story.story import Story

__all__ = [
    "ChoiceView", "FragmentView", "HeldView", "MachineView", "MemoryView", "Mood", "Passage", "Piece", "RefugeView", "View",
    "WayView", "view",
]  # fmt: skip

#: So many pages of a scene are remembered.
_PAGES = 64
#: The hours that a night's beats are told as, in minutes after noon.
EVENING, MORNING = 11 * 60 + 40, 18 * 60


def view(story: Story, state: State, locale: str | None = None) -> View:
    """Return what a face shows of a state.

    Args:
        story: the story.
        state: where the night stands.
        locale: the language to say it in, if the story has a catalog of it (`story.catalogs`); by default the story's own.
    """
    plan, catalog = plan_of(story, state.scene), story.catalogs.get(locale) if locale else None
    if plan.varies or state.news or state.hidden or story.position:
        return _Teller(story, state, plan, catalog).page()
    # In a story without a night, where nothing in a page can differ, it is as it was put together before.
    key = (plan.asked(story, state), state.hands, locale if catalog is not None else None)
    page: View | None = plan.pages.get(key)
    if page is None:
        page = _Teller(story, state, plan, catalog).page()
        if len(plan.pages) < _PAGES:
            plan.pages[key] = page
    return page


class _Teller:
    """Says one state of a story in one language."""

    def __init__(self, story: Story, state: State, plan: Plan, catalog: Catalog | None) -> None:
        self.story = story
        self.state = state
        self.catalog = catalog
        self.scene = story.scenes[state.scene]
        self.plan = plan
        self.head = story.scenes[self.plan.head]

    def say(self, key: str, text: str) -> str:
        return self.catalog.say(key, text) if self.catalog is not None else text

    def prose(self, key: str, text: str) -> str:
        """Return what is read as paragraphs: the translation, unless it would break the page."""
        if self.catalog is None:
            return text
        said = self.say(key, text)
        return said if said is text or markup.links_of(said) == markup.links_of(text) else text

    def page(self) -> View:
        story, state, scene, head = self.story, self.state, self.scene, self.head
        body = self.body()
        over = scene.kind == "ending"
        begun = self.has_begun()
        return View(
            scene=scene.id,
            title=self.title(scene.id),
            kind=scene.kind,
            when=scene.when or head.when or "",
            hair=scene.hair or head.hair or "",
            integrity=percent(story, state, scene.id),
            passages=body.passages,
            choices=body.choices,
            fragments=tuple([self.fragment(name, body.words.get(name, "")) for name in choices.fragments_here(story, state)]),
            hands=tuple([self.held(name) for name in state.hands]) if state.hands else (),
            hidden=tuple([self.held(name, place) for name, place in state.hidden]) if state.hidden else (),
            carry=story.machine.carry if story.machine else len(story.index.fragments),
            room=max(0, choices.room_left(story, state)),
            ways=tuple(self.ways()) if state.turned else (),
            memories=tuple(self.memories()) if begun else (),
            refuges=tuple(self.refuges()) if story.index.refuges else (),
            machine=self.machine() if begun and not (state.beat and scene.kind in ("waking", "ending")) else None,
            news=state.news,
            over=over,
            poem=tuple(self.held(name).line for name in state.kept) if over else (),
        )

    def has_begun(self) -> bool:
        """Tell whether the machine has something to do with where Joel is: something is on the map."""
        return self.story.machine is not None and (self.state.beat > 0 or bool(self.state.given) or self.head.id in self.story.position)

    def title(self, scene: str) -> str:
        return self.filled(self.prose(scene_key(scene, "title"), self.story.scenes[scene].title))

    def filled(self, line: str) -> str:
        """Return a line with the values it shows between braces."""
        if "{" not in line:
            return line
        return markup.SHOWN.sub(lambda found: _shown(self.state.values[self.story.variables[found.group(1)]]), line)

    # The page -------------------------------------------------------------------------------------------------------

    def body(self) -> Body:
        told = [some for news in self.state.news if (some := self.told(news)) is not None]
        kept = frozenset(self.state.kept)
        parts = told + [
            self.rendered(self.text_of(number, block), "text", kept) for number, block in choices.blocks(self.story, self.state)
        ]
        words, left = _words_of(parts), self.beats_left()
        return Body(
            passages=tuple([passage for part in parts for passage in part.passages]),
            words=words,
            choices=tuple([self.choice(choice, words, left) for choice in choices.available(self.story, self.state)]),
        )

    def told(self, news: News) -> Part | None:
        """Return what the last action is answered with."""
        text: str | None = None
        role: Role = "answer"
        scenes = self.story.scenes
        if news.kind == "answer":
            choice = self.story.choice(news.scene, news.about)
            text = self.prose(answer_key(news.scene, news.about), choice.answer) if choice and choice.answer else None
        elif news.kind == "collapse":
            place = scenes[news.scene] if scenes[news.scene].collapse else scenes[news.about]
            text, role = self.prose(scene_key(place.id, "collapse"), place.collapse) if place.collapse else None, "collapse"
        elif news.kind == "refuses" and news.about == self.head.id:
            refuses = scenes[news.about].refuses
            text, role = self.prose(scene_key(news.about, "refuses"), refuses) if refuses else None, "refuses"
        return self.rendered(text, role, frozenset()) if text is not None else None

    def text_of(self, number: int, block: Block) -> str:
        """Return a block's text: of variants the one that seed, scene and visit choose, so that a replay reads the same."""
        state, scene = self.state, self.scene.id
        if block.text is not None:
            return self.prose(block_key(scene, number), block.text)
        key = f"{state.seed}/{scene}/{number}/{state.visits.get(scene, 0)}"
        variant = int.from_bytes(blake2b(key.encode(), digest_size=4).digest(), "big") % len(block.one_of)
        return self.prose(block_key(scene, number, variant), block.one_of[variant])

    def rendered(self, text: str, role: Role, kept: frozenset[str]) -> Part:
        values: tuple[tuple[str, str], ...] = ()
        if "{" in text:
            state, places = self.state.values, self.story.variables
            values = tuple((name, _shown(state[places[name]])) for name in markup.SHOWN.findall(text))
        return part(text, role, kept if "](keep:" in text else frozenset(), values)

    def choice(self, choice: Choice, words: dict[str, str], left: int) -> ChoiceView:
        beats = choices.beats_of(self.story, self.state, choice)
        return ChoiceView(choice.id, self.label(choice), beats, choice.heat, 0 < left <= beats, choice.id in words)

    def label(self, choice: Choice) -> str:
        """Return what stands on a choice; on the one that drifts, the engine's own words and not the story's."""
        if choice is choices.DRIFT:
            return _(choice.text)
        return self.filled(self.prose(choice_key(self.scene.id, choice.id), choice.text))

    def beats_left(self) -> int:
        """Return how many beats the place Joel stands in has left, if the machine is at work there; else 0."""
        here = self.story.position.get(self.head.id)
        if here is None or self.story.machine is None or machine.target(self.story, self.state) != self.head.id:
            return 0
        return -(-self.state.strength[here] // machine.rate(self.story, self.state))

    def fragment(self, name: str, words: str) -> FragmentView:
        spec = self.story.scenes[self.story.index.fragments[name]].fragments[name]
        return FragmentView(name, words, spec.motif, self.say(fragment_key(name), spec.line))

    def held(self, name: str, place: str = "") -> HeldView:
        spec = self.story.scenes[self.story.index.fragments[name]].fragments[name]
        return HeldView(name, spec.motif, self.say(fragment_key(name), spec.line), self.title(place) if place else "")

    # Around the page ------------------------------------------------------------------------------------------------

    def ways(self) -> Iterator[WayView]:
        rules = self.story.machine
        if rules is None:
            return
        ends = 0 < self.beats_left() <= rules.flee.beats
        for way in choices.ways(self.story, self.state):
            yield WayView(
                scene=way.scene,
                title=self.title(way.scene),
                kind=self.story.scenes[way.scene].kind,
                motif=way.motif,
                words=self.say(f"motif:{way.motif}", self.story.motifs[way.motif]),
                beats=rules.flee.beats,
                heat=rules.flee.heat,
                integrity=percent(self.story, self.state, way.scene),
                ends=ends,
            )

    def memories(self) -> Iterator[MemoryView]:
        story, state = self.story, self.state
        goal, kept = machine.target(story, state), set(state.kept)
        for name in story.index.memories:
            scene = story.scenes[name]
            yield MemoryView(
                id=name,
                title=self.title(name),
                when=scene.when or "",
                hair=scene.hair or "",
                integrity=percent(story, state, name),
                on_map=on_map(story, state, name),
                here=name == self.head.id,
                target=name == goal,
                motifs=scene.motifs,
                kept=len(kept.intersection(story.fragments_of.get(name, ()))),
            )

    def refuges(self) -> Iterator[RefugeView]:
        story, state = self.story, self.state
        for name in story.index.refuges:
            if not state.visits.get(name):
                continue
            hidden = tuple(fragment for fragment, where in state.hidden if where == name)
            yield RefugeView(
                id=name,
                title=self.title(name),
                integrity=percent(story, state, name),
                exposed=name in state.exposed,
                here=name == self.head.id,
                room=story.scenes[name].capacity - len(hidden),
                hidden=hidden,
                motifs=story.scenes[name].motifs,
            )

    def machine(self) -> MachineView | None:
        story, state, rules = self.story, self.state, self.story.machine
        if rules is None:
            return None
        goal = machine.target(story, state)
        lit = [memory for memory in story.index.memories if on_map(story, state, memory)]
        gone = sum(machine.is_erased(story, state, memory) for memory in lit)
        left = state.strength[story.position[goal]] if goal else 0
        mood = self.mood()
        status = story.scenes[goal].status if goal else None
        return MachineView(
            hour=hour(state.beat, rules.dawn),
            beat=state.beat,
            dawn=rules.dawn,
            target=goal or "",
            title=self.title(goal) if goal else "",
            number=min(gone + 1, len(lit)),
            total=len(lit),
            integrity=percent(story, state, goal) if goal else 0,
            beats_left=-(-left // machine.rate(story, state)),
            mood=mood,
            words=self.say(f"voice:{mood}", getattr(rules.voice, mood)),
            status=self.say(scene_key(goal, "status"), status) if goal and status else "",
        )

    def mood(self) -> Mood:
        """Say how the subject is: by the alarm, by where he is, by how loudly he runs."""
        state, rules = self.state, self.story.machine
        if state.hunted:
            return "howard"
        loud = rules.hunt.at if rules and rules.hunt else 8
        if self.scene.kind == "refuge" or state.heat * 3 >= loud * 2:
            return "lost"
        return "restless" if state.heat else "calm"


def _shown(value: Value) -> str:
    return (_("yes") if value else _("no")) if isinstance(value, bool) else str(value)


def _words_of(parts: list[Part]) -> dict[str, str]:
    """Return the words of every link on the page, by the fragment or choice it leads to."""
    words: dict[str, str] = {}
    for some in parts:
        for name, text in some.links:
            words[name] = words.get(name, "") + text
    return words


def hour(beat: int, dawn: int) -> str:
    """Return the hour that a beat is told as: 23:40 at the first, 06:00 at dawn."""
    minutes = EVENING + (MORNING - EVENING) * min(beat, dawn) // dawn
    return f"{(minutes // 60 + 12) % 24:02}:{minutes % 60:02}"
