#pragma once

#include "core/look_rule.hpp"
#include "core/rhythm.hpp"
#include "core/subscription.hpp"

#include <string>
#include <string_view>

namespace crier::plugin {

/// What is remembered of an address between two looks, so that the next one costs little. The store keeps it
/// as opaque text.
struct Cursor {
    std::string url;  ///< whose it is: the validators of one address mean nothing to another
    std::string base; ///< where the last document came from in the end; empty: from there
    std::string etag;
    std::string modified; ///< Last-Modified, to the letter
    std::string digest;   ///< of the bytes, for servers that send no validators
    std::string own;      ///< the plugin's
    LookRule rule;        ///< what the document says of when to look: an unchanged one says it still
    Rhythm rhythm;        ///< of its items, likewise
    Hub hub;              ///< that pushes what changes in it, likewise

    Cursor() = default;

    /// Anything that is no cursor gives an empty one: the look is then a whole one, which is always right.
    [[nodiscard]] static Cursor read(std::string_view text);
    [[nodiscard]] std::string write() const;
};

} // namespace crier::plugin
