"""The real script of the Windows setup compiles, speaks Chinese, and touches nothing that is not its own."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from desktop.foundation.jobs import JobContext
from desktop.safekeeping.installers import FOLDER, check_whole, recognise

SENTENCE = re.compile(r'"([^"]*[\u4e00-\u9fff][^"]*)"')


@pytest.fixture
def text(root):
    return (root / "packaging" / "windows" / "juwei.nsi").read_text(encoding="utf-8")


@pytest.fixture
def makensis(script):
    """Return the compiler; on a Debian of our own it is installed, elsewhere the test is left out."""
    parts = script("system_parts")
    if shutil.which("makensis") is None:
        try:
            parts.provide_tools(parts.SETUP_TOOLS)
        except parts.PartsMissing as reason:
            pytest.skip(f"no NSIS: {reason}")
    return shutil.which("makensis")


@pytest.fixture
def compiled(makensis, root, tmp_path):
    """Compile the script over a stand-in of the frozen folder and return (status, what was said, the setup)."""
    payload = tmp_path / "frozen 程序"
    (payload / "_internal").mkdir(parents=True)
    (payload / "juwei.exe").write_bytes(b"MZ stand-in")
    (payload / "_internal" / "part").write_bytes(b"part")

    def run(*options):
        made = tmp_path / "JuweiWorkbench-0.1.0.exe"
        defines = [
            "-DVERSION=0.1.0",
            "-DNUMBERS=0.1.0.0",
            "-DKILOBYTES=150000",
            f"-DPAYLOAD={payload}",
            f"-DOUT={made}",
        ]
        command = [makensis, "-V2", "-WX", *defines, *options, "juwei.nsi"]
        done = subprocess.run(command, check=False, capture_output=True, cwd=root / "packaging" / "windows")
        return done.returncode, (done.stdout + done.stderr).decode("utf-8", errors="replace"), made

    return run


@pytest.mark.parametrize("options", [(), ("-DX64",), ("-DX64", "-DQUICK")])
def test_the_script_compiles_without_a_warning(compiled, options):
    status, said, made = compiled(*options)
    assert status == 0, said
    content = made.read_bytes()
    assert content.startswith(b"MZ")
    assert "居委工作台".encode("utf-16-le") in content  # what Windows shows in the file's properties


def test_the_setup_keeps_itself_where_the_program_looks_and_the_program_knows_it(compiled, text):
    status, said, made = compiled("-DX64")
    assert status == 0, said
    found = recognise(made, version="0.1.0")
    check_whole(found, JobContext())
    assert f'!define KEPT "$INSTDIR\\{FOLDER}"' in text
    assert f'CopyFiles /SILENT "$EXEPATH" "${{KEPT}}\\{found.kind.name.format(version="${VERSION}")}"' in text
    uninstall = text[text.index('Section "Uninstall"') :]
    assert 'RMDir /r "${KEPT}"' in uninstall


def test_the_script_does_not_compile_without_a_payload(compiled, tmp_path):
    shutil.rmtree(tmp_path / "frozen 程序")
    assert compiled()[0] != 0


def lines_of(text):
    return [line.strip() for line in text.splitlines() if line.strip() and not line.strip().startswith(";")]


def test_whoever_installs_reads_no_english(text):
    shown = [
        line for line in lines_of(text) if re.match(r"MessageBox|DetailPrint|!insertmacro Refuse |\$\{NSD_Create", line)
    ]
    shown += [line for line in lines_of(text) if re.match(r"!define MUI_\w+(TEXT|TITLE|TEXT_TOP)\b", line)]
    shown = [line for line in shown if '"${TEXT}"' not in line and "NSD_CreateText" not in line]
    assert len(shown) > 20
    for line in shown:
        found = SENTENCE.findall(line)
        assert found, line
        for sentence in found:
            plain = re.sub(r"\$\{\w+\}|\$\\[rn]|\$\w+|Windows|MB\b", "", sentence)
            assert not re.search(r"[A-Za-z]{2,}", plain), sentence


def test_the_exit_codes_are_those_the_script_lists(text):
    listed = set(re.findall(r"(\d) [a-z]", " ".join(line for line in text.splitlines()[:8] if line.startswith(";"))))
    used = set(re.findall(r"SetErrorLevel (\d)", text)) | set(re.findall(r"insertmacro Refuse (\d)", text))
    assert used <= listed
    assert used == {"3", "4", "5", "6"}


def test_only_what_the_setup_brought_is_removed_and_data_only_when_ticked(text):
    removed = [line.removeprefix("RMDir /r ") for line in lines_of(text) if line.startswith("RMDir /r ")]
    allowed = {r'"$INSTDIR\_new"', r'"$INSTDIR\_old"', r'"$INSTDIR\_internal"', r'"$SMPROGRAMS\${NAME}"', '"$DataDir"'}
    allowed.add('"${KEPT}"')
    assert r'!define KEPT "$INSTDIR\_installer"' in text
    assert set(removed) <= allowed
    assert removed.count('"$DataDir"') == 1
    before = text[: text.index('RMDir /r "$DataDir"')]
    assert before.rstrip().endswith("${If} $RemoveData == yes")
    assert "Call un.VerifyBackup" in text[text.index('Section "Uninstall"') :]


def test_the_registry_keys_are_fixed_and_the_users_own(text):
    assert '!define ID "JuweiWorkbench"' in text
    assert "RequestExecutionLevel user" in text
    assert "HKLM" not in text
    written = {line.split()[1] for line in lines_of(text) if line.startswith(("WriteReg", "DeleteReg"))}
    assert written == {"HKCU"}
