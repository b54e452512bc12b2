"""Choosing a language: what was asked for, what is set, what the system speaks."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from eternal.story.languages import known, match, pick, wanted
from eternal.story.load import load
from eternal.story.story import Story
from tests.conftest import PACKS


@pytest.fixture
def story(tmp_path: Path) -> Story:
    """The small story in English, with compiled catalogs of several other languages."""
    pack = shutil.copytree(PACKS / "night", tmp_path / "night")
    (pack / "locale").mkdir()
    for language in ("vi", "pt_BR", "sr@latin", "zh-Hant"):
        data = BytesIO()
        write_mo(data, Catalog())
        (pack / "locale" / f"{language}.mo").write_bytes(data.getvalue())
    return load(pack, cached=False)


@pytest.mark.parametrize(
    ("environ", "wishes"),
    [
        ({}, []),
        ({"LANG": "vi_VN.UTF-8@x"}, ["vi_VN@x", "vi@x", "vi_VN", "vi"]),
        ({"LANG": "vi"}, ["vi"]),
        ({"LANG": "vi_VN", "LC_MESSAGES": "fr_FR", "LC_ALL": "de_DE"}, ["de_DE", "de"]),
        ({"LANG": "vi_VN", "LC_MESSAGES": "fr_FR", "LC_ALL": ""}, ["fr_FR", "fr"]),
        ({"LANGUAGE": "fr:vi_VN:en", "LANG": "en_US.UTF-8"}, ["fr", "vi_VN", "vi", "en"]),
        ({"LANGUAGE": "fr", "LANG": "vi_VN"}, ["fr"]),
        ({"LANGUAGE": "", "LANG": "vi_VN"}, ["vi_VN", "vi"]),
        ({"LANGUAGE": "vi"}, ["vi"]),
        ({"LANGUAGE": "vi", "LANG": "C"}, []),
        ({"LANGUAGE": "vi", "LANG": "vi_VN", "LC_ALL": "POSIX"}, []),
        ({"LANGUAGE": "vi", "LANG": "C.UTF-8"}, ["vi"]),
        ({"LANGUAGE": "fr:C:vi", "LANG": "en_US"}, ["fr"]),
        ({"LANG": "C.UTF-8"}, []),
        ({"LANGUAGE": ":vi:", "LANG": "@:._"}, ["vi"]),
    ],
)
def test_the_system_is_asked_as_gettext_asks_it(environ: dict[str, str], wishes: Sequence[str]) -> None:
    """LANGUAGE is a list before the locale, which is the first of LC_ALL, LC_MESSAGES, LANG; C and POSIX want no translation."""
    assert list(wanted(environ)) == wishes


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        ("vi", "vi"), ("vi_VN.UTF-8@x", "vi"), ("VI-vn", "vi"), ("pt_BR", "pt_BR"), ("pt-br", "pt_BR"), ("pt", ""), ("pt_PT", ""),
        ("sr_RS@latin", "sr@latin"), ("sr", ""), ("zh_Hant", "zh-Hant"), ("en_GB", "en"), ("C", ""), ("", ""), ("xx", ""), ("../vi", ""),
    ],
)  # fmt: skip
def test_a_language_is_known_however_it_is_written(story: Story, wish: str, told: str) -> None:
    """Hyphen or underscore, with or without country, encoding and variant: what the story speaks is found."""
    assert match(story, wish) == told


@pytest.mark.parametrize(
    ("asked", "environ", "told"),
    [
        ((), {}, "en"),
        ((), {"LANG": "vi_VN.UTF-8"}, "vi"),
        ((), {"LANGUAGE": "fr:en:vi", "LANG": "vi_VN"}, "en"),
        ((), {"LANG": "de_DE@euro"}, "en"),
        (("", "vi"), {"LANG": "en_US"}, "vi"),
        (("en", "vi"), {"LANG": "vi_VN"}, "en"),
        (("", "fr"), {"LANG": "vi_VN"}, "vi"),
        (("", ""), {"LC_ALL": "C", "LANGUAGE": "vi"}, "en"),
    ],
)
def test_what_is_asked_for_goes_before_what_the_system_speaks(
    story: Story, asked: Sequence[str], environ: dict[str, str], told: str
) -> None:  # fmt: skip
    """The command line, then the setting, then the system; what the story does not speak is passed over."""
    assert pick(story, asked, environ) == told


def test_its_own_language_is_the_first_it_knows(story: Story) -> None:
    """And each catalog beside it is one more."""
    assert known(story) == ("en", "pt_BR", "sr@latin", "vi", "zh-Hant")


def test_a_catalog_that_cannot_be_read_is_passed_over(story: Story) -> None:
    """The next wish holds, or the story's own words."""
    assert story.pack is not None
    (story.pack / "locale" / "vi.mo").write_bytes(b"no catalog")
    assert pick(story, ("vi", "pt_BR"), {}) == "pt_BR"
    assert pick(story, ("vi",), {}) == "en"
