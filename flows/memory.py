"""How a process deals with its memory: what it gives back it asks for again a moment later."""

import ctypes
import gc
import sys

# Starting makes some hundred thousand objects that stay: looking through them every 700 costs a twentieth of it.
GARBAGE = 100_000  # new objects between two looks for garbage
_MALLOC_OPTIONS = ((-3, 1 << 30), (-1, (1 << 31) - 1), (-2, 1 << 26))  # mmap threshold, trim threshold, top pad


def keep_memory() -> None:
    """Lets glibc keep the memory of one page's tree for the next: to and fro costs a fifth of reading."""
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        for option in _MALLOC_OPTIONS:
            libc.mallopt(*option)
    gc.set_threshold(GARBAGE)
    gc.freeze()
