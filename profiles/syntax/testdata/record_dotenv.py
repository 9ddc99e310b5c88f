"""Record what python-dotenv reads from many mutated .env files, for TestDotenv to replay.

Usage: python3 record_dotenv.py [COUNT [OUT]]      (default: 600 dotenv.json.gz)

Each row holds the file, the bindings that the parser gives, and the values that pydantic-settings sees: those of
dotenv_values() with interpolation, in an environment that holds only the variables of ENVIRONMENT.
"""

import gzip
import json
import logging
import os
import pathlib
import random
import sys
from importlib.metadata import version

import dotenv
from dotenv.parser import parse_stream

HERE = pathlib.Path(__file__).parent
ENVIRONMENT = {"A": "from the environment", "HOME": "/home/me", "EMPTY": ""}

SAMPLES = [
    "PREFECT_API_URL=http://127.0.0.1:4200/api\nexport PREFECT_API_KEY='pnu_x' # key\n\n# note\nPREFECT_LOGGING_LEVEL = \"INFO\"\n",
    "A=1\nB=${A}-${HOME}-${NOPE:-d}-${NOPE}-${EMPTY:-e}\nC='${B}' # c\nD=\\${A}$A$$\nA\nE=${A}\nF=${A:-x}\n",
    "A=\"a \\\"b\\\" \\n \\t \\x \\\\ c\"\nB='it\\'s \\\\ \\n'\nC=\"two\nlines\"\nD='x'y\nE=\"{\"a\":\"b\"}\"\nF=z\n",
    "A = v \n   B=1\n'C D'=1\nE= # c\nF=#c\nG=a#b\nH=a # b # c\nI=\nJ=\"\"\nK\n=x\nset L=1\nM: 2\n",
    "A=1\r\nB=\"x\r\ny\"\r\nC=2\rD=3\n\u00a0E\u00a0=\u00a0v\u00a0# c\n\ufeffF=1\n",
    "\ufeffA=1\nA=2\nexport\texport=3\nexport=4\nexport A=5\nexportA=6\n",
    "A=${B}\nB=2\nC=${A:-${B}}\nD=${A:x}${A:-y}${:-z}${}${A\nE=${A${B}}\n",
]

PIECES = list("='\"#$ \t\n\r\\{}:-,;.!x1A") + [
    "${A}", "${B:-c}", "export ", "# c", " # c", "\r\n", "\\'", '\\"', "\\n", "\\\\", "A=", "B=1\n", "\u00a0", "\u2028", "\x0c",
    "\x1c", "\x85", "\ufeff", "\u00e9", "'A'", '="', "='",
]


def mutated(rng, document):
    for _ in range(rng.randint(1, 4)):
        i = rng.randint(0, len(document))
        j = min(len(document), i + rng.randint(0, 8))
        if rng.random() < 0.2:
            lines = document.splitlines(keepends=True) or [""]
            rng.shuffle(lines)
            document = "".join(lines)
        elif rng.random() < 0.3:
            document = document[:i] + document[j:]
        else:
            document = document[:i] + rng.choice(PIECES) + document[j:]
    return document


def verdict(raw, path):
    row = {"document": raw.decode("latin-1")}  # one character per byte
    path.write_bytes(raw)
    try:
        with open(path, encoding="utf-8") as stream:
            bindings = list(parse_stream(stream))
        row["bindings"] = [[b.key, b.value, b.error] for b in bindings if b.key is not None or b.error]
        row["values"] = dict(dotenv.dotenv_values(path, encoding="utf-8"))
    except UnicodeDecodeError as e:
        row["error"] = str(e)
    return row


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 600
    out = sys.argv[2] if len(sys.argv) > 2 else HERE / "dotenv.json.gz"
    logging.disable()  # python-dotenv logs every line it skips
    os.environ.clear()
    os.environ.update(ENVIRONMENT)
    rng = random.Random(count)
    path = pathlib.Path(f"recorded-{os.getpid()}.env")
    try:
        rows = [verdict(s.encode(), path) for s in SAMPLES] + [verdict(b"A=\xff\n", path)]
        while len(rows) < count:
            rows.append(verdict(mutated(rng, rng.choice(SAMPLES)).encode(), path))
    finally:
        path.unlink(missing_ok=True)
    with gzip.GzipFile(out, "wb", 9, mtime=0) as f:
        table = {"python-dotenv": version("python-dotenv"), "environment": ENVIRONMENT, "rows": rows}
        f.write(json.dumps(table, indent=0).encode())
    print(f"{len(rows)} files")


main()
