"""Translations of the words in Streamlit's own controls, which are in English only; `controls.js` applies them.

Waits for https://github.com/streamlit/streamlit/issues/1353 (internationalization of the widgets). Some controls have
no name for screen readers: those get one.
"""

from data.i18n import N_, Language

# As Streamlit writes them, with placeholders in braces. Words that we use ourselves have a message already.
WORDS = (
    N_("Skip to main content"),
    N_("Open"),
    N_("Clear value"),
    N_("Clear entry"),
    N_("Clear selection"),
    N_("Selected values"),
    N_("No results"),
    N_("Remove {name}"),
    N_("Copy to clipboard"),
    N_("Copied"),
    N_("Copy column name"),
    N_("Dismiss"),
    N_("Suggestions"),
    N_("Show suggestions"),
    N_("Select all"),
    N_("Dataframe column menu"),
    N_("Sort ascending"),
    N_("Sort descending"),
    N_("Autosize"),
    N_("Pin column"),
    N_("Unpin column"),
    N_("Hide column"),
    N_("Previous Result"),
    N_("Next Result"),
    N_("Close Search"),
    N_("Type to search"),
    N_("Sidebar"),
    N_("App pages"),
    N_("Logo"),
    N_("Download failed"),
    N_("{name}, selected"),
    N_("1 option available."),
    N_("{n} options available."),
    N_("Choose an option"),
    N_("Link to heading"),
    N_("{n} more"),
    N_("Error:"),
    N_("{kind} files are not allowed."),
    N_("File must be {size} or smaller."),
    N_("{name} — start"),
    N_("{name} — end"),
)


def words(lang: Language) -> dict[str, str]:
    """Streamlit's words and their translations, where they differ."""
    ours = {word: lang.text(word) for word in WORDS}
    return {word: text for word, text in ours.items() if word != text}


def labels(lang: Language) -> dict[str, str]:
    """Names for controls that have none, by selector; Streamlit has no parameter for them."""
    return {
        # The menu of pages, wide and on a phone: a landmark that should have a name.
        "[data-testid=stTopNav]": lang.text("Pages"),
        "[data-testid=stSidebarNav]": lang.text("Pages"),
        # The logo is a button with only a picture.
        "button:has(.stLogo)": lang.text("To the first page"),
        # The phone's menu has icons only.
        "[data-testid=stExpandSidebarButton]": lang.text("Open the menu"),
        "[data-testid=stSidebarCollapseButton] button": lang.text("Close the menu"),
        # The uploader's button, its hidden field, and the icons next to a chosen file.
        "[data-testid=stFileUploaderDropzone] > span button": lang.text("Choose a file"),
        "[data-testid=stFileUploaderDropzoneInput]": lang.text("Choose a file"),
        "[data-testid=stFileChips] button[kind=borderlessIcon]": lang.text("Choose a file"),
        "[data-testid=stFileChipDeleteBtn] button": lang.text("Remove the file"),
    }
