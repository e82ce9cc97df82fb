#include "sandbox/api/words.hpp"

namespace crier::sandbox {

std::string say(const Words& words, std::string_view language, std::string_view about) {
    std::string text{language.substr(0, 2) == "de" ? words.german : words.english};
    if (const auto at = text.find("{}"); at != std::string::npos)
        text.replace(at, 2, about);
    return text;
}

} // namespace crier::sandbox
