"""What a new tab takes over from the page on which the reader opened it: the language and the chosen state.

The links of the menu are Streamlit's and name only a page: `st.Page` takes no parameters. A new tab is a new session,
which knows nothing of what was chosen. But the browser says in the header `Referer` from which of our pages a link was
followed, and the address of that page has the language and, where its filters have one, the state. An address that was
typed or comes from elsewhere has no such header, so it shows everybody the same.
"""

from urllib.parse import parse_qsl, urlsplit

from starlette.datastructures import Headers
from starlette.types import Scope

from dashboard.shell import navigation, page_filters
from dashboard.views.filters import LANGUAGE, Many, One


def parameters(scope: Scope, page: str) -> dict[str, str]:
    """The parameters to add to the address of a page; none if it has some, or was not opened from one of our pages."""
    headers = Headers(scope=scope)
    before = urlsplit(headers.get("referer", ""))
    slug = navigation.current(before.path.rpartition("/")[2])
    if scope["query_string"] or before.netloc != headers.get("host") or slug not in navigation.scripts():
        return {}
    given = dict(parse_qsl(before.query))
    # Several states in one parameter are none of the options.
    chosen = [given[spec.name] for spec in _lists(slug) if given.get(spec.name) in spec.options]
    taken = {spec.name: chosen[-1] for spec in _lists(page) if chosen and chosen[-1] != spec.default}
    spoken = given.get(LANGUAGE.name)
    return ({LANGUAGE.name: spoken} if spoken in LANGUAGE.options else {}) | taken


def _lists(page: str) -> list[One | Many]:
    """The filters of a page that follow the state chosen on another page."""
    return [spec for spec in page_filters.of(page) if isinstance(spec, One | Many) and spec.carried]
