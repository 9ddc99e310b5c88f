#!/usr/bin/env python3
"""Ask the real Prefect about every case of this corpus.

    PREFECT_VENV/bin/python judge.py [CASE...]   record judge.json (all cases, or only those named)
    PREFECT_VENV/bin/python judge.py --check     compare judge.json with every expected.txt, run nothing

Every question goes to a fork of a Prefect that was imported with an empty environment,
an empty HOME and an empty working directory; then these hold nothing but the case's
file: profiles.toml lies in HOME/.prefect, every other kind in the working directory
under the one name Prefect reads there. A profiles.toml is asked once as it stands and once more for
each of its profiles (PREFECT_PROFILE=name), because a mistake in a profile that is
not active waits for the day it is.

judge.json, per case:
  loads      whether the root settings context (what every command and flow builds first) is built
  error      the exception, where it does not
  api_url    the API URL in effect; server: what Prefect takes it for
  set        names of the settings that did not come from a default
  warnings   what Prefect and python-dotenv say about the file
  profiles   the same for each profile that is not the active one, where it differs in kind
  rewrite    what the CLI's next write does to a profiles.toml: values that mean something
             else afterwards, names it drops, or the error that the rewritten file raises
  split      the CLI would read and save profiles elsewhere than values are loaded from
"""

from __future__ import annotations

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
RECORD = HERE / "judge.json"
OURS = {"expected.txt"}

# Codes for what Prefect refuses to load; the others are for what it accepts.
REFUSED = {"toml-syntax", "not-a-table", "active-not-a-name", "invalid-value", "group-variable", "log-larger-than-batch", "database-parts-missing", "dotenv-encoding"}
ONLY_WHEN_REFUSED = {"toml-syntax", "invalid-value", "group-variable", "log-larger-than-batch", "database-parts-missing"}

PROBE = r"""
import io, json, logging, os, sys, warnings
import prefect.context, prefect.client.base
from prefect.settings import Settings, get_current_settings
from prefect.settings.sources import _get_profiles_path
from prefect.settings.profiles import load_profiles, save_profiles

def reason(exc):
    errors = getattr(exc, "errors", None)
    if callable(errors):
        return type(exc).__name__ + ": " + "; ".join(
            ".".join(map(str, e["loc"])) + ": " + e["msg"] for e in errors())
    return type(exc).__name__ + ": " + str(exc)

def answer(env, rewrite):
    os.environ.update(env)
    out = {"warnings": []}
    def say(text):
        text = " ".join(str(text).split())
        if text not in out["warnings"]:
            out["warnings"].append(text)
    class Say(logging.Handler):
        def emit(self, record):
            say(record.getMessage())
    logging.getLogger("dotenv").addHandler(Say())
    warnings.simplefilter("always")
    warnings.showwarning = lambda message, *rest: say(message)
    sys.stderr = io.StringIO()
    try:
        Settings()  # what the import does first
        prefect.context.GLOBAL_SETTINGS_CONTEXT = prefect.context.root_settings_context()
        s = get_current_settings()
        out["loads"] = True
        out["api_url"] = s.api.url
        out["server"] = prefect.client.base.determine_server_type().name
        out["values"] = s.to_environment_variables(exclude_unset=True)
        out["set"] = sorted(out["values"])
        out["read"] = str(_get_profiles_path())
        out["saved"] = str(s.profiles_path)
    except BaseException as exc:
        out["loads"] = False
        out["error"] = reason(exc)
    if rewrite and out["loads"]:
        save_profiles(load_profiles())
    for line in sys.stderr.getvalue().splitlines():
        if line.startswith("WARNING:"):
            say(line)
    return out

for question in sys.stdin:
    pid = os.fork()
    if pid == 0:
        print(json.dumps(answer(**json.loads(question))), flush=True)
        os._exit(0)
    os.waitpid(pid, 0)
"""


def kind_of(name: str) -> str:
    if name in ("profiles.toml", "prefect.toml", "pyproject.toml"):
        return name
    return ".env"


def case_file(case: pathlib.Path) -> pathlib.Path:
    files = [f for f in case.iterdir() if f.name not in OURS]
    if len(files) != 1:
        raise SystemExit(f"{case}: want exactly one file beside expected.txt, have {sorted(f.name for f in files)}")
    return files[0]


def cases() -> list[pathlib.Path]:
    return sorted(p.parent for p in HERE.glob("*/*/expected.txt"))


class Judge:
    """One Prefect that has read no settings yet, in an empty home and an empty working directory.

    Every question is answered by a fork of it, which reads them for the first time.
    """

    def __init__(self):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="judge-"))
        self.home, self.cwd = self.root / "home", self.root / "work"
        self.empty()
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROBE],
            cwd=self.cwd,
            env={"HOME": str(self.home), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "DO_NOT_TRACK": "1", "PYTHONHASHSEED": "0"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def empty(self) -> None:
        (self.home / ".prefect").mkdir(parents=True, exist_ok=True)
        self.cwd.mkdir(exist_ok=True)
        for file in (*(self.home / ".prefect").iterdir(), *self.cwd.iterdir()):
            shutil.rmtree(file) if file.is_dir() else file.unlink()

    def put(self, file: pathlib.Path) -> pathlib.Path:
        """Lay the case's file where Prefect reads its kind."""
        self.empty()
        kind = kind_of(file.name)
        path = (self.home / ".prefect" if kind == "profiles.toml" else self.cwd) / kind
        shutil.copyfile(file, path)
        return path

    def ask(self, rewrite: bool = False, **env: str) -> dict:
        print(json.dumps({"env": env, "rewrite": rewrite}), file=self.process.stdin, flush=True)
        text = self.process.stdout.readline()
        return json.loads(text.replace(str(self.home), "$HOME").replace(str(self.cwd), "$PWD"))

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait()
        shutil.rmtree(self.root)


def public(out: dict) -> dict:
    """The part of an answer that is worth keeping: no secrets, no values but the URL."""
    kept = {k: out[k] for k in ("loads", "error", "api_url", "server", "set", "warnings") if k in out}
    if not kept["warnings"]:
        del kept["warnings"]
    if out["loads"] and out["saved"] != out["read"]:
        packaged = out["read"].endswith("/settings/profiles.toml")
        if not (packaged and out["saved"] == "$HOME/.prefect/profiles.toml"):
            read = "the packaged file" if packaged else out["read"]
            kept["split"] = {"values from": read, "CLI saves to": out["saved"]}
    return kept


def profile_names(path: pathlib.Path) -> tuple[object, list[str]]:
    import tomllib

    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return None, []
    profiles = data.get("profiles", {})
    return data.get("active"), sorted(profiles) if isinstance(profiles, dict) else []


def rewritten(court: Judge, file: pathlib.Path, name: str) -> dict | None:
    """What the CLI's next write changes in the meaning of the profile."""
    court.put(file)
    before = court.ask(PREFECT_PROFILE=name)
    if not before["loads"]:
        return None
    done = court.ask(rewrite=True, PREFECT_PROFILE=name)
    if done["saved"] != "$HOME/.prefect/profiles.toml":
        return None
    after = court.ask(PREFECT_PROFILE=name)
    if not after["loads"]:
        return {"error": after["error"]}
    changed = {
        k: [before["values"].get(k), after["values"].get(k)]
        for k in sorted({*before["values"], *after["values"]})
        if before["values"].get(k) != after["values"].get(k)
    }
    return {"changed": changed} if changed else None


def judge(court: Judge, case: pathlib.Path) -> dict:
    file = case_file(case)
    path = court.put(file)
    verdict = public(court.ask())
    if kind_of(file.name) != "profiles.toml":
        return verdict
    active, names = profile_names(path)
    names = [n for n in names if n]
    others = {n: public(court.ask(PREFECT_PROFILE=n)) for n in names if n != active}
    if others:
        verdict["profiles"] = others
    rewrites = {n: r for n in names if (r := rewritten(court, file, n))}
    if rewrites:
        verdict["rewrite"] = rewrites
    return verdict


def expectations(case: pathlib.Path) -> list[tuple[int, str]]:
    wanted = []
    for line in (case / "expected.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            number, code = line.split()
            wanted.append((int(number), code))
    return wanted


def known_names() -> tuple[set[str], set[str]]:
    """Canonical and legacy names, as the installed Prefect has them."""
    from prefect.settings.legacy import _get_settings_fields
    from prefect.settings import Settings

    fields = _get_settings_fields(Settings)
    canonical = {s.name for s in fields.values()}
    return canonical, {n for n in fields if n.startswith("PREFECT_")} - canonical


def unknown_paths(file: pathlib.Path) -> set[str]:
    """Keys of a prefect.toml or [tool.prefect] that lead to no setting of Prefect or a package around it."""
    import tomllib

    from prefect.settings import Settings
    from prefect.settings.legacy import _get_settings_fields

    settings = {s.accessor for s in _get_settings_fields(Settings).values()}
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    if file.name == "pyproject.toml":
        data = data.get("tool", {}).get("prefect", {})

    def leaves(path: str, value: object) -> set[str]:
        if path in settings or path in ("integrations", "redis"):
            return set()
        if isinstance(value, dict):
            return {leaf for k, v in value.items() for leaf in leaves(f"{path}.{k}" if path else k, v)}
        return {path}

    return leaves("", data)


def check() -> int:
    """Contradictions between what Prefect did and what we expect to report."""
    record = json.loads(RECORD.read_text())["cases"]
    canonical, legacy = known_names()
    wrong: list[str] = []
    found = set()
    for case in cases():
        name = str(case.relative_to(HERE))
        found.add(name)
        wanted = expectations(case)
        codes = {code for _, code in wanted}
        verdict = record.get(name)
        if verdict is None:
            wrong.append(f"{name}: not judged")
            continue
        text = case_file(case).read_bytes()
        count = len(re.split(rb"\r\n|\r|\n", text))
        wrong += [f"{name}: line {n} is outside the file" for n, _ in wanted if not 1 <= n <= count]
        if wanted != sorted(wanted) or len(set(wanted)) != len(wanted):
            wrong.append(f"{name}: findings unsorted or doubled")
        refused = [verdict, *verdict.get("profiles", {}).values()]
        refused = [v for v in refused if not v["loads"]]
        if refused and not codes & REFUSED:
            wrong.append(f"{name}: Prefect refuses it, nothing expected says so: {refused[0]['error'][:160]}")
        if not refused and codes & ONLY_WHEN_REFUSED:
            wrong.append(f"{name}: Prefect loads it, but {sorted(codes & ONLY_WHEN_REFUSED)} is expected")
        # An ignored line may start to work when the CLI rewrites it: unknown-setting says enough.
        corrupt = "rewrite" in verdict and not codes & {"unknown-setting", "not-a-table", "profile-name-not-quoted"}
        if corrupt != ("cli-would-corrupt" in codes):
            wrong.append(f"{name}: rewrite {verdict.get('rewrite')}, expected {sorted(codes)}")
        # Under another name than .env, such a file counts only where something makes it an environment.
        read = case_file(case).name == kind_of(case_file(case).name)
        if read and "split" in verdict and "ineffective-here" not in codes:
            wrong.append(f"{name}: {verdict['split']}, expected {sorted(codes)}")
        if kind_of(case_file(case).name) in ("prefect.toml", "pyproject.toml") and verdict["loads"]:
            ignored = sorted(unknown_paths(case_file(case)))
            if bool(ignored) != bool(codes & {"unknown-setting", "unknown-table", "wrong-table", "legacy-name"}):
                wrong.append(f"{name}: Prefect ignores {ignored}, expected {sorted(codes)}")
        if kind_of(case_file(case).name) in (".env", "profiles.toml"):
            lines = re.split(r"\r\n|\r|\n", text.decode("utf-8", "replace"))
            for number, line in enumerate(lines, 1):
                key = re.match(r"""\s*(?:export\s+)?(['"]?)(PREFECT_\w+)\1\s*=""", line)
                if key and (key[2] in legacy) != ((number, "legacy-name") in wanted):
                    wrong.append(f"{name}:{number}: {key[2]} legacy={key[2] in legacy}, expected otherwise")
                if key and key[2] in canonical and (number, "unknown-setting") in wanted:
                    wrong.append(f"{name}:{number}: {key[2]} is a setting")
    wrong += [f"{name}: judged but gone" for name in sorted(set(record) - found)]
    print("\n".join(wrong) or f"{len(found)} cases agree with Prefect")
    return 1 if wrong else 0


def main(args: list[str]) -> int:
    if args == ["--check"]:
        return check()
    chosen = [HERE / a for a in args] or cases()
    court = Judge()
    try:
        verdicts = {str(c.relative_to(HERE)): judge(court, c) for c in chosen}
    finally:
        court.close()
    from importlib.metadata import version

    if args and RECORD.exists():
        verdicts = {**json.loads(RECORD.read_text())["cases"], **verdicts}
        verdicts = {k: v for k, v in verdicts.items() if (HERE / k).is_dir()}
    packages = ("prefect", "pydantic", "pydantic-settings", "python-dotenv", "toml")
    record = {
        "judge": {"python": sys.version.split()[0], **{p: version(p) for p in packages}},
        "cases": dict(sorted(verdicts.items())),
    }
    RECORD.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
