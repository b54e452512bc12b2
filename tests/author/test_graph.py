"""`eternal graph`: the story as a tree, in Mermaid, in DOT, as a picture."""

from __future__ import annotations

import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from itertools import pairwise
from pathlib import Path

import pytest

from bench.stories import generate
from eternal.author.graph import as_dot, as_mermaid, as_svg, as_text, graph_of
from eternal.author.graph.layout import HEIGHT, WIDTH, depths, lay
from eternal.story.load import load
from eternal.story.story import Story
from tests.author.desk import copied, edit, eternal
from tests.conftest import PACKS

SVG = "{http://www.w3.org/2000/svg}"

#: A scene that nobody leads to, and signs that every notation uses for itself.
LOST = """
---
id: lost-room
title: 'A "room" <b>&amp; \\n [x](y) `z` | # end'
text: Nobody comes here.
choices:
  - {id: out, text: 'Out "of" <here> & \\ `away`.', if: cloak == 'worn', to: foyer}
"""


@pytest.fixture
def odd(tmp_path: Path) -> Story:
    """Cloak with a scene that nobody leads to, named by every sign that means something."""
    pack = copied("cloak", tmp_path / "odd")
    with (pack / "opera.yaml").open("a", encoding="utf-8") as file:
        file.write(LOST)
    return load(pack, cached=False)


def test_the_tree_names_every_scene_and_choice_once_and_conditions_with_them(night: Story) -> None:
    """Scenes stand by kind, parts under their heads, choices as branches."""
    text = as_text(graph_of(night, motifs=True))
    for scene in night.scenes.values():
        assert sum(line.lstrip(" ├└│─").startswith(f"{scene.id} · ") for line in text.splitlines()) == 1
    assert text.index("\nwaking\n") < text.index("\nmemory, in the order of erasure\n") < text.index("\nrefuge\n")
    assert "└─ river-bank · The bank" in text
    assert "look: Look into your hands. → something  if remaining > 0" in text
    assert "next: river → pier → attic → shore → morning" in text
    assert "snow, along the snow: river, shore, yard" in text
    assert "unreachable" not in text


def test_memories_that_only_the_hunt_finds_are_not_called_unreachable(night: Story) -> None:
    """The attic is on no memento's list; the alarm brings it onto the map."""
    assert all(node.reachable for node in graph_of(night).nodes)


def test_a_scene_nobody_leads_to_is_marked_in_every_notation(odd: Story) -> None:
    """It says so in words, not by a colour alone."""
    graph = graph_of(odd)
    assert [node.id for node in graph.nodes if not node.reachable] == ["lost-room"]
    for draw in (as_text, as_mermaid, as_dot, as_svg):
        drawn = draw(graph)
        assert sum("unreachable" in line and "lost-room" in line for line in drawn.splitlines()) == 1, draw.__name__


def test_mermaid_keeps_its_own_signs_out_of_labels(odd: Story) -> None:
    """Quotes, brackets and the rest become entity codes; names are numbers."""
    lines = as_mermaid(graph_of(odd)).splitlines()
    assert lines[0] == "flowchart LR"
    for line in lines:
        if '"' in line:
            label = line[line.index('"') + 1 : line.rindex('"')]
            assert not set(label.replace("<br/>", "")) & set('"<>`'), line
    assert sum(line.strip().startswith("subgraph") for line in lines) == sum(line.strip() == "end" for line in lines)


def test_mermaid_draws_one_arrow_between_two_scenes_and_says_where_it_will_not(night: Story, tmp_path: Path) -> None:
    """Its limit cannot be raised from within a page, so edges are saved; where they are too many all the same, a comment says it."""
    lines = as_mermaid(graph_of(night)).splitlines()
    assert sum(line.strip().startswith("n0 -->") for line in lines) == 1
    assert any("all<br/>some" in line for line in lines)
    large = as_mermaid(graph_of(load(generate(tmp_path / "large", 300), cached=False)))
    assert large.startswith(f"%% {large.count(' -->')} edges: ")


def test_dot_has_a_node_a_scene_and_an_edge_a_choice(odd: Story) -> None:
    """Every quoted string is closed, whatever stands in it."""
    graph = graph_of(odd)
    dot = as_dot(graph)
    assert dot.count("{") == dot.count("}") == 1 + len({node.kind for node in graph.nodes})
    assert sum(" -> " in line for line in dot.splitlines()) == len(graph.edges)
    for line in dot.splitlines():
        assert line.replace("\\\\", "").replace('\\"', "").count('"') % 2 == 0, line


@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
def test_graphviz_takes_it(odd: Story, night: Story) -> None:
    """`dot` draws it without a word."""
    for story in (odd, night):
        drawn = subprocess.run(["dot", "-Tsvg"], input=as_dot(graph_of(story, motifs=True)), capture_output=True, text=True, check=False)
        assert (drawn.returncode, drawn.stderr) == (0, "")


def test_the_picture_is_whole_and_loads_nothing(odd: Story, night: Story) -> None:
    """It is XML, every scene and choice is in it, and no address but that of the notation."""
    for story in (odd, night):
        graph = graph_of(story, motifs=True)
        svg = as_svg(graph)
        root = ET.fromstring(svg)
        told = "\n".join(title.text or "" for title in root.iter(f"{SVG}title")).splitlines()
        for edge in graph.edges:
            assert any(line.startswith(f"{edge.source} → {edge.target}") and line.endswith(edge.condition) for line in told)
        assert all(node.id in svg for node in graph.nodes)
        assert svg.count("http") == 1


def test_no_two_boxes_of_the_picture_overlap(night: Story) -> None:
    """Whatever the layout does, everything can be read."""
    boxes = list(lay(graph_of(night, motifs=True)).boxes.values())
    for number, one in enumerate(boxes):
        for other in boxes[number + 1 :]:
            assert abs(one.x - other.x) >= WIDTH or abs(one.y - other.y) >= HEIGHT


def test_no_two_labels_of_the_picture_overlap_and_none_is_lost(odd: Story, night: Story) -> None:
    """Each choice is named on its edge, or in the list below; what leads to `next` stands under its scene."""
    for story in (odd, night):
        graph = graph_of(story)
        texts = list(ET.fromstring(as_svg(graph)).iter(f"{SVG}text"))
        labels = [text for text in texts if text.get("class") == "if"]
        places = [(float(text.attrib["x"]), float(text.attrib["y"]), len(text.text or "") * 5.4 / 2) for text in labels]
        for number, (x, y, half) in enumerate(places):
            assert all(abs(x - x2) >= half + half2 - 1 or abs(y - y2) >= 10 for x2, y2, half2 in places[number + 1 :])
        said = [text.text or "" for text in texts]
        for edge in graph.edges:
            assert (
                not edge.id
                or edge.target == "next"
                or any(words.partition(": ")[2].startswith(edge.id) or words.startswith(edge.id) for words in said)
            )


def test_a_thousand_scenes_are_all_drawn(tmp_path: Path) -> None:
    """In each notation (`make bench ARGS=author` says how long it takes)."""
    story = load(generate(tmp_path / "large", 1_000), cached=False)
    for draw in (as_text, as_mermaid, as_dot, as_svg):
        drawn = draw(graph_of(story, motifs=True))
        assert all(re.search(rf"\bs_?{number}\b", drawn) for number in range(1_000)), draw.__name__


def test_the_command_prints_what_was_asked_for(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """And locates mistakes instead, if there are any."""
    pack = copied("night", tmp_path / "night")
    assert eternal(capfdbinary, "graph", pack, "--format", "dot").out.startswith('digraph "night" {')
    assert eternal(capfdbinary, "graph", pack, "--format", "pdf").code == 2
    edit(pack, "memories.yaml", ("to: river-bank", "to: river-bnk"))
    said = eternal(capfdbinary, "graph", pack)
    assert (said.code, said.out) == (1, "")
    assert "E012" in said.err


def test_on_a_terminal_lines_are_broken_and_the_tree_stays_a_tree(night: Story) -> None:
    """No row is wider than the terminal, nothing is lost, and the rails of the tree run through."""
    graph = graph_of(night, motifs=True)
    whole, broken = as_text(graph), as_text(graph, 60)
    assert max(map(len, whole.splitlines())) > 60
    assert max(map(len, broken.splitlines())) <= 60
    assert broken.count("\n\n") == whole.count("\n\n")
    assert re.sub(r"[\s│]+", " ", broken) == re.sub(r"[\s│]+", " ", whole)
    for row, after in pairwise(broken.splitlines()):
        if row.lstrip(" │").startswith("├─") and after.lstrip("│ ")[:2] not in ("├─", "└─"):
            assert after[row.index("├─")] == "│"


def test_waking_scenes_stand_as_far_as_they_are_from_the_start() -> None:
    """However the files are called; endings stand beside each other in the picture, so that no way runs through one."""
    graph = graph_of(load(PACKS / "docs" / "reference", cached=False))
    far = depths(graph)
    shown = [
        line.split(" · ")[0].strip()
        for line in as_text(graph).split("\n\n")[1].splitlines()[1:]
        if line.startswith("  ") and line[2].isalpha()
    ]
    assert shown == sorted(shown, key=far.__getitem__)
    boxes = lay(graph).boxes
    endings = [boxes[node.id] for node in graph.of_kind("ending")]
    assert len({box.x for box in endings}) == len(endings)
