#include "sandbox/state/ids.hpp"

#include <algorithm>
#include <random>
#include <string_view>

namespace crier::sandbox {
namespace {

std::string in_base(std::uint64_t number, std::string_view digits, std::size_t width) {
    std::string text(width, digits[0]);
    for (auto place = text.rbegin(); place != text.rend() && number > 0; ++place) {
        *place = digits[number % digits.size()];
        number /= digits.size();
    }
    return text;
}

constexpr std::string_view hexadecimal = "0123456789abcdef";
constexpr std::string_view base36 = "0123456789abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::string_view base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

} // namespace

std::string Ids::next(Time now, IdStyle style) {
    // As Mastodon's: milliseconds, and 16 bits below them.
    const auto milliseconds = std::chrono::floor<std::chrono::milliseconds>(now).time_since_epoch().count();
    last_ = std::max(last_ + 1, static_cast<std::uint64_t>(std::max<std::int64_t>(milliseconds, 1)) << 16U);
    switch (style) {
    case IdStyle::ulid:
        return "01" + in_base(last_, crockford, 24);
    case IdStyle::flake:
        return "A" + in_base(last_, base62, 17);
    case IdStyle::number:
        return std::to_string(++small_);
    case IdStyle::timed_hash:
        return std::to_string(last_ / (1000U << 16U)) + in_base(last_, hexadecimal, 32);
    case IdStyle::short_word:
        return in_base(last_, base36, 16);
    case IdStyle::snowflake:
        break;
    }
    return std::to_string(last_);
}

std::string random_word() {
    std::random_device random;
    std::string word;
    for (int i = 0; i < 43; ++i)
        word += base62[random() % base62.size()];
    return word;
}

} // namespace crier::sandbox
