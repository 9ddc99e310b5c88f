"""Record what Python's tomllib says about many mutated TOML documents, for TestTomllib to replay.

Usage: python3 record_tomllib.py [COUNT [OUT]]      (default: 600 tomllib.json.gz)

The documents are the same for the same COUNT. They are made from the samples below and from the valid files
of toml-test by cutting, doubling, swapping and inserting at random places.
"""

import datetime
import gzip
import json
import pathlib
import random
import sys
import tarfile
import tomllib

HERE = pathlib.Path(__file__).parent

SAMPLES = [
    'active = "local"\n\n[profiles.local]\nPREFECT_API_URL = "http://127.0.0.1:4200/api"\n# note\nPREFECT_LOGGING_LEVEL = \'INFO\' # here\n',
    '[profiles.a]\nX = 1\nY = 1.5e3\nZ = [1, 2, # two\n  "three",\n]\n\n[profiles."b c"]\nX = {a = 1, b.c = "d"}\n',
    '[tool.prefect]\nserver.api.port = 4200\nserver.api.host = "h"\n[tool.prefect.logging]\nlevel = "DEBUG"\n[[tool.x]]\na = 1\n[[tool.x]]\na = 2\n[tool.x.y]\nb = 1\n',
    'a = """\none \\\n   two\n"""\nb = \'\'\'raw \\ text\'\'\'\nc = "\\u00e9\\t\\"\\\\"\r\nd = 0x1F\ne = 0o17\nf = 0b11\ng = +1_000\nh = -inf\n',
    'd1 = 2025-02-28T23:59:59.999Z\nd2 = 2025-02-28 23:59:59+01:30\nd3 = 2024-02-29\nd4 = 07:32:00.5\nt = true\nf = false\n',
    'a.b.c = 1\na.b.d = 2\n[x.y.z]\nw = 1\n[x]\nv = 2\n[x.y]\nu = 3\n[k]\nl.m = 1\nl.n = {}\np = []\n[k.l.o]\nq = 1\n',
    'inline = { a = [ { b = 1 }, { b = 2 } ], "c d" = \'e\', f.g = true }\n[[arr.ay]]\nx = [[1, 2], ["a", \'b\'], [[]]]\n[[arr.ay]]\n[arr.ay.sub]\ny = 1\n',
    "\ufeffa = 1\n",
]

PIECES = list("[]{}=.,\"'#\n\r\t \\:+-_01259aeuxbTZ") + [
    "\r\n", '"""', "'''", "[[", "]]", " = ", "true", "inf", "nan", "a = 1\n", "[a]\n", "[[a]]\n", "a.b = 2\n", "[a.b]\n",
    "\\u0041", "\\U0001F600", "\\e", "\\x41", "0x", "1979-05-27", "T07:32:00", "07:32", "\0", "\x7f", "\u00e9", "\u00a0", "{}", "[]",
]


def mutated(rng, document):
    for _ in range(rng.randint(1, 3)):
        kind = rng.randrange(6)
        i = rng.randint(0, len(document))
        j = min(len(document), i + rng.randint(1, 8))
        if kind == 0:
            document = document[:i] + document[j:]
        elif kind <= 2:
            document = document[:i] + rng.choice(PIECES) + document[i:]
        elif kind == 3:
            document = document[:i] + rng.choice(PIECES) + document[j:]
        else:
            lines = document.splitlines(keepends=True) or [""]
            a, b = rng.randrange(len(lines)), rng.randrange(len(lines))
            if kind == 4:
                lines.insert(a, lines[b])
            else:
                lines[a], lines[b] = lines[b], lines[a]
            document = "".join(lines)
    return document


def tagged(value):
    match value:
        case dict():
            return {k: tagged(v) for k, v in value.items()}
        case list():
            return [tagged(v) for v in value]
        case bool():
            return {"type": "bool", "value": str(value).lower()}
        case int():
            return {"type": "integer", "value": str(value)}
        case float():
            return {"type": "float", "value": repr(value)}
        case str():
            return {"type": "string", "value": value}
        case datetime.datetime():
            kind = "datetime" if value.tzinfo else "datetime-local"
            return {"type": kind, "value": value.isoformat()}
        case datetime.date():
            return {"type": "date-local", "value": value.isoformat()}
        case datetime.time():
            return {"type": "time-local", "value": value.isoformat()}
    raise TypeError(type(value))


def verdict(raw):
    row = {"document": raw.decode("latin-1")}  # one character per byte
    try:
        row["value"] = tagged(tomllib.loads(raw.decode()))
    except (ValueError, RecursionError) as e:
        row["error"] = str(e)
    return row


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 600
    out = sys.argv[2] if len(sys.argv) > 2 else HERE / "tomllib.json.gz"
    seeds = list(SAMPLES)
    with tarfile.open(HERE / "toml-test-2.2.0.tar.gz") as corpus:
        for name in sorted(corpus.getnames()):
            if name.startswith("valid/") and name.endswith(".toml"):
                seeds.append(corpus.extractfile(name).read().decode())
    seeds = [s for s in seeds if len(s) < 2000]
    rng = random.Random(count)
    rows = [verdict(s.encode()) for s in SAMPLES]
    rows += [verdict(b'a = "\xff"\n'), verdict(b"# \xc3\na = 1\n"), verdict(b"a = 1\n\xed\xa0\x80")]
    while len(rows) < count:
        seed = rng.choice(SAMPLES if rng.random() < 0.5 else seeds)
        rows.append(verdict(mutated(rng, seed).encode()))
    with gzip.GzipFile(out, "wb", 9, mtime=0) as f:
        f.write(json.dumps({"python": sys.version.split()[0], "rows": rows}, indent=0).encode())
    print(f"{len(rows)} documents, {sum('error' in r for r in rows)} refused")


main()
