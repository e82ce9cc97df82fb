#pragma once

#include <compare>
#include <concepts>
#include <iosfwd>
#include <string>
#include <string_view>

namespace crier {

/// A text of which there are few, and each in many places: the name of a file, a zone, an account. It takes
/// a pointer's room; the text itself is kept once, until the process ends.
///
/// Thread: any.
class Interned {
public:
    Interned() noexcept; ///< empty
    Interned(std::string_view text);
    Interned(const std::string& text)
        : Interned(std::string_view{text}) {}
    Interned(const char* text)
        : Interned(std::string_view{text}) {}

    [[nodiscard]] const std::string& str() const noexcept { return *text_; }
    operator const std::string&() const noexcept { return *text_; }
    operator std::string_view() const noexcept { return *text_; }
    [[nodiscard]] bool empty() const noexcept { return text_->empty(); }

    friend bool operator==(const Interned& a, const Interned& b) noexcept { return a.text_ == b.text_; }
    friend std::strong_ordering operator<=>(const Interned& a, const Interned& b) noexcept {
        return *a.text_ <=> *b.text_;
    }
    template <std::convertible_to<std::string_view> Text>
    friend bool operator==(const Interned& a, const Text& b) noexcept {
        return std::string_view{*a.text_} == std::string_view{b};
    }
    template <std::convertible_to<std::string_view> Text>
    friend std::strong_ordering operator<=>(const Interned& a, const Text& b) noexcept {
        return std::string_view{*a.text_} <=> std::string_view{b};
    }

    friend std::string operator+(const Interned& a, std::string_view b) { return *a.text_ + std::string{b}; }
    friend std::string operator+(std::string_view a, const Interned& b) { return std::string{a} + *b.text_; }
    friend std::ostream& operator<<(std::ostream& out, const Interned& text);

private:
    const std::string* text_; ///< never null
};

} // namespace crier
