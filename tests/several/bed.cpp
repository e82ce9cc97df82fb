#include "bed.hpp"

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <sstream>

namespace crier::test {

namespace {

constexpr std::time_t period = 2;

std::vector<std::string> sandbox_arguments() {
    std::vector<std::string> words{"--no-rate-limits", "--kind", "mastodon-4.5"};
    for (std::size_t i = 0; i < SeveralBed::account_count; ++i) {
        words.emplace_back("--account");
        words.push_back("bot" + std::to_string(i) + ":token-" + std::to_string(i));
    }
    return words;
}

std::string folder_of(const TempDir& directory, std::size_t daemon) {
    return directory.file("d" + std::to_string(daemon));
}

std::time_t instant_in(const std::string& text) {
    std::tm parts{};
    std::istringstream in{text};
    in.ignore(256, ' ');
    std::string time;
    in >> time;
    if (::strptime(time.c_str(), "%Y-%m-%dT%H:%M:%SZ", &parts) == nullptr)
        return 0;
    return ::timegm(&parts);
}

} // namespace

SeveralBed::SeveralBed()
    : sandbox_(directory_, sandbox_arguments())
    , database_(directory_)
    , daemons_(daemon_count) {
    std::string accounts;
    std::string schedule;
    for (std::size_t i = 0; i < account_count; ++i) {
        const std::string n = std::to_string(i);
        write_file(directory_.file("token" + n), "token-" + n + "\n");
        accounts +=
            "  a" + n + ":\n    server: " + sandbox_.url() + "\n    handle: bot" + n +
            "\n    token: {file: " + directory_.file("token" + n) +
            "}\n    defaults: {visibility: public, language: en}\n"
            "    delivery: {timeout: 4s, quiet: 6s, look: 500ms, retry_first: 50ms, retry_most: 1s}\n";
        schedule += "  - {name: e" + n + ", account: a" + n + ", every: " + std::to_string(period) +
                    "s, missed: {policy: all, within: 1h}, fuse: off, "
                    "post: {status: \"e" +
                    n + " {{ now | date('%Y-%m-%dT%H:%M:%SZ') }}\"}}\n";
    }
    for (std::size_t i = 0; i < daemon_count; ++i) {
        const std::string folder = folder_of(directory_, i);
        std::filesystem::create_directory(folder);
        ways_.push_back(std::make_unique<CutProxy>(folder, database_.folder()));
        write_file(folder + "/crier.yaml", "version: 1\naccounts:\n" + accounts + "schedule:\n" + schedule +
                                               "store: \"" + PostgresServer::url(folder) +
                                               "\"\nlease: 5s\nadmin: {socket: crier.sock}\n"
                                               "log: {format: plain, level: info}\n");
    }
}

void SeveralBed::start(std::size_t daemon) {
    const std::string folder = folder_of(directory_, daemon);
    daemons_.at(daemon) =
        std::make_unique<Process>(std::vector<std::string>{CRIER, "run", "--config", folder + "/crier.yaml"},
                                  Process::Environment{{"STATE_DIRECTORY", folder}},
                                  folder + "/out." + std::to_string(std::time(nullptr)));
}

Finished SeveralBed::crier(std::size_t daemon, std::vector<std::string> arguments) {
    std::vector<std::string> command{CRIER};
    command.insert(command.end(), arguments.begin(), arguments.end());
    const std::string folder = folder_of(directory_, daemon);
    return run_command(command, {{"CRIER_CONFIG", folder + "/crier.yaml"}, {"STATE_DIRECTORY", folder}},
                       folder);
}

std::map<std::string, int> SeveralBed::holders() const {
    if (database_.ask("SELECT to_regclass('leases') IS NULL") == "t")
        return {}; // no daemon has come so far
    std::istringstream in{database_.ask(
        "SELECT coalesce(string_agg(life || ' ' || n, ' '), '') FROM (SELECT life, count(*) AS n FROM leases "
        "JOIN daemons USING (life) WHERE thing LIKE 'account:%' AND until > clock_timestamp() GROUP BY life) "
        "AS held")};
    std::map<std::string, int> held;
    std::string life;
    int count = 0;
    while (in >> life >> count)
        held[life] = count;
    return held;
}

std::string SeveralBed::folder(std::size_t daemon) const {
    return folder_of(directory_, daemon);
}

SeveralBed::Faults SeveralBed::faults() {
    std::map<std::string, std::map<std::time_t, int>> seen;
    for (const std::string& text : timeline())
        if (const std::time_t when = instant_in(text); when != 0)
            ++seen[text.substr(0, text.find(' '))][when];
    Faults faults;
    for (const auto& [entry, times] : seen) {
        for (const auto& [when, count] : times)
            if (count > 1)
                faults.doubled.push_back(entry + " of " + std::to_string(when));
        for (std::time_t when = times.begin()->first; when < times.rbegin()->first; when += period)
            if (times.count(when) == 0)
                faults.lost.push_back(entry + " of " + std::to_string(when));
        faults.newest[entry] = std::to_string(times.rbegin()->first);
    }
    return faults;
}

bool SeveralBed::caught_up_since(std::time_t moment) {
    const Faults now = faults();
    return now.newest.size() == account_count && now.lost.empty() &&
           std::all_of(now.newest.begin(), now.newest.end(),
                       [&](const auto& entry) { return std::stol(entry.second) > moment; });
}

std::string SeveralBed::logs() const {
    std::string all;
    for (std::size_t i = 0; i < daemon_count; ++i)
        for (const auto& entry : std::filesystem::directory_iterator{folder_of(directory_, i)})
            if (entry.path().filename().string().starts_with("out."))
                all += "--- daemon " + std::to_string(i) + "\n" + read_file(entry.path().string());
    return all;
}

} // namespace crier::test
