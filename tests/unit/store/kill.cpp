#include "child.hpp"
#include "harness.hpp"

#include <boost/asio/detached.hpp>

#include <cstdlib>
#include <map>
#include <random>

using namespace crier;
using namespace crier::test;
namespace asio = boost::asio;

namespace {

/// How far each stream is: the number of its last batch.
std::map<std::string, int> progress(OpenStore& store) {
    std::map<std::string, int> last;
    for (const SourceState& state : store.load().sources)
        last[state.source] = state.failures;
    return last;
}

std::string name_of(const std::string& stream, int n, const char* part) {
    return stream + "/" + std::to_string(n) + "/" + part;
}

/// A stream of batches, each of which also publishes a post of the one before it.
asio::awaitable<void> write_stream(Store& store, std::string stream, int from, const Child::Say& say) {
    std::optional<Post> earlier;
    for (int n = from;; ++n) {
        Batch batch;
        batch.now = noon;
        batch.insert = {make_post(name_of(stream, n, "x")), make_post(name_of(stream, n, "y"))};
        batch.seen = {make_seen(name_of(stream, n, "seen"))};
        batch.attempts = {make_attempt(n, stream == "a" ? 1 : 2)};
        batch.sources.resize(1);
        batch.sources[0].source = stream;
        batch.sources[0].failures = n;
        if (earlier) {
            earlier->state = PostState::published;
            earlier->status_id = name_of(stream, n - 1, "x");
            batch.update = {*earlier};
        }
        const Result<Applied> applied = co_await store.apply(std::move(batch));
        if (!applied)
            co_return;
        say(stream + " " + std::to_string(n));
        earlier = make_post(name_of(stream, n, "x"));
        earlier->id = applied->inserted[0];
        earlier->version = 1;
    }
}

/// Two streams at a time, so that commits are shared now and then.
void write_until_killed(const std::string& path, const Child::Say& say) {
    OpenStore store{path};
    std::map<std::string, int> last = progress(store);
    asio::co_spawn(store.context, write_stream(*store, "a", last["a"] + 1, say), asio::detached);
    asio::co_spawn(store.context, write_stream(*store, "b", last["b"] + 1, say), asio::detached);
    store.context.restart();
    store.context.run();
}

void check_whole(OpenStore& store, const std::map<std::string, int>& acknowledged) {
    std::map<std::string, Post> posts;
    for (Post& post : store.all())
        posts.emplace(post.origin.item, std::move(post));
    std::size_t expected = 0;
    for (const auto& [stream, last] : progress(store)) {
        const auto known = acknowledged.find(stream);
        const int told = known == acknowledged.end() ? 0 : known->second;
        BOOST_TEST(last >= told);
        BOOST_TEST(last <= told + 1); // one may have been on its way
        SeenQuery query;
        query.source = "blog";
        query.account = "news";
        for (int n = 1; n <= last; ++n) {
            expected += 2;
            BOOST_REQUIRE(posts.count(name_of(stream, n, "x")) == 1U);
            BOOST_REQUIRE(posts.count(name_of(stream, n, "y")) == 1U);
            query.items.push_back(digest_of(name_of(stream, n, "seen")));
            bool attempted = false;
            for (const Attempt& attempt : store.attempts(n))
                attempted = attempted || attempt.number == (stream == "a" ? 1 : 2);
            BOOST_TEST(attempted);
        }
        BOOST_TEST(store.seen(std::move(query)).size() == static_cast<std::size_t>(last));
    }
    BOOST_TEST(posts.size() == expected); // and nothing besides
}

} // namespace

BOOST_AUTO_TEST_SUITE(kills)

BOOST_AUTO_TEST_CASE(a_killed_daemon_has_everything_that_it_acknowledged_and_nothing_half) {
    const char* given = std::getenv("CRIER_TEST_SEED");
    const std::uint64_t seed = given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
    BOOST_TEST_MESSAGE("CRIER_TEST_SEED=" << seed);
    BOOST_TEST_CONTEXT("CRIER_TEST_SEED=" << seed) {
        std::mt19937_64 random{seed};
        const Folder folder;
        std::map<std::string, int> acknowledged;
        for (int round = 0; round < 30; ++round) {
            Child child{[&](const Child::Say& say) { write_until_killed(folder.db(), say); }};
            const auto hear = [&] {
                const std::string line = child.line();
                if (line.size() > 2)
                    acknowledged[line.substr(0, 1)] = std::stoi(line.substr(2));
                return !line.empty();
            };
            for (std::uint64_t wanted = 1 + random() % 20; wanted > 0; --wanted)
                BOOST_REQUIRE(hear());
            // Somewhere in what comes after: the child's next steps take as long as this, more or less.
            volatile std::uint64_t spin = random() % 300000;
            while (spin > 0)
                spin = spin - 1;
            child.kill();
            while (hear()) {
            }
            OpenStore store{folder.db()};
            BOOST_REQUIRE(store);
            BOOST_TEST(store.notes().size() == 1U);
            check_whole(store, acknowledged);
            acknowledged = progress(store); // the one on its way may have come through
        }
    }
}

BOOST_AUTO_TEST_CASE(killed_before_the_first_batch) {
    const Folder folder;
    Child child{[&](const Child::Say& say) {
        OpenStore store{folder.db()};
        say(store ? "open" : "refused");
        ::pause();
    }};
    BOOST_TEST(child.line() == "open");
    child.kill();
    OpenStore store{folder.db()};
    BOOST_REQUIRE(store);
    BOOST_TEST(store.put(make_post("p")).id == 1);
}

BOOST_AUTO_TEST_SUITE_END()
