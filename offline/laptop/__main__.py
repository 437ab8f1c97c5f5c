"""Start the observatory from its folder, without a network: `python -m offline.laptop [--port N] [--silent]`."""

import argparse
import sys
import webbrowser
from collections.abc import Callable
from functools import partial

from offline.laptop import contents, install, machine, serving
from offline.laptop.contents import ROOT, Contents, Trouble


def main() -> int:
    """Start, and serve until stopped; returns the exit status: 1, with one sentence, if that fails."""
    folder = contents.read()
    options = _parser(folder).parse_args()
    code = options.lang or folder.language()
    try:
        return _start(folder, options, partial(_say, folder, code))
    except Trouble as trouble:
        sys.stderr.write(f"atalaya: {folder.say(code, trouble.key, **trouble.fields)}\n")
    except KeyboardInterrupt:
        pass
    return 1


def _start(folder: Contents, options: argparse.Namespace, say: Callable[..., None]) -> int:
    """Check that this computer is supported and the folder is complete, install, serve, open the browser."""
    system, python = machine.system(), machine.python()
    target = folder.targets.get(system, {}).get(python)
    if not target:
        choices = (f"{name} {', '.join(pythons)}" for name, pythons in folder.targets.items())
        raise Trouble("not_served", system=system, python=python, available="; ".join(choices))
    # uv checks the libraries' wheels when it installs them; they are most of the folder.
    uv = f"wheels/{target['uv']}"
    if damaged := contents.damaged(ROOT, lambda name: name == uv or not name.startswith("wheels/")):
        raise Trouble("damaged", files=", ".join(damaged))
    # Before the long step, so that a port that is taken is reported at once.
    serving.port(options.port)
    name = f"{system}-{python}"
    environment = install.found(ROOT, name)
    if not environment:
        say("installing")
        environment = install.installed(ROOT, name, target)
        if not environment.is_relative_to(ROOT):
            say("elsewhere", place=environment)
    port = serving.port(options.port)
    if port not in {options.port, serving.FIRST}:
        say("other_port", port=serving.FIRST, other=port)
    say("starting")

    def ready(address: str) -> None:
        say("ready", address=address)
        if not options.silent:
            webbrowser.open(address)

    return serving.serve(ROOT / "program", install.interpreter(environment), port, ready)


def _parser(folder: Contents) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="start", description="Start Atalaya from this folder, without a network.")
    parser.add_argument("--port", type=int, help=f"port (default: {serving.FIRST}, or the next that is free)")
    parser.add_argument("--lang", choices=list(folder.sentences), help="language of the sentences here")
    parser.add_argument("--silent", action="store_true", help="do not open a browser")
    return parser


def _say(folder: Contents, code: str, key: str, **fields: object) -> None:
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    sys.stdout.write(folder.say(code, key, **fields) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
