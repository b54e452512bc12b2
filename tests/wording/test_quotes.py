"""Words in quotation marks, as news and the map say them."""

from __future__ import annotations

import pytest

from eternal.engine.view import view
from eternal.saves.save import folded_save
from eternal.story.load import SHIPPED
from eternal.story.story import Story
from eternal.wording.news import news_lines


@pytest.mark.parametrize("locale", [None, "vi"])
def test_words_that_quote_somebody_are_quoted_within_quotes(shipped: Story, locale: str | None) -> None:
    """A lost fragment in which somebody speaks has single marks inside of the double ones, in both languages."""
    game = folded_save(SHIPPED.parent / "saves" / "child.eternal", shipped).game
    lost = next(state for state in game.states if any(news.about == "ice-says-no" for news in state.news))
    said = " ".join(news_lines(shipped, view(shipped, lost, locale), locale))
    assert "““" not in said
    assert "“‘" in said
    assert said.count("“") == said.count("”")
    assert said.count("‘") <= said.count("’")
