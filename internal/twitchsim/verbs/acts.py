"""Everything that people on a platform do, without anything that breaks it."""

from twitchsim.verbs.channels import ChannelVerbs
from twitchsim.verbs.chat import ChatVerbs
from twitchsim.verbs.notices import NoticeVerbs


class Acts(ChannelVerbs, ChatVerbs, NoticeVerbs):
    """The verbs of channels, chat and notices together."""
