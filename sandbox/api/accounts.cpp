// Who is who, and what they have posted.
#include "sandbox/api/endpoints.hpp"
#include "sandbox/api/entities.hpp"
#include "sandbox/api/reply.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>
#include <utility>
#include <vector>

namespace crier::sandbox {

namespace json = boost::json;

namespace {

/// What nobody is logged in for may be kept by a cache for a while.
Response for_reader(const Call& call, Response response) {
    response.set("Cache-Control",
                 call.token ? "private, no-store"
                            : "max-age=15, public, stale-while-revalidate=30, stale-if-error=86400");
    return response;
}

/// Ids of one server are of equal length: they sort as text.
bool older(const std::string& a, const std::string& b) {
    return std::make_pair(a.size(), std::string_view{a}) < std::make_pair(b.size(), std::string_view{b});
}

/// Whether the list that was asked for has this status, page by page aside.
bool listed(const Call& call, const Status& status, const std::string& account) {
    const World& world = call.world;
    if (status.account != account || !visible(status, call.viewer_of(status)))
        return false;
    if (!call.token && world.stale_since && status.created > *world.stale_since)
        return false;
    if (call.params.boolean("pinned").value_or(false) && !status.pinned)
        return false;
    if (call.params.boolean("only_media").value_or(false) && status.media.empty())
        return false;
    return !(call.params.boolean("exclude_replies").value_or(false) && !status.in_reply_to.empty());
}

struct Page {
    std::size_t limit;
    std::string max_id;
    std::string since_id;
    std::string min_id;
};

Page page_of(const Params& params) {
    return Page{
        static_cast<std::size_t>(std::clamp<std::int64_t>(params.integer("limit").value_or(20), 1, 40)),
        params.text("max_id").value_or(""), params.text("since_id").value_or(""),
        params.text("min_id").value_or("")};
}

/// Newest first. With `min_id` those right above it, else the newest.
std::vector<const Status*> select(const Call& call, const std::string& account, const Page& page) {
    std::vector<const Status*> found;
    const std::string& above = page.min_id.empty() ? page.since_id : page.min_id;
    for (const Status& status : call.world.statuses.all())
        if (listed(call, status, account) && (page.max_id.empty() || older(status.id, page.max_id)) &&
            (above.empty() || older(above, status.id)))
            found.push_back(&status);
    if (found.size() > page.limit) {
        if (page.min_id.empty())
            found.erase(found.begin(), found.end() - static_cast<std::ptrdiff_t>(page.limit));
        else
            found.resize(page.limit);
    }
    std::reverse(found.begin(), found.end());
    return found;
}

} // namespace

Response lookup_account(Call& call) {
    std::string name = call.params.text("acct").value_or("");
    if (!name.empty() && name[0] == '@')
        name.erase(0, 1);
    const auto at = name.find('@');
    const bool here =
        at == std::string::npos || call.world.base_url.find("//" + name.substr(at + 1)) != std::string::npos;
    const Account* const account = here ? call.world.accounts.find_name(name.substr(0, at)) : nullptr;
    return account == nullptr ? not_found(call)
                              : for_reader(call, json_reply(account_json(call.world, *account)));
}

Response get_account(Call& call) {
    const Account* const account = call.world.accounts.find(call.captures.at(0));
    return account == nullptr ? not_found(call)
                              : for_reader(call, json_reply(account_json(call.world, *account)));
}

Response account_statuses(Call& call) {
    const Account* const account = call.world.accounts.find(call.captures.at(0));
    if (account == nullptr)
        return not_found(call);
    const Page page = page_of(call.params);
    const std::vector<const Status*> found = select(call, account->id, page);
    json::array list;
    for (const Status* status : found)
        list.push_back(status_json(call.world, *status));
    Response response = for_reader(call, json_reply(std::move(list)));
    if (!found.empty()) {
        const std::string address =
            "<" + call.world.base_url + call.request.path + "?limit=" + std::to_string(page.limit);
        std::string links;
        if (found.size() == page.limit)
            links = address + "&max_id=" + found.back()->id + ">; rel=\"next\", ";
        response.set("Link", links + address + "&min_id=" + found.front()->id + ">; rel=\"prev\"");
    }
    return response;
}

Response verify_account(Call& call) {
    json::object body = account_json(call.world, *call.account);
    json::object source;
    source["privacy"] = call.world.settings.default_visibility;
    source["sensitive"] = false;
    source["language"] = nullptr;
    source["note"] = "An account of the sandbox.";
    source["fields"] = json::array{};
    body["source"] = std::move(source);
    return json_reply(body);
}

/// The application's scopes, not the token's. Before 4.3 reading was needed: the 403 proves the token alive.
Response verify_app(Call& call) {
    const Facts& facts = call.world.settings.facts();
    // src, of Pleroma: lib/pleroma/web/router.ex has it in a pipeline that asks for no scope.
    const bool any = call.world.settings.mastodon(403) || facts.scopes == ScopeUse::nothing ||
                     facts.errors == ErrorShape::pleroma;
    if (!any && !includes(call.token->scopes, "read"))
        return error_reply(call, 403, "This action is outside the authorized scopes");
    const App* const app = call.world.oauth.find(call.token->app);
    json::object body;
    body["id"] = app != nullptr ? app->id : "1";
    body["name"] = app != nullptr ? app->name : "crier-sandbox";
    body["website"] =
        app != nullptr && !app->website.empty() ? json::value(app->website) : json::value(nullptr);
    if (call.world.settings.mastodon(403)) {
        json::array scopes;
        for (const std::string& scope : app != nullptr ? app->scopes : call.token->scopes)
            scopes.emplace_back(scope);
        body["scopes"] = std::move(scopes);
    }
    body["vapid_key"] = "";
    return json_reply(body);
}

} // namespace crier::sandbox
