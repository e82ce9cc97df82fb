#include "webhook/parts.hpp"

#include "kit/json_path.hpp"
#include "kit/loose.hpp"
#include "kit/markdown.hpp"
#include "kit/moment.hpp"
#include "kit/text.hpp"

#include <boost/json/array.hpp>

#include <utility>

namespace crier::webhook {

namespace json = boost::json;

std::string text_at(const json::value& value, std::string_view path) {
    const json::value* found = kit::at_path(value, path);
    if (found == nullptr)
        return {};
    if (found->is_int64())
        return std::to_string(found->get_int64());
    if (found->is_uint64())
        return std::to_string(found->get_uint64());
    const json::string* text = found->if_string();
    return text != nullptr ? std::string{kit::trimmed({text->data(), text->size()})} : std::string{};
}

std::string first_text(const json::value& value, std::initializer_list<std::string_view> paths) {
    for (const std::string_view path : paths)
        if (std::string text = text_at(value, path); !text.empty())
            return text;
    return {};
}

bool flag_at(const json::value& value, std::string_view path) {
    const json::value* found = kit::at_path(value, path);
    return found != nullptr && found->is_bool() && found->get_bool();
}

std::optional<std::int64_t> time_at(const json::value& value, std::string_view path) {
    return kit::parse_moment(kit::loosened_time(text_at(value, path)));
}

std::string link_at(const json::value& value, std::string_view path) {
    std::string text = text_at(value, path);
    return kit::is_web_address(text) ? text : std::string{};
}

void take_markdown(const std::string& markdown, sdk::Item& item) {
    kit::PlainText plain = kit::plain_text(markdown, kit::LineEnds::stay);
    item.content = std::move(plain.text);
    for (kit::Shown& shown : plain.media) {
        if (!kit::is_web_address(shown.target))
            continue;
        sdk::Media medium;
        medium.url = std::move(shown.target);
        medium.type = "image/*";
        medium.alt = std::move(shown.alt);
        medium.from = "content_image";
        item.media.push_back(std::move(medium));
    }
}

void take_labels(const json::value& value, std::string_view path, std::string_view key, sdk::Item& item) {
    const json::value* labels = kit::at_path(value, path);
    if (labels == nullptr || !labels->is_array())
        return;
    for (const json::value& label : labels->get_array())
        if (std::string name = kit::one_line(text_at(label, key)); !name.empty())
            item.categories.push_back(std::move(name));
}

void hand_on(const sdk::Item& item, sdk::Sink& sink) {
    // An id that ends in a colon has its kind only.
    if (item.id.back() == ':' || (item.title.empty() && item.link.empty()))
        throw sdk::Error(
            "this event lacks what it is known by (its id, and a title or an address): it is none of "
            "the sender that `form` or its headers name");
    sink.item(item);
}

} // namespace crier::webhook
