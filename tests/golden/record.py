"""Record the golden journals of the present format, once: a folder that is there is never written again."""

from __future__ import annotations

import random
import sys
from hashlib import blake2b
from pathlib import Path

from eternal.engine.actions import Choose, Drop, Flee, Hide, Keep, Rewind
from eternal.engine.game import Game
from eternal.saves.format import FORMAT, SaveHeader, encode_header, encode_record
from eternal.saves.save import records_of
from eternal.story.load import load

HERE = Path(__file__).parent
CREATED = "2004-02-18T22:30:00Z"


def journal(game: Game, locale: str = "en") -> bytes:
    """Return a night as the bytes of its save."""
    header = SaveHeader(
        story=game.story.id, version=game.story.header.version, digest=game.story.digest, seed=game.seed, locale=locale, past=game.past,
        created=CREATED,
    )  # fmt: skip
    return encode_header(header) + b"".join(map(encode_record, records_of(game)))


def journals() -> dict[str, bytes]:
    """Return the journals by name: each action, whole nights, rewinds, a past, the largest seed, a torn end."""
    night, cloak = load(HERE / "packs" / "night", cached=False), load(HERE / "packs" / "cloak", cached=False)
    each = Game(night, seed=2**53, past=("nothing", "something"))
    for action in (Choose("all"), Keep("star"), Choose("wake"), Flee("yard"), Hide("star"), Keep("breath"), Drop("breath"), Rewind(5)):
        each.act(action)
    found = {"each-action": journal(each, "vi"), "torn": journal(each)[:-30], "begun": journal(Game(night))}
    for name, story, seed in (("night-whole", night, 5), ("night-again", night, 6), ("cloak-whole", cloak, 1)):
        game, chance = Game(story, seed=seed), random.Random(seed)
        while not game.is_over:
            if len(game.path()) > 2 and chance.random() < 0.1:
                game.rewind(chance.choice(game.path()[:-1]))
            else:
                game.act(chance.choice(game.possible()))
        found[name] = journal(game)
    return found


def main() -> int:
    """Write the folder, and what it holds into `SUMS`."""
    folder = HERE / f"format-{FORMAT}"
    if folder.exists():
        print(f"{folder} is there; golden journals are recorded once", file=sys.stderr)
        return 1
    folder.mkdir()
    lines = []
    for name, data in sorted(journals().items()):
        (folder / f"{name}.eternal").write_bytes(data)
        lines.append(f"{blake2b(data, digest_size=16).hexdigest()}  format-{FORMAT}/{name}.eternal\n")
    with (HERE / "SUMS").open("a", encoding="utf-8") as sums:
        sums.writelines(lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
