"""`eternal stats`: a story in numbers."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from eternal.author.stats import stats
from eternal.author.stats.variables import usage
from eternal.author.stats.words import count
from eternal.story.load import load
from eternal.story.messages import messages
from eternal.story.story import Story
from tests.author.desk import copied, eternal

#: Key and translation of some texts of Cloak.
VIETNAMESE = {
    ("foyer:title", "Foyer of the Opera House"): "Tiền sảnh nhà hát",
    ("won:text:0", "The message, neatly written in the sawdust, says that *you have won*."): "Dòng chữ nói rằng *bạn đã thắng*.",
    ("bar:title", "A title that the story no longer has"): "Quán rượu",
}


def compiled(texts: dict[tuple[str, str], str]) -> bytes:
    """Return texts as a compiled catalog."""
    catalog, data = Catalog(locale="vi"), BytesIO()
    for (key, text), told in texts.items():
        catalog.add(text, told, context=key)
    write_mo(data, catalog)
    return data.getvalue()


def test_words_are_those_that_are_read() -> None:
    """Markup, links and interpolations are no words; a hyphen or an apostrophe does not make two."""
    assert count("She says *no*, and names [a dentist’s half-star](keep:star) {times}.") == 8
    assert count("# not a heading: a line") == 5
    assert count(None) == 0


def test_everything_is_counted_where_it_belongs(night: Story) -> None:
    """Heads are places, parts are scenes; the words of the kinds add up to the words."""
    found = stats(night, nights=2)
    assert (found.scenes, found.choices, found.fragments, found.endings, found.memories, found.refuges) == (16, 22, 7, 3, 4, 2)
    assert sum(found.words_by_kind.values()) == found.words == found.words_by_locale["en"]
    assert found.words == sum(count(message.text) for message in messages(night))


def test_a_night_is_measured_the_same_way_every_time(night: Story) -> None:
    """By players with seeds: a shortest is not longer than a median, nor that than a longest."""
    nights = stats(night, nights=3).nights
    assert nights is not None
    assert nights.shortest.words <= nights.median.words <= nights.longest.words
    assert nights == stats(night, nights=3).nights


def test_a_story_that_cannot_be_ended_says_so(tmp_path: Path) -> None:
    """Its numbers are still there."""
    (tmp_path / "story.yaml").write_text(
        "id: ring\ntitle: Ring\nstart: a\n---\nid: a\ntitle: A\ntext: Round.\nchoices: [{id: on, text: On., to: a}]\n", encoding="utf-8"
    )
    assert stats(load(tmp_path, cached=False), nights=1).nights is None


def test_where_variables_are_read_and_written(cloak: Story) -> None:
    """Choices by their scene, text blocks by their number."""
    used = usage(cloak)
    assert used["trampled"].written == ("bar/fumble",)
    assert used["trampled"].read == ("bar/fumble", "bar/read", "bar/squint")
    assert "cloakroom text 2" in used["cloak"].read


def test_translated_words_are_counted(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """Those that a reader of the language meets: what was changed since it was translated stands in the story's own."""
    pack = copied("cloak", tmp_path / "cloak")
    (pack / "locale").mkdir()
    (pack / "locale" / "vi.mo").write_bytes(compiled(VIETNAMESE))
    found = json.loads(eternal(capfdbinary, "stats", pack, "--json").out)
    assert found["words_by_locale"] == {"en": found["words"], "vi": 11}


def test_the_command_prints_a_table_or_json(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    """The keys of the JSON are documented and stay."""
    pack = copied("cloak", tmp_path / "cloak")
    said = eternal(capfdbinary, "stats", pack, "--vars")
    assert said.code == 0
    assert "trampled\n  read    bar/fumble" in said.out
    found = json.loads(eternal(capfdbinary, "stats", pack, "--json", "--vars").out)
    keys = ("scenes", "words", "choices", "fragments", "endings", "memories", "refuges")
    assert all(isinstance(found[key], int) for key in keys)
    assert found["variables"]["cloak"]["written"] == ["cloakroom/hang", "cloakroom/drop", "cloakroom/wear"]
    assert eternal(capfdbinary, "stats", tmp_path / "none").code == 1
