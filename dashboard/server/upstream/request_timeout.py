"""How long a client may take to send a request.

uvicorn closes an idle connection, but waits for the rest of a request for ever, so that a hundred half-open requests
take a hundred places (https://github.com/Kludex/uvicorn/issues/157). A server without a proxy needs the limit itself.
uvicorn's setting `http` takes another protocol: ours is its own, with a clock.
"""

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

# Seconds from a connection to the first byte, and from the first byte of a request to the end of its headers. Browsers
# open connections ahead, and leave them silent for a while.
SILENT, HEADERS = 30.0, 8.0


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
