"""Faults and attacks that no other file tests: each ends in one line and leaves nothing half done.

docs/security.md says for each of the faults where its test is.
"""

from __future__ import annotations

import ast
import json
import os
import resource
import signal
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, Outcome

from kgraph import graph as graphs
from kgraph import ontology
from kgraph.articles import read_articles
from kgraph.articles.decoding import SIZE_LIMIT
from kgraph.errors import InputError
from kgraph.ontology.parsing import FORMATS

Kgraph = Callable[..., Outcome]
GOOD = "Rusia menyerang Ukraina.\n"
RULES = ("--extractor", "rules", "--article-language", "id")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder with one good article."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    return tmp_path


def started(*arguments: str, **options: object) -> subprocess.Popen:
    """`kgraph ARGUMENTS...` in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "kgraph", *arguments]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment, **options)  # type: ignore


# What a file holds


@pytest.mark.parametrize("charset", ["utf-8", "utf-16"])
def test_a_line_over_the_limit_is_skipped_and_never_held(here: Path, charset: str) -> None:
    good = json.dumps({"text": GOOD})
    with (here / "a.jsonl").open("w", encoding=charset) as file:
        for part in (good, "\n", *["x" * SIZE_LIMIT] * 5, "\n", good):
            file.write(part)
    skipped: list[InputError] = []
    tracemalloc.start()
    articles = list(read_articles(["a.jsonl"], language="id", on_skip=skipped.append))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [article.location for article in articles] == ["a.jsonl:1", "a.jsonl:3"]
    assert [str(error) for error in skipped] == ["a.jsonl:2: more than 10 MB in one line; put one article on each line"]
    assert peak < 6 * SIZE_LIMIT


def test_nesting_ends_where_the_stack_does_not(here: Path) -> None:
    for depth in (10, 100, 900, 100_000):
        text = "[" * depth + f'"{GOOD.strip()}"' + "]" * depth
        (here / "a.jsonl").write_text(f'{{"text": {text}}}\n{{"text": "{GOOD.strip()}"}}', encoding="utf-8")
        skipped: list[InputError] = []
        articles = list(read_articles(["a.jsonl"], language="id", on_skip=skipped.append))
        assert len(articles) + len(skipped) == 2
        assert articles[-1].location == "a.jsonl:2"


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="no /proc, whose memory file fails to be read")
@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv"])
def test_a_disk_that_fails_is_one_line(here: Path, name: str) -> None:
    (here / name).symlink_to("/proc/self/mem")
    skipped: list[InputError] = []
    assert len(list(read_articles([name, "good.txt"], language="id", on_skip=skipped.append))) == 1
    assert [str(error).split(";")[0] for error in skipped] == [f"{name}: cannot be read (Input/output error)"]


def test_links_in_a_circle_and_special_files_end(here: Path) -> None:
    (here / "in").mkdir()
    (here / "in" / "loop").symlink_to(here / "in")
    os.mkfifo(here / "in" / "pipe.txt")
    (here / "in" / "good.txt").write_text(GOOD, encoding="utf-8")
    articles = list(read_articles([here / "in"], language="id", on_skip=pytest.fail))
    assert [Path(article.location).name for article in articles] == ["good.txt"]
    with pytest.raises(InputError, match="not a regular file"):
        read_articles([here / "in" / "pipe.txt"], on_skip=pytest.fail)


def test_a_name_of_a_file_does_not_steer_the_terminal(here: Path, kgraph: Kgraph) -> None:
    (here / "\x1b[31m\nred.txt").write_bytes(b"%PDF")
    os.close(os.open(b"\xff.txt", os.O_CREAT))
    outcome = kgraph("build", ".", "-o", "g.ttl", *RULES)
    assert (outcome.code, len(outcome.err.splitlines())) == (3, 2)
    assert "\x1b" not in outcome.err


HOSTILE = {
    "title": '</script><script>alert(1)</script>\x00 \u202e"\\ \ud800',
    "text": "Rusia\u200b menyerang\x00 Ukraina. “Kim\u202e Jong\x00Un” bertemu Putin. </script>",
    "source": '=cmd|"/c calc"!A1\ud83d\x07\n',
    "date": "12/9/2023",
}
ADDRESSES = (
    "javascript:alert(1)",
    "https://x/%zz y?<\"'>{}|\\^`\ud800",
    "https://[::1",
    "file:///etc/passwd",
    "../../x",
)


@pytest.mark.parametrize("suffix", FORMATS)
def test_hostile_metadata_end_as_text_in_every_file(kgraph: Kgraph, tmp_path: Path, suffix: str) -> None:
    records = [{**HOSTILE, "url": url, "text": f"{HOSTILE['text']} {n}"} for n, url in enumerate(ADDRESSES)]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    graph = f"g{suffix}"
    assert kgraph("build", "a.jsonl", "-o", graph, *RULES).err == ""
    assert len(graphs.load(Path(graph))) > 50
    assert kgraph("view", graph, "-o", "g.html").code == 0
    page = (tmp_path / "g.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page
    assert 'href="javascript:' not in page
    outlets = kgraph("query", graph, "SELECT DISTINCT ?o { ?a schema:publisher ?o }", "-f", "csv").out.splitlines()[1:]
    assert [cell.lstrip('"')[:5] for cell in outlets] == ["'=cmd"]


@pytest.mark.parametrize("charset", ["utf-8", "utf-16"])
def test_entities_of_rdf_xml_are_refused_in_any_character_set(here: Path, charset: str) -> None:
    text = (
        '<!DOCTYPE r [<!ENTITY a "ha">]><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="http://x/a"><b xmlns="http://x/">&a;</b></rdf:Description></rdf:RDF>'
    )
    (here / "g.rdf").write_bytes(f'<?xml version="1.0" encoding="{charset}"?>{text}'.encode(charset))
    with pytest.raises(InputError):
        graphs.load(here / "g.rdf")


# The same article again


def test_a_copy_of_an_article_adds_nothing(here: Path) -> None:
    import kgraph

    once = set(kgraph.build(["good.txt"], extractor="rules", language="id"))
    (here / "copy.txt").write_text(f"\ufeff{GOOD}\r\n", encoding="utf-8")
    assert set(kgraph.build(["good.txt", "copy.txt"], extractor="rules", language="id")) == once


# What is written


@pytest.fixture
def old(here: Path) -> Path:
    """A graph of an earlier build."""
    graphs.save(graphs.build([], ontology.load()), here / "g.ttl")
    (here / "g.html").write_text("an old page", encoding="utf-8")
    return here / "g.ttl"


def limited() -> None:
    """A disk with room for 100 bytes a file."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))


@pytest.mark.parametrize("command", [("build", "good.txt", "-o", "g.ttl", *RULES), ("view", "g.ttl")])
@pytest.mark.usefixtures("old")
def test_a_full_disk_is_one_line_and_the_old_file_stays(here: Path, command: tuple[str, ...]) -> None:
    before = {path.name: path.read_bytes() for path in here.iterdir()}
    with started(*command, preexec_fn=limited) as process:
        complaint = process.communicate()[1]
    assert (process.returncode, complaint.count("\n")) == (1, 1)
    assert "cannot be written: File too large" in complaint
    assert {path.name: path.read_bytes() for path in here.iterdir()} == before


@pytest.mark.parametrize(
    ("output", "named"), [("/proc/g.ttl", "/proc: nothing can be written in this folder"), ("d.ttl", "d.ttl: is a")]
)
def test_where_nothing_can_be_written_is_said_before_the_work(
    kgraph: Kgraph, here: Path, output: str, named: str
) -> None:
    (here / "d.ttl").mkdir()
    (here / "bad.txt").write_bytes(b"%PDF")
    outcome = kgraph("build", "bad.txt", "-o", output, *RULES)
    assert outcome.code == 1
    assert outcome.err.startswith(f"kgraph: {named}")
    assert len(outcome.err.splitlines()) == 1  # the article was not looked at


def test_a_graph_is_on_the_disk_before_it_takes_the_place_of_the_old(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    fsync, replace = os.fsync, Path.replace
    monkeypatch.setattr(os, "fsync", lambda handle: (seen.append("on disk"), fsync(handle)))
    monkeypatch.setattr(Path, "replace", lambda self, target: (seen.append("renamed"), replace(self, target)))
    graphs.save(graphs.load(old), old)
    assert seen == ["on disk", "renamed"]


def test_ctrl_c_ends_a_build_and_leaves_nothing(here: Path) -> None:
    with (here / "a.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps({"text": f"{GOOD} {n}"}) + "\n" for n in range(100_000))
    with started("build", "a.jsonl", "-o", "g.ttl", *RULES, stdout=subprocess.PIPE) as process:
        handles = Path(f"/proc/{process.pid}/fd")
        while process.poll() is None and not any(
            os.path.lexists(h) and h.resolve().name == "a.jsonl" for h in handles.iterdir()
        ):
            time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        out, complaint = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, "")
    assert "Traceback" not in complaint
    assert sorted(path.name for path in here.iterdir()) == ["a.jsonl", "good.txt"]


def test_a_reader_who_leaves_early_is_no_fault(seed_graph: Path) -> None:
    with started("query", str(seed_graph), "articles", "-f", "csv", stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.close()
        complaint = process.stderr.read() if process.stderr else ""
    assert "Traceback" not in complaint


# What users type


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("extract", "\udcff\udcfe"), None),
        (("extract", "kata " * 5000), None),
        (("extract", "--records", "odd.jsonl"), "odd.jsonl:1: not a sentence record"),
        (("extract", "--records", "deep.jsonl"), "deep.jsonl:1: not a sentence record"),
        (("query", "g.ttl", "SELECT * { ?a ?b '\udcff' }"), "query"),
        (("query", "g.ttl", "visits", "who=\udcff"), "no actor"),
        (("ask", "g.ttl", "\udcff?"), "question"),
        (("query", "folder.ttl", "visits"), "folder.ttl"),
        (("view", "folder.ttl"), "folder.ttl"),
        (("query", "g.ttl", "bytes.rq"), "bytes.rq: not UTF-8"),
        (("build", "good.txt", "-o", "x.ttl", "--ontology", "bytes.ttl"), "bytes.ttl"),
        (("build", "good.txt", "-o", "x.ttl", "--actors", "bytes.csv"), "bytes.csv"),
        (("build", "good.txt", "-o", "x.ttl", "--actors", "folder.ttl"), "folder.ttl"),
        (("evaluate", "bytes.jsonl", "bytes.jsonl"), "bytes.jsonl:1"),
    ],
    ids=lambda value: str(value)[:40].encode("ascii", "replace").decode(),
)
def test_odd_arguments_and_files_are_one_line(
    kgraph: Kgraph, old: Path, arguments: tuple[str, ...], named: str
) -> None:
    (old.parent / "odd.jsonl").write_text('{"id": "a:0", "text": ["x"]}', encoding="utf-8")
    (old.parent / "deep.jsonl").write_text("[" * 100_000, encoding="utf-8")
    (old.parent / "folder.ttl").mkdir()
    for suffix in ("rq", "ttl", "csv", "jsonl"):
        (old.parent / f"bytes.{suffix}").write_bytes(b"\xff\xfe\x00\x81")
    extra = ("--extractor", "rules") if arguments[0] in ("extract", "build") else ()
    outcome = kgraph(*arguments, *extra)
    assert outcome.code == (1 if named else 0)
    if named:
        assert named in outcome.err
        assert len(outcome.err.splitlines()) == 1


def test_standard_input_of_another_character_set_is_one_line() -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8:strict"}
    for command in (("extract", "-"), ("query", "g.ttl", "-")):
        done = subprocess.run(
            [sys.executable, "-m", "kgraph", *command],
            input=b"\xff\xfe",
            capture_output=True,
            env=environment,
            check=False,
        )
        assert done.returncode == 1
        assert done.stderr.decode() == "kgraph: standard input: not UTF-8; convert it first, as iconv does\n"


# What the package may do

JOURNEY = """
import os, shlex, sys
from pathlib import Path

home, package = Path.cwd().resolve(), Path(sys.argv[1])
libraries = [Path(each).resolve() for each in {sys.prefix, sys.base_prefix, *sys.path[1:]}]
system = [Path(each) for each in ("/usr", "/etc", "/proc", "/sys", "/dev", "/lib", "/lib64")]
from kgraph.cli import main

def watch(event, arguments):
    if event == "socket.bind" and arguments[1] == ("::1", 0):
        return  # urllib3 asks whether this machine has IPv6
    if event in ("socket.connect", "socket.getaddrinfo", "socket.bind", "socket.sendto", "urllib.Request"):
        print("NETWORK", event, arguments[1:], file=sys.stderr)
    if event == "open" and isinstance(arguments[0], (str, bytes)):
        path, flags = Path(os.fsdecode(arguments[0])).resolve(), arguments[2]
        writes = flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        known = [home] if writes else [home, package, *libraries, *system]
        if not any(path.is_relative_to(each) for each in known) and path != Path("/dev/null"):
            print("FILE", path, flags, file=sys.stderr)

sys.addaudithook(watch)
for line in Path("journey").read_text().splitlines():
    try:
        main(shlex.split(line))
    except SystemExit as ended:
        assert not ended.code, (line, ended.code)
"""
STEPS = """build in -o g.ttl
build in -o r.nt --extractor rules
query g.ttl visits
query g.ttl relations -f json
ask g.ttl 'siapa menyerang Ukraina?'
view g.ttl
dyads g.ttl
network g.ttl
diff g.ttl r.nt
check g.ttl
extract good.txt
ontology"""


def test_a_journey_uses_no_network_and_no_file_of_others(here: Path) -> None:
    """Watched by an audit hook; the child that runs queries has walls of its own (test_queries.py)."""
    (here / "in").mkdir()
    (here / "in" / "a.txt").write_text(GOOD, encoding="utf-8")
    (here / "in" / "b.html").write_text(
        f"<html><body><article><p>{GOOD * 20}</p></article></body></html>", encoding="utf-8"
    )
    (here / "in" / "c.jsonl").write_text(json.dumps({"text": GOOD, "date": "12 Sep '23"}), encoding="utf-8")
    (here / "in" / "d.xml").write_text(
        f"<rss version='2.0'><channel><item><link>https://example.org/</link><title>{GOOD}</title></item></channel></rss>",
        encoding="utf-8",
    )
    (here / "journey").write_text(STEPS, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "TMPDIR": str(here / "tmp")}
    (here / "tmp").mkdir()
    command = [sys.executable, "-c", JOURNEY, str(ROOT)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, check=False)
    assert done.stderr == ""
    assert done.returncode == 0
    assert {path.name for path in here.iterdir()} == {"good.txt", "in", "journey", "tmp", "g.ttl", "r.nt", "g.html"}


def test_the_model_keeps_no_diary(here: Path) -> None:
    """onnxruntime's telemetry leaves a device id in the home and a session id among the temporary files."""
    for name in ("home", "tmp"):
        (here / name).mkdir()
    environment = {name: value for name, value in os.environ.items() if name not in ("CI", "XDG_CACHE_HOME")}
    environment |= {"PYTHONPATH": str(ROOT), "HOME": str(here / "home"), "TMPDIR": str(here / "tmp")}
    code = "from kgraph.language.model import SHIPPED, load_model; load_model(SHIPPED)"
    subprocess.run([sys.executable, "-c", code], env=environment, check=True)
    assert [*(here / "home").rglob("*"), *(here / "tmp").iterdir()] == []


UNSAFE = {"pickle", "marshal", "shelve", "dill", "joblib"}
NETWORK = {"requests", "httpx", "http.client", "urllib.request", "ftplib"}  # for the room `remote` alone
FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__"}
MODULES = sorted((ROOT / "kgraph").rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_nothing_is_unpickled_fetched_or_run_as_code(path: Path) -> None:
    forbidden = UNSAFE if path.is_relative_to(ROOT / "kgraph" / "remote") else UNSAFE | NETWORK
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            assert not {alias.name for alias in node.names} & forbidden
        elif isinstance(node, ast.ImportFrom):
            assert node.module not in forbidden
        elif isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                assert node.func.id not in FORBIDDEN_CALLS
            keywords = {word.arg: ast.unparse(word.value) for word in node.keywords}
            assert keywords.get("shell") != "True"
            assert keywords.get("allow_pickle") != "True"
            if ast.unparse(node.func) == "torch.load":
                assert keywords.get("weights_only") == "True"


# Exit codes


def test_help_tells_every_exit_code(kgraph: Kgraph) -> None:
    told = " ".join(kgraph("--help").out.split())
    assert "Exit codes: 0 all right, 1 an error, 2 wrong use, 3 done but some input skipped, 130 stopped." in told
