#include "core/delivery/duplicates.hpp"

#include "commands/account_page.hpp"
#include "commands/commands.hpp"
#include "commands/daemon.hpp"
#include "commands/table.hpp"
#include "core/text/plain.hpp"
#include "engine/orders.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <map>
#include <ostream>
#include <utility>

namespace crier::commands {

namespace json = boost::json;

namespace {

using delivery::Duplicate;

/// Ids in one question, so that the address stays short.
constexpr std::size_t ids_at_once = 50;

/// crier's own post of a status.
struct Own {
    std::int64_t post = 0;
    std::string origin;
};
using OwnById = std::map<std::string, Own, std::less<>>;

struct Found {
    const AccountSettings& account;
    const std::vector<SeenStatus>& statuses;
    const OwnById& own;
};

/// Each is a post of the same entry, for a time of its own: the schedule says so, and nothing was doubled.
bool is_meant(const Found& found, const Duplicate& group) {
    const Own* first = nullptr;
    return std::all_of(group.statuses.begin(), group.statuses.end(), [&](std::size_t at) {
        const auto own = found.own.find(found.statuses[at].id);
        if (own == found.own.end() || !own->second.origin.starts_with("entry:"))
            return false;
        first = first == nullptr ? &own->second : first;
        return own->second.origin == first->origin;
    });
}

json::object to_json(const Found& found, const Duplicate& group) {
    const bool by_text = group.by == Duplicate::By::text;
    json::object object;
    object["account"] = found.account.name;
    object["kind"] = by_text ? "text" : "link";
    object["certain"] = by_text;
    object["meant"] = is_meant(found, group);
    object[by_text ? "text" : "link"] = group.what;
    json::array statuses;
    for (const std::size_t at : group.statuses) {
        const SeenStatus& status = found.statuses[at];
        const auto own = found.own.find(status.id);
        json::object one;
        one["id"] = status.id;
        one["url"] = status.url;
        one["created"] = status.created ? json::value(to_rfc3339(*status.created)) : json::value(nullptr);
        one["text"] = status.text;
        one["post"] = own != found.own.end() ? json::value(own->second.post) : json::value(nullptr);
        one["origin"] = own != found.own.end() ? json::value(own->second.origin) : json::value(nullptr);
        statuses.push_back(std::move(one));
    }
    object["statuses"] = std::move(statuses);
    return object;
}

void show(const Invocation& call, const Found& found, const Duplicate& group) {
    const bool by_text = group.by == Duplicate::By::text;
    call.out << found.account.name << ": " << (by_text ? "the same text" : "the same link in other words")
             << ", " << group.statuses.size() << " times"
             << (is_meant(found, group) ? ", by an entry for each of its times"
                 : by_text              ? ""
                                        : " (an edited item, or meant: a link alone proves nothing)")
             << ": " << one_line(group.what, 80) << '\n';
    for (const std::size_t at : group.statuses) {
        const SeenStatus& status = found.statuses[at];
        const auto own = found.own.find(status.id);
        call.out << "  " << show_time(status.created) << "  " << status.url << "  "
                 << (own == found.own.end()
                         ? std::string{"not crier's"}
                         : "post " + std::to_string(own->second.post) + " (" + own->second.origin + ")")
                 << '\n';
    }
}

/// Which of these statuses crier made.
Result<OwnById> own_among(Daemon& daemon, const AccountSettings& account,
                          const std::vector<std::string>& ids) {
    OwnById own;
    for (std::size_t at = 0; at < ids.size(); at += ids_at_once) {
        const std::size_t end = std::min(ids.size(), at + ids_at_once);
        std::string path =
            "/v1/outbox?account=" + text::url_encode(account.name) + "&limit=" + std::to_string(ids_at_once);
        for (std::size_t i = at; i < end; ++i)
            path += "&status_id=" + text::url_encode(ids[i]);
        const Result<json::object> answer = daemon.get(path);
        if (!answer)
            return answer.error();
        for (const json::value& value : answer->at("posts").as_array()) {
            const json::object& post = value.as_object();
            Own one;
            one.post = post.at("id").as_int64();
            one.origin = post.at("origin").as_string();
            own.emplace(std::string{post.at("status_id").as_string()}, std::move(one));
        }
    }
    return own;
}

/// An empty page of an account for which crier published: the server hides it, or all is deleted.
Result<> check_empty(Daemon& daemon, const AccountSettings& account, Instant since) {
    const Result<json::object> answer =
        daemon.get("/v1/outbox?state=published&limit=1000&account=" + text::url_encode(account.name) +
                   "&since=" + text::url_encode(to_rfc3339(since)));
    if (!answer)
        return answer.error();
    for (const json::value& post : answer->at("posts").as_array()) {
        const json::string& visibility = post.at("visibility").as_string();
        if (visibility == "public" || visibility == "unlisted")
            return Failure{
                Cause::server,
                account.server + " shows nobody a status of @" + account.handle +
                    ", and crier published there: " + std::string{post.at("status_url").as_string()},
                "a second token under `evidence:` may see more"};
    }
    return {};
}

int look_for_duplicates(const Invocation& call, const Settings& settings, const AccountSettings& account,
                        Instant since) {
    const Result<mastodon::LookBack> page = read_page(call, settings, account, since);
    if (!page)
        return fail(call, page.error());
    Daemon daemon{call, settings};
    if (page->statuses.empty())
        if (const Result<> empty = check_empty(daemon, account, since); !empty)
            return fail(call, empty.error());
    const std::vector<Duplicate> groups = delivery::duplicates(page->statuses);
    std::vector<std::string> ids;
    for (const Duplicate& group : groups)
        for (const std::size_t at : group.statuses)
            ids.push_back(page->statuses[at].id);
    const Result<OwnById> own = own_among(daemon, account, ids);
    if (!own)
        return fail(call, own.error());
    const Found found{account, page->statuses, *own};
    bool twice = false;
    for (const Duplicate& group : groups) {
        twice = twice || !is_meant(found, group);
        if (call.json)
            print(call, to_json(found, group));
        else
            show(call, found, group);
    }
    if (!call.json)
        call.out << account.name << ": " << (twice ? "" : "nothing is twice: ") << told(*page) << '\n';
    if (!page->reached)
        call.err << account.name << ": it could not be read back to " << show_time(since) << " (" << page->why
                 << "): what is older was not compared\n";
    if (twice)
        return exit_failed;
    return page->failed ? exit_server : exit_ok;
}

} // namespace

int duplicates(const Invocation& call, const DuplicatesOptions& options) {
    const std::optional<Settings> settings = load_settings(call);
    if (!settings)
        return exit_config;
    const Instant now = wall_now();
    const Result<Instant> since = since_of(options.since, now);
    if (!since)
        return fail(call, since.error());
    if (!options.account.empty()) {
        const Result<const AccountSettings*> account = engine::account_of(*settings, options.account);
        return account ? look_for_duplicates(call, *settings, **account, *since)
                       : fail(call, account.error());
    }
    // One whose page cannot be read does not keep the others from being looked at.
    int worst = exit_ok;
    for (const auto& [name, account] : settings->accounts)
        worst = std::max(worst, look_for_duplicates(call, *settings, account, *since));
    return worst;
}

} // namespace crier::commands
