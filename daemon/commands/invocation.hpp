#pragma once

#include "core/failure.hpp"
#include "core/settings.hpp"
#include "sys/environment.hpp"

#include <boost/json/object.hpp>

#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

namespace crier::commands {

/// What every subcommand is given: the world it was called in, and where it writes.
struct Invocation {
    const sys::Environment& environment;
    std::string config; ///< --config, or empty
    bool json = false;
    std::ostream& out;
    std::ostream& err;
    bool terminal = false; ///< standard output is one
};

/// Exit codes of the program.
inline constexpr int exit_ok = 0;
inline constexpr int exit_failed = 1;
inline constexpr int exit_usage = 2;
inline constexpr int exit_config = 3;
inline constexpr int exit_token = 4;
inline constexpr int exit_server = 5;
inline constexpr int exit_temporary = 75;

/// Says what went wrong and how to mend it, on standard error; the exit code that goes with it.
[[nodiscard]] int fail(const Invocation& call, const Failure& failure);

/// --config, $CRIER_CONFIG, ./crier.yaml, /etc/crier/crier.yaml.
[[nodiscard]] std::string config_path(const Invocation& call);

/// One is named, or there is one to be found.
[[nodiscard]] bool has_config(const Invocation& call);

/// What of the configuration's problems a command shows. A warning is no answer to what most are asked:
/// `crier check` and the daemon's start have them.
enum class Tell { errors, warnings_too };

/// Loads and checks the configuration; problems go to standard error. Nothing: end with exit_config.
[[nodiscard]] std::optional<Settings> load_settings(const Invocation& call, Tell tell = Tell::errors);

/// For commands that ask the running daemon: its socket is enough, so that a mistake in a file which somebody
/// is editing does not take the control of it away. Then the problems are printed, and the settings hold no
/// account and nothing but the socket and the store. So they do, and nothing is printed, where the main file
/// includes others and a daemon listens at the socket that it names.
[[nodiscard]] Settings load_for_daemon(const Invocation& call);

/// What a configuration holds: "1 account, 2 entries, 0 sources".
[[nodiscard]] std::string summary(const Settings& settings);

/// The wall clock.
[[nodiscard]] Instant wall_now();

/// One line for people about a moment: "2026-11-24 09:00:00 UTC", or "-".
[[nodiscard]] std::string show_time(std::optional<Instant> when);

void print(const Invocation& call, const boost::json::object& object);

} // namespace crier::commands
