"""Where the links of a document lead that is a file (`dashboard.server.site_files`): to other files, by relative paths.

A link to a view that is not written has the address `ABSENT`, which `without_absent` takes out of the document: its
words stay.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import product
from pathlib import PurePosixPath
from typing import Any, ClassVar, NamedTuple
from urllib.parse import urlencode

from dashboard import site, store
from dashboard.charts.medium import PHONE
from dashboard.export.cited_view import KEPT, SAFE
from dashboard.forms.html.addresses import Addresses
from dashboard.stage import request
from dashboard.views.filters import Spec
from dashboard.views.page import Graphic, Link, Page

ABSENT = "absent:"
_HREF = re.compile(rf' href="{ABSENT}[^"]*"')
# Pixels between two heights in which a figure of a show is written, the least and the largest of them.
STEP = 40
LOWEST = 240
TALLEST = 440
SHAPE = "slide"


class Written(NamedTuple):
    """What is written of a site.

    Attributes:
        languages: their codes.
        paths: by the slug of a page the paths of its documents, empty for one without a path.
        views: by slug and path the parameters of its other views, as they stand in an address.
        briefings: the paths of pages that have their briefing, each with its slug.
    """

    languages: tuple[str, ...]
    paths: Mapping[str, frozenset[tuple[str, ...]]]
    views: Mapping[tuple[str, tuple[str, ...]], tuple[str, ...]]
    briefings: frozenset[tuple[str, tuple[str, ...]]] = frozenset()


class WantedFile(NamedTuple):
    """A file to which a document leads: its kind, and what it shows.

    Attributes:
        kind: `rows` (of the part `name` in the form `ending`), `picture` (in the form `ending`) or `figure` (by its
            parameters), or `briefing` (in the form `name`).
    """

    kind: str
    name: str = ""
    ending: str = ""
    texts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class FileAddresses(Addresses):
    """The addresses in the document of a page that is the file `{lang}/{slug}.html`, or one step deeper for each path.

    Attributes:
        written: what there is.
        wanted: the files to which the document leads, by their paths from the root; this class fills it.
    """

    files: ClassVar[bool] = True
    rows: ClassVar[tuple[str, ...]] = ("csv", "xlsx")
    tables: ClassVar[tuple[str, ...]] = ("parquet",)

    written: Written = field(default_factory=lambda: Written((), {}, {}))
    wanted: dict[str, WantedFile] = field(default_factory=dict)

    @property
    def document(self) -> str:
        """The path of this document from the root."""
        return f"{self.lang.code}/{self._place(self.page, self.chosen)}"

    @property
    def views(self) -> Sequence[str]:
        """The parameters of the other views of the page that are written."""
        return self.written.views.get((self.page.slug, tuple(self._steps)), ())

    @property
    def folder(self) -> str:
        """The folder of those views, relative to the document."""
        return f"{super()._stem}.views/"

    @property
    def feed(self) -> str:
        """Empty: feeds come from a server."""
        return ""

    def link(self, link: Link) -> str:
        """The address that a link leads to; absent without an anchor."""
        found = super().link(link)
        return ABSENT if found.startswith(ABSENT) else found

    def onward(self, slug: str) -> str:
        """Another page by the menu: the view of a state is not written, so none is chosen there."""
        return self.of(slug)

    def leads(self, address: str) -> bool:
        """Whether what an address leads to is written."""
        return address not in ("", ABSENT)

    def outside(self, address: str) -> str:
        """An address of another site; what a server answers from the root is on the public site, if there is one."""
        if not address.startswith("/"):
            return address
        return f"{root}{address}" if (root := site.public_address()) else ABSENT

    def translated(self, code: str) -> str:
        """The same view in another language."""
        there = code in self.written.languages
        return f"{self.up}{code}/{self._place(self.page, self.chosen)}{self._search(self.query)}" if there else ABSENT

    def cited(self, _specs: Iterable[Spec[Any]]) -> str:
        """The public address for a citation: that of the page that stays; empty if the site has none."""
        root, snapshot = site.public_address(), store.snapshot().id
        return f"{root}/{KEPT}/{snapshot}/{self.document}{self._search(self.query)}" if root else ""

    def file(self, name: str, ending: str) -> str:
        """The rows of the view as a file."""
        part = "" if name == self.page.slug else f".{name}"
        return self._want(f"{self._stem}{part}.{ending}", WantedFile("rows", name * bool(part), ending))

    def briefing(self, form: str) -> str:
        """The briefing on the page; empty if it is not written."""
        if (self.page.slug, tuple(self._steps)) not in self.written.briefings or self.query:
            return ""
        name = f"{self._stem}.page.pdf" if form == "page" else f"{self._stem}.{form}"
        return self._want(name, WantedFile("briefing", form))

    def picture(self, figure: Graphic, ending: str, shape: str) -> str:
        """A figure of the page as a picture for a slide; empty for those that are not written."""
        if shape != SHAPE:
            return ""
        name, texts = figure.name, tuple(request.query(figure.name, figure.values, self.lang.code).items())
        return self._shared_file(f"{name}-{_short(texts)}.{ending}", WantedFile("picture", name, ending, texts))

    def staged(self, figure: Mapping[str, Any]) -> Mapping[str, Any]:
        """A figure of a show: its files in some heights, for phones, light and dark; `heights` lists the first."""
        name, usual = figure["address"].rsplit("/", 1)[-1], figure["stage"]
        texts = tuple(figure["query"].items())
        # The usual height is one of them: most screens need no other.
        tall = int(usual[request.STAGE.name])
        heights = [*range(tall, LOWEST - 1, -STEP), *range(tall + STEP, TALLEST + 1, STEP)]
        looks = [{**usual, request.STAGE.name: str(one)} for one in heights] + [{request.WIDTH.name: str(PHONE.width)}]
        stem = f"{name}-{_short(texts)}"
        for look, dark in product(looks, "01"):
            shown = {**look, request.DARK.name: dark}
            wanted = WantedFile("figure", name, "", (*texts, *shown.items()))
            self._shared_file(f"{stem}{suffix(urlencode(shown))}.js", wanted)
        return {**figure, "address": f"{self._beside}figures/{stem}", "query": {}, "heights": heights}

    @property
    def _stem(self) -> str:
        """The name of the view, to which endings are added."""
        return super()._stem + suffix(self._search(self.query).removeprefix("?"))

    def _place(self, page: Page, texts: Mapping[str, str]) -> str:
        return f"{super()._place(page, texts) or 'index'}.html"

    def _written(self, page: Page, texts: Mapping[str, str]) -> str:
        """The document of a view; absent if the view is not written."""
        texts = {**texts, **{name: text for name, text in page.implied(texts).items() if name in texts}}
        steps = [spec.name for spec in page.path if texts.get(spec.name)]
        path = tuple(texts[name] for name in steps)
        order = [spec.name for spec in page.filters if spec.name in texts]
        query = {name: texts[name] for name in dict.fromkeys([*order, *texts]) if name not in steps}
        place = self._place(page, {name: texts[name] for name in steps})
        search = urlencode(query, safe=SAFE)
        known = path in self.written.paths.get(page.slug, frozenset())
        if not known or search not in ("", *self.written.views.get((page.slug, path), ())):
            return ABSENT
        return f"{self._beside}{place}{f'?{search}' if search else ''}"

    def _search(self, texts: Mapping[str, str]) -> str:
        search = urlencode(texts, safe=SAFE)
        return f"?{search}" if search in self.views else ""

    def _want(self, name: str, wanted: WantedFile) -> str:
        self.wanted[str(PurePosixPath(self.document).parent / name)] = wanted
        return name

    def _shared_file(self, name: str, wanted: WantedFile) -> str:
        """The address of a file of all documents of the language."""
        self.wanted[f"{self.lang.code}/figures/{name}"] = wanted
        return f"{self._beside}figures/{name}"


def suffix(search: str) -> str:
    """The parameters of a view in the name of its files: a dot and the parameters, without `?` and `&`."""
    return f".{search.replace('&', '_')}" if search else ""


def without_absent(document: str) -> str:
    """A document whose links lead to files that are written."""
    return _HREF.sub("", document)


def _short(texts: Sequence[tuple[str, str]]) -> str:
    return sha256(repr(texts).encode()).hexdigest()[:10]
