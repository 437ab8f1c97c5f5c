"""A reader who asks for a briefing as a browser does: open the button, click a format, fetch the file."""

import asyncio
import time

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from tests.load.attackers import LONGEST, connected

PLACE = "in the queue"


async def briefing(  # noqa: C901 - one conversation
    port: int, form: str
) -> tuple[int, list[str]]:
    """Make a briefing of a state; returns the bytes of the file, and what the page said about the queue meanwhile."""
    label = {"pptx": "PowerPoint", "pdf": "PDF"}[form]
    async with connected(port) as socket:

        async def until(done) -> None:
            while True:
                message = ForwardMsg.FromString(await asyncio.wait_for(socket.recv(), LONGEST))
                if done(message):
                    return

        found: dict[str, str] = {}

        def run(message: ForwardMsg) -> bool:
            if message.WhichOneof("type") == "navigation":
                found["page"] = next(
                    page.page_script_hash for page in message.navigation.app_pages if page.url_pathname == "country"
                )
            if message.WhichOneof("type") == "new_session":
                found["session"] = message.new_session.initialize.session_id
            popover = message.delta.add_block.popover
            if popover.label == "Briefing":
                found["popover"] = popover.id
            button = message.delta.new_element.download_button
            if button.label == label:
                found["file"] = button.deferred_file_id
            if message.auto_rerun.fragment_id:
                found["fragment"] = message.auto_rerun.fragment_id
            return message.WhichOneof("type") == "script_finished"

        def request(*states: WidgetState) -> bytes:
            message = BackMsg()
            message.rerun_script.query_string = "lang=en&area=CRI"
            message.rerun_script.page_script_hash = found.get("page", "")
            message.rerun_script.widget_states.widgets.extend(states)
            return message.SerializeToString()

        for states in ((), (), "open"):
            opened = (WidgetState(id=found["popover"], bool_value=True),) if states else ()
            await socket.send(request(*opened))
            await until(run)
        look = BackMsg()
        look.rerun_script.CopyFrom(BackMsg.FromString(request(*opened)).rerun_script)
        look.rerun_script.fragment_id = found["fragment"]
        look.rerun_script.is_auto_rerun = True
        looking = asyncio.create_task(_look(socket, look.SerializeToString()))
        try:
            return await _file(socket, found, port)
        finally:
            looking.cancel()


async def _look(socket, message: bytes) -> None:
    """Look at the place in the queue, as often as a browser does."""
    while True:
        await asyncio.sleep(2)
        await socket.send(message)


async def _file(socket, found: dict[str, str], port: int) -> tuple[int, list[str]]:
    ask = BackMsg()
    ask.backend_operation_request.request_id = "1"
    ask.backend_operation_request.session_id = found["session"]
    ask.backend_operation_request.deferred_file.file_id = found["file"]
    await socket.send(ask.SerializeToString())
    places, last = [], time.monotonic() + 5 * LONGEST
    while time.monotonic() < last:
        message = ForwardMsg.FromString(await asyncio.wait_for(socket.recv(), 5 * LONGEST))
        if PLACE in (words := message.delta.new_element.markdown.body):
            places.append(words)
        if message.WhichOneof("type") == "backend_operation_response":
            answer = message.backend_operation_response
            assert not answer.error_msg, answer.error_msg
            return await _size(port, answer.deferred_file.url), places
    raise TimeoutError


async def _size(port: int, address: str) -> int:
    reading, writing = await asyncio.open_connection("127.0.0.1", port)
    writing.write(f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
    answer = await asyncio.wait_for(reading.read(), LONGEST)
    writing.close()
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200"), head[:80]
    return len(body)
