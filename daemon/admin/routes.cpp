#include "admin/routes.hpp"

#include "admin/api.hpp"

#include <algorithm>

namespace crier::admin {
namespace {

constexpr std::string_view id_mark = "{id}";
constexpr std::string_view name_mark = "{name}";
constexpr std::string_view number_mark = "{n}";

/// Up to the next slash, which goes as well.
std::string_view take_word(std::string_view& path) noexcept {
    const std::string_view word = path.substr(0, path.find('/'));
    path.remove_prefix(std::min(path.size(), word.size() + 1));
    return word;
}

} // namespace

bool fits(std::string_view pattern, std::string_view path) noexcept {
    if (pattern.find('{') == std::string_view::npos)
        return pattern == path;
    if (std::count(pattern.begin(), pattern.end(), '/') != std::count(path.begin(), path.end(), '/'))
        return false;
    while (!pattern.empty()) {
        const std::string_view word = take_word(pattern);
        const std::string_view found = take_word(path);
        const bool fits_word = word == id_mark                            ? parse_post_id(found).has_value()
                               : word == name_mark || word == number_mark ? !found.empty()
                                                                          : word == found;
        if (!fits_word)
            return false;
    }
    return true;
}

PostId post_in(std::string_view path) noexcept {
    while (!path.empty())
        if (const auto id = parse_post_id(take_word(path)))
            return *id;
    return 0;
}

std::string_view name_in(std::string_view path) noexcept {
    const std::string_view above = path.substr(0, path.rfind('/'));
    return above.substr(above.rfind('/') + 1);
}

std::string_view verb_of(std::string_view path) noexcept {
    return path.substr(path.rfind('/') + 1);
}

/// All that there is. A new one belongs into docs/openapi.json as well.
std::span<const Api::Route> Api::routes() noexcept {
    static constexpr Route table[] = {
        {"GET", "/", &Api::page, Route::open | Route::apart | Route::parameters},
        {"GET", "/healthz", &Api::healthz, Route::open | Route::apart},
        {"GET", "/readyz", &Api::readyz, Route::apart},
        {"GET", "/metrics", &Api::metrics},
        {"GET", "/v1/openapi.json", &Api::openapi, Route::apart},
        {"GET", "/v1/session", &Api::session, Route::open | Route::apart},
        {"POST", "/v1/session", &Api::session, Route::open | Route::apart},
        {"POST", "/v1/session/end", &Api::session},
        {"GET", "/v1/events", &Api::events, Route::apart},
        {"GET", "/v1/status", &Api::status},
        {"GET", "/v1/next", &Api::next, Route::parameters},
        {"GET", "/v1/why", &Api::why, Route::parameters},
        {"GET", "/v1/outbox", &Api::outbox, Route::parameters},
        {"POST", "/v1/outbox/hold", &Api::act_on_all, Route::parameters},
        {"POST", "/v1/outbox/release", &Api::act_on_all, Route::parameters},
        {"POST", "/v1/outbox/retry", &Api::act_on_all, Route::parameters},
        {"POST", "/v1/outbox/cancel", &Api::act_on_all, Route::parameters},
        {"POST", "/v1/outbox/approve", &Api::act_on_all, Route::parameters},
        {"POST", "/v1/outbox/delete", &Api::remove_all, Route::parameters},
        {"POST", "/v1/outbox/keep", &Api::keep_all, Route::parameters},
        {"GET", "/v1/outbox/{id}", &Api::outbox_one},
        {"POST", "/v1/outbox/{id}/hold", &Api::act},
        {"POST", "/v1/outbox/{id}/release", &Api::act},
        {"POST", "/v1/outbox/{id}/retry", &Api::act},
        {"POST", "/v1/outbox/{id}/cancel", &Api::act},
        {"POST", "/v1/outbox/{id}/approve", &Api::act},
        {"POST", "/v1/outbox/{id}/edit", &Api::edit},
        {"POST", "/v1/outbox/{id}/reschedule", &Api::reschedule},
        {"POST", "/v1/outbox/{id}/delete", &Api::remove},
        {"POST", "/v1/outbox/{id}/keep", &Api::act_on_published},
        {"POST", "/v1/outbox/{id}/pin", &Api::act_on_published},
        {"POST", "/v1/outbox/{id}/unpin", &Api::act_on_published},
        {"GET", "/v1/outbox/{id}/media/{n}", &Api::media_of},
        {"POST", "/v1/media", &Api::upload, Route::parameters},
        {"GET", "/v1/accounts", &Api::accounts},
        {"POST", "/v1/compose", &Api::compose},
        {"GET", "/v1/calendar", &Api::calendar, Route::parameters},
        {"GET", "/v1/stats", &Api::stats, Route::parameters},
        {"GET", "/v1/sources/{name}/items", &Api::source_items, Route::parameters},
        {"POST", "/v1/posts", &Api::post, Route::apart},
        {"POST", "/v1/adopt", &Api::adopt},
        {"GET", "/v1/undo", &Api::would_undo, Route::parameters},
        {"POST", "/v1/undo", &Api::undo},
        {"POST", "/v1/pause", &Api::pause},
        {"POST", "/v1/resume", &Api::resume},
    };
    return table;
}

const Api::Route* Api::find_route(std::string_view method, std::string_view path) noexcept {
    const std::string_view asked = method == "HEAD" ? std::string_view{"GET"} : method;
    for (const Route& route : routes())
        if (route.method == asked && fits(route.path, path))
            return &route;
    return nullptr;
}

} // namespace crier::admin
