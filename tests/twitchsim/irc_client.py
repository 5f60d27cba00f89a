"""A plain IRC client over a raw socket, for looking at what the simulator really sends."""

import asyncio
import ssl

from twitchsim.server import TwitchSim
from twitchsim.verbs.accounts import Account

ALL_CAPS = "twitch.tv/tags twitch.tv/commands twitch.tv/membership"
TAGS_AND_COMMANDS = "twitch.tv/tags twitch.tv/commands"
_DEADLINE_S = 5.0


class IrcClient:
    """Sends lines and reads lines; every wait has a deadline."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer
        self._syncs = 0

    @classmethod
    async def connect(cls, sim: TwitchSim, *, tls: bool = False) -> "IrcClient":
        """Open a connection without logging in."""
        port = sim.irc_tls_port if tls else sim.irc_port
        context = ssl.create_default_context(cafile=sim.ca_file) if tls else None
        reader, writer = await asyncio.open_connection(
            sim.host, port, ssl=context, limit=1024 * 1024
        )
        return cls(reader, writer)

    @classmethod
    async def logged_in(
        cls, sim: TwitchSim, account: Account | None = None, caps: str = TAGS_AND_COMMANDS
    ) -> "IrcClient":
        """Open a connection and log in, anonymously without an account."""
        client = await cls.connect(sim)
        if caps:
            client.send(f"CAP REQ :{caps}")
        if account is None:
            client.send("NICK justinfan12345")
        else:
            client.send(f"PASS oauth:{account.token}", f"NICK {account.login}")
        await client.expect(" 376 ")
        await client.sync()
        return client

    @classmethod
    async def in_room(
        cls,
        sim: TwitchSim,
        channel: str,
        account: Account | None = None,
        caps: str = TAGS_AND_COMMANDS,
    ) -> "IrcClient":
        """Open a connection that has joined a channel and read all it got so far."""
        client = await cls.logged_in(sim, account, caps)
        client.send(f"JOIN #{channel}")
        await client.expect(" 366 ")
        await client.sync()
        return client

    def send(self, *lines: str) -> None:
        """Send lines in one write."""
        self.writer.write("".join(f"{line}\r\n" for line in lines).encode())

    async def line(self) -> str:
        """Return the next line without its end."""
        async with asyncio.timeout(_DEADLINE_S):
            data = await self.reader.readuntil(b"\n")
        return data.decode("utf-8", "replace").removesuffix("\n").removesuffix("\r")

    async def expect(self, text: str) -> str:
        """Skip lines until one contains a text, and return it."""
        while True:
            line = await self.line()
            if text in line:
                return line

    async def sync(self) -> list[str]:
        """Return all lines that came before the answer to a PING of our own."""
        self._syncs += 1
        token = f"sync{self._syncs}"
        self.send(f"PING {token}")
        lines = []
        while not (line := await self.line()).endswith(f"PONG tmi.twitch.tv :{token}"):
            lines.append(line)
        return lines

    async def until_closed(self) -> bytes:
        """Return everything up to the end of the connection."""
        async with asyncio.timeout(_DEADLINE_S):
            return await self.reader.read()

    def stop_reading(self) -> None:
        """Let the kernel's buffer fill up."""
        transport = self.writer.transport
        assert isinstance(transport, asyncio.Transport)
        transport.pause_reading()

    async def close(self) -> None:
        """Hang up."""
        self.writer.close()
        try:
            await self.writer.wait_closed()
        except (ConnectionError, ssl.SSLError):
            return


def tags_of(line: str) -> dict[str, str]:
    """Return a line's tags, unescaped only as far as tests need it."""
    raw, _, _ = line.removeprefix("@").partition(" ")
    pairs = (item.partition("=") for item in raw.split(";"))
    return {name: value.replace(r"\s", " ") for name, _, value in pairs}
