"""What a face shows of a state: everything in it is plain text and numbers, nothing is looked up again."""

from __future__ import annotations

from hashlib import blake2b

from eternal.engine import choices, margin
from eternal.engine.conditions import percent
from eternal.engine.pages import ChoiceView, FragmentView, Passage, Piece, Role, View
from eternal.engine.parts import Body, Part, part
from eternal.engine.plans import plan_of
from eternal.engine.state import News, State
from eternal.engine.teller import Teller, shown
from eternal.speech import _
from eternal.story import markup
from eternal.story.messages import answer_key, block_key, choice_key, fragment_key, scene_key
from eternal.story.schema import Block, Choice
from eternal.story.story import Story

__all__ = ["View", "view"]

#: So many pages of a scene are remembered.
_PAGES = 64
_NO_WAYS: frozenset[str] = frozenset()


def view(story: Story, state: State, locale: str | None = None) -> View:
    """Return what a face shows of a state.

    Args:
        story: the story.
        state: where the night stands.
        locale: the language to say it in, if the story has a catalog of it (`story.catalogs`); by default the story's own.
    """
    plan, catalog = plan_of(story, state.scene), story.catalogs.get(locale) if locale else None
    if plan.varies or state.news or state.hidden or story.position:
        return _page(Teller(story, state, plan, catalog))
    # In a story without a night, where nothing in a page can differ, it is as it was put together before.
    key = (plan.asked(story, state), state.hands, locale if catalog is not None else None)
    page: View | None = plan.pages.get(key)
    if page is None:
        page = _page(Teller(story, state, plan, catalog))
        if len(plan.pages) < _PAGES:
            plan.pages[key] = page
    return page


def _page(t: Teller) -> View:
    story, state, scene, head = t.story, t.state, t.scene, t.head
    body = _body(t)
    over = scene.kind == "ending"
    begun = margin.has_begun(t)
    return View(
        scene=scene.id,
        title=t.title(scene.id),
        kind=scene.kind,
        when=scene.when or head.when or "",
        hair=scene.hair or head.hair or "",
        integrity=percent(story, state, scene.id),
        passages=body.passages,
        choices=body.choices,
        fragments=tuple([_fragment(t, name, body.words.get(name, "")) for name in choices.fragments_here(story, state)]),
        hands=tuple([t.held(name) for name in state.hands]) if state.hands else (),
        hidden=tuple([t.held(name, place) for name, place in state.hidden]) if state.hidden else (),
        carry=story.machine.carry if story.machine else len(story.index.fragments),
        room=max(0, choices.room_left(story, state)),
        ways=tuple(margin.ways(t)) if state.turned else (),
        memories=tuple(margin.memories(t)) if begun else (),
        refuges=tuple(margin.refuges(t)) if story.index.refuges else (),
        machine=margin.machine_side(t) if begun and not (state.beat and scene.kind in ("waking", "ending")) else None,
        news=state.news,
        over=over,
        poem=tuple(t.held(name).line for name in state.kept) if over else (),
    )


def _body(t: Teller) -> Body:
    told = [some for news in t.state.news if (some := _told(t, news)) is not None]
    kept, offered = frozenset(t.state.kept), choices.available(t.story, t.state)
    parts = told + [_rendered(t, _text_of(t, number, block), "text", kept, offered) for number, block in choices.blocks(t.story, t.state)]
    words, left = _words_of(parts), margin.beats_left(t)
    return Body(
        passages=tuple([passage for part in parts for passage in part.passages]),
        words=words,
        choices=tuple([_choice(t, choice, words, left) for choice in offered]),
    )


def _told(t: Teller, news: News) -> Part | None:
    """Return what the last action is answered with."""
    text: str | None = None
    role: Role = "answer"
    scenes = t.story.scenes
    if news.kind == "answer":
        choice = t.story.choice(news.scene, news.about)
        text = t.prose(answer_key(news.scene, news.about), choice.answer) if choice and choice.answer else None
    elif news.kind == "collapse":
        place = scenes[news.scene] if scenes[news.scene].collapse else scenes[news.about]
        text, role = t.prose(scene_key(place.id, "collapse"), place.collapse) if place.collapse else None, "collapse"
    elif news.kind == "refuses" and news.about == t.head.id:
        refuses = scenes[news.about].refuses
        text, role = t.prose(scene_key(news.about, "refuses"), refuses) if refuses else None, "refuses"
    elif news.kind in ("outside", "back"):
        return _signpost(news)
    return _rendered(t, text, role, frozenset(), ()) if text is not None else None


def _signpost(news: News) -> Part:
    """Return the line between what ended on the page before and what begins elsewhere, both under the heading of where one is now."""
    words = _("outside, meanwhile") if news.kind == "outside" else _("asleep again")
    return Part((Passage((Piece(words, em=True),), "answer"),), ())


def _text_of(t: Teller, number: int, block: Block) -> str:
    """Return a block's text: of variants the one that seed, scene and visit choose, so that a replay reads the same."""
    state, scene = t.state, t.scene.id
    if block.text is not None:
        return t.prose(block_key(scene, number), block.text)
    key = f"{state.seed}/{scene}/{number}/{state.visits.get(scene, 0)}"
    variant = int.from_bytes(blake2b(key.encode(), digest_size=4).digest(), "big") % len(block.one_of)
    return t.prose(block_key(scene, number, variant), block.one_of[variant])


def _rendered(t: Teller, text: str, role: Role, kept: frozenset[str], offered: tuple[Choice, ...]) -> Part:
    values: tuple[tuple[str, str], ...] = ()
    if "{" in text:
        state, places = t.state.values, t.story.variables
        values = tuple((name, shown(state[places[name]])) for name in markup.SHOWN.findall(text))
    ways = frozenset([choice.id for choice in offered]) if "](choose:" in text else _NO_WAYS
    return part(text, role, kept if "](keep:" in text else frozenset(), ways, values)


def _choice(t: Teller, choice: Choice, words: dict[str, str], left: int) -> ChoiceView:
    beats = choices.beats_of(t.story, t.state, choice)
    ends, brings = 0 < left <= beats, margin.brings(t, choice.heat)
    return ChoiceView(choice.id, _label(t, choice), beats, choice.heat, ends, choice.id in words, brings)


def _label(t: Teller, choice: Choice) -> str:
    """Return what stands on a choice; on the one that drifts, the engine's own words and not the story's."""
    if choice is choices.DRIFT:
        return _(choice.text)
    return t.filled(t.prose(choice_key(t.scene.id, choice.id), choice.text))


def _fragment(t: Teller, name: str, words: str) -> FragmentView:
    spec = t.story.scenes[t.story.index.fragments[name]].fragments[name]
    return FragmentView(name, words, spec.motif, t.say(fragment_key(name), spec.line))


def _words_of(parts: list[Part]) -> dict[str, str]:
    """Return the words of every link on the page, by the fragment or choice it leads to."""
    words: dict[str, str] = {}
    for some in parts:
        for name, text in some.links:
            words[name] = words.get(name, "") + text
    return words
