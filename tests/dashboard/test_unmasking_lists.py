"""On the real snapshot: the number of victims with a listed citizenship reveals no masked citizenship or total."""

import re
from functools import cache
from itertools import combinations_with_replacement

import polars as pl

from dashboard import store
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.routes import words as routes_words
from data.i18n import language
from tests.dashboard.test_unmasking import as_it_is, read_once, records, totals
from tests.dashboard.unmasking import AsOf, Learned, Sum, editions, learn

EN = language("en")
SENTENCE = re.compile(
    r"UNODC’s lists of citizenships add up to (at least )?([\d,]+)(?:–([\d,]+))? victims; the totals of the same "
    r"(?:states and )?years \(.*?\) add up to ([\d,]+)(?:–([\d,]+))? victims\."
)
NO_END = 10**9


def exact(rows):
    """The fault to detect: a masked citizenship counts as its minimum."""
    return rows.with_columns(listed_high="listed", total_high="total_low")


def lists(edition):
    """For each state and year with a total the cells of its list, and that of the total; and what all cells say."""
    printed = totals(edition) | {row["locator"]: (row["low"], row["high"]) for row in records(edition)}
    whole = {cell[1:3]: {cell} for cell in totals(edition) if cell[0] == "detected_victims"}
    listed = {place: set() for place in whole}
    for row in records(edition):
        if row["located"] and (row["destination"], row["year"]) in whole:
            listed[row["destination"], row["year"]].add(row["locator"])
    return (listed, whole), printed


@cache
def flows(edition):
    """The flows of a release, read once."""
    return read_once(store.tables().flows(edition))


def intervals_in_words(coverage, areas, span, edition):
    """The two intervals in the sentence about some states over a span of years."""
    snap = AsOf({"flow_coverage": coverage, "flows": flows(edition)})
    words = routes_words.coverage(routes_query.coverage.of(snap, areas, *span), EN)
    at_least, listed, listed_high, total, total_high = SENTENCE.match(words).groups()
    for low, high in ((listed, f"{NO_END}" if at_least else listed_high), (total, total_high)):
        yield int(low.replace(",", "")), int((high or low).replace(",", ""))


def sentence_sums(coverage, kinds, printed, areas, edition):
    """The sums of every distinct span of years of these states; "at least" adds no upper end to what is printed."""
    # A total without a list is no part of either number.
    with_list = coverage.filter(pl.col("nationalities") > 0).select("area", "year").collect().rows()
    places = [place for place in {*kinds[1]} & {*with_list} if not areas or place[0] in areas]
    for span in combinations_with_replacement(sorted({year for _, year in places}), 2):
        within = [place for place in places if span[0] <= place[1] <= span[1]]
        if not within:
            continue
        for cells, (low, high) in zip(kinds, intervals_in_words(coverage, areas, span, edition), strict=True):
            summed = frozenset().union(*(cells[place] for place in within))
            most = sum(printed[cell][1] for cell in summed) if high == NO_END else high
            yield Sum((areas, span, edition), low, most, summed)


def row_sums(coverage, kinds):
    """The rows of the table and of the file."""
    for row in coverage.filter(pl.col("total_low").is_not_null()).collect().iter_rows(named=True):
        place = row["area"], row["year"]
        yield Sum((place, "listed"), row["listed"], row["listed_high"], frozenset(kinds[0][place]))
        yield Sum((place, "all"), row["total_low"], row["total_high"], frozenset(kinds[1][place]))


def learned_of(edition, fault=as_it_is, *, by_state=True):
    coverage, (kinds, printed) = read_once(fault(store.tables().flow_coverage(edition))), lists(edition)
    state_groups = [(), *((area,) for area in sorted({area for area, _ in kinds[1]}) if by_state)]
    return learn(
        [
            *row_sums(coverage, kinds),
            *(total for areas in state_groups for total in sentence_sums(coverage, kinds, printed, areas, edition)),
        ],
        printed,
    )


def test_the_number_of_listed_victims_does_not_reveal_masked_figures():
    learned = sum(map(learned_of, editions()), Learned())
    assert learned.narrower == ()
    assert learned.pairs > 10_000_000
    assert len(learned.cells) > 50


def test_lists_would_reveal_masks_if_a_masked_citizenship_counted_as_its_minimum():
    assert learned_of(editions()[0], exact, by_state=False).narrower
