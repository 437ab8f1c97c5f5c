"""The note of a lost connection in the reader's language; `connection.js` shows it instead of Streamlit's dialog.

Waits for https://github.com/streamlit/streamlit/issues/12661 (Streamlit's dialog is in English and cannot be set).
"""

from data.i18n import Language


def words(lang: Language) -> dict[str, str]:
    """The texts of the note, sent to the browser before the connection can be lost."""
    return {
        "title": lang.text("The connection to the server is lost."),
        "advice": lang.text("What you see stays on the screen. Reconnecting; if this takes long, load the page again."),
        "again": lang.text("Load the page again"),
    }
