"""Saves from strangers who mean harm: every one is to be refused in one line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from eternal.saves.format import MAX_ACTIONS, MAX_BYTES, seal
from eternal.story.story import Story

__all__ = ["hostile_saves"]

NASTY = {
    "escape": "\x1b[2J\x1b]0;owned\x07", "newline": "a\nb", "return": "a\rb", "nul": "a\x00b", "bell": "\x07", "c1": "a\x9bb",
    "delete": "a\x7fb",
    "bidi": "a\u202eb", "isolate": "a\u2066b", "separator": "a\u2028b", "mark": "\ufeffa", "tag": "a\U000e0041", "surrogate": "a\ud800b",
    "upwards": "../../../etc/passwd", "root": "/etc/passwd", "windows": "C:\\Windows\\win.ini", "share": "\\\\host\\share",
    "url": "http://x/y",
    "device": "/dev/zero", "home": "~/.ssh/id_rsa", "template": "{0.__class__}", "percent": "%s%n", "shell": "$(reboot)",
    "markup": "[b]x[/b]",
    "html": "<script>", "python": "__import__('os')", "space": " ", "empty": "", "capital": "Night", "long": "a" * 61,
    "endless": "a" * 60_000,
    "wide": "é" * 30, "quote": 'a"b', "colon": 'a":"b',
}  # fmt: skip
VALUES: dict[str, Any] = {
    "null": None, "true": True, "list": [], "object": {}, "text": "1", "float": 1.5, "minus": -1, "huge": 2**64, "vast": 10**4_000,
    "deep": None,
}  # fmt: skip


def hostile_saves(story: Story) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of every hostile save; each is sealed as a real one is."""
    yield from _no_saves()
    yield from _headers(story)
    yield from _records(story)
    yield from _crowds(story)


def header(story: Story, /, **changes: Any) -> bytes:
    """Return a header with some of its fields changed; `...` takes one away."""
    fields: dict[str, Any] = {
        "eternal": 1, "story": story.id, "version": "1", "digest": story.digest, "seed": 1, "locale": "en", "past": [], "created": "",
    }  # fmt: skip
    fields = {name: value for name, value in (fields | changes).items() if value is not ...}
    return sealed(fields)


def record(number: int = 1, /, **changes: Any) -> bytes:
    """Return the line of an action with some of its fields changed; `...` takes one away."""
    fields: dict[str, Any] = {"n": number, "do": "choose", "id": "all", "in": "bedside", "state": "0" * 12}
    return sealed({name: value for name, value in (fields | changes).items() if value is not ...})


def sealed(fields: dict[str, Any]) -> bytes:
    """Return an object as a line with its right checksum; what no encoder would write is spliced in."""
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return seal(text.replace(b'"<deep>"', b"[" * 3_000 + b"]" * 3_000))


def _value(name: str) -> Any:
    return "<deep>" if name == "deep" else VALUES[name]


def _no_saves() -> Iterator[tuple[str, bytes]]:
    yield from {
        "nothing": b"", "a newline": b"\n", "newlines": b"\n" * (MAX_BYTES - 1), "zeros": bytes(100_000),
        "brackets": b"[" * 900_000 + b"\n",
        "an open string": b'{"eternal":"' + b"a" * 3_000_000, "a bitmap": b"BM" + bytes(range(256)) * 50, "utf-16": "{}\n".encode("utf-16"),
        "a pickle": b"cos\nsystem\n(S'reboot'\ntR.", "yaml": b"!!python/object/apply:os.system [reboot]\n", "html": b"<!doctype html>\n<p>",
        "a zip": b"PK\x03\x04" + bytes(60), "too large": b"a" * (MAX_BYTES + 1), "sealed nothing": seal(b"{}"),
        "a sealed list": seal(b"[1]"),
        "a sealed number": seal(b"1}"), "sealed brackets": seal(b"[" * 60_000 + b"}"), "a false seal": b'{"eternal":1,"sum":"00000000"}\n',
        "seals without lines": b'{"eternal":1}' + b',"sum":"00000000"}' * 200_000 + b"\n",
    }.items()  # fmt: skip


def _headers(story: Story) -> Iterator[tuple[str, bytes]]:
    for field in ("eternal", "story", "version", "digest", "seed", "locale", "past", "created"):
        for name in VALUES:
            if (field, name) not in (("story", "text"), ("version", "text"), ("locale", "text"), ("created", "text"), ("past", "list")):
                yield f"header {field} {name}", header(story, **{field: _value(name)})
    for name, text in NASTY.items():
        yield f"story {name}", header(story, story=text)
        yield f"past {name}", header(story, past=[text])
        if name in ("escape", "newline", "nul", "bell", "c1", "bidi", "separator", "tag", "surrogate", "endless"):
            yield f"version {name}", header(story, version=text)
            yield f"created {name}", header(story, created=text)
            yield f"locale {name}", header(story, locale=text)
    yield "a later format", header(story, eternal=2)
    yield "format nought", header(story, eternal=0)
    yield "a seed out of range", header(story, seed=2**53 + 1)
    yield "too much past", header(story, past=["spotless"] * 501)
    yield "an unknown field", header(story, exec="reboot")
    yield "no story", header(story, story=...)
    yield "no seed", header(story, seed=...)
    body = unsealed(header(story))
    yield "a key twice", seal(body[:-1] + b',"seed":2}')
    yield "a format twice", seal(b'{"eternal":2,' + body[1:])
    yield "trailing words", seal(body[:-1] + b"} {}")


def unsealed(line: bytes) -> bytes:
    """Return the JSON of a sealed line."""
    return line[: -len(b',"sum":"00000000"}\n')] + b"}"


def _records(story: Story) -> Iterator[tuple[str, bytes]]:
    top = header(story)
    for field in ("n", "do", "id", "in", "state"):
        for name in VALUES:
            if (field, name) not in (("id", "text"), ("in", "text")):
                yield f"record {field} {name}", top + record(**{field: _value(name)})
        yield f"record without {field}", top + record(**{field: ...})
    for name, text in NASTY.items():
        yield f"id {name}", top + record(id=text)
        yield f"scene {name}", top + record(**{"in": text})
        yield f"verb {name}", top + record(do=text)
    yield "a verb nobody knows", top + record(do="eval")
    yield "a rewind with an id", top + record(do="rewind")
    yield "a choice with a step", top + record(id=..., to=3)
    yield "both", top + record(to=3)
    yield "an unknown field", top + record(path="/etc/passwd")
    for to in (-1, 1, 7, MAX_ACTIONS, MAX_ACTIONS + 1, 2**63, 2**70, 10**4_000, "1", None, 0.5):
        yield f"a rewind to {str(to)[:20]}", top + record(do="rewind", id=..., to=to)
    yield "the wrong number", top + record(2)
    yield "a number twice", top + record(1) + record(1)
    yield "a key twice", top + seal(unsealed(record())[:-1] + b',"id":"some"}')
    yield "a step that is not there", top + record(id="nothing-like-it")
    yield "another place", top + record(**{"in": "river"})
    yield "a flight to nowhere", top + record(do="flee", id="nowhere")
    yield "a long line", top + seal(b'{"n":1,' + b" " * 5_000 + unsealed(record())[1:])
    yield "lines of another order", top + record(1) + record(3) + record(2)


def _crowds(story: Story) -> Iterator[tuple[str, bytes]]:
    top = header(story)
    yield "200,000 actions", top + b"".join(record(number) for number in range(1, 200_001))
    yield "as many as fit", top + b"".join(seal(b'{"n":%d}' % number) for number in range(1, MAX_BYTES // 40))
    yield "one too many", top + b"".join(record(number, **{"in": "x", "id": "y"}) for number in range(1, MAX_ACTIONS + 2))
    yield "good and bad by turns", top + (b"?\n" + record()) * 20_000
