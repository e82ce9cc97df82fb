#pragma once

#include "admin/metrics.hpp"
#include "engine/engine.hpp"
#include "ports/http_server.hpp"

#include <boost/asio/awaitable.hpp>

#include <optional>
#include <string>
#include <utility>

namespace crier::admin {

/// The daemon's local interface: JSON over HTTP on a Unix socket, for the other subcommands and for scripts.
///
///     GET  /metrics                                   for Prometheus: text, docs/MONITORING.md
///     GET  /v1/status                                 how things stand
///     GET  /v1/outbox?state=&account=&since=&grep=&origin=&reason=&status_id=&limit=
///                                                     posts, newest first
///     GET  /v1/outbox/ID                              one post with its attempts
///     POST /v1/outbox/ID/(hold|release|retry|cancel|approve)   {"anyway": false}
///     POST /v1/outbox/ID/edit {"text","spoiler_text","visibility","language","alts":[{"media","alt"}]}
///                                                     before its first attempt, or when it is published
///     POST /v1/outbox/ID/reschedule {"at"}             likewise
///     POST /v1/outbox/ID/delete                       it is to go, with the parts behind it -> as /v1/undo
///     POST /v1/outbox/ID/(keep|pin|unpin)             what waits to be done with it is not; its page's head
///     POST /v1/outbox/(delete|keep)?origin=&...       all that fit -> as /v1/undo; {"kept"}
///     GET  /v1/undo?since=&account=&origin=           what an undo would take back; POST, with a body: does
///     POST /v1/outbox/(hold|...)?state=&account=&...   {"anyway": false}: all that fit -> {"done","left"}
///     POST /v1/posts                                  {"account","text",...} -> {"id","state"}
///     POST /v1/adopt {"account","source","links":[{"link","text"}]} -> {"adopted","known","sources"}
///     GET  /v1/why?about=                             one chain from where a thing came from to now
///     GET  /v1/next?n=                                what the schedule fires next
///     POST /v1/pause {"target","for","why"}, POST /v1/resume {"target"}
///
/// A field or parameter that is not known is refused, never ignored.
///
/// Errors: {"error","hint","exit"} with 400, 404, 405, 409, 500 or 503; `exit` is the exit code that a
/// command ends with. Thread: the engine's.
class Api {
public:
    /// `running`: a daemon serves it; false where a command does so on the store of a stopped one.
    Api(engine::Engine& engine, Clock& clock, bool running)
        : engine_(engine)
        , clock_(clock)
        , running_(running) {}

    [[nodiscard]] boost::asio::awaitable<LocalResponse> handle(LocalRequest request);

    /// GET /metrics is there from now on.
    void tell_metrics(ReadProcess read_process, std::string version) {
        metrics_.emplace(engine_, clock_, std::move(read_process), std::move(version));
    }

private:
    using Answer = boost::asio::awaitable<LocalResponse>;
    [[nodiscard]] Answer metrics(const LocalRequest& request);
    [[nodiscard]] Answer status(const LocalRequest& request);
    [[nodiscard]] Answer outbox(const LocalRequest& request);
    [[nodiscard]] Answer outbox_below(const LocalRequest& request, std::string_view rest);
    [[nodiscard]] Answer outbox_one(PostId id);
    [[nodiscard]] Answer act(PostId id, engine::OutboxAction action, const LocalRequest& request);
    [[nodiscard]] Answer edit(PostId id, bool reschedule, const LocalRequest& request);
    [[nodiscard]] Answer act_on_all(engine::OutboxAction action, const LocalRequest& request);
    [[nodiscard]] Answer post(const LocalRequest& request);
    [[nodiscard]] Answer adopt(const LocalRequest& request);
    [[nodiscard]] Answer why(const LocalRequest& request);
    [[nodiscard]] Answer next(const LocalRequest& request);
    [[nodiscard]] Answer pause(const LocalRequest& request);
    [[nodiscard]] Answer resume(const LocalRequest& request);
    // api_undo.cpp
    [[nodiscard]] Answer would_undo(const LocalRequest& request);
    [[nodiscard]] Answer undo(const LocalRequest& request);
    [[nodiscard]] Answer remove(PostId id, const LocalRequest& request);
    [[nodiscard]] Answer act_on_published(PostId id, engine::PublishedAction action,
                                          const LocalRequest& request);
    [[nodiscard]] Answer order_all(bool remove, const LocalRequest& request);

    engine::Engine& engine_;
    Clock& clock_;
    bool running_;
    std::optional<Metrics> metrics_;
};

} // namespace crier::admin
