"""What a process that reads files of strangers may use: memory, files, no network.

Linux only; elsewhere just the time of a task is bounded. How many processes a user may
have cannot be bounded for one of them alone, so it is not.
"""

from __future__ import annotations

import ctypes
import subprocess
import sys
from functools import cache
from pathlib import Path

from kb.extract.limits import MEGABYTE

OPEN_FILES = 512  # OCRmyPDF, with a handle for each page at work, needs some fifty (an estimate)
LARGEST_FILE = 2_048 * MEGABYTE  # that may be written: pictures of a scan

_NEARLY = 32 * MEGABYTE  # a library that is loaded asks for some 20 at once

# Of the kernel's `unshare`: a network without any way out, and users of its own, without
# which only root may ask for one.
_NEW_NETWORK = 0x40000000
_NEW_USERS = 0x10000000


def confine(memory_mb: int) -> None:
    """Bound this process and its children; it can be done again for a next task."""
    if sys.platform != "linux":
        return
    bound_memory(memory_mb)
    _bound_files()
    cut_network()


def bound_memory(megabytes: int) -> None:
    """Let this process take so much address space beyond what it has now (Linux only)."""
    if sys.platform != "linux" or megabytes <= 0:
        return
    import resource

    pages = int(
        Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    )
    wanted = pages * resource.getpagesize() + megabytes * MEGABYTE
    _bound(resource.RLIMIT_AS, wanted)


def met_memory_bound() -> bool:
    """Whether this process once had nearly all the address space that it may have.

    Libraries say in many ways that they got no memory; this tells that it was that.
    """
    if sys.platform != "linux":
        return False
    import resource

    bound, _ = resource.getrlimit(resource.RLIMIT_AS)
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = int(status.partition("VmPeak:")[2].split()[0]) * 1024
    return bound != resource.RLIM_INFINITY and peak > bound - _NEARLY


def _bound_files() -> None:
    import resource

    _bound(resource.RLIMIT_NOFILE, OPEN_FILES)
    _bound(resource.RLIMIT_FSIZE, LARGEST_FILE)


def _bound(what: int, wanted: int) -> None:
    """Set the soft limit of a resource, under the hard one that it has."""
    import resource

    _, most = resource.getrlimit(what)
    if most != resource.RLIM_INFINITY:
        wanted = min(wanted, most)
    resource.setrlimit(what, (wanted, most))


@cache
def cut_network() -> bool:
    """Take the network from this process, for good; whether the kernel allows it.

    Python 3.12 has `os.unshare` for it.
    """
    if sys.platform != "linux":
        return False
    unshare = ctypes.CDLL(None, use_errno=True).unshare
    ways = (_NEW_NETWORK, _NEW_NETWORK | _NEW_USERS)
    return any(unshare(flags) == 0 for flags in ways)


def can_cut_network() -> bool:
    """Whether readers of files are without network here; tried in a process of its own."""
    tried = f"from {__name__} import cut_network; assert cut_network()"
    command = [sys.executable, "-c", tried]
    ended = subprocess.run(
        command, check=False, timeout=60, stderr=subprocess.DEVNULL
    )
    return ended.returncode == 0
