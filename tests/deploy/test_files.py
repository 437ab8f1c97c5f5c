"""The files for servers are valid by their schemas, and agree with one another and with the program."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml
from compose_spec import PyCompose

from etl.__main__ import _parser
from tests.load.proxy import BALANCE, HAPROXY, NGINX, balanced, configured

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
COMPOSE = (DEPLOY / "compose.yaml").read_text("utf-8")
BALANCED = (DEPLOY / "haproxy.cfg").read_text("utf-8")
IMAGE = (DEPLOY / "Containerfile").read_text("utf-8")
# The oldest and the newest release of Kubernetes for which the validator has schemas that we promise.
RELEASES = ("1.33", "1.37")
nginx = pytest.mark.skipif(not Path(NGINX).exists(), reason="nginx is missing (apt-get install nginx-light)")


def manifests() -> list[dict[str, Any]]:
    listed = yaml.safe_load((DEPLOY / "kubernetes" / "kustomization.yaml").read_text("utf-8"))["resources"]
    texts = [(DEPLOY / "kubernetes" / name).read_text("utf-8") for name in listed]
    return [manifest for text in texts for manifest in yaml.safe_load_all(text)]


def manifest(kind: str, name: str = "") -> dict[str, Any]:
    return next(one for one in manifests() if one["kind"] == kind and name in {"", one["metadata"]["name"]})


def template(kind: str, name: str = "") -> dict[str, Any]:
    spec = manifest(kind, name)["spec"]
    return spec.get("jobTemplate", {"spec": spec})["spec"]["template"]


def container(kind: str, name: str = "") -> dict[str, Any]:
    return template(kind, name)["spec"]["containers"][0]


def services() -> dict[str, Any]:
    return yaml.safe_load(COMPOSE)["services"]


@pytest.mark.parametrize("release", RELEASES)
def test_manifests_are_valid_for_kubernetes(release: str):
    for one in manifests():
        kubernetes_validate.validate(one, release, strict=True)
    wrong = manifest("Deployment")
    wrong["spec"]["template"]["spec"]["containers"][0]["imagePullPolice"] = "Always"
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, release, strict=True)


def test_every_manifest_is_applied():
    listed = yaml.safe_load((DEPLOY / "kubernetes" / "kustomization.yaml").read_text("utf-8"))["resources"]
    assert {*listed, "kustomization.yaml"} == {path.name for path in (DEPLOY / "kubernetes").iterdir()}
    kinds = {"Deployment", "Service", "Ingress", "PodDisruptionBudget", "CronJob", "Job", "ConfigMap", "NetworkPolicy"}
    assert {one["kind"] for one in manifests()} == kinds


def test_service_disruption_and_spread_mean_the_pods_of_the_page_and_not_those_of_builds():
    spec = manifest("Deployment")["spec"]
    labels = spec["template"]["metadata"]["labels"].items()
    builds = manifest("CronJob")["spec"]["jobTemplate"]["spec"]["template"]["metadata"]["labels"].items()
    choices = [
        spec["selector"]["matchLabels"],
        manifest("Service")["spec"]["selector"],
        manifest("PodDisruptionBudget")["spec"]["selector"]["matchLabels"],
        spec["template"]["spec"]["topologySpreadConstraints"][0]["labelSelector"]["matchLabels"],
    ]
    for chosen in choices:
        assert chosen.items() <= labels
        assert not chosen.items() <= builds
    assert manifest("PodDisruptionBudget")["spec"]["minAvailable"] < spec["replicas"] == 3


def test_the_three_probes_ask_different_things_under_a_known_name():
    page = container("Deployment")
    probes = {name: page[f"{name}Probe"]["httpGet"] for name in ("startup", "liveness", "readiness")}
    assert {name: probe["path"] for name, probe in probes.items()} == {
        "startup": "/startupz",
        "liveness": "/livez",
        "readiness": "/readyz",
    }
    for probe in probes.values():
        assert probe["httpHeaders"] == [{"name": "Host", "value": "localhost"}]
        assert probe["port"] in {port["name"] for port in page["ports"]}


def test_the_ingress_leads_to_any_replica_and_the_service_keeps_nobody():
    page, service = manifest("Ingress", "atalaya"), manifest("Service")
    annotations = {**page["metadata"]["annotations"], **service["metadata"].get("annotations", {})}
    assert not [name for name in annotations if "affinity" in name or "cookie" in name]
    (path,) = page["spec"]["rules"][0]["http"]["paths"]
    assert path["backend"]["service"]["name"] == service["metadata"]["name"]
    assert path["backend"]["service"]["port"]["name"] == service["spec"]["ports"][0]["name"]


def pods() -> list[dict[str, Any]]:
    """The templates of all pods."""
    kinds = ("Deployment", "CronJob", "Job")
    return [template(one["kind"], one["metadata"]["name"]) for one in manifests() if one["kind"] in kinds]


def chosen(selector: Mapping[str, Any], labels: Mapping[str, str]) -> bool:
    """Whether a selector means a pod with some labels."""
    any_of = selector.get("matchExpressions", ())
    assert {one["operator"] for one in any_of} <= {"In"}
    return selector["matchLabels"].items() <= labels.items() and all(
        labels[one["key"]] in one["values"] for one in any_of
    )


def test_each_pod_is_open_to_those_who_need_it_alone():
    policies = [one["spec"] for one in manifests() if one["kind"] == "NetworkPolicy"]
    assert {kind for one in policies for kind in one["policyTypes"]} == {"Ingress"}
    served = set()
    for pod in pods():
        labels = pod["metadata"]["labels"]
        (policy,) = (one for one in policies if chosen(one["podSelector"], labels))
        own = {port["containerPort"] for one in pod["spec"]["containers"] for port in one.get("ports", ())}
        allowed = {port["port"] for rule in policy.get("ingress", ()) for port in rule["ports"]}
        assert own <= allowed
        assert bool(own) is bool(allowed)
        assert all(rule["from"] for rule in policy.get("ingress", ()))
        served |= own
    assert served == {port["port"] for one in policies for rule in one.get("ingress", ()) for port in rule["ports"]}


@pytest.mark.parametrize(
    "one",
    [("Deployment", "atalaya"), ("Deployment", "atalaya-desk"), ("CronJob", "atalaya-etl"), ("Job", "atalaya-seed")],
)
def test_pods_write_to_a_temporary_folder_only(one: tuple[str, str]):
    security = container(*one)["securityContext"]
    assert security["readOnlyRootFilesystem"]
    assert not security["allowPrivilegeEscalation"]
    assert security["capabilities"] == {"drop": ["ALL"]}
    # Of the other folders, of settings and keys, Kubernetes lets nobody write.
    volumes = {one["name"]: {*one} - {"name"} for one in template(*one)["spec"]["volumes"]}
    written = [
        mount["mountPath"] for mount in container(*one)["volumeMounts"] if volumes[mount["name"]] == {"emptyDir"}
    ]
    assert written == ["/tmp"]  # noqa: S108 - in a container
    assert {kind for kinds in volumes.values() for kind in kinds} <= {"emptyDir", "configMap", "secret"}


def test_an_empty_place_is_filled_once_and_only_builds_have_a_key_that_writes():
    seed = container("Job")["command"]
    assert seed == services()["seed"]["entrypoint"]
    assert _parser().parse_args(seed[3:]).action == "seed"
    assert services()["replica1"]["depends_on"] == {"seed": {"condition": "service_completed_successfully"}}
    assert not services()["seed"]["depends_on"]
    pods = [
        ("Deployment", "atalaya"),
        ("Deployment", "atalaya-desk"),
        ("CronJob", "atalaya-etl"),
        ("Job", "atalaya-seed"),
    ]
    secrets = [container(*one)["envFrom"][1]["secretRef"]["name"] for one in pods]
    assert secrets == ["atalaya-store", "atalaya-store", "atalaya-store-write", "atalaya-store-write"]


def test_on_one_machine_only_who_publishes_has_the_key_that_writes():
    of = {name: one["environment"]["AWS_ACCESS_KEY_ID"] for name, one in services().items() if "environment" in one}
    writing = {name for name, key in of.items() if "ATALAYA_WRITE_KEY_ID" in key}
    assert writing == {"seed", "publish"}
    assert {key for name, key in of.items() if name not in writing} == {"${AWS_ACCESS_KEY_ID:-}"}
    for name in writing:
        # What is not said again here is as for the replicas.
        assert services()[name]["environment"].keys() == services()["replica1"]["environment"].keys()


def test_who_publishes_writes_the_site_after_the_build():
    """Compose and Kubernetes run the same lines."""
    composed = services()["publish"]
    (lines,) = composed["command"]
    assert composed["profiles"] == ["publish"]
    job = container("CronJob")
    assert composed["entrypoint"] == job["command"] == ["/bin/sh", "-c"]
    assert [lines.replace("$$", "$")] == job["args"]
    assert manifest("ConfigMap")["data"]["ATALAYA_SITE"].startswith("s3://")


@pytest.mark.parametrize(("built", "written", "status", "ran"), [(0, 0, 0, 2), (1, 0, 1, 1), (0, 1, 1, 2)])
def test_the_status_of_a_build_is_that_of_who_publishes(
    tmp_path: Path, built: int, written: int, status: int, ran: int
):
    program = tmp_path / "python"
    program.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/ran\n[ $2 = etl ] && exit {built}\nexit {written}\n')
    program.chmod(0o755)
    (lines,) = container("CronJob")["args"]
    lines = lines.replace("/opt/atalaya/bin/python", str(program))
    places = {"ATALAYA_SITE": "s3://a b/site", "ATALAYA_RAW": "s3://a b/raw", "ATALAYA_REPORTS": "data/reports"}
    places["ATALAYA_KEPT"] = "20"
    done = subprocess.run(["/bin/sh", "-c", lines], check=False, env=places)
    commands = (tmp_path / "ran").read_text("utf-8").splitlines()
    assert (done.returncode, len(commands)) == (status, ran)
    assert commands[0] == "-m etl build --scheduled --raw s3://a b/raw --reports data/reports"
    assert commands[1:] == ["-m dashboard site s3://a b/site --keep 20 --workers 2 --briefings"] * (ran - 1)


def test_the_compose_file_is_valid():
    # The validator neither fills in settings nor merges the keys of `<<`.
    filled = re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", COMPOSE)
    PyCompose.from_json(json.dumps(yaml.safe_load(filled)))
    with pytest.raises(ValueError, match="reed_only"):
        PyCompose.from_json(json.dumps(yaml.safe_load(filled.replace("read_only: true", "reed_only: true"))))


@pytest.mark.skipif(not shutil.which("docker-compose"), reason="docker-compose is missing")
def test_docker_compose_reads_the_file():
    command = ["docker-compose", "--file", str(DEPLOY / "compose.yaml"), "config", "--quiet"]
    subprocess.run(command, check=True, env={**os.environ, "ATALAYA_NAME": "atalaya.example.org"})


def test_three_replicas_are_closed_and_read_only():
    pages = {name: service for name, service in services().items() if name.startswith("replica")}
    assert len(pages) == 3
    for service in services().values():
        assert service["read_only"]
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert service["tmpfs"][0].startswith("/tmp:")  # noqa: S108 - in a container
    # Only the proxy can be reached from outside.
    assert [name for name, service in services().items() if "ports" in service] == ["proxy"]


def test_the_proxy_knows_the_replicas_and_desks_of_the_compose_file():
    composed, lines = services(), re.findall(r"^ +server (\S+) (\S+)", BALANCED, re.MULTILINE)
    replicas = [(name, f"{address(name)}:8501") for name in composed if name.startswith("replica")]
    desks = [(name, f"{address(name)}:8502") for name in composed if name.startswith("desk")]
    busy = [(name.replace("replica", "busy"), of) for name, of in replicas]
    assert lines == [*replicas, *busy, *desks, *desks]
    assert address("balance") == BALANCE
    assert {composed[name]["environment"]["ATALAYA_PROXIES"] for name, _ in replicas} == {BALANCE}
    for name, of in (*replicas, *desks):
        assert of.rpartition(":")[2] in composed[name]["command"]


def address(name: str) -> str:
    """The address of a service of the Compose file."""
    return services()[name]["networks"]["inside"]["ipv4_address"]


def seconds(text: str) -> float:
    """A time as HAProxy writes it."""
    return float(text.removesuffix("s"))


def test_what_hangs_is_left_out_within_five_seconds():
    """After an answer the next check comes in time, and its answer is waited for."""
    checked = [seconds(re.search(rf"{words} (\d+s)", BALANCED)[1]) for words in ("inter", "timeout check")]
    assert sum(checked) < 5
    assert " fall 1 " in BALANCED
    assert "uri /readyz " in BALANCED
    for name in ("atalaya", "atalaya-desk"):
        probe = container("Deployment", name)["readinessProbe"]
        assert (probe["periodSeconds"] + probe["timeoutSeconds"]) * probe["failureThreshold"] < 5


def test_the_desks_are_processes_of_their_own_under_their_own_limits():
    pod = manifest("Deployment", "atalaya-desk")["spec"]
    desk = container("Deployment", "atalaya-desk")
    composed = services()["desk1"]
    assert pod["replicas"] == len([name for name in services() if name.startswith("desk")]) == 2
    # A session stays where it is.
    affinity = manifest("Ingress", "atalaya-desk")["metadata"]["annotations"]
    assert affinity["nginx.ingress.kubernetes.io/affinity"] == "cookie"
    assert affinity["nginx.ingress.kubernetes.io/session-cookie-name"] in BALANCED
    # Both run one command of the image, which is that of the documents' service too; that one starts no desk.
    for words, arguments in ((composed["command"], container("Deployment", "atalaya")["args"]), (desk["args"], [])):
        assert words == ["desk", "--host", "0.0.0.0", "--port", "8502"]  # noqa: S104 - in a container
        assert not arguments or "--no-desk" in arguments
    assert all("--no-desk" in one["command"] for name, one in services().items() if name.startswith("replica"))
    assert composed["image"] == services()["replica1"]["image"]
    assert composed["cpu_shares"] < 1024  # what others have
    assert desk["resources"]["requests"]["cpu"] == "500m"
    # A desk has places for as many readers as the documents say, and one client never has all of them.
    places = {int(most) for most in re.findall(r"maxconn (\d+) track", BALANCED)}
    (own,) = re.findall(r"limit_conn desk (\d+);", (DEPLOY / "nginx.conf").read_text("utf-8"))
    assert places == {int(own)}
    assert f"places for {own} readers" in (ROOT / "docs" / "operations.md").read_text("utf-8")
    assert composed["mem_limit"] == "2g"
    assert desk["resources"]["limits"] == {"memory": "2Gi"}


def test_the_desk_is_asked_for_its_health():
    desk = container("Deployment", "atalaya-desk")
    probes = [desk[f"{name}Probe"]["httpGet"] for name in ("startup", "liveness", "readiness")]
    assert [probe["path"] for probe in probes] == ["/desk/_stcore/health", "/desk/_stcore/health", "/readyz"]
    assert {probe["port"] for probe in probes} == {"desk"}
    assert desk["ports"] == [{"name": "desk", "containerPort": 8502}]
    assert "http://127.0.0.1:8502/readyz" in services()["desk1"]["healthcheck"]["test"][-1]


def test_the_service_and_the_ingress_of_the_desk_mean_its_pod():
    pod = manifest("Deployment", "atalaya-desk")["spec"]
    service, ingress = manifest("Service", "atalaya-desk"), manifest("Ingress", "atalaya-desk")
    labels = pod["template"]["metadata"]["labels"]
    assert service["spec"]["selector"] == labels == pod["selector"]["matchLabels"]
    assert labels != manifest("Service", "atalaya")["spec"]["selector"]
    assert service["spec"]["ports"][0]["targetPort"] == "desk"
    (rule,), (page,) = (one["spec"]["rules"] for one in (ingress, manifest("Ingress", "atalaya")))
    assert rule["host"] == page["host"]
    backends = {path["path"]: path["backend"]["service"] for path in rule["http"]["paths"]}
    assert backends == {
        "/desk": {"name": "atalaya-desk", "port": {"name": "desk"}},
        "/desk/_stcore/metrics": {"name": "atalaya", "port": {"name": "http"}},
    }


@pytest.mark.skipif(not Path(HAPROXY).exists(), reason="HAProxy is missing (apt-get install haproxy)")
def test_haproxy_reads_its_configuration(tmp_path: Path):
    for path in (DEPLOY / "haproxy.cfg", balanced(tmp_path, (8501, 8502), [8503, 8504], [8505, 8506, 8507])):
        result = subprocess.run([HAPROXY, "-c", "-f", str(path)], capture_output=True, text=True, check=False)
        assert (result.returncode, result.stderr) == (0, "")


@nginx
@pytest.mark.parametrize(("name", "store"), [("plain", 0), ("tls", 0), ("tls", 9000)])
def test_nginx_reads_its_configuration(tmp_path: Path, name: str, store: int):
    folder = tmp_path / "tls"
    folder.mkdir()
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    command += ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    subprocess.run(command, check=True, capture_output=True)
    path = configured(tmp_path, 0, (8501, 8502), "", store=store)
    shutil.copy(DEPLOY / "nginx" / f"{name}.conf", tmp_path / "nginx" / "listen.conf")
    result = subprocess.run([NGINX, "-t", "-c", str(path)], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert "[warn]" not in result.stderr


def test_the_image_copies_what_the_program_needs_and_nothing_else():
    copied = [line.split()[1:-1] for line in IMAGE.splitlines() if line.startswith("COPY ") and "--from" not in line]
    names = {name for line in copied for name in line}
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert ignored[0] == "*"
    assert {line[1:] for line in ignored if line.startswith("!")} == names
    assert all((ROOT / name).exists() for name in names)
    # The settings of the desk.
    assert "streamlit_config.toml" in names


def test_the_image_runs_as_nobody_from_pinned_wheels():
    assert "--require-hashes --only-binary :all:" in IMAGE
    users = re.findall(r"^USER (\d+):(\d+)$", IMAGE, re.MULTILINE)
    assert users == [("10001", "10001")]
    assert IMAGE.count("\nFROM ${BASE}") == 2
    assert IMAGE.index("USER") < IMAGE.index("HEALTHCHECK") < IMAGE.index("ENTRYPOINT")
    assert container("Deployment")["ports"][0]["containerPort"] == 8501
    pod = manifest("Deployment")["spec"]["template"]["spec"]["securityContext"]
    assert (str(pod["runAsUser"]), str(pod["runAsGroup"])) == users[0]
