"""The scripts in the archive of a view: they rebuild its rows from the tables and compare its file.

Both are written from the view's code (`dashboard.views.code`). Both compare texts as the CSV files have them, and end
with status 1 if the rows differ.
"""

import json
from collections.abc import Sequence

from dashboard.views.code import Condition, Match, Snippet, all_of, any_of, quoted

PYTHON = "rebuild.py"
R = "rebuild.R"
HEADING = (
    "Rebuilds the rows of {file} from the tables of Atalaya, writes them to rebuilt.csv and compares both files.",
    "Save the tables in this folder first ({tables}), from the page Sources or from the API.",
)
WRITE_PYTHON = """
print(rows)
rows.select(name for name, kind in rows.schema.items() if not kind.is_nested()).write_csv("rebuilt.csv")
"""
WRITE_R = """
print(head(rows))
write.csv(rows, "rebuilt.csv", row.names = FALSE, na = "")
"""
COMPARE_PYTHON = '''
view = pl.read_csv({file}, infer_schema=False)
differing, compared = [], set()


def compare(made, shown, columns, sums=(), median=False, whole=True):
    """Print how many rows only one side has; `columns` of the tables and how the view calls them."""
    compared.update(columns.values())
    if sums:
        keys, numbers = [name for name in columns if name not in sums], pl.col(sums)
        made = made.with_columns(n=1).group_by(keys).agg(numbers.median() if median else numbers.sum())
    # Both as texts, without the apostrophe before what a spreadsheet would run.
    made = pl.read_csv(made.select(list(columns)).write_csv().encode(), infer_schema=False)
    shown = shown.select(pl.col(name).alias(column) for column, name in columns.items())
    made, shown = (rows.select(pl.all().str.strip_prefix("'")).unique() for rows in (made, shown))
    lacking = shown.join(made, on=made.columns, how="anti", nulls_equal=True).height
    more = made.join(shown, on=made.columns, how="anti", nulls_equal=True).height if whole else 0
    print(f"{{shown.height}} rows of the view compared: {{lacking}} not found in the tables, {{more}} found there only")
    differing.append(lacking + more)


def rest(found):
    """Print what of the view this script does not rebuild."""
    columns = ", ".join(name for name in view.columns if name not in compared)
    print(f"Not rebuilt: {{view.height - found.height}} rows of the view; columns: {{columns or 'none'}}")


'''
COMPARE_R = """
view <- read({file})
differing <- 0
compared <- c()

# Print how many rows only one side has; `columns` of the tables and how the view calls them.
compare <- function(made, shown, columns, sums = c(), median = FALSE, whole = TRUE) {{
  compared <<- c(compared, columns)
  shown <- setNames(shown[columns], names(columns))
  made$n <- rep(1, nrow(made))
  for (name in sums) {{
    made[[name]] <- as.numeric(made[[name]])
    shown[[name]] <- as.numeric(shown[[name]])
  }}
  if (length(sums) && nrow(made)) {{
    keys <- made[setdiff(names(columns), sums)]
    made <- if (median) {{
      aggregate(made[sums], keys, stats::median)
    }} else {{
      cbind(unique(keys), rowsum(made[sums], do.call(paste, keys), reorder = FALSE))
    }}
  }}
  # Without the apostrophe before what a spreadsheet would run.
  texts <- function(rows) unique(do.call(paste, c(lapply(rows, function(one) sub("^'", "", one)), sep = "\\t")))
  made <- texts(made[names(columns)])
  shown <- texts(shown)
  lacking <- length(setdiff(shown, made))
  more <- if (whole) length(setdiff(made, shown)) else 0
  cat(sprintf(
    "%d rows of the view compared: %d not found in the tables, %d found there only\\n", length(shown), lacking, more
  ))
  differing <<- differing + lacking + more
}}

# Print what of the view this script does not rebuild.
rest <- function(found) {{
  columns <- setdiff(names(view), compared)
  columns <- if (length(columns)) paste(columns, collapse = ", ") else "none"
  cat(sprintf("Not rebuilt: %d rows of the view; columns: %s\n", nrow(view) - nrow(found), columns))
}}

"""
DIVIDE_PYTHON = '''
def divided(part, whole, share=False, summed=False):
    """Counts over counts of the same state, year and group that agree, or of all states; rounded outwards."""
    keys, times = ["year", "sex", "age", "form"], 100 if share else 1
    if share:
        part = part.with_columns(sex=pl.lit("total"), age=pl.lit("total"), form=pl.lit("total"))
    both = part.join(whole, on=["area", *keys], suffix="_of").drop_nulls(["low", "high", "low_of", "high_of"])
    both = both.filter(
        ~pl.any_horizontal("contradicted", "contradicted_of"),
        *(pl.col(name).eq_missing(pl.col(f"{name}_of")) for name in ("unit", "counting_unit")),
        pl.lit(not share) | (pl.col("low") <= pl.col("high_of")),
    )
    if summed:
        both = both.group_by(keys).agg(pl.col("low", "high", "low_of", "high_of").sum())
    known = (pl.col("low") == pl.col("high")) & (pl.col("low_of") == pl.col("high_of"))
    low, high = pl.col("low") * (times / pl.col("high_of")), pl.col("high") * (times / pl.col("low_of"))
    low = pl.when(known).then(low).otherwise((low * 1e6).floor() / 1e6).round(6)
    high = pl.when(known).then(high).otherwise((high * 1e6).ceil() / 1e6).round(6)
    return both.filter(pl.col("low_of") > 0).with_columns(low=low, high=pl.min_horizontal(high, 100) if share else high)


'''
DIVIDE_R = """
# Counts over counts of the same state, year and group that agree, or of all states; rounded outwards.
divided <- function(part, whole, share = FALSE, summed = FALSE) {
  keys <- c("year", "sex", "age", "form")
  ends <- c("low", "high", "low_of", "high_of")
  if (share) part[keys[-1]] <- rep("total", nrow(part))
  both <- merge(part, whole, by = c("area", keys), suffixes = c("", "_of"))
  both[ends] <- lapply(both[ends], as.numeric)
  both <- subset(
    both,
    complete.cases(both[ends]) & contradicted == "false" & contradicted_of == "false" &
      paste(unit, counting_unit) == paste(unit_of, counting_unit_of) & (!share | low <= high_of)
  )
  if (summed && nrow(both)) both <- aggregate(both[ends], both[keys], sum)
  both <- subset(both, low_of > 0)
  known <- both$low == both$high & both$low_of == both$high_of
  times <- if (share) 100 else 1
  low <- both$low * (times / both$high_of) * 1e6
  high <- both$high * (times / both$low_of) * 1e6
  both$low <- ifelse(known, floor(low + 0.5), floor(low)) / 1e6
  both$high <- ifelse(known, floor(high + 0.5), ceiling(high)) / 1e6
  if (share) both$high <- pmin(both$high, 100)
  both
}

"""
SAME_PYTHON = "{name: name for name in view.columns if name in rows.columns and not rows.schema[name].is_nested()}"
SAME_R = "{both <- intersect(names(view), names(rows)); setNames(both, both)}"
NOTHING = "The view only computes from these rows: there is nothing to compare."


def scripts(code: Snippet, name: str, snapshot: str, api: str = "") -> dict[str, str]:
    """The scripts by their file names.

    Args:
        name: the name of the view; its rows are `{name}.csv` beside the scripts.
        snapshot: the id of the tables.
        api: the address of the tables on this server, if known.
    """
    return {
        PYTHON: _python(code, f"{name}.csv", snapshot, api),
        R: _r(code, f"{name}.csv", snapshot, api),
    }


def _python(code: Snippet, file: str, snapshot: str, api: str) -> str:
    lines = [f"compare({_arguments(match)})" for match in code.matches]
    end = (
        [*lines, f"rest({_rows('view', _found(code.matches))})", "raise SystemExit(sum(differing) > 0)"]
        if lines
        else [f"# {NOTHING}"]
    )
    compare = COMPARE_PYTHON.format(file=quoted(file)) if lines else ""
    compare += DIVIDE_PYTHON.lstrip("\n") * any(match.over for match in code.matches)
    rebuilt = f"{code.polars(snapshot, api)}{WRITE_PYTHON}"
    return "\n".join([f'"""{_heading(code, file)}\n"""\n', f"{rebuilt}{compare}{end[0]}", *end[1:], ""])


def _r(code: Snippet, file: str, snapshot: str, api: str) -> str:
    lines = [f"compare({_arguments_r(match)})" for match in code.matches]
    end = (
        [*lines, f"rest({_rows_r('view', _found(code.matches))})", "quit(status = as.integer(differing > 0))"]
        if lines
        else [f"# {NOTHING}"]
    )
    heading = "\n".join(f"# {line}".rstrip() for line in _heading(code, file).splitlines())
    compare = COMPARE_R.format(file=quoted(file)) if lines else ""
    compare += DIVIDE_R.lstrip("\n") * any(match.over for match in code.matches)
    return f"{heading}\n\n{code.r(snapshot, api)}{WRITE_R}{compare}" + "\n".join([*end, ""])


def _heading(code: Snippet, file: str) -> str:
    return "\n\n".join(HEADING).format(file=file, tables=", ".join(code.tables))


def _found(matches: Sequence[Match]) -> tuple[Condition, ...]:
    """The condition of the rows of a view that are compared; empty for all."""
    return (any_of(*(all_of(*one.shown) for one in matches)),) if all(one.shown for one in matches) else ()


def _rows(frame: str, conditions: tuple[Condition, ...]) -> str:
    """Rows of a frame in Python."""
    tests = ",".join(f"\n    {one.polars}" for one in conditions)
    return f"{frame}.filter({tests}\n  )" if conditions else frame


def _rows_r(frame: str, conditions: tuple[Condition, ...]) -> str:
    """Rows of a frame in R."""
    tests = " &".join(f"\n    {one.r}" for one in conditions)
    return f"subset(\n    {frame},{tests}\n  )" if conditions else frame


def _arguments(match: Match) -> str:
    """The arguments of `compare` in Python."""
    made, shown = _rows("rows", match.made), _rows("view", match.shown)
    if match.over:
        whole = _rows("rows", match.over)
        made = f"divided({_joined([made, whole], 'share=True' * match.share, 'summed=True' * match.summed)})"
    if match.several:
        (name,) = map(quoted, match.columns.values())
        shown += f'.select(pl.col({name}).str.split(";")).explode({name}).filter(pl.col({name}) != "")'
    columns = json.dumps(dict(match.columns)) if match.columns else SAME_PYTHON
    return _joined(
        [made, shown, columns],
        f"sums={json.dumps(match.sums)}" * bool(match.sums),
        "median=True" * match.median,
        "whole=False" * (not match.whole),
    )


def _arguments_r(match: Match) -> str:
    """The arguments of `compare` in R."""
    made, shown = _rows_r("rows", match.made), _rows_r("view", match.shown)
    if match.over:
        whole = _rows_r("rows", match.over)
        made = f"divided({_joined([made, whole], 'share = TRUE' * match.share, 'summed = TRUE' * match.summed)})"
    if match.several:
        (name,) = match.columns.values()
        shown = f'data.frame({name} = na.omit(unlist(strsplit({shown}${name}, ";", fixed = TRUE))))'
    columns = ", ".join(f"{column} = {quoted(name)}" for column, name in match.columns.items())
    sums = ", ".join(map(quoted, match.sums))
    return _joined(
        [made, shown, f"c({columns})" if columns else SAME_R],
        f"sums = c({sums})" * bool(sums),
        "median = TRUE" * match.median,
        "whole = FALSE" * (not match.whole),
    )


def _joined(arguments: list[str], *named: str) -> str:
    """Arguments on lines of their own."""
    return "".join(f"\n  {one}," for one in [*arguments, *filter(None, named)]).rstrip(",") + "\n"
