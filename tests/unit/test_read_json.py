import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecegateway.errors import IntakeError
from ecegateway.reading import MAX_JSON_DEPTH, PoisonedObject, read_json


@pytest.mark.parametrize(
    "text",
    [
        '{"a":1,"a":2}',
        '{"a":1,"a":1}',
        '{"a" :1,"a":2}',
        '{"a":1,"a"\t:2}',
        '{"a":1,"a"\n:2}',
        '{"a":1,"a"\r:2}',
        '{"a":"\\u0022:","b":1,"b":2}',
        '{"a":"\\":","b":1,"b":2}',
        '{"a":1,"\\u0061":2}',
    ],
)
def test_a_key_said_twice_is_never_believed_however_it_is_written(text: str) -> None:
    outer = read_json(f'{{"rows":[{text},{{"a":1}}]}}'.encode())
    poisoned, neighbour = outer["rows"]
    assert isinstance(poisoned, PoisonedObject)
    assert poisoned.poison
    assert neighbour == {"a": 1}
    assert not isinstance(neighbour, PoisonedObject)


values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=8) | st.sampled_from(['":', '"', "\\", "\n"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
)


@given(values, st.sampled_from([None, 1]), st.booleans())
def test_good_json_is_read_as_it_stands(value: object, indent: int | None, ascii_only: bool) -> None:  # noqa: FBT001
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    assert read_json(text.encode("utf-8", "surrogatepass")) == value


def test_depth_is_bounded() -> None:
    assert read_json(b"[" * MAX_JSON_DEPTH + b"]" * MAX_JSON_DEPTH)
    for text in (b"[" * 65 + b"]" * 65, b'{"a":' * 65 + b"1" + b"}" * 65, b"[" * 100_000):
        with pytest.raises(IntakeError):
            read_json(text)
