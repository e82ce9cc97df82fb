#include "bench/feed_outbox.hpp"

#include "bench/daemon.hpp"
#include "bench/entries.hpp"
#include "bench/feed_text.hpp"
#include "bench/limits/client.hpp"
#include "bench/null_server.hpp"
#include "bench/report.hpp"
#include "config/load.hpp"
#include "engine/intake.hpp"
#include "engine/tidy.hpp"
#include "plugin/instance.hpp"
#include "plugin/registry.hpp"
#include "programs/process.hpp"
#include "store/sqlite.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/json/parse.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace crier::bench {

namespace asio = boost::asio;

namespace {

constexpr std::size_t outbox_items = 10'000;
constexpr int outbox_rounds = 7;

/// Due tomorrow, so that nothing is sent.
std::string outbox_yaml(std::uint16_t port) {
    return accounts_yaml(1, port) +
           "sources:\n  feed: {plugin: feed, url: feed.xml, max_items: 10000, account: a0, "
           "first_run: {publish: all}, fuse: off, delay: 24h,\n"
           "    post: {status: \"{{ title }} {{ link }}\"}}\n";
}

template <class Value>
Value taken(Result<Value> result) {
    if (!result)
        throw std::runtime_error(result.error().message);
    return std::move(*result);
}

Settings load_settings(const test::TempDir& directory) {
    config::LoadContext context;
    for (const plugin::BuiltIn& one : plugin::built_ins())
        context.plugins.push_back({one.name, one.options, one.supply, one.own});
    config::Loaded loaded = config::load(directory.file("crier.yaml"), context);
    if (!loaded.settings)
        throw std::runtime_error(config::format(loaded.problems.at(0)));
    return std::move(*loaded.settings);
}

std::vector<Item> read_items(const std::string& feed) {
    const auto instance = taken(plugin::Instance::open(*plugin::find_built_in("feed"), {}));
    plugin::Material material;
    material.bytes = feed;
    material.content_type = "application/rss+xml";
    return taken(instance->call(plugin::Entrance::parse, material)).items;
}

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begun) {
    return std::chrono::duration<double>(Clock::now() - begun).count();
}

/// Seconds: of all of it, and of its parts.
struct Taking {
    double all = 0;
    double asked = 0; ///< the store, what it knows of the items
    double decided = 0;
    double written = 0;
};

/// What the engine does with a look, from its items to the commit.
asio::awaitable<Result<Applied>> take_up(Store& store, const Settings& settings, std::vector<Item> found,
                                         Taking& taking) {
    const SourceSettings& source = settings.sources.front();
    const PostTarget& target = source.targets.front();
    engine::tidy(found, source);
    const std::vector<ItemIdentity> identities = identify_all(found, source.identify_by);
    SeenQuery query = engine::seen_query(source.name, target.account, identities);
    Clock::time_point begun = Clock::now();
    const Result<std::vector<SeenItem>> known = co_await store.seen(std::move(query));
    taking.asked = seconds_since(begun);
    if (!known)
        co_return known.error();
    const CompiledFilter filter = taken(CompiledFilter::compile(Filter{}));
    const ServerProfile profile;
    const Instant now = std::chrono::floor<Duration>(std::chrono::system_clock::now());
    const engine::IntakeQuery intake{source,  target, settings.accounts.find(target.account)->second,
                                     profile, filter, schedule::Zone::find_or_utc(settings.timezone),
                                     now,     true};
    begun = Clock::now();
    engine::Intake made = engine::take_in(intake, found, identities, *known);
    taking.decided = seconds_since(begun);
    Batch batch;
    batch.now = now;
    batch.insert = std::move(made.posts);
    batch.seen = std::move(made.seen);
    SourceState state;
    state.source = source.name;
    state.last_success = now;
    batch.sources.push_back(std::move(state));
    SourceAccount account;
    account.source = source.name;
    account.account = target.account;
    account.since = now;
    batch.source_accounts.push_back(std::move(account));
    begun = Clock::now();
    Result<Applied> applied = co_await store.apply(std::move(batch));
    taking.written = seconds_since(begun);
    co_return applied;
}

/// Into a new store.
Taking once_in_process(const Settings& settings, std::vector<Item> found) {
    const test::TempDir directory;
    asio::io_context context{1};
    store::SqliteOptions options;
    options.path = directory.file("crier.db");
    const store::OpenedStore opened = taken(store::open_sqlite(context.get_executor(), options));
    Taking taking;
    const auto begun = Clock::now();
    auto applied =
        asio::co_spawn(context, take_up(*opened.store, settings, std::move(found), taking), asio::use_future);
    context.run();
    const std::vector<PostId> rows = taken(applied.get()).inserted;
    taking.all = seconds_since(begun);
    if (rows.size() != outbox_items || std::count(rows.begin(), rows.end(), PostId{}) != 0)
        throw std::runtime_error("of " + std::to_string(outbox_items) + " items " +
                                 std::to_string(rows.size()) + " became posts");
    return taking;
}

/// Seconds of a whole process, with a store of its own.
double once_whole(std::uint16_t port, const std::string& feed) {
    const test::TempDir directory;
    test::write_file(directory.file("crier.yaml"), outbox_yaml(port));
    test::write_file(directory.file("feed.xml"), feed);
    const test::Process::Environment environment{{"MASTODON_ACCESS_TOKEN", token}};
    const test::Finished run = test::run_command(
        {CRIER_BENCH_PROCESS, "--end", CRIER, "run", "--once", "--config", directory.file("crier.yaml")},
        environment, directory.path());
    const test::Finished status = test::run_command(
        {CRIER, "status", "--json", "--config", directory.file("crier.yaml")}, environment, directory.path());
    if (run.out.empty() || status.code != 0)
        throw std::runtime_error("crier run --once: " + run.err + status.err);
    const auto outbox = boost::json::parse(status.out).at("outbox");
    if (outbox.at("waiting").to_number<std::size_t>() != outbox_items)
        throw std::runtime_error("not all items became posts: " + run.err);
    return boost::json::parse(run.out).at("run_ms").to_number<double>() / 1000;
}

std::string middle_ms(const std::vector<Taking>& list, double Taking::*part) {
    std::vector<double> values;
    for (const Taking& one : list)
        values.push_back(one.*part * 1000);
    return std::to_string(static_cast<int>(median(values)));
}

/// Held against bare rows of the same round.
void print_rate(const std::string& name, const std::vector<double>& seconds, const std::vector<double>& bare,
                std::optional<double> target) {
    std::vector<double> ratios;
    for (std::size_t i = 0; i < seconds.size(); ++i)
        ratios.push_back(bare[i] / seconds[i]);
    Figure figure;
    figure.name = name;
    figure.unit = "posts/s";
    figure.value = static_cast<double>(outbox_items) / median(seconds);
    figure.peer = "SQLite, bare rows of a post and of a seen item";
    figure.peer_value = figure.value / median(ratios);
    figure.target = target;
    for (const double each : seconds)
        figure.values.push_back(static_cast<double>(outbox_items) / each);
    figure.ratios = std::move(ratios);
    print(figure);
}

} // namespace

void feed_outbox() {
    say("feed: 10,000 items into the outbox, seven times in this process and seven times by crier run "
        "--once");
    const NullServer server;
    const std::string feed = rss_feed(outbox_items);
    const test::TempDir directory;
    test::write_file(directory.file("crier.yaml"), outbox_yaml(server.port()));
    test::write_file(directory.file("feed.xml"), feed);
    const Settings settings = load_settings(directory);
    const std::vector<Item> found = read_items(feed);
    std::vector<double> inside;
    std::vector<Taking> takings;
    std::vector<double> bare;
    std::vector<double> whole;
    for (int i = 0; i < outbox_rounds; ++i) {
        takings.push_back(once_in_process(settings, found));
        inside.push_back(takings.back().all);
        const test::TempDir rows;
        bare.push_back(bare_rows(rows.path(), outbox_items).seconds);
        whole.push_back(once_whole(server.port(), feed));
    }
    say("feed: milliseconds of that: the store asked " + middle_ms(takings, &Taking::asked) + ", decided " +
        middle_ms(takings, &Taking::decided) + ", written " + middle_ms(takings, &Taking::written) +
        ", all " + middle_ms(takings, &Taking::all));
    print_rate("feed: items to the outbox, 10,000 items (intake and store alone)", inside, bare, 60'000);
    print_rate("feed: file to the outbox, 10,000 items (crier run --once, start to end)", whole, bare,
               std::nullopt);
}

} // namespace crier::bench
