"""The addresses of pictures, requested through the whole server."""

import io

import pytest
from PIL import Image

from dashboard import store
from dashboard.stage import pictures
from tests.dashboard.server.test_api import fetch

HOSTILE = (
    ("/picture/region.png", "year=%3Cscript%3Ealert(1)%3C/script%3E"),
    ("/picture/region.png", "shape=..%2F..%2Fetc"),
    ("/picture/region.svg", "onload=alert(1)"),
    ("/picture/region.svg", "lang=%22%3E%3Cscript%3E"),
    ("/picture/region.gif", ""),
    ("/picture/%3Cscript%3E.png", ""),
    ("/picture/region.png", "width=2000000000"),
)


@pytest.mark.parametrize("shape", pictures.SHAPES)
def test_a_png_has_the_pixels_of_its_shape_and_is_painted(shape):
    answer = fetch("/picture/region.png", f"shape={shape}&lang=fr")
    assert answer.status == 200
    assert answer.headers["content-type"] == "image/png"
    image = Image.open(io.BytesIO(answer.body)).convert("RGB")
    form = pictures.SHAPES[shape]
    assert image.size == (form.width, form.height)
    # In each third, from the title to the notes, there is more than ground.
    for third in range(3):
        part = image.crop((0, third * form.height // 3, form.width, (third + 1) * form.height // 3))
        assert len(part.getcolors(form.width * form.height)) > 40
    # A card begins with a band of the color of the site's.
    assert image.getpixel((2, 2)) == ((11, 51, 70) if shape == "card" else (255, 255, 255))


def test_an_svg_is_the_picture_and_can_run_nothing():
    answer = fetch("/picture/series.svg", "area=CRI&lang=es&shape=phone")
    asked = pictures.parse("series", {"area": "CRI", "lang": "es", "shape": "phone"})
    assert answer.body.decode() == pictures.svg(asked)
    assert answer.headers["content-type"] == "image/svg+xml"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert b"<script" not in answer.body
    name = f"atalaya_series_phone_{store.snapshot().id}.svg"
    assert answer.headers["content-disposition"] == f'inline; filename="{name}"'


def test_a_picture_that_a_browser_has_is_not_sent_again():
    first = fetch("/picture/series.png", "area=CRI")
    again = fetch("/picture/series.png", "area=CRI", if_none_match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert first.headers["cache-control"] == "public, max-age=300"


@pytest.mark.parametrize(("path", "query"), HOSTILE)
def test_a_hostile_address_is_refused_and_nothing_of_it_is_repeated(path, query):
    answer = fetch(path, query)
    assert answer.status == 400
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.body == b"There is no such figure: its address has a part that does not exist.\n"
