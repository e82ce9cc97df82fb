#include "config/load.hpp"

#include "config/accounts.hpp"
#include "config/admin.hpp"
#include "config/alerts.hpp"
#include "config/each_text.hpp"
#include "config/entries.hpp"
#include "config/fuse.hpp"
#include "config/inbound.hpp"
#include "config/posts.hpp"
#include "config/words.hpp"
#include "core/nearest.hpp"
#include "core/store_address.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace crier::config {
namespace {

using Places = std::map<std::string, Ref, std::less<>>;

std::string place_text(Ref at, Position position) {
    return at.document().file() + ':' + std::to_string(position.line) + ':' + std::to_string(position.column);
}

/// Walks a mapping of names that every file may have. A name that was there before is passed over; within one
/// file that is reported already.
template <class Read>
void each_named(Scope& scope, GivenNode TopDraft::*member, std::string_view key, std::string_view what,
                Places& places, const Read& read) {
    const Path above{nullptr, key};
    for (const auto& part : scope.files.parts()) {
        const Ref map = (part->top.*member).value;
        if (!map)
            continue;
        for (const Ref child : map) {
            const Path path{&above, child.key()};
            const Position where = child.key_position();
            if (!scope.good_name(child.key(), child, where, path))
                continue;
            if (child.key_plain() && (child.key() == "no" || child.key() == "on" || child.key() == "yes" ||
                                      child.key() == "off" || child.key() == "y" || child.key() == "n"))
                scope.problems().warning_at(path, child, where, "taken for a name",
                                            "an unquoted " + std::string{child.key()} +
                                                " is a truth value to other YAML readers: write \"" +
                                                std::string{child.key()} + '"');
            const auto [first, fresh] = places.emplace(child.key(), child);
            if (fresh)
                read(std::string{child.key()}, child, path);
            else if (&first->second.document() != &child.document())
                scope.problems().error_at(
                    path, child, where, "there is another " + std::string{what} + " of this name",
                    "it is at " + place_text(first->second, first->second.key_position()));
        }
    }
}

void read_defaults(Scope& scope, const TopDraft& top) {
    DefaultsDraft said = preset<DefaultsDraft>(defaults_section());
    const Path path{nullptr, "defaults"};
    if (top.defaults && top.defaults.value)
        scope.reader.fill(defaults_section(), &said, top.defaults.value, path);
    if (said.timezone && !said.timezone.value.empty() &&
        scope.zone(said.timezone, Path{&path, "timezone"}) != nullptr)
        scope.timezone = std::string{said.timezone.value};
    scope.defaults = read_layer(scope, said, common_material(), path);
}

std::string read_path(Scope& scope, const GivenText& given) {
    return given ? scope.files.absolute(given.at, given.value) : std::string{given.value};
}

/// Its shape alone: what libpq makes of it is known when it is opened.
void check_postgres_address(Scope& scope, const Path& path, const GivenText& given) {
    const std::string_view rest = given.value.substr(given.value.find("://") + 3);
    const std::string_view host = rest.substr(0, rest.find_first_of("/?"));
    const auto at = host.rfind('@');
    const bool spaces = given.value.find_first_of(" \t\n") != std::string_view::npos;
    if (spaces || rest.find('#') != std::string_view::npos) {
        scope.problems().error(path, given.at, "this address of a database does not read",
                               "special characters are written as %XX: a blank is %20");
        return;
    }
    const bool in_name =
        at != std::string_view::npos && host.substr(0, at).find(':') != std::string_view::npos;
    const auto query = rest.find('?');
    const bool in_query =
        query != std::string_view::npos && rest.substr(query).find("password=") != std::string_view::npos;
    if (in_name || in_query)
        scope.problems().warning(path, given.at, "a password does not belong into the configuration",
                                 "put it into a file of mode 0600 that PGPASSFILE names: docs/POSTGRESQL.md");
}

void read_store(Scope& scope, Settings& settings, const GivenText& given) {
    const Path path{nullptr, "store"};
    if (is_postgres_address(given.value)) {
        settings.store = std::string{given.value};
        check_postgres_address(scope, path, given);
        return;
    }
    const bool is_words = given.value.find("dbname=") != std::string_view::npos ||
                          given.value.find("host=") != std::string_view::npos ||
                          given.value.find("password=") != std::string_view::npos ||
                          given.value.starts_with("postgres:") || given.value.starts_with("postgresql:");
    if (is_words || given.value.find("://") != std::string_view::npos) {
        scope.problems().error(path, given.at,
                               "this is neither a path of a file nor an address in PostgreSQL",
                               "store: /var/lib/crier/crier.db, or store: postgresql:///crier");
        return;
    }
    settings.store = read_path(scope, given);
}

void read_socket(Scope& scope, Settings& settings, const GivenText& given) {
    constexpr std::size_t longest = 107; // sockaddr_un
    settings.admin_socket = read_path(scope, given);
    const Path above{nullptr, "admin"};
    if (given && settings.admin_socket.size() > longest)
        scope.problems().error(Path{&above, "socket"}, given.at, "the path is too long for a socket",
                               "at most " + std::to_string(longest) + " bytes");
}

std::optional<Dedupe> read_dedupe(Scope& scope, const Given<DedupeDraft>& given) {
    if (!given)
        return std::nullopt;
    const Path section{nullptr, "dedupe"};
    const Path path{&section, "by"};
    Dedupe dedupe;
    dedupe.within = given.value.within.value;
    const auto take = [&](Ref at) {
        if (at.text() == "link")
            dedupe.link = true;
        else if (at.text() == "title")
            dedupe.title = true;
        else
            scope.problems().error(path, at, "expected link or title, found " + found(at));
    };
    each_text(given.value.by.value, path, [&](Ref at, const Path&) { take(at); });
    return dedupe;
}

void read_daemon(Scope& scope, Settings& settings, const TopDraft& top) {
    settings.timezone = scope.timezone;
    read_store(scope, settings, top.store);
    read_socket(scope, settings, top.admin.value.socket);
    scope.inbound_said = static_cast<bool>(top.inbound);
    scope.inbound = read_inbound(scope, top.inbound, Path{nullptr, "inbound"});
    settings.inbound = scope.inbound;
    settings.admin_web = read_admin_web(scope, top.admin);
    const LogDraft& log = top.log.value;
    settings.log.level =
        std::string{find_row(log_section(), "level")->choices[static_cast<std::size_t>(log.level.value)]};
    settings.log.format =
        std::string{find_row(log_section(), "format")->choices[static_cast<std::size_t>(log.format.value)]};
    scope.fuse = read_fuse(scope, top.fuse, Fuse{}, Path{nullptr, "fuse"}).value_or(Fuse{});
    settings.fuse = scope.fuse;
    settings.lease = top.lease.value;
    settings.requests_per_server = static_cast<std::size_t>(top.requests_per_server.value);
    settings.keep.posts = top.keep.value.posts.value;
    settings.dedupe = read_dedupe(scope, top.dedupe);
    settings.alerts = read_alerts(scope, top.alerts, Path{nullptr, "alerts"});
}

void read_schedule(Scope& scope, Settings& settings) {
    const Path list{nullptr, "schedule"};
    std::unordered_map<std::string_view, Ref> names;
    for (const auto& part : scope.files.parts()) {
        const Ref entries = part->top.schedule.value;
        if (!entries)
            continue;
        names.reserve(names.size() + entries.size());
        settings.schedule.reserve(settings.schedule.size() + entries.size());
        int index = 0;
        for (const Ref at : entries) {
            auto entry = read_entry(scope, at, index++, list);
            for (const Ref child : at) {
                if (child.key() != "name" || !child.is(Kind::scalar) || child.text().empty())
                    continue;
                const auto [first, fresh] = names.emplace(child.text(), child);
                if (!fresh) {
                    const Path path{&list, child.text()};
                    scope.problems().error(Path{&path, "name"}, child, "there is another entry of this name",
                                           "it is at " + place_text(first->second, first->second.position()));
                }
                break;
            }
            if (entry)
                settings.schedule.push_back(std::move(*entry));
        }
    }
}

/// What a request may take must fit into what is left of a lease just before it is renewed (delivery rule
/// 21).
void check_lease(Scope& scope, const Settings& settings, const Part& main) {
    if (!is_postgres_address(settings.store))
        return; // it has one owner
    const Ref at = main.top.lease ? main.top.lease.at : main.document->root();
    for (const auto& [name, account] : settings.accounts) {
        const Duration least = account.delivery.timeout * 5 / 4;
        if (settings.lease >= least)
            continue;
        const std::string why = to_text(settings.lease) + " is too short: a request of " + name +
                                " may take " + to_text(account.delivery.timeout);
        const std::string hint = "at least " + to_text(least) + ", or a shorter `delivery: {timeout: ...}`";
        scope.problems().error(Path{nullptr, "lease"}, at, why, hint);
        return;
    }
}

/// One former name leads to one thing, and to none that is still there.
template <class Settings>
void check_former_names(Scope& scope, const std::vector<Settings>& all, std::string_view what,
                        std::string_view key) {
    std::map<std::string_view, const Settings*> names;
    std::map<std::string_view, const Settings*> former;
    for (const Settings& one : all)
        names.emplace(one.name, &one);
    for (const Settings& one : all) {
        if (one.was.empty())
            continue;
        Problem problem = problem_at(one.place, std::string{key} + "." + one.name + ".was", {}, {});
        const auto [first, fresh] = former.emplace(one.was, &one);
        if (names.count(one.was) > 0) {
            problem.message = "the " + std::string{what} + " " + one.was + " is still there";
            problem.hint = "remove `was`: it is for what that one was called before, and once crier has run "
                           "with it, the rename is remembered";
        } else if (!fresh) {
            problem.message = first->second->name + " was " + one.was + ", too";
            problem.hint = "only one of them can have its memory";
        } else {
            continue;
        }
        scope.problems().list().push_back(std::move(problem));
    }
}

void check_draws(Scope& scope, const Settings& settings) {
    if (scope.files.incomplete())
        return;
    std::vector<std::string_view> names;
    for (const SourceSettings& source : settings.sources)
        names.push_back(source.name);
    for (const EntrySettings& entry : settings.schedule) {
        if (!entry.draw || find_source(settings, entry.draw->from) != nullptr)
            continue;
        const std::string near = nearest(entry.draw->from, names);
        scope.problems().list().push_back(
            problem_at(entry.place, "schedule." + entry.name + ".draw.from",
                       "there is no source " + quoted(entry.draw->from),
                       near.empty() ? "sources are made under `sources`, this one with on_demand: true"
                                    : "did you mean '" + near + "'?"));
    }
}

void read_all(Scope& scope, Settings& settings) {
    const Part& main = *scope.files.parts().front();
    read_defaults(scope, main.top);
    read_daemon(scope, settings, main.top);
    Places accounts;
    each_named(scope, &TopDraft::accounts, "accounts", "account", accounts,
               [&](const std::string& name, Ref at, const Path& path) {
                   settings.accounts.emplace(name, read_account(scope, name, at, path));
               });
    check_tokens(scope, settings, accounts);
    check_lease(scope, settings, main);
    if (accounts.empty() && !scope.files.incomplete() && !scope.problems().any_error())
        scope.problems().error(Path{}, main.document->root(), "the file has no accounts",
                               "accounts: {news: {server: https://mastodon.example}}");
    read_schedule(scope, settings);
    Places sources;
    each_named(scope, &TopDraft::sources, "sources", "source", sources,
               [&](const std::string& name, Ref at, const Path& path) {
                   if (auto source = read_source(scope, name, at, path))
                       settings.sources.push_back(std::move(*source));
               });
    index_names(settings);
    check_draws(scope, settings);
    check_hooks(scope, settings, main.top.inbound);
    check_former_names(scope, settings.schedule, "entry", "schedule");
    check_former_names(scope, settings.sources, "source", "sources");
}

/// By place; what an alias repeats is said once.
void put_in_order(std::vector<Problem>& problems, const std::vector<std::string>& files) {
    std::unordered_map<std::string_view, std::size_t> rank;
    for (const std::string& file : files)
        rank.emplace(file, rank.size());
    const auto key = [&](const Problem& problem) {
        return std::tuple{rank.count(problem.file) > 0 ? rank.find(problem.file)->second : rank.size(),
                          problem.line, problem.column};
    };
    std::stable_sort(problems.begin(), problems.end(),
                     [&](const Problem& a, const Problem& b) { return key(a) < key(b); });
    const auto same = [](const Problem& a, const Problem& b) {
        return a.line == b.line && a.column == b.column && a.message == b.message && a.file == b.file;
    };
    problems.erase(std::unique(problems.begin(), problems.end(), same), problems.end());
}

} // namespace

Loaded load(const std::string& path, const LoadContext& context) {
    Problems problems;
    Reader reader{problems};
    Files files{context, reader};
    files.read(path);
    Loaded loaded;
    loaded.admin_socket = std::string{find_row(admin_section(), "socket")->fallback};
    loaded.files = files.names();
    if (!files.parts().empty() && files.parts().front()->main) {
        Scope scope{context, files, reader};
        Settings settings;
        read_all(scope, settings);
        loaded.admin_socket = settings.admin_socket;
        loaded.store = settings.store;
        if (!problems.any_error())
            loaded.settings = std::move(settings);
    }
    loaded.problems = std::move(problems.list());
    put_in_order(loaded.problems, loaded.files);
    return loaded;
}

std::optional<MainPlaces> load_main_places(const std::string& path, const LoadContext& context) {
    Problems problems;
    Reader reader{problems};
    Files files{context, reader};
    files.read_main(path);
    if (problems.any_error() || files.parts().empty() || !files.parts().front()->top.include)
        return std::nullopt;
    Scope scope{context, files, reader};
    Settings settings;
    read_store(scope, settings, files.parts().front()->top.store);
    read_socket(scope, settings, files.parts().front()->top.admin.value.socket);
    if (problems.any_error())
        return std::nullopt;
    return MainPlaces{std::move(settings.admin_socket), std::move(settings.store)};
}

std::string format(const Problem& problem) {
    std::string text = problem.file;
    if (problem.line > 0)
        text += ':' + std::to_string(problem.line) + ':' + std::to_string(problem.column);
    text += ": ";
    if (problem.warning)
        text += "warning: ";
    if (!problem.key.empty())
        text += problem.key + ": ";
    text += problem.message;
    if (!problem.hint.empty())
        text += "\n    hint: " + problem.hint;
    return text;
}

} // namespace crier::config
