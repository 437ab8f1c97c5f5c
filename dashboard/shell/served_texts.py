"""Texts for our scripts in the browser, as JSON: served once for each language, not sent with every run of a page."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard import static
from data.i18n import LANGUAGES, Language, language


@dataclass(frozen=True)
class ServedTexts:
    """What a script needs in a language.

    Attributes:
        name: the first step of their addresses.
        content: what is served for a language: anything that JSON can write.
    """

    name: str
    content: Callable[[Language], object]

    def address(self, lang: Language) -> str:
        """The address for a language, relative to any of our pages; it changes with the content."""
        return f"./{self.name}/{_version(self, lang)}/{lang.code}"

    def route(self) -> Route:
        """The web route of all languages."""
        return Route(f"/{self.name}/{{version}}/{{code}}", self._answer)

    def _answer(self, request: Request) -> Response:
        code = request.path_params["code"]
        if code not in LANGUAGES or request.path_params["version"] != _version(self, language(code)):
            return Response("no such texts\n", 404, media_type="text/plain")
        body = _body(self, language(code))
        return Response(body, headers={"Cache-Control": static.FOREVER}, media_type="application/json")


@cache
def _body(texts: ServedTexts, lang: Language) -> bytes:
    return json.dumps(texts.content(lang), ensure_ascii=False).encode()


@cache
def _version(texts: ServedTexts, lang: Language) -> str:
    return sha256(_body(texts, lang)).hexdigest()[:12]
