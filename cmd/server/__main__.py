"""Run the service: `python cmd/server`."""

from twitchbot.bootstrap.server import main

main()
