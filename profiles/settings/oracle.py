"""Ask the real Prefect what it makes of many values of every kind from every source.

    python oracle.py FILE [--seed N] [--share N]     # with a Python that can import prefect

FILE is a gzipped table that oracle_test.go replays without Python. Its first line tells the versions. Every
other line is [name, value, results]: one result each for a variable, a line of .env, a profile, prefect.toml
and pyproject.toml. REFUSED and NOT_TRIED are results too. Values and results are JSON: null (unset), a
boolean or a text; anything else is an object with one key that names its type (see native and encode).

Each case loads only the model that holds the setting, in this process, with the variables and the working
directory of its own. That a whole Settings() does the same is checked on a sample of the cases.
--seed draws other random values than the recorded tables have, for which it is 0, and --share takes one case in N.
"""

import argparse
import datetime
import gzip
import inspect
import json
import os
import random
import sys
import tempfile
import tomllib
import warnings
from pathlib import Path

REFUSED, NOT_TRIED = 0, 1
SAMPLE = 400  # cases that are checked against a whole Settings()

START = Path.cwd()
FOLDER = Path(__file__).resolve().parent
HOME = Path(tempfile.mkdtemp()).resolve()
for _name in [n for n in os.environ if n.upper().startswith("PREFECT") or n == "SSL_CERT_FILE"]:
    del os.environ[_name]
os.environ["HOME"] = str(HOME)
(HOME / ".prefect").mkdir()
PROFILES = HOME / ".prefect/profiles.toml"
WORK = HOME / "work"
WORK.mkdir()
os.chdir(WORK)

import dotenv  # noqa: E402
import prefect  # noqa: E402
import pydantic  # noqa: E402
import pydantic_settings  # noqa: E402
from prefect.settings import Settings, sources  # noqa: E402
from prefect.settings.base import PrefectBaseSettings  # noqa: E402

warnings.simplefilter("ignore")

ENVIRONMENT, DOTENV, PROFILE, PREFECT_TOML, PYPROJECT = range(5)


# Values. A text is a str. A native TOML value is a dict with one key: b(oolean), i(nteger), f(loat), d(ate or
# time), each with its text; a(rray) with a list; t(able) with a dict.

def toml(value):
    """Write a value as TOML."""
    if isinstance(value, str):
        return toml_text(value)
    (kind, inner), = value.items()
    if kind == "a":
        return "[" + ", ".join(map(toml, inner)) + "]"
    if kind == "t":
        return "{" + ", ".join(f"{toml_text(k)} = {toml(v)}" for k, v in inner.items()) + "}"
    return inner


def toml_text(text):
    escaped = "".join(f"\\u{ord(c):04x}" if ord(c) < 32 or ord(c) == 127 else {'"': '\\"', "\\": "\\\\"}.get(c, c)
                      for c in text)
    return f'"{escaped}"'


def env_text(text):
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def encode(value):
    """Write what Prefect made of a value."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, pydantic.SecretStr):
        return value.get_secret_value()
    if isinstance(value, str):
        return value
    if isinstance(value, Path):
        return shorten(str(value))
    if isinstance(value, int):
        return {"i": str(value)}
    if isinstance(value, float):
        return {"f": repr(value)}
    if isinstance(value, datetime.timedelta):
        return {"s": [value.days * 86400 + value.seconds, value.microseconds]}
    if isinstance(value, (set, frozenset)):
        return {"a": [encode(v) for v in sorted(value)]}
    if isinstance(value, (list, tuple)):
        return {"a": [encode(v) for v in value]}
    if isinstance(value, dict):
        return {"t": {k: encode(v) for k, v in value.items()}}
    if isinstance(value, (datetime.date, datetime.time)):
        return {"d": ""}
    raise SystemExit(f"cannot encode {value!r}")


def shorten(path):
    """Undo the expansion of the home folder, which our side leaves to its caller."""
    home = str(HOME)
    if path == home or path.startswith(home + "/"):
        return "~" + path[len(home):]
    return path


# Loading.

def fields(model=Settings, path=()):
    for name, field in model.model_fields.items():
        if inspect.isclass(field.annotation) and issubclass(field.annotation, PrefectBaseSettings):
            yield from fields(field.annotation, path + (name,))
        else:
            env = f"{model.model_config['env_prefix']}{name}".upper()
            yield env, (model, path, name)


FIELDS = dict(fields())

# Prefect also compares some settings with each other, or reads more into them. These companions keep
# that out of the way, so that a case depends on its own value alone.
COMPANIONS = {
    "PREFECT_LOGGING_TO_API_BATCH_SIZE": {"PREFECT_LOGGING_TO_API_MAX_LOG_SIZE": "-" + "9" * 100},
    "PREFECT_LOGGING_TO_API_MAX_LOG_SIZE": {"PREFECT_LOGGING_TO_API_BATCH_SIZE": "9" * 4300},
}
# Prefect opens what these lead to, unless they are in a profile. Values that the file system refuses do not count.
OPENED = {"PREFECT_HOME", "PREFECT_PROFILES_PATH"}
_clock = [10 ** 9]


def write(path, text):
    path.write_text(text, encoding="utf-8")
    _clock[0] += 1  # Prefect caches TOML files by their time
    os.utime(path, (_clock[0], _clock[0]))


def write_toml(path, text):
    """Write a TOML file, and report whether Prefect reads it as TOML 1.0.

    Before 3.6.14 it uses a package that cannot do all of it; what that does to a file is not a matter of casting."""
    write(path, text)
    try:
        return repr(getattr(sources, "toml", tomllib).loads(text)) == repr(tomllib.loads(text))
    except ValueError:
        return False


def place(name, value, source):
    """Put a value where its source is read, or report that it cannot be there."""
    _, path, field = FIELDS[name]
    if name in OPENED and source != PROFILE and isinstance(value, str):
        if len(value) > 200 or name == "PREFECT_PROFILES_PATH" and Path(value).is_dir():
            return False
    write(PROFILES, 'active = "p"\n[profiles.p]\n')  # else Prefect takes a profile of its own, which sets something
    if source == ENVIRONMENT:
        if not isinstance(value, str):
            return False
        os.environ[name] = value
    elif source == DOTENV:
        if not isinstance(value, str):
            return False
        write(WORK / ".env", f"{name}={env_text(value)}\n")
        return dotenv.dotenv_values(WORK / ".env").get(name) == value
    elif source == PROFILE:
        return write_toml(PROFILES, f'active = "p"\n[profiles.p]\n{name} = {toml(value)}\n')
    elif source == PREFECT_TOML:
        header = f"[{'.'.join(path)}]\n" if path else ""
        return write_toml(WORK / "prefect.toml", f"{header}{field} = {toml(value)}\n")
    else:
        header = f"[{'.'.join(('tool', 'prefect') + path)}]\n"
        return write_toml(WORK / "pyproject.toml", f"{header}{field} = {toml(value)}\n")
    return True


def clear(name):
    os.environ.pop(name, None)
    for file in (WORK / ".env", WORK / "prefect.toml", WORK / "pyproject.toml", PROFILES):
        file.unlink(missing_ok=True)


def ask(name, value, source, whole=False):
    """Return what Prefect makes of one value, or REFUSED, or NOT_TRIED."""
    model, path, field = FIELDS[name]
    companions = COMPANIONS.get(name, {})
    os.environ.update(companions)
    try:
        if not place(name, value, source):
            return NOT_TRIED
        loaded = Settings() if whole else model()
        for group in path if whole else ():
            loaded = getattr(loaded, group)
        if field not in loaded.model_fields_set:
            return None
        loaded = getattr(loaded, field)
        if name == "PREFECT_LOGGING_EXTRA_LOGGERS":  # a list in the accidental order of a set
            loaded = set(loaded)
        return encode(loaded)
    except Exception:
        return REFUSED
    finally:
        clear(name)
        for companion in companions:
            del os.environ[companion]


# The corpus.

def b(text): return {"b": text}
def i(text): return {"i": str(text)}
def f(text): return {"f": str(text)}
def d(text): return {"d": text}
def a(*items): return {"a": list(items)}
def t(**items): return {"t": items}


TEXTS = [
    "", " ", "\t", "true", "false", "True", "FALSE", "tRuE", "1", "0", "yes", "no", "YES", "on", "off", "y", "n", "t",
    "f", "T", " true", "true ", "true\n", "enabled", "disabled", "2", "-1", "+1", "-0", "00", "007", "0-1", "1.0", "0.0",
    "1.5", "-1.5", ".5", "5.", "1e3", "1E3", "1e400", "1_000", "1__0", "_1", "1_", "1,000", "0x10", "0b1", " 5 ",
    "\t5", "5\n", "\u00a05", "\u20035", "5\u200b", "none", "None", "null", "NULL", " null ", "nil", "nan", "NaN", "inf",
    "-inf", "+inf", "Infinity", "-Infinity", "INFINITY", "abc", "ünïcödé", "日本語", "٣", "４２", "🚀", "a b", "a,b",
    "a, b ,c", "b,a,b", "a,,b", "a,", ",a", ",", ", ,", "1,2", "1, 2", "2,1,2", "1,,2", "1;2", "[]", "[ ]", "[1,2]", "[1, 2.5]",
    "[1, 2", '["a", "b"]', '["a", 1]', '["1", "2"]', "[true]", "[null]", "[[1]]", "{}", '{"a": "b"}', '{"a": 1}',
    '{"a": null}', '{"a": "b", "a": "c"}', "{'a': 'b'}", '"{}"', '"quoted"', "'quoted'", '""', '"null"', '"1"', '"1,2"',
    "9" * 30, "-" + "9" * 30, "x" * 5000, "1" * 4300, "1" * 4301, "9223372036854775807", "9223372036854775808",
    "3600", "3601", "60s", "1h", "30m", "PT1H", "P1D", "01:30:00", "1:30", "7 days", "7 days, 0:00:00", "-PT1H",
    "WARN", "warning", "INFO", "info", " INFO", "20", "/tmp/x", "~", "~/x", "~/", ".", "..", "/", "//", "//a", "///a",
    "./a//b/../c/./", "C:\\Users\\x", "a\\b", "\ufeff1", "a\nb", "100%", "#x", "a # b", "$HOME", "true,false", "\x1f1",
    "\x7f", "http://127.0.0.1:4200/api", "pnu_0123456789", "user:pass", "e\u0301", "\u202eabc",
]
NATIVES = [
    b("true"), b("false"), *map(i, [0, 1, -1, 2, 5, 20, 100, 429, 599, 600, 4200, "+7", "0x10", "0o17", "0b1", "1_000",
    3600, 3601, 9223372036854775807, 9223372036854775808, 10 ** 30, -10 ** 30, 10 ** 400]),
    *map(f, ["0.0", "-0.0", "1.0", "1.5", "-0.5", "2.0", "429.0", "1e3", "1E+3", "1e400", "1_0.5", "9.3e18", "1e-7", "inf",
    "+inf", "-inf", "nan", "-nan", "3600.5", "1.0000005", "2.0000015", "0.9999999", "-0.3"]),
    *map(d, ["1979-05-27", "07:32:00", "1979-05-27T07:32:00Z", "1979-05-27 07:32:00"]),
    a(), a(i(1)), a(i(1), i(2)), a(i(2), i(1), i(2)), a("a"), a("b", "a", "b"), a("a,b"), a(" a "), a(""), a("1", "2"), a("429", i(503)),
    a(f("429.0")), a(b("true")), a(f("1.5"), i(2)), a(a(i(1))), a(t()), a("a", i(1)), a(d("07:32:00")), a(i(99)), a(i(10 ** 400)),
    t(), t(a=i(1)), t(a="b"), t(a=t(b=i(1))), t(a="PT1H"), t(a=i(60)), t(a=i(0)), t(a=i(-1)), t(a=b("true")), t(a=b("false")),
    t(a=f("1.5")), t(a=f("nan")), t(a=f("1e-9")), t(a="1 day"), t(a="60"), t(a=" 60 "), t(a=a()), t(a=d("07:32:00")), t(a="x", b="y"),
    t(a=i(10 ** 15)),
]
DURATIONS = [
    "P", "PT", "P1", "PT5", "P1Y", "P2M", "P3W", "P1W2D", "PT1M", "PT1.5S", "PT1,5S", "P1.5D", "P1.5DT1H", "P1DT", "PT1S1H",
    "PTT1S", "p1d", " P1D", "P1D ", "+P1D", "-P1D", "--P1D", "P999999999D", "P1000000000D", "-P999999999D", "-P999999999DT1S",
    "PT4294967295S", "PT4294967296S", "P1.99999999999D", "PT0.0000005S", "PT0S", "1d", "1 d", "1  d", "1 DAY", "1 DAYS", "1 dayS", "1 DAYs", "1 dAy", "1 dAYS", "1 daY", "+PT", "P0DT",
    "1days", "1 days,", "1 days, ", "1 days,  ", "1 days,01:00", "1 days 1:00", "1 days, 1:00:00", "1 days 24:00", "1 days 23:59:59.9",
    "-1 days, 23:59:59", "1 da", "01:30", "1:30:00", "+01:30", "100:00", "100:00:00", "24:00", "01:60", "00:00:60", "00:00:00.1",
    "00:00:00.1234567", "00:00:00.", "00:00:00.5x", ":00:00", "01:30 ", "01:30Z", "1 w", "2 weeks", "1 hour", "5 minutes", "90 min",
    "1h30m", "1.5h", "60.5", "1e5", "-60", "٣ d", "1 day\n", "3600.0000001", "PT1H0.000001S", "86399999999999", "86400000000000",
]
LEVELS = ["DEBUG", "WARNING", "ERROR", "CRITICAL", "Error", "cRiTiCaL", "TRACE", "NOTSET", "FATAL", "INFO ", "INFO,DEBUG", "30", "ınfo",
          "ﬁnfo", "INFO\n"]
CHOICES = ["warn", "error", "ignore", "WARN", "Warn", " warn", "postgresql+asyncpg", "sqlite+aiosqlite", "postgresql", "sqlite",
           "POSTGRESQL+ASYNCPG", "postgresql+psycopg2"]
CODES = ["429", "429,503", "429, 503", " 429 ,503 ", "503,429,429", "429,", "429;503", "99", "100", "599", "600", "429.0", "+429", "4_29",
         "429,abc", "429,1.5", "[429,503]", '["429"]', "[429.0]", "[600]", '"429,503"', "\x1c429", "429 503", "0429", "٤٢٩", "-429",
         "[]", "4.29e2", "[4.29e2]"]
NAMES = ["prefect", "prefect,httpx", "prefect, httpx", "prefect httpx", "prefect,,httpx", "[\"prefect\",\"httpx\"]", "[prefect]", "{}",
         '{"a":1}', '"a,b"', "123", "1.5", "NaN", "true,1", "\x1ca\x1c,b", "events", "flow_runs", "events,flow_runs", "orphans", "EVENTS",
         '["events"]', "[1]", " True ", "tRUE", "1 ", "2", "1.0", "0.0", "-0", "[]", '["a","a"]', "\u3000a"]
DELAYS = ["10", "10.5", "10,20", "10, 20.5", "10,,20", "10,x", "[10, 20]", "[10, \"20\"]", "[\"x\"]", "[10,", "(1,2)", "10 20", "1_0,2", " 10",
          "10 ", "\n10", "10,nan", "inf", "[true]", "1e2", "1e2,3", "-5", "{}", '"10"', '"10,20"', "[null]", "[]", "0x5", "1" + "0" * 400]
OBJECTS = ['{"X-A": "b"}', '{"X-A": "b", "X-B": "c"}', '{"X-A": 1}', '{"X-A": null}', '{"X-A": {"b": 1}}', '{"X-A": "b",}', "X-A=b", "X-A: b",
           ' {"X-A": "b"} ', '{"X-A": "\\u00e9"}', '{"": ""}', '"{\\"a\\": \\"b\\"}"', '"{}"', '"x"', "[]", '["a"]', '{"a": 60}', '{"a": "PT1H"}', '{"a": 0}',
           '{"a": -1}', '{"a": "0"}', '{"a": true}', '{"a": false}', '{"a": 1.5}', '{"a": "1 day"}', '{"a": "abc"}', '{"a": []}', '{"a": 1e400}',
           '{"a": 0.0000001}', '{"a": "-PT1S"}', '{"a": 60, "b": "x"}', '{"a": 100000000000000}', '{"a": "1e3"}', '{"a": NaN}', "{a: 1}"]

SPECIAL = {"duration": DURATIONS, "duration or seconds": DURATIONS, "log level": LEVELS, "choice": CHOICES, "status codes": CODES,
           "comma-separated names": NAMES, "vacuum types": NAMES, "number or list of numbers": DELAYS, "retry delays": DELAYS,
           "JSON object": OBJECTS, "JSON object of durations": OBJECTS}
# Kinds of many settings: these stand for all of them, which get a short list.
REPRESENTATIVES = ["PREFECT_API_ENABLE_HTTP2", "PREFECT_CLI_PROMPT", "PREFECT_SERVER_API_PORT", "PREFECT_CLIENT_MAX_RETRIES",
                   "PREFECT_SERVER_DATABASE_PORT", "PREFECT_API_REQUEST_TIMEOUT", "PREFECT_SERVER_DATABASE_TIMEOUT",
                   "PREFECT_CLIENT_RETRY_JITTER_FACTOR", "PREFECT_API_URL", "PREFECT_SERVER_API_HOST", "PREFECT_API_KEY", "PREFECT_HOME",
                   "PREFECT_PROFILES_PATH", "PREFECT_LOGGING_CONFIG_PATH", "PREFECT_SERVER_MEMO_STORE_PATH", "PREFECT_SERVER_EVENTS_RETENTION_PERIOD",
                   "PREFECT_LOGGING_LEVEL", "PREFECT_TESTING_TEST_SETTING"]
RARE = set(SPECIAL) - {"duration", "log level"}
SHORT = ["", "true", "1", "0", "-1", "abc", "1.5", " 5 ", "PT1H", "info", i(1), i(0), i(-1), f("1.5"), b("true"), "x" * 200, d("07:32:00"), a(), a("a"), t()]


def around(bounds):
    for bound in bounds:
        for step in (-1, -0.001, 0, 0.001, 1):
            n = bound["limit"] + step
            yield f"{n:g}"
            yield f(repr(float(n))) if n != int(n) else i(int(n))


def drawn(kind, count, rng):
    """Draw random values out of the pieces that values of a kind are made of."""
    pieces = ["1", "0", "7", "60", "-", "+", ".", "_", ",", " ", "e", "P", "T", "D", "H", "S", ":", "00", "a", "true", "[", "]", '"', "nan", "inf", "d", "\n"]
    for _ in range(count):
        yield "".join(rng.choices(pieces, k=rng.randint(1, 7)))


def corpus(facts, rng):
    for setting in facts["settings"]:
        name, kind = setting["name"], setting["kind"]
        if name not in FIELDS:
            continue
        values = [setting["default"]] if setting["default"] else []
        values += list(around(setting["bounds"]))
        if name in REPRESENTATIVES or kind in RARE:
            values += TEXTS + NATIVES + list(drawn(kind, 60, rng))
        else:
            values += SHORT
        values += SPECIAL.get(kind, [])
        seen = set()
        for value in values:
            key = json.dumps(value)
            if key not in seen:
                seen.add(key)
                yield name, value


def check_shortcut(cases):
    """Load whole Settings() for a sample of the cases; the results must be the same.

    One setting is left out: with a driver, the whole also wants a host, a user and a name.
    """
    alone = [case for case in cases if case[0] != "PREFECT_SERVER_DATABASE_DRIVER"]
    for name, value, results in random.Random(1).sample(alone, min(SAMPLE, len(alone))):
        for source, result in enumerate(results):
            whole = ask(name, value, source, whole=True)
            if json.dumps(whole) != json.dumps(result):
                sys.exit(f"the shortcut is wrong: {name} = {value!r} from source {source} is {whole!r}, not {result!r}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=lambda path: START / path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--share", type=int, default=1)
    options = parser.parse_args()
    facts = json.loads((FOLDER / "facts.json").read_text())
    rng = random.Random(options.seed)
    cases = [(name, value, [ask(name, value, source) for source in range(5)]) for name, value in corpus(facts, rng) if rng.randrange(options.share) == 0]
    check_shortcut(cases)
    versions = {"prefect": prefect.__version__, "python": sys.version.split()[0], "pydantic": pydantic.VERSION,
                "pydantic_settings": pydantic_settings.VERSION}
    with gzip.GzipFile(options.file, "wb", mtime=0) as out:
        for line in (versions, *cases):
            out.write(json.dumps(line, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n")
    print(f"{len(cases)} values, {sum(one is not NOT_TRIED for _, _, results in cases for one in results)} results", file=sys.stderr)


if __name__ == "__main__":
    main()
