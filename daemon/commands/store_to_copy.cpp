#include "commands/store_to_copy.hpp"

#include "commands/daemon.hpp"
#include "commands/store_place.hpp"

#include <boost/json/array.hpp>

#include <algorithm>

namespace crier::commands {

namespace json = boost::json;

namespace {

/// Does the daemon wait for a restart to take up another store?
bool has_another(const json::object& status) {
    const json::value* pending = status.if_contains("restart_pending");
    const json::array* keys = pending == nullptr ? nullptr : pending->if_array();
    return keys != nullptr && std::any_of(keys->begin(), keys->end(), [](const json::value& key) {
               return key.is_string() && key.get_string() == "store";
           });
}

} // namespace

Result<std::string> store_to_copy(const Invocation& call) {
    const Settings settings = load_for_daemon(call);
    if (settings.store.empty())
        return Failure{Cause::config, "the configuration does not say where the store is",
                       "mend what is named above"};
    Daemon daemon{call, settings};
    const std::optional<json::object> status = daemon.status_if_running();
    if (status && has_another(*status))
        return Failure{
            Cause::conflict,
            "the daemon that runs goes on with the store from before: `store:` was changed since it "
            "started, and " +
                shown_store(settings) + " is not what it writes to",
            "restart it, or put the former `store:` back"};
    return settings.store;
}

} // namespace crier::commands
