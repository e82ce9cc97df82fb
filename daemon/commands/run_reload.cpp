#include "commands/problem_text.hpp"
#include "commands/reread.hpp"
#include "commands/running.hpp"
#include "core/schedule/zone/zone.hpp"
#include "core/text/plain.hpp"

#include <boost/asio/co_spawn.hpp>

#include <algorithm>
#include <exception>
#include <string_view>
#include <utility>

/// SIGHUP: the files are read anew while the daemon goes on, and taken up when all of them are good.
namespace crier::commands {

namespace asio = boost::asio;

namespace {

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : ", ") + word;
    return text;
}

bool is_in(const std::vector<std::string>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

} // namespace

/// The zones' rules change more often than programs do (the package tzdata).
void Running::reload_zones() {
    const schedule::ReloadedZones zones = schedule::Zone::reload();
    for (const Failure& failure : zones.failures)
        log_.warning("zones.unread", failure.message + ": the rules that were read before serve",
                     {{"hint", failure.hint}});
    if (!zones.changed.empty()) {
        engine_->heed_zones();
        log_.info("zones.reloaded",
                  "the clocks of " + joined(zones.changed) + " have new rules: the schedule goes by them");
    }
}

/// Of several signals that come while one is heeded, one more is: it is for what was saved last.
void Running::reload() {
    reload_zones();
    reload_again_ = true;
    if (reloading_ || stopping_ || options_.once)
        return;
    reloading_ = true;
    asio::co_spawn(context_, take_up_files(), [this](std::exception_ptr error) {
        if (!error)
            return;
        // The posts go on by the configuration from before, which nothing of this has touched.
        log_.error("reload.bug", "the files could not be taken up, by a fault of crier's: restart it");
        engine_->forget_reload(); // what it would tell of has gone with its frame
        reloading_ = false;
        notify_.ready(standing());
    });
}

asio::awaitable<void> Running::take_up_files() {
    notify_.reloading();
    while (std::exchange(reload_again_, false) && !stopping_)
        co_await take_up_once();
    reloading_ = false; // nothing comes between this and the last look
}

/// Until the engine does; false: it is ending.
asio::awaitable<bool> Running::go_by(engine::Configuration part, engine::Configuration whole) {
    const std::function<void()> in_place = [this, whole] {
        settings_ = whole;
        if (hooks_)
            make_hooks();
    };
    bool taken_up = false;
    const std::function<void()> done = [&] {
        taken_up = true;
        taken_up_->ring();
    };
    engine::Difference difference = engine::difference_of(engine_->settings(), *part);
    engine_->reload(std::move(part), std::move(difference), in_place, done);
    while (!taken_up && !stopping_)
        co_await taken_up_->wait();
    if (!taken_up)
        engine_->forget_reload(); // what it would tell of goes with this frame
    co_return taken_up;
}

asio::awaitable<void> Running::take_up_once() {
    engine::Configuration serving = settings_;
    Reread read;
    const std::function<void()> work = [&] { read = reread(config_, *serving, options_.dry_run); };
    co_await composition_.pool().run(work);
    if (stopping_)
        co_return;
    for (const config::Problem& problem : read.problems)
        log_.write(problem.warning ? LogLevel::warning : LogLevel::error,
                   problem.warning ? "reload.warning" : "reload.problem", problem_text(problem), {});
    if (!read.settings) {
        world_->tally.note_reload(false, composition_.clock().now());
        log_.error(
            "reload.refused",
            "the changed configuration is not taken up, for it has errors; the one before serves. Mend "
            "what is named above (`crier check`), then reload again");
        reload_trouble_ = "; the changed configuration has errors (`crier check`), the one before serves";
        notify_.ready(standing());
        co_return;
    }
    if (!read.restart.empty())
        log_.warning("reload.restart_needed",
                     joined(read.restart) + ": what is changed there is taken up by a restart" +
                         (is_in(read.restart, "store")
                              ? ". Another store knows nothing of what was posted and seen: stop crier, move "
                                "the file there, and start it (docs/STORE.md)"
                              : ", and nothing is lost by one"),
                     {{"keys", joined(read.restart)}});
    const std::string what = engine::to_text(read.difference);
    if (read.difference.empty()) { // what serves is what was read
        if (hooks_)
            make_hooks(); // a secret may be another one
    } else {
        engine::Configuration next = std::make_shared<const Settings>(std::move(*read.settings));
        const bool taken_up =
            tenure_ ? co_await tenure_->follow(std::move(next)) : co_await go_by(next, next);
        if (!taken_up)
            co_return;
    }
    world_->tally.reloads.restart = std::move(read.restart);
    world_->tally.note_reload(true, composition_.clock().now());
    log_.set_level(settings_->log.level);
    events_.tell(admin::Change{admin::Change::What::all});
    (void)check_tokens();
    log_.info("reload.done", "the configuration was read anew: " + what + " (" + summary(*settings_) + ")",
              {{"changes", what}});
    reload_trouble_.clear();
    notify_.ready(standing());
    // To let go of a hundred thousand entries takes as long as a post that is late by it.
    const std::function<void()> forget = [&] {
        serving.reset();
        read = Reread{};
    };
    co_await composition_.pool().run(forget);
    settle_soon();
}

} // namespace crier::commands
