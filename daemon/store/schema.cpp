#include "store/schema.hpp"

#include <cstdlib>

namespace crier::store {
namespace {

// States are kept as words, so that `sqlite3 -readonly` shows what people know; times as microseconds since
// the epoch; digests as 32 bytes. docs/STORE.md says what each table is for.
constexpr std::string_view first = R"sql(
CREATE TABLE posts(
    id INTEGER PRIMARY KEY,
    key BLOB NOT NULL UNIQUE,
    account TEXT NOT NULL,
    origin_kind TEXT NOT NULL,
    origin_name TEXT NOT NULL,
    origin_item TEXT NOT NULL,
    state TEXT NOT NULL,
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
);
CREATE INDEX posts_unfinished ON posts(account, next)
    WHERE state IN ('uploading', 'sending', 'retrying', 'doubt');
CREATE INDEX posts_queue ON posts(account, priority, due, id) WHERE state = 'ready';
CREATE INDEX posts_waiting ON posts(account, next) WHERE state IN ('waiting', 'ready');
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
) WITHOUT ROWID;
CREATE TABLE seen(
    source TEXT NOT NULL,
    account TEXT NOT NULL,
    item BLOB NOT NULL,
    link BLOB,
    title TEXT NOT NULL,
    address TEXT NOT NULL,
    verdict TEXT NOT NULL,
    seen INTEGER NOT NULL,
    PRIMARY KEY(source, account, item)
) WITHOUT ROWID;
CREATE INDEX seen_link ON seen(source, account, link) WHERE link IS NOT NULL;
CREATE TABLE sources(
    source TEXT PRIMARY KEY,
    cursor TEXT NOT NULL,
    url TEXT NOT NULL,
    last_poll INTEGER NOT NULL,
    next_poll INTEGER NOT NULL,
    last_success INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    error TEXT NOT NULL,
    paused INTEGER NOT NULL,
    note TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE source_accounts(
    source TEXT NOT NULL,
    account TEXT NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY(source, account)
) WITHOUT ROWID;
CREATE TABLE entries(
    entry TEXT PRIMARY KEY,
    fired INTEGER NOT NULL,
    since INTEGER NOT NULL,
    rule TEXT NOT NULL,
    paused INTEGER NOT NULL
) WITHOUT ROWID;
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
) WITHOUT ROWID;
CREATE TABLE meta(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO meta VALUES('open', 0), ('last_alive', 0);
)sql";

Result<std::size_t> number(Database& database, const char* pragma) {
    const Result<std::string> text = database.ask(std::string{"PRAGMA "} + pragma);
    if (!text)
        return text.error();
    return static_cast<std::size_t>(std::strtoull(text->c_str(), nullptr, 10));
}

} // namespace

const std::vector<std::string_view>& migrations() {
    static const std::vector<std::string_view> steps{first};
    return steps;
}

Result<> check_version(Database& database, const std::string& path, std::size_t newest) {
    const Result<std::size_t> id = number(database, "application_id");
    if (!id)
        return id.error();
    const Result<std::size_t> version = number(database, "user_version");
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

Result<> migrate(Database& database, const std::string& path, const std::vector<std::string_view>& steps,
                 std::vector<std::string>& notes) {
    if (const Result<> checked = check_version(database, path, steps.size()); !checked)
        return checked;
    const Result<std::size_t> version = number(database, "user_version");
    if (!version)
        return version.error();
    if (*version == steps.size())
        return {};
    if (*version > 0) {
        const std::string backup = path + ".before-" + std::to_string(steps.size());
        if (const Result<> copied = database.run("VACUUM INTO '" + backup + "'"); !copied)
            return copied;
        notes.push_back("the store goes from schema " + std::to_string(*version) + " to " +
                        std::to_string(steps.size()) + "; as it was before: " + backup);
    }
    std::string sql = "BEGIN IMMEDIATE;\nPRAGMA application_id = " + std::to_string(application_id) + ";\n";
    for (std::size_t i = *version; i < steps.size(); ++i)
        sql += steps[i];
    sql += "PRAGMA user_version = " + std::to_string(steps.size()) + ";\nCOMMIT;";
    Result<> done = database.run(sql);
    if (!done)
        (void)database.run("ROLLBACK");
    return done;
}

} // namespace crier::store
