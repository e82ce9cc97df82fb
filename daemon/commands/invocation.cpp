#include "commands/invocation.hpp"

#include "commands/checking.hpp"
#include "commands/problem_text.hpp"
#include "core/text/plain.hpp"
#include "net/socket_file.hpp"
#include "sys/printable.hpp"

#include <boost/json/serialize.hpp>

#include <ostream>
#include <sys/stat.h>
#include <utility>

namespace crier::commands {

int fail(const Invocation& call, const Failure& failure) {
    call.err << "crier: " << failure.message << '\n';
    if (!failure.hint.empty())
        call.err << "    hint: " << failure.hint << '\n';
    return exit_code(failure.cause);
}

namespace {

bool exists(const std::string& path) {
    struct stat info {};
    return ::stat(path.c_str(), &info) == 0;
}

config::Loaded load_and_tell(const Invocation& call, Tell tell) {
    config::Loaded loaded = load_config(config_path(call));
    for (const config::Problem& problem : loaded.problems)
        if (!problem.warning || tell == Tell::warnings_too)
            call.err << problem_text(problem) << '\n';
    return loaded;
}

} // namespace

std::string config_path(const Invocation& call) {
    if (!call.config.empty())
        return call.config;
    if (const auto named = call.environment.get("CRIER_CONFIG"); named && !named->empty())
        return std::string{*named};
    return exists("crier.yaml") ? "crier.yaml" : "/etc/crier/crier.yaml";
}

bool has_config(const Invocation& call) {
    const auto named = call.environment.get("CRIER_CONFIG");
    return !call.config.empty() || (named && !named->empty()) || exists(config_path(call));
}

std::optional<Settings> load_settings(const Invocation& call, Tell tell) {
    return load_and_tell(call, tell).settings;
}

Settings load_for_daemon(const Invocation& call) {
    // What a hundred files say takes seconds to read, and the daemon knows it.
    if (auto places = load_main_places(config_path(call));
        places && net::somebody_listens(places->admin_socket)) {
        Settings told;
        told.admin_socket = std::move(places->admin_socket);
        told.store = std::move(places->store);
        return told;
    }
    config::Loaded loaded = load_and_tell(call, Tell::errors);
    if (loaded.settings)
        return std::move(*loaded.settings);
    Settings places_only;
    places_only.admin_socket = loaded.admin_socket;
    places_only.store = loaded.store;
    return places_only;
}

std::string summary(const Settings& settings) {
    return text::counted(settings.accounts.size(), "account", "accounts") + ", " +
           text::counted(settings.schedule.size(), "entry", "entries") + ", " +
           text::counted(settings.sources.size(), "source", "sources");
}

Instant wall_now() {
    return std::chrono::floor<Duration>(std::chrono::system_clock::now());
}

std::string show_time(std::optional<Instant> when) {
    if (!when || *when == Instant{})
        return "-";
    std::string text = to_rfc3339(std::chrono::floor<std::chrono::seconds>(*when));
    text[10] = ' ';
    text.replace(text.size() - 1, 1, " UTC");
    return text;
}

void print(const Invocation& call, const boost::json::object& object) {
    call.out << sys::printable_json(boost::json::serialize(object)) << '\n';
}

} // namespace crier::commands
