#include "core/interned.hpp"

#include <mutex>
#include <ostream>
#include <unordered_set>

namespace crier {
namespace {

struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept {
        return std::hash<std::string_view>{}(text);
    }
};

/// Its nodes stay where they are while it grows. Never destroyed: what ends later may still hold a text.
const std::string* keep(std::string_view text) {
    static std::mutex mutex;
    static auto& texts = *new std::unordered_set<std::string, Hash, std::equal_to<>>;
    const std::lock_guard lock{mutex};
    const auto known = texts.find(text);
    return known != texts.end() ? &*known : &*texts.emplace(text).first;
}

const std::string* nothing() {
    static const std::string* const empty = keep({});
    return empty;
}

} // namespace

Interned::Interned() noexcept
    : text_(nothing()) {}

Interned::Interned(std::string_view text)
    : text_(text.empty() ? nothing() : keep(text)) {}

std::ostream& operator<<(std::ostream& out, const Interned& text) {
    return out << text.str();
}

} // namespace crier
