"""Every kind of message of Bot API 10.0, with the least that it tells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.playground.contents import CONTENTS

Json = Any

_PERSON = {"id": 7, "is_bot": False, "first_name": "Ivan"}
_BOT = {"id": 8, "is_bot": True, "first_name": "Other"}
_CHAT = {"id": -1000000000005, "type": "channel", "title": "News"}
_PHOTO = CONTENTS["photo"]["photo"]
_STICKER = CONTENTS["sticker"]["sticker"]
_DOCUMENT = CONTENTS["document"]["document"]
_PINNED = {"message_id": 1, "date": 1, "chat": _CHAT, "text": "Where are the talks held?"}
_PAYMENT = {
    "currency": "XTR",
    "total_amount": 1,
    "invoice_payload": "a",
    "telegram_payment_charge_id": "a",
    "provider_payment_charge_id": "a",
}
_PRICE = {"currency": "XTR", "amount": 1}
_GIFT = {"id": "a", "sticker": _STICKER, "star_count": 1}
_PART = {"name": "a", "sticker": _STICKER, "rarity_per_mille": 1}
_COLOURS = dict.fromkeys(("center_color", "edge_color", "symbol_color", "text_color"), 1)
_UNIQUE_GIFT = {
    "gift_id": "a",
    "base_name": "a",
    "name": "a",
    "number": 1,
    "model": _PART,
    "symbol": _PART,
    "backdrop": {"name": "a", "colors": _COLOURS, "rarity_per_mille": 1},
}
_TASKS = [{"id": 1, "text": "Where are the talks held?"}]
_TOPIC = {"name": "Where are the talks held?", "icon_color": 1}

SENT: Mapping[str, Json] = {kind: content[kind] for kind, content in CONTENTS.items()} | {
    "checklist": {"title": "Where are the talks held?", "tasks": _TASKS},
    "game": {"title": "a", "description": "a", "photo": _PHOTO},
    "giveaway": {"chats": [_CHAT], "winners_selection_date": 1, "winner_count": 1},
    "giveaway_winners": {
        "chat": _CHAT,
        "giveaway_message_id": 1,
        "winners_selection_date": 1,
        "winner_count": 1,
        "winners": [_PERSON],
    },
    "invoice": {
        "title": "a",
        "description": "a",
        "start_parameter": "a",
        "currency": "XTR",
        "total_amount": 1,
    },
    "live_photo": {
        "file_id": "a",
        "file_unique_id": "a",
        "width": 9,
        "height": 9,
        "duration": 1,
    },
    "paid_media": {"star_count": 1, "paid_media": [{"type": "photo", "photo": _PHOTO}]},
}
"""What people send."""

SERVICE: Mapping[str, Json] = {
    "boost_added": {"boost_count": 1},
    "channel_chat_created": True,
    "chat_background_set": {
        "type": {"type": "wallpaper", "document": _DOCUMENT, "dark_theme_dimming": 1}
    },
    "chat_owner_changed": {"new_owner": _PERSON},
    "chat_owner_left": {},
    "chat_shared": {"request_id": 1, "chat_id": -5},
    "checklist_tasks_added": {"tasks": _TASKS},
    "checklist_tasks_done": {"marked_as_done_task_ids": [1]},
    "connected_website": "example.org",
    "delete_chat_photo": True,
    "direct_message_price_changed": {"are_direct_messages_enabled": True},
    "forum_topic_closed": {},
    "forum_topic_created": _TOPIC,
    "forum_topic_edited": {"name": "Where are the talks held?"},
    "forum_topic_reopened": {},
    "general_forum_topic_hidden": {},
    "general_forum_topic_unhidden": {},
    "gift": {"gift": _GIFT, "text": "Where are the talks held?"},
    "gift_upgrade_sent": {"gift": _GIFT},
    "giveaway_completed": {"winner_count": 1},
    "giveaway_created": {"prize_star_count": 1},
    "group_chat_created": True,
    "left_chat_member": _PERSON,
    "managed_bot_created": {"bot": _BOT},
    "message_auto_delete_timer_changed": {"message_auto_delete_time": 1},
    "migrate_from_chat_id": -5,
    "migrate_to_chat_id": -1000000000005,
    "new_chat_members": [_PERSON],
    "new_chat_photo": _PHOTO,
    "new_chat_title": "Where are the talks held?",
    "paid_message_price_changed": {"paid_message_star_count": 1},
    "passport_data": {
        "data": [{"type": "email", "email": "a@example.org", "hash": "a"}],
        "credentials": {"data": "YQ==", "hash": "YQ==", "secret": "YQ=="},
    },
    "pinned_message": _PINNED,
    "poll_option_added": {"option_persistent_id": "0", "option_text": "Where?"},
    "poll_option_deleted": {"option_persistent_id": "0", "option_text": "Where?"},
    "proximity_alert_triggered": {"traveler": _PERSON, "watcher": _PERSON, "distance": 1},
    "refunded_payment": _PAYMENT,
    "successful_payment": _PAYMENT,
    "suggested_post_approval_failed": {"price": _PRICE},
    "suggested_post_approved": {"send_date": 1},
    "suggested_post_declined": {},
    "suggested_post_paid": {"currency": "XTR", "amount": 1},
    "suggested_post_refunded": {"reason": "post_deleted"},
    "supergroup_chat_created": True,
    "unique_gift": {"gift": _UNIQUE_GIFT, "origin": "transfer"},
    "users_shared": {"request_id": 1, "users": [{"user_id": 7}]},
    "video_chat_ended": {"duration": 1},
    "video_chat_participants_invited": {"users": [_PERSON]},
    "video_chat_scheduled": {"start_date": 1},
    "video_chat_started": {},
    "web_app_data": {"data": "Where are the talks held?", "button_text": "a"},
    "write_access_allowed": {},
}
"""What the app tells by itself."""

FACTS = frozenset(
    """_effective_attachment author_signature business_connection_id caption caption_entities
    direct_messages_topic edit_date effect_id entities external_reply forward_origin from_user
    guest_bot_caller_chat guest_bot_caller_user guest_query_id has_media_spoiler
    has_protected_content is_automatic_forward is_from_offline is_paid_post is_topic_message
    link_preview_options media_group_id message_thread_id paid_star_count quote reply_markup
    reply_to_checklist_task_id reply_to_message reply_to_poll_option_id reply_to_story
    sender_boost_count sender_business_bot sender_chat sender_tag show_caption_above_media
    suggested_post_info text via_bot""".split()
)
"""What a message may tell besides, of whatever kind it is."""
