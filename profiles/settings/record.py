"""Record the facts of every setting from the installed Prefect.

    python record.py > facts.json      # with a Python that can import prefect

The facts are read from Prefect's own pydantic models: names, place in TOML, the model that declares it
(a section of Prefect's reference), kind, bounds, choices and defaults. Descriptions are not recorded; ours are in descriptions.toml.
"""

import datetime
import inspect
import json
import os
import sys
import tempfile
import types
import typing
from pathlib import Path

import certifi

# A bare environment, so that "default" means Prefect's default and not this machine's. Prefect
# takes the default of api.ssl_cert_file from SSL_CERT_FILE when it is imported.
for name in [n for n in os.environ if n.upper().startswith("PREFECT")]:
    del os.environ[name]
os.environ["SSL_CERT_FILE"] = certifi.where()
_home = tempfile.mkdtemp()
os.environ["HOME"] = _home
os.mkdir(os.path.join(_home, ".prefect"))
os.chdir(_home)

import annotated_types  # noqa: E402
import prefect  # noqa: E402
import pydantic  # noqa: E402
from prefect.settings import Settings  # noqa: E402
from prefect.settings.base import PrefectBaseSettings  # noqa: E402
from pydantic import AliasChoices, BeforeValidator, SecretStr  # noqa: E402

OPERATORS = {annotated_types.Ge: (">=", "ge"), annotated_types.Gt: (">", "gt"),
             annotated_types.Le: ("<=", "le"), annotated_types.Lt: ("<", "lt")}
LEVELS = {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"}


def is_group(annotation):
    return inspect.isclass(annotation) and issubclass(annotation, PrefectBaseSettings)


def flatten(annotation, metadata=()):
    """Split an annotation into its union members without None, and all its metadata."""
    metadata = list(metadata)
    if typing.get_origin(annotation) is typing.Annotated:
        inner, *more = typing.get_args(annotation)
        return flatten(inner, metadata + more)
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        members = []
        for arg in typing.get_args(annotation):
            inner, more = flatten(arg)
            members += inner
            metadata += [m for m in more if isinstance(m, BeforeValidator)]
        return members, metadata
    return [annotation], metadata


def parsers(metadata):
    """Name the functions that Prefect runs before pydantic, with the element type of a set parser."""
    names = []
    for m in metadata:
        if isinstance(m, BeforeValidator):
            f = m.func
            element = getattr(f, "keywords", {}).get("type_")
            name = getattr(getattr(f, "func", f), "__name__", "")
            names.append(name if element is None else f"{name}:{'str' if element is str else 'code'}")
    return names


def kind_of(members, metadata):
    """Name the way in which Prefect reads a value, in the words of kinds.go."""
    before = parsers(metadata)
    real = [m for m in members if m is not type(None)]
    origins = {typing.get_origin(m) or m for m in real}
    if any(p.startswith("validate_set_T_from_delim_string:str") for p in before):
        return "comma-separated names"
    if any(p.startswith("validate_set_T_from_delim_string:") for p in before):
        return "status codes"
    if "_parse_vacuum_enabled" in before:
        return "vacuum types"
    if "parse_retry_delay_input" in before:
        return "retry delays"
    if dict in origins:
        value = flatten(typing.get_args(next(m for m in real if typing.get_origin(m) is dict))[1])[0]
        return "JSON object of durations" if datetime.timedelta in value else "JSON object"
    if datetime.timedelta in origins:
        return "duration or seconds" if "_convert_seconds_to_timedelta" in before else "duration"
    if typing.Literal in origins:
        return "log level" if set(choices_of(members)) == LEVELS else "choice"
    if list in origins:
        return "number or list of numbers"
    single = {bool: "boolean", int: "integer", float: "number", str: "string", SecretStr: "string",
              Path: "path", typing.Any: "anything"}
    # A union with a plain string takes what the string takes, so the wider of the two decides.
    found = {single[o] for o in origins}
    if len(found) != 1:
        raise SystemExit(f"no kind for {members} {before}")
    return found.pop()


def choices_of(members):
    return [c for m in members if typing.get_origin(m) is typing.Literal for c in typing.get_args(m)]


def bounds_of(metadata):
    bounds = []
    for m in metadata:
        for cls, (op, attribute) in OPERATORS.items():
            if isinstance(m, cls):
                limit = getattr(m, attribute)
                if isinstance(limit, datetime.timedelta):
                    limit = limit.total_seconds()
                bounds.append({"op": op, "limit": limit})
    return bounds


def text_of(value):
    """Write a default as it could stand in an .env file."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime.timedelta):
        return pydantic.TypeAdapter(datetime.timedelta).dump_python(value, mode="json")
    if isinstance(value, (set, list, tuple)):
        return ",".join(sorted(map(str, value)))
    if isinstance(value, dict):
        return json.dumps({k: text_of(v) for k, v in value.items()}, sort_keys=True)
    return str(value)


def default_of(field, loaded):
    """Return a field's fixed default, or None and True where Prefect derives it from elsewhere."""
    if field.default_factory is not None:
        factory = field.default_factory
        takes_settings = not inspect.isclass(factory) and inspect.signature(factory).parameters
        return (None, True) if takes_settings else (factory(), False)
    if field.default == os.environ["SSL_CERT_FILE"]:
        return None, True
    return field.default, field.default is None and bool(loaded)


def names_of(model, field_name, field):
    """List the environment names of a field, canonical first."""
    canonical = f"{model.model_config['env_prefix']}{field_name}".upper()
    if not isinstance(field.validation_alias, AliasChoices):
        return [canonical]
    names = [a.upper() for a in field.validation_alias.choices if isinstance(a, str)]
    if canonical not in names:
        raise SystemExit(f"{canonical} is not among its own names {names}")
    return [canonical] + [n for n in names if n != canonical]


def walk(model, values, path=()):
    for field_name, field in model.model_fields.items():
        here = path + (field_name,)
        value = getattr(values, field_name)
        if is_group(field.annotation):
            yield "group", {"name": f"{model.model_config['env_prefix']}{field_name}".upper(), "path": ".".join(here)}
            yield from walk(field.annotation, value, here)
            continue
        members, metadata = flatten(field.annotation, field.metadata)
        canonical, *legacy = names_of(model, field_name, field)
        default, computed = default_of(field, value)
        yield "setting", {
            "name": canonical,
            "legacy": legacy,
            "path": ".".join(here),
            "section": model.__name__,
            "kind": kind_of(members, metadata),
            "nullable": type(None) in members,
            "bounds": bounds_of(metadata),
            "choices": choices_of(members),
            "default": text_of(default),
            "computed": computed,
            "secret": SecretStr in members,
        }


def main():
    facts = {"prefect": prefect.__version__, "settings": [], "groups": []}
    for what, fact in walk(Settings, Settings()):
        facts[what + "s"].append(fact)
    facts["settings"].sort(key=lambda s: s["name"])
    facts["groups"].sort(key=lambda g: g["path"])
    print(f'{{"prefect": {json.dumps(facts["prefect"])}')
    for what in "settings", "groups":
        lines = ",\n".join(json.dumps(fact) for fact in facts[what])
        print(f',"{what}": [\n{lines}\n]')
    print("}")


if __name__ == "__main__":
    main()
