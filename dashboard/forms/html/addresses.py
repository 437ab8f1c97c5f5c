"""Where the links, files and pictures of a document lead: addresses relative to it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from dashboard import catalog, menu, site, store
from dashboard.stage import pictures, request
from dashboard.views.address import CITED, read
from dashboard.views.figure import Values
from dashboard.views.filters import LANGUAGE, Dependent, Form, Spec, written
from dashboard.views.page import NOTHING, Graphic, Link, Page
from data.i18n import Language

# The parameter that names a table whose rows are all shown; it is no filter.
WHOLE = "rows"
# What may stand in an address as it is.
SAFE = ",:"


@dataclass(frozen=True)
class Addresses:
    """The addresses in the document of a page, which lies at `{lang}/{slug}`, or one step deeper for each of its path.

    Attributes:
        values: of the filters of the page.
        kept: parameters of its address that are no filters.
    """

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
        path = {spec.name: spec.write(values[spec.name]) for spec in self.page.path}
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

    def outside(self, address: str) -> str:
        """An address of another site, or of this one from its root."""
        return f"{self.up}{address.removeprefix('/')}" if address.startswith("/") else address

    def translated(self, code: str) -> str:
        """The same view in another language."""
        return f"{self.up}{code}/{self._place(self.page, self.chosen)}{_query(self.query)}"

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

    def canonical(self, code: str = "") -> str:
        """The public address of this page in a language without filters; empty if the site has no public address."""
        root = site.public_address()
        return f"{root}/{code or self.lang.code}/{self._place(self.page, self.chosen)}" if root else ""

    @property
    def shared(self) -> str:
        """The public address of the view; empty if the site has none."""
        return f"{root}{_query(self.query)}" if (root := self.canonical()) else ""

    def alternate(self, code: str) -> str:
        """The address of this page in a language without filters: the public one if there is one."""
        return self.canonical(code) or f"{self.up}{code}/{self._place(self.page, self.chosen)}"

    def cited(self, specs: Iterable[Spec[Any]]) -> str:
        """The public address for a citation, with all values of some filters and the snapshot; empty if none is set."""
        values, in_path = dict(self.values.given), {spec.name for spec in self.page.path}
        texts = {spec.name: spec.write(values[spec.name]) for spec in specs if spec.name in values}
        texts = {name: text for name, text in texts.items() if name not in in_path} | {CITED: store.snapshot().id}
        return f"{root}{_query(texts)}" if (root := self.canonical()) else ""

    @property
    def _filters(self) -> dict[str, str]:
        """The parameters of this address that are filters and do not stand in its path."""
        return {name: text for name, text in self.query.items() if name not in self.kept}

    @property
    def _beside(self) -> str:
        """The way from the document to the other documents of its language."""
        return "../" * len(self.page.path)

    @property
    def _stem(self) -> str:
        """The document's own name, to which endings are added."""
        values = dict(self.values.given)
        return str(values[self.page.path[-1].name]) if self.page.path else self.page.slug

    def _written(self, page: Page, texts: Mapping[str, str]) -> str:
        in_path = {spec.name for spec in page.path}
        query = {name: text for name, text in texts.items() if name not in in_path}
        return f"{self._beside}{self._place(page, texts) or './'}{_query(query)}"

    @staticmethod
    def _place(page: Page, texts: Mapping[str, str]) -> str:
        """The path of a page below its language; empty for the first page."""
        if page.slug == next(iter(menu.scripts())):
            return ""
        return "/".join([page.slug, *(texts[spec.name] for spec in page.path if spec.name in texts)])


def _without_defaults(page: Page, texts: Mapping[str, str]) -> dict[str, str]:
    """Parameters of the address of a page without filters at their defaults; those in its path remain."""
    specs = tuple(spec for spec in page.filters if spec.name in texts)
    # A default may depend on filters that are not named.
    specs = page.filters if any(isinstance(spec, Dependent) for spec in specs) else specs
    values = dict(read(specs, {name: (text,) for name, text in texts.items()}).values.given)
    names, path = {spec.name for spec in page.filters}, {spec.name for spec in page.path}
    chosen = written(specs, values)
    kept = chosen.keys() | path | (texts.keys() - names)
    return {name: chosen.get(name, text) for name, text in texts.items() if name in kept}


def _query(texts: Mapping[str, str]) -> str:
    return f"?{urlencode(texts, safe=SAFE)}" if texts else ""
