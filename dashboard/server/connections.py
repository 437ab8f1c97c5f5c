"""Connections: how long a client may take to send a request, and how many files the system lets this process open.

uvicorn closes an idle connection, but waits for the rest of a request for ever. Its setting `http` takes another
protocol: ours is its own, with a clock.
"""

import asyncio
import sys

from uvicorn.protocols.http.h11_impl import H11Protocol

# Seconds from a connection to the first byte, and from the first byte of a request to the end of its headers. Browsers
# open connections ahead, and leave them silent for a while.
SILENT, HEADERS = 30.0, 8.0
# A session takes up to four descriptors; the server itself and its connections without a session some hundred.
OF_A_SESSION, OWN = 4, 200
# What the server asks for, and what it needs to start at all.
WANTED, NEEDED = 8192, 256


class PatientProtocol(H11Protocol):
    """HTTP that closes a connection on which a request does not come to the end of its headers in time."""

    _clock: asyncio.TimerHandle | None = None
    _begun = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for the first byte."""
        super().connection_made(transport)
        self._clock = self.loop.call_later(SILENT, self._end)

    def data_received(self, data: bytes) -> None:
        """Read a part of a request, and wait for the rest of its headers."""
        before = self.cycle
        super().data_received(data)
        if self.cycle is not before or self.transport.get_protocol() is not self:
            # The headers are there. The guard waits for the body; a websocket has its own protocol.
            self._stop()
        elif (before is None or before.response_complete) and not self._begun:
            self._stop()
            self._begun, self._clock = True, self.loop.call_later(HEADERS, self._end)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._stop()
        super().connection_lost(exc)

    def _stop(self) -> None:
        if self._clock:
            self._clock.cancel()
        self._begun, self._clock = False, None

    def _end(self) -> None:
        self._stop()
        self.transport.close()


def raised_descriptors() -> int:
    """How many files this process may open, after asking for `WANTED`; where no limit is known, `WANTED`."""
    if sys.platform == "win32":
        return WANTED
    import resource  # noqa: PLC0415 - Windows has none

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = WANTED if hard == resource.RLIM_INFINITY else min(hard, WANTED)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
        soft = most
    return WANTED if soft == resource.RLIM_INFINITY else soft


def sessions_within(descriptors: int) -> int:
    """How many sessions fit into a number of file descriptors."""
    return max(1, (descriptors - OWN) // OF_A_SESSION)
