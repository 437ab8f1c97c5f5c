"""Which parts stand on a page: worked out by hand from their heights."""

from dashboard.briefing.pages import Sized, gains, leaves


def ends(parts, room, *, gap=0.0, cover=0.0):
    return [leaf.end for leaf in leaves([Sized(*one) for one in parts], room, gap, cover=cover)]


def test_parts_that_fit_share_a_page():
    assert ends([(30,), (30,), (40,)], 100) == [3]
    assert ends([(30,), (30,), (41,)], 100) == [2, 3]
    # Two gaps of 5 do not fit.
    assert ends([(30,), (30,), (40,)], 100, gap=5) == [2, 3]


def test_a_cover_takes_room_of_the_first_page_only():
    assert ends([(60,), (60,), (40,)], 100, cover=40) == [1, 3]


def test_a_figure_that_can_grow_fills_a_page_and_white_goes_to_the_end():
    # Alone, the first part is half white; with the second one, whose figure grows, nothing is.
    assert ends([(50,), (40, 10), (50,)], 100) == [2, 3]
    # The last page may be white: 90 and 20, not 45 and 65.
    assert ends([(45,), (45,), (20,)], 100) == [2, 3]


def test_what_is_free_goes_to_the_figures_in_proportion():
    assert gains([Sized(10, 30), Sized(10, 10), Sized(10)], 20) == (15, 5, 0)
    assert gains([Sized(10, 30)], 100) == (30,)
    assert gains([Sized(10, 30)], -5) == (0,)
    assert gains([Sized(10)], 50) == (0,)


def test_a_part_higher_than_a_page_stands_alone():
    assert ends([(30,), (250,), (30,)], 100) == [1, 2, 3]


def test_figures_grow_only_to_the_end_of_their_page():
    every = leaves([Sized(50, 100), Sized(20), Sized(60, 10)], 100, 10)
    used = {1: [50], 2: [50, 20], 3: [50, 20, 60]}
    for leaf in every:
        sizes = used[3][leaf.first : leaf.end]
        assert sum(sizes) + 10 * (len(sizes) - 1) + sum(leaf.gained) <= 100
    assert [leaf.first for leaf in every][1:] == [leaf.end for leaf in every][:-1]
