#pragma once

#include "config/reader.hpp"

#include <charconv>
#include <type_traits>

/// Ties a row of the table to a member of a draft. Only the table's own files use it.
namespace crier::config {

template <class T>
constexpr bool is_scalar =
    std::is_same_v<T, std::string_view> || std::is_same_v<T, bool> || std::is_same_v<T, int> ||
    std::is_same_v<T, Duration> || std::is_same_v<T, std::chrono::minutes> || std::is_same_v<T, Ref>;

template <class T>
bool read_value(Reader& reader, const Row& row, Ref at, const Path& path, T& out) {
    if constexpr (std::is_enum_v<T>) {
        std::size_t index = 0;
        if (!reader.choice(row, at, path, index))
            return false;
        out = static_cast<T>(index);
        return true;
    } else if constexpr (is_scalar<T>) {
        return reader.value(row, at, path, out);
    } else {
        return reader.fill(row.section(), &out, at, path);
    }
}

/// A default's text. That it suits its type is tested.
template <class T>
void preset_value(const Row& row, T& out) {
    const std::string_view text = row.fallback;
    if constexpr (std::is_enum_v<T>) {
        for (std::size_t i = 0; i < row.choices.size(); ++i)
            if (row.choices[i] == text)
                out = static_cast<T>(i);
    } else if constexpr (std::is_same_v<T, std::string_view>) {
        out = text;
    } else if constexpr (std::is_same_v<T, bool>) {
        out = text == "true";
    } else if constexpr (std::is_same_v<T, int>) {
        std::from_chars(text.data(), text.data() + text.size(), out);
    } else if constexpr (std::is_same_v<T, Duration>) {
        out = parse_duration(text).value_or(Duration{});
    } else if constexpr (!is_scalar<T>) {
        out = preset<T>(row.section());
    }
}

template <class Draft, auto Member>
bool read_slot(Reader& reader, const Row& row, void* draft, Ref at, const Path& path) {
    auto& slot = static_cast<Draft*>(draft)->*Member;
    slot.at = at; // also when it is wrong: it was given, and more need not be said
    return read_value(reader, row, at, path, slot.value);
}

template <class Draft, auto Member>
void preset_slot(const Row& row, void* draft) {
    preset_value(row, (static_cast<Draft*>(draft)->*Member).value);
}

template <class Draft, auto Member>
constexpr Row bind(Row row) {
    row.read = &read_slot<Draft, Member>;
    row.preset = &preset_slot<Draft, Member>;
    return row;
}

} // namespace crier::config
