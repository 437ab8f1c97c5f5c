"""A reader who asks for a briefing as a browser does: open the button, click a format, fetch the file."""

import asyncio
from dataclasses import dataclass

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from tests.load.clients import LONGEST, connected, fetched

PLACE, ANSWER = "in the queue", "backend_operation_response"
QUERY = "lang=en&area=CRI"
BUTTON, LABELS = "Briefing", {"pptx": "PowerPoint", "pdf": "PDF"}
# The longest wait for a file, in seconds, and how often a browser looks at its place in the queue.
QUEUED, LOOK = 5 * LONGEST, 2.0
# How often a person tries to get a file.
CLICKS = 3


@dataclass
class PageParts:
    """The parts of a page that a click needs: its script hash, the session, and the ids of what can be clicked."""

    label: str
    shown: str = ""
    session: str = ""
    popover: str = ""
    file: str = ""
    fragment: str = ""

    def read(self, message: ForwardMsg) -> None:
        """Take what one message has."""
        popover, button = message.delta.add_block.popover, message.delta.new_element.download_button
        self.shown = message.navigation.page_script_hash or self.shown
        self.session = message.new_session.initialize.session_id or self.session
        self.popover = popover.id if popover.label == BUTTON else self.popover
        self.file = button.deferred_file_id if button.label == self.label else self.file
        self.fragment = message.auto_rerun.fragment_id or self.fragment


def request(page: str, *states: WidgetState) -> BackMsg:
    """A request for a run of the page with the states of some widgets."""
    message = BackMsg()
    message.rerun_script.query_string = QUERY
    message.rerun_script.page_script_hash = page
    message.rerun_script.widget_states.widgets.extend(states)
    return message


async def run(socket: websockets.ClientConnection, message: BackMsg, parts: PageParts) -> None:
    """Ask for a run and read it to its end."""
    async with asyncio.timeout(LONGEST):
        await socket.send(message.SerializeToString())
        while (answer := ForwardMsg.FromString(await socket.recv())).WhichOneof("type") != "script_finished":
            parts.read(answer)


async def briefing(port: int, page: str, form: str) -> tuple[int, list[str], int]:
    """Make a briefing of a state on page Country; returns its bytes, what the page said of the queue, and the clicks.

    Streamlit deletes a file that was made on a click after two further runs of anybody. On a busy server it can be gone
    before it is fetched; then a person clicks again.
    """
    parts = PageParts(LABELS[form])
    async with connected(port) as socket:
        await run(socket, request(page), parts)
        opened = request(page, WidgetState(id=parts.popover, bool_value=True))
        await run(socket, opened, parts)
        assert parts.shown == page, f"{page}: shown {parts.shown}"
        opened.rerun_script.fragment_id = parts.fragment
        opened.rerun_script.is_auto_rerun = True
        looking = asyncio.create_task(_look(socket, opened.SerializeToString()))
        places = list[str]()
        try:
            for clicks in range(1, CLICKS + 1):
                address, said = await _made(socket, parts)
                places += said
                status, body = await fetched(port, address)
                if status == 200:
                    return len(body), places, clicks
        finally:
            looking.cancel()
    raise AssertionError(f"{address}: {status} after {CLICKS} clicks")


async def _look(socket: websockets.ClientConnection, message: bytes) -> None:
    """Look at the place in the queue, as often as a browser does."""
    while True:
        await asyncio.sleep(LOOK)
        await socket.send(message)


async def _made(socket: websockets.ClientConnection, parts: PageParts) -> tuple[str, list[str]]:
    """Ask for the file; its address, and what the page says of the queue until it is there."""
    ask = BackMsg()
    ask.backend_operation_request.request_id = "1"
    ask.backend_operation_request.session_id = parts.session
    ask.backend_operation_request.deferred_file.file_id = parts.file
    places = list[str]()
    async with asyncio.timeout(QUEUED):
        await socket.send(ask.SerializeToString())
        while (message := ForwardMsg.FromString(await socket.recv())).WhichOneof("type") != ANSWER:
            if PLACE in (words := message.delta.new_element.markdown.body):
                places.append(words)
    answer = message.backend_operation_response
    assert not answer.error_msg, answer.error_msg
    return answer.deferred_file.url, places
