// What was uploaded, as it was uploaded: for tests that look for what should not be in it.
#include "sandbox/api/control.hpp"
#include "sandbox/api/reply.hpp"

#include <boost/json/array.hpp>

namespace crier::sandbox {

namespace json = boost::json;

Response list_media(Control& control) {
    json::array list;
    for (const auto& [id, attachment] : control.world.media.all()) {
        json::object one;
        one["id"] = id;
        one["type"] = attachment.type;
        one["content_type"] = attachment.content_type;
        one["size"] = attachment.bytes.size();
        one["description"] = attachment.description;
        one["focus"] = {attachment.focus_x, attachment.focus_y};
        one["thumbnail"] = attachment.thumbnail.size();
        one["attached_to"] = attachment.attached_to;
        list.push_back(std::move(one));
    }
    return json_reply(std::move(list));
}

Response get_uploaded(Control& control) {
    const Attachment* const attachment = control.world.media.find(control.captures.at(0));
    if (attachment == nullptr || attachment->bytes.empty())
        return control_error("there is no such file", "GET /sandbox/media lists those that there are", 404);
    return typed_reply(attachment->content_type, std::string{attachment->bytes.view()});
}

} // namespace crier::sandbox
