"""What a build shows while it runs: a bar on a terminal, a line per briefing elsewhere."""

import os
import sys
import threading

_unsaid = threading.Lock()


def share(lock):
    """Let the workers of one build hold one lock, so that one of them speaks for all."""
    global _unsaid
    _unsaid = lock


def say_once(line):
    """Tell the user something on stderr that is true of the whole build, once."""
    if _unsaid.acquire(False):
        print(f"dossier: {line}", file=sys.stderr, flush=True)


class Progress:
    """Shows which briefings are under way and how many are done; silent when `quiet`."""

    def __init__(self, total, quiet=False):
        self._quiet, self._plain = quiet, not sys.stderr.isatty()
        self._done, self._total = 0, total
        self._bar = None if quiet or self._plain else _bar(total)

    def running(self, briefings):
        """Name the briefings (theme and cut-off) that are being made now."""
        if self._bar is not None:
            self._bar.set_description_str(", ".join(f"{b.theme} {b.as_of}" for b in briefings) or "done")

    def finished(self, items):
        """Count a briefing as done; `items` are its manifest items."""
        self._done += 1
        if self._bar is not None:
            self._bar.update()
        if self._plain and not self._quiet:
            first = items[0]
            states = ", ".join(f"{item['edition']} {item['format']} {item['status']}" for item in items)
            print(
                f"[{self._done}/{self._total}] {first['theme']} {first['parameters']['as_of']}: {states}",
                file=sys.stderr,
            )

    def stopping(self):
        """Say that a build was interrupted and goes on only with what is under way. May be called by a signal handler."""
        if not self._quiet:
            os.write(2, b"stopping: what is under way is finished first; Ctrl-C again to leave it\n")

    def close(self):
        """Leave the terminal as it was."""
        if self._bar is not None:
            self._bar.close()


def _bar(total):
    from tqdm import tqdm  # 50 ms that only a terminal needs

    return tqdm(total=total, unit=" briefing", dynamic_ncols=True)
