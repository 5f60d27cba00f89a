"""docs/api.md shows every method, and its requests are requests."""

from __future__ import annotations

import json
import re

import pytest
from google.protobuf import json_format, message_factory

from tests.wire.proto_files import ROOT, compiled, module

TEXT = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"call (\w+)/(\w+) '(.*?)'(?= |\n)", TEXT)
METHODS = {
    (service.name, method.name): method
    for name in compiled()
    for service in module(name).DESCRIPTOR.services_by_name.values()
    for method in service.methods
}


def test_every_method_has_an_example() -> None:
    assert {(service, method) for service, method, _ in EXAMPLES} == METHODS.keys()


@pytest.mark.parametrize(("service", "method", "body"), EXAMPLES)
def test_an_example_is_a_request_of_its_method(service: str, method: str, body: str) -> None:
    sent = json.loads(re.sub(r"'\$[A-Z]+'", "from-a-shell-variable", body))
    request_class = message_factory.GetMessageClass(METHODS[service, method].input_type)

    request = json_format.ParseDict(sent, request_class())

    assert json_format.MessageToDict(request, preserving_proto_field_name=True) == sent
