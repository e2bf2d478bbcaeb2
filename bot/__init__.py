"""The Abu Dhabi talks bot. The map, in reading order; a module imports only from floors below it.

floor 0   errors       what the operator has to mend: BotError > FaqError, SettingsError
          text         one form for all ways of writing the same thing: normalise, words, stem
          parts        a long message in parts that Telegram takes, with no character cut
          spacing      how often a thing may happen, for each of many keys
          frequent     how rare a language's words are
          collecting   garbage collection, put off while much is made
          strict_json  JSON from outside: what could mean two things is refused
          article      an article's headings, its sentences, and where a quote stands
          recent       what happened a little while ago, forgotten by itself
          markup       Telegram's HTML: text becomes HTML here and nowhere else
          retention    how long and how much is kept of what people asked in vain
floor 1   faq          Source, Quote, Entry, Faq: what the bot knows, as frozen values
          language     what language a text is written in
          questions    what the form of a text tells: asks for a number, holds two questions
floor 2   loading/     faq.yaml -> Faq, or every problem at once as file:line:column
          matching/    Matcher.rank(query) -> Candidates with scores that are evidence
          courtesy     greetings, thanks and talk about the bot, and a question without them
          names/       whom a question names and whose deed it asks about, and which entries fit
          policy       how sure is sure enough: the numbers of the decision
floor 3   answering    Answerer.answer(query) -> Answer | Suggest | Abstain
          buttons      what a button does, and the 64 bytes that say so
          wording      every fixed text, by language: the Fluent files in locales/
floor 4   misses/      what people asked in vain: redacted, grouped, drafted for the file
          replies/     Decision -> Reply(html, buttons): private whole, brief in groups
          review/      what to look at again in an FAQ file without mistakes
          evaluation   how often the bot is right, on labelled questions
~~~~~~~~  waterline: nothing above knows Telegram, environment, disk, clock, asyncio or logging
floor 5   settings     the one reader of the environment
          labelled     labelled questions on disk
          history      the FAQ file as git had it
          reading      the FAQ file as it lies on disk
          memory       what was freed, given back to the system
          store/       what has to be remembered over a restart, in SQLite or PostgreSQL
          logs         one line a record, and never a secret
          journal      what happened last, for those in charge
          metrics      what the bot tells of itself while it runs, in Prometheus' words
          flood        how much one person and one group may ask
          pacing       when a message may go, so that Telegram's limits are kept
          promised     what the Bot API promises to answer
          transport    python-telegram-bot's requests over aiohttp; what is lost and what is not
          serving      an HTTP server for the open internet: uvicorn, and limits
          retrying     failures that may pass: how long to wait before another try
floor 6   library      the FAQ in service: watched, swapped whole
          handlers/    one file a duty: questions, groups, guests, inline, edits, buttons, flood ...
          recording    misses on their way into the store
          sending      every request on its way out, and what is done when one fails
          intake/      updates in: stored, then confirmed, then worked off, chats side by side
          webhook      Telegram is told where to bring updates, and watched whether it does
          watching     what is measured beside the work
          advice       what the bot's owner may want to change at Telegram
          web          the webhook, health and metrics over HTTP
floor 7   desk         editions of the FAQ put into service, and bad news of the file told
          running      the whole bot, from its start to its end
floor 8   app          the composition root; the order of handlers
          reports      what check and evaluate print
floor 9   playground/  a strict double of Telegram's Bot API, and a web chat on it
          cli/         run | playground | ask | check | evaluate | misses
"""

import os

# BLAS would start a thread for each core, and threads that wait for one another on a busy machine
# make a load of two seconds one of twelve. It reads this when numpy is imported, so: here.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
