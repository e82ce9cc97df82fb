#pragma once

#include "store/reading.hpp"
#include "store/sqlite.hpp"
#include "support/coro.hpp"
#include "support/temporary.hpp"

#ifdef CRIER_TEST_POSTGRES
#include "postgres/cluster.hpp"
#endif

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crier::test {

using namespace std::chrono_literals;

/// A directory of its own, with a store's place in it.
class Folder : public TemporaryDirectory {
public:
    [[nodiscard]] std::string db() const { return *this / "crier.db"; }
};

[[nodiscard]] inline std::string bytes_of(const std::string& path) {
    std::ifstream in{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

inline void write_bytes(const std::string& path, std::string_view bytes) {
    std::ofstream{path, std::ios::binary | std::ios::trunc} << bytes;
}

[[nodiscard]] inline unsigned mode_of(const std::string& path) {
    return static_cast<unsigned>(std::filesystem::status(path).permissions()) & 0777U;
}

[[nodiscard]] inline bool mentions(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

/// A day in November, in the middle of things.
inline const Instant noon = *from_rfc3339("2026-11-24T12:00:00Z");

/// A post that is due, named by its manual key.
[[nodiscard]] inline Post make_post(const std::string& name, const std::string& account = "news") {
    Post post;
    post.account = account;
    post.origin.item = name;
    post.key = post_key("mastodon.example", account, post.origin);
    post.state = PostState::ready;
    post.priority = Priority::manual;
    post.due = noon;
    post.next = noon;
    post.created = noon;
    post.content.status = "text of " + name;
    return post;
}

[[nodiscard]] inline Attempt make_attempt(PostId post, int number) {
    Attempt attempt;
    attempt.post = post;
    attempt.number = number;
    attempt.started = noon;
    attempt.key = "key";
    return attempt;
}

[[nodiscard]] inline SeenItem make_seen(const std::string& item, const std::string& link = {}) {
    SeenItem seen;
    seen.source = "blog";
    seen.account = "news";
    seen.item = digest_of(item);
    if (!link.empty())
        seen.link = digest_of(link);
    seen.title = item;
    seen.address = link;
    seen.verdict = "accepted";
    seen.seen = noon;
    return seen;
}

/// A store on a real file, or in PostgreSQL (test_unit_store_postgres: the same tests, a schema for each
/// path), with calls that wait for their answer.
class OpenStore {
public:
#ifdef CRIER_TEST_POSTGRES
    using Opened = store::OpenedPostgres;

    explicit OpenStore(const std::string& path)
        : OpenStore(options_for(path)) {}
    explicit OpenStore(store::PostgresOptions options)
        : opened_(store::open_postgres(context.get_executor(), std::move(options))) {}

    [[nodiscard]] static store::PostgresOptions options_for(const std::string& path) {
        make_schema(path);
        return postgres_options(path);
    }
    [[nodiscard]] Leases& leases() {
        return *opened_.value().leases;
    }
#else
    using Opened = store::OpenedStore;

    explicit OpenStore(store::SqliteOptions options)
        : opened_(store::open_sqlite(context.get_executor(), std::move(options))) {}
    explicit OpenStore(const std::string& path)
        : OpenStore(options_for(path)) {}

    [[nodiscard]] static store::SqliteOptions options_for(const std::string& path, bool read_only = false) {
        store::SqliteOptions options;
        options.path = path;
        options.read_only = read_only;
        return options;
    }
#endif

    /// What opening came to, when it did not succeed.
    [[nodiscard]] Failure refusal() const {
        BOOST_REQUIRE(!opened_);
        return opened_.error();
    }
    [[nodiscard]] explicit operator bool() const noexcept {
        return opened_.has_value();
    }
    [[nodiscard]] Store& operator*() {
        return *opened_.value().store;
    }
    [[nodiscard]] const std::vector<std::string>& notes() const {
        return opened_.value().notes;
    }
    void close() {
        opened_ = Failure{Cause::cancelled, "closed"};
    }

    Result<Applied> apply(Batch batch) {
        return run(context, (**this).apply(std::move(batch)));
    }
    States load() {
        return run(context, (**this).load()).value();
    }
    std::vector<Post> find(PostQuery query) {
        return run(context, (**this).find(std::move(query))).value();
    }
    LaneWork lane(LaneQuery query) {
        return run(context, (**this).lane(std::move(query))).value();
    }
    LaneWork lane(Instant now, std::size_t limit = 16) {
        LaneQuery query;
        query.account = "news";
        query.now = now;
        query.limit = limit;
        return lane(std::move(query));
    }
    std::vector<Attempt> attempts(PostId post) {
        return run(context, (**this).attempts(post)).value();
    }
    std::vector<SeenItem> seen(SeenQuery query) {
        return run(context, (**this).seen(std::move(query))).value();
    }
    std::map<PostState, std::int64_t> counts(const std::string& account = {}) {
        return run(context, (**this).counts(account)).value();
    }

    /// Everything in it, oldest first.
    std::vector<Post> all() {
        PostQuery query;
        query.limit = 1000000;
        std::vector<Post> posts = find(std::move(query));
        std::reverse(posts.begin(), posts.end());
        return posts;
    }
    /// The row with this id.
    Post post(PostId id) {
        PostQuery query;
        query.id = id;
        std::vector<Post> posts = find(std::move(query));
        BOOST_REQUIRE(posts.size() == 1U);
        return posts.front();
    }
    /// Puts it in and returns it as it is stored.
    Post put(Post row) {
        Batch batch;
        batch.insert.push_back(std::move(row));
        return post(apply(std::move(batch)).value().inserted.at(0));
    }

    boost::asio::io_context context{1};

private:
    Result<Opened> opened_;
};

/// A pass over what OpenStore{path} has.
[[nodiscard]] inline Result<> read_store(const std::string& path, store::ReadWhat what,
                                         store::RowReader& reader) {
#ifdef CRIER_TEST_POSTGRES
    return store::read_postgres(postgres_options(path), what, reader);
#else
    return store::read_sqlite(path, what, reader);
#endif
}

/// The texts, for comparisons that read well.
[[nodiscard]] inline std::vector<std::string> names(const std::vector<Post>& posts) {
    std::vector<std::string> list;
    for (const Post& post : posts)
        list.push_back(post.origin.item);
    return list;
}

} // namespace crier::test

/// How Boost.Test shows lists of names.
namespace std {
inline ostream& operator<<(ostream& out, const vector<string>& list) {
    for (const string& name : list)
        out << name << ' ';
    return out;
}
} // namespace std
