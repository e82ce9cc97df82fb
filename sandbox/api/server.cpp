#include "sandbox/api/server.hpp"

#include "sandbox/api/control.hpp"
#include "sandbox/api/dispatch.hpp"
#include "sandbox/api/faulty.hpp"
#include "sandbox/api/log_entry.hpp"
#include "sandbox/api/throttle.hpp"

#include <utility>

namespace crier::sandbox {
namespace {

constexpr std::chrono::milliseconds lock_poll{100};

Outcome replied(Response response) {
    Outcome outcome;
    outcome.response = std::move(response);
    return outcome;
}

std::chrono::milliseconds milliseconds(double seconds) {
    return std::chrono::milliseconds{static_cast<std::int64_t>(seconds * 1000)};
}

} // namespace

Server::Server(World& world, std::function<Time()> machine_time)
    : world_(world)
    , machine_time_(std::move(machine_time)) {}

Outcome Server::handle(Request& request) {
    const Time machine = machine_time_();
    const Time now = world_.clock.at(machine);
    world_.tick(now);
    if (request.path.compare(0, 8, "/sandbox") == 0) {
        Outcome outcome = replied(answer_control(world_, request, now, machine));
        outcome.response.set("Date", http_date(world_.clock.at(machine)));
        return outcome;
    }
    if (request.number == 0) {
        Open open;
        note(request, open, now);
        open_.insert_or_assign(request.number, std::move(open));
    }
    Outcome outcome = carry_out(request, open_[request.number], now);
    outcome.response.set("Date", http_date(now));
    const bool answered = outcome.ending == Ending::reply || outcome.ending == Ending::cut_body;
    if (LogEntry* const entry = world_.log.find(request.number); entry != nullptr && answered)
        entry->status = outcome.response.status;
    return outcome;
}

void Server::finished(std::uint64_t number) {
    const Time now = world_.clock.at(machine_time_());
    open_.erase(number);
    if (LogEntry* const entry = world_.log.find(number))
        entry->over = now;
    world_.idempotency.over(number, now);
}

/// Half of the body is read; the log has the request without an answer.
std::optional<std::uint64_t> Server::cut_after(const Request& head, std::uint64_t length) {
    const auto fault = world_.faults.take_cut(head.method, head.path);
    if (!fault)
        return std::nullopt;
    const Time now = world_.clock.at(machine_time_());
    LogEntry entry = log_entry(world_, head, now);
    entry.fault = fault->what;
    entry.over = now;
    (void)world_.log.add(std::move(entry));
    return length / 2;
}

/// Into the log, before anything comes of it; and the fault that it meets.
void Server::note(Request& request, Open& open, Time now) {
    open.fault = world_.faults.take(request.method, request.path);
    LogEntry entry = log_entry(world_, request, now);
    if (open.fault)
        entry.fault = open.fault->what;
    request.number = world_.log.add(std::move(entry)).number;
}

Outcome Server::carry_out(Request& request, Open& open, Time now) {
    const std::optional<Fault> fault = open.fault;
    const bool meets = fault && stands_in_front(*fault);
    if (meets && !fault->after && fault->what != "slow")
        return faulty_outcome(world_, now, *fault);
    if (meets && !fault->after && request.waited < milliseconds(fault->wait)) {
        Outcome later;
        later.ending = Ending::again;
        later.wait = milliseconds(fault->wait) - request.waited;
        return later;
    }
    Done done = dispatch(world_, request, now, fault, open.counted);
    open.counted = true;
    if (LogEntry* const entry = world_.log.find(request.number))
        entry->status_id = done.status_id;
    if (done.ask_again) {
        Outcome later;
        later.ending = Ending::again;
        later.wait = lock_poll;
        return later;
    }
    Outcome outcome = meets && fault->what != "slow" ? faulty_outcome(world_, now, *fault) : replied({});
    if (!meets || outcome.ending == Ending::cut_body || fault->what == "slow")
        outcome.response = std::move(done.response);
    const bool chunked = !request.header("Transfer-Encoding").empty();
    if (chunked && world_.settings.facts().loses_chunked)
        outcome.ending = Ending::cut;
    if (meets && fault->after && fault->what == "slow")
        outcome.wait = milliseconds(fault->wait);
    return outcome;
}

} // namespace crier::sandbox
