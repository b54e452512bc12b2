"""Record `saves/` anew: one night for each ending of the shipped story, played by tempers in turn (`make saves`)."""

from __future__ import annotations

import itertools
from collections import Counter
from random import Random

from eternal.author.playtest.seat import Deed, Player, Seat
from eternal.author.playtest.tempers import TEMPERS
from eternal.engine.game import Game
from eternal.saves.format import SaveHeader, encode_header, encode_record
from eternal.saves.save import records_of
from eternal.story.load import SHIPPED, load
from eternal.story.story import Story

#: Who plays, in turn; each ending is recorded from the first night of the first of them that reaches it.
PLAYERS = ("greedy", "careful", "random", "fresh", "hasty")
NIGHTS = 4_000
CREATED = "2004-02-18T22:30:00Z"


def night(story: Story, player: Player, seed: int) -> Game:
    """Play one night of a temper to its end."""
    game, chance, tonight = Game(story, seed=seed), Random(seed), Counter[Deed]()
    ever: Counter[Deed] = Counter()
    while not game.is_over and len(game.actions) < 1_500:
        action = player(Seat(story, game.state, game.possible(), chance, tonight, ever))
        tonight[game.state.scene, action] += 1
        game.act(action)
    return game


def main() -> None:
    """Write a save for every ending, with as many different tempers as there are."""
    story, folder = load(SHIPPED, cached=False), SHIPPED.parent / "saves"
    for old in folder.glob("*.eternal"):
        old.unlink()
    found: dict[str, str] = {}
    for seed, name in itertools.product(range(NIGHTS), PLAYERS):
        if len(found) == len(story.header.endings):
            break
        if list(found.values()).count(name) >= 3:
            continue
        game = night(story, TEMPERS[name], seed)
        ending = game.state.scene
        if game.is_over and ending not in found:
            found[ending] = name
            header = SaveHeader(story=story.id, version=story.header.version, digest=story.digest, seed=seed, created=CREATED)
            (folder / f"{ending}.eternal").write_bytes(encode_header(header) + b"".join(map(encode_record, records_of(game))))
            print(f"{ending}: {name}, seed {seed}, {len(game.actions)} actions")
    missing = set(story.header.endings) - set(found)
    if missing:
        raise SystemExit(f"no night found for {', '.join(sorted(missing))}")


if __name__ == "__main__":
    main()
