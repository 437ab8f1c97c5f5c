"""Clients who send what the server has to read: an agenda for its page."""

import asyncio
import re
import time

from tests.load.clients import LONGEST

# Where agendas are sent, and what the page says of one with faults.
SHOW, TOLD = "/en/present?meeting=own", re.compile(r'role="alert">(.*?)</div>', re.DOTALL)


async def agenda(port: int, address: str, field: str, content: bytes) -> tuple[float, str]:
    """Send an agenda to its page, as the field `agenda` (a file) or `kept`; milliseconds, and what the page says."""
    begun = time.perf_counter()
    named = f'name="{field}"' + '; filename="mine.toml"' * (field == "agenda")
    answer = (await _send(port, address, named, content)).decode()
    told = TOLD.search(answer)
    return (time.perf_counter() - begun) * 1000, " ".join(re.sub("<[^>]*>", " ", told[1]).split()) if told else ""


async def _send(port: int, address: str, named: str, content: bytes) -> bytes:
    """The answer to a form with one part.

    Raises:
        RefusedError: the server takes no more of this client.
    """
    body = f"--edge\r\nContent-Disposition: form-data; {named}\r\n\r\n".encode() + content + b"\r\n--edge--\r\n"
    reading, writing = await asyncio.open_connection("127.0.0.1", port, local_addr=(address, 0))
    head = f"POST {SHOW} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(body)}\r\nConnection: close\r\n"
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
