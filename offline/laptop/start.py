"""The steps of a start: is this computer served, is the folder whole, is it installed, serve, open the browser."""

import argparse
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from offline.laptop import contents, install, machine, serving, sums
from offline.laptop.contents import Contents, Trouble

Say = Callable[..., None]


def main(arguments: Sequence[str], root: Path = contents.ROOT) -> int:
    """Start and serve until stopped; returns the exit status, 1 with one sentence when that cannot be."""
    held = contents.read()
    wishes = _parser(held).parse_args(arguments)
    code = wishes.lang or contents.spoken(list(held.words))
    say = partial(_say, held, code)
    try:
        return _start(root, held, wishes, say)
    except Trouble as trouble:
        sys.stderr.write(f"atalaya: {held.say(code, trouble.key, **trouble.fields)}\n")
        return 1
    except KeyboardInterrupt:
        return 1


def _start(root: Path, held: Contents, wishes: argparse.Namespace, say: Say) -> int:
    target = served(held)
    # The wheels are looked at when they are installed: they are most of the folder.
    if spoilt := sums.damaged(root, lambda name: not name.startswith("wheels/")):
        raise Trouble("damaged", files=", ".join(spoilt))
    # Before the long step: a port that was asked for and is taken is told at once.
    serving.port(wishes.port)
    name = f"{machine.system()}-{machine.python()}"
    environment = install.found(root, name) or _install(root, name, target, held.pip, say)
    chosen = serving.port(wishes.port)
    if wishes.port is None and chosen != serving.FIRST:
        say("other_port", port=serving.FIRST, other=chosen)
    say("starting")

    def ready(address: str) -> None:
        say("ready", address=address)
        if not wishes.silent:
            serving.browse(address)

    return serving.serve(root / "program", install.interpreter(environment), chosen, ready)


def served(held: Contents) -> dict[str, Any]:
    """What the folder holds for this computer and this Python.

    Raises:
        Trouble: nothing.
    """
    system, python = machine.system(), machine.python()
    versions = held.targets.get(system, {})
    if python not in versions:
        able = [f"{name} {', '.join(pythons)}" for name, pythons in held.targets.items() if pythons]
        raise Trouble("not_served", system=system, python=python, held="; ".join(able))
    target: dict[str, Any] = versions[python]
    return target


def _install(root: Path, name: str, target: dict[str, Any], pip: str, say: Say) -> Path:
    say("installing")
    environment = install.installed(root, name, target, pip)
    if not environment.is_relative_to(root):
        say("elsewhere", place=environment)
    return environment


def _parser(held: Contents) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="start", description="Start Atalaya from this folder, without a network.")
    parser.add_argument("--port", type=int, help=f"port (default: {serving.FIRST}, or the next that is free)")
    parser.add_argument("--lang", choices=list(held.words), help="language of what is said here")
    parser.add_argument("--silent", action="store_true", help="do not open a browser")
    return parser


def _say(held: Contents, code: str, key: str, **fields: object) -> None:
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    sys.stdout.write(held.say(code, key, **fields) + "\n")
    sys.stdout.flush()
