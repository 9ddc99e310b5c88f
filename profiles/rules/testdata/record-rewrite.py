#!/usr/bin/env python3
"""Record what the Prefect CLI's next write does to values in a profile.

    PREFECT_VENV/bin/python record-rewrite.py > rewrite.tsv

For every setting and TOML value: load a profiles.toml that holds it, let Prefect read
and write the file as each of its commands does, and load the result. One line each:
SETTING, VALUE and what came of it, with tabs between:

  refused  Prefect does not load the value in the first place
  same     it means the same after the write
  changed  it loads, and means something else
  broken   it does not load any more
"""

from __future__ import annotations

import itertools
import os
import pathlib
import tempfile
import warnings

HOME = pathlib.Path(tempfile.mkdtemp())
os.environ.update(HOME=str(HOME), PREFECT_HOME=str(HOME))
os.chdir(HOME)
warnings.simplefilter("ignore")

from prefect.settings import Settings  # noqa: E402
from prefect.settings import profiles as prefect_profiles  # noqa: E402

SETTINGS = """
PREFECT_DEBUG_MODE PREFECT_CLI_PROMPT PREFECT_SERVER_API_PORT PREFECT_TASKS_RUNNER_THREAD_POOL_MAX_WORKERS
PREFECT_API_REQUEST_TIMEOUT PREFECT_CLIENT_RETRY_EXTRA_CODES PREFECT_LOGGING_EXTRA_LOGGERS
PREFECT_FLOWS_DEFAULT_RETRY_DELAY_SECONDS PREFECT_TASKS_DEFAULT_RETRY_DELAY_SECONDS
PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED PREFECT_SERVER_EVENTS_RETENTION_PERIOD
PREFECT_SERVER_SERVICES_LATE_RUNS_AFTER_SECONDS PREFECT_API_SSL_CERT_FILE PREFECT_RESULTS_LOCAL_STORAGE_PATH
""".split()

VALUES = r"""
true | false | 0 | 1 | 1.0 | 0.5 | 604800 | 1_000 | 0x10 | 1e3 | 1e16 | 1e-5 | -5 | 60.5 | inf | 429 | []
[429] | [429, 502] | [1, 2] | [1.5, 2] | ['a'] | ['a', "b'c"] | ['events'] | ['events','flow_runs'] | [true] | '500'
'C:\xampp\a' | 'C:\data\new' | "C:\\dev\\x1" | "a\u00a0b" | "a\u00adb" | "a\u001bb" | "a\tb" | "a\nb" | "é" | "\u200b" | '"q"'
""".replace("\n", " | ").split(" | ")


def load(path: pathlib.Path) -> str:
    os.environ["PREFECT_PROFILES_PATH"] = str(path)
    values = Settings().model_dump()
    del values["profiles_path"]
    return repr(values)


def verdict(number: int, setting: str, value: str) -> str:
    before, after = HOME / f"{number}-before.toml", HOME / f"{number}-after.toml"
    before.write_text(f'active = "p"\n[profiles.p]\n{setting} = {value}\n', encoding="utf-8")
    try:
        meaning = load(before)
    except Exception:
        return "refused"
    try:
        prefect_profiles._write_profiles_to(after, prefect_profiles._read_profiles_from(before))
        return "same" if load(after) == meaning else "changed"
    except Exception:
        return "broken"


values = [v.strip() for v in VALUES if v.strip()]
for number, (setting, value) in enumerate(itertools.product(SETTINGS, values)):
    print(setting, value, verdict(number, setting, value), sep="\t")
