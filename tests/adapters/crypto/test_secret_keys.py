"""Where the secret keys come from."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from twitchbot.adapters.crypto.secret_keys import KEY_FILE, SecretKeyError, load_secret_keys

OLD, NEW = "CANARY-old-" + "o" * 32, "CANARY-new-" + "n" * 32


def test_configured_keys_are_taken_newest_first(tmp_path: Path) -> None:
    assert load_secret_keys(f" {NEW}, {OLD} ,", tmp_path) == (NEW, OLD)
    assert list(tmp_path.iterdir()) == []


def test_without_configured_keys_one_is_made_that_only_we_may_read(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"

    (key,) = load_secret_keys("", data_dir)

    path = data_dir / KEY_FILE
    assert len(key) >= 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(data_dir.stat().st_mode) == 0o700
    assert [path] == list(data_dir.iterdir())


def test_the_made_key_is_kept(tmp_path: Path) -> None:
    assert load_secret_keys("", tmp_path) == load_secret_keys("  ", tmp_path)


def test_processes_that_start_together_agree_on_a_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: load_secret_keys("", tmp_path), range(8)))

    assert len(keys) == 1


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644])
def test_a_key_that_others_may_read_is_refused(tmp_path: Path, mode: int) -> None:
    load_secret_keys("", tmp_path)
    (tmp_path / KEY_FILE).chmod(mode)

    with pytest.raises(SecretKeyError, match="chmod 600"):
        load_secret_keys("", tmp_path)


@pytest.mark.parametrize("configured", ["CANARY-short", f"{NEW},CANARY-short", ","])
def test_a_key_that_could_be_guessed_is_refused_and_not_shown(
    tmp_path: Path, configured: str
) -> None:
    with pytest.raises(SecretKeyError, match="at least 32 characters") as refused:
        load_secret_keys(configured, tmp_path)

    assert "CANARY" not in str(refused.value)


def test_an_emptied_key_file_is_refused(tmp_path: Path) -> None:
    load_secret_keys("", tmp_path)
    (tmp_path / KEY_FILE).write_text("")

    with pytest.raises(SecretKeyError, match=KEY_FILE):
        load_secret_keys("", tmp_path)


def test_a_data_directory_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")

    with pytest.raises(OSError, match="data"):
        load_secret_keys("", tmp_path / "data")
