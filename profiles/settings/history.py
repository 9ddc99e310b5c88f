"""Record when each name of a setting came and went, over the releases of Prefect on the package index.

    python history.py [--cache FOLDER] > history.json      # needs pip; does not need Prefect

Of every minor release since 2.20 the first and the last patch are looked at, before that a few releases around
those that removed names, and in between as many as it takes to find the very release that made a difference.
A wheel is not installed; its source is parsed. A name that 2.20.0 has already is recorded as of 2.20.0, and
without a beginning where it was removed before that.
--cache keeps what was found, one small file per release, so that the next run downloads only newer ones.
"""

import argparse
import ast
import itertools
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

EARLIER = ["2.8.5", "2.12.1", "2.16.2", "2.19.9"]
FIRST = (2, 20, 0)


def pip(*arguments):
    return subprocess.run([sys.executable, "-m", "pip", *arguments], check=True, capture_output=True, text=True).stdout


def key(version):
    return tuple(map(int, version.split(".")))


def versions():
    """List the final releases, oldest first."""
    line = re.search(r"Available versions: (.*)", pip("index", "versions", "prefect"))[1]
    return sorted((v for v in line.split(", ") if re.fullmatch(r"\d+\.\d+\.\d+", v)), key=key)


def names(version, cache):
    """Return the names that a release knows."""
    known = cache / f"{version}.json"
    if not known.exists():
        with tempfile.TemporaryDirectory() as folder:
            pip("download", "--no-deps", "--quiet", "--only-binary", ":all:", "--dest", folder, f"prefect=={version}")
            wheel, = Path(folder).glob("*.whl")
            known.write_text(json.dumps(sorted(names_in(wheel))))
    return set(json.loads(known.read_text()))


def names_in(wheel):
    with zipfile.ZipFile(wheel) as archive:
        files = [f for f in archive.namelist() if re.fullmatch(r"prefect/settings(/.*)?(\.py|/.*\.py)", f)]
        statements = [s for f in files for s in ast.parse(archive.read(f)).body]
    found = {t.id for s in statements for t in targets(s) if calls(s.value, "Setting")}
    classes = {s.name: s for s in statements if isinstance(s, ast.ClassDef)}
    for model in classes.values():
        if (prefix := prefix_of(model)) is not None:
            for field, value in fields_of(model, classes).items():
                found |= set(aliases(value)) or {f"{prefix}{field}".upper()}
    return {name for name in found if name.startswith("PREFECT_")}


def targets(statement):
    """List the plain names that a statement assigns to."""
    found = {ast.Assign: lambda: statement.targets, ast.AnnAssign: lambda: [statement.target]}
    return [t for t in found.get(type(statement), list)() if isinstance(t, ast.Name)]


def calls(value, name):
    return isinstance(value, ast.Call) and getattr(value.func, "id", "") == name


def prefix_of(model):
    """Return the prefix of a settings model's variables, or None for any other class."""
    for statement in model.body:
        if [t.id for t in targets(statement)] != ["model_config"] or not isinstance(statement.value, ast.Call):
            continue
        call = statement.value
        if getattr(call.func, "id", "").endswith("build_settings_config"):
            path = ast.literal_eval(call.args[0]) if call.args else ()
            return "_".join(("prefect", *path)) + "_"
        for keyword in call.keywords:
            if keyword.arg == "env_prefix":
                return ast.literal_eval(keyword.value)
    return None


def fields_of(model, classes):
    """Map the settings of a model, inherited ones too, to the call that defines them."""
    fields = {}
    for base in model.bases:
        if getattr(base, "id", "") in classes:
            fields |= fields_of(classes[base.id], classes)
    for statement in model.body:
        if not isinstance(statement, ast.AnnAssign) or not calls(statement.value, "Field"):
            continue
        mentioned = {n.id for n in ast.walk(statement.annotation) if isinstance(n, ast.Name)}
        if not any(name in classes and name.endswith("Settings") for name in mentioned):
            fields[statement.target.id] = statement.value
    return fields


def aliases(field):
    for keyword in field.keywords:
        if keyword.arg == "validation_alias" and calls(keyword.value, "AliasChoices"):
            for choice in keyword.value.args:
                if isinstance(choice, ast.Constant):
                    yield choice.value.upper()


def looked_at(releases):
    """Choose the releases to look at in any case."""
    chosen = [v for v in EARLIER if v in releases]
    for _, patches in itertools.groupby((v for v in releases if key(v) >= FIRST), key=lambda v: key(v)[:2]):
        patches = list(patches)
        chosen += [patches[0], patches[-1]]
    return sorted(set(chosen), key=key)


def changes(releases, old, new, cache):
    """Yield (release, came, went) for every release after old up to new that made a difference."""
    came, went = names(new, cache) - names(old, cache), names(old, cache) - names(new, cache)
    between = [v for v in releases if key(old) < key(v) < key(new)]
    matters = went or came and key(new) > FIRST
    if matters and between:
        middle = between[len(between) // 2]
        yield from changes(releases, old, middle, cache)
        yield from changes(releases, middle, new, cache)
    elif matters:
        yield new, came, went


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "prefect-names")
    cache = parser.parse_args().cache
    cache.mkdir(exist_ok=True)
    releases = versions()
    chosen = looked_at(releases)
    first = ".".join(map(str, FIRST))
    since = dict.fromkeys(names(chosen[0], cache) | names(first, cache), first)
    removed = {}
    for old, new in itertools.pairwise(chosen):
        for release, came, went in changes(releases, old, new, cache):
            for name in came:
                since.setdefault(name, release if key(release) > FIRST else first)
                removed.pop(name, None)
            for name in went:
                since.setdefault(name, first)
                removed[name] = release
    for name, release in removed.items():
        if key(release) <= FIRST:
            since[name] = ""
    lines = [json.dumps([name, since[name], removed.get(name, "")]) for name in sorted(since)]
    print('{"newest": %s, "names": [\n%s\n]}' % (json.dumps(chosen[-1]), ",\n".join(lines)))


if __name__ == "__main__":
    main()
