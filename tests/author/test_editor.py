"""`eternal schema` in an editor: a real YAML language server completes, explains and rejects what an author types."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from eternal.author.new import write_pack
from eternal.author.schema import json_schema
from eternal.story.load import SHIPPED
from eternal.story.schema import KINDS
from tests.author.editor import Editor
from tests.author.server import server_command

#: The first line of every scene that `eternal new` writes.
MODELINE = "# yaml-language-server: $schema=../schema.json\n"


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new story."""
    folder = tmp_path_factory.mktemp("editor") / "my-night"
    write_pack(folder)
    return folder


@pytest.fixture(scope="module")
def editor(pack: Path) -> Iterator[Editor]:
    """An editor with settings of no kind: it goes by the line at the head of a file."""
    with Editor(server_command(), pack) as opened:
        yield opened


def said(found: list[Any]) -> list[tuple[int, int, str]]:
    """Return line, column (from 0) and message of each diagnostic."""
    return [(one["range"]["start"]["line"], one["range"]["start"]["character"], one["message"]) for one in found]


def offered(editor: Editor, file: Path, text: str) -> dict[str, str]:
    """Return what is offered at the end of a text: labels with their explanations."""
    editor.opened(file, text)
    found = editor.at("completion", file, text.count("\n"), len(text) - text.rfind("\n") - 1)
    return {item["label"]: _words(item.get("documentation", "")) for item in found["items"]}


def explained(editor: Editor, file: Path, text: str, word: str) -> str:
    """Return what is shown when the mouse rests on a word."""
    editor.opened(file, text)
    before = text[: text.index(word)]
    found = editor.at("hover", file, before.count("\n"), len(before) - before.rfind("\n"))
    return _words(found["contents"])


def _words(documentation: Any) -> str:
    return str(documentation["value"] if isinstance(documentation, dict) else documentation)


class TestPacks:
    """Stories that are well have nothing underlined."""

    def test_a_new_story_has_no_diagnostics(self, editor: Editor, pack: Path) -> None:
        """In any of its files."""
        files = sorted(pack.rglob("*.yaml"))
        assert editor.opened_together(files) == {file.name: [] for file in files}

    def test_the_line_at_the_head_speaks_for_every_scene(self, editor: Editor, pack: Path) -> None:
        """A wrong field is underlined in each of them: also in the second scene of a file, and in story.yaml."""
        for file in sorted(pack.rglob("*.yaml")):
            parts = file.read_text(encoding="utf-8").split("---\n")
            for number in range(len(parts)):
                wrong = "---\n".join(f"{part}colour: red\n" if number == at else part for at, part in enumerate(parts))
                assert [message for _, _, message in said(editor.opened(file, wrong))] == ["Property colour is not allowed."], file
            editor.opened(file)

    def test_vs_code_is_told_of_every_file(self, pack: Path) -> None:
        """Where a file has no such line, nor a later scene in it, the settings beside the story do the same."""
        settings = json.loads((pack / ".vscode" / "settings.json").read_text(encoding="utf-8"))
        with Editor(server_command(), pack, schemas=settings["yaml.schemas"]) as editor:
            text = "id: a\ntitle: A\ntext: A.\nchoices: [{id: b, text: B, to: b}]\n---\nid: b\nkind: ending\ntitle: B\ntext: B.\n"
            new = pack / "scenes" / "more" / "new.yaml"
            assert editor.opened(new, text) == []
            assert said(editor.opened(new, text.replace("kind: ending", "kind: endign"))) == [
                (6, 6, 'Value is not accepted. Valid values: "ending", "memory", "outside", "refuge", "waking".')
            ]

    def test_the_shipped_story_has_no_diagnostics(self, tmp_path: Path) -> None:
        """All of its files, with several scenes in each."""
        schema = tmp_path / "schema.json"
        schema.write_text(json.dumps(json_schema()), encoding="utf-8")
        with Editor(server_command(), SHIPPED, schemas={schema.as_uri(): ["**/*.yaml"]}) as editor:
            files = sorted(SHIPPED.rglob("*.yaml"))
            assert editor.opened_together(files) == {file.name: [] for file in files}
            text = files[0].read_text(encoding="utf-8")
            assert said(editor.opened(files[0], f"{text}colour: red\n"))  # the schema was asked


class TestTyping:
    """What an author is offered, told and refused while typing a new scene."""

    @pytest.fixture
    def file(self, pack: Path) -> Path:
        """A file that is not there yet."""
        return pack / "scenes" / "typed.yaml"

    def test_an_empty_file_is_offered_the_fields_of_a_scene(self, editor: Editor, file: Path) -> None:
        """Each with its description."""
        fields = json_schema()["$defs"]["Scene"]["properties"]
        found = offered(editor, file, MODELINE)
        assert {name: found.get(name) for name in fields} == {name: spec["description"] for name, spec in fields.items()}

    @pytest.mark.parametrize(
        ("text", "struct"),
        [
            ("id: a\ntitle: A\ntext: A.\nchoices:\n  - ", "Choice"),
            ("id: a\ntitle: A\ntext:\n  - ", "Block"),
            ("id: a\ntitle: A\ntext: A.\nenter:\n  ", "Effects"),
            ("id: a\ntitle: A\nstart: a\nmachine:\n  ", "Machine"),
        ],
    )
    def test_so_is_what_stands_in_a_scene(self, editor: Editor, file: Path, text: str, struct: str) -> None:
        """A choice, a block, effects; the machine of a header."""
        fields = json_schema()["$defs"][struct]["properties"]
        found = offered(editor, file, MODELINE + text)
        assert {name: found.get(name) for name in fields} == {name: spec["description"] for name, spec in fields.items()}

    def test_a_field_with_a_closed_list_is_offered_its_words(self, editor: Editor, file: Path) -> None:
        """The kinds of scenes with what each is, and the colours of hair."""
        assert offered(editor, file, f"{MODELINE}id: a\nkind: ") == KINDS
        assert set(offered(editor, file, f"{MODELINE}id: a\nhair: ")) == {"green", "red", "tangerine", "blue"}

    @pytest.mark.parametrize(
        ("word", "says"),
        [
            ("strength", "Beats that the machine needs for it."),
            ("kind", "`refuge`: Off the machine's map"),
            ("motif:", "What it has in common with other things."),
        ],
    )
    def test_a_field_is_explained(self, editor: Editor, file: Path, word: str, says: str) -> None:
        """Where the mouse rests on it."""
        text = "id: a\ntitle: A\nkind: memory\nstrength: 3\ntext: A [b](keep:b).\nfragments:\n  b: {motif: rain, line: B.}\n"
        assert says in explained(editor, file, MODELINE + text, word)

    @pytest.mark.parametrize(
        ("line", "column", "says"),
        [
            ("hearts: 1", 0, "Property hearts is not allowed."),
            ("strength: four", 10, 'Incorrect type. Expected "integer".'),
            ("strength: 100", 10, "Value is above the maximum of 99."),
            ("hair: blonde", 6, 'Value is not accepted. Valid values: "blue", "green", "red", "tangerine".'),
            ("motifs: rain", 8, 'Incorrect type. Expected "array".'),
            ("part_of: The River", 9, "Lower-case words joined by hyphens: frozen-river."),
            ("when: 18 January", 6, "A day, a month or a year (2003-01-18, 2003-01, 2003); for an outside scene the hour (01:30)."),
            ("choices: [{id: b}]", 10, 'Missing property "text".'),
        ],
    )
    def test_what_is_wrong_is_underlined(self, editor: Editor, file: Path, line: str, column: int, says: str) -> None:
        """At the word itself, in words."""
        assert said(editor.opened(file, f"{MODELINE}id: a\ntitle: A\n{line}\ntext: A.\n")) == [(3, column, says)]

    def test_what_is_missing_is_said(self, editor: Editor, file: Path) -> None:
        """Of a scene and of a header, as soon as one can tell which it is."""
        assert [message for _, _, message in said(editor.opened(file, f"{MODELINE}id: a\n"))] == [
            'Missing property "title".', 'Missing property "text".',
        ]  # fmt: skip
        assert [message for _, _, message in said(editor.opened(file, f"{MODELINE}id: a\nstart: b\n"))] == ['Missing property "title".']
