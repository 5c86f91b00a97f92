"""The grader's end: names of the student's notebook that test cells use, fetched by value when they are needed."""

import ast
import builtins
import json
import queue
import re
import time
from pathlib import Path

import numpy as np
import zmq
from jupyter_client import BlockingKernelClient

from grading.execution import values
from grading.execution.exceptions import ENDLESS, CallTimeout, CannotGrade, KernelGone, student_exception

HERE = Path(__file__).resolve().parent
QUOTED = re.compile(r"'(?:[^'\\]++|\\.)*+'|\"(?:[^\"\\]++|\\.)*+\"", re.DOTALL)  # one text, as Python writes it


def bootstrap() -> str:
    """Code that installs the bridge in a student kernel; files handed in can be imported only afterwards."""
    sources = {"_course_values": (HERE / "values.py").read_text(), "_course_bridge": (HERE / "bridge.py").read_text()}
    return f"""
import sys, types
for name, source in {json.dumps(sources)}.items():
    sys.modules[name] = types.ModuleType(name)
    sys.modules[name].__dict__["get_ipython"] = get_ipython
    exec(compile(source, name, "exec"), sys.modules[name].__dict__)
if "" not in sys.path:
    sys.path.insert(0, "")
del sys, types, name, source
"""


class StudentKernel:
    """A connection to the kernel that runs a submission; everything comes back by value."""

    def __init__(self, connection: dict):
        context = zmq.Context()
        context.setsockopt(zmq.MAXMSGSIZE, 2 * values.MAX_BYTES + 100_000)
        context.setsockopt(zmq.RCVHWM, 10)
        self.client = BlockingKernelClient(context=context)
        self.client.load_connection_info(connection)
        self.client.start_channels(iopub=False, stdin=False, hb=False)
        self.client.allow_stdin = False
        self.deadline = float("inf")

    def ask(self, function: str, *arguments: str):
        """Evaluate `bridge.function(*arguments)` there and decode the answer."""
        quoted = ", ".join(repr(argument) for argument in arguments)
        expression = f"__import__('_course_bridge').{function}({quoted})"
        message = self.client.execute("", silent=True, store_history=False, user_expressions={"answer": expression})
        while True:
            left = self.deadline - time.monotonic()
            if left <= 0:
                raise CallTimeout(ENDLESS)
            try:
                reply = self.client.get_shell_msg(timeout=min(left, 3600))
                answers = reply["parent_header"]["msg_id"] == message
            except queue.Empty:
                continue
            except Exception:  # noqa: BLE001, S112, a message that the submission made itself
                continue
            if answers:
                return _open(reply)

    def close(self) -> None:
        self.client.stop_channels()
        self.client.context.destroy(linger=0)


def _open(reply: dict):
    """The answer inside a kernel's reply, which a submission may have tampered with."""
    try:
        answer = reply["content"]["user_expressions"]["answer"]
        if answer["status"] == "error" and answer["ename"] == "KeyboardInterrupt":
            raise CallTimeout(ENDLESS)
        text = answer["data"]["text/plain"]
        if len(text) > 2 * values.MAX_BYTES or not QUOTED.fullmatch(text):
            raise ValueError("too large, or no text")
        return values.decode(ast.literal_eval(text))
    except Exception as error:  # noqa: BLE001, every kind of nonsense is possible
        raise KernelGone(f"The notebook's kernel gave no sensible answer ({type(error).__name__}).") from None


class Remote:
    """Something that stays in the student kernel; only a figure can be graded, by asking for its data."""

    def __init__(self, kernel: StudentKernel, handle: str, words: str):
        self._kernel, self._handle, self._words = kernel, handle, words

    def __figure_data__(self) -> dict:
        return receive(self._kernel, self._kernel.ask("figure_data", self._handle))

    def _refuse(self, *args, **kwargs):
        raise CannotGrade(f"cannot grade {self._words}: a number, a text, a list, a dict or an array is needed")

    # Python gives every object a truth and an equality: without these, `assert answer` would hold for any object.
    __bool__ = __eq__ = __ne__ = __getattr__ = _refuse
    __hash__ = None


class RemoteObject(Remote):
    """An object that no test can look into."""

    __array__ = __float__ = __iter__ = __len__ = __getitem__ = __contains__ = Remote._refuse


class RemoteFunction(Remote):
    """A function of the notebook; arguments and result cross by value."""

    def __call__(self, *positional, **named):
        try:
            arguments = values.encode([positional, named], keep_scalars=True)
        except values.CannotSend as error:
            raise CannotGrade(f"cannot hand {error} to a function of the notebook") from None
        return receive(self._kernel, self._kernel.ask("call", self._handle, arguments))


def receive(kernel: StudentKernel, answer):
    """What an answer of the bridge stands for; exceptions of the student's code are raised here again."""
    match answer:
        case ["value", value]:
            return value
        case ["callable", str(handle), value]:
            return _callable(value, RemoteFunction(kernel, handle, "a function"))
        case ["function", str(handle), str(words)]:
            return _called_as_there(RemoteFunction, words)(kernel, handle, words[:200])
        case ["object", str(handle), str(words)]:
            return _called_as_there(RemoteObject, words)(kernel, handle, words[:200])
        case ["raised", str(name), str(words), where, known]:
            raise student_exception(name[:100], words[:2000], where, known)
    raise KernelGone("The notebook's kernel gave no sensible answer.")


def _called_as_there(kind: type, words: str) -> type:
    """The same class by the name that the student knows: checks say of what type a thing is."""
    name = words[:200].rpartition(" of type ")[2]
    return type(name, (kind,), {}) if name.isidentifier() else kind


def _callable(value, function: RemoteFunction):
    """The value, and calling it calls the function."""
    kind = type("Callable", (type(value),), {"__call__": lambda self, *given, **named: function(*given, **named)})
    return value.view(kind) if isinstance(value, np.ndarray) else kind(value)


class Names(dict):
    """The grader's namespace: a name that it does not know is fetched from the student kernel, once a test cell."""

    def __init__(self, kernel: StudentKernel):
        super().__init__(__name__="__grader__")
        self.kernel = kernel
        self._fetched: dict = {}

    def forget(self) -> None:
        """Begin another cell: whatever the student's names hold by now is fetched anew."""
        self._fetched.clear()

    def __missing__(self, name: str):
        if hasattr(builtins, name):
            return getattr(builtins, name)
        if name not in self._fetched:
            answer = self.kernel.ask("look", name)
            if answer == ["missing"]:
                raise NameError(f"name '{name}' is not defined: has its cell been filled in and run?")
            self._fetched[name] = receive(self.kernel, answer)
        return self._fetched[name]
