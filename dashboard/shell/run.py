"""One run of a page: it waits for its turn, and is repeated once after a failure of Streamlit's own.

Streamlit may start a run while the run before it ends in another thread. Each thread has a lock of its own around the
one state of the session, so in rare cases one reads it while the other changes it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from dashboard import turns
from dashboard.shell import filters

RACE = "changed size during iteration"


@contextmanager
def turn() -> Iterator[None]:
    """Run the page in its turn.

    Raises:
        FullError: too many readers wait.
    """
    try:
        with turns.RUNS.taken(*names()):
            yield
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
        st.rerun()
    filters.session().repeated = False


def names() -> tuple[str, str]:
    """The names of this reader in a queue: the address, and a random one of the session."""
    return turns.named(st.context.ip_address), filters.session().name
