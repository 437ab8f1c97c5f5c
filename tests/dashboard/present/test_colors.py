"""The stage has the colors of the themes in the settings, light unless dark is chosen."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
NAMES = {
    "background-color": "backgroundColor",
    "secondary-background-color": "secondaryBackgroundColor",
    "text-color": "textColor",
    "border-color": "borderColor",
    "primary-color": "primaryColor",
}


@pytest.mark.parametrize(("theme", "selector"), [("light", r"\.present"), ("dark", r"\.present\[data-dark\]")])
def test_the_colors_of_the_stage_are_those_of_the_theme(theme, selector):
    settings = tomllib.loads((ROOT / "streamlit_config.toml").read_text("utf-8"))
    sheet = (ROOT / "dashboard" / "present" / "present.css").read_text("utf-8")
    (rule,) = (
        body for body in re.findall(rf"^{selector} \{{(.*?)\}}", sheet, re.DOTALL | re.MULTILINE) if "--st-text" in body
    )
    found = dict(re.findall(r"--st-([\w-]+): (#\w+);", rule))
    assert found == {name: settings["theme"][theme][key] for name, key in NAMES.items()}
