#include "commands/store_place.hpp"

#include "core/store_address.hpp"

namespace crier::commands {

namespace {

std::string folder_of_path(const std::string& path) {
    const auto slash = path.rfind('/');
    return slash == std::string::npos ? "." : path.substr(0, slash);
}

} // namespace

std::string shown_store(const Settings& settings) {
    return is_postgres_address(settings.store) ? store::name_of_postgres(settings.store) : settings.store;
}

std::string folder_beside_store(const Invocation& call, const Settings& settings) {
    if (!is_postgres_address(settings.store))
        return folder_of_path(settings.store);
    // systemd names several, one behind another, where the unit has several.
    const std::string state{call.environment.get("STATE_DIRECTORY").value_or("")};
    return state.empty() ? folder_of_path(config_path(call)) : state.substr(0, state.find(':'));
}

store::PostgresOptions postgres_options(const Settings& settings) {
    store::PostgresOptions options;
    options.target.url = settings.store;
    options.lease = settings.lease;
    return options;
}

Failure not_of_postgres(const std::string& what, const std::string& instead) {
    return Failure{Cause::unsupported, what + " is for a store in a file, and this one is in PostgreSQL",
                   instead};
}

} // namespace crier::commands
