#pragma once

#include "core/settings.hpp"
#include "inbound/seldom.hpp"
#include "ports/clock.hpp"
#include "ports/hearing.hpp"
#include "ports/http_server.hpp"
#include "ports/log.hpp"
#include "ports/token_source.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace crier::inbound {

/// What the hooks are made of. All that is referred to outlives them.
struct HookPorts {
    Clock& clock;
    Log& log;
    std::function<std::unique_ptr<TokenSource>(const TokenRef&)> secret;
    /// Takes in what was sent to a source.
    std::function<boost::asio::awaitable<Hearing>(std::string source, Heard heard)> hear;
};

/// The paths at which sources hear: POST, and nothing else. A request is only read further, and only handed
/// on, when it is signed with the source's secret.
///
/// Answers, as JSON: 200 {"items","posts"} when what it means is durable, and not before; else
/// {"error","hint"} with 401 not signed, or wrongly; 404 no such path; 405; 413 too large; 415 a compressed
/// body; 422 the plugin makes no sense of it; 503 with Retry-After: send it again.
///
/// Thread: the engine's. What strangers do is said once a minute for each source and answer in the log, and
/// nowhere else.
class Hooks {
public:
    Hooks(const Settings& settings, HookPorts ports);

    /// For the server: what a request's head alone is refused for.
    [[nodiscard]] std::optional<LocalResponse> check_head(const LocalRequest& request);
    [[nodiscard]] boost::asio::awaitable<LocalResponse> handle(LocalRequest request);
    /// The server has refused one whose head was good (ports/http_server.hpp).
    void note_refusal(const LocalRequest& request, int status);

    /// Sources whose secret cannot be read; told to the log.
    std::size_t check_secrets();

private:
    struct Hook {
        const SourceSettings* source = nullptr;
        std::unique_ptr<TokenSource> secret; ///< null: it wants none
    };

    [[nodiscard]] Hook* at(const std::string& path);
    [[nodiscard]] std::optional<LocalResponse> check_signed(const Hook& hook, const LocalRequest& request);
    [[nodiscard]] LocalResponse refused(const std::string& about, int status, const std::string& why,
                                        const std::string& hint);
    [[nodiscard]] LocalResponse answer(const Hearing& hearing) const;

    HookPorts ports_;
    std::size_t most_body_;                          ///< bytes
    std::map<std::string, Hook, std::less<>> hooks_; ///< by path
    Seldom seldom_;
};

} // namespace crier::inbound
