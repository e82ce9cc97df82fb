#pragma once

#include "core/alert.hpp"
#include "core/settings.hpp"
#include "engine/configuration.hpp"
#include "engine/world.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crier::engine {

/// Tells people what needs them: each thing once, again while it lasts, once when it is over. What has been
/// told is durable, so that a restart neither repeats nor forgets; what cannot be delivered is tried again.
/// Where no alerts are configured it does nothing and never wakes.
///
/// Ownership: by the engine; the world outlives it.
/// Thread: the engine's. raise() and the like only note what is so: run() tells it.
/// Cancellation: terminal; an alert that was on its way comes again.
class Alerts {
public:
    Alerts(Configuration settings, World& world);

    /// Takes up what the store knows. What is not raised anew is told no more until it is over.
    void begin(const std::vector<AlertState>& known);

    /// Something is wrong; the same again changes nothing but its words.
    void raise(AlertKind kind, const std::string& subject, std::string text, std::string action);
    void clear(AlertKind kind, const std::string& subject);
    /// The same for all that is wrong with an account, source or entry, which the configuration no longer
    /// has.
    void forget(const std::string& subject);
    /// Another daemon tells of what is wrong with it from now on: nothing of it is over by that.
    void leave(const std::string& subject);
    /// It is told of here again, as the store has it.
    void take_over(const std::vector<AlertState>& known, const std::string& subject);

    /// Posts of this account were held, given up, or let go: how many are, is looked up soon, so that many
    /// make one alert.
    void review_held(const std::string& account);

    /// Which accounts and sources ("account:news", "source:blog") can be silent at all now.
    std::function<bool(const std::string& subject)> can_be_silent;

    /// Called when another configuration was taken up: what is wrong by then is to be raised.
    std::function<void()> on_taken_up;

    [[nodiscard]] boost::asio::awaitable<void> run();
    /// There is another configuration.
    void follow(const Configuration& settings);
    /// Tells what is due, once and without waiting for anything: for `run --once`.
    [[nodiscard]] boost::asio::awaitable<void> tell_now();
    /// Makes durable what is not.
    [[nodiscard]] boost::asio::awaitable<void> record();
    void stop();

    /// Nothing is wrong that keeps posts from going out.
    [[nodiscard]] bool well() const;
    [[nodiscard]] bool configured() const noexcept { return configured_; }
    /// How many things of each kind are wrong now, as far as somebody is told of them.
    [[nodiscard]] std::map<AlertKind, std::size_t> on() const;

private:
    using Key = std::pair<AlertKind, std::string>;
    struct Row {
        AlertState state;
        bool lasts = false;                  ///< it was raised in this life
        bool unsaved = false;                ///< the store does not know it as it is
        AlertWord word = AlertWord::nothing; ///< what is being said, to ...
        std::vector<std::size_t> owed;       ///< ... these channels still
        bool heard = false;                  ///< one of them has it
    };
    /// One way to tell; a failure delays only what goes this way.
    struct Channel {
        Alerter* port = nullptr;
        int failures = 0;
        Instant not_before{};
    };

    void open_channels(const std::vector<Alerter*>& ports);
    void take_up_settings();
    void tell_otherwise();
    [[nodiscard]] bool tells(AlertKind kind) const;
    void settle(const Key& key, Instant now);
    [[nodiscard]] boost::asio::awaitable<void> deliver(Key key, std::size_t channel);
    [[nodiscard]] boost::asio::awaitable<void> deliver_due();
    [[nodiscard]] boost::asio::awaitable<void> review();
    [[nodiscard]] boost::asio::awaitable<bool> look_at_held(std::string account);
    [[nodiscard]] boost::asio::awaitable<bool> look_at_failed(std::string account);
    [[nodiscard]] boost::asio::awaitable<void> look_for_silence();
    [[nodiscard]] std::optional<Instant> next_wake() const;
    void end(const Key& key);
    void heed_step_back();

    Followed<Settings> settings_;
    World& world_;
    std::unique_ptr<Alarm> alarm_;
    std::map<Key, Row> rows_;
    std::vector<AlertState> ended_; ///< rows that the store has still to forget
    std::vector<Channel> channels_;
    std::map<std::string, Instant> reviews_; ///< accounts whose held and failed posts are counted then
    Instant silence_look_{};
    bool configured_ = false;
    bool unrecorded_ = false; ///< the store did not take it
    bool stopping_ = false;
};

} // namespace crier::engine
