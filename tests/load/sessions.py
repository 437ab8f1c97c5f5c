"""Sessions of the desk without a browser: they speak with Streamlit as its page does."""

import asyncio
import random
import time
from collections.abc import Mapping
from typing import Any

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.load.clients import ATTACKER, LONGEST, READER, OtherViewError

# What can go wrong with a session.
LOST = (OSError, TimeoutError, websockets.WebSocketException, OtherViewError)
STATES = ("ARG", "BRA", "COL", "MEX", "PER", "USA")
TREATIES = ("palermo_protocol", "untoc", "smuggling_protocol")
COUNTS = ("detected_victims", "persons_prosecuted", "persons_convicted")


def action(chance: random.Random) -> tuple[str, str]:
    """One of the five pages of the desk that take most of the processor, and filters for it as a reader chooses."""
    area, other = chance.sample(STATES, 2)
    return chance.choice(
        [
            ("routes", f"lang=en&arrows={chance.randrange(10, 30)}&go=1"),
            ("country", f"lang=en&area={area}&go=1"),
            ("instruments", f"lang=en&treaty={chance.choice(TREATIES)}&go=1"),
            ("coverage", f"lang=en&reported={chance.choice(COUNTS)}&go=1"),
            ("pair", f"lang=en&one={area}&other={other}&go=1"),
        ]
    )


def connected(port: int, address: str = READER) -> websockets.connect:
    """A new session of a client."""
    return websockets.connect(
        f"ws://127.0.0.1:{port}/desk/_stcore/stream",
        subprotocols=["streamlit"],
        max_size=None,
        local_addr=(address, 0),
        open_timeout=LONGEST,
        close_timeout=1,
        ping_interval=None,
    )


async def ran(socket: websockets.ClientConnection, query: str, page: str = "") -> tuple[float, dict[str, str]]:
    """Ask for a run of a page, by its script hash, and wait for its end; milliseconds, and the hashes by page.

    Raises:
        OtherViewError: another page was shown, or it failed.
    """
    begun, shown, pages = time.perf_counter(), "", dict[str, str]()
    asked = BackMsg()
    asked.rerun_script.query_string = query
    asked.rerun_script.page_script_hash = page
    async with asyncio.timeout(LONGEST):
        await socket.send(asked.SerializeToString())
        while (message := ForwardMsg.FromString(await socket.recv())).WhichOneof("type") != "script_finished":
            pages.update({one.url_pathname: one.page_script_hash for one in message.navigation.app_pages})
            shown = message.navigation.page_script_hash or shown
            if message.delta.new_element.WhichOneof("type") == "exception":
                raise OtherViewError(f"{query} failed: {message.delta.new_element.exception.message}")
    if page and shown != page:
        raise OtherViewError(f"{page} {query}: shown {shown}")
    return (time.perf_counter() - begun) * 1000, pages


async def press_desk(port: int, clients: int, seconds: float, pause: float = 0) -> Mapping[str, Any]:
    """Act on the desk as fast as it answers, each client in a session of its own; how often, and what was lost."""
    until, took, lost = time.monotonic() + seconds, list[int](), list[str]()

    async def one(number: int) -> None:
        chance = random.Random(number)  # noqa: S311
        try:
            async with connected(port, ATTACKER) as socket:
                _, pages = await ran(socket, "lang=en")
                while time.monotonic() < until:
                    page, query = action(chance)
                    took.append(round((await ran(socket, query, pages[page]))[0]))
                    await asyncio.sleep(pause)
        except LOST as error:
            lost.append(repr(error))

    await asyncio.gather(*map(one, range(clients)))
    return {"took": took, "lost": lost}
