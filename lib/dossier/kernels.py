"""Warm kernels: each is forked from the zygote, which has imported what notebooks need, and starts at once.

Where nothing can be forked, a plain kernel serves.

The entry point `dossier-warm` offers the same to any Jupyter program, with JUPYTER_DEFAULT_PROVISIONER_NAME.
"""

import multiprocessing
import os
import signal
import sys
import threading
import time
from importlib.util import find_spec
from queue import Empty

from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import LocalProvisioner
from traitlets import default

from .progress import say_once
from .zygote import SETTINGS, apart

PATIENCE = 60  # seconds for the first kernel, which waits for the imports


class NotWarm(Exception):
    """No kernel can be forked here; the message is the reason, in one line."""


class Manager(AsyncKernelManager):
    """A kernel manager for `nbclient` whose kernels are warm, whatever entry points are installed."""

    def __init__(self, **traits):
        super().__init__(**traits)
        self.provisioner = Provisioner(parent=self, kernel_spec=self.kernel_spec)

    @default("client_factory")
    def _client_factory_default(self):
        return Client


class Client(AsyncKernelClient):
    """A client that is ready when the kernel is; the stock one then listens for another 0.2 s."""

    async def wait_for_ready(self, timeout=None):
        """Return once the kernel has answered and nothing of its start is left to hear; else RuntimeError."""
        deadline = time.monotonic() + (timeout or float("inf"))
        request = None
        while time.monotonic() < deadline:
            try:
                message = await self.get_iopub_msg(timeout=1)
            except Empty:
                if not await self.is_alive():
                    raise RuntimeError("the kernel died at its start") from None
                request = self.kernel_info()
                continue
            if message["msg_type"] == "iopub_welcome":  # from here on all output is heard
                request = self.kernel_info()
            elif request and message["parent_header"].get("msg_id") == request:
                if message["content"].get("execution_state") == "idle":
                    return
        raise RuntimeError(f"the kernel did not answer in {timeout} s")


class Provisioner(LocalProvisioner):
    """Starts kernels as forks of the zygote, or plain ones from the first time that this fails."""

    cold = False

    async def launch_kernel(self, cmd, **kwargs):
        """Start the kernel of the command line `cmd`; returns its connection info."""
        kwargs["env"] = {**kwargs["env"], **SETTINGS}
        if not Provisioner.cold:
            try:
                self.process = _fork(cmd, kwargs["env"], kwargs.get("cwd") or os.getcwd())
                self.pid = self.pgid = self.process.pid
                return self.connection_info
            except NotWarm as reason:
                Provisioner.cold = True
                say_once(f"kernels start one by one, which is slower but gives the same: {reason}")
        return await super().launch_kernel(cmd, **kwargs)

    async def kill(self, restart=False):
        """Kill the kernel and see its end, which is near: the manager would look again after 0.1 s."""
        await super().kill(restart)
        if isinstance(self.process, _Forked):
            self.process.wait(5)


class _Forked:
    """A forked kernel as the Popen that a provisioner expects."""

    stdin = stdout = stderr = None

    def __init__(self, process):
        self._process, self.pid = process, process.pid
        self.kill, self.terminate = process.kill, process.terminate

    def poll(self):
        return self._process.exitcode

    def wait(self, timeout=None):
        self._process.join(timeout)
        return self._process.exitcode

    def send_signal(self, number):
        os.kill(self.pid, number)


def _fork(cmd, environment, folder):
    """A `_Forked` kernel that listens; NotWarm when there can be none."""
    if not sys.platform.startswith("linux"):
        raise NotWarm(f"no safe fork on {sys.platform}")
    if cmd[:3] != [sys.executable, "-m", "ipykernel_launcher"]:
        raise NotWarm(f"the kernel specification runs {' '.join(cmd[:3])}")
    context = multiprocessing.get_context("forkserver")
    heard, told = context.Pipe(duplex=False)
    process = context.Process(target=_serve, args=(cmd[3:], environment, folder, told), daemon=True)
    with heard, told:
        try:
            with apart():
                process.start()
            told.close()  # the kernel has its own end; if it dies, there is nothing more to hear
            fault = heard.recv() if heard.poll(PATIENCE) else f"no kernel in {PATIENCE} s"
        except EOFError:
            fault = "the first one died at its start"
        except (AssertionError, OSError) as error:  # a daemonic process may not have children
            fault = str(error)
    if fault:
        raise NotWarm(fault)
    return _Forked(process)


def _serve(arguments, environment, folder, told):
    """Become the kernel that a plain start would give. Runs in a fresh fork of the zygote."""
    preload = sys.modules.get("dossier.preload")
    if fault := preload.FAULT if preload else "dossier.preload could not be imported":
        return told.send(fault)
    os.setsid()
    threading.Thread(target=_end_with, args=(multiprocessing.parent_process(),), daemon=True).start()
    multiprocessing.current_process().daemon = False  # a cell may start processes
    multiprocessing.set_start_method(None, force=True)
    os.environ.clear()
    os.environ.update(environment, JPY_PARENT_PID=str(os.getppid()))
    os.chdir(folder)
    sys.path[:] = preload.PATH
    sys.argv[:] = [find_spec("ipykernel_launcher").origin, *arguments]
    sys.modules["numpy.random"].seed()  # `random` does so itself after a fork

    from ipykernel.kernelapp import IPKernelApp

    kernel = IPKernelApp.instance(parent_handle=os.getppid())
    kernel.initialize()
    told.send(None)
    told.close()
    kernel.start()


def _end_with(owner):
    """Die when the process that asked for this kernel is gone, even if it was killed; the zygote then follows."""
    owner.join()
    os.killpg(0, signal.SIGKILL)
