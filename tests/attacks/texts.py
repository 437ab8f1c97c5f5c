"""Texts of attackers, each with `MARK`, and what must never be seen of them."""

import re

MARK = "evil0"
# As they would act in HTML or in Markdown.
ACTING = (
    f"<script>{MARK}",
    "<img src=x",
    "<svg/onload",
    f"javascript:{MARK}",
    f"](https://{MARK}",
    f"<https://{MARK}",
    f":red[{MARK}",
    f"`{MARK}",
    f"**{MARK}",
    f"${MARK}",
)
# What Markdown makes a link of, whether its signs are escaped or not.
LINKS = (f"://{MARK}", f"www.{MARK}", f"@{MARK}")
# Signs that turn the direction of a text, control a terminal, or end a text.
HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
SCRIPTS = (
    f"<script>{MARK}()</script>",
    f'"><img src=x onerror={MARK}()>',
    f"</script><svg/onload={MARK}()>",
    f"javascript:{MARK}()",
    f"'-{MARK}()-'",
    f"${{{MARK}}}",
    f"{{{{{MARK}}}}}",
    f"{{0.{MARK}}}",
    f"%({MARK})s%n",
)
MARKDOWN = (
    f"[{MARK}](https://{MARK}.example)",
    f"![](https://{MARK}.example/x.png)",
    f"<https://{MARK}.example>",
    f"https://{MARK}.example",
    f"www.{MARK}.example",
    f"a@{MARK}.example",
    f":red[{MARK}]",
    f"`{MARK}`",
    f"**{MARK}**",
    f"$${MARK}$$",
    f"# {MARK}\n\n- {MARK}",
)
PATHS = (
    "../../../../etc/passwd",
    "..%2f..%2fetc%2fpasswd",
    "C:\\windows\\win.ini",
    "/etc/passwd\0.png",
    "file:///etc/passwd",
    "http://169.254.169.254/",
    "//" + MARK + ".example/",
    "\\\\" + MARK + "\\share",
    "CON",
    ".",
)
FORMULAS = (f"=cmd|'/c {MARK}'!A1", f'=HYPERLINK("https://{MARK}.example")', f"@{MARK}", f"+{MARK}", "-5", "\t=1+1")
QUERIES = (f"'; DROP TABLE {MARK}; --", f"1 OR 1=1 --{MARK}", f"*){MARK}(", f"{MARK}|id", f"$({MARK})")
SIGNS = (
    "\0",
    f"\x1b[31m{MARK}",
    f"\r\nSet-Cookie: {MARK}=1",
    f"\u202e{MARK}",
    f"\u2066{MARK}\u2069",
    "\ufeff",
    f"\u200b{MARK}",
    "e" + "\u0301" * 200,
    "\N{PILE OF POO}" * 20,
    "\ufffd",
    "\x7f\x80\x9f",
)
NUMBERS = (
    *("٢٠١٩", "²", "1_000", "２０１９", " 7 ", "-0", "1e309", "NaN", "inf", "0x10", "2019.0", "+2019", "00002019"),
    "9" * 5000,
)
LENGTHS = ("-" * 300, "," * 1500, "." * 300, MARK * 800, "CRI," * 900, "2014-" * 700)
WORDS = ("", "none", "null", "undefined", "true", "[]", "{}", "any", "all", "cri", "CRI ", "XXX", "total", "region")
TEXTS = (*SCRIPTS, *MARKDOWN, *PATHS, *FORMULAS, *QUERIES, *SIGNS, *NUMBERS, *LENGTHS, *WORDS)


def acting(text: str, *, markdown: bool = True) -> list[str]:
    """What of an attacker's text acts in a text of ours, which a browser reads as HTML, and perhaps as Markdown."""
    bare = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)
    hidden = HIDDEN.findall(text)
    plain = [part for part in ACTING if re.search(rf"(?<!\\){re.escape(part)}", text)]
    return plain + [link for link in LINKS if markdown and link in bare] + hidden
