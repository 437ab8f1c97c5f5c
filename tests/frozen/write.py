"""`python -m tests.frozen.write`: replace every answer in `addresses.json` by the one given now.

Only for an intended change: a new snapshot, or behavior that the changelog mentions. Read the diff before you commit
it. Add a new address to the file by hand, with `{}` as its answer.
"""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.frozen import front


def main() -> None:
    """Get every answer and write it to the file."""
    cases = json.loads(front.ADDRESSES.read_text("utf-8"))
    cases["snapshot"] = front.current()
    with front.serving() as port:
        for name in cases["agendas"]:
            cases["agendas"][name] = front.agenda(port, name)
        for address, case in cases["pages"].items():
            case["answer"] = front.page(port, address)
            case.pop("open", None)
        for address in cases["requests"]:
            cases["requests"][address] = front.request(port, address)
    for line in cases["commands"]:
        with TemporaryDirectory() as place:
            cases["commands"][line] = front.command(line, Path(place))
    front.ADDRESSES.write_text(_laid_out(cases), "utf-8")


def _laid_out(value: object, depth: int = 0) -> str:
    """JSON with one line for each part of an answer, for readable diffs."""
    if not isinstance(value, dict) or depth > 3 or not value:
        return json.dumps(value, ensure_ascii=False)
    pad = " " * (depth + 1)
    lines = (f"{pad}{json.dumps(key)}: {_laid_out(item, depth + 1)}" for key, item in value.items())
    return "{\n" + ",\n".join(lines) + f"\n{' ' * depth}}}" + "\n" * (depth == 0)


if __name__ == "__main__":
    main()
