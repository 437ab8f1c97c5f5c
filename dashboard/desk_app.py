"""What Streamlit serves as the desk: the pages of `app.py`, and at `/readyz` whether readers may come.

The proxy hands on what is below `/desk/`, so nobody outside asks `/readyz`.
"""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

# `streamlit run dashboard/desk_app.py` puts this folder on the path, not the project's.
sys.path.insert(0, str(Path(__file__).parent.parent))

import streamlit as st
from starlette.routing import Route

from dashboard import store
from dashboard.server.monitor import MONITOR, probe


@asynccontextmanager
async def _life(_app: st.App) -> AsyncIterator[None]:
    """Open the snapshot before readers come, and follow new ones, which our own server does itself."""
    store.tables()
    store.keep_up()
    MONITOR.started = True
    yield
    MONITOR.stopping = True


app = st.App(Path(__file__).with_name("app.py"), routes=[Route("/readyz", probe(MONITOR.ready))], lifespan=_life)
