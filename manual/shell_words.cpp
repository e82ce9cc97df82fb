#include "manual/shell_words.hpp"

namespace crier::manual {

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : " ") + word;
    return text;
}

std::string shell_quoted(std::string_view text) {
    std::string out = "'";
    for (const char c : text) {
        if (c == '\'')
            out += "'\\''";
        else
            out += c;
    }
    return out + "'";
}

std::string short_description(std::string_view description) {
    std::string_view part = description;
    for (const std::string_view end : {"; ", ": ", " (", "\n"})
        part = part.substr(0, part.find(end));
    return std::string{part};
}

} // namespace crier::manual
