"""Ask the real Prefect which value of which source is in effect, in many made-up folders.

    python record.py FILE [--count N] [--seed N]     # with a Python that can import prefect

FILE is a gzipped table that layers_test.go replays without Python. Its first line tells the versions, the seed
and every setting's value in a bare folder. Every other line is one case: the environment, the files, and what
Prefect made of them. Without --seed the cases are new each time; the seed is printed, so that a failure can be
seen again. PREFECT_LAYERS=FILE go test ./profiles/layers compares such a table, too.

A case rebuilds Settings() in this process, with the variables, home and working directory of its own, and then
the context that the command line starts with. That a fresh process says the same is checked on a sample.
"""

import argparse
import contextlib
import datetime
import gzip
import inspect
import io
import json
import logging
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

FACTS = Path(__file__).resolve().parent.parent.parent / "settings" / "facts.json"
ROOT = "/r"  # stands for the folder of all cases in the table
SAMPLE = 40  # cases that are also put to a fresh process

START, PATH = Path.cwd(), os.environ["PATH"]
ONE = len(sys.argv) == 2 and sys.argv[1] == "--one"  # this is that fresh process: one case, its variables are ours
if ONE:
    root = Path.cwd().parent
else:
    root = Path(tempfile.mkdtemp()).resolve()
    for _name in [n for n in os.environ if n.upper().startswith("PREFECT") or n == "SSL_CERT_FILE"]:
        del os.environ[_name]
    os.environ["HOME"] = str(root / "home")
    for _folder in ("home", "work", "other"):
        (root / _folder).mkdir()
    os.chdir(root / "work")

warnings.simplefilter("ignore")
logging.disable()

if ONE:
    try:
        import prefect.context
    except Exception as refused:
        print(json.dumps({"refused": type(refused).__name__}))
        sys.exit()

import dotenv  # noqa: E402
import dotenv.main  # noqa: E402
import pydantic  # noqa: E402
import pydantic_settings  # noqa: E402
from prefect.settings import sources as prefect_sources  # noqa: E402
from prefect.settings.base import PrefectBaseSettings  # noqa: E402
from prefect.settings.constants import DEFAULT_PROFILES_PATH  # noqa: E402
from prefect.settings.models.root import Settings  # noqa: E402
from pydantic import AliasChoices  # noqa: E402
from pydantic_settings.sources import InitSettingsSource  # noqa: E402


# What each source says to each model, as it is asked.

INIT = "init"
calls = {}  # model: [(source, its answer), ...] in order of rank, of the model's last instance
loaders = []  # every loader of a profile


def listen(source, name):
    """Note the answers of a class of sources."""
    ask = source.__call__

    def answer(self):
        said = ask(self)
        if name == INIT:
            calls[self.settings_cls] = []
        if name == "profile":
            loaders.append(self)
        calls[self.settings_cls].append((name, said))
        return said

    source.__call__ = answer


listen(InitSettingsSource, INIT)
listen(prefect_sources.EnvFilterSettingsSource, "env")
listen(getattr(prefect_sources, "FilteredDotEnvSettingsSource", pydantic_settings.DotEnvSettingsSource), "dotenv")
if hasattr(prefect_sources, "PrefectTomlConfigSettingsSource"):
    listen(prefect_sources.PrefectTomlConfigSettingsSource, "prefect.toml")
    listen(prefect_sources.PyprojectTomlConfigSettingsSource, "pyproject.toml")
listen(prefect_sources.ProfileSettingsTomlLoader, "profile")


class Field:
    """One setting of the installed Prefect."""

    def __init__(self, model, key, field, path):
        self.model, self.key, self.path = model, key, path
        self.name = model.model_config["env_prefix"] + key.upper()
        choices = field.validation_alias.choices if isinstance(field.validation_alias, AliasChoices) else []
        self.aliases = [c for c in choices if isinstance(c, str)] or [self.name.lower()]
        self.keys = [key, *self.aliases]  # in the order in which pydantic looks for them

    def source(self):
        """Name the source that the value in effect comes from."""
        for key in self.keys:
            if found := owner(self.model, (key,)):
                return found
        return ""


def owner(model, members):
    for name, said in calls.get(model, ()):
        for member in members:
            if isinstance(said, dict) and len(members) > 1 and member not in said:
                said = {k.lower(): v for k, v in said.items()}
            said = said.get(member, MISSING) if isinstance(said, dict) else MISSING
        if said is MISSING:
            continue
        if name != INIT:
            return name
        parent, key = parents[model]
        return owner(parent, (key, *members))
    return ""


MISSING = object()
parents = {}  # of each model: the one that holds it, and its name there
fields = {}  # by canonical name


def walk(model, path=()):
    for key, field in model.model_fields.items():
        if inspect.isclass(field.annotation) and issubclass(field.annotation, PrefectBaseSettings):
            parents[field.annotation] = model, key
            walk(field.annotation, (*path, key))
        else:
            f = Field(model, key, field, (*path, key))
            fields[f.name] = f


walk(Settings)
OWN_PARSER = not hasattr(prefect_sources, "tomllib")  # up to 3.6.13 Prefect's TOML was not quite TOML
models = {model.__name__: model for model in [Settings, *parents]}


# What Prefect makes of a case.

def value_of(settings, field):
    for key in field.path:
        settings = getattr(settings, key)
    return encode(settings)


def encode(value):
    """Write a value as JSON: an unset one, a boolean and a text as they are, any other as an object that names its type."""
    if isinstance(value, (pydantic.SecretStr, pydantic.Secret)):
        value = value.get_secret_value()
    if isinstance(value, Path):
        value = str(value)
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return {"i": str(value)}
    if isinstance(value, float):
        return {"f": repr(value)}
    if isinstance(value, datetime.timedelta):
        return {"s": [value.days * 86400 + value.seconds, value.microseconds]}
    if isinstance(value, (set, frozenset)) or isinstance(value, list) and all(isinstance(v, str) for v in value):
        return {"a": [encode(v) for v in sorted(value)]}
    if isinstance(value, list):
        return {"a": [encode(v) for v in value]}
    if isinstance(value, dict):
        return {"t": {k: encode(v) for k, v in sorted(value.items())}}
    return {"d": str(value)}


def refusal(error):
    """Write why Prefect does not start: the type of the error and the settings that it names."""
    named = []
    if isinstance(error, pydantic.ValidationError) and error.title in models:
        for problem in error.errors(include_url=False, include_context=False, include_input=False):
            model = models[error.title]
            for key in problem["loc"]:
                if model.model_fields.get(key) is None:
                    hit = [f.name for f in fields.values() if f.model is model and key in f.keys]
                    named += hit[:1]
                    break
                annotation = model.model_fields[key].annotation
                if not (inspect.isclass(annotation) and issubclass(annotation, PrefectBaseSettings)):
                    named.append(model.model_config["env_prefix"] + key.upper())
                    break
                model = annotation
    return {"refused": type(error).__name__, "named": named}


def observe(context, settings, from_settings):
    """Write everything that a case is compared by."""
    import prefect.client.base

    prefect.context.GLOBAL_SETTINGS_CONTEXT = context
    found = {}
    for name, field in fields.items():
        value, source = value_of(settings, field), from_settings[name]
        if source or name not in bare or value != bare[name]:
            found[name] = [source, value]
    loader = loaders[-1]
    return {
        "settings": found,
        "loaded": "" if loader.profiles_path == DEFAULT_PROFILES_PATH else str(loader.profiles_path),
        "active": loader.profile_settings.get(MARK, ""),
        "saved": str(settings.profiles_path),
        "displayed": context.profile.name,
        "server": prefect.client.base.determine_server_type().value,
        "view": view(),
    }


def view():
    """Ask `prefect config view --show-sources` for the source of each setting. Older ones judge each name alone."""
    import prefect.cli.config as config

    if not hasattr(config, "_cli"):
        return {}
    said = []

    class Console:
        def print(self, *texts, **_):
            said.extend(texts)

    real, config._cli.console = config._cli.console, Console()
    try:
        config.view(show_sources=True, show_secrets=True, output="json")
    except IsADirectoryError:  # it reads prefect.toml even where Prefect has started without a look at it
        return {}
    finally:
        config._cli.console = real
    return {s["name"]: s["source"] for s in json.loads("".join(map(str, said)))["settings"]}


def sources_now():
    return {name: field.source() for name, field in fields.items()}


if not ONE:  # read an .env file once for a case, and not twice for each of its 54 models
    _read, read_already = dotenv.main.DotEnv.dict, {}

    def read_once(self):
        key = str(self.dotenv_path)
        if key not in read_already:
            read_already[key] = _read(self)
        return dict(read_already[key])

    dotenv.main.DotEnv.dict = read_once


MARK = "PREFECT_X_NAME"  # a setting that no Prefect knows, so that the loader's profile can be told


def lay_out(case):
    for folder in ("home", "work", "other"):
        shutil.rmtree(root / folder)
        (root / folder).mkdir()
    os.chdir(root / "work")
    for name, text in case["files"].items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.replace(ROOT, str(root)).encode())


def environment(case):
    kept = {"HOME": str(root / "home"), "PATH": PATH}
    return kept | {k: v.replace(ROOT, str(root)) for k, v in case["env"]}


def rebuild(case):
    """Put a case to this process."""
    import prefect.context
    import prefect.settings.context

    lay_out(case)
    os.environ.clear()
    os.environ.update(environment(case))
    if hasattr(prefect_sources, "_file_cache"):
        prefect_sources._file_cache.clear()
    read_already.clear()
    loaders.clear()
    calls.clear()
    prefect.context.GLOBAL_SETTINGS_CONTEXT = None
    prefect.settings.context.Settings = prefect.context.Settings = Settings
    try:
        settings = Settings()
        from_settings = sources_now()
        prefect.settings.context.Settings = prefect.context.Settings = lambda: settings
        with contextlib.redirect_stderr(io.StringIO()):
            context = prefect.context.root_settings_context()
    except Exception as error:
        return refusal(error)
    return observe(context, settings, from_settings)


def start():
    """Tell what `import prefect` has made of the variables of this process."""
    context = prefect.context.GLOBAL_SETTINGS_CONTEXT
    again = Settings()  # for the sake of the sources, which nobody listened to
    assert again == context.settings
    return observe(context, context.settings, sources_now())


def fresh(case):
    """Put a case to a process of its own."""
    lay_out(case)
    done = subprocess.run([sys.executable, __file__, "--one"], cwd=root / "work", env=environment(case),
                          capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"the fresh process failed: {done.stderr}")
    said = json.loads(done.stdout.splitlines()[-1])
    for name, (source, value) in list(said.get("settings", {}).items()):
        if not source and value == bare[name]:
            del said["settings"][name]
    return said


def relative(said):
    """Write the folder of all cases as the table has it."""
    return json.loads(json.dumps(said).replace(str(root), ROOT))


# Making cases up.

CLOUD = "https://api.prefect.cloud/api/accounts/11111111-2222-3333-4444-555555555555/workspaces/66666666-7777-8888-9999-000000000000"
URLS = ["http://127.0.0.1:4200/api", "http://h:4200/api", "https://x.example/prefect/api", "https://x.example/api/", CLOUD,
        CLOUD + "/", "https://api.prefect.cloud/api", "https://API.prefect.cloud/api", "http://api.prefect.cloud/api/accounts/a",
        "https://app.prefect.cloud/account/a/workspace/b", "localhost:4200", "https://cloud.example/api/accounts/a/workspaces/b", ""]
SPECIAL = {
    "PREFECT_API_URL": URLS,
    "PREFECT_CLOUD_API_URL": ["https://api.prefect.cloud/api", "https://api.stg.prefect.dev/api", "https://cloud.example/api",
                              "https://api.private.prefect.cloud/api", "http://api.prefect.cloud/api", "https://api-prefect-x/y", ""],
    "PREFECT_CLOUD_UI_URL": ["https://app.prefect.cloud", "https://ui.example", ""],
    "PREFECT_UI_URL": ["http://ui.example", ""],
    "PREFECT_SERVER_UI_API_URL": ["http://u:1/api", ""],
    "PREFECT_SERVER_DATABASE_CONNECTION_URL": ["sqlite+aiosqlite:///a.db", "postgresql+asyncpg://u:${PREFECT_SERVER_DATABASE_PASSWORD}@h/d",
                                               "postgresql+asyncpg://u:${PREFECT_API_DATABASE_PASSWORD}@h/d", "x://PREFECT_SERVER_DATABASE_PASSWORD"],
    "PREFECT_SERVER_DATABASE_NAME": ["db", "a/b.db"],
    "PREFECT_HOME": [ROOT + "/other", "~/h", "rel", "", ROOT + "//other/./x/", "~", "a~b", ".", " rel", "rel ", "$HOME/h", ROOT + "/other/../home/.prefect"],
    "PREFECT_PROFILES_PATH": [ROOT + "/other/p.toml", "p.toml", "~/p.toml", "$PREFECT_HOME/p.toml", "${PREFECT_HOME}/p.toml", ROOT + "/home/none.toml", "",
                              "../other/p.toml", " p.toml", "p.toml/", ROOT + "/other", "rel/p.toml/x", "$PREFECT_HOME"],
    "PREFECT_LOGGING_CONFIG_PATH": ["/a//b/", "rel/x", "~/t"],  # empty, it breaks what Prefect does after this
    "PREFECT_LOGGING_TO_API_MAX_LOG_SIZE": ["20000", "30000", "1000", "26000", "5000000"],
    "PREFECT_LOGGING_TO_API_BATCH_SIZE": ["4000000", "1000000", "2000000", "500"],
    "PREFECT_CLOUD_MAX_LOG_SIZE": ["25000", "10000", "2000000"],
}
POPULAR = [
    "PREFECT_API_URL", "PREFECT_API_URL", "PREFECT_API_URL", "PREFECT_API_KEY", "PREFECT_API_AUTH_STRING", "PREFECT_CLOUD_API_URL",
    "PREFECT_CLOUD_UI_URL", "PREFECT_UI_URL", "PREFECT_SERVER_UI_API_URL", "PREFECT_SERVER_API_HOST", "PREFECT_SERVER_API_PORT",
    "PREFECT_SERVER_EPHEMERAL_ENABLED", "PREFECT_LOGGING_LEVEL", "PREFECT_INTERNAL_LOGGING_LEVEL", "PREFECT_DEBUG_MODE",
    "PREFECT_TESTING_TEST_MODE", "PREFECT_CLIENT_CUSTOM_HEADERS", "PREFECT_CLIENT_RETRY_EXTRA_CODES", "PREFECT_HOME",
    "PREFECT_RESULTS_LOCAL_STORAGE_PATH", "PREFECT_SERVER_MEMO_STORE_PATH", "PREFECT_LOGGING_CONFIG_PATH",
    "PREFECT_LOGGING_TO_API_MAX_LOG_SIZE", "PREFECT_LOGGING_TO_API_BATCH_SIZE", "PREFECT_CLOUD_MAX_LOG_SIZE",
    "PREFECT_SERVER_DATABASE_CONNECTION_URL", "PREFECT_SERVER_DATABASE_PASSWORD", "PREFECT_SERVER_DATABASE_DRIVER",
    "PREFECT_SERVER_DATABASE_NAME", "PREFECT_SERVER_DATABASE_HOST", "PREFECT_SERVER_DATABASE_USER", "PREFECT_SERVER_DATABASE_PORT",
    "PREFECT_SERVER_LOGGING_LEVEL", "PREFECT_SERVER_SERVICES_DB_VACUUM_EVENT_RETENTION_OVERRIDES", "PREFECT_PLUGINS_ENABLED",
]
DATABASE = ["PREFECT_SERVER_DATABASE_" + x for x in ("DRIVER", "HOST", "USER", "NAME", "PASSWORD", "PORT", "CONNECTION_URL")]
TEXTS = {  # by kind: what can be written in every source
    "boolean": ["true", "false", "1", "0", "Yes", "off"],
    "integer": ["60", "300", "1_000", "45"],
    "number": ["60", "45.5", "1e2"],
    "string": ["a", "b c", "ä#ö", "x,y", "/p", ""],
    "path": ["/a//b/", "rel/x", "~/t", ""],
    "log level": ["debug", "INFO", "Error"],
    "duration": ["PT1H", "01:00:00", "2 days"],
    "duration or seconds": ["7200", "PT3H"],
    "comma-separated names": ["a,b", "x", "", "b, a,"],
    "status codes": ["500", "504, 500", ""],
    "JSON object": ['{"X":"y"}', '{"A":"1","X":"z"}', "{}", '{"B":"2"}'],
    "JSON object of durations": ['{"a":60}', '{"b":"PT2M","a":1}', "{}"],
    "number or list of numbers": ["5", "1.5"],
    "retry delays": ["5", "1,2"],
    "vacuum types": ["events", "true", "events,flow_runs", "0"],
    "anything": ["x", "5", ""],
}
NATIVES = {  # by kind: TOML literals other than text
    "boolean": ["true", "false", "1"],
    "integer": ["60", "300", "0x3c", "60.0"],
    "number": ["60", "45.5"],
    "duration": ["3600", "90.5"],
    "duration or seconds": ["7200", "7300.25"],
    "status codes": ["500", "[504, 500]"],
    "number or list of numbers": ["5", "[1, 2.5]"],
    "retry delays": ["5", "[1, 2]"],
    "vacuum types": ["true", '["events"]'],
    "anything": ["5", "[1]"],
}
ARRAYS = {"comma-separated names": '["a", "b"]'}
if OWN_PARSER:  # it takes no list of an integer and a float
    NATIVES["number or list of numbers"][1] = "[1.5, 2.5]"
TABLES = {"JSON object": ['{ X = "y" }', '{ C = "3", X = "q" }'], "JSON object of durations": ['{ a = 60 }', '{ c = "PT5M" }']}
BAD = ["", "abc", "true ", "-1", "none", "[", "12,", "null", "null"]
OTHERS = ["PREFECT_FOO", "PREFECT_ORION_API_HOST", "PREFECT_AGENT_QUERY_INTERVAL"]


def quoted(text):
    return json.dumps(text, ensure_ascii=False)


class Maker:
    """Makes one case up."""

    def __init__(self, seed, catalogue):
        self.random = random.Random(seed)
        self.catalogue = catalogue
        self.env, self.files = [], {}
        self.dotenv, self.config, self.pyproject, self.profiles = [], [], [], {}
        self.odd = False  # `prefect config view` reads this otherwise than Prefect itself

    def chance(self, p):
        return self.random.random() < p

    def pick(self, options):
        return self.random.choice(options)

    def text(self, fact):
        if self.chance(0.007):
            return self.pick(BAD)
        if fact["name"] in SPECIAL:
            return self.pick(SPECIAL[fact["name"]])
        if fact["kind"] == "choice":
            return self.pick(fact["choices"])
        return self.pick(TEXTS[fact["kind"]])

    def literal(self, fact, in_config):
        kind = fact["kind"]
        if in_config and kind in TABLES and self.chance(0.6):
            self.odd = True
            return self.pick(TABLES[kind])
        if kind in ARRAYS and self.chance(0.2):
            return ARRAYS[kind]
        if kind in NATIVES and fact["name"] not in SPECIAL and self.chance(0.4):
            return self.pick(NATIVES[kind])
        if self.chance(0.004):
            return self.pick(["5", "true", "[]", "{ a = 1 }", "1979-05-27"])
        return quoted(self.text(fact))

    def names(self, fact):
        """Pick the canonical name, a legacy one, or several."""
        known = [n for n in [fact["name"], *fact["legacy"]] if n.lower() in fields[fact["name"]].aliases]
        if len(known) == 1 or self.chance(0.5):
            return known[:1]
        return self.random.sample(known, self.random.randint(1, len(known)))

    def case_of(self, name):
        if self.chance(0.05):
            self.odd = True
            return self.pick([name.lower(), name.title()])
        return name

    def env_line(self, name, value):
        if self.chance(0.06):
            return self.odd_line(name, value)
        simple = value and not re.search(r"[\s#'\"\\$]", value)
        style = self.random.random()
        if simple and style < 0.5:
            line = f"{name}={value}"
        elif style < 0.8 or '"' in value:
            line = name + "='" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
        else:
            line = name + '="' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
        if self.chance(0.06):
            line = "export " + line
        if self.chance(0.06):
            line += "  # why"
        return line

    def odd_line(self, name, value):
        """Write a line of .env as few people do; python-dotenv reads or skips it."""
        self.odd = True
        start = self.pick(["", "", " ", "\t", "export\t", "  export  ", "EXPORT ", "\u00a0"])
        key = self.pick([name, name, f"'{name}'", f"'{name}' ", f'"{name}"', name + "+"])
        equals = self.pick(["=", "=", " = ", "\t=\t", ":", " ", "", "==", "=\u00a0"])
        text = self.pick([value, f'"{value}"', f"'{value}'", f"`{value}`", value + "#c", value + " ;", f"'{value}'x", f'"{value}', "${OTHER-" + value + "}",
                          "${OTHER:-" + value + "}", f"${{{name}:-{value}}}", "$OTHER", "\\${OTHER}", "'a\nb'", "${X:-${OTHER}}", "${PREFECT_API_URL}"])
        return start + key + equals + text

    def setting(self, name):
        fact = self.catalogue[name]
        places = [p for p in range(5) if self.chance(0.38)] or [self.random.randrange(5)]
        if 0 in places:
            self.env += [[self.case_of(n), self.text(fact)] for n in self.names(fact)]
            if self.chance(0.02):
                self.odd = True
                self.env.append([name.lower(), self.text(fact)])
        if 1 in places:
            self.dotenv += [self.env_line(self.case_of(n), self.text(fact)) for n in self.names(fact)]
            if self.chance(0.04):
                self.odd = True
                again = self.pick([name, name.lower()])
                self.dotenv.append(self.pick([again, self.env_line(again, self.text(fact))]))
            if self.chance(0.02):
                self.dotenv.append(self.pick([f'{name}="x"junk', f"set {name}=1", f"{name}: 1", f'{name}="x']))
            if self.chance(0.03):
                self.dotenv.append(f"{name}=" + self.pick(["${OTHER}/x", "${NONE}", "${NONE:-60}", "'${OTHER}'", f"${{{name}}}/b"]))
        for place, into in ((2, self.config), (3, self.pyproject)):
            if place in places:
                into.append((fact["path"], self.literal(fact, True)))
        if 4 in places:
            profile = self.profiles.setdefault(self.pick(["dev", "dev", "dev", "prod"]), {})
            for n in self.names(fact):
                profile[n] = self.literal(fact, False)

    def group(self):
        """Give a whole group as JSON."""
        self.odd = True
        model = self.pick([m for m in parents if m.__name__ not in ("ExperimentsSettings", "SQLAlchemySettings", "PluginsSettings")])
        members = {}
        for field in fields.values():
            at = field.path
            fact = self.catalogue.get(field.name)
            if fact is None or not self.chance(0.3) or "sqlalchemy" in at:
                continue
            trail = []
            m = field.model
            while m in parents and m is not model:
                m, key = parents[m]
                trail.insert(0, key)
            if m is not model:
                continue
            inner = members
            for key in trail:
                inner = inner.setdefault(key, {})
            inner[field.key.upper() if len(field.keys) == 2 and self.chance(0.1) else field.key] = self.member(fact)
        text = json.dumps(members)
        if self.chance(0.08):
            text = self.pick(["", "null", "5", "[]", "x", '{"api": 5}', '"a"'])
        name = model.model_config["env_prefix"].removesuffix("_")
        place = self.random.random()
        if place < 0.5:
            self.env.append([name, text])
        elif place < 0.8:
            self.dotenv.append(name + "='" + text.replace("\\", "\\\\").replace("'", "\\'") + "'")
        else:
            self.profiles.setdefault("dev", {})[name] = quoted(text)

    def member(self, fact):
        if self.chance(0.03):
            return None
        text = self.text(fact)
        if fact["kind"] in ("JSON object", "JSON object of durations"):
            with contextlib.suppress(ValueError):
                return json.loads(text)
        if fact["kind"] in ("boolean", "integer", "number") and self.chance(0.5):
            with contextlib.suppress(ValueError):
                return json.loads(text)
        return text

    def config_in(self, pairs, root):
        """Write settings as TOML, now and then as few people do."""
        if OWN_PARSER or not pairs or self.chance(0.8):
            return self.pairs_in(pairs, root)
        self.odd = True
        distinct = {}
        for path, literal in pairs:
            if not any(path == p or path.startswith(p + ".") or p.startswith(path + ".") for p in distinct):
                distinct[path] = literal
        shape = self.random.random()
        if shape < 0.5:
            return "".join(f"{self.key(root + path.split('.'))} = {literal}\n" for path, literal in distinct.items())
        if shape < 0.85:
            tree = {}
            for path, literal in distinct.items():
                inner = tree
                *above, key = root + path.split(".")
                for name in above:
                    inner = inner.setdefault(name, {})
                inner[key] = literal
            return "".join(f"{self.key([name])} = {self.inline(value)}\n" for name, value in tree.items())
        path, literal = self.pick(list(distinct.items()))
        whole = root + path.split(".")
        above = whole[:self.random.randint(len(root) or 1, len(whole))]  # a list of tables in place of the setting or a group
        return f"[[{self.key(above)}]]\n{self.key(whole[len(above):] or ['x'])} = {literal}\n"

    def inline(self, value):
        return value if isinstance(value, str) else "{ " + ", ".join(f"{self.key([k])} = {self.inline(v)}" for k, v in value.items()) + " }"

    def key(self, names):
        return ".".join(self.pick([n, n, quoted(n), f"'{n}'"]) for n in names)

    def pairs_in(self, pairs, root):
        """Write settings as TOML, under headers or with dotted keys."""
        tables, lines, seen = {}, [], set()
        for path, literal in pairs:
            if path in seen:
                continue
            seen.add(path)
            full = root + path.split(".")
            if literal in (t for some in TABLES.values() for t in some) and self.chance(0.5):
                tables[".".join(full)] = literal.strip("{} ").split(", ")
            elif self.chance(0.15):
                lines.append(".".join(full) + " = " + literal)
            else:
                tables.setdefault(".".join(full[:-1]), []).append(f"{full[-1]} = {literal}")
        if any("." in line.split(" =")[0] for line in lines):  # what a dotted key opened, no header may open again
            opened = {".".join(line.split(" =")[0].split(".")[:n]) for line in lines for n in range(1, line.count(".") + 2)}
            for table in [t for t in tables if any(t == o or t.startswith(o + ".") for o in opened)]:
                lines += [f"{table}.{pair}" if table else pair for pair in tables.pop(table)]
        lines += tables.pop("", [])
        for table, inner in tables.items():
            lines += [f"[{table}]", *inner]
        return "\n".join(lines) + "\n"

    def profile_file(self):
        lines = []
        others = [n for n in ("dev", "prod", "local", "ephemeral", "my.dots") if self.chance(0.3)]
        for name in others:
            self.profiles.setdefault(name, {})
        for name, profile in self.profiles.items():
            lines.append(f"[profiles.{quoted(name) if '.' in name else name}]")
            lines.append(f'{MARK} = "{name}"')
            lines += [f"{key} = {literal}" for key, literal in profile.items()]
            if self.chance(0.06):
                self.odd = True
                lines.append(self.pick(['"api.url" = "http://dotted/api"', 'prefect_api_url = "http://lower/api"', 'PREFECT_FOO = "x"',
                                        'PREFECT_API_KEY.x = 1', 'note = "hi"']))
            if self.chance(0.01):
                lines.append(f"[profiles.{name}.PREFECT_CLIENT_CUSTOM_HEADERS]\nX = \"y\"")
            if self.chance(0.01):
                lines.append(f"[profiles.{name}.sub]\nPREFECT_API_URL = \"y\"")
        return "\n".join(lines) + "\n"

    def active(self):
        if self.chance(0.72):
            return quoted(self.pick([n for n in self.profiles if "." not in n] or ["dev"]))
        return self.pick(['"local"', '"test"', '"cloud"', '"ephemeral"', '"nope"', '""', "1", "[]", '["dev"]', "true", "{}", '"my.dots"', None, None])

    def home_file(self):
        """Write the profiles.toml, with what people get wrong in it."""
        profiles = self.profile_file()
        active = self.active()
        if active is not None and self.chance(0.04):
            profiles += f"active = {active}\n"  # below a header, where it is a key of the profile
            active = None
        text = ("" if active is None else f"active = {active}\n\n") + profiles
        if self.chance(0.05) and not OWN_PARSER:
            text = self.pick([
                "", "active = \"dev\"\n", "\ufeff" + text, text + "x = \n", "profiles = \"x\"\n", "active = \"x\"\nprofiles = \"x\"\n",
                text + "[profiles]\np = \"x\"\n" if "[profiles" not in text else "[profiles]\np = \"x\"\n", "active = \"p\"\n[[profiles.p]]\na = 1\n",
                "[[profiles]]\na = 1\n", "[[profiles]]\ndev = 1\n", "[[profiles]]\n" + profiles, "[active]\na = 1\n" + profiles, "active.a = 1\n" + profiles, "[active]\n" + profiles, "profiles = []\n", "active = \"dev\"\n[dev]\nPREFECT_API_URL = \"u\"\n", text + "[other]\na = 1\n",
                "active = \"dev\"\nprofiles.dev.PREFECT_API_URL = \"http://dots/api\"\n", "profiles = { dev = { PREFECT_API_URL = \"http://inline/api\" } }\n", "profiles = { dev = 1 }\n",
            ])
        return text

    def mode(self):
        """Add what decides on the profiles and their file."""
        if self.chance(0.14):
            self.env.append(["PREFECT_PROFILE", self.pick(["dev", "prod", "local", "nope", "", "ephemeral", "DEV", " dev", "dev ", "test", "my.dots"])])
        if self.chance(0.03):
            self.env.append(["prefect_profile", "prod"])
        if self.chance(0.03):
            self.dotenv.append("PREFECT_PROFILE=prod")
        if self.chance(0.05):
            self.odd = True
            self.env.append([self.pick(["PREFECT_TEST_MODE", "PREFECT_UNIT_TEST_MODE", "PREFECT_TESTING_TEST_MODE", "PREFECT_TESTING_UNIT_TEST_MODE",
                                        "prefect_test_mode"]), self.pick(["1", "0", "true"])])
        if self.chance(0.08):
            self.setting("PREFECT_PROFILES_PATH")
        if self.chance(0.06):
            self.setting("PREFECT_HOME")

    def oddities(self):
        if self.chance(0.06):
            self.group()
            if self.chance(0.3):
                self.group()
        if self.chance(0.06):
            self.odd = True
            self.dotenv.append(self.pick(["PREFECT_FOO=1", "OTHER=x", "url=x", "PREFECT_API_URL", "# c", "prefect_api_key=low", "PREFECT-API=1",
                                          "level=DEBUG", "'PREFECT_API_KEY'=q"]))
        if self.chance(0.03):
            self.config.append(self.pick([("PREFECT_API_URL", '"x"'), ("prefect.api.url", '"x"'), ("server.api.foo", "1"), ("API.url", '"x"'),
                                          ("api.url.deeper", '"x"'), ("client.custom_headers.deep.a", '"x"'), ("experiments.plugins", "1"), ("experiments.plugins.enabled", "true")]))
            self.odd = True
        if self.chance(0.03):
            self.pyproject.append(self.pick([("foo", '"x"'), ("server.ephemeral.nope", "1"), ("experiments.plugins.enabled", "true")]))
            self.odd = True
        if self.chance(0.03):
            self.env.append([self.pick(OTHERS), "1"])

    def make(self):
        for name in self.random.sample(POPULAR, self.random.randint(0, 4)):
            if name in self.catalogue:
                self.setting(name)
        for name in self.random.sample(sorted(self.catalogue), self.random.randint(0, 3)):
            self.setting(name)
        if self.chance(0.06):
            for name in self.random.sample(DATABASE, self.random.randint(3, 6)):
                self.setting(name)
        self.mode()
        self.oddities()
        self.random.shuffle(self.dotenv)
        if self.dotenv or self.chance(0.1):
            text = "\n".join(self.dotenv) + "\n"
            if self.chance(0.03):
                text = self.pick(["\ufeff" + text, text.replace("\n", "\r\n"), "\n" + text, text.rstrip("\n")])
            self.files["work/.env"] = text
        if self.config or self.chance(0.05):
            text = self.config_in(self.config, [])
            if self.chance(0.02) and not OWN_PARSER:
                text = self.pick(["api = \"x\"\n", "[[api]]\nurl = \"x\"\n", "api = []\n", text + "x = \n", "\ufeff" + text, "server.api = 5\n", "server = { api = 5 }\n"])
            self.files["work/prefect.toml"] = text
        if self.pyproject or self.chance(0.05):
            text = self.config_in(self.pyproject, ["tool", "prefect"])
            if text.startswith("[tool.prefect"):
                text = "[project]\nname = \"x\"\n\n" + text
            if self.chance(0.02) and not OWN_PARSER:
                text = self.pick(["tool = 1\n", "[tool]\nprefect = \"x\"\n", "[[tool]]\na = 1\n", "[[tool.prefect]]\na = 1\n", "[tool.prefect]\napi = 1\n", "[tool]\nprefect = { server = { api = 1 } }\n", text + "]\n"])
            self.files["work/pyproject.toml"] = text
        if self.profiles or self.chance(0.5):
            text = self.home_file()
            if self.chance(0.85):
                self.files["home/.prefect/profiles.toml"] = text
            said = repr([self.env, self.dotenv, self.config, self.pyproject, self.profiles]).lower()
            for place in ("other/p.toml", "other/profiles.toml", "work/p.toml", "home/h/profiles.toml", "work/~/p.toml",
                          "work/rel/profiles.toml", "home/profiles.toml"):
                if ("profiles_path" in said or "home" in said) and self.chance(0.3):
                    self.files[place] = text if self.chance(0.6) else self.home_file()
        for name, text in self.files.items():
            if name.endswith(".toml") and self.chance(0.01):
                self.files[name] = text.replace("\n", "\r")
        if self.chance(0.01):
            folder = self.pick(["work/prefect.toml", "work/pyproject.toml", "work/.env", "home/.prefect/profiles.toml"])
            self.files.pop(folder, None)
            self.files[folder + "/file"] = ""
        unique = {}
        for name, value in self.env:
            unique.pop(name, None)
            unique[name] = value
        return {"env": [[k, v] for k, v in unique.items()], "files": self.files, "odd": self.odd}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    options = parser.parse_args()
    print("seed", options.seed, flush=True)

    import prefect

    facts = json.loads(FACTS.read_text())["settings"]
    catalogue = {f["name"]: f for f in facts if f["name"] in fields}
    nothing = {"env": [], "files": {}, "odd": False}
    said = rebuild(nothing)
    bare.update({name: value for name, (_, value) in said["settings"].items()})
    header = {"prefect": prefect.__version__, "pydantic": pydantic.__version__, "pydantic_settings": pydantic_settings.__version__,
              "seed": options.seed, "bare": relative(bare)}
    checked = differing = 0
    with gzip.GzipFile(START / options.file, "wb", mtime=0) as table:
        def write(row):
            table.write((json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n").encode())

        write(header)
        for n in range(options.count):
            case = Maker(f"{options.seed}/{n}", catalogue).make()
            said = relative(rebuild(case))
            if n % (max(1, options.count // SAMPLE)) == 0:
                checked += 1
                alone = relative(fresh(case))
                if alone != {k: v for k, v in said.items() if k != "named"}:
                    differing += 1
                    print("a fresh process differs:", json.dumps(case), json.dumps(said), json.dumps(alone), sep="\n", flush=True)
            if case["odd"]:
                said.pop("view", None)
            write([case["env"], case["files"], said])
            if n % 100 == 99:
                print(n + 1, flush=True)
        for n in range(SAMPLE // 4):  # Prefect looks at this variable only as it is imported
            case = Maker(f"{options.seed}/ssl/{n}", catalogue).make()
            case["env"].append(["SSL_CERT_FILE", "/ca.pem"])
            said = relative(fresh(case))
            said.pop("view", None)
            write([case["env"], case["files"], said])
    shutil.rmtree(root)
    print(f"{checked} cases put to a fresh process, {differing} differ")
    return 1 if differing else 0


bare = {}  # the value of every setting where nothing is set

if __name__ == "__main__":
    if ONE:
        print(json.dumps(start()))
    else:
        sys.exit(main())
