#include "bench/limits/client.hpp"

#include <sqlite3.h>

#include <chrono>
#include <memory>
#include <stdexcept>
#include <thread>

namespace crier::bench {

namespace {

struct Close {
    void operator()(sqlite3* database) const { sqlite3_close(database); }
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Database = std::unique_ptr<sqlite3, Close>;
using Statement = std::unique_ptr<sqlite3_stmt, Close>;

void run(sqlite3* database, const char* sql) {
    if (sqlite3_exec(database, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        throw std::runtime_error(std::string{"SQLite: "} + sqlite3_errmsg(database));
}

Statement prepare(sqlite3* database, const char* sql) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(database, sql, -1, &statement, nullptr) != SQLITE_OK)
        throw std::runtime_error(std::string{"SQLite: "} + sqlite3_errmsg(database));
    return Statement{statement};
}

void step(sqlite3* database, const Statement& statement, std::int64_t number) {
    sqlite3_bind_int64(statement.get(), 1, number);
    if (sqlite3_step(statement.get()) != SQLITE_DONE)
        throw std::runtime_error(std::string{"SQLite: "} + sqlite3_errmsg(database));
    sqlite3_reset(statement.get());
}

} // namespace

Cost bare_commits(const std::string& directory, std::size_t commits, std::chrono::milliseconds between) {
    sqlite3* opened = nullptr;
    if (sqlite3_open((directory + "/bare.db").c_str(), &opened) != SQLITE_OK)
        throw std::runtime_error("SQLite cannot open " + directory + "/bare.db");
    const Database database{opened};
    run(opened, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL");
    run(opened, "CREATE TABLE posts(id INTEGER PRIMARY KEY, state TEXT, content TEXT, next INTEGER);"
                "CREATE TABLE attempts(post INTEGER, number INTEGER, started INTEGER, outcome TEXT,"
                " PRIMARY KEY(post, number)) WITHOUT ROWID");
    run(opened, "BEGIN");
    const Statement insert = prepare(opened, "INSERT INTO posts VALUES(?1, 'ready', printf('%0300d', 1), 0)");
    for (std::size_t i = 0; i <= commits; ++i)
        step(opened, insert, static_cast<std::int64_t>(i));
    run(opened, "COMMIT");
    const Statement begin = prepare(opened, "UPDATE posts SET state = 'sending', next = ?1 WHERE id = ?1");
    const Statement attempt = prepare(opened, "INSERT INTO attempts VALUES(?1, 1, ?1, NULL)");
    const Statement end = prepare(opened, "UPDATE posts SET state = 'published' WHERE id = ?1 - 1");
    const Statement outcome = prepare(opened, "UPDATE attempts SET outcome = 'ok' WHERE post = ?1 - 1");
    Cost cost;
    const double cpu = cpu_seconds();
    for (std::size_t i = 1; i <= commits; ++i) {
        if (between.count() > 0)
            std::this_thread::sleep_for(between);
        const auto begun = std::chrono::steady_clock::now();
        run(opened, "BEGIN IMMEDIATE");
        for (const Statement* statement : {&end, &outcome, &begin, &attempt})
            step(opened, *statement, static_cast<std::int64_t>(i));
        run(opened, "COMMIT");
        cost.seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    }
    cost.cpu = cpu_seconds() - cpu;
    cost.number = commits;
    return cost;
}

Cost bare_rows(const std::string& directory, std::size_t rows) {
    sqlite3* opened = nullptr;
    if (sqlite3_open((directory + "/rows.db").c_str(), &opened) != SQLITE_OK)
        throw std::runtime_error("SQLite cannot open " + directory + "/rows.db");
    const Database database{opened};
    run(opened, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL");
    run(opened, "CREATE TABLE posts(id INTEGER PRIMARY KEY, key BLOB UNIQUE, content TEXT, due INTEGER);"
                "CREATE TABLE seen(item BLOB PRIMARY KEY, title TEXT, seen INTEGER) WITHOUT ROWID");
    const Statement post =
        prepare(opened, "INSERT INTO posts VALUES(NULL, randomblob(32), printf('%0500d', ?1), ?1)");
    const Statement item =
        prepare(opened, "INSERT INTO seen VALUES(randomblob(32), printf('%0150d', ?1), ?1)");
    Cost cost;
    cost.number = rows;
    const double cpu = cpu_seconds();
    const auto begun = std::chrono::steady_clock::now();
    run(opened, "BEGIN IMMEDIATE");
    for (const Statement* statement : {&post, &item})
        for (std::size_t i = 0; i < rows; ++i)
            step(opened, *statement, static_cast<std::int64_t>(i));
    run(opened, "COMMIT");
    cost.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    cost.cpu = cpu_seconds() - cpu;
    return cost;
}

} // namespace crier::bench
