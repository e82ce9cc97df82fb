#include "store/schema.hpp"

#include "store/private_file.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <unistd.h>

namespace crier::store {
namespace {

// States are kept as words, so that `sqlite3 -readonly` shows what people know; times as microseconds since
// the epoch; digests as 32 bytes. docs/STORE.md says what each table and index is for.
//
// A list of IN has two words at most: for a longer one SQLite builds a table each time that a row is written,
// which took nearly half of the time that a post takes here.
constexpr std::string_view first = R"sql(
CREATE TABLE posts(
    id INTEGER PRIMARY KEY,
    key BLOB NOT NULL UNIQUE CHECK(length(key) = 32),
    account TEXT NOT NULL,
    origin_kind TEXT NOT NULL CHECK(origin_kind IN ('entry', 'source') OR origin_kind = 'manual'),
    origin_name TEXT NOT NULL,
    origin_item TEXT NOT NULL,
    state TEXT NOT NULL CHECK(state IN ('published', 'sending') OR state IN ('ready', 'waiting') OR
                              state IN ('uploading', 'retrying') OR state IN ('doubt', 'held') OR
                              state IN ('failed', 'expired') OR state IN ('cancelled', 'deleted')),
    reason TEXT NOT NULL,
    priority INTEGER NOT NULL,
    due INTEGER NOT NULL,
    expires INTEGER,
    next INTEGER NOT NULL,
    content TEXT NOT NULL,
    generation INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    first_attempt INTEGER,
    last_attempt INTEGER,
    in_doubt INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    approved INTEGER NOT NULL,
    status_id TEXT NOT NULL,
    status_url TEXT NOT NULL,
    created INTEGER NOT NULL,
    version INTEGER NOT NULL
) STRICT;
CREATE INDEX posts_unfinished ON posts(account, next)
    WHERE state IN ('uploading', 'sending') OR state IN ('retrying', 'doubt');
CREATE INDEX posts_queue ON posts(account, priority, due) WHERE state = 'ready';
CREATE INDEX posts_waiting ON posts(account, next, priority, due, state) WHERE state = 'waiting';
CREATE UNIQUE INDEX posts_status ON posts(account, status_id) WHERE status_id <> '';
CREATE INDEX posts_state ON posts(state, account);
CREATE INDEX posts_created ON posts(created);
CREATE TABLE attempts(
    post INTEGER NOT NULL,
    number INTEGER NOT NULL,
    started INTEGER NOT NULL,
    key TEXT NOT NULL,
    finished INTEGER,
    http INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY(post, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE seen(
    source TEXT NOT NULL,
    account TEXT NOT NULL,
    item BLOB NOT NULL CHECK(length(item) = 32),
    link BLOB CHECK(length(link) = 32),
    title TEXT NOT NULL,
    address TEXT NOT NULL,
    verdict TEXT NOT NULL,
    seen INTEGER NOT NULL,
    PRIMARY KEY(source, account, item)
) STRICT, WITHOUT ROWID;
CREATE INDEX seen_link ON seen(source, account, link) WHERE link IS NOT NULL;
CREATE TABLE sources(
    source TEXT PRIMARY KEY,
    cursor TEXT NOT NULL,
    url TEXT NOT NULL,
    moved_from TEXT NOT NULL,
    last_poll INTEGER NOT NULL,
    next_poll INTEGER NOT NULL,
    last_success INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    error TEXT NOT NULL,
    paused INTEGER NOT NULL,
    note TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE source_accounts(
    source TEXT NOT NULL,
    account TEXT NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY(source, account)
) STRICT, WITHOUT ROWID;
CREATE TABLE entries(
    entry TEXT PRIMARY KEY,
    fired INTEGER NOT NULL,
    since INTEGER NOT NULL,
    rule TEXT NOT NULL,
    paused INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE accounts(
    account TEXT PRIMARY KEY,
    server TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    action TEXT NOT NULL,
    since INTEGER NOT NULL,
    not_before INTEGER NOT NULL,
    rate TEXT NOT NULL,
    profile TEXT NOT NULL,
    handle TEXT NOT NULL,
    last_published INTEGER NOT NULL,
    paused INTEGER NOT NULL,
    paused_why TEXT NOT NULL,
    paused_until INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE meta(name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO meta VALUES('open', 0), ('last_alive', 0);
)sql";

// What evidence for a post in doubt, the fuse and the receipt go by.
constexpr std::string_view second = R"sql(
ALTER TABLE posts ADD COLUMN code TEXT NOT NULL DEFAULT '';
ALTER TABLE posts ADD COLUMN link BLOB CHECK(length(link) = 32);
ALTER TABLE posts ADD COLUMN looks INTEGER NOT NULL DEFAULT 0;
ALTER TABLE posts ADD COLUMN absent_since INTEGER;
ALTER TABLE posts ADD COLUMN receipt INTEGER;
CREATE INDEX posts_origin ON posts(origin_kind, origin_name, created);
CREATE INDEX posts_receipt ON posts(account, receipt) WHERE receipt IS NOT NULL;
ALTER TABLE accounts ADD COLUMN account_id TEXT NOT NULL DEFAULT '';
)sql";

// Of stores from before there were short lists. As `unfinished` in tables_read.cpp has it, or it would be no
// use.
constexpr std::string_view short_lists = R"sql(
DROP INDEX posts_unfinished;
CREATE INDEX posts_unfinished ON posts(account, next)
    WHERE state IN ('uploading', 'sending') OR state IN ('retrying', 'doubt');
)sql";

// What the fuse goes by and has said, and alerts that are open.
constexpr std::string_view fuse_and_alerts = R"sql(
ALTER TABLE posts ADD COLUMN text BLOB CHECK(length(text) = 32);
DROP INDEX posts_origin;
CREATE INDEX posts_origin ON posts(origin_kind, origin_name, account, created);
ALTER TABLE sources ADD COLUMN fuse TEXT NOT NULL DEFAULT '';
ALTER TABLE sources ADD COLUMN fuse_tripped INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sources ADD COLUMN fuse_reset INTEGER NOT NULL DEFAULT 0;
ALTER TABLE entries ADD COLUMN fuse TEXT NOT NULL DEFAULT '';
ALTER TABLE entries ADD COLUMN fuse_tripped INTEGER NOT NULL DEFAULT 0;
ALTER TABLE entries ADD COLUMN fuse_reset INTEGER NOT NULL DEFAULT 0;
CREATE TABLE alerts(
    kind TEXT NOT NULL CHECK(kind IN ('held', 'token', 'fuse', 'source_down', 'silent', 'store')),
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    action TEXT NOT NULL,
    since INTEGER NOT NULL,
    told INTEGER NOT NULL,
    over INTEGER NOT NULL,
    PRIMARY KEY(kind, subject)
) STRICT, WITHOUT ROWID;
)sql";

// The key's age by the server's clock.
constexpr std::string_view server_time = R"sql(
ALTER TABLE posts ADD COLUMN key_since INTEGER;
)sql";

// What a source or entry is known by, whatever its name; its posts that a changed configuration is for;
// threads.
constexpr std::string_view changes = R"sql(
CREATE TABLE origins(
    kind TEXT NOT NULL CHECK(kind IN ('entry', 'source')),
    name TEXT NOT NULL,
    identity TEXT NOT NULL,
    reads TEXT NOT NULL,
    edition INTEGER NOT NULL,
    PRIMARY KEY(kind, name),
    UNIQUE(kind, identity)
) STRICT, WITHOUT ROWID;
INSERT INTO origins SELECT 'source', source, source, '', 0 FROM sources;
INSERT INTO origins SELECT 'entry', entry, entry, '', 0 FROM entries;
CREATE INDEX posts_untried ON posts(origin_kind, origin_name)
    WHERE (state IN ('waiting', 'ready') OR state IN ('uploading', 'retrying')) AND attempts = 0;
ALTER TABLE posts ADD COLUMN part INTEGER NOT NULL DEFAULT 0;
ALTER TABLE posts ADD COLUMN parts INTEGER NOT NULL DEFAULT 1;
ALTER TABLE posts ADD COLUMN parent BLOB CHECK(length(parent) = 32);
CREATE INDEX posts_parent ON posts(parent) WHERE parent IS NOT NULL;
CREATE INDEX posts_thread ON posts(account) WHERE code = 'thread' AND state IN ('waiting', 'held');
)sql";

// The key's age and the quiet period by the machine's clock, which outlive the process.
constexpr std::string_view sent_moments = R"sql(
ALTER TABLE posts ADD COLUMN sent_boot INTEGER NOT NULL DEFAULT 0;
ALTER TABLE posts ADD COLUMN sent_since INTEGER;
ALTER TABLE posts ADD COLUMN sent_quiet INTEGER NOT NULL DEFAULT 0;
ALTER TABLE posts ADD COLUMN sent_over INTEGER NOT NULL DEFAULT 0;
)sql";

// What was seen on an account's page that crier did not make.
constexpr std::string_view foreign_statuses = R"sql(
ALTER TABLE accounts ADD COLUMN foreign_count INTEGER NOT NULL DEFAULT 0;
ALTER TABLE accounts ADD COLUMN foreign_newest INTEGER NOT NULL DEFAULT 0;
)sql";

// What people have changed.
constexpr std::string_view edits = R"sql(
ALTER TABLE posts ADD COLUMN edited INTEGER;
ALTER TABLE posts ADD COLUMN planned INTEGER;
)sql";

// What outlives rows that are gone: keys, and when an item was last in its feed. How far an account's memory
// can be believed.
constexpr std::string_view retention = R"sql(
CREATE TABLE tombstones(
    key BLOB PRIMARY KEY CHECK(length(key) = 32),
    expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX tombstones_expires ON tombstones(expires);
ALTER TABLE seen ADD COLUMN shown INTEGER NOT NULL DEFAULT 0;
UPDATE seen SET shown = (SELECT value FROM meta WHERE name = 'last_alive');
CREATE INDEX seen_shown ON seen(source, account, shown);
INSERT INTO meta VALUES('trust', 0);
ALTER TABLE accounts ADD COLUMN application TEXT NOT NULL DEFAULT '';
ALTER TABLE accounts ADD COLUMN knows_until INTEGER;
ALTER TABLE accounts ADD COLUMN restored INTEGER NOT NULL DEFAULT 0;
ALTER TABLE accounts ADD COLUMN posted_until INTEGER NOT NULL DEFAULT 0;
)sql";

// How often an entry has fired, and what it has drawn.
constexpr std::string_view draws = R"sql(
ALTER TABLE entries ADD COLUMN counter INTEGER NOT NULL DEFAULT 0;
ALTER TABLE entries ADD COLUMN note TEXT NOT NULL DEFAULT '';
CREATE TABLE drawn(
    entry TEXT NOT NULL,
    item BLOB NOT NULL CHECK(length(item) = 32),
    last INTEGER NOT NULL,
    round INTEGER NOT NULL,
    PRIMARY KEY(entry, item)
) STRICT, WITHOUT ROWID;
)sql";

// Items that change, stories that several sources tell, and posts of a source that keep their distance.
constexpr std::string_view stories = R"sql(
ALTER TABLE seen ADD COLUMN said BLOB CHECK(length(said) = 32);
ALTER TABLE sources ADD COLUMN identified TEXT NOT NULL DEFAULT '';
ALTER TABLE source_accounts ADD COLUMN spaced INTEGER NOT NULL DEFAULT 0;
CREATE TABLE stories(
    account TEXT NOT NULL,
    story BLOB NOT NULL CHECK(length(story) = 32),
    source TEXT NOT NULL,
    told INTEGER NOT NULL,
    PRIMARY KEY(account, story)
) STRICT, WITHOUT ROWID;
CREATE INDEX stories_told ON stories(told);
)sql";

// What is to become of posts that are published: core/amendment.hpp.
constexpr std::string_view amendments = R"sql(
CREATE TABLE amendments(
    post INTEGER PRIMARY KEY,
    account TEXT NOT NULL,
    kind TEXT NOT NULL,
    content TEXT NOT NULL,
    asked INTEGER NOT NULL,
    next INTEGER,
    tries INTEGER NOT NULL,
    edits INTEGER NOT NULL,
    closed INTEGER NOT NULL,
    note TEXT NOT NULL
) STRICT;
CREATE INDEX amendments_next ON amendments(account, next) WHERE next IS NOT NULL;
)sql";

// What is asked of hubs that push what changes: core/subscription.hpp.
constexpr std::string_view subscriptions = R"sql(
CREATE TABLE subscriptions(
    id TEXT PRIMARY KEY,
    source TEXT NOT NULL,
    hub TEXT NOT NULL,
    topic TEXT NOT NULL,
    callback TEXT NOT NULL,
    secret TEXT NOT NULL,
    state TEXT NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER NOT NULL,
    next INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    last_push INTEGER NOT NULL,
    note TEXT NOT NULL
) STRICT, WITHOUT ROWID;
)sql";

// What people ask of published posts; what is pinned.
constexpr std::string_view orders = R"sql(
ALTER TABLE amendments ADD COLUMN person INTEGER NOT NULL DEFAULT 0;
CREATE INDEX amendments_undo ON amendments(account, next)
    WHERE next IS NOT NULL AND kind = 'remove' AND person <> 0;
ALTER TABLE posts ADD COLUMN undone INTEGER;
ALTER TABLE posts ADD COLUMN pin_next INTEGER;
CREATE INDEX posts_pin ON posts(account, pin_next) WHERE pin_next IS NOT NULL;
)sql";

// By which of two items with one link is the later one: a clock that was behind says nothing of that.
constexpr std::string_view seen_dates = R"sql(
ALTER TABLE seen ADD COLUMN dated INTEGER;
)sql";

// What went out when, and how late: written when a post is published, and read without its row.
constexpr std::string_view publications = R"sql(
CREATE INDEX posts_published ON posts(last_attempt, due, account, state) WHERE state = 'published';
)sql";

// What people ask of things that another daemon works on: of a store that several share, and so in every one.
constexpr std::string_view wishes = R"sql(
CREATE TABLE wishes(
    thing TEXT PRIMARY KEY,
    paused INTEGER NOT NULL,
    why TEXT NOT NULL,
    until INTEGER,
    asked INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
)sql";

// Published posts are nearly all, and each becomes one: an index of all states was written three times for a
// post and kept a row for each for ever. An account's own posts by their number, which never changes.
constexpr std::string_view without_published = R"sql(
DROP INDEX posts_state;
CREATE INDEX posts_state ON posts(state, account) WHERE state <> 'published';
CREATE INDEX posts_account ON posts(account);
)sql";

Result<std::size_t> number(Database& database, const char* pragma) {
    const Result<std::string> text = database.ask(std::string{"PRAGMA "} + pragma);
    if (!text)
        return text.error();
    return static_cast<std::size_t>(std::strtoull(text->c_str(), nullptr, 10));
}

/// Whole, private and durable under its name, or not there at all. One of the same name is from an earlier
/// try at the same step, and older.
Result<> back_up(Database& database, const std::string& path) {
    const std::string beside = path + ".part";
    if (::unlink(beside.c_str()) != 0 && errno != ENOENT)
        return file_failure(beside);
    if (Result<> made = make_private(beside); !made)
        return made;
    Statement copy = database.prepare("VACUUM INTO ?");
    if (!copy || !copy.use().bind(beside).done()) {
        Failure failure = database.failure("back up to " + beside);
        ::unlink(beside.c_str());
        return failure;
    }
    if (Result<> durable = make_durable(beside); !durable)
        return durable;
    if (::rename(beside.c_str(), path.c_str()) != 0)
        return file_failure(path);
    return make_durable(path);
}

} // namespace

Result<std::size_t> version_of(Database& database) {
    return number(database, "user_version");
}

const std::vector<std::string_view>& migrations() {
    static const std::vector<std::string_view> steps{first,
                                                     second,
                                                     short_lists,
                                                     fuse_and_alerts,
                                                     server_time,
                                                     changes,
                                                     sent_moments,
                                                     foreign_statuses,
                                                     edits,
                                                     retention,
                                                     draws,
                                                     stories,
                                                     amendments,
                                                     subscriptions,
                                                     orders,
                                                     seen_dates,
                                                     publications,
                                                     wishes,
                                                     without_published};
    return steps;
}

Result<> check_version(Database& database, const std::string& path, std::size_t newest) {
    const Result<std::size_t> id = number(database, "application_id");
    if (!id)
        return id.error();
    const Result<std::size_t> version = version_of(database);
    if (!version)
        return version.error();
    const Result<std::string> tables = database.ask("SELECT count(*) FROM sqlite_schema");
    if (!tables)
        return tables.error();
    if (*id != application_id && *tables != "0")
        return Failure{Cause::config, path + " is a database of another program",
                       "name a file of its own under `store:`"};
    if (*version > newest)
        return Failure{Cause::unsupported,
                       path + " was made by a newer crier (schema " + std::to_string(*version) +
                           ", this one knows " + std::to_string(newest) + ")",
                       "run that version, or put the backup from before its migration in place"};
    return {};
}

Result<> migrate(Database& database, const std::string& backup, const std::vector<std::string_view>& steps,
                 std::vector<std::string>& notes) {
    const Result<std::size_t> version = version_of(database);
    if (!version)
        return version.error();
    if (*version == steps.size())
        return {};
    if (*version > 0 && !backup.empty()) {
        if (Result<> kept = back_up(database, backup); !kept)
            return kept;
        notes.push_back("the store goes from schema " + std::to_string(*version) + " to " +
                        std::to_string(steps.size()) + "; as it was before: " + backup);
    }
    std::string sql = "BEGIN IMMEDIATE;\nPRAGMA application_id = " + std::to_string(application_id) + ";\n";
    for (std::size_t i = *version; i < steps.size(); ++i)
        sql += steps[i];
    sql += "PRAGMA user_version = " + std::to_string(steps.size()) + ";\nCOMMIT;";
    Result<> done = database.run(sql);
    if (!done && database.in_transaction())
        (void)database.run("ROLLBACK");
    return done;
}

} // namespace crier::store
