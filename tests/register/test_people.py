"""Passwords, officers' names and a first set-up: every problem at once, in plain words."""

from __future__ import annotations

import pytest

from desktop.register.office import NewOfficer, check_setup
from desktop.register.rights import Role
from desktop.register.service.people import check_password, check_staff_name


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("", "password_short"), ("abc1234", "password_short"), ("abc12346", None), ("12345678", "password_common"),
        ("87654321", "password_common"), ("45678901", "password_common"), ("Password", "password_common"),
        ("aaaaaaaa", "password_common"), ("abababab", "password_common"), (" abc12346", "password_blank"),
        ("abc12346 ", "password_blank"), ("abc 12346", None), ("翠湖苑的老槐树下", None), ("woaini1314",
        "password_common"),
    ],
)  # fmt: skip
def test_a_password_has_eight_characters_and_is_nobody_s_first_guess(password, code):
    assert [problem.code for problem in check_password(password)] == ([code] if code else [])


def test_a_password_is_not_the_name_itself():
    assert [problem.code for problem in check_password("annasmith", name="AnnaSmith")] == ["password_common"]
    assert check_password("annasmith", name="沈玉琴") == []


@pytest.mark.parametrize(
    ("name", "code"), [("", "required"), (" ", "required"), ("沈 玉琴", "name_taken"), ("罗晓梅", None)]
)
def test_officers_have_names_of_their_own(name, code):
    assert [problem.code for problem in check_staff_name(name, {"沈玉琴"})] == ([code] if code else [])


def test_a_first_set_up_says_every_problem_by_officer():
    officers = [NewOfficer("罗晓梅", Role.HEALTH, "short"), NewOfficer("罗 晓梅", Role.GRID, "abc12346")]
    found = [(problem.field, problem.code) for problem in check_setup(" ", "12", officers)]
    assert found == [
        ("committee", "required"), ("region", "region_length"), ("password_1", "password_short"), ("name_2",
        "name_taken"),
        ("role_1", "required"),
    ]  # fmt: skip
    assert check_setup("渔村居委会", "", [NewOfficer("沈玉琴", Role.DIRECTOR, "abc12346")]) == []
