"""`eternal check` beyond loading: the report, its three forms, and what it stands on."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from eternal.author.check import as_json, as_sarif, as_text, check
from eternal.author.lint.base import Ground
from eternal.story.codes import RULES
from eternal.story.load import SHIPPED, survey
from tests.conftest import PACKS
from tests.story.pages import BAD, standing_in


class TestNoFalseAlarms:
    """What is sound is called sound."""

    @pytest.mark.parametrize("pack", [PACKS / "cloak", PACKS / "docs" / "reference", SHIPPED], ids=["cloak", "reference", "shipped"])
    def test_sound_stories_have_nothing_to_say(self, pack: Path) -> None:
        """No warning in a story whose writers have none to mend."""
        assert [diagnostic.headline for diagnostic in check(pack).diagnostics] == []

    def test_the_small_story_of_the_tests_declares_more_than_it_reads(self) -> None:
        """Its three variables are there for effects to change; that nobody reads them is true, and all there is."""
        assert {(d.code, d.message.split("'")[1]) for d in check(PACKS / "night").diagnostics} <= {
            ("W106", "calm"), ("W106", "met"), ("W106", "mood"),
        }  # fmt: skip


class TestText:
    """As rustc does."""

    def test_every_mistake_and_a_line_that_counts_them(self) -> None:
        """Errors with their lines and carets; warnings counted apart."""
        with standing_in(BAD):
            assert as_text(check(Path("unknown-scene"))).splitlines() == [
                "unknown-scene/story.yaml:9:34: error[E012]: no scene 'gardn' (did you mean 'garden'?)",
                " 9 │   - {id: out, text: Go out., to: gardn}  # E012",
                "   │                                  ^^^^^",
                "1 error",
            ]
            assert as_text(check(Path("unused-motif"))).splitlines()[-1] == "2 scenes: 1 warning"
        assert as_text(check(PACKS / "cloak")) == "5 scenes: no mistakes"


class TestJson:
    """What `docs/json.md` documents."""

    def test_the_fields_are_those_that_are_documented(self) -> None:
        """Each of them stands in the page."""
        with standing_in(BAD):
            found = json.loads(as_json(check(Path("unknown-scene"))))
        documented = (BAD.parents[2] / "docs" / "json.md").read_text(encoding="utf-8").split("## `eternal check")[1].split("\n## ")[0]
        assert all(f"`{field}`" in documented for field in (*found, *found["diagnostics"][0]))
        assert found == {
            "story": None, "scenes": 0, "errors": 1, "warnings": 0,
            "diagnostics": [{
                "code": "E012", "rule": "unknown-scene", "severity": "error", "message": "no scene 'gardn'",
                "hint": "did you mean 'garden'?", "file": "unknown-scene/story.yaml", "line": 9, "column": 34, "width": 5,
            }],
        }  # fmt: skip

    def test_a_sound_story(self) -> None:
        """Names it and counts its scenes."""
        found = json.loads(as_json(check(PACKS / "cloak")))
        assert found == {"story": "cloak", "scenes": 5, "errors": 0, "warnings": 0, "diagnostics": []}

    def test_a_whole_file_has_no_line(self) -> None:
        """What has no place says null."""
        with standing_in(BAD):
            (found,) = json.loads(as_json(check(Path("no-story"))))["diagnostics"]
        assert (found["line"], found["column"], found["width"], found["hint"]) == (None, None, None, None)


#: What SARIF 2.1.0 requires of the parts that a log of ours has (sections 3.13 to 3.59), and nothing but those parts.
SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/run"}},
    },
    "$defs": {
        "text": {
            "type": "object",
            "required": ["text"],
            "additionalProperties": False,
            "properties": {"text": {"type": "string", "minLength": 1}},
        },
        "level": {"enum": ["none", "note", "warning", "error"]},
        "run": {
            "type": "object",
            "required": ["tool", "results"],
            "additionalProperties": False,
            "properties": {
                "tool": {
                    "type": "object",
                    "required": ["driver"],
                    "additionalProperties": False,
                    "properties": {"driver": {"$ref": "#/$defs/driver"}},
                },
                "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                "results": {"type": "array", "items": {"$ref": "#/$defs/result"}},
            },
        },
        "driver": {
            "type": "object",
            "required": ["name"],
            "additionalProperties": False,
            "properties": {
                "name": {"type": "string"},
                "version": {"type": "string"},
                "semanticVersion": {"type": "string", "pattern": r"^\d+\.\d+\.\d+"},
                "rules": {"type": "array", "uniqueItems": True, "items": {"$ref": "#/$defs/rule"}},
            },
        },
        "rule": {
            "type": "object",
            "required": ["id"],
            "additionalProperties": False,
            "properties": {
                "id": {"type": "string"},
                "name": {"type": "string", "pattern": "^[A-Z][A-Za-z0-9]+$"},
                "shortDescription": {"$ref": "#/$defs/text"},
                "help": {"$ref": "#/$defs/text"},
                "defaultConfiguration": {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {"level": {"$ref": "#/$defs/level"}},
                },
            },
        },
        "result": {
            "type": "object",
            "required": ["message"],
            "additionalProperties": False,
            "properties": {
                "ruleId": {"type": "string"},
                "ruleIndex": {"type": "integer", "minimum": 0},
                "level": {"$ref": "#/$defs/level"},
                "message": {"$ref": "#/$defs/text"},
                "locations": {"type": "array", "items": {"$ref": "#/$defs/location"}},
            },
        },
        "location": {
            "type": "object",
            "required": ["physicalLocation"],
            "additionalProperties": False,
            "properties": {
                "physicalLocation": {
                    "type": "object",
                    "required": ["artifactLocation"],
                    "additionalProperties": False,
                    "properties": {
                        "artifactLocation": {
                            "type": "object",
                            "required": ["uri"],
                            "additionalProperties": False,
                            "properties": {"uri": {"type": "string", "pattern": r"^[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+$"}},
                        },
                        "region": {
                            "type": "object",
                            "required": ["startLine"],
                            "additionalProperties": False,
                            "properties": {
                                "startLine": {"type": "integer", "minimum": 1},
                                "startColumn": {"type": "integer", "minimum": 1},
                                "endLine": {"type": "integer", "minimum": 1},
                                "endColumn": {"type": "integer", "minimum": 1},
                                "snippet": {"$ref": "#/$defs/text"},
                            },
                        },
                    },
                },
            },
        },
    },
}


class TestSarif:
    """SARIF 2.1.0."""

    def test_every_rule_makes_a_valid_log(self) -> None:
        """The log of every bad pack has the structure that the specification requires, and indexes that point where they say."""
        validator = jsonschema.Draft202012Validator(SARIF)
        validator.check_schema(SARIF)
        with standing_in(BAD):
            for pack in sorted(Path().iterdir()):
                log = json.loads(as_sarif(check(pack)))
                validator.validate(log)
                (run,) = log["runs"]
                rules = run["tool"]["driver"]["rules"]
                assert run["results"]
                for result in run["results"]:
                    assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
                    assert result["level"] == RULES[result["ruleId"]].severity
                    region = result["locations"][0]["physicalLocation"].get("region")
                    assert region is None or region["endColumn"] > region["startColumn"]

    def test_a_sound_story_has_a_log_without_results(self) -> None:
        """An empty list of results says that the check was made and found nothing."""
        (run,) = json.loads(as_sarif(check(PACKS / "cloak")))["runs"]
        assert run["results"] == []
        assert run["tool"]["driver"]["rules"] == []

    def test_names_of_files_are_uris(self, tmp_path: Path) -> None:
        """Blanks and letters outside ASCII are encoded; an absolute name says so."""
        (folder := tmp_path / "a b é").mkdir()
        (folder / "story.yaml").write_text("id: a\n")
        (run,) = json.loads(as_sarif(check(folder)))["runs"]
        uri = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert uri.startswith("file:///")
        assert uri.endswith("/a%20b%20%C3%A9/story.yaml")


class TestGround:
    """Where warnings stand."""

    def test_findings_name_the_document_of_their_scene(self) -> None:
        """The third scene of a file is its third document."""
        ground = Ground(survey(PACKS / "cloak"))
        found = ground.in_scene("W104", "bar", ("id",), id="bar")
        assert (found.doc, found.file) == (2, ground.survey.origins["bar"][0])
        assert ground.in_header("W108", ("motifs", 0), id="x").file == ground.survey.header_file
