#include "commands/run_coroutine.hpp"
#include "commands/running.hpp"
#include "core/text/plain.hpp"

#include <boost/asio/co_spawn.hpp>

#include <csignal>
#include <exception>
#include <utility>

/// A store that several daemons share: which part of the configuration is this one's.
namespace crier::commands {

namespace asio = boost::asio;

/// What the engine begins with.
Result<engine::Configuration> Running::take_part() {
    Leases* const leases = composition_.leases();
    if (leases == nullptr || options_.dry_run)
        return settings_;
    tenure_.emplace(*leases, composition_.clock(), log_, options_.once);
    tenure_->go_by = [this](engine::Configuration part, engine::Configuration whole) {
        return go_by(std::move(part), std::move(whole));
    };
    world_->ours_for = [this](Duration length) { return tenure_->ours_for(length); };
    world_->sharing = [this](std::vector<std::string> accounts) { return sharing(std::move(accounts)); };
    Result<engine::Configuration> part = run_coroutine(context_, tenure_->begin(settings_));
    context_.restart(); // it may have run out of work, and would return from run() at once
    if (part)
        log_.info("leases.taken", "of " + text::counted(tenure_->shares(), "share", "shares") + ", " +
                                      std::to_string(tenure_->held()) + " are this daemon's; " +
                                      text::counted(tenure_->daemons(), "daemon is", "daemons are") +
                                      " alive");
    if (part && options_.once && tenure_->held() < tenure_->shares())
        log_.warning(
            "once.elsewhere",
            std::to_string(tenure_->shares() - tenure_->held()) + " of " +
                text::counted(tenure_->shares(), "share", "shares") +
                " are other daemons': what is due there is theirs. Of a daemon that died they are free "
                "when its lease has run out (" +
                to_text(composition_.leases()->length()) + ")");
    return part;
}

asio::awaitable<engine::Sharing> Running::sharing(std::vector<std::string> accounts) {
    engine::Sharing all;
    all.daemons = tenure_->daemons();
    all.shares = tenure_->shares();
    all.held = tenure_->held();
    all.trouble = tenure_->trouble();
    all.elsewhere = co_await who_works_on(*composition_.leases(), std::move(accounts));
    co_return all;
}

void Running::begin_sharing() {
    if (!tenure_)
        return;
    composition_.leases()->on_written = [this](const std::string& account) {
        engine_->heed_written(account);
    };
    composition_.leases()->on_wished = [this] { engine_->heed_wishes(); };
    composition_.leases()->on_reconnected = [this] {
        engine_->heed_anything_written();
        tenure_->look_now();
    };
    const auto bug = [this](std::exception_ptr error) {
        if (!error)
            return;
        log_.error("leases.bug", "the leases are not renewed any more, by a fault of crier's: it stops");
        on_signal(SIGTERM);
    };
    asio::co_spawn(context_, tenure_->renew(), bug);
    if (!options_.once)
        asio::co_spawn(context_, tenure_->move(), bug);
}

asio::awaitable<void> Running::end_sharing() {
    if (!tenure_)
        co_return;
    composition_.leases()->on_written = nullptr;
    composition_.leases()->on_reconnected = nullptr;
    composition_.leases()->on_wished = nullptr;
    co_await tenure_->end();
}

} // namespace crier::commands
