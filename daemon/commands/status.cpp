#include "commands/commands.hpp"
#include "commands/daemon.hpp"
#include "commands/table.hpp"

#include <map>
#include <ostream>
#include <string>

namespace crier::commands {

namespace json = boost::json;

namespace {

std::string time_of(const json::value& object, const char* name) {
    return show_time(from_rfc3339(text_of(object, name)));
}

/// Empty while the fuse has not tripped.
std::string fuse_of(const json::value& object, const char* name) {
    const json::value* fuse = object.as_object().if_contains("fuse");
    return fuse != nullptr && fuse->is_object() ? text_of(*fuse, name) : std::string{};
}

void print_accounts(const Invocation& call, const json::object& status) {
    Table table({"ACCOUNT", "STATE", "SERVER", "LAST PUBLISHED", "NEXT", "WHY"});
    for (const json::value& account : status.at("accounts").as_array()) {
        std::string why = text_of(account, "reason");
        if (!text_of(account, "until").empty())
            why += (why.empty() ? "until " : " until ") + time_of(account, "until");
        if (text_of(account, "token") != "ok" && why.empty())
            why = text_of(account, "token");
        const std::string mode = text_of(account, "mode");
        std::string state = text_of(account, "state") + (mode == "live" ? "" : ", mode: " + mode);
        if (const json::value* daemon = account.as_object().if_contains("daemon"))
            state += daemon->get_string().empty() ? ", nobody works on it"
                                                  : " on " + std::string{daemon->get_string()};
        table.add({text_of(account, "name"), state, text_of(account, "server"),
                   time_of(account, "last_published"), time_of(account, "next_due"), one_line(why, 80)});
    }
    table.print(call.out);
    for (const json::value& account : status.at("accounts").as_array())
        if (!text_of(account, "action").empty())
            call.out << "  " << text_of(account, "name") << ": " << text_of(account, "action") << '\n';
    for (const json::value& account : status.at("accounts").as_array())
        if (!text_of(account, "token_note").empty())
            call.out << "  " << text_of(account, "name") << ": " << text_of(account, "token_note") << '\n';
    for (const json::value& account : status.at("accounts").as_array())
        if (const json::value* foreign = account.as_object().if_contains("foreign");
            foreign != nullptr && foreign->is_object())
            call.out << "  " << text_of(account, "name")
                     << ": somebody else posts there, too: " << text_of(*foreign, "count")
                     << " seen, the newest of " << time_of(*foreign, "newest")
                     << "; the limits are planned as if nobody did\n";
    for (const json::value& account : status.at("accounts").as_array())
        if (const json::value* waits = account.as_object().if_contains("deletions");
            waits != nullptr && waits->is_object())
            call.out << "  " << text_of(account, "name") << ": " << text_of(*waits, "count")
                     << " still to be deleted, the last by " << time_of(*waits, "until")
                     << (text_of(*waits, "waits").empty() ? ""
                                                          : ", and none now: " + text_of(*waits, "waits"))
                     << '\n';
}

void print_sources(const Invocation& call, const json::object& status) {
    if (status.at("sources").as_array().empty())
        return;
    Table table({"SOURCE", "STATE", "LAST LOOK", "NEXT LOOK", "NOTE"});
    for (const json::value& source : status.at("sources").as_array()) {
        const std::string error = text_of(source, "error");
        const std::string fuse = fuse_of(source, "reason");
        const std::string note = !fuse.empty() ? fuse : !error.empty() ? error : text_of(source, "note");
        const bool hears = !text_of(source, "hears").empty();
        const json::value* hub = source.as_object().if_contains("hub");
        const bool pushed = hub != nullptr && hub->is_object() && text_of(*hub, "state") == "active";
        table.add({text_of(source, "name"), text_of(source, "state"), time_of(source, "last_poll"),
                   hears ? "when sent" : time_of(source, "next_poll") + (pushed ? " or when pushed" : ""),
                   one_line(note, 80)});
    }
    call.out << '\n';
    table.print(call.out);
    for (const json::value& source : status.at("sources").as_array())
        if (const std::string action = fuse_of(source, "action"); !action.empty())
            call.out << "  " << text_of(source, "name") << ": " << action << '\n';
}

/// What concerns all of it. (A daemon of another version may not say it.)
void print_trouble(const Invocation& call, const json::object& status) {
    if (const json::value* store = status.if_contains("store");
        store != nullptr && store->is_string() && !store->get_string().empty())
        call.out << "THE STORE CANNOT BE WRITTEN, and nothing is sent before it can: "
                 << std::string_view{store->get_string()} << "\n\n";
    const json::value* restart = status.if_contains("restart_pending");
    if (restart == nullptr || !restart->is_array() || restart->get_array().empty())
        return;
    std::string keys;
    bool store_moves = false;
    for (const json::value& key : restart->get_array()) {
        keys += (keys.empty() ? "" : ", ") + std::string{key.as_string()};
        store_moves = store_moves || key.as_string() == "store";
    }
    call.out << "what has changed in the configuration under " << keys << " waits for a restart: "
             << (store_moves ? "stop crier, move the store's file there, start it (docs/STORE.md)"
                             : "systemctl restart crier")
             << "\n\n";
}

/// Of a store that several daemons share.
void print_sharing(const Invocation& call, const json::object& status) {
    const json::value* found = status.if_contains("sharing");
    if (found == nullptr || !found->is_object())
        return;
    const json::object& sharing = found->get_object();
    if (status.at("running").as_bool()) {
        call.out << "this daemon works on " << sharing.at("held").as_int64() << " of "
                 << sharing.at("shares").as_int64() << " shares; " << sharing.at("daemons").as_int64()
                 << " daemons are alive";
        if (const std::string trouble = text_of(*found, "trouble"); !trouble.empty())
            call.out << "; ITS LEASES CANNOT BE RENEWED: " << trouble;
        call.out << "\n\n";
        return;
    }
    std::map<std::string, std::string> by_daemon;
    for (const json::value& account : sharing.at("elsewhere").as_array()) {
        std::string& names = by_daemon[text_of(account, "daemon")];
        names += (names.empty() ? "" : " ") + text_of(account, "name");
    }
    for (const auto& [daemon, names] : by_daemon)
        call.out << (daemon.empty() ? "nobody works on: " : "on " + daemon + ": ") << one_line(names, 400)
                 << '\n';
    call.out << '\n';
}

} // namespace

int status(const Invocation& call) {
    const Settings settings = load_for_daemon(call);
    Daemon daemon{call, settings};
    const Result<json::object> status = daemon.get("/v1/status");
    if (!status)
        return fail(call, status.error());
    if (call.json) {
        print(call, *status);
        return exit_ok;
    }
    const bool shared = status->if_contains("sharing") != nullptr;
    if (!daemon.running() && shared)
        call.out << "No daemon runs on this machine; this is what the store says.\n\n";
    else if (!daemon.running())
        call.out << (daemon.owner() ? "Process " + std::to_string(*daemon.owner()) +
                                          " has the store and does not listen at " + settings.admin_socket +
                                          ": it is starting or stopping, or goes by another configuration. "
                                          "This is what the store says.\n\n"
                                    : "The daemon is not running; this is what its store says.\n\n");
    print_trouble(call, *status);
    print_sharing(call, *status);
    print_accounts(call, *status);
    print_sources(call, *status);
    if (const json::array& paused = status->at("paused_entries").as_array(); !paused.empty()) {
        call.out << "\npaused entries:";
        for (const json::value& entry : paused)
            call.out << ' ' << std::string_view{entry.as_string()};
        call.out << '\n';
    }
    for (const json::value& entry : status->at("tripped_entries").as_array())
        call.out << "\nthe fuse of entry " << text_of(entry, "name")
                 << " has tripped: " << fuse_of(entry, "reason") << "\n  " << fuse_of(entry, "action")
                 << '\n';
    for (const json::value& gone : status->at("gone_accounts").as_array())
        call.out << "\nnot in the configuration: account " << text_of(gone, "name") << ", "
                 << gone.at("posts").as_int64()
                 << " of whose posts rest; put it back, or `crier outbox cancel` them\n";
    call.out << "\noutbox:";
    const json::object& outbox = status->at("outbox").as_object();
    if (outbox.empty())
        call.out << " empty";
    for (const auto& [state, count] : outbox)
        call.out << ' ' << std::string_view{state.data(), state.size()} << ' ' << count.as_int64();
    call.out << '\n';
    return exit_ok;
}

} // namespace crier::commands
