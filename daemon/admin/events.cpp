#include "admin/events.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

namespace crier::admin {

namespace asio = boost::asio;
namespace json = boost::json;

namespace {

/// Between two lots of events for one listener.
constexpr Duration gap = std::chrono::seconds{1};
/// Of silence; proxies close what is silent for a minute, and the page takes more than 40 s for a daemon that
/// hangs.
constexpr Duration longest_silence = std::chrono::seconds{25};
/// Things that changed and that a listener has not been told of.
constexpr std::size_t most_waiting = 256;

using Key = std::tuple<Change::What, PostId, std::string>;

/// What makes two changes one: a post's account is none of it.
Key key_of(const Change& change) {
    return {change.what, change.post, change.what == Change::What::post ? std::string{} : change.name};
}

json::object to_json(const Change& change) {
    json::object object;
    switch (change.what) {
    case Change::What::post:
        object["what"] = "post";
        object["id"] = change.post;
        object["account"] = change.name;
        if (!change.state.empty())
            object["state"] = change.state;
        return object;
    case Change::What::account:
        object["what"] = "account";
        break;
    case Change::What::source:
        object["what"] = "source";
        break;
    case Change::What::entry:
        object["what"] = "entry";
        break;
    case Change::What::alert:
        object["what"] = "alert";
        return object;
    case Change::What::all:
        object["what"] = "all";
        return object;
    }
    object["name"] = change.name;
    return object;
}

std::string event_text(std::string_view event, const json::object& data) {
    return "event: " + std::string{event} + "\ndata: " + json::serialize(data) + "\n\n";
}

} // namespace

struct Events::Listeners {
    Listeners(Clock& c, std::string v)
        : clock(&c)
        , version(std::move(v)) {}
    Clock* clock;
    std::string version;
    std::vector<Listener*> all;
};

class Events::Listener final : public LocalStream {
public:
    explicit Listener(std::shared_ptr<Listeners> among)
        : among_(std::move(among))
        , alarm_(among_->clock->make_alarm()) {
        among_->all.push_back(this);
    }
    ~Listener() override { std::erase(among_->all, this); }
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    asio::awaitable<std::optional<std::string>> next() override;
    void end() override {
        ended_ = true;
        if (alarm_)
            alarm_->ring();
    }
    void hear(const Change& change);
    /// There are no events any more, and perhaps no clock.
    void orphan() {
        ended_ = true;
        alarm_.reset();
    }

private:
    [[nodiscard]] std::string hello();
    [[nodiscard]] std::string drain();

    std::shared_ptr<Listeners> among_;
    std::unique_ptr<Alarm> alarm_;
    std::map<Key, Change> waiting_;
    Mono said_{}; ///< when something was told last
    bool greeted_ = false;
    bool ended_ = false;
};

void Events::Listener::hear(const Change& change) {
    const bool first = waiting_.empty();
    if (waiting_.count(key_of(Change{Change::What::all})) > 0)
        return;
    if (change.what == Change::What::all || waiting_.size() >= most_waiting) {
        waiting_.clear();
        waiting_.emplace(key_of(Change{Change::What::all}), Change{Change::What::all});
    } else {
        auto [known, fresh] = waiting_.try_emplace(key_of(change), change);
        if (!fresh && !change.state.empty())
            known->second = change;
    }
    if (first)
        alarm_->ring();
}

std::string Events::Listener::hello() {
    json::object object;
    object["version"] = among_->version;
    object["now"] = to_rfc3339(among_->clock->now());
    return event_text("hello", object);
}

std::string Events::Listener::drain() {
    std::string text;
    for (const auto& [key, change] : waiting_)
        text += event_text("change", to_json(change));
    waiting_.clear();
    return text;
}

asio::awaitable<std::optional<std::string>> Events::Listener::next() {
    while (!ended_) {
        const Mono now = among_->clock->mono();
        const Duration silence = now - said_;
        std::string text;
        if (!greeted_)
            text = hello();
        else if (!waiting_.empty() && silence >= gap)
            text = drain();
        else if (waiting_.empty() && silence >= longest_silence)
            text = event_text("ping", json::object{});
        if (!text.empty()) {
            greeted_ = true;
            said_ = now;
            co_return text;
        }
        co_await alarm_->wait_for((waiting_.empty() ? longest_silence : gap) - silence);
    }
    co_return std::nullopt;
}

Events::Events(Clock& clock, std::string version)
    : listeners_(std::make_shared<Listeners>(clock, std::move(version))) {}

Events::~Events() {
    for (Listener* listener : listeners_->all)
        listener->orphan();
}

bool Events::wanted() const noexcept {
    return !listeners_->all.empty();
}

void Events::tell(const Change& change) {
    for (Listener* listener : listeners_->all)
        listener->hear(change);
}

std::shared_ptr<LocalStream> Events::listen() {
    if (listeners_->all.size() >= most_listeners)
        return nullptr;
    return std::make_shared<Listener>(listeners_);
}

} // namespace crier::admin
