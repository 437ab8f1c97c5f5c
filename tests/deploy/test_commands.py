"""Every command that a document names can be run as it is written there."""

import re

import pytest

from tests.deploy.commands import OTHER, ROOT, WrongError, check, commands

# CHANGELOG names commands of earlier versions, in part only.
PATHS = sorted({*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")} - {ROOT / "CHANGELOG.md"})
TEXTS = {path.stem: path.read_text("utf-8") for path in PATHS}
NAMED = {name: list(dict.fromkeys(commands(text))) for name, text in TEXTS.items()}
# Documents whose commands are copied into a terminal.
COPIED = ("operations", "guide", "data", "reports", "offline", "testing", "README", "CONTRIBUTING")
# Commands in messages of the program: between single quotes.
MESSAGE = re.compile(r"'((?:python -m|make) [^'{}\n]+)'")
CODE = [path for folder in ("data", "etl", "dashboard", "offline", "deploy") for path in (ROOT / folder).rglob("*.py")]
MESSAGES = sorted({command for path in CODE for command in MESSAGE.findall(path.read_text("utf-8"))})
UP = "ATALAYA_NAME=a ATALAYA_PUBLIC_ADDRESS=b docker compose --file deploy/compose.yaml up"
WRONG = {
    "python -m etl snapshots rollback ID": "required: --by",
    "python -m etl snapshots rollback --by NAME": "required: ID",
    "python -m etl check --fast": "unrecognized arguments: --fast",
    "python -m etl build no_such_source": "no source",
    "python -m etl build --not-before tomorrow": "tomorrow",
    "python -m etl template --area XYZ --period 2018": "no area 'XYZ'",
    "python -m dashboard --port many": "invalid int value: 'many'",
    "python -m dashboard page /es/region": "required: -o",
    "python -m dashboard dev --host 0.0.0.0": "unrecognized arguments: --host",
    "python -m dashboard briefing --area CRI": "required: --out",
    "python -m dashboard.words.messages fr": "unrecognized arguments: fr",
    "python -m data.translations xx": "xx is none of",
    "python -m etl snapshots list > no_such_folder/list": "there is no no_such_folder",
    "python -m pytest tests/no_such_test.py": "there is no tests/no_such_test.py",
    "python -m no_such_module": "how python -m no_such_module is checked",
    "NO_SUCH_SETTING=1 python -m etl check": "nothing reads NO_SUCH_SETTING",
    "ATALAYA_LISTEN=./nginx/no_such.conf": "there is no deploy/./nginx/no_such.conf",
    "make no-such-target": "has no no-such-target",
    "make docs": "has no docs",
    "make run NO_SUCH_VARIABLE=1": "has no NO_SUCH_VARIABLE",
    'make room-desk ROOM="no-such-system"': "no-such-system",
    'make room ARGS="--languages xx"': "invalid choice: 'xx'",
    "python -m dashboard site dist/site --areas XYZ": "invalid choice: 'XYZ'",
    'make build ARGS="no_such_source"': "no source",
    "docker compose --file deploy/compose.yaml up --detach": "ATALAYA_NAME",
    f"{UP} replica9": "replica9 is none of",
    f"{UP} --detatch": "unrecognized arguments: --detatch",
    f"ATALAYA_POLL=1 {UP}": "nothing reads ATALAYA_POLL",
    UP.replace("compose.yaml", "no_such.yaml"): "there is no deploy/no_such.yaml",
    "docker compose --file deploy/compose.yaml exec proxy nginx -s reload": "how this is checked: nginx -s reload",
    "kubectl apply --kustomize deploy/nginx": "there is no deploy/nginx/kustomization.yaml",
    "kubectl rollout status deployment/atalaya": "how this is checked",
    "kubectl rollout status --namespace atalaya deployment/other": "deployment/other is none of",
    "buildah bud --build-arg NO_SUCH=1 --file deploy/Containerfile .": "NO_SUCH is none of BASE",
    "buildah bud --file deploy/no_such_file .": "there is no deploy/no_such_file",
    "podman run --read-onyl atalaya": "unrecognized arguments: --read-onyl",
    "apt-get install no-such-package": "no-such-package is none of",
    "curl https://atalaya.example.org/readyz": "how this is checked: curl",
    "--no-such-option": "no command has --no-such-option",
}


def cases() -> dict[str, str]:
    """Each command once, with a place that names it."""
    named = {command: name for name, found in NAMED.items() for command in found}
    return {**dict.fromkeys(MESSAGES, "the program"), **named}


@pytest.mark.parametrize(("command", "place"), cases().items(), ids=cases())
def test_a_command_is_as_its_program_reads_it(command: str, place: str):
    try:
        check(command)
    except WrongError as error:
        pytest.fail(f"{place} names `{command}`: {error}")


@pytest.mark.parametrize("command", WRONG)
def test_a_wrong_command_is_refused(command: str):
    with pytest.raises(WrongError, match=re.escape(WRONG[command])):
        check(command)


@pytest.mark.parametrize("name", COPIED)
def test_the_python_of_a_command_has_the_packages(name: str):
    # A bare machine has no `python`, and its `python3` has no packages of ours.
    assert NAMED[name]
    assert [command for command in NAMED[name] if command.startswith("python")] == []


def test_commands_are_found_in_blocks_and_in_lines():
    blocks = "    A=1 docker compose \\\n        up  # starts\n    make run\n\n```sh\ncurl x\n```\n"
    python = "    def parse(content):\n        return 1\n"
    text = f"Run `make test`, `row 12` or `--by\nNAME`; not `make`.\n\n{blocks}\n{python}"
    assert list(commands(text)) == ["A=1 docker compose up", "make run", "curl x", "make test", "--by NAME"]


def test_what_is_no_command_is_still_there():
    assert [start for start in OTHER if not any(start in text for text in TEXTS.values())] == []
