#include "sandbox/api/media_fields.hpp"

#include <charconv>

namespace crier::sandbox {

void read_focus(const Params& params, Attachment& attachment) {
    const std::string text = params.text("focus").value_or("");
    const auto comma = text.find(',');
    if (comma == std::string::npos)
        return;
    std::from_chars(text.data(), text.data() + comma, attachment.focus_x);
    std::from_chars(text.data() + comma + 1, text.data() + text.size(), attachment.focus_y);
}

} // namespace crier::sandbox
