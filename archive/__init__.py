"""The ground that crawler and pipeline agree on: records, sources, WARC files, schema and store."""

import importlib
import sys


def _load_sqlite_utils() -> None:
    """Without pandas and NumPy, which it loads wherever they are: more than a second of every process, and
    none of our values is of their types."""
    hidden = [name for name in ("pandas", "numpy") if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]  # None: an import of it fails
    try:
        importlib.import_module("sqlite_utils")
    finally:
        for name in hidden:
            del sys.modules[name]


_load_sqlite_utils()
