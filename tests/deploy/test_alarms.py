"""Every alarm fires on numbers that call for it, is quiet on usual ones, and asks only for what is measured."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from prometheus_client import generate_latest

from dashboard.metrics import REGISTRY
from dashboard.server import serve
from dashboard.server.monitor import MONITOR
from data import shown

FOLDER = Path(__file__).parents[2] / "deploy"
RULES = [rule for group in yaml.safe_load((FOLDER / "alarms.yml").read_text())["groups"] for rule in group["rules"]]
CASES = yaml.safe_load((FOLDER / "alarms_test.yml").read_text())["tests"]
PROMTOOL = shutil.which("promtool")


@pytest.mark.skipif(not PROMTOOL, reason="promtool is missing (apt-get install promtool)")
def test_each_alarm_fires_on_its_numbers_and_not_on_usual_ones():
    done = subprocess.run(
        [PROMTOOL, "test", "rules", "alarms_test.yml"], cwd=FOLDER, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.skipif(not PROMTOOL, reason="promtool is missing (apt-get install promtool)")
def test_the_check_finds_an_alarm_that_does_not_fire(tmp_path):
    rules = (FOLDER / "alarms.yml").read_text()
    (tmp_path / "alarms.yml").write_text(
        rules.replace("atalaya_snapshot_fallback > 0", "atalaya_snapshot_fallback > 1")
    )
    shutil.copy(FOLDER / "alarms_test.yml", tmp_path)
    done = subprocess.run(
        [PROMTOOL, "test", "rules", "alarms_test.yml"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0


@pytest.mark.skipif(not PROMTOOL, reason="promtool is missing (apt-get install promtool)")
def test_prometheus_takes_the_metrics_the_rules_and_the_job_that_they_name():
    MONITOR.gauges |= serve._gauges()
    for words, given in (("metrics", generate_latest(REGISTRY).decode()), ("config prometheus.yml", "")):
        command = [PROMTOOL, "check", *words.split()]
        done = subprocess.run(command, input=given, cwd=FOLDER, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
    jobs = {job["job_name"] for job in yaml.safe_load((FOLDER / "prometheus.yml").read_text())["scrape_configs"]}
    assert set(re.findall(r'job="(\w+)"', str(RULES))) == jobs


def test_what_an_alarm_counts_is_there_before_it_is_counted():
    """Else the first failures, at which a series begins, are no increase."""
    script = "import dashboard.metrics as m, prometheus_client as p; print(p.generate_latest(m.REGISTRY).decode())"
    command = [sys.executable, "-c", script]
    begun = subprocess.run(command, cwd=FOLDER.parent, capture_output=True, text=True, check=True).stdout
    counted = {match for rule in RULES for match in re.findall(r'(\w+_total)\{(\w+="\w+")', rule["expr"])}
    assert counted
    for name, label in counted:
        assert re.search(rf"^{name}\{{.*{label}.* 0\.0$", begun, re.MULTILINE), (name, label)


def test_every_alarm_is_tried_both_ways():
    tried = {
        (case["alert_rule_test"][0]["alertname"], bool(case["alert_rule_test"][0]["exp_alerts"])) for case in CASES
    }
    assert tried == {(rule["alert"], fires) for rule in RULES for fires in (True, False)}


def test_every_alarm_says_what_to_do_and_who_looks():
    for rule in RULES:
        assert rule["annotations"]["action"].endswith("."), rule["alert"]
        assert rule["labels"]["severity"] in {"page", "ticket"}, rule["alert"]


def test_every_number_that_an_alarm_asks_for_is_measured():
    MONITOR.gauges |= serve._gauges()
    measured = set(re.findall(r"^# TYPE (\w+) ", generate_latest(REGISTRY).decode(), re.MULTILINE))
    # What another snapshot is looked for with may not have looked yet.
    measured |= {"atalaya_snapshot_checked_timestamp_seconds"} if shown.shown().state().checked is None else set()
    words = set(re.findall(r"\b(?:atalaya|process)_\w+", " ".join(rule["expr"] for rule in RULES)))
    assert {re.sub("_bucket$", "", word) for word in words} <= measured
