"""Ask a running service whether it is ready."""

from __future__ import annotations

from urllib.error import URLError
from urllib.request import urlopen

TIMEOUT_S = 4.0


def is_ready(url: str) -> bool:
    """Tell whether the service at this HTTP address answers that it is ready."""
    try:
        with urlopen(f"{url}/health/ready", timeout=TIMEOUT_S) as answer:  # noqa: S310  # ours
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False
