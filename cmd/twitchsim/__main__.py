"""Start a simulated Twitch."""

from twitchsim.main import main

if __name__ == "__main__":
    main()
