"""Settings of this computer: a damaged file is never an error."""

from __future__ import annotations

import pytest

from desktop.foundation.settings import Settings, load_settings, save_settings


def test_what_was_saved_is_loaded(tmp_path):
    path = tmp_path / "new" / "settings.json"
    wanted = Settings().with_values(large_type=True, last_staff_id="0a", window=(1, 2, 3, 4), tables={"residents": [1]})
    save_settings(path, wanted)
    assert load_settings(path) == wanted
    assert [file.name for file in path.parent.iterdir()] == ["settings.json"]


def test_no_file_means_the_defaults(tmp_path):
    assert load_settings(tmp_path / "settings.json") == Settings()


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"7", b"\xff\xfe\x00", b'{"window": 7}', b'{"window": ["a"]}', b'{"large_type": "yes"}',
     b'{"tables": []}', b'{"last_staff_id": null}', b'{"high_contrast": 1}'],
)  # fmt: skip
def test_a_damaged_file_gives_the_defaults(tmp_path, content):
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    assert load_settings(path) == Settings()


def test_a_setting_of_another_version_is_ignored(tmp_path):
    path = tmp_path / "settings.json"
    path.write_text('{"large_type": true, "colour": "blue"}', encoding="utf-8")
    assert load_settings(path) == Settings(large_type=True)


def test_a_folder_in_its_place_gives_the_defaults(tmp_path):
    assert load_settings(tmp_path) == Settings()
