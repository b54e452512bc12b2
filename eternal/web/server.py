"""The server: a page, the library's scripts, and a socket for each visitor."""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
from collections.abc import Awaitable, Callable, Sequence
from html import escape
from importlib.resources import files
from pathlib import Path

import textual_serve
from aiohttp import WSMessage, WSMsgType, web

from eternal.web.seat import Seat
from eternal.web.visitors import COOKIE, home_of, is_loopback, is_secret, is_welcome, languages_of, new_secret

__all__ = ["House", "serve"]

#: How many can play at once: each takes some sixty megabytes.
SEATS = 40
#: The most columns and rows that a browser is believed.
MOST = 500
#: Bytes of one message of a browser: a long text pasted, no more.
MESSAGE = 1 << 20
#: Seconds after which a browser that does not answer has gone.
PULSE = 15.0

_STATIC = Path(textual_serve.__file__).parent / "static"

#: Nothing is loaded from anywhere else, and no other page may show this one.
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self' ws: wss:; img-src 'self' data:; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


class House:
    """The rooms in which the game is played.

    Attributes:
        sockets: the ways to those who are playing.
    """

    def __init__(self, command: Sequence[str], title: str, host: str) -> None:
        """Open it.

        Args:
            command: what plays, for each visitor.
            title: the story's name.
            host: the address it is served on.
        """
        self.command = tuple(command)
        self.title = title
        self.only_here = is_loopback(host)
        self.sockets: set[web.WebSocketResponse] = set()

    def app(self) -> web.Application:
        """Return the web application."""
        app = web.Application(middlewares=[self._only_from_here])
        app.add_routes([web.get("/", self.page), web.get("/ws", self.socket), web.get("/visit.js", self.script)])
        app.router.add_static("/static", _STATIC)
        app.on_shutdown.append(self.close)
        return app

    @web.middleware
    async def _only_from_here(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        if not is_welcome(request.host, request.headers.get("Origin"), only_here=self.only_here):
            raise web.HTTPForbidden(text="This page is served under another name.\n")
        return await handler(request)

    async def page(self, request: web.Request) -> web.Response:
        """Answer with the page; a browser that comes for the first time is given its secret."""
        text = _read("page.html").replace("{title}", escape(self.title))
        response = web.Response(text=text, content_type="text/html", headers=_HEADERS)
        if not is_secret(request.cookies.get(COOKIE)):
            response.set_cookie(COOKIE, new_secret(), max_age=400 * 24 * 3600, httponly=True, samesite="Strict", secure=request.secure)
        return response

    async def script(self, _: web.Request) -> web.Response:
        """Answer with the page's own lines of script."""
        return web.Response(text=_read("visit.js"), content_type="text/javascript", headers=_HEADERS)

    async def socket(self, request: web.Request) -> web.WebSocketResponse:
        """Play with one visitor until either leaves."""
        secret = request.cookies.get(COOKIE)
        if secret is None or not is_secret(secret):
            raise web.HTTPForbidden(text="Open the page first.\n")
        if len(self.sockets) >= SEATS:
            raise web.HTTPServiceUnavailable(text="Every seat is taken.\n")
        socket = web.WebSocketResponse(heartbeat=PULSE, max_msg_size=MESSAGE)
        await socket.prepare(request)
        self.sockets.add(socket)
        seat = Seat(self.command, home_of(secret), languages_of(request.headers.get("Accept-Language", "")), socket)
        try:
            await seat.start(_size(request.query.get("width"), 80), _size(request.query.get("height"), 24))
            async for message in socket:
                await _pass_on(message, seat, socket)
        finally:
            self.sockets.discard(socket)
            await seat.stop()
        return socket

    async def close(self, _: web.Application) -> None:
        """Send everybody home: each game closes its night."""
        await asyncio.gather(*(socket.close() for socket in tuple(self.sockets)))


async def serve(house: House, host: str, port: int, ready: Callable[[str, int], None]) -> int:
    """Serve until a signal comes.

    Args:
        house: what is served.
        host: the address.
        port: the port; 0 takes any that is free.
        ready: told the address and the port once browsers can come.

    Returns:
        128 and the number of the signal.

    Raises:
        OSError: the address cannot be had.
    """
    told: asyncio.Queue[int] = asyncio.Queue()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(number, told.put_nowait, number)
    runner = web.AppRunner(house.app(), shutdown_timeout=3.0, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        await site.start()
        address = runner.addresses[0]
        ready(address[0], address[1])
        return 128 + await told.get()
    finally:
        await runner.cleanup()


async def _pass_on(message: WSMessage, seat: Seat, socket: web.WebSocketResponse) -> None:
    """Pass on what a browser says; what makes no sense is passed over."""
    if message.type is not WSMsgType.TEXT:
        return
    try:
        kind, *rest = json.loads(message.data)
    except (ValueError, TypeError, RecursionError):
        return
    match kind, rest:
        case "stdin", [str(keys)]:
            await seat.send_bytes(keys.encode("utf-8", "replace"))
        case "resize", [{"width": width, "height": height}]:
            await seat.set_terminal_size(_size(width, 80), _size(height, 24))
        case "ping", [str(when)]:
            await socket.send_json(["pong", when])
        case "blur", _:
            await seat.blur()
        case "focus", _:
            await seat.focus()


def _size(said: object, usual: int) -> int:
    """Return a number of columns or rows, as far as a browser can be believed."""
    try:
        return max(1, min(MOST, int(str(said))))
    except ValueError:
        return usual


def _read(name: str) -> str:
    return files("eternal.web").joinpath(name).read_text("utf-8")
