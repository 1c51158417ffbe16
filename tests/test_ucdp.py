"""The importer of UCDP's event file: what counts where, what is refused, how much memory it takes."""

import csv
import io
import subprocess
import sys
from pathlib import Path

import pytest
from dossier.cli import main
from dossier.project import ROOT
from dossier.tables import fields
from dossier.ucdp import release

MADE_UP = Path(__file__).parent / "data" / "ged_made_up.csv"
CONFLICT = ROOT.parent / "shared" / "conflict"
REAL = CONFLICT / "ged" / "ged191_iraq_hdx.csv"


def edited(folder, change, name="ged.csv"):
    """The path of a copy of the made-up file whose rows (lists, the header first) went through `change`."""
    with MADE_UP.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(change(rows) or rows)
    return path


def put(number, **values):
    """A change that sets columns of the row with this number, the first event being 1."""

    def change(rows):
        for column, value in values.items():
            rows[number][rows[0].index(column)] = value

    return change


@pytest.fixture
def run(capsys):
    """`dossier import ucdp-ged`: exit code, what is on standard output and standard error."""

    def run(*arguments):
        code = main(["import", "ucdp-ged", *map(str, arguments)])
        return code, *capsys.readouterr()

    return run


@pytest.fixture
def rows(run):
    """The rows that an import writes, by measure without its 'ucdp-', and date."""

    def rows(*arguments):
        code, out, err = run(*arguments)
        assert code == 0, err
        return {(row["measure"].removeprefix("ucdp-"), row["date"]): row for row in csv.DictReader(io.StringIO(out))}

    return rows


def figures(row):
    """Low, best and high of a row."""
    return tuple(int(row[column]) for column in ("low", "best", "high"))


def test_years_hold_every_event_of_the_actor_by_type(rows):
    """State-based, non-state and one-sided stand apart, `all` is their sum, nobody else's dead are in them."""
    found = rows(MADE_UP)
    year = {kind: figures(found[f"is-deaths-{kind}-iraq-year", "1991"]) for kind in ("state-based", "non-state")}
    assert year == {"state-based": (47, 94, 122), "non-state": (1, 1, 1)}
    assert figures(found["is-deaths-one-sided-iraq-year", "1991"]) == (8, 16, 16)
    assert figures(found["is-deaths-all-iraq-year", "1991"]) == (56, 111, 139)
    kinds = ("state-based", "non-state", "one-sided", "all")
    assert [found[f"is-events-{kind}-iraq-year", "1991"]["best"] for kind in kinds] == ["16", "1", "3", "20"]


def test_event_over_several_months_is_in_no_month(rows):
    """January and July lose what runs past them, their rows say how much of the year is in no month."""
    found = rows(MADE_UP, "--by", "month")
    assert figures(found["is-deaths-state-based-iraq-month", "1991-01"]) == (3, 4, 5)
    assert figures(found["is-deaths-one-sided-iraq-month", "1991-07"]) == (0, 8, 8)
    notes = [found[f"is-deaths-{kind}-iraq-month", "1991-07"]["note"] for kind in ("state-based", "one-sided", "all")]
    numbers = ["4 (deaths: 60)", "1 (deaths: 5)", "5 (deaths: 65)"]
    assert notes == [f"events of 1991 and in no month: {n}" for n in numbers]
    assert found["is-deaths-state-based-iraq-month", "1992-01"]["note"] == ""


def test_event_dated_to_no_month_is_in_none(rows):
    """date_prec 5 within May 1991 counts in 1991 and not in May."""
    found = rows(MADE_UP, "--by", "month")
    assert figures(found["is-deaths-state-based-iraq-month", "1991-05"]) == (1, 2, 3)


def test_event_over_new_year_is_of_the_year_of_its_start(rows, run):
    """30 December 1991 to 2 January 1992 is in 1991, its row and the report say so."""
    found = rows(MADE_UP)
    assert found["is-deaths-state-based-iraq-year", "1991"]["note"] == "events that end in a later year: 1 (deaths: 6)"
    assert found["is-events-state-based-iraq-year", "1992"]["best"] == "3"
    assert "\nspanning years: events 1, deaths 6; in the year of their start\n" in run(MADE_UP)[2]


def test_alliance_counts_as_its_member_and_a_longer_name_does_not(rows, run):
    """'IS, Red Lantern Front' is IS on either side; 'IS Remnant Choir' is somebody else."""
    found = rows(MADE_UP)
    assert figures(found["is-deaths-all-syria-year", "1992"]) == (7, 10, 11)
    assert figures(found["is-deaths-non-state-syria-year", "1992"]) == (3, 4, 5)
    assert "\nin an alliance: events 2, deaths 5; counted\n" in run(MADE_UP)[2]


def test_quiet_period_is_zero_and_nothing_is_invented_around(rows):
    """Between the first and the last event a period without any is 0; before and after there is no row."""
    dates = [date for measure, date in rows(MADE_UP, "--by", "month") if measure == "is-events-all-iraq-month"]
    assert (dates[0], dates[-1], len(dates)) == ("1991-01", "1993-03", 27)
    assert figures(rows(MADE_UP, "--by", "month")["is-deaths-all-iraq-month", "1992-08"]) == (0, 0, 0)


def test_report_counts_what_a_reader_must_know(run):
    """Version, filter, events read and used, low precision, licence and citation are on standard error."""
    lines = run(MADE_UP)[2].splitlines()
    assert lines[0] == f"{MADE_UP}: UCDP GED, version not stated in the file; 40 events, 1990 to 1993"
    assert lines[1] == "filter: IS (UCDP id 234), alone or in an alliance; Iraq, Syria; by year"
    assert lines[2].startswith("used: events 30, deaths 138;")
    assert "spanning months: events 4, deaths 56; in their year, in no month" in lines
    assert "dated to no month (date_prec 5): events 2, deaths 49; in their year, in no month" in lines
    assert "placed in no province (where_prec 6, 7): events 2, deaths 43; in their country" in lines
    assert "low, best, high out of order: events 2, deaths 6; summed as they are" in lines
    assert lines[-2].startswith("licence: CC BY 4.0") and lines[-1].startswith("cite: Sundberg & Melander (2013)")


def test_sum_out_of_order_says_so(rows):
    """UCDP's own files have low above best; a sum that inherits it carries a note."""
    row = rows(MADE_UP)["is-deaths-state-based-iraq-year", "1992"]
    assert (figures(row), row["note"]) == ((10, 12, 11), "low, best, high out of order in UCDP's rows")


def test_rows_fit_the_series_table(rows, tmp_path):
    """Columns, ids, precision, source and knowledge date are those that data/series.csv wants."""
    found = rows(edited(tmp_path, lambda rows: None, "GEDEvent_v25_1.csv"), "--by", "month")
    row = found["is-deaths-one-sided-iraq-month", "1991-02"]
    assert list(row) == list(fields("series"))
    assert row["id"] == "ucdp-is-deaths-one-sided-iraq-month-1991-02"
    assert (row["precision"], row["sources"], row["known_from"]) == ("month", "ucdp-ged-25-1", "1992-07-01")
    assert found["is-events-one-sided-iraq-month", "1991-02"]["low"] == ""


def hxl(rows):
    """The file as HDX gives it: a row of tags below the header, most of them empty."""
    tags = {"date_start": "#date+start", "country": "#country+name", "best": "#affected+killed"}
    rows.insert(1, [tags.get(column, "") for column in rows[0]])


def old_names(rows):
    """The file with the column names of versions before 17."""
    old = {"side_a_new_id": "SIDE_A_ID", "side_b_new_id": "SIDE_B_ID"}
    rows[0] = [old.get(c, f"{c}_est" if c in ("low", "best", "high") else c.upper()) for c in rows[0]]


def older_ids_only(rows):
    """The file without the new ids."""
    keep = [n for n, column in enumerate(rows[0]) if not column.endswith("_new_id")]
    return [[row[n] for n in keep] for row in rows]


def reordered(rows):
    """The file with its columns in another order, numbers as pandas writes them."""
    at = [rows[0].index(c) for c in ("low", "best", "high", "type_of_violence", "date_prec", "where_prec")]
    return [[f"{cell}.0" if n in at and cell.isdecimal() else cell for n, cell in enumerate(row)][::-1] for row in rows]


@pytest.mark.parametrize("change", [hxl, old_names, older_ids_only, reordered])
def test_versions_of_the_file_give_the_same_rows(change, run, tmp_path):
    """HXL tags, upper case, _est, older ids, another order: the same events make the same rows."""
    code, out, err = run(edited(tmp_path, change))
    assert (code, out) == (0, run(MADE_UP)[1])
    assert "; 40 events, 1990 to 1993" in err


def test_byte_order_mark_is_no_part_of_a_name(run, tmp_path):
    """A file that a spreadsheet saved has its first column still."""
    path = edited(tmp_path, lambda rows: [[row[rows[0].index("country")], *row] for row in rows])
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b",country,", b",nation,", 1))
    assert run(path)[1] == run(MADE_UP)[1]


def test_actor_by_id_is_the_actor_by_name(run):
    """Id 234 finds IS, with the alliances that have ids of their own."""
    assert run(MADE_UP, "--actor", "234")[1] == run(MADE_UP)[1] != run(MADE_UP, "--actor", "990002")[1]


def test_country_replaces_the_default(rows):
    """--country repeats, whatever its case, and only those named are in the rows."""
    found = rows(MADE_UP, "--country", "freedonia", "--country", "Syria")
    assert {measure.split("-")[-2] for measure, _ in found} == {"freedonia", "syria"}
    assert figures(found["is-deaths-all-freedonia-year", "1992"]) == (200, 200, 200)


def test_default_country_without_events_is_told_not_refused(run, tmp_path):
    """A file of Iraq alone is imported, the report says that Syria is not in it."""
    iraq = edited(tmp_path, lambda rows: [row for row in rows if "Syria" not in row])
    code, out, err = run(iraq)
    assert code == 0 and "-syria-" not in out and "\nSyria: no event of IS in this file\n" in err


@pytest.mark.parametrize(
    "name, version",
    [
        ("ged191.csv", "19.1"),
        ("ged191_iraq_hdx.csv", "19.1"),
        ("ged50.csv", "5.0"),
        ("GEDEvent_v25_1.csv", "25.1"),
        ("GEDEvent_v25_0_11.csv", "25.0.11"),
        ("GEDEvent_v25_01_25_09.csv", "25.01.25.09"),
        ("ged2014.csv", ""),
        ("conflict_data_irq.csv", ""),
    ],
)
def test_version_is_what_the_name_says(name, version):
    """A version is read from UCDP's own file names and from no others."""
    assert release(f"ged171/{name}") == version


@pytest.mark.parametrize(
    "name, cited",
    [("ged191.csv", "Codebook 19.1"), ("GEDEvent_v25_0_3.csv", "Hegre"), ("ged181.csv", "codebook of the version")],
)
def test_version_decides_the_citation(name, cited, run, tmp_path):
    """Each version is cited with its own paper where it is known."""
    assert cited in run(edited(tmp_path, lambda rows: None, name))[2].splitlines()[-1]


@pytest.mark.parametrize(
    "change, where, right",
    [
        (put(3, date_start="10/02/1991"), "line 4, column date_start: '10/02/1991'", "YYYY-MM-DD"),
        (put(3, date_end="1991-02-30"), "line 4, column date_end: '1991-02-30'", "day of the calendar"),
        (put(3, date_end="1991-02-09"), "line 4, column date_end: 1991-02-09", "right: 1991-02-10 or later"),
        (put(3, low="9", best="6", high="5"), "line 4, column low: 9 > 6 > 5", "right: low <= best"),
        (put(3, best="-1"), "line 4, column best: '-1'", "whole number from 0"),
        (put(3, type_of_violence="4"), "line 4, column type_of_violence: 4", "right: 1, 2, 3"),
        (put(40, best="many"), "line 42, column best: 'many'", "whole number from 0"),
        (lambda rows: [*rows[:-1], rows[-1][:20]], "line 42: 20 columns", "right: 49"),
    ],
)
def test_wrong_row_is_refused_by_line_and_column(change, where, right, run, tmp_path):
    """A row that cannot be right stops the import: file, line, column, value and what would be right."""
    path = edited(tmp_path, change)
    code, out, err = run(path)
    assert (code, out) == (2, "")
    assert f"{path}, {where}" in err and right in err and len(err.splitlines()) <= 6


def test_wrong_row_of_somebody_else_is_not_read(run, tmp_path):
    """Only the actor's events in the countries asked for are checked: row 38 is of neither."""
    assert run(edited(tmp_path, put(38, date_end="never")))[1] == run(MADE_UP)[1]


def without(*columns):
    """A change that misspells columns."""
    return lambda rows: [[f"{cell}s" if cell in columns else cell for cell in rows[0]], *rows[1:]]


@pytest.mark.parametrize(
    "columns, told",
    [
        (["date_start"], ["no column date_start. Did you mean 'date_starts'?"]),
        (["best", "country"], ["no column country. Did you mean 'countrys'?", "no column best or best_est. Did you"]),
        (["low", "best", "high", "date_prec", "date_start", "date_end"], [": 6 columns of GED are missing"]),
    ],
)
def test_missing_columns_are_named_with_the_nearest(columns, told, run, tmp_path):
    """A file without the columns that are needed is refused with their names, in at most six lines."""
    code, out, err = run(edited(tmp_path, without(*columns)))
    assert (code, out) == (2, "") and len(err.splitlines()) <= 6
    assert all(text in err for text in told), err


@pytest.mark.parametrize(
    "content, told",
    [
        (b"", "not a CSV"),
        (b"# Read me\nThis, that\n", "not a CSV"),
        (b"PK\x03\x04\x14\x00,\x08\x00\nx", "not a CSV"),
        (b"id;country;best\n1;Iraq;2\n", "not a CSV"),
        (None, "No such file"),
    ],
)
def test_what_is_no_csv_is_refused(content, told, run, tmp_path):
    """An empty file, text, an archive, semicolons and a missing file are told apart from a GED file."""
    path = tmp_path / "ged251.csv"
    if content is not None:
        path.write_bytes(content)
    code, out, err = run(path)
    assert (code, out) == (2, "")
    assert f"{path}: {told}" in err and "right: the csv of the UCDP Georeferenced Event Dataset" in err


@pytest.mark.parametrize(
    "arguments, told",
    [
        (["--actor", "Gray Brigade"], "unknown actor 'Gray Brigade'. Did you mean 'Grey Brigade'?"),
        (["--actor", "235"], "unknown actor '235'."),
        (["--country", "Iraq", "--country", "Sirya"], "no event of IS in 'Sirya'. Did you mean 'Syria'?\nvalid: Fr"),
        (["--actor", "PYD", "--country", "Iraq"], "no event of PYD in 'Iraq'.\nvalid: Syria"),
        (["--actor", "Government of Freedonia"], "no event of Government of Freedonia in 'Iraq'.\nvalid: Freedonia"),
    ],
)
def test_unknown_actor_or_country_is_refused_with_the_nearest(arguments, told, run):
    """A name that the file does not have is no silent zero."""
    code, out, err = run(MADE_UP, *arguments)
    assert (code, out) == (2, "") and told in err and len(err.splitlines()) <= 6


def test_out_gets_the_rows_and_a_refusal_leaves_it_alone(run, tmp_path):
    """--out gets what standard output would get; a refusal leaves the older file alone."""
    out = tmp_path / "rows" / "is.csv"
    assert run(MADE_UP, "--out", out)[:2] == (0, "")
    assert out.read_text(encoding="utf-8") == run(MADE_UP)[1]
    assert run(edited(tmp_path, put(40, best="many")), "--out", out)[0] == 2
    assert out.read_text(encoding="utf-8") == run(MADE_UP)[1] and len(list(out.parent.iterdir())) == 1


def test_out_that_is_a_folder_is_refused(run, tmp_path):
    """A folder cannot be written to as a file, and nothing is left in it."""
    code, out, err = run(MADE_UP, "--out", tmp_path)
    assert (code, out) == (2, "") and f"--out {tmp_path}: Is a directory" in err and list(tmp_path.iterdir()) == []


def test_the_file_read_is_never_written(run, tmp_path):
    """--out that names the event file is refused, and the file stays."""
    path = edited(tmp_path, lambda rows: None)
    before = path.read_bytes()
    code, _, err = run(path, "--out", tmp_path / "." / path.name)
    assert code == 2 and "is the file to read" in err and path.read_bytes() == before


def test_made_up_file_says_so_in_every_row():
    """Nobody can take a row of it for an event."""
    with MADE_UP.open(encoding="utf-8", newline="") as file:
        events = list(csv.DictReader(file))
    assert len(events) == 40
    assert {event["source_original"] for event in events} == {"made up"}
    assert all(event["where_coordinates"].startswith("Nowhere-on-Paper") for event in events)


def test_help_loads_no_importer():
    """`dossier --help` and the help of the import come without the importer and the evidence."""
    for arguments in (["--help"], ["import", "ucdp-ged", "--help"]):
        code = f"import sys; from dossier.cli import main\ntry: main({arguments!r})\nexcept SystemExit: pass\nprint([m for m in ('dossier.ucdp', 'dossier.data', 'dossier.build', 'pandas') if m in sys.modules])"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
        assert done.stdout.splitlines()[-1] == "[]" and "usage: dossier" in done.stdout


PEAK = """\
import resource, subprocess, sys
subprocess.run([sys.executable, "-m", "dossier", "import", "ucdp-ged", *sys.argv[1:]], check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // (1024 if sys.platform == "darwin" else 1))
"""


def peak(path, out):
    """Peak resident memory in KB of an import in a process of its own."""
    # Through a small Python: a child counts the memory of the process that it was forked from, here pytest's.
    command = [sys.executable, "-c", PEAK, str(path), "--out", str(out)]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[-1])


def test_memory_does_not_grow_with_the_file(tmp_path):
    """30 MB take less than 6 MB more than 13 KB do: a file of 1 GB stays far below 500 MB."""
    large = tmp_path / "ged.csv"
    header, body = MADE_UP.read_bytes().split(b"\n", 1)
    with large.open("wb") as file:
        file.write(header + b"\n")
        for _ in range(30_000_000 // len(body)):
            file.write(body)
    small = peak(MADE_UP, tmp_path / "small.csv")
    assert large.stat().st_size > 29_900_000 and peak(large, tmp_path / "large.csv") - small < 6_000


if REAL.is_file():

    def test_real_file_gives_the_totals_of_the_table(rows):
        """GED 19.1 for Iraq: events and deaths of IS by year and type equal those counted before, by other code."""
        with (CONFLICT / "is_events_yearly.csv").open(encoding="utf-8", newline="") as file:
            expected = [row for row in csv.DictReader(file) if row["source"] == "GED19.1_Iraq"]
        found, names = rows(REAL), ("deaths_low", "deaths_best", "deaths_high")
        assert len(expected) == 60 and len(found) == 120
        for row in expected:
            deaths = found[f"is-deaths-{row['type']}-iraq-year", row["year"]]
            assert figures(deaths) == tuple(int(row[name]) for name in names), row
            assert found[f"is-events-{row['type']}-iraq-year", row["year"]]["best"] == row["events"], row

    def test_real_file_gives_the_months_of_the_table(rows):
        """GED 19.1 for Iraq: each month holds what was dated within it, and no event across months."""
        with (CONFLICT / "is_events_monthly.csv").open(encoding="utf-8", newline="") as file:
            expected = {row["month"]: row for row in csv.DictReader(file) if row["country"] == "Iraq"}
        found = rows(REAL, "--by", "month")
        months = {date: row for (measure, date), row in found.items() if measure == "is-deaths-all-iraq-month"}
        assert len(months) > 170
        for month, row in months.items():
            assert row["best"] == expected[month]["deaths_best_dated"], month

else:

    @pytest.fixture(scope="module", autouse=True)
    def say_what_is_left_out(request):
        """One line that the comparison with UCDP's real file is not among the tests."""
        capture = request.config.pluginmanager.get_plugin("capturemanager")
        reporter = request.config.pluginmanager.get_plugin("terminalreporter")
        with capture.global_and_fixture_disabled():
            reporter.ensure_newline()
            reporter.write_line(f"NO UCDP FILE: 2 tests left out; they need {REAL}", red=True, bold=True)
