"""`eternal serve` as a process: its page, its sockets, its end."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from eternal.saves.save import read_save
from eternal.web.visitors import COOKIE
from tests.conftest import PACKS
from tests.tui.drawing import Drawing
from tests.web.browser import until
from tests.web.server import Server

NIGHT = str(PACKS / "night")


class Visitor:
    """A browser as far as the server can tell."""

    def __init__(self, session: aiohttp.ClientSession, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.session = session
        self.socket = socket
        self.drawing = Drawing((80, 24))

    async def shows(self, word: str) -> None:
        """Wait until a word is on the screen."""
        async with asyncio.timeout(60):
            while word not in self.drawing.text:
                message = await self.socket.receive()
                assert message.type is not aiohttp.WSMsgType.CLOSED, self.drawing.text
                if message.type is aiohttp.WSMsgType.BINARY:
                    self.drawing.feed(message.data)

    async def press(self, keys: str) -> None:
        """Press keys."""
        await self.socket.send_json(["stdin", keys])

    async def gone(self) -> None:
        """Wait until the server has hung up."""
        async with asyncio.timeout(60):
            while (await self.socket.receive()).type not in (aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.CLOSE):
                pass


@asynccontextmanager
async def visitor(server: Server, **headers: str) -> AsyncIterator[Visitor]:
    """Open the page and its socket."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True), headers=headers) as session:
        async with session.get(server.url) as page:
            assert page.status == 200
        async with session.ws_connect(f"{server.url}/ws?width=80&height=24") as socket:
            yield Visitor(session, socket)


def with_server(home: Path, script: Callable[[Server], Coroutine[Any, Any, None]], *args: str) -> None:
    """Serve, and do what a script says."""
    with Server(home, *args) as server:
        asyncio.run(script(server))


def test_a_browser_is_given_a_secret_once(tmp_path: Path) -> None:
    """The cookie can be read by no script and is sent from no other page; whoever has one keeps it."""

    async def script(server: Server) -> None:
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
            async with session.get(server.url) as page:
                cookie = page.cookies[COOKIE]
                assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")
                assert "default-src 'self'" in page.headers["Content-Security-Policy"]
            async with session.get(server.url) as page:
                assert not page.cookies

    with_server(tmp_path, script, NIGHT)


def test_nobody_else_gets_a_socket(tmp_path: Path) -> None:
    """Without a secret, from another page, or under a name that is not this machine's, there is no game and no process."""

    async def script(server: Server) -> None:
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
            for headers in ({}, {"Cookie": f"{COOKIE}=../../x"}, {"Origin": "http://evil.example"}, {"Host": "evil.example"}):
                with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
                    await session.ws_connect(f"{server.url}/ws", headers=headers)
                assert refused.value.status == 403
            async with session.get(f"{server.url}/static/../server.py") as page:
                assert page.status == 404
        assert server.games() == []

    with_server(tmp_path, script, NIGHT)


def test_ctrl_c_sends_everybody_home(tmp_path: Path) -> None:
    """With a night being played Ctrl+C returns 130 and says nothing more; no process is left, the night is whole."""

    async def script(server: Server) -> None:
        async with visitor(server) as guest:
            await guest.shows("A new night")
            await guest.press("\r")
            await guest.shows("Hand everything over.")
            await guest.press("22")
            await guest.shows("A pier")
            games = server.games()
            assert len(games) == 1
            assert await asyncio.to_thread(server.interrupt) == (130, "")
            assert not any(map(_lives, games))

    with_server(tmp_path, script, NIGHT)
    (save,) = tmp_path.glob("visitors/*/saves/*")
    assert len(read_save(save).records) == 1


def test_sigterm_ends_it_as_well(tmp_path: Path) -> None:
    """The signal goes to the server alone, and it takes its games with it."""

    async def script(server: Server) -> None:
        async with visitor(server) as guest:
            await guest.shows("A new night")
            games = server.games()
            server.process.terminate()
            assert await asyncio.to_thread(server.process.wait, 30) == 143
            assert not any(map(_lives, games))

    with_server(tmp_path, script, NIGHT)


def test_a_server_that_is_killed_leaves_no_process(tmp_path: Path) -> None:
    """Without a server its games end by themselves."""

    async def script(server: Server) -> None:
        async with visitor(server) as guest:
            await guest.shows("A new night")
            games = server.games()
            server.process.kill()
            await until(lambda: not any(map(_lives, games)))

    with_server(tmp_path, script, NIGHT)


def test_a_visitor_who_vanishes_leaves_no_process(tmp_path: Path) -> None:
    """When the socket breaks, the game closes its night and ends."""

    async def script(server: Server) -> None:
        async with visitor(server) as guest:
            await guest.shows("A new night")
            games = server.games()
        await until(lambda: not server.games())
        assert not any(map(_lives, games))

    with_server(tmp_path, script, NIGHT)


@pytest.mark.parametrize(
    "nonsense",
    [
        "",
        "x",
        "null",
        "[]",
        "{}",
        "7",
        '["stdin"]',
        '["stdin", 7]',
        '["resize", {"width": "\x1b"}]',
        '["resize", null]',
        '["ping", {}]',
        '["resize", {"width": -5, "height": 1e999}]',
        '["resize", {"width": 1000000000, "height": 1000000000}]',
        "[" * 100_000,
    ],
    ids=lambda text: text[:30],
)
def test_nonsense_is_passed_over(tmp_path: Path, nonsense: str) -> None:
    """Whatever a socket is sent, the game plays on and the server says nothing."""

    async def script(server: Server) -> None:
        async with visitor(server) as guest:
            await guest.shows("A new night")
            await guest.socket.send_str(nonsense)
            await guest.socket.send_json(["resize", {"width": 80, "height": 24}])
            await guest.press("\r")
            await guest.shows("Hand everything over.")
        assert await asyncio.to_thread(server.interrupt) == (130, "")

    with_server(tmp_path, script, NIGHT)


def test_a_browser_is_told_the_story_in_its_language(tmp_path: Path) -> None:
    """What the browser asks for comes before what the machine of the server speaks."""

    async def script(server: Server) -> None:
        async with visitor(server, **{"Accept-Language": "vi-VN,vi;q=0.9,en;q=0.8"}) as guest:
            await guest.shows("Đêm mới")

    with_server(tmp_path, script)


def test_a_port_in_use(tmp_path: Path) -> None:
    """One line says it, with what to do."""
    with Server(tmp_path, NIGHT) as server:
        port = server.url.rpartition(":")[2]
        done = subprocess.run(
            [sys.executable, "-m", "eternal", "serve", NIGHT, "--port", port], capture_output=True, text=True, check=False
        )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"eternal: cannot listen on 127.0.0.1:{port}: it is in use; name another with --port\n"


def test_without_the_extra(tmp_path: Path) -> None:
    """Where the web's libraries are missing, one line says what to install."""
    code = "import sys; sys.modules['aiohttp'] = None; from eternal.cli.group import run; sys.exit(run(['serve', sys.argv[1]]))"
    done = subprocess.run(
        [sys.executable, "-c", code, NIGHT], capture_output=True, text=True, check=False, env={**os.environ, "ETERNAL_HOME": str(tmp_path)}
    )
    assert done.returncode == 1
    assert done.stderr == "eternal: this command needs the extra 'web': pip install 'eternal[web]'\n"


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
