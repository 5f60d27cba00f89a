"""The way to the newest schema and back, on both databases."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import NullPool, create_engine, inspect, text
from sqlalchemy.engine import URL

from tests.support.databases import raw_rows
from twitchbot.adapters.sql import migration_lock
from twitchbot.adapters.sql.dialect import sync_url
from twitchbot.adapters.sql.migration_lock import locked_connection
from twitchbot.bootstrap import migrate
from twitchbot.bootstrap.migrate import SchemaError, migrate_to, migrations_folder, upgrade
from twitchbot.domain.errors import DatabaseUnavailableError

CONCURRENT = 5
SCRIPTS = ScriptDirectory(str(migrations_folder()))
REVISIONS = [script.revision for script in SCRIPTS.walk_revisions()][::-1]


def tables(url: URL) -> set[str]:
    engine = create_engine(sync_url(url), poolclass=NullPool)
    with engine.connect() as connection:
        inspector = inspect(connection)
        names = {*inspector.get_table_names(), *inspector.get_view_names()}
    return names - {"alembic_version"}


def revision(url: URL) -> str:
    ((current,),) = raw_rows(url, "SELECT version_num FROM alembic_version")
    return str(current)


def test_each_migration_goes_up_down_and_up_again(empty_database_url: URL) -> None:
    before = tables(empty_database_url)

    for name in REVISIONS:
        migrate_to(empty_database_url, name)
        migrate_to(empty_database_url, "-1")
        migrate_to(empty_database_url, name)
        assert revision(empty_database_url) == name

    migrate_to(empty_database_url, "base")
    assert tables(empty_database_url) == before


def test_the_tables_are_what_the_migrations_make(empty_database_url: URL) -> None:
    upgrade(empty_database_url)

    with locked_connection(empty_database_url) as connection:
        config = migrate._config(migrations_folder())
        config.attributes["connection"] = connection
        command.check(config)


def test_an_upgrade_that_was_done_changes_nothing(empty_database_url: URL) -> None:
    upgrade(empty_database_url)
    before = raw_rows(empty_database_url, "SELECT * FROM streams")

    upgrade(empty_database_url)

    assert raw_rows(empty_database_url, "SELECT * FROM streams") == before
    assert revision(empty_database_url) == REVISIONS[-1]


def test_the_chat_only_stream_is_made_once(empty_database_url: URL) -> None:
    upgrade(empty_database_url)

    assert raw_rows(
        empty_database_url,
        "SELECT title, game_name, game_key, game_id, channel_id, ended_at FROM streams",
    ) == [("Chat-Only Messages", "Just Chatting", "just chatting", "509658", "", None)]


def test_of_several_upgrades_at_once_one_runs(empty_database_url: URL) -> None:
    # Processes, as instances of the service are: Alembic itself is not made for threads.
    address = empty_database_url.render_as_string(hide_password=False)
    program = "import sys; from twitchbot.bootstrap.migrate import upgrade; upgrade(sys.argv[1])"
    instances = [
        subprocess.Popen([sys.executable, "-c", program, address], stderr=subprocess.PIPE)
        for _ in range(CONCURRENT)
    ]

    errors = [instance.communicate()[1].decode() for instance in instances]

    assert errors == [""] * CONCURRENT
    assert raw_rows(empty_database_url, "SELECT count(*) FROM streams") == [(1,)]


def test_a_database_that_is_newer_than_the_code_is_refused(empty_database_url: URL) -> None:
    upgrade(empty_database_url)
    raw_rows(empty_database_url, "UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(SchemaError, match="schema 9999, which this version of twitchbot"):
        upgrade(empty_database_url)


def test_an_unknown_revision_is_told(empty_database_url: URL) -> None:
    with pytest.raises(SchemaError, match="nonsense"):
        migrate_to(empty_database_url, "nonsense")


def test_a_database_that_is_away_is_told(tmp_path: Path) -> None:
    nowhere = URL.create("postgresql", username="a", database="b", query={"host": str(tmp_path)})

    with pytest.raises(DatabaseUnavailableError, match="can't be reached"):
        upgrade(nowhere)


def test_a_table_in_use_is_waited_for(
    empty_postgres_url: URL, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgrade(empty_postgres_url)
    monkeypatch.setattr(migration_lock, "_TABLE_TIMEOUT", "50ms")
    engine = create_engine(sync_url(empty_postgres_url), poolclass=NullPool)
    with engine.connect() as other:
        other.execute(text("LOCK TABLE clips"))
        # The first attempt fails for the lock; waiting for the second one frees the table.
        monkeypatch.setattr("time.sleep", lambda _seconds: other.rollback())

        migrate_to(empty_postgres_url, "base")

    assert tables(empty_postgres_url) == set()


def test_a_table_that_stays_in_use_is_told(
    empty_postgres_url: URL, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgrade(empty_postgres_url)
    monkeypatch.setattr(migration_lock, "_TABLE_TIMEOUT", "50ms")
    monkeypatch.setattr(migrate, "_RETRY_DELAY_S", 0.0)
    engine = create_engine(sync_url(empty_postgres_url), poolclass=NullPool)
    with engine.connect() as other:
        other.execute(text("LOCK TABLE clips"))

        with pytest.raises(DatabaseUnavailableError, match="lock timeout"):
            migrate_to(empty_postgres_url, "base")

    assert revision(empty_postgres_url) == REVISIONS[-1]


def test_a_new_sqlite_file_gets_its_directory(tmp_path: Path) -> None:
    url = URL.create("sqlite", database=str(tmp_path / "some" / "where" / "twitchbot.db"))

    upgrade(url)

    assert "streams" in tables(url)


def test_an_installed_package_has_its_migrations_inside(tmp_path: Path) -> None:
    package = tmp_path / "site-packages" / "twitchbot"
    shutil.copytree(migrations_folder(), package / "migrations")

    assert migrations_folder(package) == package / "migrations"


def test_a_checkout_has_its_migrations_at_its_root(tmp_path: Path) -> None:
    package = tmp_path / "internal" / "twitchbot"
    package.mkdir(parents=True)
    shutil.copytree(migrations_folder(), tmp_path / "migrations")

    assert migrations_folder(package) == tmp_path / "migrations"


def test_missing_migrations_are_told(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match="no migrations in"):
        migrations_folder(tmp_path / "internal" / "twitchbot")
