#include "crash/life.hpp"

#include <stdexcept>
#include <string_view>
#include <thread>

namespace crier::crash {

namespace json = boost::json;

namespace {

/// How long a kill waits for the request that it shall fall in; then it falls where it falls.
constexpr std::chrono::seconds request_within{4};
constexpr std::chrono::seconds ready_within{20};

void pause(Milliseconds time) {
    std::this_thread::sleep_for(time);
}

std::string_view text(const json::object& entry, const char* name) {
    const json::string& value = entry.at(name).as_string();
    return {value.data(), value.size()};
}

/// Had come in, and was not over when its sender died. Texts of RFC 3339 in UTC are in order as they are.
bool in_flight(const json::object& entry, const std::string& killed) {
    return text(entry, "at") <= killed && (entry.at("over").is_null() || text(entry, "over") > killed);
}

std::string now_text() {
    const auto now = std::chrono::floor<Milliseconds>(std::chrono::system_clock::now());
    const auto second = std::chrono::floor<std::chrono::seconds>(now);
    const std::string fraction = std::to_string((now - second).count());
    std::string text = to_text(second);
    return text.replace(text.size() - 1, 1, "." + std::string(3 - fraction.size(), '0') + fraction + "Z");
}

bool is_publish(const json::object& entry) {
    return text(entry, "method") == "POST" && text(entry, "path") == "/api/v1/statuses";
}

bool is_upload(const json::object& entry) {
    return text(entry, "method") == "POST" && text(entry, "path").ends_with("/media");
}

std::size_t count(const std::string& text, std::string_view what) {
    std::size_t n = 0;
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1))
        ++n;
    return n;
}

} // namespace

std::int64_t Executioner::last_request() {
    const auto log = bed_.sandbox().log(born_);
    return log.empty() ? born_ : log.back().at("n").as_int64();
}

/// As a service manager does it: again, when it did not come up.
void Executioner::start() {
    born_ = last_request();
    bed_.start();
}

void Executioner::prepare(const Life& life) {
    test::Sandbox& sandbox = bed_.sandbox();
    (void)sandbox.control("DELETE", "/sandbox/faults", {});
    json::object after;
    after["effect"] = "after";
    if (!life.fault.empty())
        sandbox.fault("POST /api/v1/statuses", life.fault, 1, after);
    json::object stall;
    stall["effect"] = life.stall.after ? "after" : "before";
    stall["wait"] = static_cast<double>(life.stall.wait.count()) / 1000;
    switch (life.place) {
    case Place::publishing:
        sandbox.fault("POST /api/v1/statuses", life.stall.what, 1, stall);
        break;
    case Place::uploading:
        sandbox.fault("POST media", life.stall.what, 1, stall);
        break;
    case Place::anywhere:
        // Requests that take a while, or a random moment would nearly always find none.
        stall["wait"] = static_cast<double>(life.stall.wait.count()) / 4000;
        sandbox.fault("POST /api", "slow", 1000, stall);
        break;
    case Place::starting:
    case Place::disk:
        break;
    }
}

void Executioner::wait_for_stalled(const char* path, const Stall& stall) {
    (void)test::eventually(
        [&] {
            for (const json::object& entry : bed_.sandbox().log(born_))
                if (text(entry, "method") == "POST" && text(entry, "path").ends_with(path) &&
                    text(entry, "fault") == stall.what)
                    return true;
            return !bed_.running();
        },
        request_within);
}

void Executioner::await_place(const Life& life) {
    switch (life.place) {
    case Place::publishing:
        wait_for_stalled("/statuses", life.stall);
        break;
    case Place::uploading:
        wait_for_stalled("/media", life.stall);
        break;
    case Place::disk:
        (void)test::eventually([&] { return bed_.ready() || !bed_.running(); }, ready_within);
        bed_.disk().set(life.sync_fails ? DiskMode::sync_fails : DiskMode::full);
        // Half of the time it is well again before the kill.
        pause(life.delay / 2);
        if (life.stall.after)
            bed_.disk().set(DiskMode::good);
        pause(life.delay / 2);
        return;
    case Place::anywhere:
    case Place::starting:
        break;
    }
    pause(life.delay);
}

void Executioner::live(const Life& life) {
    prepare(life);
    start();
    await_place(life);
    kill(life.place == Place::disk && !life.stall.after);
}

void Executioner::kill(bool disk_bad) {
    const bool ready = bed_.ready();
    const bool came_up = bed_.running();
    const std::string killed = now_text();
    if (came_up)
        bed_.kill();
    count_sending();
    if (!came_up) {
        ++tally_.refused_starts;
        bed_.disk().set(DiskMode::good);
        return;
    }
    bool publish = false;
    bool upload = false;
    for (const json::object& entry : bed_.sandbox().log(born_)) {
        publish = publish || (in_flight(entry, killed) && is_publish(entry));
        upload = upload || (in_flight(entry, killed) && is_upload(entry));
    }
    ++tally_.kills;
    tally_.disk += disk_bad ? 1 : 0;
    ++(publish ? tally_.publishing : upload ? tally_.uploading : !ready ? tally_.starting : tally_.elsewhere);
    bed_.disk().set(DiskMode::good);
}

/// What this life's start found: the kill before fell between a recorded attempt and its outcome.
void Executioner::count_sending() {
    const std::string said = bed_.output();
    tally_.found_sending += static_cast<int>(count(said, "stopped before the server's reply was recorded"));
}

void Executioner::resurrect() {
    (void)bed_.sandbox().control("DELETE", "/sandbox/faults", {});
    bed_.disk().set(DiskMode::good);
    const bool up = test::eventually(
        [&] {
            if (!bed_.running()) {
                start();
                (void)test::eventually([&] { return bed_.ready() || !bed_.running(); }, ready_within);
            }
            return bed_.ready();
        },
        ready_within);
    if (!up)
        throw std::runtime_error("the daemon does not start any more:\n" + bed_.output());
}

} // namespace crier::crash
