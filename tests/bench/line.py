"""A line of a given rate and round trip before a server, on loopback: everyone who connects shares it.

Bytes to the reader pass one after another, those of all connections in turn; bytes to the server are only delayed.
A new connection costs a round trip, as its handshake does over a real line. Lost packets and the slow start of a real
connection are not imitated.
"""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable

# Bytes of one connection that pass before those of another.
PIECE = 4096
Wait = Callable[[int], Awaitable[None]]


class Line:
    """A line with `rate` bits a second to the reader and `trip` seconds of round trip."""

    def __init__(self, rate: float, trip: float) -> None:
        self.rate, self.trip = rate, trip
        self.free, self.passed = 0.0, 0
        self.tasks: set[asyncio.Task[None]] = set()

    @contextlib.asynccontextmanager
    async def before(self, port: int) -> AsyncIterator[int]:
        """Listen before the server on a port of this machine; the port to connect to."""

        async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task is not None
            self.tasks.add(task)
            with contextlib.suppress(ConnectionError, asyncio.CancelledError):
                await self._carry(port, reader, writer)
            writer.close()

        server = await asyncio.start_server(connected, "127.0.0.1", 0, backlog=1024)
        try:
            yield server.sockets[0].getsockname()[1]
        finally:
            server.close()
            for task in self.tasks:
                task.cancel()

    async def _carry(self, port: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(self.trip)
        from_server, to_server = await asyncio.open_connection("127.0.0.1", port)
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(_pipe(reader, to_server, self.trip / 2))
                both.create_task(_pipe(from_server, writer, self.trip / 2, self._turn))
        finally:
            to_server.close()

    async def _turn(self, size: int) -> None:
        """Wait until `size` bytes have passed the line after all that came before them."""
        self.free = max(self.free, time.perf_counter()) + size * 8 / self.rate
        self.passed += size
        await asyncio.sleep(self.free - time.perf_counter())


async def _pipe(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, delay: float, turn: Wait | None = None
) -> None:
    """Carry bytes from one end to the other, each `delay` seconds later, until the sender has ended."""
    late: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(64)

    async def deliver() -> None:
        while True:
            due, piece = await late.get()
            await asyncio.sleep(due - time.perf_counter())
            if not piece:
                break
            writer.write(piece)
            await writer.drain()
        writer.write_eof()

    async with asyncio.TaskGroup() as both:
        both.create_task(deliver())
        while piece := await reader.read(PIECE):
            if turn:
                await turn(len(piece))
            await late.put((time.perf_counter() + delay, piece))
        await late.put((time.perf_counter() + delay, b""))
