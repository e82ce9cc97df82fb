#include "admin/metrics.hpp"

#include "engine/status.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <utility>
#include <vector>

namespace crier::admin {

namespace asio = boost::asio;

namespace {

/// To count a backlog of a million takes the store a fifth of a second, in which no attempt can be recorded:
/// it does that for at most a hundredth of its time.
constexpr int rest_after_count = 100;

constexpr const char* text_format = "text/plain; version=0.0.4; charset=utf-8";

} // namespace

asio::awaitable<void> Metrics::count_posts() {
    const Mono begun = clock_.mono();
    if (posts_ && begun < count_again_)
        co_return;
    Result<UnsettledCounts> counted = co_await engine_.store().unsettled();
    decltype(held_) held; // another answer may be told from what there is
    if (counted)
        for (const auto& [account, states] : *counted)
            if (states.count(PostState::held) > 0)
                if (auto reasons = co_await engine_.store().held(account))
                    held.emplace(account, std::move(*reasons));
    const Mono ended = clock_.mono();
    count_again_ = ended + (ended - begun) * rest_after_count;
    held_ = std::move(held);
    posts_.reset();
    if (counted)
        posts_ = std::move(*counted);
}

asio::awaitable<void> Metrics::look_at_queues() {
    auto leaving = co_await engine::leaving_of(engine_);
    leaving_.clear();
    if (leaving)
        leaving_ = std::move(*leaving);
}

asio::awaitable<LocalResponse> Metrics::answer() {
    co_await count_posts();
    co_await look_at_queues();
    Exposition out;
    // Ten thousand accounts have a million lines: what is due meanwhile has its turn.
    const asio::any_io_executor executor = co_await asio::this_coro::executor;
    for (const auto tell :
         {&Metrics::tell_posts, &Metrics::tell_held, &Metrics::tell_queues, &Metrics::tell_delivery,
          &Metrics::tell_latencies, &Metrics::tell_accounts, &Metrics::tell_budgets, &Metrics::tell_sources,
          &Metrics::tell_schedule, &Metrics::tell_daemon, &Metrics::tell_process}) {
        (this->*tell)(out);
        co_await asio::post(executor, asio::use_awaitable);
    }
    LocalResponse response{200, out.take_text()};
    response.content_type = text_format;
    co_return response;
}

void Metrics::tell_daemon(Exposition& out) const {
    const engine::Tally& tally = engine_.tally();
    const std::map<AlertKind, std::size_t> on = engine_.alerts_on();
    out.counter("crier_alerts_raised_total",
                "Things that went wrong, by kind, as `alerts:` of the configuration tells them. Without "
                "`alerts:` it stays zero.",
                [&](Family& family) {
                    for (std::size_t i = 0; i < alert_kinds; ++i)
                        family.add({{"kind", to_text(static_cast<AlertKind>(i))}},
                                   tally.alerts_raised[static_cast<AlertKind>(i)]);
                });
    out.gauge("crier_alerts_active",
              "Things that are wrong now, by kind, as `alerts:` of the configuration tells them.",
              [&](Family& family) {
                  for (std::size_t i = 0; i < alert_kinds; ++i) {
                      const auto kind = on.find(static_cast<AlertKind>(i));
                      family.add({{"kind", to_text(static_cast<AlertKind>(i))}},
                                 std::uint64_t{kind == on.end() ? 0 : kind->second});
                  }
              });
    out.counter(
        "crier_alert_deliveries_total",
        "Tries to tell somebody by the command or webhook of `alerts:`; one that failed is made again.",
        [&](Family& family) {
            family.add({{"outcome", "delivered"}}, tally.alerts_delivered);
            family.add({{"outcome", "failed"}}, tally.alerts_undelivered);
        });
    out.counter("crier_config_reloads_total",
                "Reloads of the configuration: `taken`, or `refused` because it does not hold; then the one "
                "from before serves.",
                [&](Family& family) {
                    family.add({{"outcome", "taken"}}, tally.reloads.good);
                    family.add({{"outcome", "refused"}}, tally.reloads.failed);
                });
    out.gauge(
        "crier_config_last_reload_successful",
        "1: the configuration is the one of the file as it was when a reload was last asked for. 0: that "
        "reload was refused; `crier check` says why.",
        [&](Family& family) { family.add({}, tally.reloads.last_good); });
    out.gauge("crier_config_restart_pending",
              "Keys of the configuration whose change was read and is taken up by a restart only. `crier "
              "status` names them.",
              [&](Family& family) { family.add({}, std::uint64_t{tally.reloads.restart.size()}); });
    out.gauge("crier_config_last_reload_success_timestamp_seconds",
              "When the configuration that serves was taken up: at the start, or by the last good reload.",
              [&](Family& family) { family.add({}, tally.reloads.last_success); });
    if (const StoreFigures* store = engine_.store().figures()) {
        out.histogram(
            "crier_store_commit_seconds",
            "From handing a change to the store until it was durable on the disk. Each post costs at "
            "least one before its request; a slow disk shows here first.",
            [&](Family& family) { family.add({}, store->commits); });
        out.counter(
            "crier_store_failed_writes_total",
            "Changes that the store did not take (disk full, not writable). Nothing is sent that cannot "
            "be recorded; see the log's `store.failed`.",
            [&](Family& family) { family.add({}, store->failed); });
    }
    out.gauge(
        "crier_store_writable",
        "1: the last change was recorded. 0: it was not, whoever wanted it; nothing is sent that cannot "
        "be recorded.",
        [&](Family& family) { family.add({}, engine_.store_trouble().empty()); });
    out.gauge("crier_build_info", "Always 1; the label says which crier runs.", [&](Family& family) {
        family.add({{"version", version_}}, 1.0);
    });
}

void Metrics::tell_process(Exposition& out) const {
    const ProcessFigures process = read_process_ ? read_process_() : ProcessFigures{};
    const auto put = [](Family& family, const std::optional<std::uint64_t>& value) {
        if (value)
            family.add({}, *value);
    };
    out.gauge("process_resident_memory_bytes", "Resident memory size in bytes.",
              [&](Family& family) { put(family, process.resident_bytes); });
    out.gauge("process_virtual_memory_bytes", "Virtual memory size in bytes.",
              [&](Family& family) { put(family, process.virtual_bytes); });
    out.counter("process_cpu_seconds_total", "Total user and system CPU time spent in seconds.",
                [&](Family& family) {
                    if (process.cpu)
                        family.add({}, seconds_of(*process.cpu));
                });
    out.gauge("process_open_fds", "Number of open file descriptors.",
              [&](Family& family) { put(family, process.open_files); });
    out.gauge("process_max_fds", "Maximum number of open file descriptors.",
              [&](Family& family) { put(family, process.most_files); });
    out.gauge("process_start_time_seconds", "Start time of the process since unix epoch in seconds.",
              [&](Family& family) { family.add({}, process.started); });
    out.gauge("crier_start_timestamp_seconds",
              "When this crier was started; what counts since the start counts from here.",
              [&](Family& family) { family.add({}, process.started); });
}

} // namespace crier::admin
