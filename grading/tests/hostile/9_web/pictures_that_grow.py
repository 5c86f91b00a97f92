# ruff: noqa
# Pictures of a few thousand letters that hold gigapixels when a browser unpacks them, and one that is none.
# fails: nothing

# %% tags=["scratch"]
import base64
import struct
import zlib

from IPython.display import display


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


for width, height in ((60_000, 4_000), (1, 2_000_000)):
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    data = zlib.compress(bytes((width // 8 + 2) * height), 9)
    picture = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    display({"image/png": base64.b64encode(picture).decode(), "text/plain": "picture"}, raw=True)
display({"image/png": "aGVsbG8=", "image/jpeg": "aGVsbG8=", "text/plain": "picture"}, raw=True)
