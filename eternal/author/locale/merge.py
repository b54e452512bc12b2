"""Merging a story's texts of today into a catalog of yesterday, so that no translation is lost and none is taken for another's.

A translation follows its text: to another place in the scene (a block was put before it), and along renames that the author
declares (`formerly`). Where the text itself has changed it stays, marked fuzzy, with the words it was made for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress

from babel.core import UnknownLocaleError
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import denormalize
from msgspec import Struct

__all__ = ["Renamed", "merged"]

#: What `formerly` declares (`Story.renamed`): kind and old id, for a choice with its scene between, to the id of today.
Renamed = Mapping[tuple[str, ...], str]


class _Found(Struct, frozen=True):
    """What a catalog has for a text, and whether it must be looked at again."""

    old: Message
    doubtful: bool = False


def merged(fresh: Catalog, old: Catalog, language: str, renamed: Renamed | None = None) -> Catalog:
    """Return the texts of a template with what a catalog has of them; what it has beside them is kept as obsolete.

    Args:
        fresh: the template.
        old: the catalog; an empty one to begin with.
        language: its tag.
        renamed: what has another id today.
    """
    made = _begun(fresh, old, language)
    found = _match(fresh, old, renamed or {})
    for message in _texts(fresh):
        _take(made, message, found.get(_name(message)))
    used = {id(it.old) for it in found.values()}
    for message in (*_texts(old), *old.obsolete.values()):
        if message.string and id(message) not in used:
            message.user_comments = _notes(message)
            made.obsolete[str(message.id), _name(message)] = message
    return made


def _begun(fresh: Catalog, old: Catalog, language: str) -> Catalog:
    """Return an empty catalog with the head of the old one: its translators stay named."""
    made = Catalog(
        project=fresh.project, version=fresh.version, charset="utf-8", fuzzy=False, copyright_holder=fresh.copyright_holder,
        creation_date=fresh.creation_date, revision_date=old.revision_date if list(_texts(old)) else fresh.revision_date,
        last_translator=old.last_translator, language_team=old.language_team, msgid_bugs_address=old.msgid_bugs_address,
    )  # fmt: skip
    with suppress(UnknownLocaleError):  # a language that the world has no rules for is one all the same
        made.locale = language
    made.header_comment = fresh.header_comment
    return made


def _texts(catalog: Catalog) -> Iterator[Message]:
    yield from (message for message in catalog if message.id)


def _name(message: Message) -> str:
    """Return what stays the same when a text changes: its context; a text without one is its own name."""
    return str(message.context or message.id)


def _match(fresh: Catalog, old: Catalog, renamed: Renamed) -> dict[str, _Found]:
    """Return what there is for each text: the same text in the same place, else where it went, else what stood in its place."""
    texts = {_name(message): str(message.id) for message in _texts(fresh)}
    known = {_today(_name(message), renamed, texts): message for message in _texts(old) if message.string}
    found = {name: _Found(known[name]) for name, text in texts.items() if name in known and known[name].id == text}
    adrift = [(name, message) for name, message in known.items() if name not in found]
    adrift += [(_today(_name(message), renamed, texts), message) for message in old.obsolete.values() if message.string]
    for name, text in texts.items():
        if name not in found and (moved := _moved(name, text, adrift)) is not None:
            found[name] = moved
            adrift = [entry for entry in adrift if entry[1] is not moved.old]
    left = dict(adrift)
    return {**{name: _Found(left[name], doubtful=True) for name in texts if name not in found and name in left}, **found}


def _moved(name: str, text: str, adrift: list[tuple[str, Message]]) -> _Found | None:
    """Return the translation of a text that stands nowhere any more: its own scene's as it is, another's to be looked at."""
    same = sorted(
        (entry for entry in adrift if entry[1].id == text), key=lambda entry: (entry[0] != name, _scene(entry[0]) != _scene(name))
    )
    return _Found(same[0][1], doubtful=_scene(same[0][0]) != _scene(name)) if same else None


def _scene(name: str) -> str:
    return name.partition(":")[0]


def _today(name: str, renamed: Renamed, texts: Mapping[str, str]) -> str:
    """Return what the text of that name is called today; a name that the story has is never taken for a former one."""
    parts = name.split(":")
    if name in texts or len(parts) < 2:
        return name
    if parts[0] == "fragment":
        parts[1] = renamed.get(("fragment", parts[1]), parts[1])
    else:
        parts[0] = renamed.get(("scene", parts[0]), parts[0])
        if parts[1] in ("choice", "answer") and len(parts) > 2:
            parts[2] = renamed.get(("choice", parts[0], parts[2]), parts[2])
    return ":".join(parts)


def _take(made: Catalog, fresh: Message, found: _Found | None) -> None:
    """Add a text with the translation it has."""
    if found is None:
        made.add(fresh.id, "", context=fresh.context, auto_comments=fresh.auto_comments)
        return
    old = found.old
    fuzzy = found.doubtful or old.fuzzy
    before = _before(old) if old.fuzzy else ""
    if not before and old.id != fresh.id:
        before = str(old.id)
    made.add(
        fresh.id, str(old.string), context=fresh.context, flags={"fuzzy"} if fuzzy else (), auto_comments=fresh.auto_comments,
        user_comments=_notes(old), previous_id=[before] if before else [],
    )  # fmt: skip


#: How Babel reads the line `#| msgid "…"`, with what follows it: as a translator's note.
_PREVIOUS = re.compile(r"\s*\|\s*(?:(msgid|msgctxt|msgid_plural)\s+)?(\".*\")\s*\Z")


def _notes(message: Message) -> list[str]:
    """Return what a translator has noted on a text."""
    return [note for note in message.user_comments if not _PREVIOUS.match(note)]


def _before(message: Message) -> str:
    """Return the words that a fuzzy translation was made for, as its catalog has noted them."""
    kind, lines = "", []
    for note in message.user_comments:
        found = _PREVIOUS.match(note)
        if found:
            kind = found.group(1) or kind
            lines += [found.group(2)] if kind == "msgid" else []
    return denormalize("\n".join(lines))
