"""Names that some file system refuses: files on a stick must be readable on Windows, macOS and Linux."""

import re

# Windows refuses these names whatever follows their dot, these characters, and a dot or blank at the end.
RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
FORBIDDEN = re.compile(r'[<>:"\\|?*\x00-\x1f]|[. ]$')
# Windows takes 259 characters, with the folder into which a person unpacks.
LONGEST = 180


def refused(names):
    """The names that a file system of one of the systems refuses, each with the reason."""
    by_lower_case = {}
    faults = []
    for name in names:
        if len(name) > LONGEST:
            faults.append(f"{name}: longer than {LONGEST}")
        if any(RESERVED.fullmatch(part) or FORBIDDEN.search(part) for part in name.split("/")):
            faults.append(f"{name}: not a name on Windows")
        if (other := by_lower_case.setdefault(name.lower(), name)) != name:
            faults.append(f"{name}: the same as {other} where case does not count")
    return faults
