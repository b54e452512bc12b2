"""Every key of the game: its id, what it does, and what the help says of it.

The screens take their bindings from here, the help and the settings read them here, and a player's keymap names these ids.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from eternal.speech import _, mark

if TYPE_CHECKING:
    from textual.binding import BindingType

__all__ = ["SCOPES", "Key", "bindings", "clash", "find", "keys_of", "shown"]


class Key(Struct, frozen=True):
    """A key: `keys` are Textual's names for it, apart by commas; `action` is the screen's; `says` is a line of help."""

    id: str
    keys: str
    action: str
    says: str
    fixed: bool = False


_DIGITS = tuple(Key(f"take-{n}", str(n), f"take({n})", mark("take that choice"), fixed=True) for n in range(1, 10))
_LIST = (
    Key("up", "up,k", "step(-1)", mark("up")),
    Key("down", "down,j", "step(1)", mark("down")),
    Key("enter", "enter", "press", mark("take what the cursor is on"), fixed=True),
)
_BACK = Key("back", "escape,q", "back", mark("back"))

#: Scope -> its keys. A scope is where one stands; `everywhere` holds in all of them.
SCOPES: dict[str, tuple[Key, ...]] = {
    "everywhere": (
        Key("help", "f1,question_mark", "app.help", mark("what can be done here")),
        Key("palette", "ctrl+p", "app.command_palette", mark("everything by its name"), fixed=True),
    ),
    "title": (*_LIST, Key("leave", "q", "app.leave", mark("leave the game"))),
    "night": (
        *_DIGITS,
        Key("word", "tab,right", "word(1)", mark("to the next words that can be kept")),
        Key("word-before", "shift+tab,left", "word(-1)", mark("to the words before")),
        Key("up", "up,k", "step(-1)", mark("up, from the choices into the words")),
        Key("down", "down,j", "step(1)", mark("down")),
        Key("enter", "enter", "press", mark("keep the words, or take the choice"), fixed=True),
        Key("keep", "space", "keep", mark("keep the words; else read on")),
        Key("page-down", "pagedown", "page(1)", mark("read on")),
        Key("page-up", "pageup", "page(-1)", mark("read back")),
        Key("run", "f", "run_away", mark("run, once one knows that one can")),
        Key("hands", "d", "hands", mark("what is in hand: hide it, or let it go")),
        Key("map", "m", "map", mark("the map of memories")),
        Key("before", "h", "open('before')", mark("what has been read and done")),
        Key("undo", "u", "undo", mark("take back the last step")),
        Key("nights", "s", "open('nights')", mark("the nights that are saved")),
        Key("settings", "o", "open('settings')", mark("settings")),
        Key("leave", "q", "leave", mark("leave; the night is saved")),
    ),
    "list": (*_LIST, _BACK),
    "run": (*_DIGITS, *_LIST, Key("back", "escape,q,f", "back", mark("back to the page"))),
    "hands": (
        *_DIGITS,
        Key("up", "up,k", "step(-1)", mark("up")),
        Key("down", "down,j", "step(1)", mark("down")),
        Key("enter", "enter", "press", mark("hide it where you are"), fixed=True),
        Key("drop", "x,delete", "drop", mark("let it go")),
        Key("back", "escape,q,d", "back", mark("back to the page")),
    ),
    "map": (
        Key("older", "left", "walk(-1)", mark("to an older memory")),
        Key("newer", "right", "walk(1)", mark("to a newer one")),
        Key("across", "up,down", "across", mark("between the memories and what lies below")),
        Key("back", "escape,q,m", "back", mark("back to the page")),
    ),
    "before": (
        Key("up", "up,k", "step(-1)", mark("to the choice before")),
        Key("down", "down,j", "step(1)", mark("to the next choice")),
        Key("page-up", "pageup", "page(-1)", mark("a page back")),
        Key("page-down", "pagedown,space", "page(1)", mark("a page on")),
        Key("search", "slash", "search", mark("search")),
        Key("next", "n", "find(1)", mark("the next place with these words")),
        Key("previous", "p", "find(-1)", mark("the place before")),
        Key("enter", "enter", "press", mark("go back to this choice"), fixed=True),
        Key("back", "escape,q,h", "back", mark("back to the page")),
    ),
    "nights": (
        *_LIST,
        Key("rename", "r", "rename", mark("give it another name")),
        Key("delete", "x,delete", "delete", mark("take it away")),
        Key("undo", "u", "undo", mark("bring it back")),
        Key("watch", "w", "watch", mark("watch it")),
        _BACK,
    ),
    "gallery": (
        *_LIST,
        Key("before", "left,shift+tab", "across(-1)", mark("to the frame before")),
        Key("next", "right,tab", "across(1)", mark("to the next frame")),
        _BACK,
    ),
    "settings": (
        *_LIST,
        Key("less", "left", "change(-1)", mark("the one before")),
        Key("more", "right", "change(1)", mark("the next one")),
        Key("default", "backspace,delete", "default", mark("as it was in the beginning")),
        _BACK,
    ),
    "cinema": (
        Key("pause", "space", "pause", mark("stop and go on")),
        Key("step", "right", "step(1)", mark("one step on")),
        Key("step-back", "left", "step(-1)", mark("one step back")),
        Key("slower", "left_square_bracket", "speed(-1)", mark("slower")),
        Key("faster", "right_square_bracket", "speed(1)", mark("faster")),
        Key("start", "home", "jump(0)", mark("to the beginning")),
        Key("end", "end", "jump(1)", mark("to the end")),
        Key("take-over", "t", "take_over", mark("play on from here, as a new night")),
        Key("back", "escape,q", "back", mark("leave")),
    ),
    "ending": (
        Key("enter", "enter,space", "press", mark("on"), fixed=True),
        Key("up", "up,k", "page(-1)", mark("up")),
        Key("down", "down,j", "page(1)", mark("down")),
        Key("gallery", "g", "gallery", mark("the endings")),
        Key("undo", "u", "undo", mark("take back the last step")),
        Key("before", "h", "before", mark("what has been read and done")),
        Key("leave", "q,escape", "leave", mark("to the title")),
    ),
}

#: How keys are written for people.
_NAMES = {
    "question_mark": "?", "slash": "/", "left_square_bracket": "[", "right_square_bracket": "]", "escape": "Esc", "enter": "Enter",
    "space": "Space", "tab": "Tab", "shift+tab": "Shift+Tab", "left": "←", "right": "→", "up": "↑", "down": "↓", "pageup": "PgUp",
    "pagedown": "PgDn", "home": "Home", "end": "End", "delete": "Del", "backspace": "⌫", "ctrl+p": "Ctrl+P",
}  # fmt: skip


def keys_of(scope: str) -> tuple[Key, ...]:
    """Return the keys that hold in a scope, its own first."""
    return (*SCOPES[scope], *SCOPES["everywhere"]) if scope != "everywhere" else SCOPES["everywhere"]


def bindings(scope: str) -> list[BindingType]:
    """Return the bindings of a screen. Each has an id, so that a keymap can move it."""
    from textual.binding import Binding  # the title's first frame shows keys before Textual is there

    return [Binding(key.keys, key.action, key.says, id=f"{scope}.{key.id}", show=False) for key in SCOPES[scope]]


def find(name: str) -> Key | None:
    """Return the key of an id such as `night.map`."""
    scope, _, which = name.partition(".")
    return next((key for key in SCOPES.get(scope, ()) if key.id == which), None)


def shown(keys: str) -> str:
    """Return how keys are written for people: `f1,question_mark` is `F1 ?`."""
    return " ".join(_NAMES.get(key, key.upper() if key[:1] == "f" and key[1:].isdigit() else key) for key in keys.split(","))


def clash(keymap: Mapping[str, str], name: str, pressed: str) -> str:
    """Return why a key cannot do what `name` says, or nothing.

    Args:
        keymap: what the player has moved so far, by id.
        name: the id that wants the key.
        pressed: the key.
    """
    scope = name.partition(".")[0]
    if pressed in ("ctrl+c", "ctrl+q", "ctrl+z", "ctrl+p", "enter", "escape") or (
        _DIGITS[0] in SCOPES[scope] and pressed in set("123456789")
    ):
        return _("{key} always means the same").format(key=shown(pressed))
    for other in SCOPES if scope == "everywhere" else (scope, "everywhere"):
        for key in SCOPES[other]:
            full = f"{other}.{key.id}"
            if full != name and pressed in keymap.get(full, key.keys).split(","):
                return _("{key} is already: {deed}").format(key=shown(pressed), deed=_(key.says))
    return ""
