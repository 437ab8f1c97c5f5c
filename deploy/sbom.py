"""List the packages of an installation as a CycloneDX SBOM: `python -m deploy.sbom [--out dist/atalaya.cdx.json]`.

The list is of what is installed. It is refused if that is not what `requirements.lock` pins for this system and Python.
"""

import argparse
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import License
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL
from packaging.markers import Marker
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements.lock"
PINNED = re.compile(r"(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)(?:\s*;\s*(?P<marker>[^\\]+?))?\s*\\?$")


class PartsError(Exception):
    """What is installed is not what the lock pins; the text names each difference."""


def pinned(lock: str) -> dict[str, str]:
    """The version of each package that a lock file pins for this system and Python, by canonical name."""
    pins = filter(None, map(PINNED.match, lock.splitlines()))
    return {
        canonicalize_name(pin["name"]): pin["version"]
        for pin in pins
        if not pin["marker"] or Marker(pin["marker"]).evaluate()
    }


def bill(pins: Mapping[str, str]) -> Bom:
    """The SBOM of the installed packages.

    Raises:
        PartsError: one is missing or has another version.
    """
    if wrong := list(_differences(pins)):
        raise PartsError(f"the installation is not what requirements.lock says: {'; '.join(wrong)}")
    parts = {name: _component(distribution(name)) for name in pins}
    bom = Bom(components=parts.values())
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    bom.metadata.component = Component(
        name=project["name"], version=project["version"], type=ComponentType.APPLICATION, bom_ref=project["name"]
    )
    wanted = {canonicalize_name(re.split(r"[\[<>=!~; ]", line)[0]) for line in project["dependencies"]}
    bom.register_dependency(bom.metadata.component, [parts[name] for name in sorted(wanted)])
    for name, part in parts.items():
        bom.register_dependency(part, [parts[other] for other in _needs(name) if other in parts])
    return bom


def text(bom: Bom) -> str:
    """The SBOM as JSON."""
    return make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string(indent=2) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the list; returns the exit status: 1, with one line on stderr, if the installation is another one."""
    parser = argparse.ArgumentParser(prog="python -m deploy.sbom", description="Write the SBOM of this installation.")
    parser.add_argument("--out", type=Path, default=ROOT / "dist" / "atalaya.cdx.json", help="the file to write")
    options = parser.parse_args(arguments)
    try:
        content = text(bill(pinned(LOCK.read_text("utf-8"))))
    except PartsError as error:
        sys.stderr.write(f"atalaya: {error}\n")
        return 1
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(content, encoding="utf-8")
    sys.stdout.write(f"{options.out}\n")
    return 0


def _differences(pins: Mapping[str, str]) -> Iterator[str]:
    for name, version in pins.items():
        try:
            installed = distribution(name).version
        except PackageNotFoundError:
            yield f"{name} is missing"
            continue
        if installed != version:
            yield f"{name} {installed} instead of {version}"


def _component(package: Distribution) -> Component:
    name = canonicalize_name(package.metadata["Name"])
    return Component(
        name=name,
        version=package.version,
        type=ComponentType.LIBRARY,
        bom_ref=f"{name}=={package.version}",
        purl=PackageURL("pypi", name=name, version=package.version),
        description=_stated(package, "Summary") or None,
        licenses=_licenses(package),
    )


def _licenses(package: Distribution) -> list[License]:
    """The license that a package states: an expression, or names; none if it states none."""
    if expression := _stated(package, "License-Expression"):
        return [LicenseFactory().make_from_string(expression)]
    kinds = [line for line in package.metadata.get_all("Classifier", []) if line.startswith("License ::")]
    stated = [line.rpartition(" :: ")[2] for line in kinds] or [_stated(package, "License")]
    return [LicenseFactory().make_from_string(name.partition("\n")[0]) for name in stated if name.strip()]


def _stated(package: Distribution, field: str) -> str:
    """A field of a package's metadata; "" if it has none."""
    return str(next(iter(package.metadata.get_all(field) or [""])))


def _needs(name: str) -> Iterator[str]:
    for line in distribution(name).requires or []:
        needed, _, marker = line.partition(";")
        if not marker or Marker(marker).evaluate({"extra": ""}):
            yield canonicalize_name(re.split(r"[\[<>=!~( ]", needed.strip())[0])


if __name__ == "__main__":
    sys.exit(main())
