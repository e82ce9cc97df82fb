#pragma once

#include "sandbox/http/message.hpp"
#include "sandbox/state/world.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace crier::sandbox {

/// One request to the control interface, /sandbox/...: for those who try things and for tests. No token.
struct Control {
    World& world;
    const Request& request;
    Time now;     ///< on the server's clock
    Time machine; ///< on the machine's
    boost::json::object body;
    std::vector<std::string> captures;
};

[[nodiscard]] Response answer_control(World& world, const Request& request, Time now, Time machine);

/// 422 with what is wrong and what would be right.
[[nodiscard]] Response control_error(std::string_view error, std::string_view hint, int status = 422);

/// Whether all fields are among the known ones; else the refusal is in `refused`.
[[nodiscard]] bool only_known(const boost::json::object& fields, const std::vector<std::string_view>& known,
                              Response& refused);

// control_faults.cpp
[[nodiscard]] Response add_faults(Control& control);
[[nodiscard]] Response list_faults(Control& control);
[[nodiscard]] Response clear_faults(Control& control);
// control_settings.cpp
[[nodiscard]] Response get_settings(Control& control);
[[nodiscard]] Response put_settings(Control& control);
// control_feed.cpp
[[nodiscard]] Response list_feed(Control& control);
[[nodiscard]] Response add_feed_item(Control& control);
[[nodiscard]] Response edit_feed_item(Control& control);
[[nodiscard]] Response delete_feed_item(Control& control);
// control_records.cpp
[[nodiscard]] Response list_log(Control& control);
[[nodiscard]] Response list_statuses(Control& control);
// control_media.cpp
[[nodiscard]] Response list_media(Control& control);
[[nodiscard]] Response get_uploaded(Control& control);
// control_world.cpp
[[nodiscard]] Response put_token(Control& control);
[[nodiscard]] Response delete_token(Control& control);
[[nodiscard]] Response get_clock(Control& control);
[[nodiscard]] Response put_clock(Control& control);
[[nodiscard]] Response reset_world(Control& control);
[[nodiscard]] Response get_page_list(Control& control);
[[nodiscard]] Response get_page_script(Control& control);

} // namespace crier::sandbox
