"""Clients who send what the server has to read: an agenda for its page, or a file for an uploader of Streamlit."""

import asyncio
import re
import time
from typing import Any

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from tests.load.clients import LONGEST, connected

FILE, TOKEN = "file_uploader", "_streamlit_xsrf"
# Where agendas are sent, and what the page says of one with faults.
SHOW, TOLD = "/en/present?meeting=own", re.compile(r'role="alert">(.*?)</div>', re.DOTALL)


class Sender:
    """A session on a page, with the ids of what can be sent there."""

    def __init__(self, socket: websockets.ClientConnection, port: int, address: str, page: str) -> None:
        self.socket, self.port, self.address, self.page = socket, port, address, page
        self.ids: dict[str, str] = {}
        self.session = ""
        # What the page warned of in the last run.
        self.warnings: list[str] = []

    async def run(self, *states: WidgetState) -> None:
        """Run the page with the states of some widgets, and wait for its end."""
        message = BackMsg()
        message.rerun_script.query_string = "lang=en"
        message.rerun_script.page_script_hash = self.page
        message.rerun_script.widget_states.widgets.extend(states)
        self.warnings = []
        await self.socket.send(message.SerializeToString())
        async with asyncio.timeout(LONGEST):
            while (message := ForwardMsg.FromString(await self.socket.recv())).WhichOneof("type") != "script_finished":
                self._note(message)

    async def file(self, section: str, name: str, content: bytes) -> float:
        """Choose a file in the uploader of a section; returns the milliseconds until the page has run."""
        opened = WidgetState(id=self.ids[section], bool_value=True)
        await self.run(opened)
        urls = await self._places(name)
        begun = time.perf_counter()
        await self._put(urls.upload_url, name, content)
        chosen = WidgetState(id=self.ids[FILE])
        info = chosen.file_uploader_state_value.uploaded_file_info.add(file_id=urls.file_id, name=name)
        info.size = len(content)
        info.file_urls.CopyFrom(urls)
        await self.run(opened, chosen)
        return (time.perf_counter() - begun) * 1000

    def _note(self, message: ForwardMsg) -> None:
        element, block = message.delta.new_element, message.delta.add_block
        if message.WhichOneof("type") == "new_session":
            self.session = message.new_session.initialize.session_id
        if element.WhichOneof("type") == FILE:
            self.ids[FILE] = element.file_uploader.id
        if element.WhichOneof("type") == "alert":
            self.warnings.append(element.alert.body)
        if element.WhichOneof("type") == "exception":
            self.warnings.append(f"failed: {element.exception.message}")
        if block.WhichOneof("type") == "expandable" and block.expandable.id:
            self.ids[block.expandable.id.rpartition("-")[2]] = block.expandable.id

    async def _places(self, name: str) -> Any:
        ask = BackMsg()
        ask.file_urls_request.request_id = "1"
        ask.file_urls_request.session_id = self.session
        ask.file_urls_request.file_names.append(name)
        await self.socket.send(ask.SerializeToString())
        async with asyncio.timeout(LONGEST):
            while True:
                message = ForwardMsg.FromString(await self.socket.recv())
                if message.WhichOneof("type") == "file_urls_response":
                    return message.file_urls_response.file_urls[0]

    async def _put(self, path: str, name: str, content: bytes) -> None:
        token = await self._token()
        headers = f"Cookie: {TOKEN}={token}\r\nX-Xsrftoken: {token}\r\n"
        named = f'name="file"; filename="{name}"'
        answer = await _send(self.port, self.address, f"PUT {path}", headers, named, content)
        assert answer.split(b" ", 2)[1] in {b"200", b"204"}, answer[:200]

    async def _token(self) -> str:
        """What Streamlit gives a browser, so that no other site can send files in its name."""
        reading, writing = await asyncio.open_connection("127.0.0.1", self.port, local_addr=(self.address, 0))
        writing.write(b"GET /_stcore/health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        answer = await asyncio.wait_for(reading.read(), LONGEST)
        writing.close()
        return re.search(rf"{TOKEN}=([^;]+)".encode(), answer)[1].decode()


async def agenda(port: int, address: str, field: str, content: bytes) -> tuple[float, str]:
    """Send an agenda to its page, as the field `agenda` (a file) or `kept`; milliseconds, and what the page says."""
    begun = time.perf_counter()
    named = f'name="{field}"' + '; filename="mine.toml"' * (field == "agenda")
    answer = (await _send(port, address, f"POST {SHOW}", "", named, content)).decode()
    told = TOLD.search(answer)
    return (time.perf_counter() - begun) * 1000, " ".join(re.sub("<[^>]*>", " ", told[1]).split()) if told else ""


async def _send(port: int, address: str, request: str, headers: str, named: str, content: bytes) -> bytes:
    """The answer to a form with one part.

    Raises:
        RefusedError: the server takes no more of this client.
    """
    body = f"--edge\r\nContent-Disposition: form-data; {named}\r\n\r\n".encode() + content + b"\r\n--edge--\r\n"
    reading, writing = await asyncio.open_connection("127.0.0.1", port, local_addr=(address, 0))
    head = f"{request} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(body)}\r\nConnection: close\r\n{headers}"
    writing.write(f"{head}Content-Type: multipart/form-data; boundary=edge\r\n\r\n".encode() + body)
    try:
        answer = await asyncio.wait_for(reading.read(), LONGEST)
    except ConnectionError as error:
        # It was refused before it was sent to its end.
        raise RefusedError from error
    finally:
        writing.close()
    if b" 429 " in answer[:20]:
        raise RefusedError
    return answer


class RefusedError(Exception):
    """The server takes no more files of this client now."""


async def sender(socket: websockets.ClientConnection, port: int, address: str, page: str) -> Sender:
    """A session that has run its page once."""
    made = Sender(socket, port, address, page)
    await made.run()
    return made


__all__ = ["RefusedError", "Sender", "agenda", "connected", "sender"]
