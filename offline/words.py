"""The messages of the start scripts, which the archive has in every language (`contents.json`)."""

from data.i18n import DEFAULT, LANGUAGES, N_, language

SENTENCES = {
    "no_python": N_(
        "This computer has no Python that this folder can use: install Python {pythons} for this system, then start "
        "again."
    ),
    "not_served": N_(
        "This folder has no packages for {system} with Python {python}. Install another Python or use another "
        "computer. Available: {available}."
    ),
    "damaged": N_("These files are incomplete: {files}. Unpack or copy the archive again."),
    "nowhere": N_(
        "Neither this folder nor {place} can be written to: copy the folder to a disk with {needed} MB free and start "
        "it there."
    ),
    "full": N_(
        "The disk of {place} is too full: {needed} MB are needed and {free} MB are free. Make room and start again."
    ),
    "not_installed": N_("The libraries could not be installed: {reason}"),
    "port_taken": N_("Another program has port {port}: start again with another one, for instance --port {other}."),
    "no_server": N_("The observatory stopped before it was ready; see its message above."),
    "installing": N_("Installing what is needed, this once; it takes a minute or two …"),
    "elsewhere": N_(
        "The libraries cannot be installed in this folder (it is read-only or on a USB stick), so they are in {place}."
    ),
    "other_port": N_("Another program has port {port}, so port {other} is used."),
    "starting": N_("Starting …"),
    "ready": N_("Atalaya is ready at {address} and opens in the browser. Leave this window open; Ctrl+C ends it."),
}


def sentences() -> dict[str, dict[str, str]]:
    """The messages by language and key, with `{fields}` to fill."""
    return {code: {key: language(code).text(sentence) for key, sentence in SENTENCES.items()} for code in LANGUAGES}


def names() -> dict[str, str]:
    """Language codes by the English name of the language in lower case, as in the settings of Windows."""
    english = language(DEFAULT).locale.languages
    return {english[code].lower(): code for code in LANGUAGES}
