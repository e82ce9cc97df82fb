#pragma once

#include "config/tree.hpp"
#include "core/failure.hpp"
#include "core/settings.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

/// The configuration: YAML files to checked, merged Settings. Docs: docs/CONFIG.md.
namespace crier::config {

/// A plugin that the program has. The configuration itself knows none.
struct PluginInfo {
    std::string name;
    std::vector<std::string> options; ///< the keys of a source that are its own
    Supply supply = Supply::address;
    bool own = false;    ///< all that is there at the first look is meant to be posted
    bool edits = true;   ///< its items may come again in other words
    bool deletes = true; ///< it says which were taken back
    bool clock = false;  ///< what is due of it goes by the clock: events, and their reminders
};

/// What loading asks of the outside. Null functions: the real files.
struct LoadContext {
    std::vector<PluginInfo> plugins;
    std::string cache; ///< a folder for what was parsed (config/tree_cache); empty: none
    std::function<Result<std::string>(const std::string& path)> read_file;
    /// Paths that match a pattern of the shell, in order.
    std::function<std::vector<std::string>(const std::string& pattern)> glob;
    std::function<bool(const std::string& path)> file_exists;
    /// Whether a file that exists may be run by somebody.
    std::function<bool(const std::string& path)> executable;
};

struct Loaded {
    std::optional<Settings> settings; ///< nothing when any problem is an error
    std::vector<Problem> problems;    ///< of all files, in the order of the files, lines and columns
    std::vector<std::string> files;   ///< that were read, the main one first
    /// Where a daemon of this configuration listens, as far as that could be read in spite of the problems;
    /// else the default.
    std::string admin_socket;
    std::string store; ///< likewise; empty: it could not be read
};

/// Reads a configuration and everything that it includes. Paths in it are relative to the file that names
/// them and come out absolute.
[[nodiscard]] Loaded load(const std::string& path, const LoadContext& context);

/// Where a daemon of a configuration listens, and its store.
struct MainPlaces {
    std::string admin_socket;
    std::string store;
};
/// As the main file alone says it: of a configuration that is split over many files, whoever only talks to
/// the daemon need not read the rest. Nothing: it includes none, or something is wrong with it.
[[nodiscard]] std::optional<MainPlaces> load_main_places(const std::string& path, const LoadContext& context);

/// "crier.yaml:12:7: accounts.news.token: message", and on a second line the hint.
[[nodiscard]] std::string format(const Problem& problem);

/// The JSON Schema of a configuration file (config/crier.schema.json), from the settings table.
[[nodiscard]] std::string json_schema();

/// The tables of docs/CONFIG.md, from the settings table.
[[nodiscard]] std::string reference_markdown();

} // namespace crier::config
