"""A browser's websocket: what it says again goes in few bytes, and what is said at once goes in few packets."""

import asyncio
from typing import Any, cast

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.extensions.permessage_deflate import ServerPerMessageDeflateFactory

# Seconds. A run sends some forty messages within 30 ms, most of them shorter than the headers of a packet.
PAUSE = 0.003


class Gathering:
    """A transport that writes what it is given within `PAUSE` at once; everything else is the transport's own."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._waiting: list[bytes] = []
        self._later: asyncio.TimerHandle | None = None

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - the transport's own
        return getattr(self._transport, name)

    def write(self, content: bytes) -> None:
        """Keep the bytes for a moment, in their order."""
        self._waiting.append(content)
        if self._later is None:
            self._later = asyncio.get_running_loop().call_later(PAUSE, self.flush)

    def flush(self) -> None:
        """Write what waits."""
        waiting, self._waiting, later, self._later = self._waiting, [], self._later, None
        if later:
            later.cancel()
        if waiting and not self._transport.is_closing():
            self._transport.write(b"".join(waiting))

    def close(self) -> None:
        """Write what waits, then close."""
        self.flush()
        self._transport.close()


class Connection(WebSocketsSansIOProtocol):
    """Websockets whose compression remembers 32 kB, more than a run sends, where uvicorn's remembers 4 kB.

    Most of a run's messages are those of the run before: they take a tenth of the bytes and a quarter of the time to
    compress. Each connection takes 110 kB more.
    """

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - uvicorn's own
        super().__init__(*args, **options)
        settings = {"memLevel": 5}
        self.conn.available_extensions = [
            ServerPerMessageDeflateFactory(client_max_window_bits=12, compress_settings=settings)
        ]

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take over a connection, and gather what is written to it."""
        super().connection_made(cast("asyncio.Transport", Gathering(cast("asyncio.Transport", transport))))
