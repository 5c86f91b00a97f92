"""The grader's end: names of the student's notebook that test cells use, fetched by value when they are needed."""

import builtins
import json
import socket
import time

import numpy as np

from grading.execution import values
from grading.execution.exceptions import ENDLESS, CallTimeout, CannotGrade, KernelGone, student_exception

LARGEST = values.MAX_BYTES + 1000  # bytes of an answer
NO_SENSE = "The notebook's kernel gave no sensible answer"
PAUSE = 0.5  # seconds for whoever watches to see that the kernel has ended


class StudentKernel:
    """A connection to the kernel that runs a submission; everything comes back by value.

    Parameters
    ----------
    address : str
        Of the socket where its bridge listens.
    """

    def __init__(self, address: str):
        self.address, self.deadline = address, float("inf")
        self._socket: socket.socket | None = None

    def ask(self, function: str, *arguments: str):
        """Let the bridge call one of its functions, and decode the answer.

        Raises
        ------
        CallTimeout
            At the deadline.
        KernelGone
            If no answer can come, or what comes is none.
        """
        try:
            self._send(json.dumps([function, *arguments]).encode() + b"\n")
            return values.decode(self._line().decode())
        except TimeoutError:
            self.close()
            raise CallTimeout(ENDLESS) from None
        except (OSError, EOFError, ValueError) as error:
            self.close()
            time.sleep(PAUSE)
            raise KernelGone(f"{NO_SENSE} ({type(error).__name__}).") from None
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """What is still to come is not read: the next question takes another connection."""
        if self._socket:
            self._socket.close()
            self._socket = None

    def _send(self, question: bytes) -> None:
        if self._socket is None:
            self._socket = socket.socket(socket.AF_UNIX)
            self._wait_no_longer()
            self._socket.connect(self.address)
        self._wait_no_longer()
        self._socket.sendall(question)

    def _line(self) -> bytes:
        received = bytearray()
        while not received.endswith(b"\n"):
            self._wait_no_longer()
            part = self._socket.recv(2**20)
            if not part:
                raise EOFError
            received += part
            if len(received) > LARGEST:
                raise ValueError("too large")
        return bytes(received)

    def _wait_no_longer(self) -> None:
        """Let the next step on the socket end at the deadline."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._socket.settimeout(min(left, 3600))


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
    raise KernelGone(f"{NO_SENSE}.")


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
