"""Report, marking page and feedback: what they say, what they hide, that they load nothing and can be used by all."""

import html
import logging
import re
import shutil

import bs4
import nbformat
import pytest

from grading import course as courses
from grading import nbgrader_api, samples, versions
from grading.build import text
from grading.build.markers import HIDDEN_TESTS, cut_region, split_region
from grading.execution import outputs
from grading.preprocessors import execute
from grading.preprocessors.feedback import without_folders
from grading.results import items, pages
from grading.results.feedback import make_feedback
from grading.results.marking import write_marking
from grading.results.report_page import class_result, write_report
from grading.tests import classroom
from grading.tests.browser import needs_chromium, page
from grading.tests.classroom import Work

EVIL = "eve<i>&"  # a folder may be named so
ATTACK = "<script>alert(1)</script><img src=x onerror=alert(1)>"
PATHS = re.compile(r"/(?:home|usr|tmp|root|work|opt|Users)/|site-packages")


def code_output(*lines, name="stdout"):
    return nbformat.v4.new_output("stream", name=name, text="\n".join(lines))


@pytest.fixture(scope="module")
def exercise_(course):
    return course.exercise("01_membranes")


@pytest.fixture(scope="module")
def graded(course, exercise_, tmp_path_factory):
    """Five students and every page about them; one file that is no notebook."""
    folder = tmp_path_factory.mktemp("pages")
    tests, questions = classroom.names(exercise_, course, "test_"), classroom.names(exercise_, course, "discuss_")
    answers = classroom.names(exercise_, course, "answer_")
    formula = r"Look: $\frac{g_K}{g_L}$ and $$\tau = R C$$ and $\text{<script>alert(2)</script>}$"
    texts = {
        questions[0]: f"# My *answer*\n\n{formula}\n\n![seen](http://track.example/x.png) [go](https://doi.org/10.1/x)"
    }
    texts |= {questions[1]: ATTACK + " [x](javascript:alert(3))"}
    trace = [
        f"\x1b[0;32mFile \x1b[1;32m{courses.ROOT}/.venv/lib/x/site-packages/numpy/core.py:12\x1b[0m",
        "in ~/deep/down/mine.py:3",
    ]
    figure = nbformat.v4.new_output("display_data", data={"image/png": "iVBORw0KGgo=", "text/plain": "<Figure>"})
    shown = [
        code_output("/tmp/ipykernel_77/123.py:3: RuntimeWarning: overflow", ATTACK, name="stderr"),
        figure,
        nbformat.v4.new_output("error", ename="ValueError", evalue="bad /home/anna/data.csv", traceback=trace),
        nbformat.v4.new_output("display_data", data={"text/html": f"<table><tr><td>{ATTACK}</td></tr></table>"}),
    ]
    class_ = {
        "ada": Work(texts=texts),
        "grace": Work(
            fails={tests[0]: "charge: 1000 times too large, by 3", tests[1]: "sign"}, outputs={answers[0]: shown}
        ),
        EVIL: Work(fails={tests[0]: "charge: 1000 times too large, by 7", tests[2]: ATTACK}, texts=texts),
        "flo": Work(fails={tests[0]: "no such file: /home/flo/notes/data.csv", tests[1]: "sign"}),
        "blank": Work(answers="untouched", fails=dict.fromkeys(tests, "This task is still open.")),
    }
    with courses.use_workspace(folder):
        classroom.grade(exercise_, course, class_)
        broken = folder / "submitted/broken" / exercise_.id
        broken.mkdir(parents=True)
        (broken / f"{exercise_.id}.ipynb").write_text("<<<<<<< HEAD")
        make_feedback(exercise_)
        write_marking(exercise_)
        write_report([exercise_], course)
    return folder


@pytest.fixture
def workspace(graded):
    with courses.use_workspace(graded):
        yield graded


@pytest.fixture(params=["report.html", "marking", "ada", "grace", EVIL, "blank"])
def made(request, workspace, exercise_):
    """Each of the pages."""
    if request.param == "report.html":
        return workspace / request.param
    if request.param == "marking":
        return workspace / "marking" / f"{exercise_.id}.html"
    return classroom.page(request.param, exercise_)


def source(path):
    return path.read_text(encoding="utf-8")


def words(path):
    """The page without its tags and with blanks as one."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", source(path).partition("</style>")[2])).split())


def test_pages_load_and_run_nothing(made):
    content = source(made)
    soup = bs4.BeautifulSoup(content, "html.parser")
    assert "default-src 'none'" in soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    assert not soup.find(["script", "iframe", "object", "embed", "form", "link", "base", "audio", "video", "svg"])
    assert not re.search(r"url\(|@import", soup.style.string)
    for tag in soup.find_all(True):
        assert not [
            name for name in tag.attrs if name.startswith("on") or name in ("srcset", "poster", "data", "action")
        ]
        assert tag.get("src", "data:image/png;base64,").startswith("data:image/"), tag
    for link in soup.find_all("a", href=True):
        assert re.match(r"https://|http://localhost:8888/formgrader/|#|(\.\./)?feedback/", link["href"]), link


@needs_chromium
@pytest.mark.parametrize("width", [1280, 400])
def test_pages_work_without_network_and_without_a_mouse(made, width):
    with page(width=width) as browser:
        asked, errors = [], []
        browser.context.set_offline(True)
        browser.on("request", lambda request: asked.append(request.url))
        browser.on("pageerror", lambda error: errors.append(str(error)))
        browser.on("dialog", lambda dialog: errors.append(dialog.message) or dialog.dismiss())
        browser.goto(made.as_uri())
        assert [address for address in asked if not address.startswith("data:")] == [made.as_uri()] and not errors
        assert browser.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        levels = browser.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => +h.tagName[1])")
        assert levels.count(1) == 1 and all(after <= before + 1 for before, after in zip(levels, levels[1:]))
        for table in browser.query_selector_all("main table:has(caption)"):
            assert table.query_selector("thead th[scope=col]") and table.query_selector("tbody th[scope=row]")
        assert all(browser.evaluate("[...document.images].map(i => Boolean(i.alt))"))
        assert browser.evaluate(
            "[...document.querySelectorAll('[id]')].length == new Set([...document.querySelectorAll('[id]')].map(e => e.id)).size"
        )
        browser.keyboard.press("Tab")
        assert browser.evaluate("document.activeElement.textContent") == "Skip to the content"
        browser.keyboard.press("Enter")
        assert browser.evaluate("document.activeElement.id") == "main"


def test_report_says_who_what_why_and_how(workspace, exercise_):
    said = words(workspace / "report.html")
    points = exercise_.automatic + exercise_.manual
    assert "6 submissions: 5 graded" in said and "1 not graded" in said
    assert f"{EVIL} " in said and ATTACK in said
    assert re.search(rf"ada {exercise_.automatic} of {points} to be marked \(2\) every test passed 12.3 321", said)
    assert re.search(rf"broken 0 of {points} not graded .*so it is not JSON.* not run not run", said)
    assert "0 % to under 10 % 1 " in said
    for name, number in versions.versions().items():
        assert f"{name} {number}" in said
    assert "5 submissions, in the sandbox, " in said and "ithout a sandbox" not in said


def test_items_share_solved_and_most_frequent_message(workspace, course, exercise_):
    tests = classroom.names(exercise_, course, "test_")
    by_name = {item.name: item for item in class_result(exercise_).items}
    assert [item for item in by_name if item.startswith("test_")] == tests
    assert by_name[tests[0]].share == pytest.approx(1 / 5)
    assert (by_name[tests[0]].message, by_name[tests[0]].message_count) == ("charge: 1000 times too large, by 3", 2)
    assert (by_name[tests[1]].share, by_name[tests[1]].message) == (pytest.approx(2 / 5), "sign")
    by_hand = [item for item in by_name.values() if item.by_hand]
    assert [(item.share, item.open) for item in by_hand] == [(0, 2), (0, 2)]


def test_discrimination_comes_with_enough_submissions(workspace, course, exercise_, monkeypatch):
    assert "Discrimination" not in words(workspace / "report.html")
    assert all(item.discrimination is None for item in class_result(exercise_).items)
    monkeypatch.setattr(items, "ENOUGH", 5)
    found = {item.name: item.discrimination for item in class_result(exercise_).items}
    tests = classroom.names(exercise_, course, "test_")
    assert -1 <= found[tests[1]] <= 1 and found[classroom.names(exercise_, course, "discuss_")[0]] is None
    kept = workspace / "kept.html"
    shutil.copy(workspace / "report.html", kept)
    write_report([exercise_], course)
    said = words(workspace / "report.html")
    kept.replace(workspace / "report.html")
    assert "is the correlation, over students" in said and f"{found[tests[1]]:.2f}" in said


@pytest.mark.parametrize("here", ["", "unshare: Operation not permitted"])
def test_a_run_without_a_sandbox_is_named(here, course, exercise_, tmp_path, monkeypatch):
    """Wherever it ran: on a cluster some workers may have none, or the machine that writes the gradebook."""
    monkeypatch.setattr(execute, "sandbox_problem", lambda: here)
    with courses.use_workspace(tmp_path):
        classroom.grade(exercise_, course, {"ada": Work(), "far": Work(shut_in=False)})
        said = words(write_report([exercise_], course))
    assert "Without a sandbox: 1 submission ran with the rights of whoever graded" in said
    assert "1 submission, in the sandbox, on" in said and "1 submission, without a sandbox, on" in said


def test_nbgraders_own_command_says_in_its_log_that_there_is_no_sandbox(
    course, exercise_, tmp_path, monkeypatch, caplog
):
    monkeypatch.setattr(execute, "sandbox_problem", lambda: "unshare: refused")
    monkeypatch.setattr(execute, "run", lambda job: classroom.result(job, Work(shut_in=job.shut_in)))
    with courses.use_workspace(tmp_path):
        nbgrader_api.write_source(exercise_, course)
        nbgrader_api.register(exercise_)
        for student in ("ada", "ben"):
            samples.hand_in(samples.submission(exercise_, course, {}), student, exercise_)
        api = nbgrader_api.api()
        with caplog.at_level(logging.WARNING, logger=api.log.name):
            made = [api.autograde(exercise_.id, student) for student in ("ada", "ben")]
        assert [result["success"] for result in made] == [True, True]
        assert [result.get("log", "").count("NO SANDBOX: unshare: refused.") for result in made] == [
            1,
            0,
        ]  # once, for a class
        assert class_result(exercise_).without_sandbox == 2


def test_marking_shows_question_scheme_and_cleaned_answer(workspace, exercise_):
    shown = source(workspace / "marking" / f"{exercise_.id}.html")
    cells = [cell for cell in text.read(exercise_.text, exercise_) if cell.role == "discuss"]
    assert shown.count("Mark scheme</h3>") == len(cells)
    assert shown.index("Mark scheme") < shown.index("My <em>answer</em>") and "<mfrac>" in shown
    assert "track.example" not in shown and "[picture: seen]" in shown
    address = r'href="http://localhost:8888/formgrader/submissions/[0-9a-f]{32}/#discuss_'
    assert len(re.findall(address, shown)) == 5 * len(cells)


def visible(cell):
    return cut_region(cell.source, HIDDEN_TESTS)


def test_feedback_hides_tests_and_paths_and_says_what_checks_say(workspace, course, exercise_):
    tests = classroom.names(exercise_, course, "test_")
    grace, flo = words(classroom.page("grace", exercise_)), words(classroom.page("flo", exercise_))
    points = {f"test_{cell.name.replace('/', '_')}": cell.points for cell in text.read(exercise_.text, exercise_)}
    assert f"{tests[0]} 0 of {points[tests[0]]} charge: 1000 times too large, by 3" in grace
    assert f"{tests[2]} {points[tests[2]]} of {points[tests[2]]} passed" in grace
    assert "no such file: data.csv" in flo
    assert "123.py:3: RuntimeWarning" in grace and "core.py:12" in grace and "mine.py:3" in grace
    hidden = [split_region(cell.source, HIDDEN_TESTS)[1] for cell in text.read(exercise_.text, exercise_)]
    lines = {line.strip() for region in hidden for line in region.splitlines() if len(line.strip()) > 25}
    lines -= {line.strip() for cell in text.read(exercise_.text, exercise_) for line in visible(cell).splitlines()}
    assert len(lines) > 20
    for student in ("ada", "grace", "flo", EVIL, "blank"):
        content = source(classroom.page(student, exercise_))
        said = re.sub(r"<[^>]+>", "", html.unescape(content))
        assert not [line for line in lines if line in said]
        assert "secret.py" not in content
        assert not PATHS.search(re.sub(r'base64,[^"]+', "", content)), PATHS.search(content)


def test_feedback_tells_marked_from_unmarked_and_shows_comments(workspace, course, exercise_):
    question = classroom.names(exercise_, course, "discuss_")[0]
    assert "so far: 2 answers still to be marked" in words(classroom.page("ada", exercise_))
    with nbgrader_api.gradebook() as gradebook:
        grade = gradebook.find_grade(question, exercise_.id, exercise_.id, "flo")
        grade.manual_score, grade.needs_manual_grade = 1.5, False
        comment = gradebook.find_comment(question, exercise_.id, exercise_.id, "flo")
        comment.manual_comment = "Good, *but* mind $g_L$ " + ATTACK
        gradebook.db.commit()
    assert nbgrader_api.api().generate_feedback(exercise_.id, "flo", force=True)["success"]
    made = classroom.page("flo", exercise_)
    assert [path for path in made.parent.rglob("*") if path.is_file()] == [made]
    said, content = words(classroom.page("flo", exercise_)), source(classroom.page("flo", exercise_))
    assert f"{question} 1.5 of 3 Good, *but* mind" in said and "<em>but</em> mind <math" in content
    assert not bs4.BeautifulSoup(content, "html.parser").find(["script", lambda tag: "onerror" in tag.attrs])


def test_a_test_stands_below_the_heading_of_its_task(exercise_):
    """Or a list of headings, by which a screen reader leads, has the next task inside the test of the one before."""

    def given(words):
        return nbformat.v4.new_markdown_cell(words, metadata={"nbgrader": {"locked": True}})

    def judged(name):
        metadata = dict(grade=True, locked=True, grade_id=name, state="passed", says="passed", score=1, points=1)
        return nbformat.v4.new_code_cell("1", metadata={"nbgrader": metadata})

    cells = [judged("a"), given("# Title"), judged("b"), given("## Part\n\n### Task"), judged("c"), judged("d")]
    about = dict(exercise=exercise_, student="ada", score=1, max_score=1, penalty=0, remarks=[], judged=[], open_=[])
    shown = pages.render("feedback.html.j2", **about, pictures=None, cells=[*cells, given("## Next"), judged("e")])
    found = re.findall(r'<h(\d) id="(\w)-title"', shown)
    assert found == [("3", "a"), ("4", "b"), ("6", "c"), ("6", "d"), ("5", "e")]


def test_paths_are_cut_and_other_slashes_are_left():
    for given, wanted in (
        ("File /home/anna/x/lib.py:3", "File lib.py:3"),
        ('File "/usr/lib/python3/a.py", line 2', 'File "a.py", line 2'),
        (f"in {courses.ROOT}/grading/x.py", "in x.py"),
        ("~/work/numpy/core.py in f()", "core.py in f()"),
        ("\x1b[0;32m/tmp/a/b.py\x1b[0m", "b.py"),
        ("see https://numpy.org/doc/stable/x", "see https://numpy.org/doc/stable/x"),
        ("1/2 nA/cm² a/b/c mV/ms 3 / 4 // 5", "1/2 nA/cm² a/b/c mV/ms 3 / 4 // 5"),
    ):
        assert without_folders(given) == wanted


def test_markdown_is_rendered_and_cleaned(tmp_path):
    (tmp_path / "dot.png").write_bytes(b"png")
    (tmp_path.parent / "outside.png").write_bytes(b"png")
    shown = pages.markdown(
        "# One\n### Two\n![a dot](dot.png) ![no](../outside.png) $a_1$\n\n$$b^2$$", 2, folder=tmp_path
    )
    assert "<h3>One</h3>" in shown and "<h5>Two</h5>" in shown
    assert 'src="data:image/png;base64,cG5n"' in shown and "[picture: no]" in shown
    assert "<msub>" in shown and '<math display="block" tabindex="0">' in shown
    for attack in (ATTACK, "[a](javascript:x)", r"$\text{<img src=x onerror=y>}$", r"$\href{javascript:x}{y}$"):
        assert not re.search(r"javascript|onerror|<script|src=", pages.markdown(attack))
    assert pages.markdown("$\\frac{$") == "<p><code>$\\frac{$</code></p>\n"


def test_no_program_is_coloured_that_takes_long_to_read():
    """Of the hundreds of languages that can be coloured, many take the square of a text's length."""
    for language, coloured in (("python", True), ("Python3 x", True), ("amdgpu", False), ("html", False), ("", False)):
        shown = pages.markdown(f"```{language}\nx = '<b>'\n```")
        assert ("<span" in shown) == coloured and "&lt;b&gt;" in shown, language
    assert "<span" in pages.code("x = '<b>'")
    long = pages.code("x = '<b>'\n" * 5000)
    assert "<span" not in long and "<b>" not in long and long.count("&lt;b&gt;") == 5000


def test_a_cell_in_another_language_is_not_read_in_it():
    """IPython's reader of %%html goes on with that of HTML, and so for others that take the square."""
    for magic in ("%%html", "%%svg"):
        shown = pages.code(f"{magic}\n<table border='0'>\nx = 3")
        assert 'class="nt"' not in shown and 'class="mi"' in shown and "&lt;" in shown


def test_text_in_which_too_many_formulae_begin_is_shown_as_it_is():
    for begins in ("\\\\[", "\\\\(", r"\begin{a}"):
        few, many = (pages.markdown(f"*one*\n\n{begins * number} {ATTACK}") for number in (300, 301))
        assert "<em>one</em>" in few
        assert "*one*" in many and many.count(begins) == 301 and "<script" not in many


def test_the_formgraders_pages_read_no_language_but_python_and_not_too_much_of_it(workspace):
    from nbconvert.exporters import HTMLExporter
    from nbgrader.server_extensions.formgrader import handlers
    from traitlets.config import Config

    own = {"HTMLExporter": {"template_name": "formgrade", "extra_template_basedirs": [handlers.template_path]}}
    settings = nbgrader_api.api().config.copy()
    settings.merge(Config(own))
    fenced = [f"# One\n\n```{language}\nx = '<b>'\n```\n$a_1$" for language in ("ruby", "python")]
    sources = [*fenced, "\\\\[" * 301, "%%html\n<table border='0'>", "y = 5\n" * 4000, "z = 7"]
    made = nbformat.v4.new_notebook(metadata={"language_info": {"name": "python", "pygments_lexer": "ipython3"}})
    made.cells = [nbformat.v4.new_markdown_cell(source) for source in sources[:3]]
    made.cells += [nbformat.v4.new_code_cell(source) for source in sources[3:]]
    names = dict.fromkeys(
        ("student", "notebook_id", "assignment_id", "submission_id", "base_url", "notebook_path"), "x"
    )
    shown, _ = HTMLExporter(config=settings).from_notebook_node(made, names | {"index": 0, "total": 1})
    soup = bs4.BeautifulSoup(shown, "html.parser")
    ruby, python, formulae = soup.select(".text_cell_render")
    html_, long, short = soup.select(".highlight pre")[-3:]
    assert "<span" not in str(ruby.pre) and python.pre.select("span.s1") and ruby.pre.text == python.pre.text
    assert ruby.h1.text == "One" and "$a_1$" in ruby.text
    assert formulae.pre.text == sources[2]
    assert not html_.select(".nt") and "table" in html_.text
    assert "<span" not in str(long) and long.text == sources[4] and short.select("span.mi")


def run_nbgrader_on(exercise, course, output):
    """The outputs that nbgrader keeps of a cell with this one, after cleaning and limits."""
    name = classroom.names(exercise, course, "answer_")[0]
    cell = nbformat.v4.new_code_cell(outputs=[output])
    outputs.clean(cell)
    classroom.grade(exercise, course, {"loud": Work(outputs={name: cell.outputs})})
    path = courses.workspace() / "autograded/loud" / exercise.id / f"{exercise.id}.ipynb"
    return next(cell for cell in nbformat.read(path, as_version=4).cells if cell.id == name).outputs


@pytest.mark.parametrize("kind", ["stream", "execute_result"])
def test_outputs_are_capped_by_lines(tmp_path, course, exercise_, kind):
    many = "\n".join(f"line {number}" for number in range(5000))
    output = (
        code_output(many)
        if kind == "stream"
        else nbformat.v4.new_output(kind, data={"text/plain": many}, execution_count=1)
    )
    with courses.use_workspace(tmp_path):
        (kept,) = run_nbgrader_on(exercise_, course, output)
        shown = kept.text if kind == "stream" else kept.data["text/plain"]
        assert shown.startswith("line 0\nline 1\n") and len(shown.splitlines()) == 1000
        make_feedback(exercise_)
        content = words(classroom.page("loud", exercise_))
        assert "line 900 " in content and "line 1200 " not in content
