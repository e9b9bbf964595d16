import os
from pathlib import Path

import pytest

from ecegateway.contract import Answer, HttpGet, ReadFile
from ecegateway.errors import PluginContractError, SourceFatalError
from ecegateway.reading import read_csv
from ecegateway.transport.drop import DropTransport
from ecegateway.transport.limits import Limits
from ecegateway.transport.retry import FileChangedError

HEADER = "Name,Remark\r\n"


def transport(folder: Path, **limits: int) -> DropTransport:
    return DropTransport("drop", folder, Limits.model_validate(limits))


def slices(source: DropTransport, pattern: str, *, header: bool = True) -> list[Answer]:
    answers: list[Answer] = []
    offset: int | None = 0
    while offset is not None:
        answer = source.fetch(ReadFile(pattern, offset, header=header), seconds=1).answer
        answers.append(answer)
        offset = answer.next_offset
    return answers


def test_the_newest_file_by_name_is_read(tmp_path: Path) -> None:
    (tmp_path / "roll-2026-06-01.csv").write_text(HEADER + "old,1\r\n")
    (tmp_path / "roll-2026-06-08.csv").write_text(HEADER + "new,1\r\n")
    (tmp_path / ".roll-2026-06-09.csv").write_text(HEADER + "hidden,1\r\n")
    (answer,) = slices(transport(tmp_path), "roll-*.csv")
    assert answer.origin == "roll-2026-06-08.csv"
    assert answer.media_type == "text/csv"
    assert b"new" in answer.body


def test_files_that_no_question_was_about_are_known(tmp_path: Path) -> None:
    for name in ("roll-2026-06-01.csv", "roll-2026-06-08.csv", "Children.csv", ".hidden"):
        (tmp_path / name).write_text(HEADER)
    (tmp_path / "folder").mkdir()
    source = transport(tmp_path)
    assert source.unasked() == ("Children.csv", "roll-2026-06-01.csv", "roll-2026-06-08.csv")
    slices(source, "roll-*.csv")
    assert source.unasked() == ("Children.csv",)


@pytest.mark.parametrize("rows", [1, 2, 3, 7])
def test_slices_never_cut_a_record_and_count_its_rows(tmp_path: Path, rows: int) -> None:
    written = [
        'Ngāio,"two\r\nlines"',
        'Tāne,"says ""kia ora""\r\nand goes"',
        'plain,5" pipe',
        "",
        'Mererangi,""',
        'last,"a,b\n\nc"',
        'quoted,"x"',
    ]
    (tmp_path / "roll.csv").write_bytes((HEADER + "\r\n".join(written)).encode())
    whole = read_csv((tmp_path / "roll.csv").read_bytes())[1]
    found: list[dict[str, str] | None] = []
    for answer in slices(transport(tmp_path, slice_rows=rows), "roll.csv"):
        assert answer.first_row == len(found) + 1
        found += read_csv(answer.body)[1]
    assert found == whole
    assert len(found) == 6


def test_json_lines_are_cut_at_line_ends_whatever_their_quotes(tmp_path: Path) -> None:
    lines = [b'{"a": "5\\" pipe"}\n', b'{"a": "b"}\n', b'{"a": "\\""}\n']
    (tmp_path / "x.jsonl").write_bytes(b"".join(lines))
    assert [a.body for a in slices(transport(tmp_path, slice_rows=1), "x.jsonl", header=False)] == lines


def test_a_file_asked_for_whole_comes_in_one_answer_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text(HEADER + "a,1\r\n" * 5)
    ask = ReadFile("x.csv", whole=True)
    answer = transport(tmp_path, slice_rows=1).fetch(ask, seconds=1).answer
    assert (answer.body, answer.next_offset) == ((tmp_path / "x.csv").read_bytes(), None)
    with pytest.raises(SourceFatalError, match=r"raise limits\.body_bytes"):
        transport(tmp_path, body_bytes=20).fetch(ask, seconds=1)


def test_a_quote_never_closed_does_not_fill_the_memory(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text(HEADER + '"open' + "x,y\r\n" * 100_000)
    with pytest.raises(SourceFatalError, match="a quote that is opened and never closed"):
        slices(transport(tmp_path, slice_bytes=10_000), "x.csv")


def test_an_optional_file_may_be_missing_and_another_may_not(tmp_path: Path) -> None:
    source = transport(tmp_path)
    answer = source.fetch(ReadFile("x*.csv", optional=True), seconds=1).answer
    assert (answer.body, answer.next_offset) == (b"", None)
    with pytest.raises(SourceFatalError, match="put it there"):
        source.fetch(ReadFile("x*.csv"), seconds=1)


def test_a_file_with_only_a_header_is_whole(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text(HEADER)
    assert [a.body for a in slices(transport(tmp_path), "x.csv")] == [HEADER.encode()]


def begun(folder: Path) -> tuple[DropTransport, ReadFile]:
    (folder / "x.csv").write_text(HEADER + "a,1\r\nb,2\r\n")
    source = transport(folder, slice_rows=1)
    first = source.fetch(ReadFile("x.csv"), seconds=1).answer
    assert first.next_offset is not None
    return source, ReadFile("x.csv", first.next_offset)


def test_a_file_that_grew_between_slices_is_noticed(tmp_path: Path) -> None:
    source, following = begun(tmp_path)
    with (tmp_path / "x.csv").open("a") as file:
        file.write("c,3\r\n")
    with pytest.raises(FileChangedError, match="changed while it was read"):
        source.fetch(following, seconds=1)


def test_a_file_that_was_replaced_between_slices_is_noticed(tmp_path: Path) -> None:
    source, following = begun(tmp_path)
    there = (tmp_path / "x.csv").stat()
    (tmp_path / "new").write_text(HEADER + "c,1\r\nd,2\r\n")
    os.utime(tmp_path / "new", ns=(there.st_atime_ns, there.st_mtime_ns))
    (tmp_path / "new").replace(tmp_path / "x.csv")
    with pytest.raises(FileChangedError):
        source.fetch(following, seconds=1)


def test_a_file_that_went_away_between_slices_is_noticed(tmp_path: Path) -> None:
    source, following = begun(tmp_path)
    (tmp_path / "x.csv").unlink()
    with pytest.raises(FileChangedError, match="went away"):
        source.fetch(following, seconds=1)


def test_a_newer_file_does_not_disturb_one_being_read(tmp_path: Path) -> None:
    (tmp_path / "x-1.csv").write_text(HEADER + "a,1\r\nb,2\r\n")
    source = transport(tmp_path, slice_rows=1)
    first = source.fetch(ReadFile("x-*.csv"), seconds=1).answer
    (tmp_path / "x-2.csv").write_text(HEADER + "c,1\r\n")
    assert first.next_offset is not None
    assert source.fetch(ReadFile("x-*.csv", first.next_offset), seconds=1).answer.origin == "x-1.csv"


def test_links_pipes_and_folders_are_refused(tmp_path: Path) -> None:
    outside = tmp_path / "outside.csv"
    outside.write_text(HEADER)
    folder = tmp_path / "drop"
    folder.mkdir()
    (folder / "link.csv").symlink_to(outside)
    os.mkfifo(folder / "pipe.csv")
    (folder / "folder.csv").mkdir()
    for name in ("link.csv", "pipe.csv", "folder.csv"):
        with pytest.raises(SourceFatalError, match="plain file"):
            transport(folder).fetch(ReadFile(name), seconds=1)


@pytest.mark.parametrize("pattern", ["../x.csv", "a/b.csv", "/etc/passwd", "..", ".x", "x\0.csv", ""])
def test_a_pattern_that_leads_elsewhere_is_the_plugins_fault(tmp_path: Path, pattern: str) -> None:
    with pytest.raises(PluginContractError, match="no plain name pattern"):
        transport(tmp_path).fetch(ReadFile(pattern), seconds=1)


def test_the_middle_of_a_file_not_begun_is_the_plugins_fault(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text(HEADER)
    with pytest.raises(PluginContractError, match="where no slice of this pull ended"):
        transport(tmp_path).fetch(ReadFile("x.csv", 7), seconds=1)


def test_an_http_path_cannot_be_asked_for(tmp_path: Path) -> None:
    with pytest.raises(PluginContractError, match="asks for an HTTP path"):
        transport(tmp_path).fetch(HttpGet("/x"), seconds=1)


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceFatalError, match="check folder in the settings"):
        transport(tmp_path / "nowhere").fetch(ReadFile("x.csv"), seconds=1)


HOSTILE_NAMES = [
    b"note\xff.csv",
    b"note\n.csv",
    "note\u202evsc.csv".encode(),
    b"note'; DROP TABLE pull.csv",
    b"note$(touch evil).csv",
    b"note-..csv",
    b"noteCON.csv",
    b"note" + b"x" * 240 + b".csv",
    "noteé.csv".encode(),
    "note\u0301.csv".encode(),
]


@pytest.mark.parametrize("name", HOSTILE_NAMES, ids=ascii)
def test_a_file_is_read_by_the_name_it_has_and_nothing_else_is_touched(tmp_path: Path, name: bytes) -> None:
    (tmp_path / "drop").mkdir()
    (tmp_path / "note.csv").write_text("outside\n", encoding="utf-8")
    Path(os.fsdecode(os.fsencode(tmp_path / "drop") + b"/" + name)).write_bytes(b"key,text\nn1,Waiata\n")
    before = sorted(os.walk(os.fsencode(tmp_path)))
    transport = DropTransport("papers", tmp_path / "drop", Limits())
    fetched = transport.fetch(ReadFile("note*.csv"), seconds=1)
    assert fetched.answer.body == b"key,text\nn1,Waiata\n"
    assert os.fsencode(fetched.answer.origin) == name
    assert sorted(os.walk(os.fsencode(tmp_path))) == before
