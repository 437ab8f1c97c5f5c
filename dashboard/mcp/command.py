"""Serve the tools by the Model Context Protocol: `python -m dashboard mcp [--http PORT]`, with its official SDK.

A process of its own: what the SDK needs is not installed with the dashboard, and its faults do not touch readers.
"""

import argparse
from collections.abc import Callable
from functools import wraps
from inspect import getdoc
from typing import Any
from urllib.parse import urlsplit

import orjson

from dashboard import site, store
from dashboard.mcp.tools import TOOLS
from dashboard.subjects.question import RefusalError
from data.i18n import language, match

INSTRUCTIONS = """Figures on trafficking in persons in the 35 independent states of the Americas, as published. Give
each figure with its state, unit, year and release, and the address of its passport. "no_figure" is never zero, and
"fewer_than_n" never a number. Detected victims are not all victims. Do not rank states, and do not estimate. In each
tool `lang` is the language of the answer (en, es, pt, fr) and `years` a year or a span (2015-2019); empty: all."""
# Questions are short.
MOST_BYTES = 16_384


def main(arguments: list[str]) -> int:
    """Serve until the client ends (standard input and output), or until stopped; returns the exit status."""
    parser = argparse.ArgumentParser("python -m dashboard mcp", description="Answer machines (Model Context Protocol).")
    parser.add_argument("--http", type=int, metavar="PORT", help="answer at /mcp of a port, not on standard input")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--name", action="append", default=[], help="host name that it answers to; may be repeated")
    options = parser.parse_args(arguments)
    app = server()
    store.keep_up()
    if options.http is None:
        app.run()
        return 0
    from mcp.server.transport_security import TransportSecuritySettings  # noqa: PLC0415 - not needed by the tools

    public = site.public_address()
    names = filter(None, (*options.name, options.host, urlsplit(public).hostname))
    hosts = [host for name in names for host in (name, f"{name}:*")]
    known = TransportSecuritySettings(allowed_hosts=hosts, allowed_origins=[public] if public else [])
    place = {"host": options.host, "port": options.http, "transport_security": known}
    app.run("streamable-http", stateless_http=True, json_response=True, max_request_body_size=MOST_BYTES, **place)
    return 0


def server() -> Any:  # noqa: ANN401 - the SDK may not be installed where types are checked
    """The server with its tools: an `MCPServer`."""
    from mcp.server.mcpserver import MCPServer  # noqa: PLC0415
    from mcp_types import ToolAnnotations  # noqa: PLC0415

    app = MCPServer("atalaya", title="Atalaya", instructions=INSTRUCTIONS, log_level="WARNING")
    for tool in TOOLS:
        described = {"description": getdoc(tool), "structured_output": False}
        app.add_tool(_answering(tool), annotations=ToolAnnotations(read_only_hint=True), **described)
    return app


def _answering(tool: Callable[..., Any]) -> Callable[..., str]:
    """A tool that answers with JSON from one snapshot, and refuses in the language of the answer."""
    from mcp.server.mcpserver.exceptions import ToolError  # noqa: PLC0415

    @wraps(tool)
    def answer(**given: Any) -> str:  # noqa: ANN401 - the SDK checks the arguments by the tool's own types
        try:
            with store.reading(store.snapshot()):
                return orjson.dumps(tool(**given)).decode()
        except RefusalError as refusal:
            lang = language(match(given.get("lang")))
            raise ToolError(lang.text(refusal.sentence, **refusal.values)) from refusal

    return answer
