#pragma once

#include "core/settings.hpp"
#include "core/subscription.hpp"
#include "inbound/seldom.hpp"
#include "ports/clock.hpp"
#include "ports/hearing.hpp"
#include "ports/http_server.hpp"
#include "ports/log.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace crier::inbound {

/// What the callbacks are made of. All that is referred to outlives them.
struct CallbackPorts {
    Clock& clock;
    Log& log;
    /// Null: there is none with this id. Good until the next wait.
    std::function<const Subscription*(std::string_view id)> find;
    std::function<boost::asio::awaitable<HubAnswer>(std::string id, HubQuestion question)> answer;
    /// Takes in what was pushed.
    std::function<boost::asio::awaitable<Hearing>(std::string id, Heard heard)> hear;
    /// Something was pushed that cannot be taken.
    std::function<void(std::string_view id)> look;
    /// Other daemons have the store open, too: an id that is not known here may be theirs.
    bool shared = false;
};

/// The paths at which hubs reach subscriptions (WebSub, W3C Recommendation 2018): GET, by which a hub asks
/// whether it was asked, and POST, by which it pushes.
///
/// Answers to GET: 200 and the challenge, when what the hub said is durable; 404 it was not asked for; 503.
/// To POST: 200 when what is new in it is durable; 202 the source is looked at instead, because it is not
/// signed, too large, compressed, or cannot be read; 401 signed with another secret than the subscription's;
/// 404, 410 the hub should forget this subscriber; 503 it is to be pushed again. To others: 405.
///
/// Thread: the engine's. What strangers do is said once a minute for each source and answer in the log, and
/// nowhere else.
class Callbacks {
public:
    Callbacks(std::size_t most_body, CallbackPorts ports)
        : ports_(std::move(ports))
        , most_body_(most_body) {}

    /// Is this path one of these?
    [[nodiscard]] static bool has(std::string_view path) { return path.starts_with(hub_path); }

    /// For the server: what a request's head alone is refused for.
    [[nodiscard]] std::optional<LocalResponse> check_head(const LocalRequest& request);
    [[nodiscard]] boost::asio::awaitable<LocalResponse> handle(LocalRequest request);
    /// The server has refused one whose head was good (ports/http_server.hpp).
    void note_refusal(const LocalRequest& request, int status);

private:
    [[nodiscard]] boost::asio::awaitable<LocalResponse> verify(LocalRequest request);
    [[nodiscard]] boost::asio::awaitable<LocalResponse> push(LocalRequest request);
    [[nodiscard]] LocalResponse looked_at(const std::string& source, const std::string& why);
    [[nodiscard]] LocalResponse refused(const std::string& source, int status, const std::string& why);

    CallbackPorts ports_;
    std::size_t most_body_; ///< bytes
    Seldom seldom_;
};

} // namespace crier::inbound
