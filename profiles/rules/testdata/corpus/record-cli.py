#!/usr/bin/env python3
"""Have the real Prefect CLI of several releases write the cli-<version>/ cases.

    record-cli.py VENV...     each VENV holds one release of prefect

A release gets a case only where it writes other bytes than the release before it in
the list: what is the same ever since is kept once, under the first that wrote it.

Every scenario starts from an empty HOME (or from one hand-written file) and runs real
commands; the profiles.toml that they leave behind is the case, byte for byte.
expected.txt is ours and never touched. What needs the network, `cloud login`,
`cloud workspace set` and `cloud logout`, is written by the very function these
commands end in (update_current_profile) with the URL that their own Workspace model
makes of two ids.

Releases before 3.5 need the pydantic of their day and importlib-metadata, for example
    pip install prefect==3.0.11 pydantic==2.9.2 pydantic-settings==2.5.2 typer==0.12.5 'click<8.2' importlib-metadata
"""

from __future__ import annotations

import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent

KEY = "pnu_000000000000000000000000000000000000"
BOT_KEY = "pnb_000000000000000000000000000000000000"
ACCOUNT = "11111111-1111-4111-8111-111111111111"
WORKSPACE = "22222222-2222-4222-8222-222222222222"
OTHER_WORKSPACE = "33333333-3333-4333-8333-333333333333"


def login(key: str = KEY, workspace: str = WORKSPACE) -> tuple[str, str]:
    return ("python", f"update_current_profile({{PREFECT_API_KEY: {key!r}, PREFECT_API_URL: workspace({workspace!r}).api_url()}})")


LOGOUT = ("python", "update_current_profile({PREFECT_API_URL: None, PREFECT_API_KEY: None})")
CLOUD_FUNCTIONS = f"""
from prefect.settings import PREFECT_API_KEY, PREFECT_API_URL, update_current_profile
from prefect.client.schemas.objects import Workspace
def workspace(id):
    return Workspace(account_id={ACCOUNT!r}, account_name='Example', account_handle='example',
        workspace_id=id, workspace_name='Main', workspace_description='', workspace_handle='main')
"""


def set_workspace(workspace: str) -> tuple[str, str]:
    return ("python", f"update_current_profile({{PREFECT_API_URL: workspace({workspace!r}).api_url()}})")


LOCAL = "PREFECT_API_URL=http://127.0.0.1:4200/api"
BY_HAND = """\
# who reads this: the ETL team
active = "etl"

[profiles.etl]
PREFECT_API_URL = "http://prefect.internal:4200/api"   # VPN only
PREFECT_LOGGING_LEVEL = 'DEBUG'
PREFECT_LOGGING_TO_API_ENABLED = true
PREFECT_SERVER_API_PORT = 4300
"""

# What every release wrote.
EVERYWHERE: dict[str, list] = {
    "create": [["profile", "create", "dev"]],
    "create-use-set": [["profile", "create", "dev"], ["profile", "use", "dev"], ["config", "set", LOCAL]],
    "set-on-fresh-install": [["config", "set", LOCAL]],
    "use-local-on-fresh-install": [["profile", "use", "local"]],
    "populate-defaults": [["profile", "populate-defaults"]],
    "login-two-profiles": [
        ["profile", "create", "local-server"],
        ["profile", "use", "local-server"],
        ["config", "set", LOCAL],
        ["profile", "create", "work"],
        ["profile", "use", "work"],
        login(),
    ],
    "legacy-names": [
        ["profile", "create", "server"],
        ["profile", "use", "server"],
        [
            "config", "set",
            "PREFECT_UI_API_URL=https://prefect.example.com/api",
            "PREFECT_API_DATABASE_CONNECTION_URL=sqlite+aiosqlite:////srv/prefect/prefect.db",
            "PREFECT_TASK_DEFAULT_RETRIES=2",
            "PREFECT_LOGGING_SERVER_LEVEL=WARNING",
        ],
    ],
}

# What one release is enough for.
NEWEST: dict[str, list] = {
    "create-from": [["config", "set", LOCAL, "PREFECT_LOGGING_LEVEL=ERROR"], ["profile", "create", "copy", "--from", "ephemeral"]],
    "rename": [["profile", "create", "staging"], ["profile", "use", "staging"], ["config", "set", LOCAL], ["profile", "rename", "staging", "production"]],
    "rename-inactive": [["profile", "create", "a"], ["profile", "create", "b"], ["profile", "use", "b"], ["profile", "rename", "a", "c"]],
    "delete": [["profile", "create", "dev"], ["profile", "create", "gone"], ["profile", "use", "dev"], ["profile", "delete", "gone"]],
    "use-cloud-on-fresh-install": [["profile", "use", "cloud"]],
    "use-test-on-fresh-install": [["profile", "use", "test"]],
    "use-ephemeral-on-fresh-install": [["profile", "use", "ephemeral"]],
    "populate-then-use-local": [["profile", "populate-defaults"], ["profile", "use", "local"]],
    "login-on-fresh-install": [login()],
    "login-bot": [["profile", "create", "ci"], ["profile", "use", "ci"], login(BOT_KEY)],
    "login-switch-workspace": [["profile", "create", "work"], ["profile", "use", "work"], login(), set_workspace(OTHER_WORKSPACE)],
    "login-logout": [["profile", "create", "work"], ["profile", "use", "work"], login(), LOGOUT],
    "set-unset": [["config", "set", LOCAL, "PREFECT_LOGGING_LEVEL=ERROR", "PREFECT_RESULTS_PERSIST_BY_DEFAULT=true"], ["config", "unset", "PREFECT_LOGGING_LEVEL", "-y"]],
    "every-kind": [
        ["profile", "create", "full"],
        ["profile", "use", "full"],
        [
            "config", "set", LOCAL,
            "PREFECT_API_ENABLE_HTTP2=yes",
            "PREFECT_API_REQUEST_TIMEOUT=12.5",
            "PREFECT_CLIENT_MAX_RETRIES=3",
            "PREFECT_CLIENT_RETRY_EXTRA_CODES=429,502",
            'PREFECT_CLIENT_CUSTOM_HEADERS={"X-Team": "data", "X-Quote": "say \\"hi\\""}',
            "PREFECT_LOGGING_LEVEL=debug",
            "PREFECT_LOGGING_EXTRA_LOGGERS=dask, scipy",
            "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW=ignore",
            "PREFECT_RESULTS_LOCAL_STORAGE_PATH=/srv/results",
            "PREFECT_SERVER_API_PORT=4300",
            "PREFECT_SERVER_EVENTS_RETENTION_PERIOD=7 days, 0:00:00",
            "PREFECT_SERVER_SERVICES_LATE_RUNS_AFTER_SECONDS=30",
            "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED=events,flow_runs",
            "PREFECT_TASKS_DEFAULT_RETRY_DELAY_SECONDS=1,2,4",
        ],
    ],
    "windows-path": [["config", "set", "PREFECT_RESULTS_LOCAL_STORAGE_PATH=C:\\data\\new"]],
    "umlauts-and-emoji": [["profile", "create", "büro"], ["profile", "use", "büro"], ["config", "set", LOCAL, "PREFECT_UI_URL=https://prefect.example.com/größe/🚀"]],
    "dotted-name": [["profile", "create", "team.data"], ["profile", "use", "team.data"], ["config", "set", LOCAL]],
    "name-with-space": [["profile", "create", "data team"], ["profile", "use", "data team"], ["config", "set", LOCAL]],
    "validate-by-hand": [("file", BY_HAND), ["config", "validate"]],
    "create-beside-array": [
        ("file", 'active = "p"\n\n[profiles.p]\nPREFECT_CLIENT_RETRY_EXTRA_CODES = [429, 502]\n'),
        ["profile", "create", "q"],
    ],
    "create-beside-logger-array": [
        ("file", 'active = "p"\n\n[profiles.p]\nPREFECT_LOGGING_EXTRA_LOGGERS = ["dask", "scipy"]\n'),
        ["profile", "create", "q"],
    ],
    "create-beside-seconds": [
        ("file", 'active = "p"\n\n[profiles.p]\nPREFECT_SERVER_EVENTS_RETENTION_PERIOD = 604800\n'),
        ["profile", "create", "q"],
    ],
    "set-that-stops-every-command": [["config", "set", LOCAL, "PREFECT_FLOWS_DEFAULT_RETRY_DELAY_SECONDS=1,2"]],
    "set-size-over-batch": [["config", "set", "PREFECT_LOGGING_TO_API_MAX_LOG_SIZE=5000000"]],
    "set-empty-url": [["config", "set", "PREFECT_API_URL="]],
    "set-browser-url": [["config", "set", f"PREFECT_API_URL=https://app.prefect.cloud/account/{ACCOUNT}/workspace/{WORKSPACE}/dashboard"]],
    "set-url-without-api": [["config", "set", "PREFECT_API_URL=http://localhost:4200"]],
    "set-listen-address": [["config", "set", "PREFECT_API_URL=http://0.0.0.0:4200/api"]],
}


# What only these releases could set: names that a later one dropped.
GONE_SINCE: dict[str, list] = {
    "3.0.11": ["PREFECT_ASYNC_FETCH_STATE_RESULT=true", "PREFECT_API_SERVICES_FLOW_RUN_NOTIFICATIONS_ENABLED=false"],
    "3.3.7": ["PREFECT_SERVER_SERVICES_FLOW_RUN_NOTIFICATIONS_ENABLED=false", "PREFECT_EXPERIMENTS_LINEAGE_EVENTS_ENABLED=true"],
    "3.4.25": ["PREFECT_SERVER_SERVICES_EVENT_PERSISTER_BATCH_SIZE_DELETE=1000"],
    "3.6.29": ["PREFECT_EXPERIMENTS_PLUGINS_ENABLED=true"],
}


def run(venv: pathlib.Path, version: str, name: str, steps: list, before: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory(prefix="record-") as root:
        home, cwd = pathlib.Path(root, "home"), pathlib.Path(root, "work")
        (home / ".prefect").mkdir(parents=True)
        cwd.mkdir()
        written = home / ".prefect" / "profiles.toml"
        env = {"HOME": str(home), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "DO_NOT_TRACK": "1",
               "PREFECT_CLI_PROMPT": "false", "PREFECT_SERVER_ANALYTICS_ENABLED": "false"}
        for step in steps:
            if step[0] == "file":
                written.write_text(step[1], encoding="utf-8")
                continue
            if step[0] == "python":
                command = [str(venv / "bin" / "python"), "-c", CLOUD_FUNCTIONS + step[1]]
            else:
                command = [str(venv / "bin" / "prefect"), *step]
            done = subprocess.run(command, cwd=cwd, env=env, input="y\ny\n", text=True, capture_output=True, timeout=120)
            # `profile use` also tries to reach the server and may say that it cannot.
            if done.returncode != 0:
                print(f"{version}/{name}: {step}: exit {done.returncode}: {(done.stderr or done.stdout).strip()[-300:]}", file=sys.stderr)
        if not written.exists():
            print(f"{version}/{name}: nothing was written", file=sys.stderr)
            return
        data = written.read_bytes()
        if before.get(name) == data:
            return
        before[name] = data
        case = HERE / f"cli-{version}" / name
        case.mkdir(parents=True, exist_ok=True)
        (case / "profiles.toml").write_bytes(data)


def main(venvs: list[str]) -> None:
    releases = []
    for venv in map(pathlib.Path, venvs):
        code = "from importlib.metadata import version; print(version('prefect'))"
        version = subprocess.run([venv / "bin" / "python", "-c", code], capture_output=True, text=True, check=True).stdout.strip()
        releases.append((tuple(map(int, version.split("."))), version, venv))
    newest = max(releases)
    before: dict[str, bytes] = {}
    for release in sorted(releases):
        _, version, venv = release
        scenarios = {**EVERYWHERE, **(NEWEST if release == newest else {})}
        if gone := GONE_SINCE.get(version):
            scenarios[f"gone-since-{version}"] = [["profile", "create", "old"], ["profile", "use", "old"], ["config", "set", *gone]]
        for name, steps in scenarios.items():
            run(venv, version, name, steps, before)


if __name__ == "__main__":
    main(sys.argv[1:])
