"""The data described for other programs, all from the data package: schema.org, DCAT-AP 3, Croissant 1.1, RFC 9727."""

import json
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard import sending, store
from dashboard.export import citation
from dashboard.export.citation import Cited
from dashboard.export.snapshot_files import Shelf, shelf
from dashboard.server.addresses import root
from dashboard.subjects import api_addresses
from dashboard.words import data_version, terms
from dashboard.words.source_facts import open_tables
from data.i18n import DEFAULT, Language, language
from data.snapshot import BOUNDARIES

Json = dict[str, Any]
ENGLISH = language(DEFAULT)
CREATOR = {"@type": "Organization", "name": "Atalaya"}
LINKSET = 'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"'
# The registers that DCAT-AP names: of media types, and of the European Union.
MEDIA, EUROPE = "https://www.iana.org/assignments/media-types/", "http://publications.europa.eu/resource/authority/"
# The contexts of JSON-LD: that of Croissant is prescribed.
CONTEXTS: Mapping[str, Json] = json.loads(Path(__file__).with_name("contexts.json").read_bytes())
# The types of Croissant for those of the data package; the others, lists and shapes, are in the files alone.
FIELDS = {"string": "Text", "integer": "Integer", "number": "Float", "boolean": "Boolean", "date": "Date"}
# What Parquet was called before its media type was registered; programs that read Croissant know no other name.
FORMERLY = "application/x-parquet"
HEADERS = {"Cache-Control": f"public, max-age={api_addresses.MINUTES * 60}", "Access-Control-Allow-Origin": "*"}
KEPT = 8


def routes() -> list[Route]:
    """The routes of all descriptions."""
    return [Route(path, partial(_answer, path)) for path in DESCRIPTIONS]


async def _answer(path: str, request: Request) -> Response:
    made = await run_in_threadpool(_content, path, root(request))
    # RFC 9727 asks for it, also in answers to HEAD.
    link = {"Link": f'<{root(request)}{api_addresses.CATALOG}>; rel="api-catalog"'}
    return await made.response(request.headers, **HEADERS, **link)


@store.cached_up_to(KEPT)
def _content(_snap: store.Tables, path: str, address: str) -> sending.Content:
    make, kind = DESCRIPTIONS[path]
    written = orjson.dumps(make(shelf(), address), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    return sending.Content(written, kind)


def block(lang: Language, address: str) -> str:
    """The data as schema.org in the head of a page: a block of data, which no browser runs and no text can end."""
    written = json.dumps(dataset(store.snapshot().manifest, lang, address), ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{written}</script>'


def dataset(manifest: Mapping[str, Any], lang: Language, address: str) -> Json:
    """The data as a `Dataset` of schema.org, from the manifest of a data version, with a file of each table."""
    offered, sources = open_tables(manifest), manifest["sources"]
    downloads = [
        {
            "@type": "DataDownload",
            "name": terms.term(lang, "table", table["name"]),
            "contentUrl": _file(manifest, table, address),
            "encodingFormat": table["mediatype"],
        }
        for table in manifest["resources"]
        if table["name"] in offered
    ]
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "identifier": manifest["id"],
        "name": data_version.title(lang),
        "description": _purpose(lang),
        "url": f"{address}/{lang.code}/sources",
        "version": manifest["id"],
        "dateModified": manifest["created"],
        "inLanguage": lang.tag,
        "isAccessibleForFree": True,
        "creator": CREATOR,
        "spatialCoverage": [lang.country(area) for area in store.areas()],
        "license": sorted({one["licence_page"] for one in sources if one["licence_page"]}),
        "creditText": "; ".join(_rights(one) for one in sources),
        "variableMeasured": [terms.term(lang, "indicator", one["id"]) for one in manifest["indicators"]],
        "isBasedOn": [one["path"] for one in sources if one["path"]],
        "distribution": downloads,
    }


def dcat(files: Shelf, address: str) -> Json:
    """All tables as a catalog, each a dataset with its distributions, and the API as a data service."""
    package, publisher = files.package, {"@type": "foaf:Agent", "foaf:name": "Atalaya"}
    common = {"dct:publisher": publisher, "dct:modified": _typed(package["created"], "dateTime")}
    common |= {"dct:language": _concept(f"{EUROPE}language/ENG", "dct:LinguisticSystem")}
    datasets = [_dataset(package, table, common, address) for table in package["resources"]]
    service = {
        "@id": f"{address}{api_addresses.ROOT}/",
        "@type": "dcat:DataService",
        "dct:title": f"{package['title']}: API",
        "dcat:endpointURL": {"@id": f"{address}{api_addresses.ROOT}/"},
        "dcat:endpointDescription": {"@id": f"{address}{api_addresses.ROOT}/{api_addresses.OPENAPI}"},
        "dcat:servesDataset": [{"@id": one["@id"]} for one in datasets],
    }
    return {
        "@context": CONTEXTS["dcat"],
        "@id": f"{address}/",
        "@type": "dcat:Catalog",
        "dct:title": {"@value": package["title"], "@language": "en"},
        "dct:description": {"@value": _purpose(ENGLISH), "@language": "en"},
        **common,
        "dcat:dataset": datasets,
        "dcat:service": service,
    }


def _dataset(package: Mapping[str, Any], table: Mapping[str, Any], common: Json, address: str) -> Json:
    """A table as a dataset: its forms, and the rights of the sources that it has rows of."""
    name = table["name"]
    sources = [one for one in package["sources"] if name in one["tables"]]
    forms = {"parquet": table["mediatype"]} | ({} if name == BOUNDARIES else {"csv": "text/csv"})
    distributions = []
    for form, kind in forms.items():
        place = f"{address}{api_addresses.ROOT}/{package['id']}/{name}.{form}"
        whole = {"dcat:byteSize": _typed(str(table["size"]), "nonNegativeInteger"), "spdx:checksum": _checksum(table)}
        distributions.append(
            {
                "@id": place,
                "@type": "dcat:Distribution",
                "dcat:accessURL": {"@id": place},
                "dcat:downloadURL": {"@id": place},
                "dcat:mediaType": _concept(f"{MEDIA}{kind}", "dct:MediaType"),
                "dct:format": _concept(f"{EUROPE}file-type/{form.upper()}", "dct:MediaTypeOrExtent"),
                "dct:rights": {"@type": "dct:RightsStatement", "rdfs:label": "; ".join(map(_rights, sources))},
                **(whole if form == "parquet" else {}),
            }
        )
    title = terms.term(ENGLISH, "table", name)
    return {
        "@id": f"{address}{api_addresses.ROOT}/{package['id']}/{name}",
        "@type": "dcat:Dataset",
        "dct:title": {"@value": title, "@language": "en"},
        "dct:description": {"@value": f"{title}. {package['title']}.", "@language": "en"},
        "dct:identifier": f"{package['id']}/{name}",
        "dcat:version": package["id"],
        "dcat:theme": _concept(f"{EUROPE}data-theme/JUST", "skos:Concept") | {"skos:prefLabel": "Justice"},
        **common,
        "dcat:distribution": distributions,
    }


def croissant(files: Shelf, address: str) -> Json:
    """All tables for machine learning: a file and a record set for each, with the columns of single values."""
    package = files.package
    files_of, records = [], []
    for table in package["resources"]:
        name = table["name"]
        title = terms.term(ENGLISH, "table", name)
        files_of.append(
            {
                "@type": "cr:FileObject",
                "@id": table["path"],
                "name": table["path"],
                "contentUrl": _file(package, table, address),
                "encodingFormat": [table["mediatype"], FORMERLY],
                "contentSize": f"{table['size']} B",
                "sha256": _hash(table),
            }
        )
        fields = [
            {
                "@type": "cr:Field",
                "@id": f"{name}/{one['name']}",
                "name": one["name"],
                "description": terms.term(ENGLISH, "column", one["name"]),
                "dataType": f"sc:{FIELDS[one['type']]}",
                "source": {"fileObject": {"@id": table["path"]}, "extract": {"column": one["name"]}},
            }
            for one in table["schema"]["fields"]
            if one["type"] in FIELDS
        ]
        records.append({"@type": "cr:RecordSet", "@id": name, "name": name, "description": title, "field": fields})
    whole = dataset(package, ENGLISH, address)
    whole["citeAs"] = citation.text(
        ENGLISH, Cited("snapshot", package["title"], address, package["id"], package["created"], ())
    )
    kept = ("citeAs", "name", "description", "url", "version", "license", "creator", "inLanguage")
    return {
        "@context": CONTEXTS["croissant"],
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.1",
        **{name: whole[name] for name in kept},
        "datePublished": package["created"],
        "distribution": files_of,
        "recordSet": records,
    }


def api_catalog(_files: Shelf, address: str) -> Json:
    """Where the API, its description and its page are (RFC 9727), as a set of links (RFC 9264)."""
    api = f"{address}{api_addresses.ROOT}/"

    def link(path: str, kind: str) -> list[Json]:
        return [{"href": f"{address}{path}", "type": kind}]

    described = [(f"{api_addresses.ROOT}/{api_addresses.PACKAGE}", "application/json")]
    described += [(path, kind) for path, (_, kind) in DESCRIPTIONS.items() if path != api_addresses.CATALOG]
    one = {
        "anchor": api,
        "service-desc": link(f"{api_addresses.ROOT}/{api_addresses.OPENAPI}", "application/json"),
        "service-doc": link(f"/{DEFAULT}/api", "text/html"),
        "service-meta": [each for path, kind in described for each in link(path, kind)],
    }
    return {"linkset": [{"anchor": f"{address}{api_addresses.CATALOG}", "item": [{"href": api}]}, one]}


DESCRIPTIONS: Mapping[str, tuple[Callable[[Shelf, str], Json], str]] = {
    api_addresses.DCAT: (dcat, "application/ld+json"),
    api_addresses.CROISSANT: (croissant, "application/ld+json"),
    api_addresses.CATALOG: (api_catalog, LINKSET),
}


def _purpose(lang: Language) -> str:
    return lang.text("Trafficking in persons in the Americas: what the 35 states report.")


def _file(manifest: Mapping[str, Any], table: Mapping[str, Any], address: str) -> str:
    """The address of a table of this data version, which never changes."""
    return f"{address}{api_addresses.ROOT}/{manifest['id']}/{table['path']}"


def _rights(source: Mapping[str, Any]) -> str:
    return f"{source['publisher']}: {source['licence']}"


def _hash(table: Mapping[str, Any]) -> str:
    return str(table["hash"]).removeprefix("sha256:")


def _checksum(table: Mapping[str, Any]) -> Json:
    algorithm = {"@id": "spdx:checksumAlgorithm_sha256", "@type": "spdx:ChecksumAlgorithm"}
    value = _typed(_hash(table), "hexBinary")
    return {"@type": "spdx:Checksum", "spdx:algorithm": algorithm, "spdx:checksumValue": value}


def _typed(value: str, kind: str) -> Json:
    return {"@value": value, "@type": f"xsd:{kind}"}


def _concept(address: str, kind: str) -> Json:
    return {"@id": address, "@type": kind}
