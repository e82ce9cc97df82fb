#include "store/reading.hpp"

#include "store/opening.hpp"
#include "store/schema.hpp"
#include "store/tables.hpp"

#include <utility>

namespace crier::store {

namespace {

/// One pass over the tables, inside a transaction of its own.
class Pass {
public:
    Pass(Tables& tables, RowReader& reader)
        : tables_(tables)
        , reader_(reader) {}

    Result<> read(ReadWhat what) {
        Result<States> states = tables_.load();
        if (!states)
            return states.error();
        states->subscriptions.clear();
        if (!what.seen) {
            states->sources.clear();
            states->source_accounts.clear();
            states->entries.clear();
            states->drawn.clear();
        }
        Result<> done = reader_.states(*states);
        if (done && what.seen)
            done = seen();
        if (done && what.seen)
            done = stories();
        if (done)
            done = tombstones();
        if (done && what.outbox)
            done = posts();
        return done;
    }

private:
    /// `take` reads a row and shows it to the reader.
    template <class Take>
    Result<> each(const std::string& sql, Take take) {
        Statement statement = tables_.database().prepare_in_pieces(sql);
        if (!statement)
            return tables_.database().failure("read the store");
        auto use = statement.use();
        while (use.row())
            if (const Result<> taken = take(use); !taken)
                return taken;
        if (use.failed())
            return tables_.database().failure("read the store");
        return {};
    }

    Result<> seen() {
        return each("SELECT source, account, item, link, title, address, verdict, seen, shown, said, dated "
                    "FROM seen",
                    [&](Statement::Use& use) { return reader_.row(read_seen(use)); });
    }

    Result<> stories() {
        return each("SELECT account, story, source, told FROM stories", [&](Statement::Use& use) {
            Story story;
            story.account = use.text();
            story.story = use.digest();
            story.source = use.text();
            story.told = use.instant();
            return reader_.row(story);
        });
    }

    Result<> tombstones() {
        return each("SELECT key, expires FROM tombstones", [&](Statement::Use& use) {
            Tombstone tombstone;
            tombstone.key = use.digest();
            tombstone.expires = use.instant();
            return reader_.row(tombstone);
        });
    }

    Result<> posts() {
        return each(std::string{"SELECT "} + post_columns + " FROM posts ORDER BY id",
                    [&](Statement::Use& use) -> Result<> {
                        WholePost whole;
                        if (!read_post(use, whole.post))
                            return Failure{Cause::corrupt,
                                           "the store's row of post " + std::to_string(whole.post.id) +
                                               " does not read",
                                           "`crier check --store` says what is wrong with the file"};
                        return with_rest(std::move(whole));
                    });
    }

    Result<> with_rest(WholePost whole) {
        if (whole.post.attempts > 0) {
            Result<std::vector<Attempt>> attempts = tables_.attempts(whole.post.id);
            if (!attempts)
                return attempts.error();
            whole.attempts = std::move(*attempts);
        }
        if (whole.post.state == PostState::published || whole.post.undone) {
            Result<std::optional<Amendment>> amendment = tables_.amendment(whole.post.id);
            if (!amendment)
                return amendment.error();
            if (*amendment && (*amendment)->next)
                whole.amendment = std::move(*amendment);
        }
        return reader_.row(whole);
    }

    Tables& tables_;
    RowReader& reader_;
};

} // namespace

Result<> read_sqlite(const std::string& path, ReadWhat what, RowReader& reader) {
    SqliteOptions options;
    options.path = path;
    Result<Database> database = open_to_read(options, migrations());
    if (!database)
        return database.error();
    return read_all(*database, what, reader);
}

Result<> read_all(Connection& database, ReadWhat what, RowReader& reader) {
    if (!database.begin_reading())
        return database.failure("begin to read");
    Tables tables{database};
    if (const Result<> prepared = tables.prepare(); !prepared)
        return prepared;
    return Pass{tables, reader}.read(what);
}

} // namespace crier::store
