"""Who a visitor is: a browser with a secret of its own, and with a home of its own for its nights, endings and settings.

Two visitors never share a save, nor see each other's; the same browser finds its nights again. The folder is named by a
digest of the secret, so that whoever reads the folders' names cannot come as that visitor.
"""

from __future__ import annotations

import re
import secrets
from hashlib import blake2b
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from eternal.locations import home

__all__ = ["COOKIE", "home_of", "is_loopback", "is_secret", "is_welcome", "languages_of", "new_secret"]

#: What the browser keeps the secret under.
COOKIE = "eternal-visitor"

_SECRET = re.compile(r"[A-Za-z0-9_-]{43}\Z")
_TAG = re.compile(r"\s*([A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*)\s*(?:;\s*q=([01](?:\.\d{0,3})?)\s*)?\Z")
#: How many of a browser's languages are looked at.
_WISHES = 10


def new_secret() -> str:
    """Return a secret for a browser that has none."""
    return secrets.token_urlsafe(32)


def is_secret(text: str | None) -> bool:
    """Tell whether a browser's cookie can be one of ours."""
    return text is not None and _SECRET.match(text) is not None


def home_of(secret: str) -> Path:
    """Return the folder of a visitor's things. It is made when there is something to keep."""
    return home() / "visitors" / blake2b(secret.encode(), digest_size=16).hexdigest()


def is_welcome(host: str, origin: str | None, *, only_here: bool) -> bool:
    """Tell whether a request comes from a page of this server.

    Any page in the player's browser can open a socket to this machine, and a name can be made to lead here.

    Args:
        host: what the request says it is for.
        origin: what page it comes from, where the browser says so.
        only_here: whether the server is for this machine alone; then it goes by no other name.
    """
    if only_here and not is_loopback(urlsplit(f"//{host}").hostname or ""):
        return False
    return origin is None or urlsplit(origin).netloc == host


def is_loopback(name: str) -> bool:
    """Tell whether an address or a name means this machine and nobody else."""
    if name == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def languages_of(header: str) -> str:
    """Return the languages that a browser asks for, as the environment names them: `vi:en`."""
    found = [_TAG.match(part) for part in header.split(",")[:_WISHES]]
    wishes = [(-float(tag[2] or 1), place, tag[1].replace("-", "_")) for place, tag in enumerate(found) if tag and tag[2] != "0"]
    return ":".join(name for _, _, name in sorted(wishes))
