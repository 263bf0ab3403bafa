"""The schema of archive.db: numbered migrations, applied in order, each in a transaction of its own."""

from importlib.resources import files

from sqlite_utils import Database, Migrations

from archive.errors import ArchiveError, NewerSchemaError

migrations = Migrations("pressearchiv")
APPLIED = "_sqlite_migrations"  # where sqlite-utils notes them


def _from_file(name: str) -> None:
    sql = (files("archive") / "migrations" / f"{name}.sql").read_text("utf-8")

    @migrations(name=name)
    def apply(db: Database) -> None:
        for statement in statements(sql):
            db.execute(statement)


def statements(sql: str) -> list[str]:
    """The statements of a migration; executescript would commit in the middle of its transaction."""
    plain = "\n".join(line for line in sql.splitlines() if not line.lstrip().startswith("--"))
    return [statement for part in plain.split(";\n") if (statement := part.strip().rstrip(";"))]


MIGRATIONS = tuple(
    sorted(file.name.removesuffix(".sql") for file in (files("archive") / "migrations").iterdir())
)
for _name in MIGRATIONS:
    _from_file(_name)


def is_older(db: Database, path: str) -> bool:
    """Whether a database lacks migrations. One of a newer version is refused, and one of something else."""
    tables = db.table_names()
    if tables and APPLIED not in tables:
        raise ArchiveError(f"{path} is a database of something else; name another file with --archive")
    unknown = [m.name for m in migrations.applied(db) if m.name not in MIGRATIONS]
    if unknown:
        raise NewerSchemaError(
            f"{path} was written by a newer version of pressearchiv (schema {unknown[-1]}, known here is "
            f"{MIGRATIONS[-1]}); install that version, or name another file with --archive"
        )
    return bool(migrations.pending(db))


def migrate(db: Database, path: str) -> None:
    """Bring a database to the present schema."""
    if is_older(db, path):
        migrations.apply(db)
