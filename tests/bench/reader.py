"""A reader without a browser: asks the running server for runs of its pages, over a websocket, as a browser does."""

import asyncio
import json
import time
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Any

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg


@dataclass
class Answer:
    """One run of a page: the milliseconds until it had ended, what it told the stage, and the pages it named."""

    took: float = 0
    stage: dict[str, Any] | None = None
    # The name of a page in its address, and what the server calls it.
    pages: dict[str, str] = field(default_factory=dict)
    failed: bool = False


def connected(port: int) -> AbstractAsyncContextManager[websockets.ClientConnection]:
    """A new reader's connection to the server on a port of this machine."""
    return websockets.connect(f"ws://127.0.0.1:{port}/_stcore/stream", subprotocols=["streamlit"], max_size=None)


async def asked(socket: websockets.ClientConnection, query: str, page: str = "") -> Answer:
    """Ask for one run of a page, by what the server calls it, and wait for its end."""
    message = BackMsg()
    message.rerun_script.query_string = query
    message.rerun_script.page_script_hash = page
    begun, seen = time.perf_counter(), Answer()
    await socket.send(message.SerializeToString())
    while True:
        _heard(seen, told := ForwardMsg.FromString(await asyncio.wait_for(socket.recv(), 30)))
        if told.WhichOneof("type") == "script_finished":
            seen.took = (time.perf_counter() - begun) * 1000
            return seen


def _heard(seen: Answer, told: ForwardMsg) -> None:
    element = told.delta.new_element
    if element.bidi_component.component_name == "atalaya_stage":
        seen.stage = json.loads(element.bidi_component.json)
    if told.WhichOneof("type") == "navigation":
        seen.pages = {page.url_pathname: page.page_script_hash for page in told.navigation.app_pages}
    seen.failed |= element.WhichOneof("type") == "exception"
