"""The labels of the stage in the browser (`present.js`)."""

from data.i18n import Language


def labels(lang: Language) -> dict[str, str]:
    """The labels by their use; the browser puts the title of a scene in the place of `{title}`."""
    return {
        "loading": lang.text("Loading scenes …"),
        "ready": lang.text("Ready to present offline."),
        "failed": lang.text("Not all scenes could be loaded. Load the page again."),
        "tools": lang.text("Presentation tools"),
        "before": lang.text("Previous scene (←)"),
        "after": lang.text("Next scene (→)"),
        "list": lang.text("List of scenes (L)"),
        "number": lang.text("A scene by its number (1–9)"),
        "keys": lang.text("These keys (?)"),
        "play": lang.text("Run the scenes by themselves (P)"),
        "halt": lang.text("Pause the scenes (P)"),
        "blank": lang.text("Blank screen (B)"),
        "blanked": lang.text("The screen is blank."),
        "time": lang.text("Time"),
        "run": lang.text("Start the clock (T)"),
        "pause": lang.text("Pause the clock (T)"),
        "reset": lang.text("Reset the clock"),
        "full": lang.text("Full screen (F)"),
        "leave": lang.text("Exit (Esc)"),
        "follows": lang.text("These notes follow the presentation."),
        "alone": lang.text("The presentation is not open in this browser."),
        "silent": lang.text("No notes for this scene."),
        "next": lang.text("{label}: {words}", label=lang.text("Next"), words="{title}"),
        "last": lang.text("This is the last scene."),
    }
