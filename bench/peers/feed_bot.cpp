#include "bench/peers/feed_bot.hpp"

#include "bench/peers/feed2toot.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include <array>
#include <csignal>
#include <cstdint>
#include <stdexcept>
#include <string_view>
#include <thread>

namespace crier::bench {

namespace json = boost::json;
using test::Process;
using test::write_file;

namespace {

constexpr const char* sandbox_token = "sandbox-token";

/// A 429 that says nothing is waited out for a minute, a lost reply for ten seconds.
constexpr std::chrono::seconds settled_within{150};

class FeedToToot final : public FeedBot {
public:
    FeedToToot(const test::TempDir& directory, const std::string& url, std::size_t limit)
        : directory_(directory)
        , setup_(directory, url, url + "/feed.xml", limit, sandbox_token) {}

    void run() override {
        setup_.unlock();
        process_ = std::make_unique<Process>(setup_.command(), setup_.environment(),
                                             directory_.file("feed2toot.out"));
    }

    void signal(int number) override {
        process_->signal(number);
        (void)process_->wait();
    }

    void settle(std::size_t /*items*/) override {
        if (!test::eventually([&] { return !process_->running(); }, settled_within))
            signal(SIGKILL);
    }

private:
    const test::TempDir& directory_;
    FeedToTootSetup setup_;
    std::unique_ptr<Process> process_;
};

class CrierDaemon final : public FeedBot {
public:
    CrierDaemon(const test::TempDir& directory, const std::string& url)
        : directory_(directory) {
        write_file(directory.file("crier.yaml"),
                   "version: 1\naccounts:\n  news:\n    server: " + url +
                       "\n    handle: bot\n    defaults: {visibility: public, language: en}\n"
                       "sources:\n  feed:\n    plugin: feed\n    url: " +
                       url +
                       "/feed.xml\n    allow_private: true\n    poll: 1s\n    account: news\n"
                       "    first_run: {publish: all}\n    post: {status: \"{{ title }} {{ link }}\"}\n"
                       "fuse: {posts: 10000, within: 1h, same_link: 100, same_text: 100}\n"
                       "store: crier.db\nadmin: {socket: crier.sock}\nlog: {format: plain}\n");
    }

    void run() override {
        if (process_ && process_->running())
            return;
        process_ = std::make_unique<Process>(
            std::vector<std::string>{CRIER, "run", "--config", directory_.file("crier.yaml")}, environment(),
            directory_.file("crier.out"));
    }

    void signal(int number) override {
        process_->signal(number);
        (void)process_->wait(std::chrono::seconds{90});
    }

    void settle(std::size_t items) override {
        (void)test::eventually([&] { return at_rest(items); }, settled_within);
    }

private:
    static Process::Environment environment() { return {{"MASTODON_ACCESS_TOKEN", sandbox_token}}; }

    [[nodiscard]] bool at_rest(std::size_t items) const {
        if (!process_->running())
            return true;
        std::this_thread::sleep_for(std::chrono::milliseconds{200}); // each look is a process
        const test::Finished status =
            test::run_command({CRIER, "status", "--json", "--config", directory_.file("crier.yaml")},
                              environment(), directory_.path());
        if (status.code != 0)
            return false;
        constexpr std::array<std::string_view, 6> on_the_way{"waiting", "ready",    "uploading",
                                                             "sending", "retrying", "doubt"};
        std::int64_t all = 0;
        const json::value read = json::parse(status.out);
        for (const auto& [state, count] : read.at("outbox").as_object()) {
            for (const std::string_view one : on_the_way)
                if (one == std::string_view{state.data(), state.size()} && count.as_int64() > 0)
                    return false;
            all += count.as_int64();
        }
        return all >= static_cast<std::int64_t>(items);
    }

    const test::TempDir& directory_;
    std::unique_ptr<Process> process_;
};

} // namespace

std::unique_ptr<FeedBot> feed2toot(const test::TempDir& directory, const std::string& url,
                                   std::size_t limit) {
    return std::make_unique<FeedToToot>(directory, url, limit);
}

std::unique_ptr<FeedBot> crier_daemon(const test::TempDir& directory, const std::string& url) {
    return std::make_unique<CrierDaemon>(directory, url);
}

} // namespace crier::bench
