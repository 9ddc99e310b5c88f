"""Ask the real Prefect what its profile commands make of many made-up profiles.toml files.

    python record.py FILE [--count N] [--seed N]     # with a Python that can import prefect
    python record.py FILE --read                     # reads what we made of such files

FILE is a gzipped table that equality_test.go replays without Python: the same deed is done to the same file by us, and
what Prefect reads from the result must be the same. Its first line tells the version and the seed. Every other line is
one case: the deed, the variable PREFECT_PROFILE, where and how the file lies, its text, and how Prefect sees the outcome.
Without --seed the cases are new each time. PREFECT_DEEDS=FILE go test ./server/command compares such a table instead, and
with PREFECT_DEEDS_OURS=FILE writes down our outcomes with what we see in them, for --read to ask Prefect whether it agrees.

The commands run in this process, each with the settings that a new process would start with; `cloud login` and
`cloud workspace set` are represented by the function with which they write. After the use of a profile that comes with
Prefect and is not in the file, `profile populate-defaults` puts it there: without, it would not count. Left out is what the prefect command does besides:
it completes a profile that has the name of one that comes with Prefect, gives keys such as "api.url" their canonical name
and spoils arrays.
"""

import argparse
import contextlib
import gzip
import io
import json
import logging
import os
import random
import sys
import tempfile
import warnings
from pathlib import Path

START = Path.cwd()
root = Path(tempfile.mkdtemp()).resolve()
for _name in [n for n in os.environ if n.upper().startswith("PREFECT") or n == "SSL_CERT_FILE"]:
    del os.environ[_name]
HOME, WORK = root / "home", root / "work"
HOME.mkdir()
WORK.mkdir()
os.environ["HOME"] = str(HOME)
os.chdir(WORK)
FILE = HOME / ".prefect" / "profiles.toml"
warnings.simplefilter("ignore")
logging.disable()

import prefect  # noqa: E402
import prefect.cli._app as app  # noqa: E402
import prefect.cli.profile as profile_commands  # noqa: E402
import prefect.context  # noqa: E402
import tomllib  # noqa: E402
from prefect.settings import PREFECT_API_KEY, PREFECT_API_URL, Settings, update_current_profile  # noqa: E402
from prefect.settings import sources as prefect_sources  # noqa: E402


async def no_server():
    return profile_commands.ConnectionStatus.EPHEMERAL


profile_commands.check_server_connection = no_server

# The settings that cases give values: how each is written, and where its value is found.
CLOUD = "https://api.prefect.cloud/api/accounts/11111111-2222-3333-4444-555555555555/workspaces/66666666-7777-8888-9999-000000000000"
OTHER = CLOUD.replace("1111", "aaaa")
KEY = "pnu_0123456789abcdefghijklmnopqrstuvwxyz"
SETTINGS = {
    "PREFECT_API_URL": [CLOUD, "http://127.0.0.1:4200/api", "https://größe.example/api"],
    "PREFECT_API_KEY": ["pnu_abc", "pnb_" + "x" * 36],
    "PREFECT_API_AUTH_STRING": ["admin:pass"],
    "PREFECT_SERVER_EPHEMERAL_ENABLED": ["true", "false", True, False],
    "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": ["true", True],
    "PREFECT_LOGGING_LEVEL": ["DEBUG", "info", "Error"],
    "PREFECT_SERVER_API_PORT": ["4201", 4202],
    "PREFECT_SERVER_API_HOST": ["127.0.0.1", "ä#ö", "a b", "'", '"', ""],
    "PREFECT_SERVER_DATABASE_CONNECTION_URL": ["sqlite+aiosqlite:///:memory:"],
    "PREFECT_API_DATABASE_CONNECTION_URL": ["sqlite+aiosqlite:///a.db"],
    "PREFECT_CLI_COLORS": ["0", True, 1],
    "PREFECT_WORKER_QUERY_SECONDS": ["5", 2.5, 7],
    "PREFECT_FOO": ["x", 1],
    "prefect_api_url": ["http://lower/api"],
}
READ = {
    "PREFECT_API_URL": lambda s: s.api.url,
    "PREFECT_API_KEY": lambda s: s.api.key and s.api.key.get_secret_value(),
    "PREFECT_API_AUTH_STRING": lambda s: s.api.auth_string and s.api.auth_string.get_secret_value(),
    "PREFECT_SERVER_EPHEMERAL_ENABLED": lambda s: s.server.ephemeral.enabled,
    "PREFECT_LOGGING_LEVEL": lambda s: s.logging.level,
    "PREFECT_SERVER_API_PORT": lambda s: s.server.api.port,
    "PREFECT_SERVER_API_HOST": lambda s: s.server.api.host,
    "PREFECT_SERVER_DATABASE_CONNECTION_URL": lambda s: s.server.database.connection_url.get_secret_value(),
    "PREFECT_CLI_COLORS": lambda s: s.cli.colors,
    "PREFECT_WORKER_QUERY_SECONDS": lambda s: s.worker.query_seconds,
}
BUNDLED = {
    "ephemeral": {"PREFECT_SERVER_EPHEMERAL_ENABLED": "true"},
    "local": {"PREFECT_API_URL": "http://127.0.0.1:4200/api"},
    "test": {"PREFECT_SERVER_EPHEMERAL_ENABLED": "true", "PREFECT_SERVER_DATABASE_CONNECTION_URL": "sqlite+aiosqlite:///:memory:"},
    "cloud": {},
}
NAMES = ["dev", "prod", "a-b_1", "UPPER", "my prof", "my.dots", "größe", "日本", "it's", 'say "x"', *BUNDLED]


# Making cases up.

class Maker:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def chance(self, p):
        return self.random.random() < p

    def pick(self, options):
        return self.random.choice(list(options))

    def quoted(self, text):
        style = self.random.random()
        if style < 0.2 and "'" not in text:
            return f"'{text}'"
        if style < 0.25 and "'" not in text:
            return f"'''{text}'''"
        if style < 0.3 and '"' not in text:
            return f'"""\n{text}"""'
        return json.dumps(text, ensure_ascii=self.chance(0.1))

    def literal(self, value, inline=False):
        if isinstance(value, str):
            text = self.quoted(value)
            return json.dumps(value, ensure_ascii=False) if inline and "\n" in text else text
        return str(value).lower()

    def name(self, name):
        if name.isascii() and name.replace("-", "").replace("_", "").isalnum() and self.chance(0.8):
            return name
        return f"'{name}'" if "'" not in name and self.chance(0.3) else json.dumps(name, ensure_ascii=False)

    def comment(self):
        return self.pick(["  # why", " # größer", "\t#x"]) if self.chance(0.2) else ""

    def settings(self, profile):
        chosen = dict(BUNDLED.get(profile, {}))
        if self.chance(0.5):
            chosen["PREFECT_API_KEY"] = self.pick(SETTINGS["PREFECT_API_KEY"])
        for setting in self.random.sample(list(SETTINGS), self.random.randint(0, 4)):
            chosen[setting] = self.pick(SETTINGS[setting])
        return chosen

    def text(self):
        """Write a profiles.toml in one of the ways in which people and programs do."""
        shape = self.random.random()
        if shape < 0.06:
            return None, []
        if shape < 0.10:
            return self.pick(["", "\n", "# nothing here\n", "[profiles]\n"]), []
        profiles = {n: self.settings(n) for n in self.random.sample(NAMES, self.random.randint(0, 4))}
        lines = []
        if self.chance(0.3):
            lines += ["# My profiles", ""] if self.chance(0.5) else ["# My profiles"]
        if self.chance(0.75):
            active = self.pick(profiles) if profiles and self.chance(0.75) else self.pick(["nope", "", *BUNDLED])
            lines += [f"active{self.pick([' = ', '=', '  =  '])}{self.quoted(active)}{self.comment()}"]
        if self.chance(0.1):
            lines.append('other = "kept"')
        style = self.random.random()
        if style < 0.08:
            inner = ", ".join(f"{self.name(n)} = {self.inline(s)}" for n, s in profiles.items())
            lines.append(f"profiles = {{ {inner} }}" if inner else "profiles = {}")
        elif style < 0.16:
            lines += [f"profiles.{self.name(n)}.{k} = {self.literal(v)}" for n, s in profiles.items() for k, v in s.items()]
            profiles = {n: s for n, s in profiles.items() if s}
        elif style < 0.26:
            lines.append("[profiles]")
            for n, s in profiles.items():
                if self.chance(0.5) or not s:
                    lines.append(f"{self.name(n)} = {self.inline(s)}{self.comment()}")
                else:
                    lines += [f"{self.name(n)}.{k} = {self.literal(v)}" for k, v in s.items()]
        else:
            for n, s in profiles.items():
                lines += [""] * self.random.randint(0, 2) + (["# about this one"] if self.chance(0.2) else [])
                indent = self.pick(["", "", "", "  ", "\t"])
                lines.append(f"[{self.pick(['', '', ' '])}profiles.{self.name(n)}]{self.comment()}")
                for k, v in s.items():
                    lines.append(f"{indent}{k if self.chance(0.9) else json.dumps(k)} = {self.literal(v)}{self.comment()}")
                    if self.chance(0.1):
                        lines.append(indent + "# in between")
            if self.chance(0.1):
                lines += ["", "[other-tool]", "x = [1, 2]  # kept"]
        text = "\n".join(lines) + self.pick(["\n", "\n", "\n", "", "\n\n"])
        return text.replace("\n", "\r\n") if self.chance(0.15) else text, list(profiles)

    def inline(self, settings):
        inner = ", ".join(f"{k} = {self.literal(v, inline=True)}" for k, v in settings.items())
        return f"{{ {inner} }}" if inner else "{}"

    def deed(self, profiles):
        some = lambda: self.pick(profiles) if profiles and self.chance(0.75) else self.pick(["nope", *NAMES])  # noqa: E731
        kind = self.pick(["use", "use", "create", "create --from", "rename", "delete", "delete", "logout", "logout", "workspace", "login"])
        if kind == "create":
            return [kind, self.pick([n for n in NAMES if n not in profiles] or NAMES) if self.chance(0.8) else some()]
        if kind == "create --from":
            return [kind, self.pick(["new", *NAMES]), some()]
        if kind == "rename":
            return [kind, some(), self.pick(["new", *NAMES])]
        if kind in ("use", "delete"):
            return [kind, some()]
        return {"logout": [kind], "workspace": [kind, OTHER], "login": [kind, KEY, OTHER]}[kind]

    def case(self):
        text, profiles = self.text()
        deed = self.deed(profiles)
        pinned = None
        if deed[0] != "delete" and self.chance(0.15):
            pinned = self.pick(profiles) if profiles and self.chance(0.8) else self.pick(["nope", "local"])
        place = self.pick(["plain", "plain", "0644", "symlink", "dangling" if text is None else "0640"])
        return {"deed": deed, "pinned": pinned, "place": place, "text": text}


# Putting them to Prefect.

bare = {}


def start(pinned):
    """Have the settings that a new process would start with."""
    os.environ.pop("PREFECT_PROFILE", None)
    if pinned is not None:
        os.environ["PREFECT_PROFILE"] = pinned
    if hasattr(prefect_sources, "_file_cache"):
        prefect_sources._file_cache.clear()
    prefect.context.GLOBAL_SETTINGS_CONTEXT = None
    with contextlib.redirect_stderr(io.StringIO()):
        prefect.context.GLOBAL_SETTINGS_CONTEXT = prefect.context.root_settings_context()
    return prefect.context.GLOBAL_SETTINGS_CONTEXT


def do(deed):
    """Run a command, and tell whether it succeeded."""
    kind, *args = deed
    try:
        if kind == "workspace":
            update_current_profile({PREFECT_API_URL: args[0]})
        elif kind == "login":
            update_current_profile({PREFECT_API_KEY: args[0], PREFECT_API_URL: args[1]})
        else:
            words = {"create --from": lambda n, f: ["profile", "create", n, "--from", f], "logout": lambda: ["cloud", "logout"]}.get(
                kind, lambda *a: ["profile", kind, *a])
            app._app.meta(["--no-prompt", *words(*args)])
    except SystemExit as done:
        return not done.code
    return True


def values(settings):
    """Tell the values that are not as in a bare folder."""
    return {name: value for name, read in READ.items() if (value := read(settings)) != bare.get(name, ...)}


def defined():
    return list(tomllib.loads(FILE.read_bytes().decode()).get("profiles", {})) if FILE.exists() else []


def see():
    """Tell what Prefect reads from the file."""
    seen = {name: values(start(name).settings) for name in defined()}
    here = start(None)
    return {"profiles": seen, "displayed": here.profile.name, "here": values(here.settings)}


def lay_out(case):
    if FILE.exists():
        FILE.unlink()
    FILE.parent.mkdir(exist_ok=True)
    if case["text"] is not None:
        FILE.write_bytes(case["text"].encode())


def put(case):
    lay_out(case)
    current = start(case["pinned"]).profile.name
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        ok = do(case["deed"])
        populated = ok and case["deed"][0] == "use" and case["deed"][1] not in defined() and case["deed"][1] != "ephemeral"
        if populated:
            start(case["pinned"])
            assert do(["populate-defaults"])
    return {"ok": ok, "current": current, "populated": populated, "sees": see()}


def read(file):
    """Hold what we see in files to what Prefect does."""
    wrong = total = 0
    for line in open(file, encoding="utf-8"):
        case = json.loads(line)
        lay_out(case)
        if (sees := see()) != case["sees"]:
            wrong += 1
            print(case["text"], "we see", case["sees"], "Prefect sees", sees, sep="\n")
        total += 1
    print(f"{total} of our files, of which Prefect sees {wrong} otherwise", file=sys.stderr)
    raise SystemExit(wrong > 0 or total == 0)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("file")
    options.add_argument("--count", type=int, default=600)
    options.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 31))
    options.add_argument("--read", action="store_true")
    options = options.parse_args()
    bare.update(values(start(None).settings))
    if options.read:
        read(START / options.file)
    print("seed", options.seed, file=sys.stderr)
    with gzip.GzipFile(START / options.file, "wb", mtime=0) as out:
        out.write(json.dumps({"prefect": prefect.__version__, "seed": options.seed}).encode() + b"\n")
        for i in range(options.count):
            case = Maker(f"{options.seed}/{i}").case()
            case |= put(case)
            out.write(json.dumps(case, ensure_ascii=False).encode() + b"\n")


if __name__ == "__main__":
    main()
