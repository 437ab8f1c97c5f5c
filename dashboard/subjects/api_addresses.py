"""The addresses of the API, as the page Sources lists them for programs; `dashboard.server.api` answers."""

from dashboard.subjects import question

ROOT = "/api/v1"
PACKAGE = "datapackage.json"
OPENAPI = "openapi.json"
# What programs of others read of the data and the API, from the root.
DCAT = "/dcat.jsonld"
CROISSANT = "/croissant.json"
CATALOG = "/.well-known/api-catalog"
STRUCTURES = "/sdmx.json"
# Rows of one answer; for more, a program takes the whole table.
MOST_ROWS = 20_000
# How long an answer of the current snapshot may be cached. The snapshot changes a few times a year.
MINUTES = 5


def addresses(root: str) -> list[str]:
    """One address of every kind; `root` is the address of this server."""
    files = (PACKAGE, "<table>.parquet", "<table>.csv")
    return [f"{root}{ROOT}/{name}" for name in (*files, *questions().values())]


def questions() -> dict[str, str]:
    """By table the address of a question about its rows, relative to the API."""
    columns = {table: question.parameters_of(table) for table in question.COLUMNS}
    return {
        table: f"{table}?{''.join(f'{name}=&' for name in names[:-1])}{names[-1]}={'|'.join(question.formats(table))}"
        for table, names in columns.items()
    }


def example(root: str) -> str:
    """An example of an address."""
    return f"{root}{ROOT}/observations?indicator=detected_victims&area=CRI,PAN&from=2019&format=csv"
