"""Where the links, files and pictures of a document lead: addresses relative to it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar
from urllib.parse import urlencode

from dashboard import catalog, menu, site, store
from dashboard.export import cited_view
from dashboard.stage import pictures, request, wire
from dashboard.views.address import read
from dashboard.views.figure import Values
from dashboard.views.filters import LANGUAGE, Form, Many, One, Spec, depends, written
from dashboard.views.page import NOTHING, Graphic, Link, Page
from data.i18n import Language

# The parameters that name a table whose rows are all shown, and a text that these have; they are no filters.
WHOLE = "rows"
FIND = "find"


@dataclass(frozen=True)
class Addresses:
    """The addresses in the document of a page, which lies at `{lang}/{slug}`, or one step deeper for each of its path.

    Attributes:
        values: of the filters of the page.
        kept: parameters of its address that are no filters.
        files: whether the document is a file that no server answers for (`dashboard.forms.html.file_addresses`).
        rows, tables: the endings of files with rows: of a view, and of a whole table.
    """

    files: ClassVar[bool] = False
    rows: ClassVar[tuple[str, ...]] = tuple(cited_view.FORMATS)
    tables: ClassVar[tuple[str, ...]] = rows

    lang: Language
    page: Page
    values: Values
    kept: Mapping[str, str] = field(default_factory=dict)

    @property
    def up(self) -> str:
        """The way from the document to the root."""
        return f"../{self._beside}"

    @cached_property
    def chosen(self) -> dict[str, str]:
        """The parameters of this address: filters that are not at their defaults or stand in its path, and the rest."""
        values = dict(self.values.given)
        path = {spec.name: spec.write(values[spec.name]) for spec in self.page.path if values[spec.name]}
        return {**path, **written(self.page.filters, values), **self.kept}

    @property
    def query(self) -> dict[str, str]:
        """The parameters of this address that do not stand in its path."""
        in_path = {spec.name for spec in self.page.path}
        return {name: text for name, text in self.chosen.items() if name not in in_path}

    def link(self, link: Link) -> str:
        """The address that a link leads to."""
        anchor = f"#{link.anchor}" * bool(link.anchor)
        if anchor and not link.page and not link.filters:
            return anchor
        return (self.of(link.page, link.filters) if link.page else self.view(link.filters)) + anchor

    def view(self, changed: Mapping[str, str] = NOTHING) -> str:
        """The page itself with its filters, of which some are changed; an empty text leaves one out."""
        texts = {name: text for name, text in {**self.chosen, **changed}.items() if text}
        rows = {spec.name for spec in self.page.filters if isinstance(spec, Form)} | self.kept.keys()
        # A row that is opened changes no default.
        return self._written(self.page, texts if changed.keys() <= rows else _without_defaults(self.page, texts))

    def of(self, slug: str, texts: Mapping[str, str] = NOTHING) -> str:
        """A page with some filters; one that is no document yet is at its former address."""
        if declared := {self.page.slug: self.page, **catalog.pages()}.get(slug):
            return self._written(declared, _without_defaults(declared, texts))
        first = slug == next(iter(menu.scripts()))
        return f"{self.up}{'' if first else slug}?{urlencode({LANGUAGE.name: self.lang.code, **texts})}"

    @property
    def feed(self) -> str:
        """The Atom feed of what changed in what the page shows."""
        return f"{self._beside}{self.page.feed(self.values)}feed.atom"

    def onward(self, slug: str) -> str:
        """Another page by the menu: with the state that is chosen on this one, if it has a filter for it."""
        page = catalog.pages().get(slug)
        if page is None or slug == self.page.slug or not (state := self._state):
            return self.of(slug)
        chosen = {spec.name: state for spec in _of_states(page) if state in spec.options}
        return self.of(slug, {**chosen, **page.implied(chosen)})

    def leads(self, _address: str) -> bool:
        """Whether there is the view of an address of this class: a server has all."""
        return True

    def outside(self, address: str) -> str:
        """An address of another site, or of this one from its root."""
        return f"{self.up}{address.removeprefix('/')}" if address.startswith("/") else address

    def translated(self, code: str) -> str:
        """The same view in another language."""
        return f"{self.up}{code}/{menu.path(self.page, self.chosen)}{_query(self.query)}"

    @property
    def newest(self) -> str:
        """The same view with the newest data, from below `s/<id>/`."""
        return f"../../{self.translated(self.lang.code)}"

    def desk(self) -> str:
        """The same view on the desk."""
        texts = {name: text for name, text in self.chosen.items() if name not in self.kept}
        return f"{self.up}desk/{self.page.slug}{_query({LANGUAGE.name: self.lang.code, **texts})}"

    def file(self, name: str, ending: str) -> str:
        """The rows of a view of the page, by its name; those of the view that is named as the page are the page's."""
        within = "" if name == self.page.slug else f"/{name}"
        return f"{self._stem}{within}.{ending}{_query(self._filters)}"

    def frames(self, part: str, years: str) -> str:
        """A figure of the page in all its years, whatever the chosen one is."""
        texts = {name: text for name, text in self.query.items() if name != years and name not in self.kept}
        return f"{self._stem}/{part}.years{_query(texts)}"

    def briefing(self, form: str) -> str:
        """The briefing on the page in one of the forms of `dashboard.briefing.formats`."""
        page = form == "page"
        return f"{self._stem}.{'pdf' if page else form}{_query({**self._filters, **({'form': form} if page else {})})}"

    def picture(self, figure: Graphic, ending: str, shape: str) -> str:
        """A figure of the page as a picture in one of the shapes of `dashboard.stage.pictures`."""
        texts = {**request.query(figure.name, figure.values, self.lang.code), pictures.SHAPE: shape}
        return f"{self.up}picture/{figure.name}.{ending}?{urlencode(texts)}"

    def live(self, figure: Graphic) -> str:
        """A figure of the page as data for Plotly, without width and theme, which the browser adds."""
        texts = request.query(figure.name, figure.values, self.lang.code)
        return f"{self.up}{wire.address(figure.name).removeprefix('./')}?{urlencode(texts)}"

    def staged(self, figure: Mapping[str, Any]) -> Mapping[str, Any]:
        """A figure of a show (`dashboard.present.contents`), with its address relative to the document."""
        return {**figure, "address": f"{self.up}{figure['address'].removeprefix('./')}"}

    def frame(self, figure: Graphic) -> str:
        """The code that shows a figure of the page on other sites."""
        texts = request.query(figure.name, figure.values, self.lang.code)
        return f"{self.up}embed/{figure.name}.txt?{urlencode(texts)}"

    def canonical(self, code: str = "") -> str:
        """The public address of this page in a language without filters; empty if the site has no public address."""
        root = site.public_address()
        return f"{root}/{code or self.lang.code}/{self._own}" if root else ""

    @property
    def shared(self) -> str:
        """The public address of the view; empty if the site has none."""
        root = site.public_address()
        return f"{root}/{self.lang.code}/{menu.path(self.page, self.chosen)}{_query(self.query)}" if root else ""

    def alternate(self, code: str) -> str:
        """The address of this page in a language without filters: the public one if there is one."""
        return self.canonical(code) or f"{self.up}{code}/{self._own}"

    def cited(self, specs: Iterable[Spec[Any]]) -> str:
        """The public address for a citation, with all values of some filters and the snapshot; empty if none is set."""
        values, path = dict(self.values.given), {spec.name for spec in self.page.path}
        texts = {spec.name: spec.write(values[spec.name]) for spec in specs if spec.name in values}
        in_path = {name: text for name, text in self.chosen.items() if name in path}
        return cited_view.address(self.lang, self.page, {**texts, **in_path})

    @property
    def _state(self) -> str:
        """The one state that is chosen on this page; empty if none is, or several."""
        if self.page.state:
            return self.page.state(self.values)
        texts = [self.chosen[spec.name] for spec in _of_states(self.page) if spec.name in self.chosen]
        return texts[0] if texts and texts[0] in store.areas() else ""

    @property
    def _own(self) -> str:
        """What the page is about: its path, and the filters that name it, below its language."""
        names = [spec.name for spec in self.page.named]
        return self._place(self.page, self.chosen) + _query(
            {name: self.query[name] for name in names if name in self.query}
        )

    @property
    def _filters(self) -> dict[str, str]:
        """The parameters of this address that are filters and do not stand in its path."""
        return {name: text for name, text in self.query.items() if name not in self.kept}

    @property
    def _beside(self) -> str:
        """The way from the document to the other documents of its language."""
        return "../" * len(self._steps)

    @property
    def _stem(self) -> str:
        """The document's own name, to which endings are added."""
        return self._steps[-1] if self._steps else self.page.slug

    @property
    def _steps(self) -> list[str]:
        """The steps of the document's path below its page."""
        return [self.chosen[spec.name] for spec in self.page.path if spec.name in self.chosen]

    def _written(self, page: Page, texts: Mapping[str, str]) -> str:
        in_path = {spec.name for spec in page.path}
        query = {name: text for name, text in texts.items() if name not in in_path}
        return f"{self._beside}{self._place(page, texts) or './'}{_query(query)}"

    def _place(self, page: Page, texts: Mapping[str, str]) -> str:
        """The path of a page below its language; empty for the first page."""
        return menu.path(page, texts)


def _of_states(page: Page) -> list[One | Many]:
    """The filters of a page whose state is carried from page to page."""
    return [spec for spec in page.filters if isinstance(spec, One | Many) and spec.carried]


def _without_defaults(page: Page, texts: Mapping[str, str]) -> dict[str, str]:
    """Parameters of the address of a page without filters at their defaults; those in its path remain."""
    specs = tuple(spec for spec in page.filters if spec.name in texts)
    # A default may depend on filters that are not named.
    specs = page.filters if any(any(depends(type(spec))) for spec in specs) else specs
    values = dict(read(specs, {name: (text,) for name, text in texts.items()}).values.given)
    names, path = {spec.name for spec in page.filters}, {spec.name for spec in page.path}
    chosen = written(specs, values)
    kept = chosen.keys() | path | (texts.keys() - names)
    return {name: chosen.get(name, text) for name, text in texts.items() if name in kept}


def _query(texts: Mapping[str, str]) -> str:
    return f"?{urlencode(texts, safe=cited_view.SAFE)}" if texts else ""
