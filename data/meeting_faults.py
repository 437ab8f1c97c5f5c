"""What can be wrong with the file of a meeting, in words: where it is, what it is, and what to do."""

from dataclasses import dataclass

from data.i18n import N_, Language
from data.report.faults import quote

Value = str | int
FAULTS = {
    "too_large": N_("The file is larger than {n} kB."),
    "no_toml": N_("The file is no TOML in UTF-8: {told}"),
    "too_many": N_("There are more than {n} scenes."),
    "lacking": N_("This is missing."),
    "unknown": N_("Nothing of this name belongs here."),
    "no_table": N_("Here belong the texts by language, or the parts of a scene."),
    "no_text": N_("Here belongs a text in quotation marks."),
    "empty": N_("The text is empty."),
    "too_long": N_("The text is longer than {n} characters."),
    "digit": N_("The text holds a figure, which the next data would make wrong: use words, or a named field."),
    "no_field": N_("“{told}” is no field that is filled: there are only two, told and as_of, each in single braces."),
    "no_link": N_("“{told}” is no address of a page here: it begins with / and the name of a page."),
    "no_page": N_("There is no page “{told}” that can be a scene."),
    "no_filter": N_("The page has no filter “{told}”."),
    "no_value": N_("“{told}” is no value of this filter."),
    "no_language": N_("A scene is shown in the language of the reader: “{told}” does not belong in its address."),
}


@dataclass(frozen=True)
class Fault:
    """One fault: its code, the file, the scene (from 1; 0 where it is of the whole file), the field, what is told."""

    code: str
    file: str
    scene: int = 0
    field: str = ""
    values: tuple[tuple[str, Value], ...] = ()

    def place(self, lang: Language) -> str:
        """Where it is."""
        parts = [self.file, lang.text("scene {n}", n=self.scene) if self.scene else "", self.field]
        return ", ".join(filter(None, parts))

    def line(self, lang: Language) -> str:
        """Where it is and what is wrong."""
        told = {name: lang.number(value) if isinstance(value, int) else value for name, value in self.values}
        return lang.labelled(self.place(lang), lang.text(FAULTS[self.code], **told))


def fault(code: str, file: str, scene: int = 0, field: str = "", **values: Value) -> Fault:
    """A fault; what stands in the file is cut to what can be read at a glance and in one line."""
    told = {name: quote(value) if isinstance(value, str) else value for name, value in values.items()}
    return Fault(code, quote(file), scene, quote(field), tuple(told.items()))
