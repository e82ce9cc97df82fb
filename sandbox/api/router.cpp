#include "sandbox/api/router.hpp"

#include "sandbox/api/endpoints.hpp"

namespace crier::sandbox {
namespace {

constexpr std::string_view statuses = "write:statuses";
constexpr std::string_view media = "write:media";
constexpr std::string_view reads = "read:statuses";
constexpr std::string_view people = "read:accounts";

constexpr Route routes[] = {
    {"POST", "/api/v1/statuses", Access::user, statuses, post_status},
    {"GET", "/api/v1/statuses", Access::optional, reads, get_statuses},
    {"GET", "/api/v1/statuses/:id", Access::optional, reads, get_status},
    {"GET", "/api/v1/statuses/:id/source", Access::user, reads, get_source},
    {"PUT", "/api/v1/statuses/:id", Access::user, statuses, put_status},
    {"DELETE", "/api/v1/statuses/:id", Access::user, statuses, delete_status},
    {"POST", "/api/v1/statuses/:id/pin", Access::user, "write:accounts", pin_status},
    {"POST", "/api/v1/statuses/:id/unpin", Access::user, "write:accounts", unpin_status},
    {"POST", "/api/v2/media", Access::user, media, post_media_v2},
    {"POST", "/api/v1/media", Access::user, media, post_media_v1},
    {"GET", "/api/v1/media/:id", Access::user, media, get_media},
    {"PUT", "/api/v1/media/:id", Access::user, media, put_media},
    {"DELETE", "/api/v1/media/:id", Access::user, media, delete_media},
    {"GET", "/api/v1/scheduled_statuses", Access::user, reads, get_scheduled_list},
    {"GET", "/api/v1/scheduled_statuses/:id", Access::user, reads, get_scheduled},
    {"PUT", "/api/v1/scheduled_statuses/:id", Access::user, statuses, put_scheduled},
    {"DELETE", "/api/v1/scheduled_statuses/:id", Access::user, statuses, delete_scheduled},
    {"GET", "/api/v1/instance", Access::open, {}, get_instance_v1},
    {"GET", "/api/v2/instance", Access::open, {}, get_instance_v2},
    {"GET", "/api/v1/accounts/verify_credentials", Access::user, "read:accounts profile", verify_account},
    {"GET", "/api/v1/accounts/lookup", Access::optional, people, lookup_account},
    {"GET", "/api/v1/accounts/:id/statuses", Access::optional, reads, account_statuses},
    {"GET", "/api/v1/accounts/:id", Access::optional, people, get_account},
    {"GET", "/api/v1/apps/verify_credentials", Access::any_token, {}, verify_app},
    {"POST", "/api/v1/apps", Access::open, {}, post_app},
    {"GET", "/oauth/authorize", Access::open, {}, get_authorize},
    {"POST", "/oauth/authorize", Access::open, {}, post_authorize},
    {"POST", "/oauth/token", Access::open, {}, post_token},
    {"POST", "/oauth/revoke", Access::open, {}, post_revoke},
    {"GET", "/.well-known/oauth-authorization-server", Access::open, {}, get_metadata},
    {"GET", "/", Access::open, {}, get_timeline},
    {"GET", "/feed.xml", Access::open, {}, get_feed_rss},
    {"GET", "/atom.xml", Access::open, {}, get_feed_atom},
    {"GET", "/feed.json", Access::open, {}, get_feed_json},
    {"GET", "/pictures/:id", Access::open, {}, get_picture},
    {"GET", "/media/:id", Access::open, {}, get_media_file},
    {"GET", "/:account", Access::open, {}, get_profile_page},
    {"GET", "/:account/:id", Access::open, {}, get_profile_page},
};

/// The part up to the next slash; drops it from `path`.
std::string_view take_part(std::string_view& path) {
    path.remove_prefix(1);
    const std::string_view part = path.substr(0, path.find('/'));
    path.remove_prefix(part.size());
    return part;
}

} // namespace

bool matches(std::string_view pattern, std::string_view path, std::vector<std::string>& captures) {
    captures.clear();
    while (!pattern.empty() && !path.empty()) {
        if (path[0] != '/')
            return false;
        const std::string_view expected = take_part(pattern);
        const std::string_view part = take_part(path);
        if (!expected.empty() && expected[0] == ':')
            captures.push_back(decode_url(part, false));
        else if (expected != part)
            return false;
    }
    return pattern.empty() && path.empty();
}

const Route* find_route(std::string_view method, std::string_view path, std::vector<std::string>& captures) {
    const std::string_view wanted = method == "HEAD" ? "GET" : method;
    for (const Route& route : routes)
        if (route.method == wanted && matches(route.path, path, captures))
            return &route;
    return nullptr;
}

} // namespace crier::sandbox
