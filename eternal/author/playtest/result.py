"""What a play-test says, worked out from what was counted."""

from __future__ import annotations

from collections import Counter
from math import sqrt

from msgspec import Struct

from eternal.author.playtest.tally import Crash, Tally
from eternal.story.schema import blocks_of
from eternal.story.story import Story

__all__ = ["Heat", "Playtest", "Share", "Spread", "Unmet", "result_of", "wilson"]


class Share(Struct, frozen=True):
    """A share of the nights: how many, what part, and the interval that holds the true part 95 times in 100 (Wilson's)."""

    count: int
    share: float
    low: float
    high: float


class Spread(Struct, frozen=True):
    """How a length varies over nights: the mean, the tenth, the fiftieth and the ninetieth of a hundred, the extremes."""

    mean: float = 0.0
    least: int = 0
    p10: int = 0
    median: int = 0
    p90: int = 0
    most: int = 0


class Heat(Struct, frozen=True):
    """How often a scene is met: the share of nights, and the entries a night."""

    nights: float
    entries: float


class Unmet(Struct, frozen=True):
    """What no player met: scenes by id, choices as `scene/choice` (never offered), blocks as `scene#number`, fragments by id."""

    scenes: tuple[str, ...]
    choices: tuple[str, ...]
    blocks: tuple[str, ...]
    fragments: tuple[str, ...]


class Playtest(Struct, frozen=True, kw_only=True):
    """What a play-test found.

    Attributes:
        endings: share of the nights for each, in the order of the story; an ending that nobody reached has share 0.
        unfinished: nights given up after too many actions, by the scene they stood in.
        stuck: nights that stood where nothing was possible, by scene.
        untaken: choices that were offered and never taken, as `scene/choice`; `unkept`: fragments shown and never kept.
        beats, choices, words: how long a night is.
        decided: share of the sampled nights that were decided in a scene: from there on nobody who took over ended otherwise.
        decided_of: how many nights were sampled for it.
        scenes: the heat map, in the order of the story.
        crashes: what broke, each shrunk to its shortest.
    """

    story: str
    digest: str
    bot: str
    seed: int
    runs: int
    endings: dict[str, Share]
    unfinished: dict[str, int]
    stuck: dict[str, int]
    unmet: Unmet
    untaken: tuple[str, ...]
    unkept: tuple[str, ...]
    beats: Spread
    choices: Spread
    words: Spread
    decided: dict[str, float]
    decided_of: int
    scenes: dict[str, Heat]
    crashes: tuple[Crash, ...]

    @property
    def well(self) -> bool:
        """Whether nothing broke and nobody was stuck."""
        return not self.crashes and not self.stuck


def wilson(count: int, total: int) -> Share:
    """Return a share with its 95 % interval after Wilson, which stays honest near 0 and 1 and for few nights."""
    if not total:
        return Share(0, 0.0, 0.0, 1.0)
    z = 1.959963984540054
    share = count / total
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    reach = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return Share(count, share, max(0.0, middle - reach) if count else 0.0, min(1.0, middle + reach) if count < total else 1.0)


def _spread(numbers: list[int]) -> Spread:
    if not numbers:
        return Spread()
    ordered = sorted(numbers)
    at = {part: ordered[min(len(ordered) - 1, len(ordered) * part // 100)] for part in (10, 50, 90)}
    return Spread(sum(ordered) / len(ordered), ordered[0], at[10], at[50], at[90], ordered[-1])


def result_of(story: Story, tally: Tally, decided: list[str], *, bot: str, seed: int, crashes: tuple[Crash, ...]) -> Playtest:
    """Work a tally out."""
    return Playtest(
        story=story.id, digest=story.digest, bot=bot, seed=seed, runs=tally.nights,
        endings={ending: wilson(tally.endings[ending], tally.nights) for ending in endings_of(story)},
        unfinished=dict(tally.unfinished), stuck=dict(tally.stuck), unmet=_unmet(story, tally),
        untaken=tuple(f"{scene}/{choice}" for scene, choice in tally.offered if (scene, choice) not in tally.taken and choice != "drift"),
        unkept=tuple(fragment for fragment in tally.shown if fragment not in tally.kept),
        beats=_spread(tally.beats), choices=_spread(tally.choices), words=_spread(tally.words),
        decided={scene: count / len(decided) for scene, count in Counter(decided).most_common()}, decided_of=len(decided),
        scenes=_heat(story, tally), crashes=crashes,
    )  # fmt: skip


def endings_of(story: Story) -> list[str]:
    """Return the endings, those of the gallery first."""
    return list(dict.fromkeys([*story.header.endings, *(scene.id for scene in story.scenes.values() if scene.kind == "ending")]))


def _unmet(story: Story, tally: Tally) -> Unmet:
    scenes = story.scenes.values()
    choices = [(scene.id, choice.id) for scene in scenes for choice in scene.choices]
    blocks = [(scene.id, number) for scene in scenes for number, _ in enumerate(blocks_of(scene.text))]
    return Unmet(
        scenes=tuple(scene.id for scene in scenes if scene.id not in tally.entries),
        choices=tuple(f"{scene}/{choice}" for scene, choice in choices if (scene, choice) not in tally.offered),
        blocks=tuple(f"{scene}#{number}" for scene, number in blocks if (scene, number) not in tally.blocks),
        fragments=tuple(fragment for fragment in story.index.fragments if fragment not in tally.shown),
    )


def _heat(story: Story, tally: Tally) -> dict[str, Heat]:
    nights = max(1, tally.nights)
    return {scene: Heat(tally.met[scene] / nights, tally.entries[scene] / nights) for scene in story.scenes}
