"""A reader without a browser: requests runs of pages from the running server over a websocket, as a browser does."""

import asyncio
import json
import random
import re
import time
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Any

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg


@dataclass
class Answer:
    """One run of a page: the milliseconds until it ended, the data of the stage, its pages, notices, and foot."""

    took: float = 0
    stage: dict[str, Any] | None = None
    # The name of a page in its address, and its script hash on the server.
    pages: dict[str, str] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    # The HTML of its foot.
    foot: str = ""
    failed: bool = False

    @property
    def versions(self) -> set[str]:
        """The ids of the snapshots that the page names: at its foot, and in the address of its figure."""
        at_foot = re.search(r"\b[0-9a-f]{12}\b", self.foot)
        of_figure = re.search(r"/figures/([0-9a-f]{12})/", self.stage["figure"] if self.stage else "")
        return {at_foot[0] if at_foot else "", of_figure[1] if of_figure else ""}


def dues(chance: random.Random, every: float, until: float) -> Iterator[float]:
    """When a person means to act: every so many seconds on average, however long the answers take.

    A fixed rest after each answer would make people who once waited together act together ever after; and what
    is late counts from when it was due.
    """
    due = time.monotonic()
    while (due := due + chance.uniform(0, 2 * every)) < until:
        yield due


def connected(port: int) -> AbstractAsyncContextManager[websockets.ClientConnection]:
    """The connection of a new reader to the server on a port of this machine."""
    return websockets.connect(f"ws://127.0.0.1:{port}/_stcore/stream", subprotocols=["streamlit"], max_size=None)


async def request_run(socket: websockets.ClientConnection, query: str, page: str = "") -> Answer:
    """Ask for one run of a page, by its script hash, and wait for its end."""
    request = BackMsg()
    request.rerun_script.query_string = query
    request.rerun_script.page_script_hash = page
    begun, answer = time.perf_counter(), Answer()
    await socket.send(request.SerializeToString())
    while True:
        # Not `wait_for`, which on Python 3.11 forgets that it was cancelled if a message comes at the same time.
        async with asyncio.timeout(30):
            message = ForwardMsg.FromString(await socket.recv())
        _collect(answer, message)
        if message.WhichOneof("type") == "script_finished":
            answer.took = (time.perf_counter() - begun) * 1000
            return answer


def _collect(answer: Answer, message: ForwardMsg) -> None:
    """Add to an answer what one message of the server says."""
    element = message.delta.new_element
    if element.bidi_component.component_name == "atalaya_stage":
        answer.stage = json.loads(element.bidi_component.json)
    if message.WhichOneof("type") == "navigation":
        answer.pages = {page.url_pathname: page.page_script_hash for page in message.navigation.app_pages}
    if element.WhichOneof("type") == "alert":
        answer.notices.append(element.alert.body)
    if element.html.body.startswith("<footer"):
        answer.foot = element.html.body
    answer.failed |= element.WhichOneof("type") == "exception"
