#pragma once

#include "core/subscription.hpp"
#include "engine/configuration.hpp"
#include "engine/world.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace crier::engine {

/// Asks hubs to push what changes in the sources that name one (WebSub, W3C Recommendation 2018), renews that
/// before it lapses, and ends it where it is not wanted any more. Whatever a hub does, the sources are looked
/// at as before, only more seldom while one pushes.
///
/// Ownership: by the engine; all that it is given outlives it.
/// Thread: the engine's.
/// Errors: told to the log once until something else happens, and in each subscription's `note`.
/// Cancellation: terminal; a hub that was just asked is asked again by the next life.
class Subscriptions {
public:
    Subscriptions(Configuration settings, World& world);

    /// Takes up what the store knows. What the configuration does not want any more is ended.
    void begin(std::vector<Subscription> known);

    /// Another daemon sees to what is asked of the source's hub from now on.
    void hand_over(std::string_view source);
    /// This one does again, as the store has it.
    void take_over(const std::vector<Subscription>& known, std::string_view source);

    /// A look at the source has shown this hub, or none.
    void heed(const SourceSettings& source, const Hub& hub);

    /// Is some hub bound to push what is new in it?
    [[nodiscard]] bool pushes_to(std::string_view source) const;

    /// Null: there is none with this id. Until the next wait.
    [[nodiscard]] const Subscription* find(std::string_view id) const;
    /// The source's own, without those that are being ended; null: there is none.
    [[nodiscard]] const Subscription* of(std::string_view source) const;

    /// What a hub asks behind an id: durable when it is agreed to.
    [[nodiscard]] boost::asio::awaitable<HubAnswer> answer(std::string id, HubQuestion question);

    /// Something was pushed; the next write makes that durable.
    void note_push(std::string_view id);
    /// A look has found news of the source by itself. A hub that lets that happen again and again does not
    /// push.
    void note_miss(std::string_view source);

    [[nodiscard]] boost::asio::awaitable<void> run();
    /// There is another configuration, under which some sources have other names.
    void follow(const Configuration& settings, const std::vector<Rename>& renames);
    void stop();

private:
    [[nodiscard]] bool wanted(const SourceSettings& source) const;
    [[nodiscard]] std::string callback_of(const std::string& id) const;
    [[nodiscard]] std::string digits(std::size_t words);
    [[nodiscard]] Subscription* mine(std::string_view id);
    void ask_for(const SourceSettings& source, const Hub& hub);
    void leave(Subscription& subscription);
    void leave_unwanted();
    void heed_restart(Subscription& subscription) const;
    void heed_step_back(Instant now);
    [[nodiscard]] int misses_of(const Subscription& subscription) const;
    void let_go(const Subscription& subscription);
    void drop(const std::string& id);
    void change(Subscription& subscription, Subscription::State state);
    [[nodiscard]] boost::asio::awaitable<bool> write();
    [[nodiscard]] Subscription* due(Instant now);
    [[nodiscard]] Instant next() const;
    [[nodiscard]] boost::asio::awaitable<void> ask(std::string id);
    [[nodiscard]] boost::asio::awaitable<HttpResult> send(std::string url, std::string form,
                                                          bool allow_private);
    void heed_reply(Subscription& subscription, const HttpResult& reply);
    void failed(Subscription& subscription, std::string why, Duration pause);
    void agreed(Subscription& subscription, const HubQuestion& question) const;
    void tell(LogLevel level, const Subscription& subscription, const char* event,
              const std::string& words) const;

    Followed<Settings> settings_;
    World& world_;
    std::unique_ptr<Alarm> alarm_;
    std::map<std::string, Subscription, std::less<>> all_;    ///< by id
    std::map<std::string, std::string, std::less<>> current_; ///< by source: the id of its own
    std::set<std::string> changed_;                           ///< ids that the store has to be told of
    std::vector<std::string> ended_;                          ///< likewise
    std::set<std::string> answered_; ///< ids of those that their hub has answered since it was asked
    std::map<std::string, int, std::less<>> misses_; ///< by id: news that no push told of, in a row
    std::size_t writes_ = 0;
    bool stopping_ = false;
};

} // namespace crier::engine
