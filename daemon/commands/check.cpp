#include "admin/door.hpp"
#include "commands/check_changes.hpp"
#include "commands/check_forms.hpp"
#include "commands/check_limits.hpp"
#include "commands/check_media.hpp"
#include "commands/check_schedule.hpp"
#include "commands/check_secrets.hpp"
#include "commands/check_server.hpp"
#include "commands/check_store.hpp"
#include "commands/checking.hpp"
#include "commands/commands.hpp"
#include "commands/composition.hpp"
#include "commands/known_servers.hpp"
#include "commands/problem_text.hpp"
#include "commands/run_coroutine.hpp"
#include "commands/second_token.hpp"
#include "commands/token_words.hpp"
#include "config/problems.hpp"
#include "core/address.hpp"
#include "core/scopes.hpp"
#include "core/text/plain.hpp"
#include "mastodon/publisher.hpp"
#include "plugin/instance.hpp"
#include "plugin/registry.hpp"
#include "sys/printable.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <ostream>
#include <string_view>
#include <utility>

namespace crier::commands {

namespace asio = boost::asio;
namespace json = boost::json;

namespace {

/// What a plugin says of its settings it says when it is opened: now, and not when the first look, or the
/// first request, is due. (What a shared object says is asked when it is run.)
void check_plugins(config::Loaded& loaded) {
    for (const SourceSettings& source : loaded.settings->sources) {
        const crier_plugin* table = plugin::find_built_in(source.plugin);
        if (table == nullptr)
            continue;
        if (const auto opened = plugin::Instance::open(*table, source.options); !opened)
            loaded.problems.push_back(config::problem_at(source.place, "sources." + source.name,
                                                         opened.error().message, opened.error().hint));
    }
    const auto is_error = [](const config::Problem& problem) { return !problem.warning; };
    if (std::any_of(loaded.problems.begin(), loaded.problems.end(), is_error))
        loaded.settings.reset();
}

} // namespace

namespace {

config::LoadContext load_context() {
    config::LoadContext context;
    for (const plugin::BuiltIn& built_in : plugin::built_ins()) {
        config::PluginInfo info;
        info.name = built_in.name;
        info.options = built_in.options;
        info.supply = built_in.supply;
        info.own = built_in.own;
        info.edits = built_in.edits;
        info.deletes = built_in.deletes;
        info.clock = built_in.clock;
        context.plugins.push_back(std::move(info));
    }
    // Of systemd; it may name several, with colons between.
    if (const char* folders = std::getenv("CACHE_DIRECTORY")) // NOLINT(concurrency-mt-unsafe): nobody sets it
        context.cache = std::string_view{folders}.substr(0, std::string_view{folders}.find(':'));
    return context;
}

} // namespace

std::optional<config::MainPlaces> load_main_places(const std::string& path) {
    return config::load_main_places(path, load_context());
}

config::Loaded load_config(const std::string& path) {
    config::Loaded loaded = config::load(path, load_context());
    if (loaded.settings)
        check_plugins(loaded);
    return loaded;
}

namespace {

json::object problem_json(const config::Problem& problem) {
    json::object object;
    object["file"] = problem.file;
    object["line"] = problem.line;
    object["column"] = problem.column;
    object["key"] = problem.key;
    object["message"] = problem.message;
    object["hint"] = problem.hint;
    object["warning"] = problem.warning;
    return object;
}

/// What --online found; `code` is the worst exit code.
struct Online {
    std::vector<config::Problem> problems;
    std::vector<std::string> notes;
    std::map<std::string, ServerProfile> servers; ///< by account
    int code = exit_ok;

    void warning(const Place& place, std::string key, const std::string& message, const std::string& hint) {
        problem(place, std::move(key), message, hint, exit_ok);
        problems.back().warning = true;
    }
    void failure(const Place& place, std::string key, const Failure& why) {
        problem(place, std::move(key), why.message, why.hint, exit_code(why.cause));
    }
    void problem(const Place& place, std::string key, const std::string& message, const std::string& hint,
                 int exit) {
        problems.push_back(config::problem_at(place, std::move(key), message, hint));
        code = std::max(code, exit);
    }
};

std::string listed(const Scopes& scopes) {
    std::string list;
    for (const std::string& scope : scopes)
        list += (list.empty() ? "" : ", ") + scope;
    return list;
}

/// The token's own where they are kept beside it, else those of its application.
void check_scopes(const Settings& settings, const AccountSettings& account, const Scopes& own,
                  const Scopes& scopes_there, Online& found) {
    const std::string key = "accounts." + account.name + ".token";
    const Scopes& scopes = own.empty() ? scopes_there : own;
    if (scopes.empty()) {
        found.notes.push_back(account.name +
                              ": the token is accepted; what it may do the server does not say");
        return;
    }
    const Scopes needed = needed_scopes(settings, account.name);
    const ScopeVerdict verdict = judge_scopes(scopes, needed);
    const std::string mend = make_another(account, needed);
    found.notes.push_back(account.name + ": the token is accepted, for " + listed(scopes));
    if (!verdict.admin.empty()) {
        const std::string message = "the token may administer the server: " + listed(verdict.admin);
        if (account.allow_surplus_scopes)
            found.warning(account.place, key, message, mend);
        else
            found.problem(account.place, key, message,
                          mend + "; or, if you must, `allow_surplus_scopes: true`", exit_token);
    }
    if (!verdict.missing.empty())
        found.problem(account.place, key,
                      "the token may not do what is needed: " + listed(verdict.missing) + " is missing", mend,
                      exit_token);
    if (!verdict.surplus.empty() && !account.allow_surplus_scopes)
        found.warning(account.place, key, "the token may do more than posting: " + listed(verdict.surplus),
                      mend);
}

/// What tells of a post whose reply was lost.
void check_page(asio::io_context& context, Publisher& publisher, const AccountSettings& account, Instant now,
                Online& found) {
    if (account.handle.empty())
        return;
    const AccountSight person = run_coroutine(context, publisher.find_account(account.handle));
    LookResult page = static_cast<const LookResult&>(person);
    if (person.sight == Sight::seen) {
        const Timeline timeline = run_coroutine(context, publisher.timeline(person.id, now));
        page = static_cast<const LookResult&>(timeline);
    }
    if (person.sight == Sight::gone)
        found.problem(account.place, "accounts." + account.name + ".handle",
                      account.server + " has no account @" + account.handle,
                      "the name without the server, as it stands in the address of its page", exit_config);
    else if (page.sight != Sight::seen)
        found.notes.push_back(
            account.name + ": the account's page cannot be read (" + page.text +
            "): what became of a post whose reply was lost may stay unknown; a second token "
            "under `evidence:` could tell");
}

void check_account(asio::io_context& context, Composition& composition, const Settings& settings,
                   const AccountSettings& account, Online& found) {
    const std::string key = "accounts." + account.name;
    const auto token = composition.token(account);
    const auto evidence = composition.evidence(account);
    const auto publisher =
        mastodon::make_publisher(account, composition.http(), *token, composition.clock(), evidence.get());
    const Result<ServerProfile> server = run_coroutine(context, publisher->profile());
    if (!server) {
        found.problem(account.place, key + ".server", server.error().message, server.error().hint,
                      exit_server);
        return;
    }
    for (const std::string& line : server_lines(account.server, *server))
        found.notes.push_back(account.name + ": " + line);
    found.servers.insert_or_assign(account.name, *server);
    if (const Result<Secret> value = token->read(); !value) {
        found.problem(account.place, key + ".token", value.error().message, value.error().hint, exit_token);
        return;
    }
    check_page(context, *publisher, account, composition.clock().now(), found);
    const Reply reply = run_coroutine(context, publisher->probe());
    if (reply.verdict == Verdict::alive)
        check_scopes(settings, account, token->scopes(), reply.scopes, found);
    else if (reply.verdict == Verdict::unauthorized || reply.verdict == Verdict::forbidden)
        found.failure(account.place, key + ".token", token_refused(account, reply, !token->scopes().empty()));
    else
        found.failure(account.place, key + ".token", token_untried(account, reply));
}

void check_second(asio::io_context& context, Composition& composition, const Invocation& call,
                  const AccountSettings& account, Online& found) {
    const std::optional<SecondToken> second = judge_second(context, composition, call, account);
    if (!second)
        return;
    const std::string key = "accounts." + account.name + ".evidence.token";
    if (second->state == "accepted")
        found.notes.push_back(account.name + ": the second token is accepted" +
                              (second->scopes.empty() ? std::string{} : ", for " + listed(second->scopes)));
    for (const Failure& problem : second->problems)
        found.failure(account.place, key, problem);
    for (const Failure& warning : second->warnings)
        found.warning(account.place, key, warning.message, warning.hint);
}

void check_admin(Composition& composition, const Settings& settings, Online& found) {
    if (!settings.admin_web)
        return;
    const Result<Secret> token = admin::long_enough(composition.secret(settings.admin_web->token)->read());
    if (!token)
        found.problem({}, "admin.token", token.error().message, token.error().hint, exit_token);
}

/// Whether a hub pushes what is new in it, or could.
std::string hub_note(const Settings& settings, const SourceSettings& source, const Hub& hub) {
    if (hub.none() || !source.websub)
        return {};
    const bool reachable = settings.inbound && !settings.inbound->url.empty();
    return reachable ? "; its hub " + shown_address(hub.url) + " will be asked to push what is new"
                     : "; a hub would push what is new, if `inbound: url:` said how it reaches crier";
}

void check_source(Composition& composition, const Settings& settings, const SourceSettings& source,
                  Online& found) {
    const std::string key = "sources." + source.name;
    if (source.hook) {
        found.notes.push_back(source.name + ": hears what is sent to " + source.hook->path +
                              "; there is nothing to look at");
        if (!source.hook->secret)
            return;
        if (const Result<Secret> value = composition.secret(*source.hook->secret)->read(); !value)
            found.problem(source.place, key + ".secret", value.error().message,
                          "put the secret there that the sender has", exit_token);
        return;
    }
    const Result<SourceYield> yield = composition.look_at(source);
    if (!yield) {
        found.problem(source.place, key, yield.error().message, yield.error().hint,
                      exit_code(yield.error().cause));
        return;
    }
    found.notes.push_back(source.name + ": " + text::counted(yield->items.size(), "item", "items") +
                          hub_note(settings, source, yield->hub));
    for (const std::string& warning : yield->warnings)
        found.notes.push_back(source.name + ": " + warning);
}

Online check_online(const Invocation& call, const Settings& settings) {
    Online found;
    asio::io_context context{1};
    NoLog log;
    Composition composition{context, call, settings, log};
    for (const auto& [name, account] : settings.accounts) {
        check_account(context, composition, settings, account, found);
        check_second(context, composition, call, account, found);
    }
    check_admin(composition, settings, found);
    for (const SourceSettings& source : settings.sources)
        check_source(composition, settings, source, found);
    return found;
}

} // namespace

int check(const Invocation& call, const CheckOptions& options) {
    config::Loaded loaded = load_config(config_path(call));
    const SecretCheck secrets = check_secrets(call, loaded);
    Online online;
    if (loaded.settings && options.online)
        online = check_online(call, *loaded.settings);
    if (loaded.settings && options.store) {
        StoreCheck store = check_store(call, *loaded.settings);
        online.code = std::max(online.code, store.code);
        online.notes.push_back(std::move(store.note));
        online.problems.insert(online.problems.end(), store.problems.begin(), store.problems.end());
    }
    std::vector<config::Problem> problems = std::move(loaded.problems);
    if (loaded.settings) {
        const std::optional<States> known = known_states(call, *loaded.settings);
        const Instant now = wall_now();
        const auto add = [&](const std::vector<config::Problem>& found) {
            problems.insert(problems.end(), found.begin(), found.end());
        };
        if (known)
            add(check_changes(*loaded.settings, *known, now));
        KnownServers servers{known};
        for (const auto& [account, profile] : online.servers)
            servers.learn(account, profile);
        add(check_limits(*loaded.settings, servers, now));
        add(check_media(*loaded.settings, servers));
        add(check_schedule(*loaded.settings, known, servers, now));
        add(check_forms(*loaded.settings, servers));
    }
    problems.insert(problems.end(), secrets.problems.begin(), secrets.problems.end());
    problems.insert(problems.end(), online.problems.begin(), online.problems.end());
    const int code = loaded.settings ? std::max(online.code, secrets.code) : exit_config;
    if (call.json) {
        json::array list;
        for (const config::Problem& problem : problems)
            list.push_back(problem_json(problem));
        json::object object;
        object["ok"] = code == exit_ok;
        object["problems"] = std::move(list);
        print(call, object);
        return code;
    }
    for (const std::string& note : online.notes)
        if (!note.empty())
            call.out << sys::printable(note) << '\n';
    for (const config::Problem& problem : problems)
        call.err << problem_text(problem) << '\n';
    if (loaded.settings && code == exit_ok)
        call.out << sys::printable(config_path(call)) << ": good: " << summary(*loaded.settings) << '\n';
    return code;
}

} // namespace crier::commands
