"""A made-up declaration, for the tests of raw files."""

from etl.declaration import Declaration

SOURCE = Declaration(
    id="sample",
    title="A sample",
    publisher="Somebody",
    landing_page="https://example.org/",
    addresses=(),
    licence="CC BY 4.0",
    licence_page="",
    redistribute="rows",
    citation="Somebody. A sample.",
    indicators=(),
    tables=("roles",),
    mirror=("folder/*.csv", "folder/extra*"),
    fetch="frozen",
)
