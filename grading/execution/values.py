"""Values between the student kernel and the grader: plain data, never objects.

`encode` runs in the student kernel, beside code that may have replaced anything, so `decode` trusts nothing: it
builds plain Python values and arrays of numbers from JSON and raw bytes, within limits, and runs nothing.
"""

import base64
import json
import math
import re

import numpy as np

MAX_BYTES = 64_000_000
MAX_ITEMS = 1_000_000  # values inside a value; the numbers of an array count as one
MAX_DEPTH = 30
MAX_DIGITS = 4000  # of an integer; Python itself reads no more than 4300
TOO_LARGE = 10**MAX_DIGITS
# Booleans, numbers, text and times: arrays that hold no objects and whose type has no parts.
PLAIN_TYPE = re.compile(r"[<>|=][biufcUSmM][0-9]{1,7}(\[[0-9]{0,4}[a-zA-Z]{1,2}\])?")


class CannotSend(Exception):
    """A value that cannot cross between the kernels; the message names its type."""


def encode(value, keep_scalars: bool = False) -> str:
    """A value as JSON text; `keep_scalars`: NumPy's numbers stay NumPy's, which have other methods, and 1 / 0 is infinite.

    Raises
    ------
    CannotSend
        For objects that are no plain data, for more than 64 MB or a million values, for nesting deeper than 30.
    """
    text = json.dumps(_Encoder(keep_scalars).encode(value, 0), separators=(",", ":"))
    if len(text) > MAX_BYTES:
        raise CannotSend(f"a value of {len(text) // 1_000_000} MB: too large to be graded")
    return text


class _Encoder:
    def __init__(self, keep_scalars: bool):
        self.items_left, self.keep_scalars = MAX_ITEMS, keep_scalars

    def encode(self, value, depth: int):
        self.items_left -= 1
        if depth > MAX_DEPTH:
            raise CannotSend("a value that is nested too deeply")
        if self.items_left < 0:
            raise CannotSend(f"a value with more than {MAX_ITEMS:,} parts")
        kind = type(value)
        if value is None or kind in (bool, str):
            return value
        if kind is float:
            return ["float", value.hex()]
        if self.keep_scalars and isinstance(value, np.generic):
            return ["scalar", *self.encode_array(np.asarray(value), depth)[1:]]
        if kind in (list, tuple):
            return self.encode_items(kind.__name__, list(value), depth)
        if isinstance(value, (bool, np.bool_)):
            return bool(value)
        if isinstance(value, (int, np.integer)):
            return _encode_int(int(value))
        if isinstance(value, (float, np.floating)):
            return ["float", float(value).hex()]
        if isinstance(value, (complex, np.complexfloating)):
            return ["complex", float(value.real).hex(), float(value.imag).hex()]
        if isinstance(value, str):
            return str.__str__(value)
        if isinstance(value, np.ma.MaskedArray) and np.any(np.ma.getmaskarray(value)):
            raise CannotSend("a masked array in which values are missing")
        if isinstance(value, (np.ndarray, np.generic)):
            return self.encode_array(np.asarray(value), depth)
        for base, name in ((list, "list"), (tuple, "tuple"), (set, "set"), (frozenset, "set"), (range, "tuple")):
            if isinstance(value, base):
                return self.encode_items(name, [*base.__iter__(value)], depth)
        if isinstance(value, dict):
            pairs = dict.items(value)
            return ["dict", [[self.encode(k, depth + 1), self.encode(v, depth + 1)] for k, v in pairs]]
        if value is Ellipsis:
            return ["ellipsis"]
        return self.encode_foreign(value, kind, depth)

    def encode_items(self, name: str, items: list, depth: int):
        if items and set(map(type, items)) <= ({float} if self.keep_scalars else {float, np.float64}):
            return ["floats", name, self.encode_array(np.array(items), depth)]
        return [name, [self.encode(item, depth + 1) for item in items]]

    def encode_array(self, array: np.ndarray, depth: int):
        if array.dtype.kind == "O":
            return self.encode(array.tolist(), depth + 1)
        if not PLAIN_TYPE.fullmatch(array.dtype.str):
            raise CannotSend(f"an array of {array.dtype}")
        if array.nbytes > MAX_BYTES:
            raise CannotSend(f"an array of {array.nbytes // 1_000_000} MB: too large to be graded")
        data = base64.b64encode(np.ascontiguousarray(array).tobytes()).decode()
        return ["array", array.dtype.str, list(array.shape), data]

    def encode_foreign(self, value, kind: type, depth: int):
        """A table with names as a dict of its columns, what can be read as numbers (a Series, a fraction) as those."""
        if kind.__name__ == "DataFrame" and hasattr(value, "to_numpy") and any(isinstance(k, str) for k in value):
            columns = [[self.encode(k, depth + 1), self.encode(value[k].to_numpy(), depth + 1)] for k in value]
            return ["dict", columns]
        if hasattr(kind, "__array__"):
            array = np.array(value)
            if array.dtype.kind == "O" and not array.ndim:
                raise CannotSend(f"a value of type {kind.__name__}")
            return self.encode_array(array, depth)
        if hasattr(kind, "__float__"):
            return ["float", float(value).hex()]
        raise CannotSend(f"a value of type {kind.__name__}")


def _encode_int(value: int) -> list:
    if not -TOO_LARGE < value < TOO_LARGE:
        raise CannotSend(f"an integer of more than {MAX_DIGITS} digits")
    return ["int", str(value)]


def decode(text: str):
    """The value that `encode` was given, rebuilt from plain data.

    Raises
    ------
    ValueError
        If the text is not what `encode` writes, or too large.
    """
    if not isinstance(text, str) or len(text) > MAX_BYTES + 1000:
        raise ValueError("too large")
    if text.count("[") + text.count(",") > 5 * MAX_ITEMS:
        raise ValueError("too many values")
    try:
        return _decode(json.loads(text), 0)
    except (RecursionError, TypeError, KeyError, IndexError, OverflowError, MemoryError) as error:
        raise ValueError(f"not a value: {type(error).__name__}") from None


def _decode(item, depth: int):
    if depth > MAX_DEPTH + 5:
        raise ValueError("nested too deeply")
    if item is None or isinstance(item, (bool, str)):
        return item
    if not isinstance(item, list) or not item:
        raise ValueError("not a value")
    kind, *rest = item
    if kind == "int":
        return int(_text(rest[0]))
    if kind == "float":
        return float.fromhex(_text(rest[0]))
    if kind == "complex":
        return complex(float.fromhex(_text(rest[0])), float.fromhex(_text(rest[1])))
    if kind == "array":
        return _decode_array(*rest)
    if kind == "scalar":
        return _decode_array(*rest)[()]
    if kind == "floats":
        return _container(rest[0])(_decode_array(*rest[1][1:]).tolist())
    if kind in ("list", "tuple", "set"):
        return _container(kind)(_decode(part, depth + 1) for part in rest[0])
    if kind == "dict":
        return {_decode(key, depth + 1): _decode(value, depth + 1) for key, value in rest[0]}
    if kind == "ellipsis":
        return Ellipsis
    raise ValueError(f"unknown kind {str(kind)[:20]!r}")


def _container(name) -> type:
    return {"list": list, "tuple": tuple, "set": frozenset}[name]


def _text(item) -> str:
    if not isinstance(item, str) or len(item) > MAX_DIGITS + 100:
        raise ValueError("not a number")
    return item


def _decode_array(dtype: str, shape: list, data: str) -> np.ndarray:
    if not isinstance(dtype, str) or not PLAIN_TYPE.fullmatch(dtype):
        raise ValueError("not an array of plain data")
    kind, raw = np.dtype(dtype), base64.b64decode(data, validate=True)
    sizes = [size for size in shape if type(size) is int and 0 <= size <= MAX_BYTES]
    if len(sizes) != len(shape) or len(sizes) > 32 or math.prod(sizes) * max(1, kind.itemsize) != len(raw):
        raise ValueError("an array whose size is not what it says")
    return np.frombuffer(raw, dtype=kind).reshape(sizes).copy() if raw else np.zeros(sizes, dtype=kind)
