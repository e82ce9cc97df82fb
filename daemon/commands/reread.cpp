#include "commands/reread.hpp"

#include "commands/checking.hpp"

#include <algorithm>
#include <utility>

namespace crier::commands {

namespace {

template <class Value>
void keep(Value& next, const Value& serving, const char* key, std::vector<std::string>& restart) {
    if (next == serving)
        return;
    next = serving;
    restart.emplace_back(key);
}

} // namespace

void make_dry(Settings& settings) {
    settings.alerts = AlertSettings{}; // what it finds is not so: nobody is told
    if (settings.inbound)
        settings.inbound->url.clear(); // and no hub is asked for anything, or left
    for (auto& [name, account] : settings.accounts)
        account.mode = Mode::dry;
}

Reread reread(const std::string& path, const Settings& serving, bool dry_run) {
    Reread read;
    config::Loaded loaded = load_config(path);
    read.problems = std::move(loaded.problems);
    if (!loaded.settings)
        return read;
    Settings& next = read.settings.emplace(std::move(*loaded.settings));
    if (dry_run)
        make_dry(next);
    keep(next.store, serving.store, "store", read.restart);
    keep(next.admin_socket, serving.admin_socket, "admin.socket", read.restart);
    keep(next.admin_web, serving.admin_web, "admin.listen", read.restart);
    keep(next.inbound, serving.inbound, "inbound", read.restart);
    keep(next.log.format, serving.log.format, "log.format", read.restart);
    read.difference = engine::difference_of(serving, next);
    return read;
}

} // namespace crier::commands
