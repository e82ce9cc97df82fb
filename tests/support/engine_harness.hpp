#pragma once

#include "engine/engine.hpp"
#include "support/coro.hpp"
#include "support/log_lines.hpp"
#include "support/memory_store.hpp"
#include "support/model_server.hpp"
#include "support/virtual_time.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/test/unit_test.hpp>

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace crier::test {

using namespace std::chrono_literals;

class CountingRandom final : public Random {
public:
    std::uint64_t next() override { return value_ += 0x9E3779B97F4A7C15ULL; }

private:
    std::uint64_t value_ = 7;
};

class NoMedia final : public MediaFetcher {
public:
    boost::asio::awaitable<FetchedMedia> fetch(std::string url, std::string name, bool,
                                               std::uint64_t) override {
        FetchedMedia fetched;
        fetched.reply = Reply{Verdict::media_ready, 200, {}};
        fetched.file = "/stash/" + name;
        fetched.type = "image/png";
        fetches.push_back(url);
        co_return fetched;
    }
    boost::asio::awaitable<Result<std::string>> keep(std::string file, std::string name) override {
        if (away > 0 && --away == 0)
            co_return Failure{Cause::temporary, "not now"};
        if (kept.count("/kept/" + name) == 0 && missing.count(file) > 0)
            co_return Failure{Cause::not_found, file + ": no such file", "put it there"};
        kept.insert("/kept/" + name);
        co_return "/kept/" + name;
    }
    void forget(const std::string& file) override {
        kept.erase(file);
        std::erase_if(files, [&](const Kept& one) { return one.file == file; });
        forgotten.push_back(file);
    }

    boost::asio::awaitable<Result<std::string>> keep_bytes(std::string bytes, std::string name,
                                                           std::string extension) override {
        Kept one;
        one.file = "/kept/" + name + extension;
        one.name = std::move(name);
        one.since = since;
        one.bytes = bytes.size();
        contents[one.file] = std::move(bytes);
        files.push_back(one);
        co_return one.file;
    }
    boost::asio::awaitable<Result<std::string>> head(std::string file) override {
        if (missing.count(file) > 0)
            co_return Failure{Cause::not_found, file + ": no such file"};
        co_return begin_with;
    }
    boost::asio::awaitable<Result<std::string>> read(std::string file, std::uint64_t most) override {
        const auto found = contents.find(file);
        if (found == contents.end())
            co_return Failure{Cause::not_found, file + ": no such file"};
        if (found->second.size() > most)
            co_return Failure{Cause::unsupported, file + " is too large"};
        co_return found->second;
    }

    std::map<std::string, std::string> contents; ///< bytes of files, by path
    Instant since{};                             ///< of what is kept from now on
    std::string begin_with{"\x89PNG\r\n\x1a\n"}; ///< all files, as head() has it
    std::set<std::string> missing;               ///< local files that cannot be read
    std::set<std::string> kept;                  ///< copies that are there
    int away = 0;                                ///< so many calls of keep() on, one comes to nothing for now

    boost::asio::awaitable<std::vector<Kept>> all_kept() override { co_return files; }
    std::vector<Kept> files;

    std::vector<std::string> fetches;
    std::vector<std::string> forgotten;
};

/// A feed that the test writes.
class ScriptedFeed {
public:
    std::vector<Item> items; ///< newest first
    std::deque<Failure> failures;
    std::size_t polls = 0;
    bool gone = false;
    bool unchanged = false;
    LookRule rule;
    Rhythm rhythm;
    Hub hub;
    std::map<std::string, Item> pages; ///< by link: what the page says; a source that reads none has none
    std::vector<std::string> pages_read;
    std::vector<Fate> fates; ///< what it was told of its items
    std::function<void()> changed;
    std::vector<std::string> heard;          ///< bodies that were sent to it; each means `items`,
    std::optional<std::vector<Item>> pushed; ///< or these

    void add(std::string id, std::string title, Instant when = {}) {
        Item item;
        item.id = id;
        item.title = std::move(title);
        item.link = "https://blog.example/" + id;
        if (when != Instant{})
            item.published = when;
        items.insert(items.begin(), std::move(item));
    }
};

class ScriptedSource final : public Source {
public:
    explicit ScriptedSource(ScriptedFeed& feed)
        : feed_(feed) {}
    boost::asio::awaitable<Result<SourceYield>> poll(std::string) override {
        ++feed_.polls;
        if (!feed_.failures.empty()) {
            Failure failure = feed_.failures.front();
            feed_.failures.pop_front();
            co_return failure;
        }
        SourceYield yield;
        yield.items = feed_.items;
        yield.cursor = std::to_string(feed_.polls);
        yield.gone = feed_.gone;
        yield.rule = feed_.rule;
        yield.rhythm = feed_.rhythm;
        yield.hub = feed_.hub;
        if (feed_.unchanged) {
            yield.unchanged = true;
            yield.items.clear();
        }
        co_return yield;
    }
    boost::asio::awaitable<Result<SourceYield>> hear(Heard heard, std::string) override {
        feed_.heard.push_back(std::move(heard.body));
        if (!feed_.failures.empty()) {
            Failure failure = feed_.failures.front();
            feed_.failures.pop_front();
            co_return failure;
        }
        SourceYield yield;
        yield.items = feed_.pushed.value_or(feed_.items);
        co_return yield;
    }
    [[nodiscard]] bool reads_pages() const noexcept override { return !feed_.pages.empty(); }
    boost::asio::awaitable<Result<Item>> page(std::string link) override {
        feed_.pages_read.push_back(link);
        const auto found = feed_.pages.find(link);
        if (found == feed_.pages.end())
            co_return Failure{Cause::server, link + " answers 404"};
        co_return found->second;
    }
    boost::asio::awaitable<Result<>> settle(Fate fate) override {
        feed_.fates.push_back(std::move(fate));
        co_return Result<>{};
    }
    void watch(std::function<void()> changed) override { feed_.changed = std::move(changed); }

private:
    ScriptedFeed& feed_;
};

/// Programs that end as the test says; without a word they end well and write nothing.
class ScriptedPrograms final : public CommandRunner {
public:
    explicit ScriptedPrograms(VirtualTime& time)
        : time_(time) {}

    boost::asio::awaitable<Result<ProgramEnd>> run(ProgramRun program) override {
        runs.push_back(program.arguments.front());
        environments.push_back(program.environment);
        const Duration takes = duration;
        ProgramEnd end;
        if (!ends.empty()) {
            end = ends.front();
            ends.pop_front();
        }
        if (takes > Duration::zero()) {
            const std::unique_ptr<Alarm> alarm = time_.make_alarm();
            co_await alarm->wait_for(takes);
        }
        co_return end;
    }

    void ends_with(int code, std::string words = {}) {
        ProgramEnd end;
        end.code = code;
        end.errors = std::move(words);
        ends.push_back(std::move(end));
    }

    std::deque<ProgramEnd> ends;
    Duration duration{};
    std::vector<std::string> runs;
    std::vector<std::vector<std::string>> environments;

private:
    VirtualTime& time_;
};

/// An engine in a world of its own, that can die and come back.
class Harness {
public:
    Harness()
        : time(context, *from_rfc3339("2026-11-24T12:00:00Z"))
        , programs(time)
        , store(time)
        , server(time)
        , world{store,
                time,
                random,
                log,
                media,
                [this](const AccountSettings&) {
                    engine::AccountPorts ports;
                    ports.token = std::make_unique<FixedToken>(token, &own_scopes);
                    ports.publisher = server.publisher(*ports.token);
                    return ports;
                },
                [this](const SourceSettings& source, const std::string&) -> Result<std::unique_ptr<Source>> {
                    const auto other = other_feeds.find(source.name);
                    return std::unique_ptr<Source>{
                        std::make_unique<ScriptedSource>(other == other_feeds.end() ? feed : other->second)};
                }} {
        world.commands = &programs;
        account("news");
    }
    ~Harness() { stop(); }

    AccountSettings& account(const std::string& name) {
        AccountSettings& settings_of = settings.accounts[name];
        settings_of.name = name;
        settings_of.server = "https://model.example";
        settings_of.token.kind = TokenRef::Kind::file;
        settings_of.defaults = std::make_shared<PostTemplate>();
        return settings_of;
    }

    static std::shared_ptr<PostTemplate> text(const std::string& source) {
        auto post = std::make_shared<PostTemplate>();
        post->status = *text::Template::parse(source, {"now", "due", "entry", "account", "title", "link",
                                                       "summary", "content", "author", "categories",
                                                       "published", "updated", "language", "id", "source",
                                                       "counter", "page_title", "page_description"});
        return post;
    }

    EntrySettings& entry(const std::string& name, schedule::Rule rule, const std::string& status) {
        EntrySettings entry;
        entry.name = name;
        entry.when = schedule::Calendar{std::move(rule)};
        entry.timezone = "UTC";
        PostTarget target;
        target.account = "news";
        target.post = text(status);
        entry.targets.push_back(std::move(target));
        settings.schedule.push_back(std::move(entry));
        return settings.schedule.back();
    }

    /// Those that read something else than `feed`, by the source's name.
    std::map<std::string, ScriptedFeed> other_feeds;

    SourceSettings& source(const std::string& name) {
        SourceSettings source;
        source.name = name;
        source.plugin = "feed";
        source.url = "https://blog.example/feed.xml";
        source.poll = 15min;
        PostTarget target;
        target.account = "news";
        target.post = text("{{ title }} {{ link }}");
        source.targets.push_back(std::move(target));
        settings.sources.push_back(std::move(source));
        return settings.sources.back();
    }

    /// One to which others send.
    SourceSettings& hook(const std::string& name) {
        SourceSettings& made = source(name);
        made.plugin = "webhook";
        made.url.clear();
        made.first_run.publish.reset();
        SourceHook at;
        at.path = "/hooks/" + name;
        made.hook = at;
        return made;
    }

    /// Sent, and not waited for: what came of it stands in the result when it has come.
    std::shared_ptr<std::optional<Hearing>> send_quietly(const std::string& name, const std::string& body) {
        Heard heard;
        heard.body = body;
        auto result = std::make_shared<std::optional<Hearing>>();
        boost::asio::co_spawn(
            context, engine->hear(name, std::move(heard)),
            [result](std::exception_ptr, Hearing hearing) { *result = std::move(hearing); });
        return result;
    }
    Hearing send(const std::string& name, const std::string& body = {}) {
        const auto result = send_quietly(name, body);
        time.run_while([&] { return !result->has_value(); });
        return **result;
    }

    void start() {
        taken_up = reloads ? std::make_shared<const Settings>(settings) : engine::borrowed(settings);
        engine = std::make_unique<engine::Engine>(context.get_executor(), taken_up, world);
        running = true;
        begun = false;
        boost::asio::co_spawn(context, main(), [this](std::exception_ptr) { running = false; });
        time.run_while([this] { return running && !begun; });
        BOOST_REQUIRE(begun);
    }

    /// What becomes of it.
    template <class T>
    T wait_for(boost::asio::awaitable<T> task) {
        std::optional<T> result;
        boost::asio::co_spawn(context, std::move(task), [&](std::exception_ptr error, T value) {
            BOOST_REQUIRE(!error);
            result = std::move(value);
        });
        time.run_while([&] { return !result; });
        return std::move(*result);
    }

    void stop() {
        if (!engine)
            return;
        engine->stop();
        time.run_while([this] { return running; });
        engine.reset();
    }

    void restart() {
        stop();
        start();
    }

    /// The settings as they are by now, handed to the running engine; `reloaded` is set when it goes by them.
    void begin_reload() {
        reloaded = false;
        auto next = std::make_shared<const Settings>(settings);
        engine::Difference difference = engine::difference_of(*taken_up, *next);
        taken_up = next;
        engine->reload(std::move(next), std::move(difference), nullptr, [this] { reloaded = true; });
    }
    void reload() {
        begin_reload();
        time.run_while([this] { return !reloaded; });
        BOOST_REQUIRE(reloaded);
    }

    /// A `crier run --once` that begins now.
    engine::OnceReport once() {
        engine = std::make_unique<engine::Engine>(context.get_executor(), settings, world);
        std::optional<engine::OnceReport> report;
        boost::asio::co_spawn(
            context,
            [](engine::Engine& engine) -> boost::asio::awaitable<engine::OnceReport> {
                const Result<> begun = co_await engine.begin();
                BOOST_TEST(begun.has_value());
                co_return co_await engine.run_once();
            }(*engine),
            [&](std::exception_ptr, engine::OnceReport r) { report = std::move(r); });
        time.run_while([&] { return !report; });
        engine.reset();
        return *report;
    }

    PostId post(const std::string& status, const std::string& key, std::optional<Instant> at = {}) {
        engine::PostOrder order;
        order.status = status;
        order.key = key;
        order.at = at;
        return hand_in(std::move(order)).value().id;
    }

    Result<engine::Accepted> hand_in(engine::PostOrder order) {
        std::optional<Result<engine::Accepted>> result;
        boost::asio::co_spawn(
            context, engine->post(std::move(order)),
            [&](std::exception_ptr, Result<engine::Accepted> accepted) { result = std::move(accepted); });
        time.run_while([&] { return !result; });
        return std::move(*result);
    }

    /// A post by hand with one picture.
    [[nodiscard]] static engine::PostOrder picture(const std::string& status, const std::string& file) {
        engine::PostOrder order;
        order.status = status;
        order.key = file;
        order.media.resize(1);
        order.media[0].file = file;
        order.media[0].alt = "a picture";
        return order;
    }

    /// Handed in, and what comes of it not waited for.
    void hand_in_quietly(engine::PostOrder order) {
        boost::asio::co_spawn(context, engine->post(std::move(order)),
                              [](std::exception_ptr, Result<engine::Accepted>) {});
    }

    /// Straight into the store, as an earlier life would have left it.
    void put(Batch batch) {
        bool done = false;
        boost::asio::co_spawn(context, store.apply(std::move(batch)),
                              [&](std::exception_ptr, Result<Applied>) { done = true; });
        time.run_while([&] { return !done; });
    }

    [[nodiscard]] std::vector<std::string> timeline() const {
        std::vector<std::string> texts;
        for (const ModelServer::Status& status : server.statuses)
            texts.push_back(status.text);
        return texts;
    }

    boost::asio::io_context context;
    VirtualTime time;
    ScriptedPrograms programs;
    MemoryStore store;
    ModelServer server;
    CountingRandom random;
    LogLines log;
    NoMedia media;
    ScriptedFeed feed;
    std::string token = "token";
    std::vector<std::string> own_scopes; ///< of the token, as they stand beside it; empty: they do not
    Settings settings;
    bool reloads = false;           ///< the engine has the settings as they were at start() and reload()
    engine::Configuration taken_up; ///< those that it was given last
    engine::World world;
    std::unique_ptr<engine::Engine> engine;
    bool running = false;
    bool begun = false;
    bool reloaded = false;

private:
    boost::asio::awaitable<void> main() {
        const Result<> ready = co_await engine->begin();
        begun = ready.has_value();
        if (begun)
            co_await engine->run();
    }
};

} // namespace crier::test
