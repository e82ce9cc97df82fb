#include "commands/check_store.hpp"

#include "commands/store_place.hpp"
#include "core/store_address.hpp"
#include "store/sqlite.hpp"

#include <ostream>
#include <utility>

namespace crier::commands {

namespace {

config::Problem problem_of(const std::string& path, std::string message, std::string hint) {
    config::Problem problem;
    problem.file = path;
    problem.key = "store";
    problem.message = std::move(message);
    problem.hint = std::move(hint);
    return problem;
}

/// Damage is the server's to find (its checksums, amcheck).
StoreCheck check_shared_store(const Settings& settings) {
    StoreCheck check;
    const std::string name = shown_store(settings);
    const Result<> good = store::check_postgres(postgres_options(settings));
    if (good) {
        check.note = name + ": of this version, and it can be read";
    } else if (good.error().cause == Cause::not_found) {
        check.note = good.error().message;
    } else {
        check.problems.push_back(problem_of(name, good.error().message, good.error().hint));
        check.code = exit_code(good.error().cause);
    }
    return check;
}

} // namespace

StoreCheck check_store(const Invocation& call, const Settings& settings) {
    if (is_postgres_address(settings.store))
        return check_shared_store(settings);
    StoreCheck check;
    if (call.terminal)
        call.err << "reading all of " << settings.store << " ...\n";
    const Result<std::vector<std::string>> wrong = store::check_sqlite(settings.store);
    if (!wrong && wrong.error().cause == Cause::not_found) {
        check.note = wrong.error().message;
        return check;
    }
    if (!wrong) {
        check.problems.push_back(problem_of(settings.store, wrong.error().message, wrong.error().hint));
        check.code = exit_code(wrong.error().cause);
        return check;
    }
    const std::string hint = "stop the daemon and keep a copy of " + settings.store +
                             "*; then put a backup in its place, or see \"A damaged store\" in docs/STORE.md";
    for (const std::string& line : *wrong)
        check.problems.push_back(problem_of(settings.store, "the store is damaged: " + line, hint));
    if (wrong->empty())
        check.note = settings.store + ": whole";
    else
        check.code = exit_failed;
    return check;
}

} // namespace crier::commands
