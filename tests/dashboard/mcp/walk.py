"""A client of the official SDK that calls every tool and prints the answers as JSON: `walk.py stdio`, or `walk.py URL`.

It runs with the Python of `.venv-mcp`, which has the SDK.
"""

import asyncio
import json
import sys

from mcp import Client, StdioServerParameters

CALLS = [
    ("find", {"text": "Haïti"}),
    ("observations", {"area": "Brasil", "years": "2019"}),
    ("observations", {"area": "HTI", "years": "2019", "lang": "es"}),
    ("flows", {"evidence": "counted", "origin": "HTI", "destination": "DOM", "years": "2012"}),
    ("agreement", {"area": "HTI", "other": "DOM"}),
    ("changes", {"area": "COL", "indicator": "persons_convicted", "years": "2020"}),
    ("observations", {"area": "Brasl", "lang": "es"}),
]


async def walk(server: str | StdioServerParameters) -> dict[str, object]:
    async with Client(server) as client:
        tools = [tool.model_dump(mode="json") for tool in (await client.list_tools()).tools]
        answers = [await client.call_tool(name, given) for name, given in CALLS]
        lead = json.loads(answers[1].content[0].text)["rows"][0]["passport"]
        answers.append(await client.call_tool("passport", {"address": lead}))
        return {
            "tools": tools,
            "answers": [{"refused": one.is_error, "text": one.content[0].text} for one in answers],
            "instructions": client.instructions,
        }


if __name__ == "__main__":
    where = sys.argv[1]
    command = StdioServerParameters(command=sys.executable, args=["-m", "dashboard", "mcp"])
    json.dump(asyncio.run(walk(command if where == "stdio" else where)), sys.stdout)
