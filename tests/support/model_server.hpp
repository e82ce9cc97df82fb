#pragma once

#include "core/secret.hpp"
#include "ports/publisher.hpp"
#include "ports/token_source.hpp"
#include "support/model_limits.hpp"
#include "support/virtual_time.hpp"

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace crier::test {

/// What the next request meets.
enum class Fault {
    none,
    not_sent,      ///< the connection cannot be made
    lost_before,   ///< no reply, nothing done
    lost_after,    ///< no reply, done
    error_before,  ///< 500, nothing done
    error_after,   ///< 500, done
    limited,       ///< 429, nothing done
    refused,       ///< 422
    forbidden,     ///< 403
    pending_media, ///< the upload is still being processed at the first look
};

/// A server as the engine sees one: statuses, idempotency for an hour, tokens, faults by script.
class ModelServer {
public:
    explicit ModelServer(VirtualTime& time)
        : time_(time) {}

    struct Status {
        std::string id;
        std::string text;
        std::string key;
        Instant created{};
        std::vector<std::string> media;
        std::string spoiler;
        Visibility visibility = Visibility::public_;
        std::string in_reply_to;
        std::string application;
        int edits = 0;
        bool deleted = false;
        bool pinned = false;
        Instant removed{};             ///< with `deleted`
        std::optional<Poll> poll;      ///< as the last request had it
        std::vector<std::string> alts; ///< likewise
        std::string language;
    };

    std::vector<Status> statuses;  ///< the judge: each post exactly once
    std::vector<std::string> keys; ///< of every publish that arrived, in order
    std::vector<std::string> uploads;
    Duration processing{};         ///< what is uploaded is not ready for so long
    bool processing_fails = false; ///< and then it never is
    std::deque<Fault> faults;
    std::string good_token = "token";
    std::string account_name = "bot";
    ServerProfile server;
    Duration latency = std::chrono::milliseconds{20};
    Duration limit_wait = std::chrono::minutes{5};
    std::optional<int> remaining; ///< given in each reply, counted down
    ModelLimits limits;           ///< kept by the server itself; none by default
    Duration ahead{};             ///< its clock, of the true time: what ours would say had it never been set
    Verdict pins = Verdict::pinned; ///< how a pin is answered
    std::size_t pin_requests = 0;
    std::size_t requests = 0;
    std::size_t probes = 0;
    std::vector<std::string> scopes; ///< of the token's application, as a probe tells; empty: it does not
    int unanswered_probes = 0;       ///< so many are answered with nothing, after a minute
    std::size_t profiles = 0;        ///< how often it was asked what it is
    int no_profiles = 0;             ///< so many of these are not answered

    // What everybody may read (model_reading.cpp).
    bool readable = true;          ///< false: 401 to those whom it does not know
    bool gone_on_repeat = false;   ///< 404 to a repeat: its status was deleted meanwhile
    bool replays_error = false;    ///< 500 to a repeat of a key whose status exists (mastodon#40399)
    Duration page_age{};           ///< what is shown is what was there so long ago, and says nothing of that
    std::string application;       ///< as which it names what posts; empty: it does not
    int page_troubles = 0;         ///< so many looks at the page are answered with 503
    bool page_stale = false;       ///< and says so
    std::size_t page_length = 200; ///< as far as the page reaches
    std::set<std::string> hidden;  ///< ids that it answered with and does not have (a spam filter)
    std::size_t looks = 0;         ///< requests of nobody's
    std::size_t media_looks = 0;

    [[nodiscard]] std::unique_ptr<Publisher> publisher(TokenSource& token);
    [[nodiscard]] VirtualTime& time() noexcept { return time_; }

    /// Would a request with this key be answered with what it made before?
    [[nodiscard]] bool remembers(const std::string& key) const;
    [[nodiscard]] Reply publish(const PostContent& content, const std::string& key);
    [[nodiscard]] Reply upload(const Media& media);
    [[nodiscard]] Reply edit(const std::string& id, const PostContent& content);
    [[nodiscard]] Reply remove(const std::string& id);
    [[nodiscard]] Reply pin(const std::string& id, bool pin);
    [[nodiscard]] Status* find(const std::string& id); ///< null: it is not there (any more)
    [[nodiscard]] Reply media_state(const std::string& id);
    [[nodiscard]] AccountSight find_account(const std::string& handle);
    [[nodiscard]] Timeline timeline(const std::string& account, Instant since);
    [[nodiscard]] StatusSight status(const std::string& id);
    [[nodiscard]] Fault next_fault();
    [[nodiscard]] Reply limited() const; ///< until `limit_wait` is over
    [[nodiscard]] Instant date() const { return time_.unset_now() + ahead; }

private:
    VirtualTime& time_;
    std::map<std::string, std::size_t> by_key_;
    std::map<std::string, Instant> ready_; ///< of uploads, when they are
};

/// A token that the test sets; empty: there is none.
class FixedToken final : public TokenSource {
public:
    explicit FixedToken(const std::string& value, const std::vector<std::string>* scopes = nullptr)
        : value_(value)
        , scopes_(scopes) {}
    Result<Secret> read() override {
        if (value_.empty())
            return Failure{Cause::token, "the token file is not there", "put it there"};
        return Secret{value_};
    }
    std::vector<std::string> scopes() override {
        return scopes_ != nullptr ? *scopes_ : std::vector<std::string>{};
    }

private:
    const std::string& value_;
    const std::vector<std::string>* scopes_; ///< the token's own, as they stand beside it; null: they do not
};

} // namespace crier::test
