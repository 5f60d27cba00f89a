"""The demo has a Twitch and a database of its own, whatever the real service is told."""

from __future__ import annotations

from pathlib import Path

from twitchbot.bootstrap.demo import demo_settings
from twitchbot.bootstrap.settings_reader import load


def test_the_demo_never_touches_the_real_database_nor_the_real_accounts() -> None:
    real = load(
        {
            "DATABASE_URL": "postgresql://bot:secret@db/precious",
            "DATA_DIR": "kept",
            "GRPC_PORT": "1234",
            "TWITCH_CHANNEL": "realchannel",
            "TWITCH_ANONYMOUS": "true",
            "TWITCH_CLIENT_ID": "real",
            "TWITCH_CLIENT_SECRET": "real",
        }
    )

    demo = demo_settings(real, {"TWITCH_CHANNELS": "one", "TWITCH_ACCESS_TOKEN": "simulated"})

    assert demo.database_url.database == str(Path("kept") / "demo" / "twitchbot.db")
    assert demo.service.grpc_port == 1234
    assert demo.twitch.channels == ("one",)
    assert "real" not in str(demo.twitch)
    assert demo.twitch.client_secret.get_secret_value() == ""
