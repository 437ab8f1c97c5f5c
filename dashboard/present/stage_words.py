"""The words of the stage's own controls, and of the window with the notes."""

from data.i18n import Language


def labels(lang: Language) -> dict[str, str]:
    """All of them, by what they are for."""
    return {
        "start": lang.text("Start"),
        "second": lang.text("Speaker’s notes in a second window"),
        "page": _of(lang, lang.text("Open the page")),
        "loading": lang.text("The scenes are being fetched …"),
        "ready": lang.text("All scenes are here: the stage needs neither network nor server any more."),
        "failed": lang.text("Not all scenes could be fetched. Load the page again."),
        "tools": lang.text("Tools of the stage"),
        "before": lang.text("Previous scene (←)"),
        "after": lang.text("Next scene (→)"),
        "list": lang.text("List of scenes (L)"),
        "blank": lang.text("Blank screen (B)"),
        "blanked": lang.text("The screen is blank."),
        "time": lang.text("Time"),
        "run": lang.text("Start the clock (T)"),
        "pause": lang.text("Pause the clock (T)"),
        "reset": lang.text("Set the clock to zero"),
        "full": lang.text("Full screen (F)"),
        "leave": lang.text("Leave the stage (Esc)"),
        "follows": lang.text("These notes follow the stage."),
        "alone": lang.text("The stage is not open in this browser."),
        "silent": lang.text("No notes for this scene."),
        "next": _of(lang, lang.text("Next")),
        "last": lang.text("This is the last scene."),
    }


def _of(lang: Language, label: str) -> str:
    """A label before a scene's title; the browser puts the title in."""
    return lang.text("{label}: {words}", label=label, words="{title}")
