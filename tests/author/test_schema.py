"""`eternal schema`: what an editor is told of the format is what the reader takes."""

from __future__ import annotations

import copy
import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from eternal.author.schema import json_schema
from eternal.story.load import SHIPPED
from tests.conftest import PACKS

SCHEMA = json_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)

HEADER: dict[str, Any] = {"id": "s", "title": "S", "start": "hall"}
SCENE: dict[str, Any] = {"id": "hall", "title": "H", "text": "H."}


def typed(text: str) -> Iterator[Any]:
    """Yield the documents of a file as an editor sees them: numbers and booleans typed, dates as text."""
    for document in yaml.load_all(text, Loader=_Editor):
        if document is not None:
            yield document


class _Editor(yaml.SafeLoader):
    """YAML 1.2's core schema, as editors' language servers read it: no dates, no hours, `yes` and `no` are words."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own way


for tag, pattern, first in (
    ("bool", r"^(true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("int", r"^[-+]?[0-9]+$", "-+0123456789"),
    ("float", r"^[-+]?([0-9]+\.[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?$", "-+.0123456789"),
    ("null", r"^(~|null|Null|NULL|)$", ["~", "n", "N", ""]),
):
    _Editor.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), list(first))


def fits(document: Any) -> bool:
    return bool(VALIDATOR.is_valid(document))


class TestForm:
    """The schema itself."""

    def test_it_is_a_schema_of_the_dialect_it_names(self) -> None:
        """JSON Schema 2020-12."""
        jsonschema.Draft202012Validator.check_schema(SCHEMA)
        assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"

    @pytest.mark.parametrize("name", SCHEMA["$defs"])
    def test_everything_is_described(self, name: str) -> None:
        """Each kind of thing and each of its fields, so that an editor can explain it; nothing beside them is allowed."""
        kind = SCHEMA["$defs"][name]
        assert kind["description"]
        assert kind["additionalProperties"] is False
        for field, spec in kind["properties"].items():
            assert len(spec.get("description", "")) > 8, field

    def test_nothing_of_ours_leaks(self) -> None:
        """Only words that a validator knows."""
        assert "x-also" not in str(SCHEMA)
        assert "(?!" not in str(SCHEMA)
        assert "'default': None" not in str(SCHEMA)


class TestStories:
    """Stories that load, as an editor sees them."""

    @pytest.mark.parametrize("pack", [PACKS / "night", PACKS / "cloak", PACKS / "docs" / "reference", SHIPPED], ids=lambda pack: pack.name)
    def test_every_document_fits(self, pack: Path) -> None:
        """Headers and scenes, by one schema."""
        for file in sorted(pack.rglob("*.yaml")):
            for document in typed(file.read_text(encoding="utf-8")):
                VALIDATOR.validate(document)


class TestTyped:
    """YAML in an editor has types; ours is text until the schema says otherwise."""

    @pytest.mark.parametrize(
        ("change", "fine"),
        [
            ({"title": 1984}, True), ({"title": True}, True), ({"title": ["x"]}, False), ({"title": ""}, False), ({"text": 12.5}, True),
            ({"text": ["a", {"if": True, "text": "b"}]}, True), ({"text": [{"if": 1, "text": "b"}]}, False), ({"text": []}, False),
            ({"strength": 3}, True), ({"strength": "3"}, False), ({"strength": 0}, False), ({"strength": True}, False),
            ({"when": "2003-01-18"}, True), ({"when": 2003}, True), ({"when": "01:30"}, True), ({"when": 7}, False),
            ({"when": "2003-13"}, False),
            ({"kind": "memory"}, True), ({"kind": "memmo"}, False), ({"colour": "red"}, False), ({"id": "The Hall"}, False),
            ({"id": 7}, False),
            ({"due": False}, True), ({"enter": {"set": {"met": True, "mood": "calm", "n": 3}}}, True),
            ({"enter": {"add": {"n": "x"}}}, False),
            ({"choices": [{"id": "a", "text": 12, "if": True, "to": "next"}]}, True), ({"choices": [{"id": "a"}]}, False),
            ({"fragments": {"f": {"motif": "snow", "line": 1}}}, True), ({"fragments": {"F": {"motif": "snow", "line": "x"}}}, False),
        ],
    )  # fmt: skip
    def test_scenes(self, change: dict[str, Any], fine: bool) -> None:
        """What the reader takes is taken, and what it refuses in shape is refused while typing."""
        assert fits(SCENE | change) is fine

    @pytest.mark.parametrize(
        ("change", "fine"),
        [
            ({"variables": {"met": False, "n": {"start": 2, "max": 5}, "mood": ["calm", "sad"]}}, True), ({"variables": {"n": 3}}, False),
            ({"variables": {"mood": ["calm"]}}, False), ({"variables": {"met-mary": True}}, False),
            ({"version": 1.2}, True), ({"version": 3}, True),
            ({"motifs": ["snow"]}, True), ({"motifs": {"snow": "along the snow"}}, True),
            ({"motifs": "snow"}, False), ({"text": "x"}, False),
            ({"machine": {"morning": "hall", "turn": True, "hunt": {"at": 3, "rate": 2}}}, True),
            ({"machine": {}}, False), ({"start": "Hall"}, False),
            ({"language": "vi"}, True), ({"language": "Vietnamese"}, False), ({"claims": ["never: trust > 3"]}, True),
        ],
    )  # fmt: skip
    def test_headers(self, change: dict[str, Any], fine: bool) -> None:
        """The same for `story.yaml`."""
        assert fits(HEADER | change) is fine

    def test_dates_of_older_yaml_fit_as_text(self) -> None:
        """An editor of YAML 1.1 reads a date; written out it is the same text."""
        (found,) = yaml.safe_load_all("when: 2003-01-18")
        assert isinstance(found["when"], dt.date)
        assert fits(SCENE | {"when": str(found["when"])})


class TestWhichOfTheTwo:
    """One schema for two kinds of document."""

    @pytest.mark.parametrize("field", ["start", "variables", "machine", "endings", "authors"])
    def test_a_field_that_only_a_header_has_makes_one(self, field: str) -> None:
        """So what is missing is said of the right kind, as soon as there is something to tell by."""
        document = {"id": "s", field: copy.deepcopy(SCHEMA["$defs"]["Header"]["properties"][field].get("default", "hall"))}
        missing = {error.message for error in VALIDATOR.iter_errors(document)}
        assert "'text' is a required property" not in missing
        assert "'title' is a required property" in missing

    def test_anything_else_is_a_scene(self) -> None:
        """An empty document is told what a scene needs."""
        assert {error.message for error in VALIDATOR.iter_errors({})} == {
            f"'{field}' is a required property" for field in ("id", "title", "text")
        }
