#include "kit/html_markup.hpp"

#include "kit/html_elements.hpp"
#include "kit/html_tag.hpp"

namespace crier::kit {
namespace {

/// Whether a tag is written as only HTML writes it, and not one that is talked about.
bool is_meant(const HtmlTag& tag) {
    const HtmlElement element = html_element(tag.name);
    const bool has_attributes = tag.attributes.find('=') != std::string_view::npos;
    return element.role != Role::unknown && (tag.closing || element.stays_open || has_attributes);
}

} // namespace

bool has_markup(std::string_view text) {
    for (auto at = text.find('<'); at != std::string_view::npos;) {
        if (text.substr(at, 4) == "<!--")
            return true;
        const auto tag = read_tag(text, at);
        if (tag && is_meant(*tag))
            return true;
        if (tag) {
            // In "a <b and <br>" the first is only a character and the last a tag.
            const std::string_view read = text.substr(0, tag->end);
            if (const auto last = read.rfind('<'); last > at)
                if (const auto inner = read_tag(read, last); inner && is_meant(*inner))
                    return true;
        }
        at = text.find('<', tag ? tag->end : at + 1);
    }
    return false;
}

} // namespace crier::kit
