"""The content security policy: what a document may run and load. Everything comes from this server.

The scripts in a document itself are named by their hashes, so that no other script written into it runs, and no text
is run as code. What Streamlit forces is one rule each:

- `blob:` for scripts: it loads the scripts of components, ours too, from memory;
- `'unsafe-inline'` for styles: it writes styles into elements while it runs, others on each page.
"""

import re
from base64 import b64encode
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256

# A script in a document itself, with its content.
INLINE = re.compile(r"<script(?:\s+type=\"module\")?>(.*?)</script>", re.DOTALL)
# The scripts of documents are few: they do not depend on a reader.
SCRIPTS = 64


def policy(scripts: Iterable[str] = ()) -> str:
    """The policy of a document with some scripts of our own."""
    hashes = "".join(f" 'sha256-{_hash(script)}'" for script in dict.fromkeys(scripts))
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self'{hashes} blob:",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self' data: blob:",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
    )


def headers(document: str) -> dict[str, str]:
    """The header with the policy of a document of ours."""
    return {"Content-Security-Policy": policy(INLINE.findall(document))}


@lru_cache(SCRIPTS)
def _hash(script: str) -> str:
    return b64encode(sha256(script.encode()).digest()).decode()
