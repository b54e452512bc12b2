"""Proof: four verdicts, never blurred, and figures that are exact."""

from __future__ import annotations

import json
import os
import signal
from collections import Counter
from pathlib import Path

import pytest

from eternal.author.prove import Proof, Status, as_json, as_text, prove, prover, write_witnesses
from eternal.author.prove.goals import goal_names
from eternal.author.prove.shown import shows
from eternal.author.prove.tracing import played
from eternal.engine.choices import possible
from eternal.engine.state import State
from eternal.engine.step import is_over, start, step
from eternal.saves.replay import verify
from eternal.story.load import load
from eternal.story.story import Story

PACKS = Path(__file__).parents[1] / "packs"

HEAD = "id: small\ntitle: Small\nstart: a\nendings: [z]\n"
END = "---\nid: z\nkind: ending\ntitle: Z\ntext: Z.\n"


def written(folder: Path, text: str) -> Story:
    """Load a story from its text."""
    folder.mkdir(exist_ok=True)
    (folder / "story.yaml").write_text(text)
    return load(folder, cached=False)


@pytest.fixture(scope="module")
def cloak_proof(cloak: Story) -> Proof:
    """The proof of Cloak of Darkness."""
    return prove(cloak)


def verdicts(proof: Proof) -> Counter[str]:
    """Count the verdicts."""
    return Counter(finding.verdict for finding in proof.findings)


def same(state: State) -> tuple[object, ...]:
    """Tell the states of Cloak apart as its text does: a third visit is like a second."""
    return (state.scene, state.values, min(2, state.visits.get("foyer", 0)), state.chosen)


class Graph:
    """Every state of Cloak by `step` alone, with nothing forgotten."""

    def __init__(self, story: Story) -> None:
        self.story = story
        first = start(story)
        self.level = {same(first): 0}
        self.states = [first]
        self.after: list[list[tuple[object, ...]]] = []
        for state in self.states:
            self.after.append([self._found(state, step(story, state, action)) for action in possible(story, state)])

    def _found(self, before: State, after: State) -> tuple[object, ...]:
        mark = same(after)
        if mark not in self.level:
            self.level[mark] = self.level[same(before)] + 1
            self.states.append(after)
        return mark

    def chances(self) -> dict[str, float]:
        """Walk all ways at once, two thousand actions long."""
        number = {same(state): place for place, state in enumerate(self.states)}
        mass = [1.0] + [0.0] * (len(self.states) - 1)
        for _ in range(2_000):
            then = [0.0] * len(mass)
            for place, part in enumerate(mass):
                for mark in self.after[place]:
                    then[number[mark]] += part / len(self.after[place])
                if not self.after[place]:
                    then[place] += part
            mass = then
        found: dict[str, float] = {}
        for state, part in zip(self.states, mass, strict=True):
            if is_over(self.story, state):
                found[state.scene] = found.get(state.scene, 0.0) + part
        return found

    def shortest(self) -> dict[str, int]:
        """Return the least actions to each ending."""
        found: dict[str, int] = {}
        for state in self.states:
            if is_over(self.story, state):
                found.setdefault(state.scene, self.level[same(state)])
        return found


class TestExhausted:
    """A story whose states are all looked at."""

    def test_settles_everything(self, cloak_proof: Proof, cloak: Story) -> None:
        """Of Cloak nothing is refuted and nothing open; every goal has a verdict."""
        assert cloak_proof.exhausted
        assert not cloak_proof.refuted
        assert not cloak_proof.open
        assert {(finding.claim, finding.about) for finding in cloak_proof.findings} == {*goal_names(cloak), ("always-an-ending", "cloak")}

    def test_every_witness_shows_its_claim(self, cloak_proof: Proof, cloak: Story, tmp_path: Path) -> None:
        """A witness is an ordinary save: it verifies, and stands where its claim is met."""
        paths = write_witnesses(cloak, cloak_proof.findings, tmp_path)
        assert len(paths) == verdicts(cloak_proof)["witnessed"]
        for finding in cloak_proof.findings:
            if finding.night is not None:
                assert verify(paths[finding.claim, finding.about], cloak).well
                assert shows(played(cloak, finding.night), (finding.claim, finding.about))

    def test_figures_are_exact(self, cloak_proof: Proof, cloak: Story) -> None:
        """The chance of each ending and the shortest night to it are those of the graph that `step` alone makes."""
        graph, figures = Graph(cloak), cloak_proof.figures
        assert figures is not None
        assert figures.endings == pytest.approx(graph.chances(), abs=1e-9)
        assert figures.shortest == graph.shortest()
        nights = {f.about: f.night for f in cloak_proof.findings if f.claim == "ending"}
        assert {ending: len(night.actions) for ending, night in nights.items() if night} == figures.shortest

    def test_choices_that_never_matter(self, cloak_proof: Proof) -> None:
        """Only what tramples the message, and reading it in time, changes how Cloak can end."""
        assert cloak_proof.figures is not None
        idle = cloak_proof.figures.idle
        assert "foyer/north" in idle
        assert not {"bar/fumble", "bar/read"}.intersection(idle)

    def test_forgets_what_no_condition_reads(self, tmp_path: Path) -> None:
        """A counter that nobody asks for keeps no two states apart."""
        text = "variables: {steps: {start: 0, max: 99999}}\n---\nid: a\ntitle: A\ntext: A.\nchoices:\n"
        text += "  - {id: walk, text: W., add: {steps: 1}}\n  - {id: stop, text: S., to: z}\n"
        proof = prove(written(tmp_path / "s", HEAD + text + END))
        assert proof.states == 2
        assert proof.figures is not None
        assert proof.figures.endings == pytest.approx({"z": 1.0})

    def test_counters_among_others(self, tmp_path: Path) -> None:
        """A counter that must be one of several others' numbers is counted as far as those can come, not as far as the last constant."""
        text = HEAD.replace("start: a", "start: a\nmotifs: [m]\nmachine: {morning: w, dawn: 12}")
        text += "---\nid: a\nkind: memory\nwhen: '2003'\nstrength: 12\nmotifs: [m]\ntitle: A\ntext: A.\nchoices:\n"
        text += "  - {id: wait, text: W., beats: 1}\n  - {id: round, text: R., to: a, beats: 0}\n"
        text += '  - {id: win, text: W., if: "visits in (beat, 0) and beat > 5", to: z}\n'
        text += "---\nid: w\ntitle: W\ntext: W.\nchoices:\n  - {id: sit, text: S.}\n"
        found = {(f.claim, f.about): f for f in prove(written(tmp_path / "s", text + END), states=1_000).findings}
        assert found["choice", "a/win"].verdict == "witnessed"
        assert found["ending", "z"].night is not None
        assert len(found["ending", "z"].night.actions) == 12


class TestTooLarge:
    """A story with more states than are looked at."""

    def test_small_night(self, night: Story) -> None:
        """Of the small night, with a hundredth of its states, everything is settled: by argument and by search."""
        proof = prove(night, states=8_000)
        assert not proof.exhausted
        assert proof.figures is None
        assert not proof.refuted
        assert not proof.open
        assert verdicts(proof)["proved"] == 1 + sum(scene.kind != "ending" for scene in night.scenes.values())

    def test_what_search_does_not_find_is_open(self) -> None:
        """Something that cannot be met is never called refuted because it was not met: it is open, and says how far it looked."""
        story = load(PACKS / "faults" / "fragment-lost-first" / "faulty", cached=False)
        proof = prove(story, states=2)
        left = {(finding.claim, finding.about): finding for finding in proof.open}
        assert ("ending", "hers") in left
        assert left["ending", "hers"].looked >= 2
        assert not proof.refuted

    def test_few_things_together_settle_what_each_alone_does_not(self, tmp_path: Path) -> None:
        """That a number agrees with which things were given is seen in a slice of the story, whatever else it has."""
        header = "id: small\ntitle: Small\nstart: a\nendings: [z]\nmotifs: [m]\nmementos:\n"
        header += "".join(f"  m{n}: {{name: M, motif: m, lights: []}}\n" for n in range(2))
        header += "variables: {sum: {start: 0, max: 2}, far: {start: 0, max: 9000}, on: false}\n"
        scene = "---\nid: {id}\ntitle: A\ntext: A.\nchoices:\n"
        give = "  - {{id: give, text: G., give: [m{n}], add: {{sum: 1}}, to: {to}}}\n  - {{id: keep, text: K., to: {to}}}\n"
        text = header + scene.format(id="a") + give.format(n=0, to="b") + scene.format(id="b") + give.format(n=1, to="c")
        text += scene.format(id="c")
        text += '  - {id: all, text: A., if: "sum == 2", to: d}\n'
        text += "  - {id: none, text: N., if: \"sum < 2 and not (gave('m0') and gave('m1'))\", to: d}\n"
        text += scene.format(id="d") + "  - {id: walk, text: W., add: {far: 1}}\n  - {id: end, text: E., if: far > 2, to: z}\n"
        proof = prove(written(tmp_path / "s", text + END), states=20)
        assert {f.about: f.verdict for f in proof.findings if f.claim == "way-on"} == dict.fromkeys("abcd", "proved")

    def test_interrupted(self, night: Story) -> None:
        """Whoever interrupts gets what is known by then."""

        def stop(status: Status) -> None:
            if status.stage == "exploring" and status.states > 500:
                raise KeyboardInterrupt

        proof = prove(night, progress=stop)
        assert proof.interrupted
        assert not proof.exhausted
        assert verdicts(proof)["witnessed"] > 5
        assert verdicts(proof)["open"] > 0
        assert "interrupted" in as_text(proof)

    def test_interrupted_while_weighing(self, cloak: Story, monkeypatch: pytest.MonkeyPatch) -> None:
        """Whoever interrupts while the ways between all states are drawn keeps every state's night that was found."""

        def stopped(_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(prover, "Graph", stopped)
        proof = prove(cloak)
        assert proof.interrupted
        assert proof.states == 70
        assert verdicts(proof)["witnessed"] == 26
        assert not proof.refuted

    def test_interrupted_while_tracing(self, night: Story) -> None:
        """Ctrl+C while nights are traced back waits until they are there: what was found is not lost for want of its night."""

        def stop(status: Status) -> None:
            if status.stage == "tracing":
                os.kill(os.getpid(), signal.SIGINT)

        proof = prove(night, states=2_000, progress=stop)
        assert proof.interrupted
        assert proof.steps == 0
        assert verdicts(proof)["witnessed"] > 5

    def test_interrupted_while_saves_are_read(
        self, cloak: Story, cloak_proof: Proof, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A save that was not read to its end is open, and all that was known of the story before is there."""

        def stopped(_: Story, __: Path) -> None:
            raise KeyboardInterrupt

        write_witnesses(cloak, [f for f in cloak_proof.findings if f.claim == "ending"], tmp_path)
        monkeypatch.setattr(prover, "stored", stopped)
        proof = prove(cloak, saves=tmp_path)
        assert proof.interrupted
        assert [finding.claim for finding in proof.open] == ["save", "save"]
        assert proof.figures is not None

    def test_processes_share_the_work(self, night: Story) -> None:
        """Two processes find, in as many levels, as many states as one."""
        one, two = (prove(night, states=44_000, jobs=jobs) for jobs in (1, 2))
        assert two.states > 40_000
        assert verdicts(two) == verdicts(one)
        assert not two.refuted
        assert not two.open


class TestClaims:
    """What an author claims in `story.yaml`."""

    def test_each_kind(self, tmp_path: Path) -> None:
        """A claim that holds is proved or witnessed, one that does not is refuted."""
        claims = ["never: n > 2", "never: n == 1", "possible: n == 2", "possible: chose('a', 'up') and n == 0", "always eventually: ending"]
        text = HEAD + f"claims: {json.dumps(claims)}\nvariables: {{n: {{start: 0, max: 2}}}}\n---\nid: a\ntitle: A\ntext: A.\nchoices:\n"
        text += "  - {id: up, text: U., add: {n: 1}}\n  - {id: end, text: E., to: z}\n"
        proof = prove(written(tmp_path / "s", text + END))
        found = {finding.about: finding.verdict for finding in proof.findings if finding.claim == "claim"}
        assert found == dict(zip(claims, ["proved", "refuted", "witnessed", "refuted", "proved"], strict=True))

    def test_a_claim_changes_no_save(self, tmp_path: Path) -> None:
        """What only a claim asks about is not remembered while the story is played: its saves stay what they were."""
        text = HEAD + "{claims}---\nid: a\ntitle: A\ntext: A.\nchoices:\n  - {{id: end, text: E., to: z}}\n" + END
        plain = written(tmp_path / "p", text.format(claims=""))
        claiming = written(tmp_path / "c", text.format(claims="claims: [\"possible: chose('a', 'end') and seen('z')\"]\n"))
        assert claiming.index.tracked == plain.index.tracked
        assert not prove(claiming).refuted


class TestPasts:
    """What only a player meets who has played before."""

    def test_second_night(self, tmp_path: Path) -> None:
        """A passage for who has reached an ending is witnessed by a save that begins with it."""
        text = HEAD + "---\nid: a\ntitle: A\ntext:\n  - A.\n  - {if: past('z'), text: Again.}\nchoices:\n  - {id: end, text: E., to: z}\n"
        proof = prove(written(tmp_path / "s", text + END))
        found = next(finding for finding in proof.findings if finding.about == "a#1")
        assert found.verdict == "witnessed"
        assert found.night is not None
        assert found.night.past == ("z",)

    def test_more_states_than_are_weighed(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where nobody can say after which nights others begin, what a second night meets is looked for and never called impossible."""
        monkeypatch.setattr(prover, "_GRAPH", 1)
        text = HEAD + "---\nid: a\ntitle: A\ntext:\n  - A.\n  - {if: past('z'), text: Again.}\nchoices:\n"
        text += "  - {id: end, text: E., to: z}\n  - {id: on, text: O., to: b}\n"
        text += "---\nid: b\ntitle: B\ntext: B.\nchoices:\n  - {id: end, text: E., if: past('z'), to: z}\n  - {id: back, text: B., to: a}\n"
        proof = prove(written(tmp_path / "s", text + END))
        assert not proof.refuted
        assert not proof.exhausted
        assert {finding.about: finding.verdict for finding in proof.findings}["a#1"] == "witnessed"


class TestSaves:
    """Saves that must still end where they say."""

    def test_named_by_their_endings(self, cloak: Story, cloak_proof: Proof, tmp_path: Path) -> None:
        """A save named by an ending is witnessed if it ends there, and refuted if it does not."""
        paths = write_witnesses(cloak, [f for f in cloak_proof.findings if f.claim == "ending"], tmp_path / "w")
        saves = tmp_path / "saves"
        saves.mkdir()
        (saves / "won.eternal").write_bytes(paths["ending", "won"].read_bytes())
        (saves / "lost-2.eternal").write_bytes(paths["ending", "won"].read_bytes())
        (saves / "broken.eternal").write_bytes(b"nothing\n")
        found = {f.about: f.verdict for f in prove(cloak, saves=saves).findings if f.claim == "save"}
        assert found == {"won.eternal": "witnessed", "lost-2.eternal": "refuted", "broken.eternal": "refuted"}


class TestReport:
    """What is printed."""

    def test_json(self, cloak: Story, cloak_proof: Proof, tmp_path: Path) -> None:
        """The shape that other tools rely on."""
        paths = write_witnesses(cloak, cloak_proof.findings, tmp_path)
        plain = json.loads(as_json(cloak_proof, paths))
        assert plain["states"] == 70
        assert plain["exhausted"] is True
        kinds = {"always-an-ending", "way-on", "ending", "scene", "choice", "block"}
        assert {claim["claim"] for claim in plain["claims"]} == kinds
        for claim in plain["claims"]:
            assert set(claim) == {"claim", "about", "verdict", "witness", "looked", "how"}
            assert claim["verdict"] in {"proved", "witnessed", "refuted", "open"}
            assert (claim["witness"] is not None) == (claim["verdict"] == "witnessed")

    def test_what_only_a_later_night_reaches(self, tmp_path: Path) -> None:
        """An ending that no first night has is as likely as nothing, and how soon it comes is said with the nights that come before."""
        text = HEAD.replace("[z]", "[z, y]") + "---\nid: a\ntitle: A\ntext: A.\nchoices:\n  - {id: end, text: E., to: z}\n"
        text += "  - {id: again, text: A., if: past('z'), to: y}\n" + END + END.replace("id: z", "id: y")
        lines = as_text(prove(written(tmp_path / "s", text))).splitlines()
        assert "  z                       100.0000 %   shortest in 1 action" in lines
        assert "  y                         0.0000 %   shortest in 1 action after z" in lines

    def test_text(self, cloak_proof: Proof) -> None:
        """The text counts the verdicts and tells the figures."""
        text = as_text(cloak_proof)
        assert "endings that can be reached: 2 witnessed" in text
        assert "shortest in 5 actions" in text
        assert "70 states, all there are" in text
