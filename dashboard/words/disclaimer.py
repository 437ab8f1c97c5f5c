"""The disclaimers under every page and in every file: on boundaries, and on the observatory's independence."""

from data.i18n import Language


def disclaimer(lang: Language) -> str:
    """The disclaimer on boundaries, shown with every map and in every file."""
    return lang.text(
        "The boundaries, names and designations used on the maps do not imply official "
        "endorsement or acceptance, or any opinion on the legal status of any territory or on "
        "the delimitation of its frontiers."
    )


def independent(lang: Language) -> str:
    """The sentence that says that the observatory is independent."""
    return lang.text(
        "Atalaya is an independent observatory. It is not a product of the Organization of American States."
    )


def independent_in_short(lang: Language) -> str:
    """The same after the name of the observatory, where there is room for a line."""
    # Translators: follows the name Atalaya.
    return lang.text("an independent observatory, not a product of the OAS")
