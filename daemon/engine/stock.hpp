#pragma once

#include "core/draw.hpp"
#include "core/filter.hpp"
#include "core/item.hpp"
#include "ports/store.hpp"

#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace crier::engine {

/// What there is to draw from: the items of a source that its filter lets through, newest first, each once.
struct Stock {
    std::vector<Item> items;
    std::vector<Digest> identities; ///< of each

    Stock() = default;
    Stock(std::vector<Item> all, const SourceSettings& source, const CompiledFilter& filter);
};

/// What the store has of draws, by the entry's name.
using DrawnMarks = std::unordered_map<std::string, draw::Marks>;
[[nodiscard]] DrawnMarks marks_by_entry(const std::vector<DrawnItem>& drawn);

/// Why no post can be made of an item; empty: one can.
using WhyNot = std::function<std::string(const Item& item)>;

struct DrawnFrom {
    std::optional<draw::Choice> choice; ///< its index is that of the stock; nothing: there is none to draw
    std::string note;                   ///< why one was refused, if any was
};

/// What an entry with `draw` draws for one of its occurrences. Pure: preview and daemon draw the same.
[[nodiscard]] DrawnFrom draw_from(const Stock& stock, const EntrySettings& entry, const schedule::Zone& zone,
                                  Instant nominal, const draw::Marks& marks, const WhyNot& why_not);

} // namespace crier::engine
