#pragma once

#include "sdk/crier_plugin.hpp"

#include <cstddef>
#include <string>

namespace crier::calendar {

/// What was wrong, to the sink: the first few, and how many there were besides.
class Warnings {
public:
    explicit Warnings(sdk::Sink& sink)
        : sink_(sink) {}

    void say(const std::string& words) {
        if (++count_ <= most)
            sink_.warning(words);
    }
    void say(std::size_t line, const std::string& words) {
        say("line " + std::to_string(line) + ": " + words);
    }
    void finish() {
        if (count_ > most)
            sink_.warning("and " + std::to_string(count_ - most) + " more of such");
    }

private:
    static constexpr std::size_t most = 20;

    sdk::Sink& sink_;
    std::size_t count_ = 0;
};

/// A text that somebody else wrote, short enough for a message.
inline std::string shown(std::string_view text) {
    constexpr std::size_t longest = 60;
    std::string out{text.substr(0, longest)};
    // Not through the middle of a character.
    if (text.size() > longest) {
        while (!out.empty() && (static_cast<unsigned char>(text[out.size()]) & 0xC0U) == 0x80U)
            out.pop_back();
        out += "...";
    }
    return out;
}

} // namespace crier::calendar
