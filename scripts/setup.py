"""Make .venv ready for running, testing or developing, with the standard library alone.

Usage: setup.py {runtime,test,dev}

Packages come from wherever pip or uv are told to look on this machine; the hashes in the
requirement files decide whether what came is what was meant. A stamp in .venv for each finished
set lets make skip all this the next time.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import time
import venv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"

# Each set holds the ones before it, so its stamp speaks for them too.
LOCKS = {
    "runtime": "requirements.txt",
    "test": "requirements-test.txt",
    "dev": "requirements-dev.txt",
}
BUILD_LOCK = "requirements-build.txt"

EX_USAGE = 64
EX_UNAVAILABLE = 69

# Settings of the caller that would put packages, or look for modules, outside the environment.
MISLEADING = ("PYTHONHOME", "PYTHONPATH", "PIP_PREFIX", "PIP_TARGET", "PIP_USER", "VIRTUAL_ENV")


class SetupError(Exception):
    """A sentence for the person at the keyboard; nothing else can be done here."""


def say(text: str) -> None:
    """Print one line of progress."""
    print(f"setup: {text}", flush=True)


def run(*command: str | Path, chatty: bool = False) -> None:
    """Run a command to its end; a failure ends the set-up, and the command's errors say why."""
    environment = {name: value for name, value in os.environ.items() if name not in MISLEADING}
    stdout = subprocess.DEVNULL if chatty else None
    stdin = subprocess.DEVNULL
    try:
        subprocess.run(command, cwd=ROOT, env=environment, stdin=stdin, stdout=stdout, check=True)
    except subprocess.CalledProcessError as error:
        words = " ".join(str(word) for word in command)
        raise SetupError(f"this failed with exit code {error.returncode}: {words}") from error


def works(*command: str | Path) -> bool:
    """Tell whether a command can be run and succeeds."""
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


@contextmanager
def alone() -> Iterator[None]:
    """Hold a lock on the project's folder, so that two makes at once do not build one environment."""
    handle = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def find_uv() -> str | None:
    """Return the uv to use, if there is one that runs and nobody forbids it."""
    uv = shutil.which("uv")
    return uv if uv and not os.environ.get("NO_UV") and works(uv, "--version") else None


def environment_is_usable() -> bool:
    """Tell whether .venv has a Python that runs and is new enough."""
    return works(PYTHON, "-I", "-c", "import sys; sys.exit(sys.version_info < (3, 11))")


def install_with_uv(uv: str, locks: Sequence[str]) -> None:
    """Create the environment and fill it with uv."""
    if not environment_is_usable():
        run(uv, "venv", "--quiet", "--clear", "--python", sys.executable, ENVIRONMENT)
    install = (uv, "pip", "install", "--quiet", "--python", PYTHON)
    for lock in locks:
        say(f"installing {lock}")
        run(*install, "--require-hashes", "--requirement", lock)
    run(*install, "--no-deps", "--no-build-isolation", "--editable", ".")


def install_with_pip(locks: Sequence[str]) -> None:
    """Create the environment and fill it with pip."""
    usable = environment_is_usable()
    if not usable or not works(PYTHON, "-I", "-m", "pip", "--version"):
        ensure_ensurepip()
        venv.create(ENVIRONMENT, clear=not usable, symlinks=True, with_pip=True)
    install = (PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    for lock in locks:
        say(f"installing {lock}")
        run(*install, "--require-hashes", "--requirement", lock)
    run(*install, "--no-deps", "--no-build-isolation", "--editable", ".")


def ensure_ensurepip() -> None:
    """Install the part of Python that Debian and Ubuntu leave out, or say how to."""
    if works(sys.executable, "-I", "-c", "import ensurepip"):
        return
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    apt = shutil.which("apt-get")
    if not apt or os.geteuid() != 0:
        raise SetupError(
            f"this Python comes without venv; install it with: sudo apt install {package}"
        )
    say(f"this Python comes without venv, installing Debian's {package}")
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    run(apt, "update", "-qq", chatty=True)
    run(apt, "install", "-qq", "--yes", "--no-install-recommends", package, chatty=True)


def stamp(wanted: str) -> None:
    """Leave a stamp for the wanted set and for each set inside it."""
    names = list(LOCKS)
    for name in names[: names.index(wanted) + 1]:
        (ENVIRONMENT / f"ready-{name}").touch()


def set_up(wanted: str) -> None:
    """Bring .venv to the state that the wanted set asks for."""
    started = time.monotonic()
    uv = find_uv()
    version = ".".join(map(str, sys.version_info[:3]))
    say(f"Python {version} ({sys.executable}), packages by {'uv' if uv else 'pip'}")
    locks = (BUILD_LOCK, LOCKS[wanted])
    if uv:
        install_with_uv(uv, locks)
    else:
        install_with_pip(locks)
    stamp(wanted)
    say(f"ready after {time.monotonic() - started:.1f} s")


def main() -> int:
    """Set up what the command line asks for and return the exit code."""
    if len(sys.argv) != 2 or sys.argv[1] not in LOCKS:
        print(__doc__, file=sys.stderr)
        return EX_USAGE
    try:
        with alone():
            set_up(sys.argv[1])
    except SetupError as error:
        print(f"setup: {error}", file=sys.stderr)
        return EX_UNAVAILABLE
    return 0


if __name__ == "__main__":
    sys.exit(main())
