#!/usr/bin/env python3
"""Record how Prefect's client signs in with API URLs, keys, auth strings and headers.

    for VENV in ...; do $VENV/bin/python record-authorization.py; done > authorization.tsv

One line each, with tabs between: the release, the API URL, the key, the auth string and
the custom headers ("-" where one is not set), then what the client takes the server for,
and the Authorization header that it sends ("-" for none).
"""

from __future__ import annotations

import itertools
import json
import os
import tempfile

home = tempfile.mkdtemp()
for name in [n for n in os.environ if n.startswith("PREFECT")]:
    del os.environ[name]
os.environ["HOME"] = os.environ["PREFECT_HOME"] = home
os.environ["PREFECT_SILENCE_API_URL_MISCONFIGURATION"] = "true"
os.chdir(home)

import prefect  # noqa: E402
from prefect.client.orchestration import get_client  # noqa: E402
from prefect.settings import (  # noqa: E402
    PREFECT_API_AUTH_STRING,
    PREFECT_API_KEY,
    PREFECT_API_URL,
    temporary_settings,
)

try:
    from prefect.settings import PREFECT_CLIENT_CUSTOM_HEADERS
except ImportError:
    PREFECT_CLIENT_CUSTOM_HEADERS = None

WORKSPACE = "/api/accounts/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9/workspaces/f9e8d7c6-b5a4-3928-1706-5f4e3d2c1b0a"
URLS = [
    "https://api.prefect.cloud" + WORKSPACE,
    "http://api.prefect.cloud" + WORKSPACE,
    "https://prefect.example.com/api",
    "http://prefect.example.com:4200/api",
    "http://127.0.0.1:4200/api",
]
KEYS = [None, "", "pnu_" + 36 * "0", "own-token"]
AUTHS = [None, "", "admin:example"]
HEADERS = [None, {"X-Team": "data"}, {"authorization": "Bearer own"}]

for url, key, auth, headers in itertools.product(URLS, KEYS, AUTHS, HEADERS):
    if headers and PREFECT_CLIENT_CUSTOM_HEADERS is None:
        continue
    chosen = {PREFECT_API_URL: url}
    if key is not None:
        chosen[PREFECT_API_KEY] = key
    if auth is not None:
        chosen[PREFECT_API_AUTH_STRING] = auth
    if headers is not None:
        chosen[PREFECT_CLIENT_CUSTOM_HEADERS] = headers
    with temporary_settings(chosen):
        client = get_client(sync_client=True)
        sent = client._client.headers.get("Authorization", "-")
        written = ["-" if v is None else v for v in (key, auth)]
        shown = "-" if headers is None else json.dumps(headers)
        print(prefect.__version__, url, *written, shown, client.server_type.value, sent, sep="\t")
