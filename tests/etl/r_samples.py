"""Small tables of R, in the shape of the publishers' files, with our own rows."""

import tempfile
from pathlib import Path

import pandas as pd
import rdata

DAY = {(2023, 1): 19358, (2023, 2): 19389, (2024, 12): 20058, (2025, 1): 20089, (2025, 2): 20120}


def r_file(name: str, columns: dict[str, list[object]]) -> bytes:
    """The bytes of an `.rda` file with one table."""
    table = pd.DataFrame(
        {
            key: pd.Series(values, dtype=object if isinstance(values[0], str) else float)
            for key, values in columns.items()
        }
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sample.rda"
        rdata.write_rda(path, {name: table})
        return path.read_bytes()


def stocks(*pairs: tuple[str, str, int, int, int]) -> bytes:
    """Women and men of each pair: origin, destination, year, women, men."""
    rows = [
        (geo, year, origin, sex, n)
        for origin, geo, year, women, men in pairs
        for sex, n in (("female", women), ("male", men))
    ]
    return r_file(
        "undesa_stocks", dict(zip(("geo", "t", "from", "sex", "n"), map(list, zip(*rows, strict=True)), strict=True))
    )


def protected(*rows: tuple[int, str, str, float, float, float]) -> bytes:
    """Rows of UNHCR: year, origin, asylum, refugees, asylum-seekers, others in need."""
    names = ("year", "coo_iso", "coa_iso", "refugees", "asylum_seekers", "oip")
    return r_file("population", dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)))


def crossings(*rows: tuple[tuple[int, int], str, int]) -> bytes:
    """Months, nationalities and numbers."""
    days, nationalities, numbers = map(list, zip(*((DAY[month], nat, n) for month, nat, n in rows), strict=True))
    return r_file("irreg", {"t": days, "nat": nationalities, "n": numbers})


def files() -> dict[str, bytes]:
    """A file of each source that publishes tables of R, by its path in a mirror folder."""
    nan = float("nan")
    months = crossings(((2023, 1), "VEN", 40), ((2023, 2), "VEN", 2), ((2023, 2), "OOO", 3), ((2025, 1), "VEN", 7))
    return {
        "undesa_migrant_stock_2024/undesa_stocks.rda": stocks(("MEX", "USA", 2024, 60, 50), ("ARG", "FRA", 2024, 1, 2)),
        "unhcr_population/population.rda": protected(
            (2025, "VEN", "COL", 5, 12, 300), (2024, "HTI", "BRA", 0, 9, nan), (2025, "UNK", "PER", 20, 0, nan)
        ),
        **{f"iom_gdidata/irreg_{name}_nat.rda": months for name in ("darien", "honduras", "mexico")},
    }
