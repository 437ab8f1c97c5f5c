"""What stands under every page and in every file: what borders mean, and whose product this is not."""

from data.i18n import Language


def disclaimer(lang: Language) -> str:
    """The boundary disclaimer that stands with every map and export."""
    return lang.text(
        "The boundaries, names and designations used on the maps do not imply official endorsement or acceptance, "
        "nor any opinion on the legal status of any territory or on the delimitation of its frontiers."
    )


def independent(lang: Language) -> str:
    """Whose product this is not."""
    return lang.text(
        "Atalaya is an independent observatory. It is not a product of the Organization of American States."
    )
