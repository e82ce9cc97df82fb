#include "commands/help_texts.hpp"

namespace crier::commands {

namespace {

std::vector<CommandHelp> starting() {
    return {
        {"init",
         "write a first configuration",
         "Asks five questions (server, handle, what to post, time zone, whether to try it first) and writes "
         "a "
         "crier.yaml that passes `crier check`, and an empty crier.env for the token. Each answer is checked "
         "at "
         "once: what the server is, whether the address is a feed. What is given by options is not asked, "
         "unless a look at it on a terminal does not bear it out.",
         {{"crier init", "asks"},
          {"crier init --server mastodon.example --handle news", "asks for the rest, on a terminal only"},
          {"crier init --server mastodon.example --handle news --feed https://example.org/feed.xml --mode "
           "hold",
           "for scripts"},
          {"crier init --systemd --server mastodon.example --handle news", "into /etc/crier"}},
         {},
         "crier login, crier check; crier import for another bot's configuration"},
        {"login",
         "get a token from a server, by its page in the browser",
         "Registers an application on the server, has you allow it in a browser that is logged in as the "
         "bot, "
         "and writes the token into the file that the account's `token: {file: ...}` names, or prints it. It "
         "asks for no more than the configuration needs.",
         {{"crier login mastodon.example --print", "for an environment file or a credential"},
          {"crier login mastodon.example --no-browser", "the browser runs elsewhere: type a code"},
          {"crier login --account news --revoke-old", "a new token in the place of the old one"}},
         {},
         "crier token; README.md, Tokens; docs/SECRETS.md"},
        {"check",
         "is the configuration good?",
         "Says everything that is wrong with the configuration in one run, each with its place and how to "
         "mend "
         "it, and what stands in the open that should not. Asks nobody, unless told to.",
         {{"crier check", "the file alone"},
          {"crier check --online", "also the tokens, the servers and the sources"},
          {"crier check --store", "also the store, read from end to end"}},
         {{3, "the configuration is wrong"},
          {4, "a token is dead, lacks something or may too much"},
          {5, "a server or source does not answer as it should"}},
         "docs/CONFIG.md, docs/SECRETS.md"},
        {"preview",
         "what would be posted when; marks nothing",
         "Shows what the schedule will post, and with which text, counted against the server's limit; or "
         "what "
         "posts a source's newest items would make. Nothing is sent, marked or written.",
         {{"crier preview --days 30 --table", "a month, a line each"},
          {"crier preview --source blog --last 3", "its three newest items, as posts"},
          {"crier preview --days 365 --ics", "a year, for a calendar program"}},
         {},
         "crier next, crier explain, crier items; docs/SCHEDULE.md"},
        {"run",
         "the daemon, in the foreground",
         "Posts what is due and looks at the sources, until it is told to stop (SIGTERM, Ctrl-C). Under "
         "systemd "
         "it is what the service runs; from cron, --once does what is due and ends.",
         {{"crier run", "until it is stopped"},
          {"crier run --once", "for cron"},
          {"crier run --once --dry-run", "says what it would send, and sends nothing"}},
         {{1, "--once: a post was given up"},
          {4, "--once: an account is held"},
          {5, "--once: a source could not be read"},
          {75, "--once: something due is not out yet; the next run goes on"}},
         "crier status; docs/DELIVERY.md"}};
}

std::vector<CommandHelp> daily() {
    return {
        {"status",
         "how accounts, sources and the outbox stand",
         "What is wrong, since when, and what to do about it. Asks the running daemon, or reads the store of "
         "a "
         "stopped one.",
         {{"crier status", "for people"}, {"crier status --json", "for programs"}},
         {},
         "crier why, crier outbox"},
        {"next",
         "what goes out next",
         "The next posts of the schedule, the outbox and repeats, in the order in which they are due.",
         {{"crier next", "the next ten"}, {"crier next -n 50 --json", "fifty, for programs"}},
         {},
         "crier preview, crier explain"},
        {"post",
         "put one post into the outbox; prints its number",
         "The daemon sends it as any other: once, at its time, within the limits. What is too long is "
         "refused, "
         "or becomes a thread where the account's defaults say so. With --key a script may repeat the call: "
         "the "
         "same key never makes two posts.",
         {{"crier post \"Back soon\"", "on the only account, now"},
          {"crier post \"Sunrise\" --media sunrise.jpg --alt \"The sun over the harbour\" --wait",
           "with a picture; waits until it is published"},
          {"crier post - --account news --at 2h --key maintenance-12",
           "text from standard input, in two hours"},
          {"crier post \"Tea or coffee?\" --poll Tea --poll Coffee --poll-for 1d", "a poll"}},
         {{1, "--wait: it is held or failed, or the account rests"},
          {75, "--wait: no daemon runs; it stays in the outbox"}},
         "crier outbox; docs/POSTS.md"},
        {"outbox",
         "the queue: list, show, approve, edit, cancel and more",
         "Lists posts, and does to one, to several or to all that fit: hold, release, retry, cancel, "
         "approve; "
         "reschedule and edit what waits; edit, delete, pin and unpin what is published; keep what waits to "
         "be "
         "deleted. Without an action it lists.",
         {{"crier outbox list --state held --since 2d", "what is held, of the last two days"},
          {"crier outbox approve 17 18", "lets two go (accounts in mode: hold)"},
          {"crier outbox cancel --origin blog --state waiting", "all that wait of one source"},
          {"crier outbox reschedule 17 2h", "another time"}},
         {},
         "crier why, crier undo; docs/DELIVERY.md"},
        {"items",
         "what a source yields, as JSON Lines",
         "Looks at a source of the configuration, or at an address, file or folder, and prints the items. "
         "Nothing is marked. With --post one of them is posted by hand.",
         {{"crier items https://example.org/feed.xml", "needs no configuration"},
          {"crier items blog --explain", "why an item is posted or not"},
          {"crier items blog --post https://example.org/older", "one of them, now"}},
         {},
         "crier preview, crier why; docs/PLUGINS.md"},
        {"explain",
         "when an entry fires, in words, and its next times",
         "Says the schedule of an entry in plain words, and its next times with what shifts, drops or ends "
         "them: "
         "quiet hours, limits, jitter, daylight saving.",
         {{"crier explain monday-greeting", "the next ten times"},
          {"crier explain monday-greeting -n 52", "a year of Mondays"}},
         {},
         "crier preview; docs/SCHEDULE.md"},
        {"pause",
         "let an account, source, entry or everything rest",
         "Survives a restart, and works on a stopped daemon, too. What is on its way to the server is "
         "brought to "
         "its end. A name that two things have gets its kind before it.",
         {{"crier pause news", "until it is resumed"},
          {"crier pause news --for 2h --why \"the server is updated\"", "for two hours"},
          {"crier pause source:blog", "a source or entry, until it is resumed"}},
         {},
         "crier resume, crier status"},
        {"resume",
         "let it go on",
         "Ends a pause. What was missed meanwhile follows `missed` of its entry: never a burst. For a source "
         "or "
         "entry its fuse is reset as well. After a backup was put back, or an import, an account goes on "
         "only "
         "with --since.",
         {{"crier resume source:blog", "and its fuse"},
          {"crier resume account:news --since 2h", "until two hours ago all was posted"}},
         {},
         "crier pause; docs/STORE.md, Backup and restore"},
        {"plugin",
         "the plugins that there are; whether an object is a good one",
         "`list` says what kinds of sources there are and which keys they take; `test` loads a shared object "
         "of "
         "your own and has it read a document.",
         {{"crier plugin list", "all of them"},
          {"crier plugin test ./weather.so --input kiel.json --set city=Kiel", "one of your own"}},
         {},
         "docs/PLUGINS.md"}};
}

std::vector<CommandHelp> trouble() {
    return {
        {"why",
         "one chain from where a thing came from to now",
         "When it was seen, which filter judged it, when it was accepted, what it waits for and until when, "
         "and "
         "what you can do. It asks those who decide, so what it says is what they will do.",
         {{"crier why 17", "a post, by its number"},
          {"crier why https://example.org/article", "an item, by its address"},
          {"crier why source:blog", "a source, entry or account"}},
         {},
         "crier status, crier items --explain"},
        {"undo",
         "take back what was posted, at the server's pace",
         "Lists what would go and asks, pauses what made it, deletes what is published (a Mastodon takes 30 "
         "deletions in 30 minutes), cancels what waits. What was seen stays seen, so nothing comes again.",
         {{"crier undo --since 1h --source blog --dry-run", "lists it, changes nothing"},
          {"crier undo --since 1h --source blog", "asks first"},
          {"crier undo --since 2026-11-24T09:00:00Z --account news --yes", "for scripts"}},
         {},
         "crier outbox delete, crier pause"},
        {"duplicates",
         "what is on the account's page twice, by whomever",
         "Reads the page as everybody sees it, and compares: the same text, the same link in other words.",
         {{"crier duplicates", "the last seven days, all accounts"},
          {"crier duplicates --account news --since 2d", "one account"}},
         {{1, "something is twice"}, {5, "a page could not be read"}},
         "crier adopt; docs/DELIVERY.md"},
        {"token",
         "what the accounts' tokens may do (check); end one (revoke)",
         "`check` compares what each token may do with what it must, and says whose it is and how old; "
         "`revoke` "
         "ends it on the server, as after a leak.",
         {{"crier token check", "all accounts"}, {"crier token revoke news", "asks, then ends it"}},
         {{4, "a token is dead, lacks something, or may administer the server"}},
         "crier login; SECURITY.md"},
        {"alerts",
         "test: tell of a test by every way that `alerts` names",
         "Runs the command and calls the webhook that the daemon would use when something needs a person, so "
         "that you know before that they work.",
         {{"crier alerts test", "by every way there is"}},
         {},
         "docs/CONFIG.md, alerts"}};
}

std::vector<CommandHelp> moving() {
    return {
        {"import",
         "take in an export, or what feed2toot or feediverse posted",
         "With --from, reads another bot's configuration and what it has posted: prints a configuration of "
         "crier's that does the same, or with --output writes it and marks what was posted as seen; with "
         "--config FILE it marks in the store of a configuration that is there. Without --from, takes in "
         "what "
         "`crier export` wrote: what is known stays as it is, and accounts are held until `crier resume "
         "--since` "
         "says until when the other crier posted (--release: it posts no more). Stop the daemon for it.",
         {{"crier import --from feed2toot ~/.config/feed2toot.ini", "prints a configuration"},
          {"crier import --from feed2toot feed2toot.ini -o crier.yaml --token-file news.token --handle news",
           "writes it, and the token; marks what was posted"},
          {"crier import --from feediverse ~/.feediverse --config crier.yaml --dry-run",
           "what would be marked"},
          {"crier import old.jsonl", "what another crier knows"}},
         {{1, "the file is cut off, or a post could not be taken in"},
          {5, "a feed could not be looked at: its source is not marked"}},
         "crier adopt for all other bots; docs/MOVING.md"},
        {"adopt",
         "mark as seen what another bot posted, by the account's page",
         "Reads the account's page as everybody sees it, and notes every link on it as seen, for the sources "
         "that "
         "post there: whichever bot it was that posted them. Works beside the daemon; to repeat it does no "
         "harm.",
         {{"crier adopt news --dry-run", "the links, and how far back the page goes"},
          {"crier adopt news --source blog --since 90d", "for one source, three months back"}},
         {{5, "the page could not be read, or not to its end"}},
         "crier import; docs/MOVING.md"},
        {"export",
         "seen state and outbox as JSON Lines",
         "Beside the running daemon, or without one: what the store had at one moment, a line each. The "
         "first "
         "line says what it is, the last one how many there were, so that a cut file is known. No tokens are "
         "in it, but addresses of feeds are, with whatever stands in them (?token=...): it is for you alone.",
         {{"crier export -o news.jsonl", "all of it, into a new file"},
          {"crier export --what outbox", "the posts, to standard output"}},
         {},
         "crier import, crier backup; docs/MOVING.md"},
        {"backup",
         "a checked copy of the whole store",
         "Beside the running daemon: the store as it is at one moment, in one file of mode 0600 that was "
         "read "
         "from end to end and is on the disk before it gets its name. In a folder the file is named by the "
         "time.",
         {{"crier backup /backup/crier.db", "a new file"},
          {"crier backup --keep 14 /backup/crier/", "for a timer: the oldest beyond 14 are removed"}},
         {},
         "docs/STORE.md, Backup and restore: how one is put back"}};
}

std::vector<HelpGroup> all_groups() {
    return {{"Start here", starting()},
            {"Day to day", daily()},
            {"When something is wrong", trouble()},
            {"Moving, and backups", moving()}};
}

} // namespace

std::span<const HelpGroup> help_groups() {
    static const std::vector<HelpGroup> groups = all_groups();
    return groups;
}

const CommandHelp* help_of(std::string_view command) {
    for (const HelpGroup& group : help_groups())
        for (const CommandHelp& help : group.commands)
            if (help.name == command)
                return &help;
    return nullptr;
}

} // namespace crier::commands
