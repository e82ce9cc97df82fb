#include "sandbox/content/length.hpp"

#include "sandbox/content/entities.hpp"
#include "sandbox/content/letters.hpp"

#include <utf8proc.h>

#include <string>
#include <vector>

namespace crier::sandbox {
namespace {

class ClusterCounter {
public:
    void add(std::int32_t code) {
        const bool joined =
            code >= 0 && before_ >= 0 && !utf8proc_grapheme_break_stateful(before_, code, &state_);
        if (code < 0)
            state_ = 0;
        count_ += joined ? 0 : 1;
        before_ = code;
    }

    [[nodiscard]] std::size_t count() const noexcept { return count_; }

private:
    std::size_t count_ = 0;
    std::int32_t before_ = broken;
    utf8proc_int32_t state_ = 0;
};

std::size_t utf16_units(std::string_view text) {
    std::size_t units = 0;
    const auto letters = letters_of(text);
    for (std::size_t i = 0; i + 1 < letters.size(); ++i)
        units += letters[i].code > 0xFFFF ? 2U : 1U;
    return units;
}

/// Trimmed as a whole.
std::size_t clusters_of(std::string_view text) {
    ClusterCounter counter;
    const auto letters = letters_of(stripped(text));
    for (std::size_t i = 0; i + 1 < letters.size(); ++i)
        counter.add(letters[i].code);
    return counter.count();
}

} // namespace

std::size_t counted_length(std::string_view spoiler_text, std::string_view status, const LengthRules& rules) {
    switch (rules.counting) {
    case Counting::none:
        return 0;
    case Counting::code_points:
        return letters_of(spoiler_text).size() - 1 + letters_of(status).size() - 1;
    case Counting::utf16:
        return utf16_units(spoiler_text) + utf16_units(status);
    case Counting::clusters:
        return clusters_of(std::string{status} + std::string{spoiler_text});
    case Counting::mastodon:
        break;
    }
    ClusterCounter counter;
    const auto warning = letters_of(stripped(spoiler_text));
    for (std::size_t i = 0; i + 1 < warning.size(); ++i)
        counter.add(warning[i].code);

    const auto text = letters_of(stripped(status));
    std::size_t at = 0;
    const auto add_up_to = [&](std::size_t end) {
        for (; at < end; ++at)
            counter.add(text[at].code);
    };
    for (const Entity& entity : find_entities(text, false)) {
        add_up_to(entity.begin);
        if (entity.kind == Entity::Kind::link) {
            for (std::size_t i = 0; i < rules.url_length; ++i)
                counter.add('x');
        } else {
            add_up_to(entity.local_end);
        }
        at = entity.end;
    }
    add_up_to(text.size() - 1);
    return counter.count();
}

} // namespace crier::sandbox
