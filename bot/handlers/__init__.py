"""What happens when somebody writes or taps: one file a duty.

    listening    which updates we want, and whom we listen to in each place
    asking       where the question stands in a message, if it holds one for us
    lately       what was answered in the last minutes: for edits, repeats and albums
    sending      a Reply on its way to Telegram
    questions    the private chat
    groups       groups, where we speak only when we are addressed
    guests       groups that we are not in
    inline       `@bot ...` typed into any chat
    edits        questions that were edited after they were answered
    buttons      taps
    commands     commands, and the menus that show them
    misses       what nobody could answer, noted without who asked
    admins       commands of those in charge, who see how the bot is and what it misses
    errors       when a handler fails

A handler takes the text out, asks the core, sends the reply. It compares no scores and holds no
text for people.
"""
