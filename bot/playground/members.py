"""What the Bot API tells of somebody's place in a chat."""

from __future__ import annotations

from bot.playground.fields import Json
from bot.playground.messages import User

PRESENT = frozenset(("creator", "administrator", "member"))

_RIGHTS = (
    "can_manage_chat",
    "can_change_info",
    "can_delete_messages",
    "can_invite_users",
    "can_restrict_members",
    "can_pin_messages",
    "can_manage_topics",
    "can_manage_video_chats",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)


def as_member(user: User, status: str) -> Json:
    """ChatMember."""
    facts: dict[str, Json] = {}
    if status == "creator":
        facts = {"is_anonymous": False}
    elif status == "administrator":
        rights = dict.fromkeys(_RIGHTS, True)
        facts = rights | {
            "can_be_edited": False,
            "can_promote_members": False,
            "is_anonymous": False,
        }
    elif status == "kicked":
        facts = {"until_date": 0}
    return {"user": user.as_json(), "status": status, **facts}


def membership_change(chat: Json, by: User, date: int, user: User, old: str, new: str) -> Json:
    """ChatMemberUpdated."""
    return {
        "chat": chat,
        "from": by.as_json(),
        "date": date,
        "old_chat_member": as_member(user, old),
        "new_chat_member": as_member(user, new),
    }
