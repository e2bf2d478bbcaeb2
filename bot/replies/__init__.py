"""From a decision to what we send. Everything that comes from the FAQ is escaped by `markup`.

    reply      Reply, Button: what is sent
    private    Replies: whole answers with buttons, for the private chat
    brief      Briefs: a line or two, for groups, inline mode and guest mode

What people write is never said back to them: a reply holds words of the FAQ and of ours only.
"""

from bot.replies.brief import Address, Article, Briefs
from bot.replies.private import Replies
from bot.replies.reply import Button, Reply

__all__ = ["Address", "Article", "Briefs", "Button", "Replies", "Reply"]
