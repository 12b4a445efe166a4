"""Translations: everything is collected, complete, agrees in its placeholders, and Django can load it."""

import gettext

import pytest
from babel.messages.pofile import read_po, write_po

from shutan.web import messages

PYTHON = """
from django.utils.translation import gettext as _, gettext_lazy, ngettext, npgettext, pgettext_lazy

TITLE = gettext_lazy("Annual report")
MONTH = pgettext_lazy("calendar", "Month")

def found(n):
    # Translators: shown above the list of findings
    return ngettext("%(n)d finding", "%(n)d findings", n) % {"n": n} + _("Read {clause}").format(clause=1)

def units(n):
    return npgettext("power", "one unit", "%(n)d units", n)
"""
TEMPLATE = """{% load i18n %}
<h1>{% translate "Allowance position" %}</h1>
    {% if page %}
        <p>{% translate "Deep inside" %}</p>
  {% endif %}
<p>{% translate "May" context "month name" %} {{ _("Download") }}</p>
{% blocktranslate trimmed count files=n %}
  {{ files }} file
  was read
{% plural %}
  {{ files }} files
  were read
{% endblocktranslate %}
{% blocktranslate with share=s %}{{ share }} of 100%{% endblocktranslate %}
"""


@pytest.fixture
def source(tmp_path):
    (tmp_path / "src/app/templates/app").mkdir(parents=True)
    (tmp_path / "src/app/views.py").write_text(PYTHON, encoding="utf-8")
    (tmp_path / "src/app/templates/app/page.html").write_text(TEMPLATE, encoding="utf-8")
    (tmp_path / "src/app/notes.txt").write_text('{% translate "not a template" %}', encoding="utf-8")
    return tmp_path / "src"


@pytest.fixture
def locale(tmp_path):
    return tmp_path / "locale"


def translate(locale, translations):
    path = messages.catalogue_path("zh_Hans", locale)
    with path.open("rb") as file:
        catalogue = read_po(file, locale="zh_Hans")
    for message in catalogue:
        key = message.id[0] if isinstance(message.id, tuple) else message.id
        if key in translations:
            value = translations[key]
            message.string = (value,) if isinstance(message.id, tuple) else value
    with path.open("wb") as file:
        write_po(file, catalogue)


COMPLETE = {
    "Annual report": "年度报告",
    "Month": "月份",
    "%(n)d finding": "%(n)d 项发现",
    "Read {clause}": "阅读{clause}",
    "one unit": "%(n)d 台机组",
    "Allowance position": "配额盈亏",
    "Deep inside": "深处",
    "May": "五月",
    "Download": "下载",
    "%(files)s file was read": "已读取 %(files)s 个文件",
    "%(share)s of 100%%": "100%% 中的 %(share)s",
}


def test_python_and_template_messages_are_collected_with_plural_and_context(source):
    found = {(message.id, message.context) for message in messages.collected(source) if message.id}
    assert found == {
        ("Annual report", None),
        ("Month", "calendar"),
        (("%(n)d finding", "%(n)d findings"), None),
        ("Read {clause}", None),
        (("one unit", "%(n)d units"), "power"),
        ("Allowance position", None),
        ("Deep inside", None),
        ("May", "month name"),
        ("Download", None),
        (("%(files)s file was read", "%(files)s files were read"), None),
        ("%(share)s of 100%%", None),
    }


def test_texts_stand_in_the_order_of_the_alphabet_without_places(source, locale):
    messages.update(source, locale)
    text = messages.catalogue_path("zh_Hans", locale).read_text(encoding="utf-8")
    assert "#:" not in text
    assert text.index("Allowance position") < text.index("Annual report") < text.index("Download")


def test_remarks_for_translators_come_along(source, locale):
    messages.update(source, locale)
    text = messages.catalogue_path("zh_Hans", locale).read_text(encoding="utf-8")
    assert "#. Translators: shown above the list of findings" in text


def test_an_update_names_what_is_left_and_a_complete_catalogue_has_no_problem(source, locale):
    left = messages.update(source, locale)
    assert len(left) == len(COMPLETE)
    assert all("not translated" in line for line in left)
    translate(locale, COMPLETE)
    assert messages.problems(source, locale) == []


def test_an_update_keeps_translations_and_drops_what_is_gone(source, locale):
    messages.update(source, locale)
    translate(locale, COMPLETE)
    before = messages.update(source, locale)
    text = messages.catalogue_path("zh_Hans", locale).read_bytes()
    assert before == []
    assert messages.update(source, locale) == []
    assert messages.catalogue_path("zh_Hans", locale).read_bytes() == text
    (source / "app/templates/app/page.html").write_text("", encoding="utf-8")
    assert any("no longer used" in line for line in messages.problems(source, locale))
    assert messages.update(source, locale) == []
    assert "配额盈亏" not in messages.catalogue_path("zh_Hans", locale).read_text(encoding="utf-8")


def test_a_new_message_is_missed(source, locale):
    messages.update(source, locale)
    translate(locale, COMPLETE)
    (source / "app/new.py").write_text('_("New")', encoding="utf-8")
    assert messages.problems(source, locale) == ["zh_Hans: not collected, run make messages: 'New'"]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Read {clause}", "阅读"),
        ("Read {clause}", "阅读{paragraph}"),
        ("%(n)d finding", "%(m)d 项发现"),
        ("%(share)s of 100%%", "100% 中的 %(share)s"),
        ("Download", "下载 %s"),
    ],
)
def test_a_placeholder_that_differs_is_found(source, locale, text, wrong):
    messages.update(source, locale)
    translate(locale, COMPLETE | {text: wrong})
    (problem,) = messages.problems(source, locale)
    assert "placeholders differ" in problem


def test_a_guess_is_not_a_translation(source, locale):
    messages.update(source, locale)
    translate(locale, COMPLETE)
    path = messages.catalogue_path("zh_Hans", locale)
    text = path.read_text(encoding="utf-8").replace('msgid "Download"', '#, fuzzy\nmsgid "Download"')
    path.write_text(text, encoding="utf-8")
    assert messages.problems(source, locale) == ["zh_Hans: guessed: 'Download'"]


def test_compiled_catalogues_translate(source, locale):
    messages.update(source, locale)
    translate(locale, COMPLETE)
    (compiled,) = messages.compile_all(locale)
    with compiled.open("rb") as file:
        chinese = gettext.GNUTranslations(file)
    assert chinese.gettext("Annual report") == "年度报告"
    assert chinese.pgettext("month name", "May") == "五月"
    assert chinese.gettext("May") == "May"
    assert chinese.ngettext("%(n)d finding", "%(n)d findings", 1) == "%(n)d 项发现"
    assert chinese.npgettext("power", "one unit", "%(n)d units", 5) == "%(n)d 台机组"


def test_an_empty_catalogue_is_work_not_yet_begun(source, locale):
    assert messages.problems(source, locale) == []


def test_the_catalogue_of_the_product_is_complete():
    assert messages.problems() == []


def test_check_fails_and_compile_does_not(monkeypatch, capsys):
    monkeypatch.setattr(messages, "problems", lambda: ["zh_Hans: not translated: 'x'"])
    monkeypatch.setattr(messages, "compile_all", list)
    assert messages.main(["check"]) == 1
    assert "not translated" in capsys.readouterr().out
    assert messages.main(["compile"]) == 0
