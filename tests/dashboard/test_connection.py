import asyncio
from hashlib import sha256

import uvicorn
from uvicorn.server import ServerState
from websockets.frames import Frame, Opcode

from dashboard.connection import PAUSE, Connection, Gathering
from tests import loops


class Recording(asyncio.Transport):
    """A transport that keeps what is written to it, each time on its own."""

    def __init__(self) -> None:
        super().__init__({"peername": "here"})
        self.written: list[bytes] = []
        self.closed = False

    def write(self, data):
        assert not self.closed
        self.written.append(bytes(data))

    def close(self):
        self.closed = True

    def is_closing(self):
        return self.closed


async def said(*parts: bytes | None) -> Recording:
    """What comes of parts written in turn; at a None there is time for all of it to be sent."""
    recording = Recording()
    transport = Gathering(recording)
    for part in parts:
        if part is None:
            await asyncio.sleep(4 * PAUSE)
        else:
            transport.write(part)
            await asyncio.sleep(0)
    transport.close()
    transport.write(b"too late")
    await asyncio.sleep(4 * PAUSE)
    assert transport.get_extra_info("peername") == "here"
    return recording


def test_what_is_written_at_once_goes_at_once_and_in_its_order():
    recording = loops.run(said(b"one ", b"two ", b"three", None, b"four"))
    assert recording.written == [b"one two three", b"four"]
    assert recording.closed


def test_what_a_run_repeats_of_the_last_one_is_hardly_sent_again():
    config = uvicorn.Config(lambda: None, ws=Connection)
    config.load()

    async def made():
        return Connection(config, ServerState(), {})

    protocol = loops.run(made())
    (factory,) = protocol.conn.available_extensions
    _, extension = factory.process_request_params([("client_max_window_bits", None)], [])
    run = b"".join(sha256(bytes([turn % 256, turn // 256])).digest() for turn in range(640))
    first, second = (len(extension.encode(Frame(Opcode.BINARY, run)).data) for _ in range(2))
    assert first > 20_000
    assert second < 500
