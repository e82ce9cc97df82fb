#include "store/backup.hpp"

#include "commands/commands.hpp"
#include "commands/store_place.hpp"
#include "commands/store_to_copy.hpp"
#include "core/ascii.hpp"
#include "core/store_address.hpp"

#include <algorithm>
#include <filesystem>
#include <ostream>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace crier::commands {

namespace {

namespace fs = std::filesystem;

/// "crier-20261127T180230Z.db": in the order of time, and no other program's.
std::string dated_name(Instant now) {
    std::string name = to_rfc3339(std::chrono::floor<std::chrono::seconds>(now));
    name.erase(std::remove_if(name.begin(), name.end(), [](char c) { return c == '-' || c == ':'; }),
               name.end());
    return "crier-" + name + ".db";
}

bool is_dated_name(std::string_view name) {
    return ascii::has_shape(name, "crier-99999999T999999Z.db");
}

/// All but the newest go. What cannot be removed is told of, and is no failure of the backup.
std::vector<std::string> remove_oldest(const Invocation& call, const std::string& folder, int keep) {
    std::vector<std::string> names;
    std::error_code error;
    for (const fs::directory_entry& entry : fs::directory_iterator{folder, error})
        if (std::string name = entry.path().filename().string(); is_dated_name(name))
            names.push_back(std::move(name));
    std::sort(names.begin(), names.end());
    std::vector<std::string> removed;
    const auto most = static_cast<std::size_t>(keep);
    for (std::size_t i = 0; i + most < names.size(); ++i) {
        const fs::path old = fs::path{folder} / names[i];
        if (fs::remove(old, error) && !error)
            removed.push_back(old.string());
        else
            call.err << "crier: " << old.string() << " could not be removed: " << error.message() << '\n';
    }
    return removed;
}

} // namespace

int backup(const Invocation& call, const BackupOptions& options) {
    std::error_code error;
    const bool folder = options.file.ends_with('/') || fs::is_directory(options.file, error);
    if (options.keep && !folder)
        return fail(call, Failure{Cause::usage, "--keep is for a folder, and " + options.file + " is none",
                                  "crier backup --keep 14 /backup/crier/"});
    const Result<std::string> from = store_to_copy(call);
    if (!from)
        return fail(call, from.error());
    if (is_postgres_address(*from))
        return fail(call, not_of_postgres("crier backup",
                                          "pg_dump --format=custom, as docs/POSTGRESQL.md has it; or `crier "
                                          "export`, which `crier import` reads"));
    if (folder && !fs::is_directory(options.file, error))
        return fail(call, Failure{Cause::not_found, "the folder " + options.file + " does not exist",
                                  "mkdir -p " + options.file});
    const std::string to = folder ? (fs::path{options.file} / dated_name(wall_now())).string() : options.file;
    if (folder) // those of other moments, too
        store::remove_unfinished(options.file, [](std::string_view name) { return is_dated_name(name); });
    if (call.terminal)
        call.err << "copying " << *from << " ...\n";
    const Result<> done =
        store::backup_sqlite(*from, to, options.force ? store::Replace::existing : store::Replace::never);
    if (!done)
        return fail(call, done.error());
    const auto size = fs::file_size(to, error);
    call.out << to << ": " << (error ? 0 : size) << " bytes, checked\n";
    if (options.keep)
        for (const std::string& old : remove_oldest(call, options.file, *options.keep))
            call.out << "removed " << old << '\n';
    return exit_ok;
}

} // namespace crier::commands
