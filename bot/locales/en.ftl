# Every fixed text that the bot says. Plain text: what needs escaping is escaped where HTML is made.

start =
    I answer questions about the second round of Ukraine – Russia talks in Abu Dhabi.

    { $sources ->
        [1] I know one article, “{ $title }”, of { $date }, and quote it word for word. Where it says nothing, I say so.
       *[other] I know { $sources } articles, the latest of { $date }, and quote them word for word. Where they say nothing, I say so.
    }

    Write your question, or tap one of these.

help =
    Write a question in your own words, for example: { $example }

    Each answer shows the question as I understood it, the words of the article, and their date. If I am not sure what you mean, I ask. Where the article says nothing, I say so.

    In a group I answer only /ask, mentions, and replies to my messages.

    /topics shows all questions by topic.
    /privacy tells what happens to your messages.

topics = What do you want to know about?
topic =
    { $pages ->
        [1] { $title }
       *[other] { $title }, page { $page } of { $pages }
    }

privacy =
    What you write is used to answer you. It waits with me until you are answered, for seconds as a rule and for a day at most; then it is deleted.

    Where I find no answer, or you tap “{ button-none }” or “{ button-not-asked }”, I keep the words of your question for { $days } days, so that whoever edits the answers sees what is missing. With them I keep that day and the nearest question that I know, but not who asked, where, or at what hour. Links, @names, long numbers, your own name and other names that I can tell are struck out first. Nobody can find out afterwards whose words they are; to have some erased sooner, tell them to whoever runs this bot.

    For ten minutes I remember which message of mine answered which of yours, without a word of it, so that a question you edit gets a new answer. I keep no names and no accounts. The chat itself is kept by Telegram; you can delete it there.

    { $operator ->
        [none] This bot's operator has left no address.
       *[other] This bot is run by { $operator }.
    }

suggest = Did you mean one of these?
no-answer =
    { $sources ->
        [1] I found no answer to that. I only know one article about the Abu Dhabi talks, of { $date }.
       *[other] I found no answer to that. I only know { $sources } articles about the Abu Dhabi talks, the latest of { $date }.
    }
nearest = The nearest question that I know:

no-words = Please ask a whole question, for example: { $example }
too-long = Please ask in one sentence, of at most { $limit } characters.
greeting = Hello. What do you want to know about the Abu Dhabi talks?
thanks = You are welcome.
not-text = I can only read text. Please write your question in words.
unknown-command = I do not know this command. Please write a question, or choose from /topics.
too-fast = That was a lot at once. Please wait a few seconds, then ask again.
admin-refused =
    The FAQ file has mistakes. I go on with the last good one.

    { $problems }
admin-held =
    The FAQ file has lost { $lost } of its { $known } entries. I go on with the last good one for five minutes. If this is intended, save the file once more.
admin-status =
    Up since { $started }; all times are UTC.
    Updates: { $answered } answered, { $failed } given up, { $waiting } waiting or in work.
    Questions: { $answers } answered, { $suggestions } asked back, { $abstentions } without an answer.
    FAQ: { $entries } entries, version { $version } (a hash of its files).
    Last reload: { $reloaded }
    Refused since then: { $refused }
    Last error: { $error }
admin-misses = Misses of the last { $days } days: { $times }
admin-no-store = The store cannot be read now. Please try again in a minute.

apology = Something went wrong on my side. Please try again in a minute.

source = Source: { $title }
source-section = Source: { $title }, section “{ $section }”
reported = Reported { $date }.
reported-long-ago = Reported { $date }, { $age }. Later events are not covered.
corrected = Corrected { $date }: { $note }
original-language = Original, in English

# Where others read along: a line or two.

brief-source =
    { $quotes ->
        [0] Source
       *[other] Quote and source
    }
brief-corrected = corrected { $date }
brief-also = Also:
brief-suggest = Did you mean:
brief-nearest = The nearest question that I know:
brief-usage = Ask like this: { $call } what does Russia demand? Or reply to a message with { $call }.
brief-earlier = I answered this a few minutes ago, in the message above.
brief-start =
    { $sources ->
        [1] I answer questions about the second round of Ukraine – Russia talks in Abu Dhabi, from one article of { $date }.
       *[other] I answer questions about the second round of Ukraine – Russia talks in Abu Dhabi, from { $sources } articles, the latest of { $date }.
    }
brief-topics = All questions by topic
brief-privacy = I look only at what is addressed to me, and use it to answer. Of a question that I cannot answer I keep the words for { $days } days, without who asked it. What I write here stays until somebody deletes it.
brief-privacy-more = More on privacy

button-no-answer = No answer to that. See all topics
button-all-topics = All topics
button-none = None of these
button-not-asked = Not what I asked
button-next = More
button-back = Back
button-other-side =
    { $party ->
        [Russia] What does Russia say?
        [Ukraine] What does Ukraine say?
        [United-States] What does the US say?
       *[other] The other side
    }

toast-noted = Thank you. Please try other words.
toast-out-of-date = This button is out of date. Please ask again.

command-ask = Ask a question, or ask about the message you reply to
command-start = What this bot does
command-help = How to ask
command-topics = All questions by topic
command-privacy = What happens to your messages
command-status = How the bot is doing
command-misses = What people asked in vain
