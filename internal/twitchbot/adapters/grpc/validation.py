"""Checks a whole request against the rule table, so that a caller hears of all mistakes at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from google.protobuf.message import Message

from twitchbot.adapters.grpc.rule_table import RULES
from twitchbot.adapters.grpc.rules import BrokenRuleError, Rule
from twitchbot.domain.errors import InvalidInputError

Check = Callable[[Message], Sequence[InvalidInputError]]

_FROM, _TO = "sent_from", "sent_to"


def check_for(request_type: type[Message]) -> Check:
    """Return the check of a request type, which normalises the request and lists what is wrong.

    Requests without rules, such as those of the health service, always pass.
    """
    rules = RULES.get(request_type, {})
    fields = request_type.DESCRIPTOR.fields_by_name
    steps = [(name, rule, fields[name].has_presence) for name, rule in rules.items()]
    has_range = _FROM in rules and _TO in rules

    def check(request: Message) -> Sequence[InvalidInputError]:
        found = [
            error
            for name, rule, can_be_absent in steps
            if not (can_be_absent and not request.HasField(name))
            and (error := _apply(rule, request, name))
        ]
        if not found and has_range:
            return _check_range(request)
        return found

    return check


def _apply(rule: Rule, request: Message, name: str) -> InvalidInputError | None:
    value = getattr(request, name)
    try:
        normal = rule(value)
    except BrokenRuleError as error:
        return error.kind(name, error.description)
    if normal is not value:
        setattr(request, name, normal)
    return None


def _check_range(request: Message) -> Sequence[InvalidInputError]:
    if not (request.HasField(_FROM) and request.HasField(_TO)):
        return []
    begin, end = getattr(request, _FROM), getattr(request, _TO)
    if (begin.seconds, begin.nanos) <= (end.seconds, end.nanos):
        return []
    return [InvalidInputError(_FROM, f"must not be later than {_TO}")]
