"""Every method of what is stored, once as it is meant, over a real server and database."""

from __future__ import annotations

import grpc
from google.protobuf.timestamp_pb2 import Timestamp

from tests.support.builders import (
    CHANNEL,
    NOON,
    USER_ID,
    a_new_message,
)
from tests.support.grpc_calls import Caller
from tests.support.rows import add_joined_channel, add_messages
from twitchbot.adapters.grpc.services import SERVICES
from twitchbot.adapters.sql.unit_of_work import SqlDatabase
from twitchbot.api import channel_viewer_service_pb2 as channel_viewers
from twitchbot.api import clip_service_pb2 as clips
from twitchbot.api import command_service_pb2 as commands
from twitchbot.api import message_service_pb2 as messages
from twitchbot.api import stream_service_pb2 as streams
from twitchbot.api import viewer_service_pb2 as viewers
from twitchbot.api.common_pb2 import DeletedFilter, IdRequest
from twitchbot.domain.ids import CHAT_ONLY_STREAM_ID

NOON_S = int(NOON.timestamp())
CHAT_ONLY = str(CHAT_ONLY_STREAM_ID)


async def gone(call: Caller, method: str, entity_id: str) -> bool:
    refused = await call.refused(method, IdRequest(id=entity_id))
    return refused.code is grpc.StatusCode.NOT_FOUND


async def test_a_stream_is_opened_changed_ended_and_deleted(call: Caller) -> None:
    created = await call(
        "StreamService/CreateStream", streams.CreateStreamRequest(title="One", game_name="Chess")
    )
    stream_id = created.stream.id
    assert (created.stream.title, created.stream.is_active) == ("One", True)
    assert created.stream.started_at.seconds == NOON_S

    updated = await call(
        "StreamService/UpdateStream", streams.UpdateStreamRequest(id=stream_id, title="Two")
    )
    assert (updated.stream.title, updated.stream.game_name) == ("Two", "Chess")

    found = await call("StreamService/GetStream", IdRequest(id=stream_id.upper()))
    assert [change.title for change in found.changes] == ["One", "Two"]

    active = await call("StreamService/GetActiveStream")
    assert active.stream.id == stream_id

    ended = await call("StreamService/EndStream", streams.EndStreamRequest(id=stream_id))
    assert (ended.stream.is_active, ended.stream.ended_reason) == (False, "api")
    stats = await call("StreamService/GetStreamStats", IdRequest(id=stream_id))
    assert (stats.total_messages, stats.duration_seconds) == (0, 0)

    deleted = await call("StreamService/DeleteStream", IdRequest(id=stream_id))
    assert (deleted.success, deleted.message) == (True, f"stream {stream_id} deleted")
    assert await gone(call, "StreamService/GetStream", stream_id)
    listed = await call(
        "StreamService/ListStreams",
        streams.ListStreamsRequest(deleted_filter=DeletedFilter(only_deleted=True)),
    )
    assert [stream.id for stream in listed.streams] == [stream_id]
    assert listed.streams[0].HasField("deleted_at")


async def test_a_message_is_stored_found_and_deleted(call: Caller) -> None:
    created = await call(
        "MessageService/CreateMessage",
        messages.CreateMessageRequest(
            user_id=USER_ID, username="RONNI", message="hello world", is_vip=True
        ),
    )
    message = created.message
    assert (message.username, message.display_name) == ("ronni", "ronni")
    assert (message.stream_id, message.is_vip) == (CHAT_ONLY, True)
    assert message.sent_at.seconds == message.created_at.seconds == NOON_S

    found = await call("MessageService/GetMessage", IdRequest(id=message.id))
    assert found.message == message
    listed = await call(
        "MessageService/ListMessages", messages.ListMessagesRequest(user_id=USER_ID)
    )
    assert (list(listed.messages), listed.total) == ([message], 1)
    searched = await call(
        "MessageService/SearchMessages", messages.SearchMessagesRequest(query="wor*")
    )
    assert list(searched.messages) == [message]
    stats = await call("MessageService/GetMessageStats", messages.GetMessageStatsRequest())
    assert (stats.total_messages, stats.most_active_user) == (1, "ronni")

    await call("MessageService/DeleteMessage", IdRequest(id=message.id))
    assert await gone(call, "MessageService/GetMessage", message.id)


async def test_a_viewer_is_stored_changed_and_deleted(call: Caller) -> None:
    created = await call(
        "ViewerService/CreateViewer",
        viewers.CreateViewerRequest(twitch_id="42", username="Ronni", display_name="ロニ"),
    )
    viewer = created.viewer
    assert (viewer.username, viewer.display_name) == ("ronni", "ロニ")

    updated = await call(
        "ViewerService/UpdateViewer",
        viewers.UpdateViewerRequest(id=viewer.id, total_messages=7),
    )
    assert (updated.viewer.total_messages, updated.viewer.display_name) == (7, "ロニ")
    by_id = await call("ViewerService/GetViewer", IdRequest(id=viewer.id))
    by_twitch_id = await call(
        "ViewerService/GetViewerByTwitchId", viewers.GetViewerByTwitchIdRequest(twitch_id="42")
    )
    assert by_id == by_twitch_id
    listed = await call(
        "ViewerService/ListViewers", viewers.ListViewersRequest(order_by="total_messages")
    )
    assert [one.id for one in listed.viewers] == [viewer.id]
    stats = await call("ViewerService/GetViewerStats", IdRequest(id=viewer.id))
    assert (stats.total_messages, stats.days_since_first_seen) == (0, 0)

    await call("ViewerService/DeleteViewer", IdRequest(id=viewer.id))
    assert await gone(call, "ViewerService/GetViewer", viewer.id)


async def test_a_clip_is_stored_changed_and_deleted(call: Caller) -> None:
    created = await call(
        "ClipService/CreateClip",
        clips.CreateClipRequest(
            twitch_clip_id="AwkwardSalamander-1",
            stream_id=CHAT_ONLY,
            title="Jump",
            url="https://clips.example/1",
            view_count=3,
            created_at_twitch=Timestamp(seconds=NOON_S, nanos=1_999),
        ),
    )
    clip = created.clip
    assert (clip.stream_id, clip.created_at_twitch.nanos) == (CHAT_ONLY, 1_000)

    updated = await call("ClipService/UpdateClip", clips.UpdateClipRequest(id=clip.id, title=""))
    assert (updated.clip.title, updated.clip.view_count) == ("", 3)
    by_id = await call("ClipService/GetClip", IdRequest(id=clip.id))
    by_twitch_id = await call(
        "ClipService/GetClipByTwitchId",
        clips.GetClipByTwitchIdRequest(twitch_clip_id="AwkwardSalamander-1"),
    )
    assert by_id == by_twitch_id
    listed = await call("ClipService/ListClips", clips.ListClipsRequest(stream_id=CHAT_ONLY))
    assert [one.id for one in listed.clips] == [clip.id]

    await call("ClipService/DeleteClip", IdRequest(id=clip.id))
    assert await gone(call, "ClipService/GetClip", clip.id)


async def test_a_command_is_stored_used_changed_and_deleted(call: Caller) -> None:
    created = await call(
        "CommandService/CreateCommand",
        commands.CreateCommandRequest(
            name="!Discord", response="come in", is_active=True, cooldown_seconds=30
        ),
    )
    command = created.command
    assert command.name == "!Discord"

    use = commands.ExecuteCommandRequest(command_name="discord", user_id="42")
    first = await call("CommandService/ExecuteCommand", use)
    second = await call("CommandService/ExecuteCommand", use)
    assert (first.success, first.response) == (True, "come in")
    assert (second.success, second.error) == (False, "command is on cooldown")
    assert second.cooldown_remaining == 30

    updated = await call(
        "CommandService/UpdateCommand",
        commands.UpdateCommandRequest(id=command.id, is_active=False),
    )
    assert (updated.command.is_active, updated.command.usage_count) == (False, 1)
    by_id = await call("CommandService/GetCommand", IdRequest(id=command.id))
    by_name = await call(
        "CommandService/GetCommandByName", commands.GetCommandByNameRequest(name="DISCORD")
    )
    assert by_id == by_name
    listed = await call("CommandService/ListCommands", commands.ListCommandsRequest())
    active = await call(
        "CommandService/ListCommands", commands.ListCommandsRequest(only_active=True)
    )
    assert (listed.total, active.total) == (1, 0)

    await call("CommandService/DeleteCommand", IdRequest(id=command.id))
    assert await gone(call, "CommandService/GetCommand", command.id)


async def test_the_people_of_a_channel_are_read_counted_and_removed(
    call: Caller, sqlite_database: SqlDatabase
) -> None:
    await add_joined_channel(sqlite_database)
    await add_messages(sqlite_database, a_new_message(is_moderator=True))

    found = await call(
        "ChannelViewerService/GetChannelViewer",
        channel_viewers.GetChannelViewerRequest(channel=f"#{CHANNEL}", twitch_id=USER_ID),
    )
    assert (found.viewer.channel, found.viewer.is_moderator) == (CHANNEL, True)
    listed = await call(
        "ChannelViewerService/ListChannelViewers",
        channel_viewers.ListChannelViewersRequest(channel=CHANNEL),
    )
    assert list(listed.viewers) == [found.viewer]
    counted = await call(
        "ChannelViewerService/CountChannelViewers",
        channel_viewers.CountChannelViewersRequest(channel=CHANNEL.upper()),
    )
    assert counted.count == 1

    removed = await call(
        "ChannelViewerService/RemoveChannelViewer",
        channel_viewers.RemoveChannelViewerRequest(channel=CHANNEL, twitch_id=USER_ID),
    )
    assert removed.success
    refused = await call.refused(
        "ChannelViewerService/RemoveChannelViewer",
        channel_viewers.RemoveChannelViewerRequest(channel=CHANNEL, twitch_id=USER_ID),
    )
    assert refused.reason == "CHANNEL_VIEWER_NOT_FOUND"


async def test_pages_follow_each_other_to_the_end(
    call: Caller, sqlite_database: SqlDatabase
) -> None:
    await add_messages(sqlite_database, *(a_new_message(text=f"number {at}") for at in range(7)))
    request = messages.ListMessagesRequest(limit=3)
    texts: list[str] = []

    while True:
        page = await call("MessageService/ListMessages", request)
        assert page.total == 7
        texts += [message.message for message in page.messages]
        if not page.next_page_token:
            break
        request.page_token = page.next_page_token

    assert len(texts) == len(set(texts)) == 7


def test_all_43_methods_of_the_contract_and_four_of_ours_are_served() -> None:
    assert sum(len(service.methods) for service in SERVICES) == 47
