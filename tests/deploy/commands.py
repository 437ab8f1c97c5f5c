"""The commands that a document names, and a check of each that does none of its work.

Our own programs, `make` and pytest read their commands themselves. For a program that a bare machine does not have, a
parser here lists the options that our documents use; they were compared with the program's own help. Files, services,
arguments of the image and settings have to exist.
"""

import io
import os
import re
import shlex
import subprocess
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout, suppress
from datetime import UTC, datetime
from functools import cache
from importlib import import_module
from itertools import product
from pathlib import Path
from unittest.mock import patch

import yaml

from data.i18n import LANGUAGES
from data.report.order import OrderError, order
from etl.source_declaration import declarations
from offline.targets import TargetError, targets

ROOT = Path(__file__).parents[2]
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
TARGETS = set(re.search(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)[1].split())
COMPOSE = (ROOT / "deploy" / "compose.yaml").read_text("utf-8")
SERVICES = yaml.safe_load(COMPOSE)["services"]
KUBERNETES = ROOT / "deploy" / "kubernetes"
NAMESPACE = yaml.safe_load((KUBERNETES / "kustomization.yaml").read_text("utf-8"))["namespace"]
DEPLOYMENT = yaml.safe_load((KUBERNETES / "deployment.yaml").read_text("utf-8"))["metadata"]["name"]
NIGHTLY = next(yaml.safe_load_all((KUBERNETES / "etl.yaml").read_text("utf-8")))["metadata"]["name"]
ARGUMENTS = re.findall(r"^ARG (\w+)", (ROOT / "deploy" / "Containerfile").read_text("utf-8"), re.MULTILINE)
INSTALLED = (ROOT / ".ci" / "run").read_text("utf-8").split("missing=()")[1].split("fi\n")[0]
# A block of code, fenced or indented; code in a line; a span that begins like a command, a setting or an option.
BLOCK = re.compile(r"^```\w*\n([\s\S]*?)^```|((?:^ {4}[^\n]+\n?)+)", re.MULTILINE)
SPAN = re.compile(r"`([^`]+)`")
COMMAND = re.compile(r"[a-z./][\w./-]* .+|[A-Z_]+=\S.*|--.+")
SETTING = re.compile(r"([A-Z_]+)=(.*)", re.DOTALL)
# The beginnings of blocks and spans that look like commands and are none.
OTHER = (
    "files of publishers",
    "minors_under = ",
    "base = ",
    "not_asked = ",
    "def parse(",
    '{"ready"',
    "row 12",
    "the United States",
    "au Mexique",
    "kill -9",
)
# Commands with the options that documents name alone, and values for these.
OWNERS = (
    "python -m dashboard",
    "python -m etl build",
    "python -m etl report add FILE",
    "python -m etl sign root --publisher first.pub --nightly nightly.pub",
    "buildah bud --file deploy/Containerfile .",
)
VALUES = ("", " 1", " 2030-01-01T00:00Z")
Check = Callable[[Sequence[str]], object]


class WrongError(Exception):
    """A command of a document cannot be run as it is written there; the text says why."""


class ParsedError(Exception):
    """Ends a command of ours when its options are read."""

    def __init__(self, options: Namespace) -> None:
        super().__init__()
        self.options = options


def commands(text: str) -> Iterator[str]:
    """The commands in a document, in one line each; settings and options that stand alone are among them."""
    for match in BLOCK.finditer(text):
        lines = (match[1] or match[2]).replace("\\\n", " ").splitlines()
        if not lines[0].strip().startswith(OTHER):
            yield from filter(None, (" ".join(re.sub(r"(^|\s)#.*", "", line).split()) for line in lines))
    spans = (" ".join(span.split()) for span in SPAN.findall(BLOCK.sub("", text)))
    yield from (span for span in spans if COMMAND.fullmatch(span) and not span.startswith(OTHER))


def check(command: str) -> None:
    """Read a command as its program does.

    Raises:
        WrongError: the program would refuse it, or nobody has said how it is checked.
    """
    said = io.StringIO()
    try:
        with redirect_stderr(said), redirect_stdout(io.StringIO()):
            _option(command) if command.startswith("--") else _read(shlex.split(command))
    except SystemExit as end:
        if end.code:
            raise WrongError(said.getvalue()) from end
    except (ValueError, ArgumentTypeError, OrderError, TargetError) as error:
        raise WrongError(str(error)) from error


def _read(words: list[str]) -> None:
    settings = {}
    while words and (setting := SETTING.fullmatch(words[0])):
        settings[setting[1]] = setting[2]
        words = words[1:]
    if ">" in words:
        _file(words[-1])
        words = words[: words.index(">")]
    program = next((name for name in PROGRAMS if words[: name.count(" ") + 1] == name.split()), "")
    if words and not program:
        raise WrongError(f"say in {Path(__file__).name} how this is checked: {shlex.join(words)}")
    _settings(settings, needed=program == "docker compose" and "up" in words, compose=program == "docker compose")
    if words:
        PROGRAMS[program](words[program.count(" ") + 1 :])


def _settings(given: Mapping[str, str], *, needed: bool, compose: bool) -> None:
    """Refuse settings that nothing reads. A replica that is replaced without its name refuses its readers."""
    if needed and not {"ATALAYA_NAME", "ATALAYA_PUBLIC_ADDRESS"} <= given.keys():
        raise WrongError("a replica needs ATALAYA_NAME and ATALAYA_PUBLIC_ADDRESS each time")
    for name, value in given.items():
        search = ["git", "grep", "--quiet", "--word-regexp", name, "--", "*.py", "Makefile", ":!tests/deploy"]
        if f"${{{name}:-" not in COMPOSE and (compose or subprocess.run(search, cwd=ROOT, check=False).returncode):
            raise WrongError(f"nothing reads {name}")
        if value.startswith("./"):
            _file(f"deploy/{value}")


def _option(text: str) -> None:
    """An option that stands alone: a command or pytest has it, or the Makefile gives it."""
    for owner, value in product(OWNERS, VALUES):
        with suppress(WrongError):
            check(f"{owner} {text}{value}")
            return
    listed = _run(sys.executable, "-m", "pytest", "--help")
    if text not in MAKEFILE and not re.search(rf"^  {text.partition('=')[0]}\b", listed, re.MULTILINE):
        raise WrongError(f"no command has {text}")


def _python(words: Sequence[str]) -> None:
    module, *given = words
    if module in ENTRIES:
        _values(_parsed(ENTRIES[module], given))
    elif module == "pytest":
        for path in filter(lambda word: "/" in word, given):
            _file(path)
        _run(sys.executable, "-m", *words, "--collect-only", "-q")
    elif module == "data.translations":
        _takes(words=_one_of("<code>", *LANGUAGES))(given or LANGUAGES)
    elif module in {"dashboard.words.messages", "tests.frozen.write"}:
        _file(f"{module.replace('.', '/')}.py")
        _takes()(given)
    else:
        raise WrongError(f"say in {Path(__file__).name} how python -m {module} is checked")


def _parsed(module: str, given: Sequence[str]) -> Namespace:
    """The options of a command of ours, as its own `main` reads them."""
    parse = ArgumentParser.parse_args

    def end(*arguments: object) -> None:
        raise ParsedError(parse(*arguments))

    with patch.object(ArgumentParser, "parse_args", end):
        try:
            import_module(module).main(given)
        except ParsedError as parsed:
            return parsed.options
    raise WrongError(f"{module} does not read its options")


def _values(options: Namespace) -> None:
    """Refuse values that a command refuses only after it has read its options."""
    if unknown := set(getattr(options, "sources", ())) - declarations().keys():
        raise WrongError(f"no source has the name {unknown}")
    if getattr(options, "not_before", None):
        datetime.fromisoformat(options.not_before).astimezone(UTC)
    if hasattr(options, "period"):
        order(options.kind, options.area, options.period, options.lang, datetime.now(UTC).date())
    if hasattr(options, "systems"):
        targets(options.systems, options.pythons)


def _make(words: Sequence[str]) -> None:
    """A target of make, its variables, and the commands of ours that it would run."""
    for word in words:
        name, is_variable, _ = word.partition("=")
        if not (re.search(rf"\$\$?[({{]?{name}\b", MAKEFILE) if is_variable else word in TARGETS):
            raise WrongError(f"the Makefile has no {name}")
    for line in _run("make", "--dry-run", *words).splitlines():
        if re.match(rf"\.venv/bin/python -m ({'|'.join(ENTRIES)}) ", line):
            check(line)


@cache
def _run(*command: str) -> str:
    """What a command prints that does no work."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "PYTEST_"))}
    done = subprocess.run(command, cwd=ROOT, env=own, capture_output=True, text=True, check=False)
    if done.returncode:
        raise WrongError(done.stdout + done.stderr)
    return done.stdout


def _takes(flags: str = "", **kinds: Callable[[str], str]) -> Check:
    """A parser of an outside program: its options without and with a value, and what else it takes as `words`."""
    parser = ArgumentParser(allow_abbrev=False)
    for name in flags.split():
        parser.add_argument(f"--{name}", action="store_true")
    for name, kind in kinds.items():
        if name == "words":
            parser.add_argument(name, nargs="+", type=kind)
        else:
            parser.add_argument(("-" if len(name) == 1 else "--") + name.replace("_", "-"), type=kind)
    return parser.parse_args


def _one_of(*known: str) -> Callable[[str], str]:
    def chosen(given: str) -> str:
        if given not in known:
            raise ArgumentTypeError(f"{given} is none of {', '.join(known)}")
        return given

    return chosen


def _file(given: str) -> str:
    if not (ROOT / given).exists():
        raise ArgumentTypeError(f"there is no {given}")
    return given


def _argument(given: str) -> str:
    return _one_of(*ARGUMENTS)(given.partition("=")[0])


def _compose(words: Sequence[str]) -> None:
    """`--file FILE`, then a command on services; what `exec` runs there is checked too."""
    parser = ArgumentParser(allow_abbrev=False)
    parser.add_argument("--file", type=_file, required=True)
    actions = parser.add_subparsers(dest="action", required=True)
    names = ("up", "exec", "run", "restart")
    up, inside, once, again = (actions.add_parser(name, allow_abbrev=False) for name in names)
    again.add_argument("service", choices=SERVICES)
    once.add_argument("--rm", action="store_true")
    once.add_argument("service", choices=SERVICES)
    for name in ("--build", "--detach", "--no-deps"):
        up.add_argument(name, action="store_true")
    up.add_argument("services", nargs="*", type=_one_of(*SERVICES))
    inside.add_argument("service", choices=SERVICES)
    inside.add_argument("command", nargs="...")
    options = parser.parse_args(words)
    if options.action == "exec":
        _read(options.command)


ENTRIES = {"etl": "etl.__main__", "dashboard": "dashboard.__main__", "offline": "offline.__main__"}
ENTRIES |= {"deploy.sbom": "deploy.sbom"}
PROGRAMS: dict[str, Check] = {
    "python -m": _python,
    ".venv/bin/python -m": _python,
    ".venv-engines/bin/python -m": _python,
    "/opt/atalaya/bin/python -m": _python,
    "make": _make,
    "docker compose": _compose,
    # Without `-c` nginx looks for the process of its usual configuration, which is not ours.
    "nginx -c": _takes(
        words=_one_of(SERVICES["proxy"]["command"][2], "$PWD/dist/proxy/nginx.conf"), s=_one_of("reload", "quit"), g=str
    ),
    "haproxy -f": _takes(words=_one_of("dist/proxy/haproxy.cfg")),
    "mkdir -p": _takes(words=str),
    "sed -i": _takes(words=str),
    "buildah bud": _takes(format=_one_of("docker", "oci"), tag=str, file=_file, build_arg=_argument, words=_file),
    "streamlit run": _takes(words=_file),
    "podman run": _takes("read-only", tmpfs=str, cap_drop=str, publish=str, words=_one_of("atalaya")),
    "kubectl apply --kustomize": _takes(words=lambda given: _file(f"{given}/kustomization.yaml")),
    "kubectl create namespace": _takes(words=_one_of(NAMESPACE)),
    "kubectl patch cronjob --namespace": _takes(patch=str, words=_one_of(NAMESPACE, NIGHTLY)),
    "kubectl rollout status --namespace": _takes(words=_one_of(NAMESPACE, f"deployment/{DEPLOYMENT}")),
    "pipx run pip-audit": _takes("require-hashes disable-pip", requirement=_file),
    "uv pip compile --group": _takes(
        "universal generate-hashes no-annotate no-header", python_version=str, c=_file, o=_file, words=_one_of("mcp")
    ),
    "uv pip compile": _takes(
        "universal generate-hashes no-annotate no-header", python_version=str, group=str, o=_file, words=_file
    ),
    "git checkout --": _takes(words=_file),
    "git clone": _takes("mirror", words=str),
    "cd": _takes(words=str),
    "cp": _takes(words=str),
    "apt-get install": _takes(words=_one_of(*re.findall(r"[\w-]+", INSTALLED))),
}
