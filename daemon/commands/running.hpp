#pragma once

#include "admin/api.hpp"
#include "admin/door.hpp"
#include "admin/events.hpp"
#include "admin/upload_room.hpp"
#include "admin/watched_store.hpp"
#include "commands/commands.hpp"
#include "commands/composition.hpp"
#include "engine/engine.hpp"
#include "engine/tenure.hpp"
#include "inbound/callbacks.hpp"
#include "inbound/hooks.hpp"
#include "sys/log.hpp"
#include "sys/notify.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

#include <memory>
#include <optional>
#include <string>

namespace crier::commands {

/// The daemon's parts in the order in which they are made; they go in the reverse one.
///
/// Thread: the one that calls main().
class Running {
public:
    Running(const Invocation& call, const RunOptions& options, engine::Configuration settings,
            sys::LogSink& log);

    /// Until it is told to stop, or what is due is done; the exit code.
    int main();

private:
    using Answer = boost::asio::awaitable<LocalResponse>;

    [[nodiscard]] boost::asio::awaitable<void> work();
    [[nodiscard]] boost::asio::awaitable<void> daemon();
    [[nodiscard]] boost::asio::awaitable<void> once();
    [[nodiscard]] Result<> listen();
    [[nodiscard]] Result<> listen_to_browsers();
    [[nodiscard]] Result<> listen_to_others();
    void stop_listening();
    [[nodiscard]] Answer answer_inbound(LocalRequest request);
    void make_hooks();
    void make_callbacks();
    std::size_t check_tokens();
    void on_signal(int signal);
    [[nodiscard]] std::string standing() const;
    void tell_standing() const;

    // run_shared.cpp
    [[nodiscard]] Result<engine::Configuration> take_part();
    void begin_sharing();
    [[nodiscard]] boost::asio::awaitable<void> end_sharing();
    [[nodiscard]] boost::asio::awaitable<engine::Sharing> sharing(std::vector<std::string> accounts);

    // run_reload.cpp
    [[nodiscard]] boost::asio::awaitable<bool> go_by(engine::Configuration part, engine::Configuration whole);
    void reload();
    void reload_zones();
    [[nodiscard]] boost::asio::awaitable<void> take_up_files();
    [[nodiscard]] boost::asio::awaitable<void> take_up_once();

    const Invocation& call_;
    const RunOptions& options_;
    const std::string config_;          ///< absolute: where it was found at the start it is looked for again
    const engine::Configuration first_; ///< what the composition was made by
    engine::Configuration settings_;    ///< what serves by now: the whole of it, where the engine has a part
    sys::LogSink& log_;
    boost::asio::io_context context_{1};
    Composition composition_;
    sys::Notify notify_;
    admin::Events events_;
    std::optional<admin::WatchedStore> store_;
    std::optional<engine::World> world_;
    std::optional<engine::Tenure> tenure_; ///< of a store that several daemons share
    std::optional<engine::Engine> engine_;
    std::optional<admin::Api> api_;
    const BodyRule room_ = admin::upload_room(); ///< of both ways in together
    std::unique_ptr<HttpServer> server_;
    std::optional<admin::Door> door_;
    std::unique_ptr<HttpServer> web_; ///< a server of its own: what the socket allows is not allowed there
    std::shared_ptr<inbound::Hooks> hooks_; ///< held by each request that is at work
    std::optional<inbound::Callbacks> callbacks_;
    std::unique_ptr<HttpServer> inbound_; ///< a server of its own: the admin interface is not there
    std::unique_ptr<Alarm> taken_up_;     ///< rung when a changed configuration serves, or never will
    std::string reload_trouble_; ///< what `systemctl status` says of the last one; empty: it was good
    bool reloading_ = false;
    bool reload_again_ = false;
    bool stopping_ = false;
    int code_ = exit_ok;
};

} // namespace crier::commands
