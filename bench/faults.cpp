// crier-bench-faults: what becomes of a feed's items when something goes wrong, with feed2toot and with
// crier. Counted by what the sandbox has.

#include "bench/peers/feed_bot.hpp"
#include "bench/report.hpp"
#include "programs/process.hpp"
#include "programs/sandbox.hpp"

#include <boost/json/object.hpp>

#include <csignal>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

using namespace crier::bench;
namespace test = crier::test;
namespace json = boost::json;

namespace {

constexpr const char* publishing = "POST /api/v1/statuses";
constexpr std::size_t some_items = 40;
constexpr std::size_t cron_runs = 3; ///< after the one that went wrong

struct Tally {
    std::size_t doubled = 0; ///< statuses beyond the first of an item
    std::size_t lost = 0;    ///< items without one
};

/// One bot on a server of its own.
class Trial {
public:
    Trial(bool peer, std::size_t items, std::size_t limit)
        : sandbox_(directory_, {"--feed-items", std::to_string(items), "--no-rate-limits", "--quiet"})
        , items_(items)
        , bot_(peer ? feed2toot(directory_, sandbox_.url(), limit)
                    : crier_daemon(directory_, sandbox_.url())) {}

    /// After so many requests that go well, one meets this.
    void fault_after(int good, const std::string& what, json::object more = {}) {
        if (good > 0)
            sandbox_.fault(publishing, "slow", good); // by no time at all
        sandbox_.fault(publishing, what, 1, std::move(more));
    }

    void add_items(std::size_t number) {
        for (std::size_t i = 0; i < number; ++i) {
            json::object item;
            item["title"] = "Item " + std::to_string(++items_);
            (void)sandbox_.control("POST", "/sandbox/feed", item);
        }
    }

    /// One more run, to its end.
    void run() {
        bot_->run();
        bot_->settle(items_);
    }

    /// In the middle of a run.
    void run_and_signal(int number) {
        json::object slow;
        slow["wait"] = 0.05;
        sandbox_.fault(publishing, "slow", static_cast<int>(some_items), slow);
        bot_->run();
        (void)test::eventually([&] { return sandbox_.statuses().size() >= some_items / 2; });
        bot_->signal(number);
    }

    void no_more_faults() { (void)sandbox_.control("DELETE", "/sandbox/faults", {}); }

    [[nodiscard]] Tally tally() {
        std::map<std::string, std::size_t> times;
        for (const std::string& text : sandbox_.timeline()) {
            std::istringstream words{text};
            for (std::string word; words >> word;)
                if (word.starts_with("http"))
                    ++times[word];
        }
        Tally tally;
        const json::value feed = sandbox_.control("GET", "/sandbox/feed", {});
        for (const json::value& item : feed.as_array()) {
            const std::size_t n = times[std::string{item.at("link").as_string()}];
            tally.doubled += n > 1 ? n - 1 : 0;
            tally.lost += n == 0 ? 1U : 0U;
        }
        return tally;
    }

private:
    test::TempDir directory_;
    test::Sandbox sandbox_;
    std::size_t items_;
    std::unique_ptr<FeedBot> bot_;
};

struct Row {
    const char* name;
    std::size_t items;
    std::size_t limit; ///< of the newest that feed2toot looks at
    std::function<void(Trial&)> happens;
};

void cron(Trial& trial) {
    for (std::size_t i = 0; i < cron_runs; ++i)
        trial.run();
}

/// A request in the middle meets this.
std::function<void(Trial&)> one(const std::string& what, const json::object& more = {}) {
    return [what, more](Trial& trial) {
        trial.fault_after(some_items / 2, what, more);
        trial.run();
        cron(trial);
    };
}

std::function<void(Trial&)> signalled(int number) {
    return [number](Trial& trial) {
        trial.run_and_signal(number);
        cron(trial);
    };
}

void every_tenth(Trial& trial) {
    for (int i = 0; i < 100; ++i)
        trial.fault_after(9, "500");
    for (int run = 0; run < 8; ++run) {
        trial.add_items(10);
        trial.run();
    }
    trial.no_more_faults();
    trial.run();
}

json::object with(const char* name, const char* value) {
    json::object object;
    object[name] = value;
    return object;
}

std::vector<Row> rows() {
    return {
        {"one 500, 40 items", some_items, 200, one("500")},
        {"one lost reply, 40 items", some_items, 200, one("cut", with("effect", "after"))},
        {"kill -9 in the middle, 40 items", some_items, 200, signalled(SIGKILL)},
        {"SIGTERM in the middle, 40 items", some_items, 200, signalled(SIGTERM)},
        {"one 429 without headers, 40 items", some_items, 200, one("429", with("form", "none"))},
        {"every tenth request 500, 8 runs of 10 new items", 0, 10, every_tenth},
        {"no fault, 150 items in the feed", 150, 200, cron},
    };
}

Tally measure(const Row& row, bool peer) {
    Trial trial{peer, row.items, row.limit};
    row.happens(trial);
    return trial.tally();
}

void print_count(const std::string& name, std::size_t crier, std::size_t peer) {
    print_at_most(name, static_cast<double>(crier), "posts", 0, "feed2toot", static_cast<double>(peer));
}

} // namespace

int main(int argc, char** argv) {
    // Those rows whose name has this in it.
    const std::string_view wanted = argc > 1 ? argv[1] : "";
    try {
        for (const Row& row : rows()) {
            if (std::string_view{row.name}.find(wanted) == std::string_view::npos)
                continue;
            say(std::string{"faults: "} + row.name);
            const Tally peer = measure(row, true);
            const Tally crier = measure(row, false);
            print_count(std::string{"faults: "} + row.name + ": doubled", crier.doubled, peer.doubled);
            print_count(std::string{"faults: "} + row.name + ": lost", crier.lost, peer.lost);
        }
        return 0;
    } catch (const std::exception& error) {
        say(error.what());
        return 1;
    }
}
