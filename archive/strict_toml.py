"""TOML files read strictly: an unknown key, or a value of the wrong kind, is an error that names the mend."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

import msgspec

from archive.errors import SourceError

T = TypeVar("T", bound=msgspec.Struct)
Parts = Mapping[str, type[msgspec.Struct]]


def toml_files(folder: Path | Traversable) -> Iterator[Path | Traversable]:
    """All of them below a folder, in the order of their names."""
    for path in sorted(folder.iterdir(), key=lambda p: p.name):
        if path.is_dir():
            yield from toml_files(path)
        elif path.name.endswith(".toml"):
            yield path


def decode(path: Path | Traversable, kind: type[T], parts: Parts) -> T:
    """A file as a record; `parts` are the records inside it, by their key. Raises SourceError."""
    try:
        return msgspec.convert(tomllib.loads(path.read_text("utf-8")), kind)
    except tomllib.TOMLDecodeError as error:
        raise SourceError(f"{path}: no valid TOML ({error}); compare with a file beside it") from error
    except UnicodeDecodeError as error:
        raise SourceError(f"{path}: not UTF-8 ({error}); save the file as UTF-8") from error
    except msgspec.ValidationError as error:
        raise SourceError(f"{path}: {error}{_known(kind, parts, str(error))}") from error


def _known(kind: type[msgspec.Struct], parts: Parts, message: str) -> str:
    """The keys of that part of a file of which a message speaks, where it is keys that are wrong."""
    if " field " not in message:
        return "; docs/add-a-source.md says what each key takes"
    named = re.search(r"\$\.(\w+)", message)
    part = parts.get(named[1], kind) if named else kind
    return "; known keys are " + ", ".join(f for f in part.__struct_fields__ if f != "key")
