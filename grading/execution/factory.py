"""A warm parent that has imported what notebooks import, and forks ready kernels and graders.

Started by a process that grades (`python -m grading.execution.factory`), or once for several of them: then it forks a
factory for each that connects. It never runs student code itself and stays single-threaded, because only then a fork is
clean. Requests and answers are JSON lines on stdin and stdout, or on the connection.
"""

import gc
import importlib
import io
import json
import os
import select
import socket
import sys
from typing import TextIO

from grading.execution.forks import fork_grader, fork_kernel, let_go
from grading.execution.process import end_with_parent
from grading.execution.warm import LISTEN, PROBE

ALWAYS = ("numpy", "scipy.optimize", "scipy.integrate", "scipy.linalg", "matplotlib.pyplot", "matplotlib.figure")
KERNEL = ("ipykernel.kernelapp", "ipykernel.ipkernel", "ipykernel.inprocess", "ipykernel.debugger", "zmq")
KERNEL += ("ipykernel.pylab.backend_inline", "IPython.core.completerlib", "grading.execution.kernel")
GRADER = ("grading.execution.grader",)
SIMULATORS = {
    "neuron": ("neuron",),
    "lfpy": ("LFPy", "lfpykit"),
    "nest": ("nest",),
}


def main() -> None:
    """Warm up for the simulators and modules named on the command line, then fork on request until stdin closes."""
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # what imports print is no answer
    if PROBE not in sys.argv:
        warm_up([word for word in sys.argv[1:] if word[0].isalpha()])
    if LISTEN in sys.argv:
        fork_factories(socket.socket(fileno=int(sys.argv[-1])))
    else:
        serve(sys.stdin, answers)


def serve(requests: TextIO, answers: TextIO) -> None:
    """Fork on request until there are no more."""
    for line in requests:
        _reap()
        request = json.loads(line)
        start = {"kernel": fork_kernel, "grader": fork_grader}[request.pop("start")]
        try:
            reply = {"pid": start(**request)}
        except OSError as error:
            reply = {"error": str(error)}
        answers.write(json.dumps(reply) + "\n")
        answers.flush()


def fork_factories(listening: socket.socket) -> None:
    """Fork a factory for each process that connects, until stdin closes."""
    here = os.getpid()
    while sys.stdin not in select.select([listening, sys.stdin], [], [])[0]:
        connection, _ = listening.accept()
        if os.fork() == 0:
            try:
                end_with_parent(here)
                let_go(keep=connection.fileno())
                serve(connection.makefile("r"), connection.makefile("w"))
            finally:
                os._exit(0)
        connection.close()
        _reap()


def warm_up(uses: list[str]) -> None:
    """Import what notebooks import, read a cell and draw a figure: no kernel has to find patterns and fonts first."""
    gc.disable()  # nothing of what imports make is garbage
    sys.modules["debugpy"] = None  # nobody debugs a kernel here, and ipykernel would import it in each one
    for name in [*ALWAYS, *KERNEL, *GRADER, *(name for use in uses for name in SIMULATORS.get(use, (use,)))]:
        try:
            importlib.import_module(name)
        except ImportError:
            continue  # this machine lacks it, and the notebook says so itself; or it lies beside the notebook
    from IPython.core.inputtransformer2 import TransformerManager
    from matplotlib.figure import Figure

    TransformerManager().transform_cell("x = 1")

    figure = Figure(layout="constrained")
    figure.subplots().plot([0, 1], label="$x$")
    figure.savefig(io.BytesIO(), format="png", bbox_inches="tight")
    gc.freeze()
    gc.enable()


def _reap() -> None:
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


if __name__ == "__main__":
    main()
