#include "sandbox/api/control.hpp"

#include "sandbox/api/reply.hpp"
#include "sandbox/api/router.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include <algorithm>

namespace crier::sandbox {

namespace json = boost::json;

namespace {

struct ControlRoute {
    std::string_view method;
    std::string_view path;
    Response (*answer)(Control&);
};

constexpr ControlRoute routes[] = {
    {"GET", "/sandbox/log", list_log},
    {"GET", "/sandbox/statuses", list_statuses},
    {"GET", "/sandbox/media", list_media},
    {"GET", "/sandbox/media/:id", get_uploaded},
    {"GET", "/sandbox/faults", list_faults},
    {"POST", "/sandbox/faults", add_faults},
    {"DELETE", "/sandbox/faults", clear_faults},
    {"GET", "/sandbox/settings", get_settings},
    {"PUT", "/sandbox/settings", put_settings},
    {"PUT", "/sandbox/tokens", put_token},
    {"DELETE", "/sandbox/tokens", delete_token},
    {"GET", "/sandbox/feed", list_feed},
    {"POST", "/sandbox/feed", add_feed_item},
    {"PUT", "/sandbox/feed/:id", edit_feed_item},
    {"DELETE", "/sandbox/feed/:id", delete_feed_item},
    {"GET", "/sandbox/clock", get_clock},
    {"PUT", "/sandbox/clock", put_clock},
    {"POST", "/sandbox/reset", reset_world},
    {"GET", "/sandbox/page", get_page_list},
    {"GET", "/sandbox/page.js", get_page_script},
};

Response what_there_is() {
    json::array list;
    for (const ControlRoute& route : routes)
        list.emplace_back(std::string{route.method} + " " + std::string{route.path});
    json::object body;
    body["error"] = "There is no such path in the control interface";
    body["there_is"] = std::move(list);
    return json_reply(body, 404);
}

/// A page of another site that a browser has open must not turn the knobs.
bool from_elsewhere(const World& world, const Request& request) {
    const std::string_view origin = request.header("Origin");
    if (request.method == "GET" || origin.empty())
        return false;
    const std::string port = world.base_url.substr(world.base_url.rfind(':'));
    return origin != world.base_url && origin != "http://localhost" + port &&
           origin != "https://localhost" + port;
}

} // namespace

Response control_error(std::string_view error, std::string_view hint, int status) {
    json::object body;
    body["error"] = error;
    body["hint"] = hint;
    return json_reply(body, status);
}

bool only_known(const json::object& fields, const std::vector<std::string_view>& known, Response& refused) {
    for (const auto& [name, value] : fields) {
        const std::string_view field{name.data(), name.size()};
        if (std::find(known.begin(), known.end(), field) != known.end())
            continue;
        std::string list;
        for (const std::string_view one : known)
            list += (list.empty() ? "" : ", ") + std::string{one};
        refused = control_error("there is no field " + std::string{field}, "there are: " + list);
        return false;
    }
    return true;
}

Response answer_control(World& world, const Request& request, Time now, Time machine) {
    if (from_elsewhere(world, request))
        return control_error("a page of another site may not do this", "use the timeline page, or curl", 403);
    Control control{world, request, now, machine, {}, {}};
    if (!request.body.empty()) {
        boost::system::error_code error;
        json::value body = json::parse(request.body.view(), error);
        if (error || !body.is_object())
            return control_error("the body is no JSON object",
                                 R"(for example {"faults":[{"on":"*","do":"500"}]})", 400);
        control.body = std::move(body.get_object());
    }
    for (const ControlRoute& route : routes)
        if (route.method == request.method && matches(route.path, request.path, control.captures))
            return route.answer(control);
    return what_there_is();
}

} // namespace crier::sandbox
