#pragma once

#include "ports/publisher.hpp"
#include "ports/token_source.hpp"
#include "simulation/plan.hpp"
#include "simulation/random.hpp"
#include "simulation/time.hpp"
#include "simulation/trace.hpp"

#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace crier::sim {

/// A request to publish on its way, and who waits for its reply. The server's end of it outlives the process.
struct Exchange {
    std::string text;
    bool marked = false; ///< with marks, which are shown as what they mean
    std::string visibility;
    std::string key;
    std::string token;
    std::vector<std::string> media;
    std::string in_reply_to;
    std::optional<Fault> fault; ///< that it meets
    std::optional<Reply> reply;
    Alarm* alarm = nullptr; ///< the waiter's, as long as `life` is the process's
    ProcessNumber process = 0;
    std::uint64_t life = 0;
};

/// One account on one server: what it did is the judge, whatever the process believes.
///
/// It keeps its own reckoning of keys, media and limits, and knows nothing of the engine's.
class SimServer {
public:
    struct Status {
        std::string id;
        std::string text;
        bool marked = false;
        std::string key;
        std::vector<std::string> media;
        std::string in_reply_to;
        Instant created{}; ///< world
        bool deleted = false;
        bool pinned = false;
    };
    /// A request to publish, as it was sent.
    struct Sent {
        std::string text;
        Instant wall{}; ///< the process's clock
        Instant world{};
    };

    SimServer(Time& time, Trace& trace, Manner manner, std::uint64_t seed, std::string name);

    [[nodiscard]] std::unique_ptr<Publisher> publisher(TokenSource& token);

    /// A fault that the next request, or every request for a while, will meet.
    void meet(const Fault& fault);
    std::string good_token = "token-0";

    [[nodiscard]] const std::vector<Status>& statuses() const noexcept { return statuses_; }
    [[nodiscard]] const std::vector<Sent>& sent() const noexcept { return sent_; }
    [[nodiscard]] std::size_t over_limit() const noexcept { return over_limit_; }
    /// When it had told to be left alone, for each request that came before the end of that.
    [[nodiscard]] const std::vector<Instant>& disobeyed() const noexcept { return disobeyed_; }
    [[nodiscard]] Manner manner() const noexcept { return manner_; }

private:
    friend class SimPublisher;

    struct Upload {
        Instant made{};
        Instant ready{};
        std::string status; ///< that it is attached to
    };
    /// So many requests from one aligned moment to the next.
    struct Window {
        int limit = 0;
        Duration length{};
        Instant from{};
        int used = 0;
        [[nodiscard]] bool full(Instant now);
        void count(Instant now);
        [[nodiscard]] Instant end() const { return from + length; }
    };

    using Line = std::shared_ptr<Exchange>;
    void arrive(const Line& line);
    void work(const Line& line);
    void finish(const Line& line);
    void wait_for_lock(const Line& line, Instant give_up);
    void answer(const Line& line, Reply reply, Duration after);
    [[nodiscard]] std::optional<Reply> turned_away(const std::string& token, bool upload);
    [[nodiscard]] std::optional<Reply> bad_media(const Exchange& request);
    [[nodiscard]] bool lacks_parent(const Exchange& request) const;
    [[nodiscard]] const Status* remembered(const std::string& key) const;
    [[nodiscard]] Reply published(const Status& status, const std::string& visibility);
    void tell_limits(Reply& reply);
    [[nodiscard]] std::optional<Fault> take(std::deque<Fault>& faults, bool picture = false);
    [[nodiscard]] Reply upload(const std::string& token);
    [[nodiscard]] Reply media_state(const std::string& token, const std::string& id);
    [[nodiscard]] Reply edit(const std::string& token, const std::string& id, const std::string& text);
    [[nodiscard]] Reply remove(const std::string& token, const std::string& id);
    [[nodiscard]] Reply pin(const std::string& token, const std::string& id, bool pin);
    [[nodiscard]] Timeline page(Instant since);
    [[nodiscard]] StatusSight shown(const std::string& id);
    [[nodiscard]] LookResult look();
    /// Mastodon has limits for posts and for uploads, GoToSocial one for all that comes from an address.
    [[nodiscard]] bool counts_kinds() const noexcept { return manner_ != Manner::no_keys; }
    [[nodiscard]] bool reachable() const noexcept { return time_.world() >= unreachable_until_; }

    Time& time_;
    Trace& trace_;
    Manner manner_;
    Dice dice_;
    std::string name_;
    std::vector<Status> statuses_;
    std::vector<Sent> sent_;
    std::unordered_map<std::string, std::size_t> by_id_;
    std::unordered_map<std::string, std::size_t> by_key_;
    std::unordered_map<std::string, Instant> locks_;
    std::unordered_map<std::string, Upload> uploads_;
    std::deque<Fault> next_publish_;
    std::deque<Fault> next_upload_;
    Instant unreachable_until_{};
    Instant forbidden_until_{};
    Instant limited_until_{};
    Instant limit_told_{};
    Window all_{300, std::chrono::minutes{5}};
    Window posts_{300, std::chrono::hours{3}};
    Window media_{30, std::chrono::minutes{30}};
    Window anybody_{300, std::chrono::minutes{5}};
    bool shows_page_; ///< to those whom it does not know; what is older than its cache
    Instant page_made_{};
    std::size_t page_had_ = 0;
    std::size_t over_limit_ = 0;
    std::vector<Instant> disobeyed_;
};

} // namespace crier::sim
