"""What a submission's cells print and show: collected up to a limit, and cleaned before anybody looks at it."""

import base64
import html
import io
import json
import re
import warnings

import nh3
import zmq.asyncio
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionComplete
from nbformat import NotebookNode
from PIL import Image

MAX_CELL_BYTES = 1_000_000  # of one cell's outputs; what comes after is dropped
MAX_NOTEBOOK_BYTES = 10_000_000
MAX_MESSAGE_BYTES = 16_000_000
MAX_TABLE = 50_000  # characters of one; a parser of HTML may take the square of it
MAX_SIDE, MAX_PIXELS = 10_000, 25_000_000  # of one picture, whatever little it is packed into
MAX_LINES = 1000  # of one result or error message; nbgrader's LimitOutput counts what cells print
LEAST_BYTES = 200  # that any output counts as: many small ones cost time, not room
SHOWN = ("stream", "display_data", "execute_result", "error", "update_display_data")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")  # of terminals, and writing directions
BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")
TAG = re.compile(r"<(/?[a-zA-Z][a-zA-Z0-9]*)[^>]*>")
TAGS = {"table", "thead", "tbody", "tfoot", "tr", "th", "td", "caption", "p", "br", "b", "i", "em", "strong", "sub"}
TAGS |= {"sup", "div", "span", "ul", "ol", "li", "pre", "code", "h1", "h2", "h3", "h4"}


def sockets() -> zmq.asyncio.Context:
    """Sockets that hold no more of what a kernel sends than this process can bear."""
    context = zmq.asyncio.Context()
    context.setsockopt(zmq.MAXMSGSIZE, MAX_MESSAGE_BYTES)
    context.setsockopt(zmq.RCVHWM, 50)
    return context


class Client(NotebookClient):
    """Collects a cell's outputs up to a limit, so that no flood fills the memory of who grades."""

    cell_bytes = notebook_bytes = 0

    def process_message(self, msg: dict, cell: NotebookNode, cell_index: int):
        """Take a message into the cell; what a submission made up itself is left out."""
        try:
            if msg["msg_type"].startswith("comm") or (msg["msg_type"] in SHOWN and self._too_much(msg, cell)):
                return None
            return super().process_message(msg, cell, cell_index)
        except CellExecutionComplete:
            raise
        except Exception:  # noqa: BLE001, every kind of nonsense is possible
            return None

    def _too_much(self, msg: dict, cell: NotebookNode) -> bool:
        size, before = self._cost(msg["content"]), self.cell_bytes
        self.cell_bytes += size
        if self.cell_bytes <= MAX_CELL_BYTES and self.notebook_bytes + size <= MAX_NOTEBOOK_BYTES:
            self.notebook_bytes += size
            return False
        if before <= MAX_CELL_BYTES:
            self.cell_bytes = MAX_CELL_BYTES + 1
            cell.outputs.append(_stream("stdout", "[the rest of this cell's output is left out: it is too long]\n"))
        return True

    def _cost(self, content: dict) -> int:
        """Its size, as often as it is written: an update goes to every output of that name."""
        named = self._display_id_map.get(content.get("transient", {}).get("display_id"), {})
        written = 1 + sum(map(len, named.values()))
        return written * max(LEAST_BYTES, len(json.dumps(content, default=str)))


def clean(cell: NotebookNode) -> None:
    """Keep text, pictures and tables of a cell's outputs, made anew: a page that shows them runs nothing of them."""
    if type(cell.execution_count) is not int:
        cell.execution_count = None
    cell.outputs = [made for output in cell.outputs if (made := _cleaned(output))]


def shortened(words: str, most: int) -> str:
    """So much of a text as a page can show; turning it into a page can take the square of its length."""
    return words if len(words) <= most else f"{words[:most]}\n# [{len(words) - most} characters more were handed in]"


def harmless(words: str) -> str:
    """A student's Markdown without raw HTML, and without links that run something; formulae stay as they are."""
    words = re.sub(r"<(?=[a-zA-Z/!?])", "< ", words)
    plain = re.sub(r"[\s\x00-\x20]", "", html.unescape(html.unescape(words)))
    if re.search(r"(?i)(javascript|vbscript|data):", plain):
        words = re.sub(r"\](?=[(:\[])", "] ", words).replace("\\href", "")
    return words


def _cleaned(output: dict) -> NotebookNode | None:
    kind = output.get("output_type")
    if kind == "stream":
        return _stream("stderr" if output.get("name") == "stderr" else "stdout", _text(output.get("text")))
    if kind == "error":
        lines = output.get("traceback")
        words = {name: CONTROL.sub(" ", _text(output.get(name))) for name in ("ename", "evalue")}
        made = words | {"evalue": _first_lines(words["evalue"])}
        made["traceback"] = [_text(line) for line in lines] if isinstance(lines, list) else []
        return NotebookNode(output_type="error", **made)
    data = output.get("data")
    if kind not in ("display_data", "execute_result") or not isinstance(data, dict):
        return None
    shown = {}
    for name in ("image/png", "image/jpeg"):
        if isinstance(data.get(name), str) and BASE64.fullmatch(data[name]) and _can_be_shown(data[name], name):
            shown[name] = data[name]
    if isinstance(data.get("text/html"), str) and "<table" in data["text/html"]:
        # Bare tags: a parser repeats open ones that differ, as by an attribute, in each paragraph that follows.
        bare = TAG.sub(r"<\1>", data["text/html"])
        if len(bare) <= MAX_TABLE:
            shown["text/html"] = nh3.clean(bare, tags=TAGS, attributes={}, link_rel=None)
    shown["text/plain"] = _first_lines(_text(data.get("text/plain")))
    made = NotebookNode(output_type=kind, data=NotebookNode(shown), metadata=NotebookNode())
    if kind == "execute_result":
        count = output.get("execution_count")
        made.execution_count = count if type(count) is int else None
    return made


def _can_be_shown(data: str, kind: str) -> bool:
    """Whether this is a picture of that kind, and of a size that a browser can bear; only its head is read."""
    try:
        with warnings.catch_warnings(action="ignore"):  # Pillow's own, of pictures that are too large
            picture = Image.open(io.BytesIO(base64.b64decode(data)), formats=[kind.removeprefix("image/")])
    except Exception:  # noqa: BLE001, every kind of nonsense is possible
        return False
    return max(picture.size) <= MAX_SIDE and picture.width * picture.height <= MAX_PIXELS


def _stream(name: str, text: str) -> NotebookNode:
    return NotebookNode(output_type="stream", name=name, text=text)


def _first_lines(text: str) -> str:
    lines = text.split("\n")
    return text if len(lines) <= MAX_LINES else "\n".join([*lines[: MAX_LINES - 1], "[the rest is left out: too long]"])


def _text(item) -> str:
    """A text that can be written to a file."""
    words = "".join(map(str, item)) if isinstance(item, list) else "" if item is None else str(item)
    return words.encode("utf-8", errors="replace").decode("utf-8")
