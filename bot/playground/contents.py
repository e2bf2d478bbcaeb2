"""What people send besides text: the least that Bot API 10 tells of each kind."""

from __future__ import annotations

from collections.abc import Mapping

from bot.playground.fields import Json


def _file(name: str, **facts: Json) -> Json:
    return {"file_id": f"{name}-file", "file_unique_id": name, "file_size": 1000, **facts}


_LOCATION = {"latitude": 24.4539, "longitude": 54.3773}
_ANIMATION = _file("animation", width=320, height=240, duration=1, mime_type="video/mp4")

CONTENTS: Mapping[str, Mapping[str, Json]] = {
    "animation": {"animation": _ANIMATION, "document": _file("animation")},
    "audio": {"audio": _file("audio", duration=1)},
    "contact": {"contact": {"phone_number": "+971500000000", "first_name": "Amal"}},
    "dice": {"dice": {"emoji": "🎲", "value": 6}},
    "document": {"document": _file("document", file_name="talks.pdf")},
    "location": {"location": _LOCATION},
    "photo": {
        "photo": [_file("small", width=90, height=60), _file("large", width=900, height=600)]
    },
    "poll": {
        "poll": {
            "id": "1",
            "question": "Will there be a third round?",
            "options": [
                {"persistent_id": "0", "text": "Yes", "voter_count": 0},
                {"persistent_id": "1", "text": "No", "voter_count": 0},
            ],
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": False,
            "members_only": False,
        }
    },
    "sticker": {
        "sticker": _file(
            "sticker", type="regular", width=512, height=512, is_animated=False, is_video=False
        )
    },
    "story": {"story": {"chat": {"id": 1, "type": "private", "first_name": "Amal"}, "id": 1}},
    "venue": {"venue": {"location": _LOCATION, "title": "Palace", "address": "Abu Dhabi"}},
    "video": {"video": _file("video", width=320, height=240, duration=1)},
    "video_note": {"video_note": _file("video_note", length=240, duration=1)},
    "voice": {"voice": _file("voice", duration=1, mime_type="audio/ogg")},
}
