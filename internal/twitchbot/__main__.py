"""Run the twitchbot command as `python -m twitchbot`."""

from twitchbot.bootstrap.console import main

main()
