"""One run of a page: it waits for its turn, is measured, and is repeated once after a failure of Streamlit's own.

Streamlit may start a run while the run before it ends in another thread. Each thread has a lock of its own around the
one state of the session, so in rare cases one reads it while the other changes it.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import streamlit as st

from dashboard import metrics, turns
from dashboard.shell import filters

RACE = "changed size during iteration"


@dataclass
class Run:
    """A run, and the page that it shows."""

    page: str = ""


@contextmanager
def turn() -> Iterator[Run]:
    """Run the page in its turn.

    Raises:
        FullError: too many readers wait.
    """
    run, waited = Run(), time.monotonic()
    try:
        with turns.RUNS.taken(*names()):
            begun = time.monotonic()
            metrics.WAIT.observe(begun - waited)
            try:
                yield run
            finally:
                metrics.RUN.labels(run.page).observe(time.monotonic() - begun)
    except turns.StoppedError:
        st.stop()
    except turns.FullError:
        # The apology is in the reader's language, which no run has read yet.
        filters.begin()
        raise
    except RuntimeError as error:
        session = filters.session()
        if RACE not in str(error) or session.repeated:
            raise
        session.repeated = True
        metrics.REPEATS.inc()
        st.rerun()
    filters.session().repeated = False


def names() -> tuple[str, str]:
    """The names of this reader in a queue: the address, and a random one of the session."""
    return turns.named(st.context.ip_address), filters.session().name
