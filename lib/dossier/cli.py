"""The `dossier` command: arguments in, one call, an exit code out."""

import argparse
import csv
import io
import os
import sys
import tempfile
from pathlib import Path

from .errors import RequestError, refusal

LAST_SECOND = 253402300799  # of the year 9999
GOOD, FAILED, REFUSED, INTERRUPTED, UNHEARD = 0, 1, 2, 130, 141  # the last two as of other commands that end so


def main(arguments=None):
    """Run one command; returns its exit code: 0 all good, 1 something failed, 2 the request or the data is wrong."""
    options = _parsed(arguments)
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")  # a folder's name must not end a build that stands
    try:
        code = options.run(options)
        sys.stdout.flush()
        return code
    except RequestError as error:
        print(f"dossier: {error}", file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        print("dossier: stopped; what was finished is kept", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # who read the output has read enough, as `head` has
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python complains at its end
        return UNHEARD


def _parsed(arguments):
    options, others = _parser().parse_known_args(arguments)
    if others and options.command == "build" and not any(name.startswith("-") for name in others):
        options.themes += others  # a theme that stands after an option
    elif others:
        _refuse(f"dossier {options.command}", f"unrecognized arguments: {' '.join(others)}")
    return options


def _refuse(prog, message):
    print(f"{prog}: {refusal(message)}\nsee: {prog} --help", file=sys.stderr)
    sys.exit(REFUSED)


class _Parser(argparse.ArgumentParser):
    """A parser whose refusal is two lines, not a page of usage."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, allow_abbrev=False, **kwargs)

    def error(self, message):
        _refuse(self.prog, message)


def _parser():
    parser = _Parser(prog="dossier", description="Dated briefings and lessons on Iraq and Syria.")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND", dest="command")
    _add_build(commands.add_parser("build", help="execute notebooks and export their editions"))
    check = commands.add_parser("check", help="every fault of data, notebooks and wording, one line each")
    check.add_argument("--stats", action="store_true", help="how much the evidence holds, too")
    check.set_defaults(run=_check)
    commands.add_parser("list", help="themes, and their parameters with types, defaults and choices").set_defaults(
        run=_list
    )
    imports = commands.add_parser(
        "import", help="figures of another data set as rows for data/series.csv"
    ).add_subparsers(required=True, metavar="FORMAT")
    _add_import(imports.add_parser("ucdp-ged", help="sums of UCDP's event file, by country and year or month"))
    cache = commands.add_parser("cache", help="the store of finished exports").add_subparsers(
        required=True, metavar="ACTION"
    )
    cache.add_parser("clear", help="remove every finished export from the store").set_defaults(run=_clear)
    return parser


def _add_build(parser):
    add = parser.add_argument
    add("themes", nargs="*", metavar="THEME", help="themes to build; all when none is named")
    add("--as-of", action="append", default=[], metavar="DATE", help="information cut-off, YYYY-MM-DD; repeatable")
    add("-p", action="append", default=[], dest="parameters", metavar="NAME=VALUE", help="a parameter; repeatable")
    add("--batch", metavar="FILE", help="build what a batch file lists, instead of THEME and its options")
    add("--edition", action="append", default=[], metavar="NAME", help="brief, student or instructor; repeatable")
    add("--format", action="append", default=[], metavar="NAME", help="html, pdf or ipynb; repeatable")
    add("--out", default="exports", metavar="DIR", help="where the exports go (default: exports)")
    add("--paper", choices=("a4", "letter"), default="a4", help="of PDF: a4 or letter (default: a4)")
    add("--jobs", type=_count, default=os.cpu_count() or 1, metavar="N", help="processes (default: all cores)")
    add("--timeout", type=_count, metavar="S", help="seconds that one cell may run (default: no limit)")
    add("--force", action="store_true", help="build again what was built before")
    add("--fail-fast", action="store_true", help="start nothing new after a failure")
    add("--explain", action="store_true", help="say of each export why it is built or not")
    add("--quiet", action="store_true", help="no progress, failures only")
    parser.set_defaults(run=_build)


def _add_import(parser):
    add = parser.add_argument
    add("file", metavar="FILE", help="the csv that UCDP gives, unzipped")
    add("--actor", default="IS", metavar="NAME", help="UCDP's name or id of an actor (default: IS, id 234)")
    add("--country", action="append", default=[], metavar="NAME", help="repeatable (default: Iraq and Syria)")
    add("--by", choices=("year", "month"), default="year", help="what a row sums (default: year)")
    add("--out", metavar="FILE", help="where the rows go (default: standard output)")
    parser.set_defaults(run=_import)


def _count(text):
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1")
    return int(text)


def _build(options):
    from . import cache
    from .accepted import once
    from .request import from_batch, from_command_line
    from .tables import check_licences

    chosen = (options.themes, options.as_of, options.parameters, options.edition, options.format)
    if options.batch == "":
        raise RequestError("--batch names no file\nright: --batch FILE")
    if options.batch and any(chosen):
        raise RequestError("--batch says what to build\nright: either --batch FILE, or THEME with its options")
    _check_epoch(os.environ.get("SOURCE_DATE_EPOCH"))
    os.environ["DOSSIER_CACHE"] = str(cache.folder().absolute())  # kernels run in folders of their own
    _make_folder("DOSSIER_CACHE", cache.folder())
    briefings = from_batch(options.batch) if options.batch else from_command_line(*chosen)
    once(check_licences, "licences")
    _make_folder("--out", options.out)
    return _run(briefings, options)


def _check_epoch(given):
    """The date that whoever packages the exports may set for PDF: a kernel that cannot read it would never be ready."""
    if given is not None and not (given.isascii() and given.isdecimal() and int(given) <= LAST_SECOND):
        raise RequestError(
            f"SOURCE_DATE_EPOCH {given!r}: no such second\nright: seconds since 1970, digits only, or unset"
        )


def _make_folder(name, folder):
    try:
        os.makedirs(folder, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return
    except OSError as error:
        raise RequestError(f"{name} {folder}: {error.strerror}\nright: a folder that can be written to") from None


def _run(briefings, options):
    from .build import Unlisted, build
    from .progress import Progress

    progress = Progress(len(briefings), options.quiet)
    how = {name: getattr(options, name) for name in ("jobs", "paper", "force", "fail_fast", "timeout")}
    how["explain"] = _say_why if options.explain else None
    try:
        items = build(briefings, options.out, progress, **how)
    except Unlisted as error:
        _report(error.items, options)
        print(f"failed: {error}", file=sys.stderr)
        return FAILED
    finally:
        progress.close()
    return _report(items, options)


def _say_why(briefing, item, why):
    edition, format = item
    print(f"{briefing.path(edition, format)}: {why}")


def _report(items, options):
    from .letters import legible
    from .manifest import failures

    failed = failures(items)
    for error in dict.fromkeys(item["error"] for item in failed):
        print(f"failed: {legible(error)}", file=sys.stderr)
    if not options.quiet:
        cached = sum(item["status"] == "cached" for item in items)
        built = len(items) - len(failed) - cached
        print(f"{built} built, {cached} unchanged, {len(failed)} failed; {os.path.join(options.out, 'manifest.json')}")
    return FAILED if failed else GOOD


def _check(options):
    from .check import faults, stats

    found = faults()
    lines = [*map(str, found), *(stats() if options.stats else ())]
    print(*lines, f"{len(found) or 'no'} fault{'s' * (len(found) != 1)}", sep="\n")
    return FAILED if found else GOOD


def _list(options):
    from .parameters import choices, stored
    from .project import THEMES

    for theme, label in THEMES.items():
        print(f"{theme}: {label}")
        for parameter in stored(theme).values():
            valid = choices(theme, parameter.name)
            print(f"  {parameter.name}: {parameter.type} = {parameter.default!r}  {parameter.help}")
            if valid:
                print(f"      one of: {valid}" if parameter.name != "as_of" else f"      {valid}")
    return GOOD


def _import(options):
    from .tables import fields
    from .ucdp import release, report, series_rows, tally

    if options.out:
        if os.path.realpath(options.out) == os.path.realpath(options.file):
            raise RequestError(f"--out {options.out}: is the file to read\nright: another name")
        _make_folder("--out", os.path.dirname(options.out) or ".")
    found = tally(options.file, options.actor, options.country, options.by)
    text = io.StringIO()
    rows = csv.DictWriter(text, fields("series"), lineterminator="\n")
    rows.writeheader()
    rows.writerows(series_rows(found, release(options.file)))
    _put(text.getvalue(), options.out)
    print(*report(found, options.file), sep="\n", file=sys.stderr)
    return GOOD


def _put(text, out):
    from .files import write

    if not out:
        print(text, end="")
        return
    try:
        write(Path(out), text.encode())
    except OSError as error:
        raise RequestError(f"--out {out}: {error.strerror}\nright: a file that can be written to") from None


def _clear(options):
    from . import cache

    cache.clear()
    return GOOD
