"""The memory of one worker over many executions, MB, as [[executions so far, memory], ...] in JSON.

python memory.py COUNT
"""

import json
import sys
from datetime import timedelta

import psutil
from dossier.build import make
from dossier.data import cut_off, first_as_of
from dossier.project import THEMES, notebook_path
from dossier.request import from_command_line

STEPS = 8


def main(count):
    """Make a brief, HTML and PDF, `count` times, with another theme and date each time."""
    first, span, found = first_as_of(), (cut_off() - first_as_of()).days, []
    for number in range(1, count + 1):
        theme, day = list(THEMES)[number % len(THEMES)], first + timedelta(days=number * 37 % span)
        (briefing,) = from_command_line([theme], [day.isoformat()], [], ["brief"], [])
        _, errors, _ = make(briefing, notebook_path(theme).read_bytes(), briefing.items, "a4", None, "")
        assert not errors, errors
        if number % (count // STEPS) == 0:
            found.append([number, psutil.Process().memory_info().rss / 1e6])
    print(json.dumps(found))


if __name__ == "__main__":
    main(int(sys.argv[1]))
