"""Invented families: who lives in a dwelling, how old, called what; every combination comes from a seeded dice."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from desktop.foundation.days import age_on
from desktop.foundation.idnumber import check_digit

REGION = "990001"
"""No county has this code, so nobody's real number can come out."""
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓"
    "许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊"
    "金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文单解仇查"
)
_GIVEN = {
    ("女", 0): "秀英 桂兰 淑珍 玉梅 凤仙 素芬 惠芳 美珍 月娥 翠莲 兰英 桂香 雪琴 金凤 秀珍 玉华",
    ("男", 0): "德福 国栋 志明 永昌 长顺 福生 树林 家富 文斌 建业 仁贵 宝山 玉堂 广田 振华 庆祥",
    ("女", 1): "丽娟 红梅 晓燕 春霞 海英 艳玲 文静 冬梅 小琴 雅萍 莉莉 卫红 秋菊 亚男 淑敏 彩云",
    ("男", 1): "建军 志强 海涛 卫东 立新 小平 永刚 国庆 学军 春林 晓峰 伟民 向阳 玉龙 新宇 大伟",
    ("女", 2): "思雨 雨桐 佳怡 欣然 梦瑶 静怡 若曦 晓彤 诗涵 雅婷 语嫣 紫萱 可欣 安琪 一诺 子衿",
    ("男", 2): "浩然 子轩 宇航 俊杰 一鸣 天佑 明轩 博文 晨阳 嘉豪 泽宇 文昊 子墨 思远 乐天 书航",
}  # fmt: skip
_GIVEN_NAMES = {key: names.split() for key, names in _GIVEN.items()}
_PEOPLES = ("汉族",) * 47 + ("回族", "满族", "蒙古族")


@dataclass
class Person:
    """One invented resident before it becomes a record."""

    name: str
    sex: str
    born_on: date
    relation: str
    head_name: str = ""
    ethnicity: str = "汉族"
    phone: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    id_number: str | None = None
    no_id_reason: str = ""


class Families:
    """Throws the dice for one family after the other."""

    def __init__(self, dice: random.Random, today: date) -> None:
        self._dice = dice
        self._today = today
        self._sequences: dict[tuple[date, str], int] = defaultdict(int)

    def renters(self) -> list[Person]:
        """Return one to three young people under one roof."""
        first = self._adult(self._dice.choice("男女"), 22, 34, "户主")
        others = [
            self._adult(self._dice.choice("男女"), 22, 34, "租客") for _ in range(self._dice.choice((0, 0, 1, 2)))
        ]
        return self._household([first, *others])

    def old_people(self) -> list[Person]:
        """Return a couple of pensioners, or one of them alone."""
        head = self._adult(self._dice.choice("男女"), 62, 92, "户主")
        if self._dice.random() < 0.36:
            return self._household([head])
        return self._household([head, self._spouse(head)])

    def parents_with_children(self) -> list[Person]:
        """Return a couple with one or two children, sometimes with a grandparent."""
        head = self._adult("男", 27, 55, "户主")
        family = [head, self._spouse(head)]
        oldest = max(age_on(head.born_on, self._today) - 24, 0)
        family += [self._child(head, oldest) for _ in range(self._dice.choice((1, 1, 1, 2)))]
        if self._dice.random() < 0.16:
            parent = self._dice.choice("父母")
            older = age_on(head.born_on, self._today) + self._dice.randint(22, 32)
            surname = head.name[0] if parent == "父" else self._dice.choice(_SURNAMES)
            family.append(self._person("男" if parent == "父" else "女", min(older, 94), parent, surname))
        return self._household(family)

    def _household(self, family: list[Person]) -> list[Person]:
        ethnicity = self._dice.choice(_PEOPLES)
        for person in family:
            person.head_name = family[0].name
            person.ethnicity = ethnicity
        reachable = [person for person in family if person.phone]
        for person in family:
            other = next((one for one in reachable if one is not person), None)
            if other is not None and (age_on(person.born_on, self._today) >= 75 or not person.phone):
                person.contact_name, person.contact_phone = other.name, other.phone
        return family

    def _adult(self, sex: str, youngest: int, oldest: int, relation: str) -> Person:
        return self._person(sex, self._dice.randint(youngest, oldest), relation, self._dice.choice(_SURNAMES))

    def _spouse(self, head: Person) -> Person:
        age = max(age_on(head.born_on, self._today) + self._dice.randint(-4, 3), 22)
        return self._person("女" if head.sex == "男" else "男", age, "配偶", self._dice.choice(_SURNAMES))

    def _child(self, head: Person, oldest: int) -> Person:
        sex = self._dice.choice("男女")
        return self._person(sex, self._dice.randint(0, min(oldest, 24)), "子" if sex == "男" else "女", head.name[0])

    def _person(self, sex: str, age: int, relation: str, surname: str) -> Person:
        born_on = self._today - timedelta(days=age * 365 + age // 4 + self._dice.randrange(360))
        generation = 0 if born_on.year < 1966 else 1 if born_on.year < 1996 else 2
        person = Person(surname + self._dice.choice(_GIVEN_NAMES[sex, generation]), sex, born_on, relation)
        if age_on(born_on, self._today) >= 12:
            person.phone = f"13{self._dice.randrange(10)}0000{self._dice.randrange(10_000):04d}"
        if (self._today - born_on).days < 60:
            person.no_id_reason = "新生儿未上户"
        else:
            person.id_number = self._number(born_on, sex)
        return person

    def _number(self, born_on: date, sex: str) -> str:
        self._sequences[born_on, sex] += 1
        order = self._sequences[born_on, sex] * 2 - (1 if sex == "男" else 0)
        head = f"{REGION}{born_on:%Y%m%d}{order:03d}"
        return head + check_digit(head)
