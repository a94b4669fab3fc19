"""Residents, their tags and issued documents in the history: what columns are called, numbers starred."""

from __future__ import annotations

from desktop.foundation.text import mask_id_number, mask_phone
from desktop.register.issued_records import IssuedDocument
from desktop.register.records import ResidentTag
from desktop.register.rights import Right
from desktop.register.service.record_history import RecordKind, changed, masked_by, words_of

RESIDENT_WORDS = words_of(
    {
        "name": "姓名", "id_number": "身份证号", "no_id_reason": "无证原因", "sex": "性别", "born_on": "出生日期",
        "ethnicity": "民族", "phone": "联系电话", "contact_name": "联系人", "contact_phone": "联系人电话",
        "household_id": "住址", "head_name": "户主", "relation": "与户主关系", "residence_type": "常住类型",
        "dwelling_state": "居住状态", "arrived_on": "迁入日期", "changed_on": "变动日期", "remark": "备注",
    },
    id_number=masked_by(mask_id_number), phone=masked_by(mask_phone), contact_phone=masked_by(mask_phone),
    household_id=changed,
)  # fmt: skip
TAGS = RecordKind(ResidentTag, Right.SEE_HEALTH, words_of({"tag": "人群标签", "from_on": "标签从", "to_on": "标签到"}))
ISSUED = RecordKind(
    IssuedDocument, Right.SEE_NOTICES, words_of({"voided_on": "作废日期", "void_reason": "作废原因"})
)  # fmt: skip
"""What was issued never changes, it is at most declared void."""
