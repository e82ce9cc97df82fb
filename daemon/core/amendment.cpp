#include "core/amendment.hpp"

namespace crier {

Amendment left_alone(const Post& post, Instant now) {
    Amendment keep;
    keep.post = post.id;
    keep.account = post.account;
    keep.person = true;
    keep.asked = now;
    return keep;
}

std::string_view to_text(Amendment::Kind kind) noexcept {
    switch (kind) {
    case Amendment::Kind::keep:
        return "keep";
    case Amendment::Kind::edit:
        return "edit";
    case Amendment::Kind::remove:
        return "remove";
    }
    return "keep";
}

std::optional<Amendment::Kind> parse_amendment_kind(std::string_view text) noexcept {
    for (const auto kind : {Amendment::Kind::keep, Amendment::Kind::edit, Amendment::Kind::remove})
        if (text == to_text(kind))
            return kind;
    return std::nullopt;
}

} // namespace crier
