"""Who is let in, as whom, and in which language."""

from __future__ import annotations

import pytest

from eternal.locations import home
from eternal.web.visitors import home_of, is_secret, is_welcome, languages_of, new_secret


def test_a_secret_leads_to_one_home_that_does_not_tell_it() -> None:
    """Two secrets are two homes inside the player's folder; neither the folder's name nor a wrong secret says anything."""
    one, other = new_secret(), new_secret()
    assert home_of(one) == home_of(one) != home_of(other)
    assert home_of(one).parent == home() / "visitors"
    assert one not in str(home_of(one))


@pytest.mark.parametrize("text", [None, "", "../../x", "a" * 42, "a" * 44, "a" * 42 + "\n", "ä" * 43])
def test_what_is_no_secret(text: str | None) -> None:
    """A cookie that is not ours is none."""
    assert not is_secret(text)
    assert is_secret(new_secret())


@pytest.mark.parametrize(
    ("host", "origin", "welcome"),
    [
        ("localhost:8000", None, True),
        ("127.0.0.1:8000", "http://127.0.0.1:8000", True),
        ("[::1]:8000", "http://[::1]:8000", True),
        ("evil.example:8000", None, False),
        ("127.0.0.1.evil.example:8000", None, False),
        ("", None, False),
        ("localhost:8000", "http://evil.example", False),
        ("localhost:8000", "http://localhost:9000", False),
        ("localhost:8000", "null", False),
    ],
)
def test_who_is_welcome(host: str, origin: str | None, *, welcome: bool) -> None:
    """On this machine alone: by its own names only, and from no page but ours."""
    assert is_welcome(host, origin, only_here=True) is welcome


def test_served_to_others_it_may_have_any_name() -> None:
    """A server for others is reached by names it does not know; still no other page may open its sockets."""
    assert is_welcome("eternal.example", "https://eternal.example", only_here=False)
    assert not is_welcome("eternal.example", "https://evil.example", only_here=False)


@pytest.mark.parametrize(
    ("header", "languages"),
    [
        ("", ""),
        ("vi", "vi"),
        ("vi-VN,vi;q=0.9,en;q=0.8", "vi_VN:vi:en"),
        ("en;q=0.5, vi", "vi:en"),
        ("*, de;q=0, ;;;, x\x1b[m, en;q=9", ""),
        ("en," * 100_000, ":".join(["en"] * 10)),
    ],
    ids=["none", "one", "a browser's", "by wish", "nonsense", "long"],
)
def test_languages_of_a_browser(header: str, languages: str) -> None:
    """The browser's wishes in their order; what makes no sense is passed over."""
    assert languages_of(header) == languages
