#pragma once

#include "admin/health.hpp"
#include "admin/metrics.hpp"
#include "engine/engine.hpp"
#include "ports/http_server.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crier::admin {

class Events;

/// What the daemon offers to the other subcommands, to scripts and to its page: JSON over HTTP. Its routes
/// are the table in routes.cpp; docs/openapi.json says of each what it takes and answers, which a test holds
/// against that table, and docs/ADMIN.md how to use them.
///
/// A field or parameter that is not known is refused, never ignored.
///
/// Errors: {"error","hint","exit"} with 400, 404, 405, 409, 500 or 503; `exit` is the exit code that a
/// command ends with. Who may ask is not decided here but at the door (door.hpp). Thread: the engine's.
class Api {
public:
    using Answer = boost::asio::awaitable<LocalResponse>;

    /// One thing that can be asked for.
    struct Route {
        std::string_view method;
        std::string_view path; ///< "{id}" stands for the number of a post, "{name}" and "{n}" for a word
        Answer (Api::*serve)(const LocalRequest&);
        unsigned marks = 0;

        static constexpr unsigned open = 1;       ///< also for those who are not signed in
        static constexpr unsigned parameters = 2; ///< it has some; all others refuse them
        static constexpr unsigned apart = 4; ///< asks no part that a reload replaces, or sees to that itself
        [[nodiscard]] constexpr bool is(unsigned mark) const noexcept { return (marks & mark) != 0; }
    };
    [[nodiscard]] static std::span<const Route> routes() noexcept;
    /// HEAD is asked as GET is. Null: there is none.
    [[nodiscard]] static const Route* find_route(std::string_view method, std::string_view path) noexcept;

    /// `running`: a daemon serves it; false where a command does so on the store of a stopped one, which has
    /// no `events`.
    Api(engine::Engine& engine, Clock& clock, bool running, Events* events = nullptr)
        : engine_(engine)
        , clock_(clock)
        , running_(running)
        , events_(events)
        , health_(engine, clock) {}

    [[nodiscard]] boost::asio::awaitable<LocalResponse> handle(LocalRequest request);

    /// GET /metrics is there from now on.
    void tell_metrics(ReadProcess read_process, std::string version) {
        metrics_.emplace(engine_, clock_, std::move(read_process), std::move(version));
    }

private:
    class Reading;

    /// Which posts are meant, unless a name in it is nobody's.
    [[nodiscard]] boost::asio::awaitable<Result<PostQuery>> of_known_names(Result<PostQuery> query);
    [[nodiscard]] Answer serve(const Route& route, const LocalRequest& request);
    [[nodiscard]] Answer metrics(const LocalRequest& request);
    [[nodiscard]] Answer status(const LocalRequest& request);
    [[nodiscard]] Answer outbox(const LocalRequest& request);
    [[nodiscard]] Answer outbox_one(const LocalRequest& request);
    [[nodiscard]] Answer act(const LocalRequest& request);
    [[nodiscard]] Answer edit(const LocalRequest& request);
    [[nodiscard]] Answer reschedule(const LocalRequest& request);
    [[nodiscard]] Answer change(const LocalRequest& request, Result<engine::PostEdit> edit);
    [[nodiscard]] Answer act_on_all(const LocalRequest& request);
    [[nodiscard]] Answer post(const LocalRequest& request);
    [[nodiscard]] Answer adopt(const LocalRequest& request);
    [[nodiscard]] Answer why(const LocalRequest& request);
    [[nodiscard]] Answer next(const LocalRequest& request);
    [[nodiscard]] Answer pause(const LocalRequest& request);
    [[nodiscard]] Answer resume(const LocalRequest& request);
    // api_calendar.cpp
    [[nodiscard]] Answer calendar(const LocalRequest& request);
    // api_compose.cpp
    [[nodiscard]] Answer accounts(const LocalRequest& request);
    [[nodiscard]] Answer compose(const LocalRequest& request);
    // api_facts.cpp
    [[nodiscard]] Answer stats(const LocalRequest& request);
    [[nodiscard]] Answer source_items(const LocalRequest& request);
    // api_media.cpp
    [[nodiscard]] Answer upload(const LocalRequest& request);
    [[nodiscard]] Answer media_of(const LocalRequest& request);
    // api_undo.cpp
    [[nodiscard]] Answer would_undo(const LocalRequest& request);
    [[nodiscard]] Answer undo(const LocalRequest& request);
    [[nodiscard]] Answer remove(const LocalRequest& request);
    [[nodiscard]] Answer act_on_published(const LocalRequest& request);
    [[nodiscard]] Answer remove_all(const LocalRequest& request);
    [[nodiscard]] Answer keep_all(const LocalRequest& request);
    // api_daemon.cpp
    [[nodiscard]] Answer page(const LocalRequest& request);
    [[nodiscard]] Answer session(const LocalRequest& request);
    [[nodiscard]] Answer events(const LocalRequest& request);
    [[nodiscard]] Answer healthz(const LocalRequest& request);
    [[nodiscard]] Answer readyz(const LocalRequest& request);
    [[nodiscard]] Answer openapi(const LocalRequest& request);

    engine::Engine& engine_;
    Clock& clock_;
    bool running_;
    Events* events_; ///< null: nobody can listen
    Health health_;
    /// Its bytes are in `sending_` as long as it is.
    void count_until_sent(LocalResponse& answer);

    /// Bytes of files and long lists in answers that are not sent yet; more is read only below
    /// `most_sending`.
    std::shared_ptr<std::size_t> sending_ = std::make_shared<std::size_t>(0);
    static constexpr std::size_t most_sending = std::size_t{64} << 20U;
    bool reading_ = false; ///< a file for an answer
    std::vector<std::weak_ptr<Alarm>> read_waiting_;
    std::optional<Metrics> metrics_;
};

} // namespace crier::admin
