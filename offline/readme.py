"""The README of the archive, one in each language: how to start, troubleshooting, what was tested, rights."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from data.i18n import DEFAULT, LANGUAGES, Language, language
from offline.laptop.place import EXTRA, MEGABYTE
from offline.targets import Target
from offline.wheels import Wheels

PROVEN = "linux-x86_64"


@dataclass(frozen=True)
class Summary:
    """The facts in a README: the snapshot's id and date, and the wheels of each target."""

    snapshot: str
    day: str
    wheels: Sequence[Wheels]

    @property
    def whole(self) -> list[Target]:
        """The targets with a wheel of every package."""
        return [one.target for one in self.wheels if not one.missing]

    @property
    def missing(self) -> dict[str, list[Target]]:
        """The targets that are left out, by the names of the packages without a wheel."""
        targets: dict[str, list[Target]] = {}
        for one in self.wheels:
            if one.missing:
                targets.setdefault(", ".join(one.missing), []).append(one.target)
        return targets

    @property
    def megabytes(self) -> int:
        """The disk space that the largest target needs, in MB."""
        return (max((one.unpacked for one in self.wheels if not one.missing), default=0) + EXTRA) // MEGABYTE


def pages(summary: Summary) -> dict[str, bytes]:
    """The READMEs by file name, one for each language."""
    return {name(code): "\n".join(_lines(language(code), summary)).encode() for code in LANGUAGES}


def name(code: str) -> str:
    """The usual name of a README in a language; with the language's code if the catalogue has no name."""
    # Translators: a name of this page that readers of your language know, e.g. LEAME.txt in Spanish; without accents
    own = language(code).text("README.txt")
    return f"README.{code}.txt" if code != DEFAULT and own == name(DEFAULT) else own


def systems(targets: Sequence[Target]) -> str:
    """Systems with their versions of Python, e.g. `linux-x86_64 (3.11, 3.12); macos-arm64 (3.11)`."""
    pythons: dict[str, list[str]] = {}
    for target in targets:
        pythons.setdefault(target.system, []).append(target.python)
    return "; ".join(f"{system} ({', '.join(versions)})" for system, versions in pythons.items())


def _lines(lang: Language, summary: Summary) -> Iterator[str]:
    yield lang.text("ATALAYA WITHOUT A NETWORK")
    yield ""
    yield lang.text(
        "This folder shows the observatory on trafficking in persons on a laptop with Python and without any network."
    )
    yield lang.text("Data version {id}, built {date}", date=lang.date(summary.day), id=summary.snapshot)
    yield from _how(lang, summary)
    yield from _problems(lang)
    yield from _proven(lang, summary)
    yield from _rights(lang, summary)


def _how(lang: Language, summary: Summary) -> Iterator[str]:
    yield from ("", lang.text("HOW TO START"))
    yield lang.text("1. Copy this whole folder to the disk of the laptop: a USB stick is slow, and many are too small.")
    yield lang.text("2. Windows: open start.bat.")
    yield lang.text("   macOS: right-click start.command and choose Open.")
    yield lang.text("   Linux: open a terminal in this folder and type: sh start.sh")
    yield lang.text("3. A browser opens. Leave the other window open; Ctrl+C in it ends the program.")
    yield lang.text(
        "The first start installs what is needed and takes a minute or two; {n} MB have to be free. Do it the day "
        "before. Later starts take a few seconds.",
        n=lang.number(summary.megabytes),
    )
    yield lang.text("Only this laptop reaches the pages. Nothing is sent anywhere.")
    yield from ("", lang.text("NEEDED"))
    yield lang.text("Python on one of these systems: {systems}", systems=systems(summary.whole))
    if any(one.target.system == "windows-arm64" and one.missing for one in summary.wheels):
        yield lang.text("On Windows with an ARM processor: Python for x86-64 (AMD64), which Windows 11 runs.")


def _problems(lang: Language) -> Iterator[str]:
    yield from ("", lang.text("TROUBLESHOOTING"))
    yield lang.text(
        "- Python is missing, too old or too new: install one of those named above while there is a network."
    )
    yield lang.text(
        "- The port is taken: the next free one is used. To choose one yourself, add --port and a number to the "
        "command, for instance: sh start.sh --port 8600"
    )
    yield lang.text("- The disk is full: the program shows how much room is needed and how much is free.")
    yield lang.text(
        "- This folder is read-only, or on a USB stick with too little room: the program is installed in your own "
        "folder and shows where."
    )
    yield lang.text(
        "- A file is damaged: the program names it and does not start. Copy the archive again. SHA256SUMS lists what "
        "each file should be."
    )
    yield lang.text("- To start over, delete the folder env.")


def _proven(lang: Language, summary: Summary) -> Iterator[str]:
    proven = [target for target in summary.whole if target.system == PROVEN]
    others = [target for target in summary.whole if target not in proven]
    yield from ("", lang.text("TESTED ON"))
    yield lang.text(
        "Linux on x86-64: a test starts such a folder without a network and opens every page in four languages."
    )
    if others:
        yield lang.text("Made in the same way, but not tested: {systems}", systems=systems(others))
    for packages, targets in summary.missing.items():
        yield lang.text(
            "Not in this folder, because no package is available for {packages}: {systems}",
            packages=packages,
            systems=systems(targets),
        )


def _rights(lang: Language, summary: Summary) -> Iterator[str]:
    yield from ("", lang.text("RIGHTS"))
    yield lang.text(
        "The program: program/LICENSE. The figures: each source keeps its own license, named in {file}. The "
        "libraries: each keeps its own, inside its wheel.",
        file=f"program/data/snapshot/{summary.snapshot}/datapackage.json",
    )
    yield lang.text(
        "Atalaya is an independent observatory. It is not a product of the Organization of American States."
    )
    yield ""
