"""`eternal prove` as an author uses it: exit codes, JSON, saves of findings that the game opens at the moment they show."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from eternal.author.prove import Status, prove
from eternal.author.prove.local import argued
from eternal.author.prove.possible import Possible
from eternal.cli.prove import words_of
from eternal.story.claims import read_claim
from eternal.story.story import Story
from tests.author.desk import eternal
from tests.conftest import PACKS

SAVES = Path(__file__).parents[2] / "saves"
FAULTY = PACKS / "faults" / "nothing-left-to-do" / "faulty"


def process(*words: object) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own, whose streams may come to harm."""
    command = [sys.executable, "-m", "eternal", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


class TestExitCodes:
    """0 when nothing is refuted, 1 when something is."""

    def test_nothing_refuted(self, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
        """Cloak is clean."""
        said = eternal(capfdbinary, "prove", PACKS / "cloak")
        assert said.code == 0
        assert "refuted" not in said.out

    def test_something_refuted(self, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
        """A faulty story is said to be so first of all, and the command returns 1."""
        said = eternal(capfdbinary, "prove", FAULTY)
        assert said.code == 1
        assert said.out.startswith("refuted  always-an-ending corridor-story")

    def test_something_open(self, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
        """What is open is no fault, but for whoever asks for everything to be settled."""
        pack = PACKS / "faults" / "fragment-lost-first" / "faulty"
        assert eternal(capfdbinary, "prove", pack, "--states", 2).code == 0
        assert eternal(capfdbinary, "prove", pack, "--states", 2, "--settled").code == 1
        assert eternal(capfdbinary, "prove", PACKS / "cloak", "--settled").code == 0

    def test_reader_who_has_enough(self) -> None:
        """Whoever reads no further than the first line, or nothing, gets the same exit code as who reads to the end."""
        for words in (["prove", str(FAULTY)], ["playtest", str(FAULTY), "--runs", "40"]):
            told = subprocess.Popen([sys.executable, "-m", "eternal", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            assert told.stdout is not None
            told.stdout.close()
            assert told.wait(timeout=60) == 1
            assert told.stderr is not None
            assert told.stderr.read() == b""
            told.stderr.close()

    def test_new_pack_is_clean(self, capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
        """What `eternal new` writes has nothing refuted and nothing open: no false alarm."""
        assert eternal(capfdbinary, "new", tmp_path / "mine").code == 0
        said = eternal(capfdbinary, "prove", tmp_path / "mine", "--json")
        assert said.code == 0
        assert {claim["verdict"] for claim in json.loads(said.out)["claims"]} == {"proved", "witnessed"}


class TestWitnesses:
    """`--witness DIR`: an ordinary save for every finding that a night can show."""

    def test_every_finding_has_one(self, capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
        """What is witnessed and what is refuted has a save, which `eternal replay --verify` accepts."""
        said = eternal(capfdbinary, "prove", FAULTY, "--json", "--witness", tmp_path / "w")
        plain = json.loads(said.out)
        assert set(plain) >= {"states", "exhausted", "claims"}
        for claim in plain["claims"]:
            assert (claim["witness"] is not None) == (claim["verdict"] in ("witnessed", "refuted"))
            if claim["witness"] is not None:
                assert eternal(capfdbinary, "replay", claim["witness"], "--pack", FAULTY, "--verify").code == 0

    def test_folder_that_cannot_be_made(self, tmp_path: Path) -> None:
        """A folder that cannot be is told in one line before the work, not after it."""
        (tmp_path / "file").write_text("words")
        said = process("prove", FAULTY, "--witness", tmp_path / "file" / "w")
        assert said.returncode == 1
        assert not said.stdout
        assert said.stderr.count("\n") == 1

    def test_folder_that_takes_no_more(self, tmp_path: Path) -> None:
        """Where a save cannot be written the proof is printed all the same, with the saves that are there, and then what failed."""
        (tmp_path / "0004-scene-corridor.eternal").mkdir()
        said = process("prove", FAULTY, "--json", "--witness", tmp_path)
        written = [claim["witness"] for claim in json.loads(said.stdout)["claims"] if claim["witness"] is not None]
        assert said.returncode == 1
        assert written == sorted(str(path) for path in tmp_path.iterdir() if path.is_file())
        assert len(written) == 3
        assert "0004-scene-corridor.eternal" in said.stderr

    def test_opens_at_the_bad_moment(self, capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
        """The game goes on with a witness where the fault is: before two doors that have both been tried."""
        eternal(capfdbinary, "prove", FAULTY, "--witness", tmp_path / "w")
        (save,) = (tmp_path / "w").glob("*-way-on-corridor.eternal")
        command = [sys.executable, "-m", "eternal", "play", str(FAULTY), "--plain", "--save", str(save)]
        game = subprocess.run(command, input="quit\n", capture_output=True, text=True, check=True, timeout=60)
        assert "Two doors." in game.stdout
        assert "no way on from here" in game.stdout


class TestProgress:
    """What a terminal shows while it works."""

    def test_names_what_it_counts(self) -> None:
        """States while it explores, with those still to be looked beyond; steps while it searches: each with its own speed."""
        status = Status(stage="exploring", states=5_000, frontier=700, budget=9_000, found=3, wanted=8, speed=2_500.0, seconds=4.0)
        assert words_of(status) == "exploring: 3/8 settled · 5,000 states · 2,500/s · frontier 700 · 4 s"
        searching = replace(status, stage="searching", frontier=0)
        assert words_of(searching) == "searching: 3/8 settled · 5,000 steps · 2,500/s · 4 s"
        assert words_of(replace(searching, stage="tracing")) == "tracing: 3/8 settled · 5,000 states · 4 s"

    def test_speed_is_of_the_stage(self, night: Story) -> None:
        """What exploring took makes searching no slower."""
        told: list[Status] = []
        prove(night, states=8_000, progress=told.append)
        first = next(status for status in told if status.stage == "searching")
        assert first.speed > first.states / first.seconds


class TestShipped:
    """The story that comes with the game."""

    def test_is_settled(self, shipped: Story) -> None:
        """All that it claims is settled: nothing refuted, nothing open, and every recorded night ends where its name says."""
        proof = prove(shipped, states=200_000, saves=SAVES)
        assert not proof.refuted
        assert not proof.open
        assert sum(finding.claim == "save" for finding in proof.findings) == sum(finding.claim == "ending" for finding in proof.findings)

    def test_no_argument_is_against_it(self, shipped: Story) -> None:
        """Every scene leads on towards an ending, what its author says never happens is proved not to, and no scene is out of reach."""
        never = [("claim", text) for text in shipped.header.claims if (claim := read_claim(text)) is not None and claim.kind == "never"]
        possible = Possible(shipped)
        found = dict(argued(possible, [*never, *(("scene", scene) for scene in shipped.scenes)]))  # type: ignore[list-item]
        assert len(never) >= 4
        assert {goal: finding.verdict for goal, finding in found.items()} == {
            ("always-an-ending", "eternal"): "proved",
            **dict.fromkeys(never, "proved"),
        }
